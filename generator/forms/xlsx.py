"""The official form as an Excel workbook: merged cells, number formats, A4; what this site adds on a second sheet."""

from __future__ import annotations

import io
import re
from datetime import datetime
from decimal import Decimal
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import drawn
from generator.forms.grid import spread
from generator.forms.layout import Form, Kind, Row
from generator.forms.number_formats import decimal, shown

CREATED = datetime(2000, 1, 1)  # a workbook carries its date: a fixed one, for the same bytes
# No text may become a formula, a link or a number by the way it looks.
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_WIDTHS = (18, 20, 42, 22)
_MAX_CELL = 32_767
_KINDS: dict[Kind, dict[str, object]] = {
    "title": {"align": "center", "bold": True, "font_size": 14, "border": 0},
    "label": {"align": "center", "bg_color": "#F2F2F2"},
    "text": {"align": "left"},
    "amount": {"align": "right"},
    "target": {"align": "center"},
}


def xlsx(stated: Declaration | Results, watermark: str | None = None) -> bytes:
    """Return the workbook; the same content gives the same bytes. `watermark` stands on every page."""
    form = drawn.form(stated)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, AS_TEXT)
    book.set_properties({"title": f"{form.name}{form.year}年度", "created": CREATED})
    _sheet(book, form.sheet, form.rows, watermark, form)
    if form.notes:
        _sheet(book, "附注", form.notes, watermark)
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
    placed = spread([(box.text, box.rows, box.columns) for box in row] for row in rows)
    formats: dict[tuple[Kind, str], Format] = {}
    heights: dict[int, float] = {}
    for box, cell in zip(boxes, placed, strict=True):
        known = number(box.text) if box.kind == "amount" else None
        key = (box.kind, known[1] if known else "General")
        if key not in formats:
            common = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 11, "num_format": key[1]}
            formats[key] = book.add_format(common | _KINDS[box.kind])
        style = formats[key]
        row, column = cell.row - 1, cell.column - 1
        last_row, last_column = row + box.rows - 1, column + box.columns - 1
        if (last_row, last_column) != (row, column):
            sheet.merge_range(row, column, last_row, last_column, "", style)
        _write(sheet, row, column, box.text, known, style)
        wide = sum(widths[column : last_column + 1])
        lines = sum(max(1, ceil(_width(line) / wide)) for line in box.text.split("\n"))
        if box.rows == 1:
            heights[row] = max(heights.get(row, 18), 16.0 * lines + 2)
    for row, height in heights.items():
        sheet.set_row(row, min(height, 409))  # Excel's limit
    sheet.print_area(0, 0, max(cell.row + cell.rows - 2 for cell in placed), across - 1)
    if watermark:  # beside the form, where it hides nothing; on paper it stands in the header
        font = {"size": 72, "color": "#C9A58C", "bold": True}
        look = {"width": 420, "height": 140, "font": font, "fill": {"none": True}, "line": {"none": True}}
        sheet.insert_textbox(1, across + 1, watermark, look | {"description": f"水印：{watermark}"})


def _write(sheet: Worksheet, row: int, column: int, text: str, known: tuple[float, str] | None, form: Format) -> None:
    if known:
        sheet.write_number(row, column, known[0], form)
    elif text:
        sheet.write_string(row, column, fitting(text), form)
    else:
        sheet.write_blank(row, column, None, form)


def _width(line: str) -> float:
    """Return how many digits wide a line is: a Chinese character takes two."""
    return sum(1.05 if character.isascii() else 2.1 for character in line)
