"""The official form as an Excel workbook: merged cells, number formats, A4; what this site adds on a second sheet.

It can be filled in and sent back: cells check what is typed, and a hidden sheet says which content it was made from.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from decimal import Decimal
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import drawn, layout
from generator.forms.grid import Cell
from generator.forms.layout import Box, Form, Kind, Row
from generator.forms.number_formats import decimal, shown
from generator.forms.origin import SHEET, Origin

CREATED = datetime(2000, 1, 1)  # a workbook carries its date: a fixed one, for the same bytes
# No text may become a formula, a link or a number by the way it looks.
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_WIDTHS = (18, 20, 42, 24)
_LINE = 16  # points
_TALLEST = 12 * _LINE  # of a row: a page breaks between rows only, and no row can be higher than 409 points
_MAX_CELL = 32_767
_KINDS: dict[Kind, dict[str, object]] = {
    "title": {"align": "center", "bold": True, "font_size": 14, "border": 0},
    "label": {"align": "center", "bg_color": "#F2F2F2"},
    "text": {"align": "left"},
    "amount": {"align": "right"},
    "target": {"align": "center"},
}
_CHECKS: dict[Kind, tuple[str, str, str]] = {  # a formula about the cell {}, and what to do where it is false
    "amount": (
        '=OR(IFERROR(--{0}>=0,FALSE),{0}="不适用",{0}="未公开",LEFT({0},1)="见",LEFT({0},2)="详见")',
        "不是数字",
        "填不小于 0 的数，以元（人、个）为单位；没有数字时填“不适用”“未公开”或“见附件2”这样的话。",
    ),
    "target": ("=LEN(TRIM({0}))>0", "目标值空着", "照指标的目标值填写，如 ≥1.00(次)。"),
}


def xlsx(stated: Declaration | Results, watermark: str | None = None, origin: Origin | None = None) -> bytes:
    """Return the workbook; the same content gives the same bytes.

    `watermark` stands on every page; `origin` says which content the workbook is made from.
    """
    form = drawn.form(stated)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TEXT)
    book.set_properties({"title": f"{form.name}{form.year}年度", "created": CREATED})
    _sheet(book, form.sheet, form.rows, watermark, form)
    if form.notes:
        _sheet(book, "附注", form.notes, watermark)
    if origin:
        hidden = book.add_worksheet(SHEET)
        hidden.hide()
        for row, said in enumerate(origin.said):
            hidden.write_row(row, 0, said)
    book.close()
    return out.getvalue()


def number(text: str) -> tuple[float, str] | None:
    """Return an amount as the number and the format that show exactly its text; None when a cell could not."""
    if not re.fullmatch(r"\d[\d,]*(\.\d+)?", text):
        return None
    value = float(Decimal(text.replace(",", "")))
    places = text.partition(".")[2]
    form = ("#,##0" if "," in text else "0") + ("." + "0" * len(places) if places else "")
    return (value, form) if shown(decimal(value), form) == text else None


def fitting(text: str) -> str:
    """Return a text as a cell takes it: Excel allows 32,767 characters, and what is cut off is said."""
    said = "……（太长，全文见网页）"
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - len(said)] + said


def _sheet(
    book: xlsxwriter.Workbook, name: str, rows: list[Row], watermark: str | None, form: Form | None = None
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    if form and form.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.6, 0.6, 0.9, 0.7)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    if watermark:
        sheet.set_header(f'&C&"SimSun,Bold"&20&K8A3B00{watermark}')
    across = sum(box.columns for box in rows[0])
    usual = [*_WIDTHS, *[14] * (across - len(_WIDTHS))][:across]
    widths = [round(wide / 1.8) for wide in form.widths] if form and form.landscape else usual
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, wide)
    boxes = [box for row in rows for box in row]
    placed = layout.cells(rows)
    begins = _rows(sheet, list(zip(boxes, placed, strict=True)), widths, len(rows))
    formats: dict[tuple[Kind, str, str], Format] = {}
    checked: dict[Kind, list[tuple[int, int]]] = {kind: [] for kind in _CHECKS}
    for box, cell in zip(boxes, placed, strict=True):
        row, column = begins[cell.row - 1], cell.column - 1
        last_row, last_column = begins[cell.row - 1 + cell.rows] - 1, cell.last_column - 1
        known = number(box.text) if box.kind == "amount" else None
        is_split = last_row - row + 1 > box.rows
        key = (box.kind, known[1] if known else "General", "top" if is_split and box.kind == "text" else "vcenter")
        if key not in formats:
            common = {"border": 1, "text_wrap": True, "valign": key[2], "font_size": 11, "font_name": "宋体"}
            formats[key] = book.add_format(common | {"num_format": key[1]} | _KINDS[box.kind])
        style = formats[key]
        if (last_row, last_column) != (row, column):
            sheet.merge_range(row, column, last_row, last_column, "", style)
        _write(sheet, row, column, box.text, known, style)
        if box.kind in checked:
            checked[box.kind].append((row, column))
        if box.text in layout.FIRST_HEADS and box.kind == "label":
            sheet.repeat_rows(row)
    for kind, places in checked.items():
        _check(sheet, kind, places)
    sheet.print_area(0, 0, begins[-1] - 1, across - 1)
    if watermark:  # beside the form, where it hides nothing; on paper it stands in the header
        font = {"size": 72, "color": "#C9A58C", "bold": True}
        look = {"width": 420, "height": 140, "font": font, "fill": {"none": True}, "line": {"none": True}}
        sheet.insert_textbox(1, across + 1, watermark, look | {"description": f"水印：{watermark}"})


def _rows(sheet: Worksheet, boxes: list[tuple[Box, Cell]], widths: list[int], count: int) -> list[int]:
    """Set the heights of a sheet's rows; returns where each row of the form begins, and where the last one ends.

    A row of the form that is too high for one of the sheet takes several: its cells are merged over them.
    """
    lines = [1] * count
    for box, cell in boxes:
        wide = sum(widths[cell.column - 1 : cell.last_column])
        if box.rows == 1:
            needed = sum(max(1, ceil(_width(line) / wide)) for line in box.text.split("\n"))
            lines[cell.row - 1] = max(lines[cell.row - 1], needed)
    begins = [0]
    for needed in lines:
        height = _LINE * needed + 2
        parts = ceil(height / _TALLEST)
        for row in range(begins[-1], begins[-1] + parts):
            sheet.set_row(row, height / parts)
        begins.append(begins[-1] + parts)
    return begins


def _check(sheet: Worksheet, kind: Kind, places: list[tuple[int, int]]) -> None:
    """Have the cells of a kind check what is typed into them, a stretch of a column at a time.

    The formula is about the first cell of its stretch; programs disagree on which that is of several.
    """
    formula, title, message = _CHECKS[kind]
    told = {"error_title": title, "error_message": message, "ignore_blank": False}
    stretches: list[tuple[int, int, int]] = []
    for row, column in sorted(places, key=lambda place: place[::-1]):
        if stretches and stretches[-1][1:] == (row - 1, column):
            stretches[-1] = (stretches[-1][0], row, column)
        else:
            stretches.append((row, row, column))
    for first, last, column in stretches:
        checked = {"validate": "custom", "value": formula.format(xl_rowcol_to_cell(first, column))}
        sheet.data_validation(first, column, last, column, checked | told)


def _write(sheet: Worksheet, row: int, column: int, text: str, known: tuple[float, str] | None, form: Format) -> None:
    if known:
        sheet.write_number(row, column, known[0], form)
    elif text:
        sheet.write_string(row, column, fitting(text), form)
    else:
        sheet.write_blank(row, column, None, form)


def _width(line: str) -> float:
    """Return how many digits wide a line is: a Chinese character takes two."""
    return 2.1 * len(line) - 1.05 * len(line.encode("ascii", "ignore"))
