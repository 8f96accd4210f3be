"""Word documents: the tables in their order, with merged cells; paragraphs between them are the text around.

The XML is read as it is (ECMA-376 Part 1, 17; the package: Part 2): paragraphs and rows as libraries give them leave
out what stands in content controls, smart tags, accepted insertions, symbols and formulas.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError

_OLE = b"\xd0\xcf\x11\xe0"
_NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def qn(name: str) -> str:
    """Return the name of an element or attribute, such as w:p, with its namespace in full, as lxml has it."""
    return f"{{{_NAMES['w']}}}{name.removeprefix('w:')}"


# What Insert → Symbol writes with the font Symbol, in its private code points.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0B0": "°", "F03D": "=", "F03E": ">", "F03C": "<"}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag"), qn("w:customXml")}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def read(file: Path) -> Grid:
    """Read a .docx; a paragraph of a cell is a line. Changes are read as if accepted, which is a doubt."""
    if file.read_bytes()[:4] == _OLE:
        raise UnreadableError("文档加了密码，或者是旧的 .doc 格式。", "在 Word 里去掉密码，另存为 .docx 再导入。")
    grid = Grid([])
    for block in _inside(_body(file)):
        if block.tag == qn("w:tbl"):
            _add(block, grid)
        elif block.tag == qn("w:p") and (text := _text(block)[0]):
            grid.around.append(text)
            grid.loose.append(Cell(text, max((cell.row + cell.rows - 1 for cell in grid.cells), default=1), 1))
    return grid


def _body(file: Path) -> _Element:
    """Return the body of the main document, which the package's relationships name; entities are never resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(file) as package:
        links = etree.fromstring(package.read("_rels/.rels"), parser)
        main = next(link.get("Target", "") for link in links if link.get("Type", "").endswith("/officeDocument"))
        document = etree.fromstring(package.read(main.lstrip("/")), parser)
    body = document.find("w:body", _NAMES)
    if body is None:
        raise ValueError("w:body")
    return body


def _inside(parent: _Element) -> Iterator[_Element]:
    """Yield the children, with those of content controls and the like in their places."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _inside(child)
        else:
            yield child


def _add(table: _Element, grid: Grid) -> None:
    """Add the cells of a table below those of the tables before."""
    row = max((cell.row + cell.rows - 1 for cell in grid.cells), default=0)
    open_cells: dict[int, int] = {}  # column → the place in grid.cells of the cell that reaches down
    for table_row in _inside(table):
        if table_row.tag != qn("w:tr"):
            continue
        row += 1
        column = 1 + _number(table_row, "w:trPr/w:gridBefore")
        for given in _inside(table_row):
            if given.tag != qn("w:tc"):
                continue
            width = _number(given, "w:tcPr/w:gridSpan") or 1
            merge = given.find("w:tcPr/w:vMerge", _NAMES)
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            if goes_on and column in open_cells:
                place = open_cells[column]
                grid.cells[place] = replace(grid.cells[place], rows=row - grid.cells[place].row + 1)
            else:
                text, doubts = _text(given)
                grid.cells.append(Cell(text, row, column, 1, width))
                grid.doubts.extend((grid.cells[-1], doubt) for doubt in doubts)
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = len(grid.cells) - 1
            column += width


def _number(element: _Element, path: str) -> int:
    found = element.find(path, _NAMES)
    return int(found.get(qn("w:val"), "0")) if found is not None else 0


def _text(element: _Element) -> tuple[str, list[str]]:
    """Return the text of a cell or paragraph, its paragraphs as lines, and what is doubtful about it."""
    doubts: dict[str, None] = {}
    lines = "".join(_words(element, doubts)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip()), list(doubts)


def _words(element: _Element, doubts: dict[str, None]) -> Iterator[str]:
    for child in element:
        if child.tag in (qn("w:del"), qn("w:moveFrom")):
            doubts["这里有没有接受的修订，按全部接受读取。"] = None
        elif child.tag in (qn("w:t"), _MATH):
            yield child.text or ""
        elif child.tag == qn("w:sym"):
            code = child.get(qn("w:char"), "").upper()
            if code not in _SYMBOLS:
                doubts[f"这里有一个认不出来的符号（{child.get(qn('w:font'))} {code}），读作“□”。"] = None
            yield _SYMBOLS.get(code, "□")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in (qn("w:noBreakHyphen"), qn("w:softHyphen")):
            yield "-" if child.tag == qn("w:noBreakHyphen") else ""
        elif child.tag == qn("w:r") and (unseen := _unseen(child)):
            if words := "".join(_words(child, {})).strip():
                doubts[f"“{words}”{unseen}，没有读。"] = None
        elif child.tag in (qn("w:p"), qn("w:tr")):
            if child.find("w:pPr/w:numPr", _NAMES) is not None:
                doubts["这里用了自动编号，编号不在文字里，没有读。"] = None
            yield "\n"
            yield from _words(child, doubts)
            yield "\n"
        elif child.tag not in (qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:instrText"), qn("w:delText")):
            if child.tag in (qn("w:ins"), qn("w:moveTo")):
                doubts["这里有没有接受的修订，按全部接受读取。"] = None
            yield from _words(child, doubts)


def _unseen(run: _Element) -> str:
    """Say why a run of text does not count, if so: it is hidden, or struck out."""
    for names, reason in ((("w:vanish",), "是隐藏的文字"), (("w:strike", "w:dstrike"), "被划掉了")):
        for name in names:
            found = run.find(f"w:rPr/{name}", _NAMES)
            if found is not None and found.get(qn("w:val"), "true") not in ("0", "false", "off"):
                return reason
    return ""
