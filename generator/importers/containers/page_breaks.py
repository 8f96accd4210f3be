"""Rows that a page break has cut: the pieces of their cells, above and below, are one cell again.

A printer goes on to the next page where a cell's line is full, or with a new paragraph, which an indent shows; else a
piece whose last line ends early is whole. Where all that stands in the first row below could go on from above, and a
cell of that row is blank beside text above, the row was cut. Where no cell is blank it may be a row of its own, and
that is for a person to decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generator.forms.grid import Cell
from generator.importers.labels import ANY, named


@dataclass(frozen=True)
class Piece:
    """A cell of one page; `is_full` where its last line reaches its right edge, so that the text may go on.

    `is_indented` where it begins with a paragraph.
    """

    cell: Cell
    is_full: bool = False
    is_indented: bool = False


@dataclass(frozen=True)
class Joined:
    """The cells of the pages so far, those that were joined over the break, and those that may have been cut."""

    pieces: list[Piece]
    joined: list[Cell] = field(default_factory=list)
    cuts: list[Cell] = field(default_factory=list)


def joined(above: list[Piece], below: list[Piece]) -> Joined:
    """Return the cells of the pages above with those of the page below."""
    apart = Joined(above + below)
    last = max((piece.cell.row + piece.cell.rows - 1 for piece in above), default=0)
    foot = {(p.cell.column, p.cell.last_column): p for p in above if p.cell.row + p.cell.rows - 1 == last}
    first = _first_row(below)
    texts = [piece for piece in first if piece.cell.text.strip()]
    pairs = [(foot.get((p.cell.column, p.cell.last_column)), p) for p in texts]
    may_go_on = all(up and (up.is_full or p.is_indented) for up, p in pairs)
    if not pairs or not may_go_on or any(named(p.cell.text, ANY) for p in texts):
        return apart
    left_blank = [
        up
        for p in first
        if not p.cell.text.strip() and (up := foot.get((p.cell.column, p.cell.last_column))) and up.cell.text.strip()
    ]
    if not any(up.cell.row == last for up in left_blank):
        return Joined(above + below, cuts=[first[0].cell]) if all(up and up.is_full for up, _ in pairs) else apart
    whole = {up: replace(p, cell=_joined(up.cell, p)) for up, p in pairs if up is not None}
    # What reaches further down than the cut row stays, without text, below it.
    rest = [replace(p, cell=_below(p.cell)) for p in first if p.cell.rows > 1]
    kept = [piece for piece in below if piece not in first]
    return Joined([whole.get(p, p) for p in above] + rest + kept, joined=[piece.cell for piece in whole.values()])


def _joined(above: Cell, below: Piece) -> Cell:
    return replace(above, text=above.text + ("\n" if below.is_indented else "") + below.cell.text)


def _first_row(pieces: list[Piece]) -> list[Piece]:
    """Return the first row that is not a repeated head."""
    rows: dict[int, list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(piece.cell.row, []).append(piece)
    for _, row in sorted(rows.items()):
        texts = [piece.cell.text for piece in row if piece.cell.text.strip()]
        if texts and not all(named(text, ANY) for text in texts):
            return row
    return []


def _below(cell: Cell) -> Cell:
    return replace(cell, text="", row=cell.row + 1, rows=cell.rows - 1)
