"""A grid of cells → the declaration that the form states, with a remark on every repair and guess.

The form is recognised by its labels, not by its columns: documents lose merged cells, shift columns and break
blocks over pages. What is missing or doubtful is marked 待确认, what has no place is kept; nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.content.draft import MARK
from generator.content.yaml_reader import Data
from generator.declaration.model import Declaration
from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.budget_lines import is_amount
from generator.importers.extent import as_read, form_in, year
from generator.importers.head import head, is_boilerplate, parted
from generator.importers.labels import (
    AMOUNTS,
    BLOCKS,
    COLUMNS,
    DIVISIONS,
    FIGURES,
    HEAD,
    NOTES,
    TASK_HEAD,
    WAITING,
    Row,
    filled,
    named,
    one_line,
    stated_unit,
)
from generator.importers.money import money
from generator.importers.reading import Imported, Part, finished, questioned, without_place
from generator.importers.targets import Tree, targets
from generator.importers.tasks import tasks

# The labels that can begin a block of their own accord.
_INSIDE = {
    "年度重点任务": {"任务名称": TASK_HEAD["任务名称"]},
    "预算情况": AMOUNTS | FIGURES | DIVISIONS,
    "分解目标": {"一级目标": COLUMNS["一级目标"]},
}
_BESIDE = ("未公开原因", "类别分值")


def read(grid: Grid, file: str) -> Imported:
    """Read a form out of the grid of a document named `file`; UnreadableError when it is no such form."""
    seen = as_read(grid)
    extent = form_in(seen.value)
    shape = extent.value
    known = HEAD | BLOCKS | AMOUNTS | FIGURES
    if len({label for cell in shape.cells if (label := named(_label_part(cell.text), known))}) < 5:
        message = "没有找到申报表的项目（部门名称、部门职责、预算总额、分解目标等）。"
        raise UnreadableError(message, "核对是不是选错了文件：要导入的是《部门（单位）整体支出绩效目标申报表》。")
    blocks, headings = _blocks(shape)
    lines = [Cell(line, 0, 0) for line in shape.around]  # in no row
    amounts = [cell for block in ("head", "预算情况") for row in blocks[block] for cell in row] + headings
    amounts += [filled(row)[0] for row in blocks["年度重点任务"] if len(filled(row)) == 1]  # a heading below them
    stated = [
        (cell, unit)
        for cell in [*lines, *amounts]
        if not named(cell.text, AMOUNTS | FIGURES) and (unit := stated_unit(cell.text))
    ]
    above = [[cell] for cell in lines if len(parted(cell)) > 1]
    when, upper, work = year(shape), head(above + blocks["head"]), tasks(blocks["年度重点任务"])
    budget = money(blocks["预算情况"], work.value[1], stated)
    tree = targets(blocks["分解目标"], shape.has_spans, frozenset(cell.row for cell in shape.cuts))
    loose = [cell for cell in seen.value.loose if len(parted(cell)) == 1 and not is_boilerplate(cell.text)]
    data: dict[str, Data] = {"年度": when.value or MARK.strip(), **upper.value, "年度重点任务": work.value[0]}
    data |= {**budget.value, **notes(blocks["附注"])}
    tree, unknown = _with_former_names(tree, blocks["附注"])
    unplaced = [*upper.unplaced, *loose, *work.unplaced, *budget.unplaced, *tree.unplaced, *unknown]
    parts = (seen, extent, when, upper, work, budget, tree)
    remarks = [remark for part in parts for remark in part.remarks] + without_place(unplaced)
    for label in _waiting({**data, "分解目标": "" if tree.value else {}}):  # targets() told of those inside
        message = f"没有找到“{label}”，或它没有内容。"
        repair = f"对照原表填写；标着“{MARK.strip()}”的，填好后删去这三个字。"
        remarks.append(questioned(Cell("", 1, 1), "I803", message, repair))
    data["分解目标"] = dict(tree.value) or {"产出指标": {"数量指标": WAITING}}
    return finished(Declaration, data, parts, remarks, unplaced, grid, file)


def _label_part(text: str) -> str:
    return re.split("[:：]", text.split("\n")[0])[0] if len(text) > 30 else text


def _blocks(grid: Grid) -> tuple[dict[str, list[Row]], Row]:
    """Cut the rows into blocks, at their headings or, where one is missing, at the first label inside.

    A heading stands alone in its row, or merged at the left of its block (年度绩效指标 | 一级指标 | …). Rows without
    text stay, as they tell of breaks. The blocks above the indicators come in any order; once these have begun, only
    the notes follow, as an indicator may be called like a block. The headings come beside the blocks.
    """
    blocks: dict[str, list[Row]] = {block: [] for block in ("head", *BLOCKS, *NOTES)}
    headings: Row = []
    here, goals_end = "head", 0
    for row in grid.rows:
        tokens = filled(row)
        heading = named(tokens[0].text, BLOCKS | NOTES) if tokens else None
        if len(tokens) > 1 and not (heading in _INSIDE and _goes_on(heading, tokens[1])):
            heading = None
        begins = heading or _begun(tokens, here) or here
        if begins == "附注" or (here not in ("分解目标", "附注") and begins != "附注"):
            here = begins
        elif heading != here:
            heading = None
        if heading == "预算情况":
            headings.append(tokens[0])
        if here == "年度重点任务" and len(tokens) == 2 and named(tokens[0].text, {"goals": HEAD["年度履职目标"]}):
            goals_end = row[0].row + tokens[0].rows
        rest = [cell for cell in row if heading is None or cell is not tokens[0]]
        if heading is None or len(tokens) > 1:
            blocks["head" if row[0].row < goals_end else here].append(rest)
    return blocks, headings


def _goes_on(heading: str, behind: Cell) -> bool:
    """Tell whether a heading merged at the left of its block has a part of the block behind it."""
    return bool(named(behind.text, _INSIDE[heading])) or (heading == "预算情况" and not is_amount(behind.text))


def _begun(tokens: Row, here: str) -> str | None:
    """Return the block that a row begins by the labels that stand in it."""
    labels = {named(cell.text, COLUMNS) for cell in tokens}
    if {"一级目标", "三级目标"} <= labels or {"二级目标", "三级目标"} <= labels:  # also behind 序号 and the like
        return "分解目标"
    if {"任务名称", "主要内容"} <= {named(cell.text, TASK_HEAD) for cell in tokens}:
        return "年度重点任务"
    is_line = len(tokens) > 1 and is_amount(tokens[1].text)  # of the budget, whatever it is called
    for block, labels_inside in _INSIDE.items():
        if tokens and named(tokens[0].text, labels_inside) and not (is_line and block != "预算情况"):
            return block
    back = {label: HEAD[label] for label in ("部门职责", "年度履职目标")}
    if here == "预算情况" and len(tokens) == 2 and named(tokens[0].text, back) and not is_line:
        return "head"
    return None


def _waiting(data: Data, label: str = "") -> Iterator[str]:
    """Yield the labels of the values that wait for a person, and of a block without content."""
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _waiting(value, key)
    elif data in ({}, []) or (MARK.strip() in str(data) and str(data) in (MARK.strip(), WAITING, str([WAITING]))):
        yield label


def _with_former_names(tree: Part[Tree], rows: list[Row]) -> tuple[Part[Tree], Row]:
    """Add what this site notes below the form, 原名 | 一级目标 | 二级目标 | 三级目标 | the former name.

    Beside it come the cells of rows whose indicator is not in the form.
    """
    made = {first: dict(seconds) for first, seconds in tree.value.items()}
    unknown: Row = []
    for kind, *words in (filled(row) for row in rows if filled(row)):
        if one_line(kind.text) != "原名":
            continue
        first, second, name, former = ([one_line(cell.text) for cell in words] + [""] * 4)[:4]
        entries = made.get(first, {}).get(second)
        if not former or not isinstance(entries, dict) or name not in entries:
            unknown += words
            continue
        entry = entries[name]
        long = entry if isinstance(entry, dict) else {"指标目标值": entry}
        made[first][second] = {**entries, name: {"指标目标值": long["指标目标值"], "原名": former, **long}}
    return replace(tree, value=made), unknown


def notes(rows: list[Row]) -> dict[str, Data]:
    """Read what this site adds below the form: 来源, 说明事项 and the like, as `kind | words…` a row."""
    source: dict[str, Data] = {}
    answers: list[Data] = []
    beside: dict[str, dict[str, Data]] = {}
    for kind, *words in ([cell.text.strip() for cell in filled(row)] for row in rows if filled(row)):
        if kind == "来源" and len(words) == 2:
            source[words[0]] = words[1]
        elif kind in _BESIDE and len(words) == 2:
            beside.setdefault(kind, {})[words[0]] = words[1]
        elif kind == "说明事项" and len(words) in (2, 3):
            labels = ("规则", "对象", "理由") if len(words) == 3 else ("规则", "理由")
            answers.append(dict(zip(labels, words, strict=True)))
    found: dict[str, Data] = {"来源": dict(source), "说明事项": answers}
    found |= {kind: dict(texts) for kind, texts in beside.items()}
    return {label: data for label, data in found.items() if data}
