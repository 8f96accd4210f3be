"""PDF with a text layer: the ruled tables of its pages as one grid; without any, the words by their places."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from generator.forms.grid import Grid
from generator.importers import NoTextError, UnreadableError
from generator.importers.containers import ruled
from generator.importers.containers.pdf_text import chars_of
from generator.importers.containers.ruled import Page

MAX_PAGES = 60


def read(file: Path) -> Grid:
    """Read the tables by their ruling lines; a cell's lines are joined again into its paragraphs."""
    try:
        document = pdfplumber.open(file)
    except PdfminerException as failed:
        if isinstance(failed.args[0], PDFPasswordIncorrect):
            raise UnreadableError("PDF 加了密码。", "另存一份没有密码的 PDF 再导入。") from None
        raise
    with document:
        if len(document.pages) > MAX_PAGES:
            raise UnreadableError(f"PDF 有 {len(document.pages)} 页，超过上限 {MAX_PAGES}。", "只留申报表的几页。")
        pages = []
        for page in document.pages:
            pages.append(Page(chars_of(page), [table.cells for table in page.find_tables()], page.height))
            page.close()
    if not any(page.chars for page in pages):
        raise NoTextError
    return ruled.grid(pages)
