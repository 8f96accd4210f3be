"""A saved web page: its tables, with merged cells, as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from generator.grid import Grid, spread
from generator.importers import UnreadableError
from generator.importers.labels import ANY, named
from generator.importers.text import decoded

_BREAKS = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr"}
_UNSEEN = {"script", "style", "template", "head", "noscript"}
_STRUCK = {"del", "s", "strike"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def read(file: Path) -> Grid:
    """Read the tables; spans of more than a thousand count as one. A table inside a form's cell is that cell's text."""
    source = decoded(file.read_bytes())  # whatever it declares: after saving again that is often untrue
    if not source.strip():
        raise UnreadableError("文件是空的。", "核对是不是选错了文件。")
    page = html.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", source))  # lxml takes no text that names an encoding
    grid = Grid([])
    tables: list[html.HtmlElement] = []
    for table in page.iter("table"):
        inside = any(above in tables for above in table.iterancestors("table"))
        if not inside and (table.find(".//table") is None or _is_form(table)):
            tables.append(table)
            _add(table, grid)
    around = "".join(_words(page, skip=set(tables))).split("\n")
    grid.around.extend(line.strip() for line in around if line.strip())
    return grid


def _is_form(table: html.HtmlElement) -> bool:
    """Tell a form whose cell holds a table from a table that only lays out the page."""
    nested = set(table.iterfind(".//table"))
    texts = ("".join(_words(cell, nested)) for row in _rows(table) for cell in row)
    return len({label for text in texts if (label := named(text, ANY))}) >= 3


def _rows(table: html.HtmlElement) -> list[list[html.HtmlElement]]:
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    return [list(row.iterchildren("td", "th")) for row in rows]


def _add(table: html.HtmlElement, grid: Grid) -> None:
    """Add the cells of a table below those of the tables before; rows and cells that are not shown are hidden."""
    above = max((cell.row for cell in grid.cells + grid.hidden), default=0)
    given = _rows(table)
    cells = spread([[(_text(c), _span(c, "rowspan"), _span(c, "colspan")) for c in row] for row in given], above + 1)
    for cell, element in zip(cells, (element for row in given for element in row), strict=True):
        row = element.getparent()
        (grid.hidden if _is_hidden(element) or (row is not None and _is_hidden(row)) else grid.cells).append(cell)
        for part in element.iterdescendants():
            if (part.tag in _STRUCK or _is_hidden(part)) and (words := "".join(part.itertext()).strip()):
                grid.doubts.append((cell, f"“{words[:20]}”被划掉或隐藏，没有读。"))


def _is_hidden(element: html.HtmlElement) -> bool:
    return bool("hidden" in element.attrib or _HIDDEN.search(element.get("style", "")))


def _text(cell: html.HtmlElement) -> str:
    lines = [" ".join(line.split()) for line in "".join(_words(cell, set())).split("\n")]
    return "\n".join(line for line in lines if line)


def _span(cell: html.HtmlElement, name: str) -> int:
    given = str(cell.get(name, "1")).strip()
    return int(given) if given.isdecimal() and 1 <= int(given) <= 1000 else 1


def _words(element: html.HtmlElement, skip: set[html.HtmlElement]) -> Iterator[str]:
    """Yield the text of an element; a line break in the source is a blank, a new paragraph is a new line."""
    if (
        isinstance(element.tag, str)
        and element.tag not in _UNSEEN | _STRUCK
        and element not in skip
        and not _is_hidden(element)
    ):
        is_break = element.tag in _BREAKS
        yield "\n" if is_break else ""
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _words(child, skip)
            yield (child.tail or "").replace("\n", " ")
        yield "\n" if is_break else ""
