"""All tables in one Excel workbook, a sheet each with a filter on every column, its rows appended as they come.

xlsxwriter makes the workbook with the heads of its sheets. The rows are written here: a million cells by its calls
take longer than all the rest of a site.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from generator.exports.tables import TABLES
from generator.exports.tables.model import Cell, Column, Table
from generator.forms.xlsx import AS_TEXT, CREATED, fitting

_FORMATS = {"yuan": "#,##0.00", "number": "General", "integer": "0", "date": "yyyy-mm-dd"}
_DAY_0 = date(1899, 12, 30).toordinal()
_NUMBER = "\0"  # stands for the number of a row until it is known; no text holds it
_END = b"</sheetData>"
_EXTENT = re.compile(rb'<dimension ref="[^"]*"')
# What XML takes for markup or for space that does not matter, and what Excel takes for a character's code.
_ODD = re.compile(r"[&<>]|^\s|\s$|_x[0-9A-Fa-f]{4}_|[\t\n\r]")


def is_exact(value: Decimal | int) -> bool:
    """Tell whether Excel, which keeps 15 digits, can hold a number as it is."""
    return len(Decimal(value).normalize().as_tuple().digits) <= 15 and abs(Decimal(value)) < 10**15


def rows(table: Table, lines: Iterable[Sequence[Cell]]) -> list[str]:
    """Return rows of a table as the workbook holds them, without their numbers."""
    columns = _columns(table)

    def cells(line: Sequence[Cell]) -> Iterator[str]:
        return (_cell(*begun, value) for begun, value in zip(columns, line, strict=True) if value is not None)

    return [f'<row r="{_NUMBER}">{"".join(cells(line))}</row>' for line in lines]


@cache
def _columns(table: Table) -> list[tuple[str, str]]:
    """Return of each column of a table the kind of its cells, and how one begins."""
    kinds = [(column.type, _styles().get(_kind(column))) for column in table.columns]
    return [
        (kind, f'<c r="{xl_col_to_name(place)}{_NUMBER}"' + (f' s="{style}"' if style else ""))
        for place, (kind, style) in enumerate(kinds)
    ]


@cache
def _styles() -> Mapping[str, int]:
    """Return the number that each format of cells has in the workbook."""
    return _skeleton("", {table.name: 2 for table in TABLES})[1]


class Workbook:
    """Takes the rows of each table as they come; its memory does not grow with them. `close` finishes the file."""

    def __init__(self, file: Path, title: str) -> None:
        self.file, self.title = file, title
        self.next_row = {table.name: 2 for table in TABLES}
        self.sheets: dict[str, BinaryIO] = {table.name: TemporaryFile() for table in TABLES}  # noqa: SIM115

    def add(self, table: Table, rows: Sequence[str]) -> None:
        """Append rows to the sheet of a table, as `rows` made them."""
        numbered = enumerate(rows, self.next_row[table.name])
        self.sheets[table.name].write("".join(row.replace(_NUMBER, str(number)) for number, row in numbered).encode())
        self.next_row[table.name] += len(rows)

    def close(self) -> None:
        """Write the file; the same rows give the same bytes."""
        skeleton, _ = _skeleton(self.title, self.next_row)
        sheets = {f"xl/worksheets/sheet{place}.xml": table for place, table in enumerate(TABLES, 1)}
        with ZipFile(skeleton) as given, ZipFile(self.file, "w", ZIP_DEFLATED) as book:
            for name in given.namelist():
                info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.create_system = ZIP_DEFLATED, 3
                content = given.read(name)
                with book.open(info, "w") as out:
                    if table := sheets.get(name):
                        before, content = content.split(_END)
                        out.write(_EXTENT.sub(self._extent(table).encode(), before))
                        self.sheets[table.name].seek(0)
                        shutil.copyfileobj(self.sheets[table.name], out)
                        out.write(_END)
                    out.write(content)
        for sheet in self.sheets.values():
            sheet.close()

    def _extent(self, table: Table) -> str:
        last = max(self.next_row[table.name] - 1, 1)
        return f'<dimension ref="A1:{xl_col_to_name(len(table.columns) - 1)}{last}"'


def _skeleton(title: str, next_row: Mapping[str, int]) -> tuple[BinaryIO, dict[str, int]]:
    """Return a workbook whose sheets have only heads, for so many rows, and the numbers of the formats of cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TEXT)
    book.set_properties({"title": title, "created": CREATED})
    head = book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True})
    formats = {name: book.add_format({"num_format": shown}) for name, shown in _FORMATS.items()}
    for table in TABLES:
        sheet = book.add_worksheet(table.title)
        sheet.freeze_panes(1, 2)
        for place, column in enumerate(table.columns):
            width = 40 if column.type == "string" and place > 4 else 16
            sheet.set_column(place, place, width, formats.get(_kind(column)))
            sheet.write_string(0, place, column.title, head)
        sheet.autofilter(0, 0, next_row[table.name] - 2, len(table.columns) - 1)
    book.close()
    return out, {name: form.xf_index for name, form in formats.items()}


def _kind(column: Column) -> str:
    return "yuan" if column.name.endswith("_yuan") else column.type


def _cell(kind: str, begun: str, value: Cell) -> str:
    text = str(value)
    if kind == "date":
        return f"{begun}><v>{date.fromisoformat(text).toordinal() - _DAY_0}</v></c>"
    if kind != "string" and (len(text) < 15 or is_exact(Decimal(text))):
        return f"{begun}><v>{text}</v></c>"
    text = fitting(text)
    if _ODD.search(text):
        text = escape(re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text))
        return f'{begun} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'{begun} t="inlineStr"><is><t>{text}</t></is></c>'
