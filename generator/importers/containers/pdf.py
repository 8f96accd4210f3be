"""PDF with a text layer: the ruled tables of its pages as one grid; without any, the words by their places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.containers import page_breaks
from generator.importers.containers.page_breaks import Piece
from generator.importers.containers.pdf_text import Box, Chars, by_line, cell_text, chars_of, fills, holds, line, words
from generator.importers.containers.positions import Word, heads_of, placed

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
        chars: list[Chars] = []
        tables: list[list[list[Box]]] = []
        for page in document.pages:
            chars.append(chars_of(page))
            tables.append([table.cells for table in page.find_tables()])
            page.close()
        widths = [round(page.width) for page in document.pages]
    if not any(chars):
        raise UnreadableError("PDF 里没有文字，多半是扫描件。", "请用 Word 或 Excel 的原件，或先做文字识别并逐字核对。")
    return _ruled(chars, tables, widths) if any(tables) else _unruled(chars)


def _ruled(chars: list[Chars], tables: list[list[list[Box]]], widths: list[int]) -> Grid:
    """Return the tables, one below the other; a column has the same number on all pages of one width."""
    by_width: dict[int, list[float]] = {}
    for width, page in zip(widths, tables, strict=True):
        by_width.setdefault(width, []).extend(x for boxes in page for box in boxes for x in (box[0], box[2]))
    lefts = {width: _edges(given) for width, given in by_width.items()}
    pieces: list[Piece] = []
    grid = Grid([])
    for number, (own, page, width) in enumerate(zip(chars, tables, widths, strict=True), 1):
        part = f"第 {number} 页"
        below: list[Piece] = []
        for boxes in page:
            above = max((piece.cell.row + piece.cell.rows - 1 for piece in pieces + below), default=0)
            below += [
                replace(piece, cell=replace(piece.cell, part=part)) for piece in _table(boxes, own, lefts[width], above)
            ]
        at_break = page_breaks.joined(pieces, below)
        pieces = at_break.pieces
        grid.joined.extend(at_break.joined)
        grid.cuts.extend(at_break.cuts)
        last = max((piece.cell.row + piece.cell.rows - 1 for piece in pieces), default=0)
        outside = [char for char in own if not any(holds(box, char) for boxes in page for box in boxes)]
        texts = (line(row).strip() for row in by_line(outside))
        grid.loose.extend(Cell(text, last + 1, 1, part=part) for text in texts if text)
    grid.cells.extend(piece.cell for piece in pieces)
    grid.around.extend(cell.text for cell in grid.loose)
    return grid


def _table(boxes: list[Box], chars: Chars, lefts: list[float], above: int) -> list[Piece]:
    tops = _edges([y for box in boxes for y in (box[1], box[3])])
    pieces = []
    for box in boxes:
        row, bottom = _nearest(tops, box[1]), _nearest(tops, box[3])
        column, right = _nearest(lefts, box[0]), _nearest(lefts, box[2])
        inside = [char for char in chars if holds(box, char)]
        cell = Cell(cell_text(inside, box), above + row + 1, column + 1, bottom - row, max(right - column, 1))
        pieces.append(Piece(cell, fills(inside, box)))
    return pieces


def _unruled(chars: list[Chars]) -> Grid:
    """Return the words of pages without ruling lines, by their places."""
    cells: list[Cell] = []
    heads: tuple[Word, ...] = ()
    row = 1
    for number, page in enumerate(chars, 1):
        lines = [said for own in by_line(page) if (said := words(own))]
        cells += placed(lines, row, f"第 {number} 页", heads)
        heads = next((found for own in reversed(lines) if (found := heads_of(own))), heads)
        row += len(lines)
    return Grid(cells, doubtful="PDF 里没有画线的表格，按文字的位置读取")


def _edges(given: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(given):
        if not edges or value - edges[-1] > 2.5:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
