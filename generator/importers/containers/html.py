"""A saved web page: its tables, with merged cells, as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from generator.forms.grid import Grid, spread
from generator.importers import UnreadableError
from generator.importers.containers.text import decoded
from generator.importers.labels import ANY, named

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
    added: set[html.HtmlElement] = set()
    for table in page.iter("table"):
        is_inside = any(_is_form(above) for above in table.iterancestors("table"))
        if not is_inside and (table.find(".//table") is None or _is_form(table)):
            _add(table, grid)
            added.add(table)
    around = "".join(_words(page, added)).split("\n")
    grid.around.extend(line.strip() for line in around if line.strip())
    return grid


def _is_form(table: html.HtmlElement) -> bool:
    """Tell a form, or a block of one, from a table that lays out the page or a cell: by the labels of its own cells."""
    inner = set(table.iterdescendants("table"))
    texts = ("".join(_words(cell, inner)) for row in _rows(table) for cell in row.iterchildren("td", "th"))
    return len({label for text in texts if (label := named(text, ANY))}) >= 3


def _rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _lines(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the rows of a form, those of a block inside one of its cells after the row of that cell."""
    for row in _rows(table):
        yield row
        for inner in row.iter("table"):
            if next(inner.iterancestors("tr")) is row and _is_form(inner):
                yield from _lines(inner)


def _add(table: html.HtmlElement, grid: Grid) -> None:
    """Add the cells of a table below those of the tables before; rows and cells that are not shown are hidden."""
    above = max((cell.row for cell in grid.cells + grid.hidden), default=0)
    lines = list(_lines(table))
    given = [list(row.iterchildren("td", "th")) for row in lines]
    cells = spread(
        [[(_text(c), _rowspan(c, lines), _span(c, "colspan")) for c in row] for row in given],
        above + 1,
    )
    for cell, element in zip(cells, (element for row in given for element in row), strict=True):
        row = element.getparent()
        (grid.hidden if _is_hidden(element) or (row is not None and _is_hidden(row)) else grid.cells).append(cell)
        for part in element.iterdescendants():
            if (part.tag in _STRUCK or _is_hidden(part)) and (words := "".join(part.itertext()).strip()):
                grid.doubts.append((cell, f"“{words[:20]}”被划掉或隐藏，没有读。"))


def _rowspan(cell: html.HtmlElement, lines: list[html.HtmlElement]) -> int:
    """Return how many of the lines a cell covers: those of its own table, and of the blocks between them."""
    span, row = _span(cell, "rowspan"), cell.getparent()
    if span == 1 or row is None:
        return 1
    table = next(row.iterancestors("table"))
    own = [place for place, line in enumerate(lines) if next(line.iterancestors("table")) is table]
    first = lines.index(row)
    last = own.index(first) + span - 1
    return own[last] - first + 1 if last < len(own) else span


def _is_hidden(element: html.HtmlElement) -> bool:
    return bool("hidden" in element.attrib or _HIDDEN.search(element.get("style", "")))


def _text(cell: html.HtmlElement) -> str:
    blocks = {table for table in cell.iter("table") if _is_form(table)}
    lines = [" ".join(line.split()) for line in "".join(_words(cell, blocks)).split("\n")]
    return "\n".join(line for line in lines if line)


def _span(cell: html.HtmlElement, name: str) -> int:
    given = str(cell.get(name, "1")).strip()
    return int(given) if given.isdecimal() and 1 <= int(given) <= 1000 else 1


def _words(element: html.HtmlElement, without: set[html.HtmlElement]) -> Iterator[str]:
    """Yield the text of an element; a line break in the source is a blank, a new paragraph is a new line."""
    if (
        not isinstance(element.tag, str)
        or element.tag in _UNSEEN | _STRUCK
        or element in without
        or _is_hidden(element)
    ):
        return
    is_break = element.tag in _BREAKS
    yield "\n" if is_break else ""
    yield (element.text or "").replace("\n", " ")
    for child in element:
        yield from _words(child, without)
        yield (child.tail or "").replace("\n", " ")
    yield "\n" if is_break else ""
