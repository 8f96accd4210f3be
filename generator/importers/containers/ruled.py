"""Pages with ruled tables → one grid: the cells between the lines with the text inside them, page below page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.forms.grid import Cell, Grid
from generator.importers.containers import page_breaks
from generator.importers.containers.page_breaks import Piece
from generator.importers.containers.pdf_text import (
    Box,
    Chars,
    by_line,
    cell_text,
    fills,
    holds,
    is_indented,
    line,
    words,
)
from generator.importers.containers.positions import Word, heads_of, placed

_NEAR = 2.5  # points between two lines that are one


class Page(NamedTuple):
    """The characters of a page, the boxes of the cells of each of its tables, its height; in points from the top."""

    chars: Chars
    tables: list[list[Box]]
    height: float


def grid(pages: Sequence[Page]) -> Grid:
    """Return the tables, one below the other; a page that shows some of the columns keeps their numbers.

    Without any ruling lines, the words by their places.
    """
    return _ruled(pages) if any(page.tables for page in pages) else _unruled(pages)


def _ruled(pages: Sequence[Page]) -> Grid:
    edges = [_edges([x for box in boxes for x in (box[0], box[2])]) for page in pages for boxes in page.tables]
    pieces: list[Piece] = []
    made = Grid([])
    for number, page in enumerate(pages, 1):
        part = f"第 {number} 页"
        below: list[Piece] = []
        for boxes in page.tables:
            above = max((piece.cell.row + piece.cell.rows - 1 for piece in pieces + below), default=0)
            below += _table(boxes, page, edges, above, part)
        at_break = page_breaks.joined(pieces, below)
        pieces = at_break.pieces
        made.joined.extend(at_break.joined)
        made.cuts.extend(at_break.cuts)
        last = max((piece.cell.row + piece.cell.rows - 1 for piece in pieces), default=0)
        outside = [char for char in page.chars if not any(holds(box, char) for boxes in page.tables for box in boxes)]
        texts = (line(row).strip() for row in by_line(outside))
        made.loose.extend(Cell(text, last + 1, 1, part=part) for text in texts if text)
    made.cells.extend(piece.cell for piece in pieces)
    made.around.extend(cell.text for cell in made.loose)
    return made


def _table(boxes: list[Box], page: Page, edges: list[list[float]], above: int, part: str) -> list[Piece]:
    """Return the cells of a table below the row `above`, by the column edges of the widest table that has its own."""
    tops = _edges([y for box in boxes for y in (box[1], box[3])])
    own = _edges([x for box in boxes for x in (box[0], box[2])])
    lefts = max((known for known in edges if _has_all(known, own)), key=len, default=own)
    pieces = []
    for box in boxes:
        row, bottom = _nearest(tops, box[1]), _nearest(tops, box[3])
        column, right = _nearest(lefts, box[0]), _nearest(lefts, box[2])
        inside = [char for char in page.chars if holds(box, char)]
        text = cell_text(inside, box)
        place = f"{part}自上 {100 * box[1] / page.height:.0f}%"
        cell = Cell(text, above + row + 1, column + 1, bottom - row, max(right - column, 1), part, place=place)
        pieces.append(Piece(cell, fills(inside, box), is_indented(inside, box)))
    return pieces


def _has_all(edges: list[float], own: list[float]) -> bool:
    return all(abs(edges[_nearest(edges, x)] - x) <= _NEAR for x in own)


def _unruled(pages: Sequence[Page]) -> Grid:
    cells: list[Cell] = []
    heads: tuple[Word, ...] = ()
    row = 1
    for number, page in enumerate(pages, 1):
        lines = [said for own in by_line(page.chars) if (said := words(own))]
        cells += placed(lines, row, f"第 {number} 页", heads)
        heads = next((found for own in reversed(lines) if (found := heads_of(own))), heads)
        row += len(lines)
    return Grid(cells, doubtful="没有画线的表格，按文字的位置读取")


def _edges(given: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(given):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
