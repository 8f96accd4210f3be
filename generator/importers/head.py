"""The upper part of a form: the department, its duties and goals, and its key tasks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from generator.content.yaml_reader import Data
from generator.diagnostics.model import Severity
from generator.forms.grid import Cell
from generator.importers.labels import (
    HEAD,
    SUMS,
    TASK_HEAD,
    WAITING,
    Notes,
    Row,
    bare,
    clean,
    filled,
    named,
    own_unit,
    stated_unit,
)

_GAP = re.compile(r"\t|\u3000+|[^\S\n]{2,}|\s(?=(?:金额|计量)?单位[:：])")  # between entries of one line
_ITEM = re.compile(r"\s*[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|第.{1,2})[)）、.．]")
_TITLE = re.compile(r"申报表|绩效目标(批复)?表|年度[)）]?$")


def head(rows: list[Row], unplaced: Row, notes: Notes) -> dict[str, Data]:
    """Read the rows above the tasks; what belongs to none of their labels goes to `unplaced`."""
    found: dict[str, list[str]] = {}
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
            elif label and not (found[label] and is_furniture(cell.text)):
                _take(found[label], cell, notes)
            elif open_label in ("部门职责", "年度履职目标") and len(tokens) == 1 and not _TITLE.search(cell.text):
                message = f"“{open_label}”在这里接着写，当作同一格。"
                notes.mended(cell, "I811", message)
                _take(found[open_label], cell, notes, goes_on=True)
            elif not is_furniture(cell.text):
                unplaced.append(cell)
        if blank and not label:
            notes.mended(blank, "I806", "这里有一个空行，跳过。")
        open_label, blank = label or open_label, None
    name, reporting = ("".join(found.get(label, [])) for label in ("部门名称", "填报单位"))
    if name and reporting and name != reporting:
        notes.add(rows[0][0], "I812", Severity.WARNING, f"“填报单位”是“{reporting}”，与部门名称不同，没有录入。")
    data: dict[str, Data] = {"部门名称": name or reporting or WAITING}
    if "下属预算单位个数" in found:
        data["下属预算单位个数"] = _count("".join(found["下属预算单位个数"]))
    for label in ("部门职责", "年度履职目标"):
        data[label] = list(found.get(label) or [WAITING])
    return data


def is_furniture(text: str) -> bool:
    """Tell what stands around a form without stating anything of it: its title, year, unit, a page number."""
    said = "".join(text.split())
    number = re.fullmatch(r"[-—–]*\d{1,3}[-—–]*(?:/\d{1,3})?", said) or re.search(
        r"第\d{1,3}页(?:[,，/]?共\d{1,3}页)?$", said
    )
    return bool(number or stated_unit(text) or (_TITLE.search(said) and len(said) < 60))


def parted(cell: Cell) -> Row:
    """Part `填报单位：某局  单位：万元` into labels, values and the rest; any other cell stays whole."""
    pieces = [piece for piece in _GAP.split(cell.text) if piece]
    label, colon, value = pieces[0].replace(":", "：").partition("：") if pieces else ("", "", "")
    if not (colon and value.strip() and named(label, HEAD)):
        return [cell]
    return [replace(cell, text=text.strip()) for text in (label, value, *pieces[1:])]


def _take(texts: list[str], cell: Cell, notes: Notes, goes_on: bool = False) -> None:
    """Add the paragraphs of a cell; where it `goes_on` after a break, an open sentence is completed first."""
    lines = clean(cell.text)
    if goes_on and texts and not texts[-1].endswith(("。", "；", "：", "！", "？")) and not _ITEM.match(lines):
        lines = texts.pop() + lines
    if re.search(r"</?(p|br|div)\b", cell.text, re.I):
        notes.mended(cell, "I808", f"网页标签改成了分段：{lines.count(chr(10)) + 1} 段。")
    texts += lines.split("\n") if lines else []


def _count(text: str) -> str:
    return re.sub(r"(?<=\d)(\.0+)?个?$", "", unicodedata.normalize("NFKC", text).strip()) or WAITING


def tasks(rows: list[Row], unplaced: Row, notes: Notes) -> tuple[list[Data], dict[str, tuple[Cell, str | None]]]:
    """Read the key tasks; returns them, and the sums of the amounts that some forms give beside them, with their unit.

    A declaration has no amounts by task: these, and their heads, go to `unplaced`. The sums are the budget's.
    """
    found: list[tuple[str, str]] = []
    columns: dict[int, str | None] = {}
    amounts: dict[int, str] = {}
    sums: dict[str, tuple[Cell, str | None]] = {}
    unit: str | None = None
    for row in rows:
        tokens = filled(row)
        labels = [named(cell.text, TASK_HEAD) for cell in tokens]
        amount_labels = {cell.column: label for cell in tokens if (label := named(cell.text, SUMS))}
        by_column = {columns.get(cell.column): cell for cell in tokens}
        if {"任务名称", "主要内容"} <= set(labels):
            if found:
                notes.mended(tokens[0], "I807", "跳过了重复的表头。")
            columns = {cell.column: label for cell, label in zip(tokens, labels, strict=True)}
            others = [cell for cell, label in zip(tokens, labels, strict=True) if label is None]
            unplaced += others if not found else []
            unit = next((unit for cell in others if (unit := own_unit(cell))), None)
        elif tokens and len(amount_labels) == len(tokens) > 1:
            amounts = amount_labels
        elif amounts and re.fullmatch("(预算)?(金额)?(合计|总计)", bare(tokens[0].text) if tokens else ""):
            sums |= {amounts[cell.column]: (cell, unit) for cell in tokens[1:] if cell.column in amounts}
            unplaced += [cell for cell in tokens[1:] if cell.column not in amounts]
        elif "任务名称" in by_column and "主要内容" in by_column:
            found.append((clean(by_column["任务名称"].text), clean(by_column["主要内容"].text)))
            unplaced += [cell for cell in tokens if columns.get(cell.column) is None]
        elif len(tokens) == 2:
            found.append((clean(tokens[0].text), clean(tokens[1].text)))
        elif len(tokens) == 1 and found and tokens[0].column > 1:
            name, content = found.pop()
            notes.mended(tokens[0], "I811", f"任务“{name}”的内容在这里接着写，当作同一格。")
            found.append((name, content + clean(tokens[0].text)))
        elif not tokens and found and row is not rows[-1]:
            notes.mended(row[0], "I806", "这里有一个空行，跳过。")
        else:
            unplaced += tokens
    return [{"任务名称": name, "主要内容": content} for name, content in found], sums
