"""A grid of cells → the results that a form of self-evaluation (绩效自评表) states, with a remark on every guess.

Like form.py for declarations: the form is recognised by its labels; what is missing or doubtful is marked 待确认, what
has no place is kept; nothing is invented. The blocks are told by the labels that stand in their heads.
"""

from __future__ import annotations

import re

from generator.content.draft import MARK
from generator.content.yaml_reader import Data
from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers import execution as money
from generator.importers.extent import as_read, form_in, year
from generator.importers.foot import foot, is_foot
from generator.importers.form import notes
from generator.importers.goals import goals, is_goals, is_goals_head
from generator.importers.head import head, is_boilerplate, parted
from generator.importers.indicator_rows import Head, is_head, joined
from generator.importers.kinds import Kind, is_evaluated, title
from generator.importers.labels import COLUMNS, EXECUTION, HEAD, NOTES, WAITING, Row, bare, filled, named, stated_unit
from generator.importers.outcomes import outcomes
from generator.importers.reading import Imported, Part, all_marked, finished, questioned, without_place

_NAME = {label: HEAD[label] for label in ("部门名称", "填报单位")}


def read(grid: Grid, file: str, declaration: Declaration | None = None) -> Imported:
    """Read a form of results out of the grid of a document named `file`; UnreadableError when it is no such form.

    With the `declaration` of the year, the indicators stand at the paths of their promises.
    """
    seen = as_read(grid)
    extent = form_in(seen.value, Kind.RESULTS)
    shape = extent.value
    blocks = _blocks(shape.rows)
    if not (blocks["money"] or blocks["indicators"]) or not any(is_evaluated(filled(row)) for row in shape.rows):
        message = "没有找到自评表的项目（全年执行数、执行率、实际完成值、得分等）。"
        raise UnreadableError(message, "核对是不是选错了文件：要导入的是《部门（单位）整体支出绩效自评表》。")
    lines = [Cell(line, 0, 0) for line in shape.around]  # in no row
    beside = [cell for block in ("head", "headings", "money") for row in blocks[block] for cell in row]
    heads = [c for c in filled(blocks["money"][0]) if named(c.text, EXECUTION)] if blocks["money"] else []
    stated = [(c, unit) for c in [*lines, *beside] if c not in heads and (unit := _unit(c))]
    above = [[cell] for cell in lines if len(parted(cell)) > 1]
    when, (name, others) = year(shape), _head(above + blocks["head"])
    top = foot(others, Head(), has_spans=True)  # some forms say above what others say below
    spent = money.execution(blocks["money"], shape.has_spans, stated)
    aims = goals(blocks["goals"], shape.has_spans)
    columns = joined(Head(), filled(blocks["indicators"][0])) if blocks["indicators"] else Head()
    tree = outcomes(blocks["indicators"], shape.has_spans, frozenset(cell.row for cell in shape.cuts), declaration)
    below = foot(blocks["foot"], columns, shape.has_spans)
    loose = [c for c in seen.value.loose if len(parted(c)) == 1 and not is_boilerplate(c.text) and not title([c])]
    data: dict[str, Data] = {"年度": when.value or MARK.strip(), "部门名称": name.value}
    data |= {"资金情况": spent.value} if spent.value else {}
    data |= {"目标完成情况": aims.value} if aims.value else {}
    data |= {"指标完成情况": dict(tree.value.tree)} if tree.value.tree else {}
    added = notes(blocks["附注"])
    weights = {**tree.value.category_weights, **_mapping(added.pop("类别分值", {}))}
    data |= {"类别分值": dict(weights)} if weights else {}
    twice = [label for label in top.value if label in below.value and top.value[label] != below.value[label]]
    data |= {**top.value, **below.value, **{label: all_marked(below.value[label]) for label in twice}, **added}
    lost = [cell for row in blocks["lost"] for cell in filled(row)]
    unplaced = [*lost, *top.unplaced, *loose, *spent.unplaced, *aims.unplaced, *tree.unplaced, *below.unplaced]
    parts = (seen, extent, when, name, top, spent, aims, tree, below)
    remarks = [r for part in parts for r in part.remarks]
    remarks += without_place(unplaced)
    for label in twice:
        message = f"“{label}”在表上有两处，写的不同（另一处是“{top.value[label]}”），标了“待确认”。"
        remarks.append(questioned(Cell("", 1, 1), "I804", message))
    if not when.value:
        remarks.append(questioned(Cell("", 1, 1), "I803", "没有找到“年度”。", "对照原表填写，删去“待确认”。"))
    return finished(Results, data, parts, remarks, unplaced, grid, file)


def _mapping(data: Data) -> dict[str, Data]:
    return data if isinstance(data, dict) else {}


def _unit(cell: Cell) -> str | None:
    """Return the unit that a cell states for all amounts, also one merged at the left: 部门资金（万元）."""
    stated = stated_unit(cell.text)
    said = re.search(r"(?:资金|预算|金额|执行)\S{0,8}[(（]\s*((?:千|万|百万|亿)?元)\s*[)）]$", cell.text.strip())
    return stated or (said[1] if said else None)


_HEADING = re.compile(
    "(年度|部门|单位|整体|绩效|支出|总体|预算|项目)*(绩效)?(目标|指标|资金|预算|执行|完成|收支)+(完成|执行|安排|使用|及|和)*(情况)?"
)


def _blocks(rows: list[Row]) -> dict[str, list[Row]]:
    """Cut the rows into blocks, each with its head as its first row; headings of blocks are apart."""
    blocks: dict[str, list[Row]] = {
        b: [] for b in ("head", "headings", "lost", "money", "goals", "indicators", "foot", *NOTES)
    }
    here = "head"
    for row in rows:
        tokens = filled(row)
        if len(tokens) == 1 and named(tokens[0].text, NOTES):
            here = "附注"
        elif here == "附注":
            blocks[here].append(row)
        elif len(tokens) == 1 and here not in ("indicators", "foot") and _HEADING.fullmatch(bare(tokens[0].text)):
            blocks["headings"].append(row)
        else:
            here = _begun(tokens, here, blocks)
            blocks[here].append(row)
    return blocks


def _begun(tokens: Row, here: str, blocks: dict[str, list[Row]]) -> str:
    """Return the block that a row belongs to: the one that its labels begin, or else the one that goes on."""
    if "三级目标" in {named(cell.text, COLUMNS) for cell in tokens} and is_head(tokens, None):
        return "indicators"
    if money.is_head(tokens):
        return "money"
    if len({label for cell in tokens if (label := named(cell.text, COLUMNS))}) > 2 and here != "indicators":
        return "lost"
    if here == "indicators":
        return "foot" if is_foot(tokens, blocks[here][0]) else here
    if is_goals_head(tokens) or (here in ("head", "money") and is_goals(tokens)):
        return "goals"
    return "head" if here in ("money", "goals") and is_foot(tokens, []) else here


def _head(rows: list[Row]) -> tuple[Part[str], list[Row]]:
    """Return the department's name, and the rows that say other things."""
    names = [row for row in rows if filled(row) and named(parted(filled(row)[0])[0].text, _NAME)]
    read = head(names)
    others = [row for row in rows if row not in names and not title(row)]
    others = [row for row in others if not all(is_boilerplate(cell.text) for cell in filled(row))]
    name = str(read.value["部门名称"])
    remarks = list(read.remarks)
    if name == WAITING:
        remarks.append(questioned(Cell("", 1, 1), "I803", "没有找到“部门名称”。", "对照原表填写，删去“待确认”。"))
    return Part(name, remarks=remarks, places=read.places), [*([read.unplaced] if read.unplaced else []), *others]
