"""PDF with a text layer: the ruled tables of each page as one grid; without any, the words by their places."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.containers.positions import Word, heads_of, placed
from generator.importers.glyphs import folded

MAX_PAGES = 60
_ENDED = re.compile(r"[。；：]\s*$")
_ITEM = re.compile(r"\s*(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|目标\s*\d+|第.{1,2}[条项，、])")
Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom, in points


def read(file: Path) -> Grid:
    """Read the tables by their ruling lines; a cell's lines are joined again into its paragraphs."""
    try:
        document = pdfplumber.open(file)
    except PdfminerException as failed:
        if isinstance(failed.args[0], PDFPasswordIncorrect):
            raise UnreadableError("PDF 加了密码。", "另存一份没有密码的 PDF 再导入。") from None
        raise
    with document:
        if len(document.pages) > MAX_PAGES:
            raise UnreadableError(f"PDF 有 {len(document.pages)} 页，超过上限 {MAX_PAGES}。", "只留申报表的几页。")
        cells: list[Cell] = []
        loose: list[Cell] = []
        for page in document.pages:
            above = max((cell.row + cell.rows - 1 for cell in cells), default=0)
            cells += _page(page, above, loose)
            page.close()
        if not cells and not loose:
            raise UnreadableError(
                "PDF 里没有文字，多半是扫描件。", "请用 Word 或 Excel 的原件，或先做文字识别并逐字核对。"
            )
        if not cells and loose:
            return Grid(_unruled(document.pages), doubtful="PDF 里没有画线的表格，按文字的位置读取")
    return Grid(cells, [cell.text for cell in loose], loose)


def _page(page: Page, above: int, loose: list[Cell]) -> list[Cell]:
    chars = _chars(page)
    part = f"第 {page.page_number} 页"
    cells: list[Cell] = []
    inside: list[Box] = []
    for table in page.find_tables():
        boxes: list[Box] = table.cells
        inside.append(table.bbox)
        tops = _edges([box[1] for box in boxes] + [box[3] for box in boxes])
        lefts = _edges([box[0] for box in boxes] + [box[2] for box in boxes])
        for box in boxes:
            row, bottom = _nearest(tops, box[1]), _nearest(tops, box[3])
            column, right = _nearest(lefts, box[0]), _nearest(lefts, box[2])
            text = _text([char for char in chars if _holds(box, char)], box)
            cells.append(Cell(text, above + row + 1, column + 1, bottom - row, right - column, part))
        above = max(cell.row + cell.rows - 1 for cell in cells)
    outside = [char for char in chars if not any(_holds(box, char) for box in inside)]
    loose += [Cell(line, above + 1, 1, part=part) for line in _lines(outside) if line.strip()]
    return cells


def _chars(page: Page) -> list[dict[str, Any]]:
    """Return the characters of a page: Chinese PDFs print a bold one twice, and a watermark aslant."""
    return [char for char in page.dedupe_chars().chars if abs(char["matrix"][1]) < 0.01]


def _unruled(pages: list[Page]) -> list[Cell]:
    """Return the words of pages without ruling lines, by their places."""
    cells: list[Cell] = []
    heads: tuple[Word, ...] = ()
    row = 1
    for page in pages:
        lines = [words for chars in _rows_of(_chars(page)) if (words := _words(chars))]
        cells += placed(lines, row, f"第 {page.page_number} 页", heads)
        heads = next((found for line in reversed(lines) if (found := heads_of(line))), heads)
        row += len(lines)
        page.close()
    return cells


def _words(chars: list[dict[str, Any]]) -> list[Word]:
    """Part a line of characters where the gap is wider than a character."""
    groups: list[list[dict[str, Any]]] = []
    for char in (char for char in chars if char["text"].strip()):
        if groups and char["x0"] - groups[-1][-1]["x1"] < 0.9 * char["size"]:
            groups[-1].append(char)
        else:
            groups.append([char])
    return [Word(_line(group), group[0]["x0"], group[-1]["x1"]) for group in groups]


def _edges(given: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(given):
        if not edges or value - edges[-1] > 2:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _holds(box: Box, char: dict[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _rows_of(chars: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Sort characters into lines, each from left to right."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and abs(middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2) < char["height"] / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [sorted(row, key=lambda c: float(c["x0"])) for row in rows]


def _line(row: list[dict[str, Any]]) -> str:
    text = ""
    for before, char in zip([None, *row], row, strict=False):
        gap = before is not None and char["x0"] - before["x1"] > 0.2 * char["size"]
        if gap and (text[-1:] + char["text"][:1]).isascii() and not text.endswith(" "):
            text += " "  # between Latin words a gap may stand for a blank
        text += char["text"]
    return text


def _lines(chars: list[dict[str, Any]]) -> list[str]:
    return [_line(row).strip() for row in _rows_of(chars)]


def _text(chars: list[dict[str, Any]], box: Box) -> str:
    """Join the lines of a cell; an indented line, or one after a sentence that ends early, begins a paragraph."""
    rows = _rows_of([char for char in chars if char["text"].strip() or char["text"] == " "])
    if not rows:
        return ""
    size = float(median(char["size"] for row in rows for char in row))
    right = max(row[-1]["x1"] for row in rows)
    centred = all(abs((row[0]["x0"] - box[0]) - (box[2] - row[-1]["x1"])) < size / 2 for row in rows)
    text = _line(rows[0])
    for before, row in pairwise(rows):
        indented = not centred and row[0]["x0"] - box[0] > 1.8 * size
        ends_early = right - before[-1]["x1"] > 3 * size and _line(before).rstrip().endswith(("。", "；", "："))
        ends_early = ends_early or bool(_ENDED.search(_line(before)) and _ITEM.match(folded(_line(row))))
        text = f"{text}\n{_line(row)}" if indented or ends_early else text + _line(row)
    return "\n".join(line.strip() for line in text.split("\n"))
