"""A grid of cells → the declaration that the form states, with a note of every repair and guess.

The form is recognised by its labels, not by its columns: documents lose merged cells, shift columns and break
blocks over pages. What is missing is marked 待确认, what has no place is kept; nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.content.draft import MARK
from generator.content.yaml_reader import Data
from generator.declaration.model import Declaration
from generator.diagnostics.model import Diagnostic, Severity
from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.extent import form_in, visible, year
from generator.importers.head import head, is_furniture, parted, tasks
from generator.importers.labels import (
    AMOUNTS,
    BLOCKS,
    COLUMNS,
    FIGURES,
    HEAD,
    NOTES,
    TASK_HEAD,
    WAITING,
    Notes,
    Row,
    filled,
    named,
    stated_unit,
)
from generator.importers.money import form_unit, money
from generator.importers.targets import targets

# The labels that can begin a block of their own accord.
_INSIDE = {
    "年度重点任务": {"任务名称": TASK_HEAD["任务名称"]},
    "预算情况": AMOUNTS | FIGURES,
    "分解目标": {"一级目标": COLUMNS["一级目标"]},
}


@dataclass
class Imported:
    """What a document states: the data of a declaration's YAML, notes, and the texts that have no place."""

    data: dict[str, Data] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)


def read(grid: Grid, file: str) -> Imported:
    """Read a form out of the grid of a document named `file`; UnreadableError when it is no such form."""
    made = Imported()
    notes = Notes(file, made.notes)
    grid = visible(grid, notes)
    known = HEAD | BLOCKS | AMOUNTS | FIGURES
    if len({label for cell in grid.cells if (label := named(_label_part(cell.text), known))}) < 5:
        message = "没有找到申报表的项目（部门名称、部门职责、预算总额、分解目标等）。"
        raise UnreadableError(message, "核对是不是选错了文件：要导入的是《部门（单位）整体支出绩效目标申报表》。")
    shape = form_in(grid, notes)
    blocks, headings = _blocks(shape)
    data: dict[str, Data] = {"年度": year(shape) or MARK.strip()}
    lines = [Cell(line, 1, 1) for line in shape.around]
    above = [[cell] for cell in lines if len(parted(cell)) > 1]
    data |= head(above + blocks["head"], made.unplaced, notes)
    made.unplaced += [cell for cell in grid.loose if len(parted(cell)) == 1 and not is_furniture(cell.text)]
    data["年度重点任务"], sums = tasks(blocks["年度重点任务"], made.unplaced, notes)
    amounts = [cell for block in ("head", "预算情况") for row in blocks[block] for cell in row] + headings
    stated = [(cell, unit) for cell in [*lines, *amounts] if (unit := stated_unit(cell.text))]
    data |= money(blocks["预算情况"], sums, form_unit(stated, notes), made.unplaced, notes)
    tree = targets(blocks["分解目标"], shape.has_spans, made.unplaced, notes)
    data |= _notes(blocks["附注"], data)
    for cell in made.unplaced:
        notes.unplaced(cell)
    for label in _waiting({**data, "分解目标": "" if tree else {}}):  # targets() told of those inside
        message = f"没有找到“{label}”，或它没有内容。"
        repair = f"对照原表填写；标着“{MARK.strip()}”的，填好后删去这三个字。"
        notes.add(Cell("", 1, 1), "I803", Severity.WARNING, message, repair)
    data["分解目标"] = dict(tree) or {"产出指标": {"数量指标": WAITING}}
    made.data = {
        label: data[label] for entry in Declaration.model_fields.values() if (label := str(entry.alias)) in data
    }
    return made


def _label_part(text: str) -> str:
    return re.split("[:：]", text.split("\n")[0])[0] if len(text) > 30 else text


def _blocks(grid: Grid) -> tuple[dict[str, list[Row]], Row]:
    """Cut the rows into blocks, at their headings or, where one is missing, at the first label inside.

    A heading stands alone in its row, or merged at the left of its block (年度绩效指标 | 一级指标 | …). Rows without
    text stay, as they tell of breaks. Blocks come in the form's order: an indicator that is called like a block does
    not begin one. Only the goals may follow the tasks, as they do in some forms. The headings come beside the blocks.
    """
    order = ["head", *BLOCKS, *NOTES]
    blocks: dict[str, list[Row]] = {block: [] for block in order}
    headings: Row = []
    here, goals_end = "head", 0
    for row in grid.rows:
        tokens = filled(row)
        heading = named(tokens[0].text, BLOCKS | NOTES) if tokens else None
        if len(tokens) > 1 and not (heading in _INSIDE and named(tokens[1].text, _INSIDE[heading])):
            heading = None
        begun = [block for block, labels in _INSIDE.items() if any(named(cell.text, labels) for cell in tokens[:1])]
        if {"一级目标", "三级目标"} <= {named(cell.text, COLUMNS) for cell in tokens}:  # behind 序号 and the like
            begun = ["分解目标"]
        elif {"任务名称", "主要内容"} <= {named(cell.text, TASK_HEAD) for cell in tokens}:
            begun = ["年度重点任务"]
        begins = heading or next(iter(begun), here)
        if order.index(begins) > order.index(here):
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


def _waiting(data: Data, label: str = "") -> Iterator[str]:
    """Yield the labels of the values that wait for a person, and of a block without content."""
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _waiting(value, key)
    elif data in ({}, []) or MARK.strip() in str(data):
        yield label


def _notes(rows: list[Row], data: dict[str, Data]) -> dict[str, Data]:
    """Read what this site adds below the form: 来源 and 说明事项, as `kind | words…` a row."""
    source: dict[str, Data] = {}
    answers: list[Data] = []
    for kind, *words in ([cell.text.strip() for cell in filled(row)] for row in rows if filled(row)):
        if kind == "来源" and len(words) == 2:
            source[words[0]] = words[1]
        elif kind == "说明事项" and len(words) in (2, 3):
            labels = ("规则", "对象", "理由") if len(words) == 3 else ("规则", "理由")
            answers.append(dict(zip(labels, words, strict=True)))
    return ({"来源": source} if source else {}) | ({"说明事项": answers} if answers else {})
