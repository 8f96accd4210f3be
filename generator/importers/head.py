"""The upper part of a form: the department, its duties and goals."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from generator.content.draft import MARK
from generator.content.yaml_reader import Data, Path
from generator.declaration.quantity import is_unstated
from generator.forms.grid import Cell
from generator.importers.labels import HEAD, WAITING, Row, bare, clean, filled, named, stated_unit
from generator.importers.reading import Part, Remark, marked, questioned, repaired

# Between entries of one line: wide gaps, a space before the next label with its colon, and the unit at its end, before
# which a printed document may have lost its gap.
_GAP = re.compile(
    r"\t|\u3000+|[^\S\n]{2,}|\s(?=(?:金额|计量)?单位[:：(（])|[^\S\n](?=[\u4e00-\u9fff]{2,8}[:：])"
    r"|(?<=[^\s报制])(?=(?:金额|计量)?单位[:：]\s*[千百万亿]{0,2}元\s*$)"
)
_ITEM = re.compile(r"\s*[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|第.{1,2})[)）、.．]")
_TITLE = re.compile(r"申报表|绩效目标(批复)?表|年度[)）]?$")
_PARAGRAPHS = ("部门职责", "年度履职目标")


def head(rows: list[Row]) -> Part[dict[str, Data]]:
    """Read the rows that state the department, its duties and its goals.

    Duties and goals may go on in further cells and rows; every other label takes the one cell behind it.
    """
    found: dict[str, list[str]] = {}
    places: dict[Path, Cell] = {}
    joined: set[Path] = set()
    unplaced: Row = []
    remarks: list[Remark] = []
    open_label = ""
    blank: Cell | None = None
    for row in rows:
        tokens = [part for cell in filled(row) for part in parted(cell)]
        if not tokens:
            blank = row[0] if open_label else None
            continue
        label = ""
        for cell in tokens:
            if known := named(cell.text, HEAD):
                label = known
                found.setdefault(label, [])
            elif label in _PARAGRAPHS and not (found[label] and is_boilerplate(cell.text)):
                remarks += _repaired_tags(cell)
                found[label] = _taken(found[label], cell)
                places = {(label, n): cell for n in range(len(found[label]))} | places
            elif label and label not in _PARAGRAPHS and not found[label] and _can_be(label, cell.text):
                found[label] = [clean(cell.text)]
                places[(label,)] = cell
            elif not label and open_label in _PARAGRAPHS and len(tokens) == 1 and not _TITLE.search(cell.text):
                remarks += [repaired(cell, "I811", f"“{open_label}”在这里接着写，当作同一格。"), *_repaired_tags(cell)]
                if cell.column == 1 and not _is_paragraph(cell.text):
                    remarks.append(questioned(cell, "I811", f"“{cell.text}”不一定属于“{open_label}”，标了“待确认”。"))
                    cell = replace(cell, text=marked(cell.text))
                last = len(found[open_label]) - 1
                before = found[open_label][last:]
                found[open_label] = _taken(found[open_label], cell, goes_on=True)
                joined |= {(open_label, last)} if found[open_label][last : last + 1] != before else set()
                places = {(open_label, n): cell for n in range(len(found[open_label]))} | places
            elif not is_boilerplate(cell.text):
                unplaced.append(cell)
        if blank and not label:
            remarks.append(repaired(blank, "I806", "这里有一个空行，跳过。"))
        open_label, blank = label or open_label, None
    name, reporting = ("".join(found.get(label, [])) for label in ("部门名称", "填报单位"))
    if name and reporting and name != reporting:
        remarks.append(questioned(rows[0][0], "I812", f"“填报单位”是“{reporting}”，与部门名称不同，没有录入。"))
    data: dict[str, Data] = {"部门名称": name or reporting or WAITING}
    if "下属预算单位个数" in found:
        data["下属预算单位个数"] = _count("".join(found["下属预算单位个数"]))
    for label in _PARAGRAPHS:
        data[label] = list(found.get(label) or [WAITING])
    if not name and reporting:
        places[("部门名称",)] = places[("填报单位",)]
    return Part(data, unplaced, remarks, places, joined)


def is_boilerplate(text: str) -> bool:
    """Tell what stands around a form without stating anything of it: its title, year, unit, a page number."""
    said = "".join(text.split())
    number = re.fullmatch(r"[-—–]*\d{1,3}[-—–]*(?:/\d{1,3})?", said) or re.search(
        r"第\d{1,3}页(?:[,，/]?共\d{1,3}页)?$", said
    )
    return bool(number or stated_unit(text) or (_TITLE.search(said) and len(said) < 60))


def parted(cell: Cell) -> Row:
    """Part `填报单位：某局  单位：万元` into labels, values and the rest; any other cell stays whole."""
    pieces = [piece for piece in _GAP.split(cell.text) if piece.strip()]
    label, colon, value = pieces[0].replace(":", "：").partition("：") if pieces else ("", "", "")
    if not (colon and value.strip() and named(label, HEAD)):
        return [cell]
    return [replace(cell, text=text.strip()) for text in (label, value, *pieces[1:])]


def _can_be(label: str, text: str) -> bool:
    """Tell whether a text can be what a label asks for: a name has letters (a code has none), a number digits."""
    if label == "下属预算单位个数":
        return bool(re.search(r"\d|[-—/无]", text) or is_unstated(text.strip()))
    return bool(re.search("[\u4e00-\u9fff]", text)) and not re.search("(编码|代码|名称|电话|日期)[:：]?$", bare(text))


def _is_paragraph(text: str) -> bool:
    """Tell an item or a sentence from words that may be the beginning of a label in several lines."""
    return bool(_ITEM.match(text) or re.search("[。；！？，：、]|目标\\d", text))


def _taken(texts: list[str], cell: Cell, goes_on: bool = False) -> list[str]:
    """Return texts with the paragraphs of a cell; where it `goes_on` after a break, an open sentence is completed."""
    lines = clean(cell.text)
    is_marked = lines.startswith(MARK.strip())
    if (
        goes_on
        and texts
        and not is_marked
        and not texts[-1].endswith(("。", "；", "：", "！", "？"))
        and not _ITEM.match(lines)
    ):
        return [*texts[:-1], *(texts[-1] + lines).split("\n")]
    return texts + (lines.split("\n") if lines else [])


def _repaired_tags(cell: Cell) -> list[Remark]:
    if not re.search(r"</?(p|br|div)\b", cell.text, re.I):
        return []
    return [repaired(cell, "I808", f"网页标签改成了分段：{clean(cell.text).count(chr(10)) + 1} 段。")]


def _count(text: str) -> str:
    if is_unstated(text.strip()):
        return text.strip()
    said = re.sub(r"(?<=\d)(\.0+)?个?$", "", unicodedata.normalize("NFKC", text).strip())
    if not said:
        return WAITING
    return said if re.fullmatch(r"\d+|\d{1,3}(,\d{3})+", said) else marked(said)
