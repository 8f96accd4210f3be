"""A saved web page: its innermost tables, with merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from generator.grid import Cell, Grid, spread
from generator.importers import UnreadableError
from generator.importers.text import decoded

_BREAKS = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr"}
_UNSEEN = {"script", "style", "template", "head"}


def read(file: Path) -> Grid:
    """Read every table that holds no other; spans of more than a thousand count as one."""
    source = decoded(file.read_bytes())  # whatever it declares: after saving again that is often untrue
    if not source.strip():
        raise UnreadableError("文件是空的。", "核对是不是选错了文件。")
    page = html.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", source))  # lxml takes no text that names an encoding
    cells: list[Cell] = []
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    for table in tables:
        rows = [[_cell(c) for c in row.iterchildren("td", "th")] for row in table.iter("tr")]
        cells += spread(rows, max((cell.row for cell in cells), default=0) + 1)
    around = [line for line in "".join(_words(page, skip=set(tables))).split("\n") if line.strip()]
    return Grid(cells, [line.strip() for line in around])


def _cell(cell: html.HtmlElement) -> tuple[str, int, int]:
    lines = [" ".join(line.split()) for line in "".join(_words(cell, set())).split("\n")]
    return "\n".join(line for line in lines if line), _span(cell, "rowspan"), _span(cell, "colspan")


def _span(cell: html.HtmlElement, name: str) -> int:
    given = str(cell.get(name, "1")).strip()
    return int(given) if given.isdecimal() and 1 <= int(given) <= 1000 else 1


def _words(element: html.HtmlElement, skip: set[html.HtmlElement]) -> Iterator[str]:
    """Yield the text of an element; a line break in the source is a blank, a new paragraph is a new line."""
    if isinstance(element.tag, str) and element.tag not in _UNSEEN and element not in skip:
        is_break = element.tag in _BREAKS
        yield "\n" if is_break else ""
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _words(child, skip)
            yield (child.tail or "").replace("\n", " ")
        yield "\n" if is_break else ""
