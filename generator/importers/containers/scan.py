"""Pictures of pages (scans, photographs, PDF without text): ruling lines and read characters → the grid of a PDF.

What was read off a picture is never certain, so all of it waits for a person, with the place in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator.forms.grid import Grid
from generator.importers import UnreadableError
from generator.importers.containers import ruled
from generator.importers.containers.ruled import Page

MAX_PAGES = 12  # a page takes some seconds


def read(file: Path) -> Grid:
    """Read a picture of one page, or the pages of a PDF as pictures; what they say is doubtful all over."""
    try:
        from generator.importers.containers import ocr, picture
    except ImportError as missing:
        raise UnreadableError(
            f"文件里没有文字，只有图片（多半是扫描件），而这里没有装图像识别（{missing}）。",
            "请用 Word 或 Excel 的原件；没有原件的，先安装再导入："
            "pip install 'performance-targets-site[import,ocr]'（要 Python 3.11 或 3.12）。",
        ) from None
    pictures = picture.of_pdf(file, MAX_PAGES) if file.suffix.lower() == ".pdf" else [picture.of_file(file)]
    return grid([ocr.page(one) for one in pictures])


def grid(pages: Sequence[Page]) -> Grid:
    """Return the grid of pages that were read off pictures."""
    return replace(ruled.grid(pages), doubtful="这是图片，文字由程序识别")
