"""All tables in one Excel workbook, a sheet each with a filter on every column, written row by row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from generator.exports.tables import TABLES
from generator.exports.tables.model import Line, Table
from generator.forms.xlsx import AS_TEXT, CREATED, fitting


def is_exact(value: Decimal | int) -> bool:
    """Tell whether Excel, which keeps 15 digits, can hold a number as it is."""
    return len(Decimal(value).normalize().as_tuple().digits) <= 15 and abs(Decimal(value)) < 10**15


class Workbook:
    """Takes the rows of each table as they come; its memory does not grow with them. `close` finishes the file."""

    def __init__(self, file: Path, title: str) -> None:
        self.book = xlsxwriter.Workbook(str(file), AS_TEXT | {"in_memory": False, "constant_memory": True})
        self.book.set_properties({"title": title, "created": CREATED})
        head = self.book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True})
        self.formats = {
            "yuan": self.book.add_format({"num_format": "#,##0.00"}),
            "number": self.book.add_format(),
            "integer": self.book.add_format({"num_format": "0"}),
            "date": self.book.add_format({"num_format": "yyyy-mm-dd"}),
            "string": self.book.add_format({"valign": "top"}),
        }
        self.next_row = dict.fromkeys((table.name for table in TABLES), 1)
        self.sheets = {}
        for table in TABLES:
            sheet = self.sheets[table.name] = self.book.add_worksheet(table.title)
            sheet.freeze_panes(1, 2)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, 40 if column.type == "string" and place > 4 else 16)
                sheet.write_string(0, place, column.title, head)

    def add(self, table: Table, rows: list[Line]) -> None:
        """Append rows to the sheet of a table."""
        sheet = self.sheets[table.name]
        for row, values in enumerate(rows, self.next_row[table.name]):
            for place, (value, column) in enumerate(zip(values, table.columns, strict=True)):
                form = self.formats["yuan" if column.name.endswith("_yuan") else column.type]
                if isinstance(value, date):
                    sheet.write_datetime(row, place, value, form)
                elif isinstance(value, int | Decimal) and is_exact(value):
                    sheet.write_number(row, place, float(value), form)
                elif value is not None:
                    sheet.write_string(row, place, fitting(str(value)), form)
        self.next_row[table.name] += len(rows)

    def close(self) -> None:
        """Write the file."""
        for table in TABLES:
            self.sheets[table.name].autofilter(0, 0, self.next_row[table.name] - 1, len(table.columns) - 1)
        self.book.close()
