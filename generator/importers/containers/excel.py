"""Excel workbooks: every visible sheet, cells as they are shown, merged cells as such."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlrd
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from generator.forms import origin
from generator.forms.grid import Cell, Grid
from generator.forms.number_formats import decimal, full, shown, shown_date
from generator.importers import MAX_AREA, UnreadableError

_OLE = b"\xd0\xcf\x11\xe0"  # the older container; an .xlsx in it is encrypted
_LOCKED = UnreadableError("工作簿加了密码。", "在 Excel 里去掉密码，另存一份再导入。")


@dataclass
class _Sheet:
    """A sheet, whatever the container: places counted from 1, values with the codes by which they are shown."""

    name: str
    is_visible: bool
    values: Iterator[tuple[int, int, object, str]]
    merged: dict[tuple[int, int], tuple[int, int]]  # the first place → the last
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read(file: Path) -> Grid:
    """Read .xlsx and .xls; a sheet's name is the part of its cells."""
    old = file.read_bytes()[:4] == _OLE
    if old and file.suffix.lower() != ".xls":
        raise _LOCKED
    grid = Grid([])
    for sheet in _old(file) if old else _new(file):
        if sheet.is_visible:
            _add(sheet, grid)
            continue
        values = [(row, column, str(value)) for row, column, value, _ in sheet.values if value is not None]
        if sheet.name == origin.SHEET and (said := origin.read(_by_label(values))):
            grid.origins.append(said)
        elif values:
            grid.doubts.append((Cell("", 1, 1, part=sheet.name), f"工作表“{sheet.name}”是隐藏的，没有导入。"))
    return grid


def _by_label(values: list[tuple[int, int, str]]) -> dict[str, str]:
    """Return what stands in the second column by what stands in the first."""
    at = {(row, column): value for row, column, value in values}
    return {label: at.get((row, 2), "") for (row, column), label in at.items() if column == 1}


def _new(file: Path) -> Iterator[_Sheet]:
    for sheet in openpyxl.load_workbook(
        io.BytesIO(file.read_bytes()), data_only=True
    ).worksheets:  # whatever its ending
        for merged in sheet.merged_cells.ranges:
            _limit(sheet.title, merged.max_row, merged.max_col, merged.size["rows"] * merged.size["columns"])
        yield _Sheet(
            sheet.title,
            sheet.sheet_state == "visible",
            _new_values(sheet),
            {(r.min_row, r.min_col): (r.max_row, r.max_col) for r in sheet.merged_cells.ranges},
            {number for number, row in sheet.row_dimensions.items() if row.hidden},
            {
                number
                for column in sheet.column_dimensions.values()
                if column.hidden
                for number in range(column.min or 0, (column.max or 0) + 1)
            },
        )


def _limit(name: str, row: int, column: int, area: int) -> None:
    if area > MAX_AREA:
        message = f"工作表“{name}”一直到第 {row} 行第 {column} 列，超过 {MAX_AREA:,} 格。"
        raise UnreadableError(message, "在 Excel 里删去申报表外的内容（Ctrl+End 看到最后一格），另存一份再导入。")


def _new_values(sheet: Worksheet) -> Iterator[tuple[int, int, object, str]]:
    """Yield the cells as far as any has a value, the empty ones between them too; formats alone reach further."""
    filled = [place for place, cell in sheet._cells.items() if cell.value is not None]
    filled += [(merged.max_row, merged.max_col) for merged in sheet.merged_cells.ranges]
    last_row, last_column = (max((place[i] for place in filled), default=0) for i in (0, 1))
    _limit(sheet.title, last_row, last_column, last_row * last_column)
    for row in sheet.iter_rows(max_row=last_row, max_col=last_column) if filled else ():
        for cell in row:
            if isinstance(cell, SheetCell):
                yield cell.row, cell.column, cell.value, cell.number_format


def _old(file: Path) -> Iterator[_Sheet]:
    try:
        book = xlrd.open_workbook(str(file), formatting_info=True, logfile=io.StringIO())
    except xlrd.biffh.XLRDError as refused:
        if "encrypted" in str(refused):
            raise _LOCKED from None
        raise
    for sheet in book.sheets():
        yield _Sheet(
            sheet.name,
            sheet.visibility == 0,
            _old_values(book, sheet),
            {(top + 1, left + 1): (bottom, right) for top, bottom, left, right in sheet.merged_cells},
            {number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden},
            {number + 1 for number, column in sheet.colinfo_map.items() if column.hidden},
        )


def _old_values(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[tuple[int, int, object, str]]:
    _limit(sheet.name, sheet.nrows, sheet.ncols, sheet.nrows * sheet.ncols)
    for row in range(sheet.nrows):
        for column in range(sheet.ncols):
            cell = sheet.cell(row, column)
            value: object = cell.value
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                value = None
            elif cell.ctype == xlrd.XL_CELL_DATE:
                value = xlrd.xldate_as_datetime(float(cell.value), book.datemode)
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                value = bool(cell.value)
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                value = xlrd.error_text_from_code[int(cell.value)]
            code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index else "General"
            yield row + 1, column + 1, value, code


def _add(sheet: _Sheet, grid: Grid) -> None:
    """Add the cells of a sheet below those of the sheets before; those that a merged cell covers are left out."""
    above = max((cell.row for cell in grid.cells), default=0)
    covered = {
        (row, column)
        for (top, left), (bottom, right) in sheet.merged.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    for row, column, value, code in sheet.values:
        if (row, column) in covered:
            continue
        bottom, right = sheet.merged.get((row, column), (row, column))
        shown_rows = [n for n in range(row, bottom + 1) if n not in sheet.hidden_rows]
        shown_columns = [n for n in range(column, right + 1) if n not in sheet.hidden_columns]
        words, exact = text(value, code)
        place = ((shown_rows or [row])[0] + above, (shown_columns or [column])[0])
        down, across = (n[-1] - n[0] + 1 if n else 1 for n in (shown_rows, shown_columns))
        cell = Cell(words, *place, down, across, sheet.name, exact)
        if not (shown_rows and shown_columns):
            grid.hidden.append(cell)
        elif words in xlrd.error_text_from_code.values():
            grid.cells.append(replace(cell, text=""))
            grid.doubts.append((cell, f"这一格是公式的错误 {words}，当作空着。"))
        else:
            grid.cells.append(cell)


def text(value: object, code: str) -> tuple[str, str]:
    """Return a value as the sheet shows it, and a number also in full."""
    if value is None:
        return "", ""
    if isinstance(value, datetime | date):
        return shown_date(value, code), ""
    if isinstance(value, bool):
        return str(value).upper(), ""
    if isinstance(value, int | float):
        return shown(decimal(value), code), full(decimal(value))
    return re.sub("\r\n?", "\n", unescape(str(value))).strip(), ""  # _x000D_ is a carriage return
