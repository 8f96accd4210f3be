"""Excel workbooks: every visible sheet, cells as they are shown, merged cells as such."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import python_calamine
from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from generator.grid import Cell, Grid
from generator.importers import UnreadableError

_OLE = b"\xd0\xcf\x11\xe0"  # the older container; an .xlsx in it is encrypted
_LOCKED = UnreadableError("工作簿加了密码。", "在 Excel 里去掉密码，另存一份再导入。")


def read(file: Path) -> Grid:
    """Read .xlsx and .xls; a sheet's name is the part of its cells."""
    old = file.read_bytes()[:4] == _OLE
    if old and file.suffix.lower() != ".xls":
        raise _LOCKED
    return _old(file) if old else _new(file)


def _new(file: Path) -> Grid:
    book = openpyxl.load_workbook(file, data_only=True)
    cells: list[Cell] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            merged = {(r.min_row, r.min_col): (r.max_row, r.max_col) for r in sheet.merged_cells.ranges}
            cells += _placed(_shown_cells(sheet), merged, sheet.title, max((c.row for c in cells), default=0))
    return Grid(cells)


def _shown_cells(sheet: Worksheet) -> list[tuple[int, int, str]]:
    return [
        (cell.row, cell.column, shown(cell.value, cell.number_format))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, SheetCell)
    ]


def _old(file: Path) -> Grid:
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(file))
    except python_calamine.PasswordError:
        raise _LOCKED from None
    cells: list[Cell] = []
    for sheet in book.sheets_metadata:
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible:
            content = book.get_sheet_by_name(sheet.name)
            values = [
                (row, column, shown(value, "General"))
                for row, given in enumerate(content.to_python(skip_empty_area=False), 1)
                for column, value in enumerate(given, 1)
            ]
            ranges = content.merged_cell_ranges or []
            merged = {(r + 1, c + 1): (r2 + 1, c2 + 1) for (r, c), (r2, c2) in ranges}
            cells += _placed(values, merged, sheet.name, max((c.row for c in cells), default=0))
    return Grid(cells)


def _placed(
    values: list[tuple[int, int, str]], merged: dict[tuple[int, int], tuple[int, int]], part: str, above: int
) -> list[Cell]:
    """Give the cells their spans and leave out those that a merged cell covers."""
    covered = {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    cells = []
    for row, column, text in values:
        if (row, column) not in covered:
            bottom, right = merged.get((row, column), (row, column))
            cells.append(Cell(text, above + row, column, bottom - row + 1, right - column + 1, part))
    return cells


def shown(value: object, form: str) -> str:
    """Return a value as the sheet shows it, for the number formats that a form has: 0, 0.00, #,##0.00, 0%."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).replace("\r\n", "\n").strip()
    number = Decimal(str(value))
    known = re.search(r"(#,##)?0(\.0+)?(%)?", form.split(";")[0])
    if known is None:
        return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"
    number = number * 100 if known[3] else number
    places = Decimal(1).scaleb(-(len(known[2]) - 1 if known[2] else 0))
    rounded = number.quantize(places, ROUND_HALF_UP)
    return (f"{rounded:,f}" if known[1] else f"{rounded:f}") + (known[3] or "")
