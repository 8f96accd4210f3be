"""PDF with a text layer: the ruled tables of its pages as one grid; without any, the words by their places."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.containers import page_breaks
from generator.importers.containers.page_breaks import Piece
from generator.importers.containers.pdf_text import (
    Box,
    Chars,
    by_line,
    cell_text,
    chars_of,
    fills,
    holds,
    is_indented,
    line,
    words,
)
from generator.importers.containers.positions import Word, heads_of, placed

MAX_PAGES = 60
_NEAR = 2.5  # points between two lines that are one


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
    if not any(chars):
        raise UnreadableError("PDF 里没有文字，多半是扫描件。", "请用 Word 或 Excel 的原件，或先做文字识别并逐字核对。")
    return _ruled(chars, tables) if any(tables) else _unruled(chars)


def _ruled(chars: list[Chars], tables: list[list[list[Box]]]) -> Grid:
    """Return the tables, one below the other; a page that shows some of the columns keeps their numbers."""
    edges = [_edges([x for box in boxes for x in (box[0], box[2])]) for page in tables for boxes in page]
    pieces: list[Piece] = []
    grid = Grid([])
    for number, (own, page) in enumerate(zip(chars, tables, strict=True), 1):
        part = f"第 {number} 页"
        below: list[Piece] = []
        for boxes in page:
            above = max((piece.cell.row + piece.cell.rows - 1 for piece in pieces + below), default=0)
            below += _table(boxes, own, edges, above, part)
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


def _table(boxes: list[Box], chars: Chars, edges: list[list[float]], above: int, part: str) -> list[Piece]:
    """Return the cells of a table below the row `above`, by the column edges of the widest table that has its own."""
    tops = _edges([y for box in boxes for y in (box[1], box[3])])
    own = _edges([x for box in boxes for x in (box[0], box[2])])
    lefts = max((known for known in edges if _has_all(known, own)), key=len, default=own)
    pieces = []
    for box in boxes:
        row, bottom = _nearest(tops, box[1]), _nearest(tops, box[3])
        column, right = _nearest(lefts, box[0]), _nearest(lefts, box[2])
        inside = [char for char in chars if holds(box, char)]
        text = cell_text(inside, box)
        cell = Cell(text, above + row + 1, column + 1, bottom - row, max(right - column, 1), part)
        pieces.append(Piece(cell, fills(inside, box), is_indented(inside, box)))
    return pieces


def _has_all(edges: list[float], own: list[float]) -> bool:
    return all(abs(edges[_nearest(edges, x)] - x) <= _NEAR for x in own)


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
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
