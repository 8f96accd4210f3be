"""Pictures of pages: grey, upright, in the size of A4 at 200 dpi, whatever they came as."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps

from generator.importers import UnreadableError

Picture: TypeAlias = NDArray[np.uint8]  # rows of grey pixels

LONG_SIDE = 2339  # pixels of A4's 842 points at 200 dpi
POINTS = 842 / LONG_SIDE  # of a pixel
MAX_PIXELS = 80_000_000  # of what is opened: A4 at 600 dpi has 35 million


def of_file(file: Path) -> Picture:
    """Open a picture; it is turned as its camera says."""
    with Image.open(file) as image:
        if image.width * image.height > MAX_PIXELS:
            message = f"图片有 {image.width:,} × {image.height:,} 点，超过上限。"
            raise UnreadableError(message, "以 200 到 300 dpi 重新扫描，再导入。")
        return _fitted(ImageOps.exif_transpose(image))


def of_pdf(file: Path, most: int) -> Iterator[Picture]:
    """Draw the pages of a PDF one by one; UnreadableError for more than `most`."""
    with pypdfium2.PdfDocument(file) as document:
        if len(document) > most:
            raise UnreadableError(f"扫描件有 {len(document)} 页，超过上限 {most}。", "只留申报表的几页。")
        for page in document:
            image = page.render(scale=LONG_SIDE / max(page.get_size()), grayscale=True).to_pil()
            page.close()
            yield _fitted(image)


def _fitted(image: Image.Image) -> Picture:
    factor = LONG_SIDE / max(image.size)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return np.asarray(image.convert("L").resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)
