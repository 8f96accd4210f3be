"""Word documents: the tables in their order, with merged cells; paragraphs between them are the text around."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml.table import CT_Tc
from docx.table import Table
from docx.text.paragraph import Paragraph

from generator.grid import Cell, Grid
from generator.importers import UnreadableError

_OLE = b"\xd0\xcf\x11\xe0"


def read(file: Path) -> Grid:
    """Read a .docx; a paragraph of a cell is a line."""
    if file.read_bytes()[:4] == _OLE:
        raise UnreadableError("文档加了密码，或者是旧的 .doc 格式。", "在 Word 里去掉密码，另存为 .docx 再导入。")
    cells: list[Cell] = []
    around: list[str] = []
    for block in docx.Document(str(file)).iter_inner_content():
        if isinstance(block, Paragraph):
            around += [block.text.strip()] if block.text.strip() else []
        else:
            cells += _cells(block, max((cell.row + cell.rows - 1 for cell in cells), default=0))
    return Grid(cells, around)


def _cells(table: Table, above: int) -> list[Cell]:
    places: dict[CT_Tc, list[tuple[int, int]]] = {}
    texts: dict[CT_Tc, str] = {}
    for number, row in enumerate(table.rows, above + 1):
        for column, cell in enumerate(row.cells, row.grid_cols_before + 1):
            places.setdefault(cell._tc, []).append((number, column))
            texts[cell._tc] = "\n".join(p.text.strip() for p in cell.paragraphs if p.text.strip())
    return [
        Cell(
            texts[tc],
            min(row for row, _ in at),
            min(column for _, column in at),
            len({row for row, _ in at}),
            len({column for _, column in at}),
        )
        for tc, at in places.items()
    ]
