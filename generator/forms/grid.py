"""A form as a grid of cells with spans: what every container (text, HTML, Excel, Word, PDF) comes down to.

The importers make a grid, the official form is one, and so a form that went out can come in again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from generator.forms.origin import Origin


@dataclass(frozen=True)
class Cell:
    """A cell with its place, counted from 1, and how many rows and columns it covers; paragraphs are lines."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    part: str = ""  # the sheet or page, as a person would name it
    exact: str = ""  # the number that a workbook holds where it shows fewer digits
    place: str = ""  # where a person finds it on a page or in a picture

    @property
    def last_column(self) -> int:
        """Return the last column that the cell covers."""
        return self.column + self.columns - 1


@dataclass(frozen=True)
class Grid:
    """The cells of a document in reading order; `around` is the text outside its tables.

    `loose` is what of that belongs to the document, as a web page has much else. `hidden` are cells that it holds but
    does not show; `doubts` say at a cell what else a person has to compare, such as text that is struck out.
    `doubtful` says why no cell of it is certain, as in a page without ruling lines. `joined` are cells made of their
    pieces on two pages; `cuts` are the first cells of rows that may go on from the page before. `origins` say which
    content a workbook was made from.
    """

    cells: list[Cell]
    around: list[str] = field(default_factory=list)
    loose: list[Cell] = field(default_factory=list)
    hidden: list[Cell] = field(default_factory=list)
    doubts: list[tuple[Cell, str]] = field(default_factory=list)
    doubtful: str = ""
    joined: list[Cell] = field(default_factory=list)
    cuts: list[Cell] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    @property
    def has_spans(self) -> bool:
        """Tell whether merged cells survived, so that an empty cell is really empty."""
        return any(cell.rows > 1 or cell.columns > 1 for cell in self.cells)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max((cell.last_column for cell in self.cells), default=0)

    @property
    def rows(self) -> list[list[Cell]]:
        """Return the cells that begin in each row, from left to right; rows where none begins are left out."""
        ordered = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return [list(cells) for _, cells in groupby(ordered, key=lambda cell: cell.row)]


def spread(rows: Iterable[Iterable[tuple[str, int, int]]], first_row: int = 1, part: str = "") -> list[Cell]:
    """Place cells given row by row as (text, rows, columns), as HTML does: each takes the next free columns."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()  # by cells that began in a row above
    for row, given in enumerate(rows, first_row):
        column = 1
        for text, down, across in given:
            while (row, column) in taken:
                column += 1
            cells.append(Cell(text, row, column, down, across, part))
            taken |= {(row + i, column + j) for i in range(1, down) for j in range(across)}
            column += across
    return cells
