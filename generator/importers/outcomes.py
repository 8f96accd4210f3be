"""The indicators of a form of results: actual values, points and reasons, each at its three-level path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.content.yaml_reader import Data, Path
from generator.declaration.model import Declaration
from generator.forms.grid import Cell
from generator.importers.alignment import BLOCK, aligned
from generator.importers.execution import points
from generator.importers.indicator_rows import heading
from generator.importers.labels import COLUMNS, OUTCOMES, Row, clean, filled, named, one_line
from generator.importers.reading import Part, Remark, marked, questioned, repaired
from generator.importers.targets import Tree, targets

_ORDER = ("实际完成值", "指标目标值", "分值", "得分", "复核分", "原因")
_POINTS = ("分值", "得分", "复核分")


class Outcomes(NamedTuple):
    """What the table of indicators states: the results by their paths, and the points of whole headings."""

    tree: Tree
    category_weights: dict[str, Data]


def outcomes(
    rows: list[Row], has_spans: bool, cuts: frozenset[int], declaration: Declaration | None = None
) -> Part[Outcomes]:
    """Read the table of indicators, its head first; a cell that states nothing is left out, as the file does.

    With the `declaration` of the year, the indicators stand at its paths.
    """
    read = targets(_bare(rows), has_spans, cuts, further=(*OUTCOMES, "权重"), needed=False)
    remarks = [remark for remark in read.remarks if remark.code != "I813"]
    weights = _category_weights(read)
    at = {one_line(cell.text): cell for row in reversed(rows) for cell in reversed(filled(row))}
    unplaced = [cell for cell in read.unplaced if cell not in weights.unplaced]
    tree: Tree = {}
    for first, seconds in read.value.items():
        tree[first] = {}
        for second, entries in seconds.items():
            if isinstance(entries, dict):
                results = [(name, _result(entry, at.get(name, Cell(name, 1, 1)))) for name, entry in entries.items()]
                tree[first][second] = {name: part.value for name, part in results}
                remarks += [remark for _, part in results for remark in part.remarks]
            elif entries:
                unplaced.append(at.get(str(entries), Cell(str(entries), 1, 1)))
        if not tree[first]:
            del tree[first]
            head = at.get(first, Cell(first, 1, 1))
            remarks.append(questioned(head, "I803", f"“{first}”下面没有指标，没有录入。"))
    made = Part(tree, places=_places(read.places), joined=set(_places(dict.fromkeys(read.joined, Cell("", 0, 0)))))
    placed = aligned(made, declaration, at) if declaration else made
    remarks += weights.remarks + placed.remarks
    return Part(Outcomes(placed.value, weights.value), unplaced, remarks, placed.places | weights.places, placed.joined)


def _places(noted: dict[Path, Cell]) -> dict[Path, Cell]:
    """Return what is noted of the targets under the paths of the file of results."""
    made: dict[Path, Cell] = {}
    for (_, *steps), cell in noted.items():
        path: Path = (BLOCK, *steps)
        if len(path) == 4:
            made |= {path: cell, (*path, "年度指标值"): cell}
        elif path[4:] == ("权重",):
            made.setdefault((*path[:4], "分值"), cell)
        else:
            made[path] = cell
    return made


def _bare(rows: list[Row]) -> list[Row]:
    """Return the rows without what is merged at the left of all of them (绩效指标 | 一级指标 | …)."""
    first = next((cell.column for cell in filled(rows[0]) if named(cell.text, COLUMNS)), 1) if rows else 1
    is_beside = re.compile("(年度|部门)?(整体)?(绩效)?指标(完成)?(情况)?|绩效")
    kept = [[c for c in row if c.column >= first or not is_beside.fullmatch(one_line(c.text))] for row in rows]
    return [row for row in kept if row]


def _category_weights(read: Part[Tree]) -> Part[dict[str, Data]]:
    """Return the points that stand in headings (产出指标(50分)); per cent are marked, as they may be points or not."""
    found: dict[str, Data] = {}
    remarks: list[Remark] = []
    used: Row = []
    places: dict[Path, Cell] = {}
    names = {name for first, seconds in read.value.items() for name in (first, *seconds)}
    for cell in read.unplaced:
        name, weight = heading(cell)
        number = re.search(r"\d+(\.\d+)?", weight)
        if name not in names or number is None or name in found:
            continue
        used.append(cell)
        found[name] = number[0]
        places["类别分值", name] = cell
        if re.search("[%％]", weight):
            found[name] = marked(number[0])
            message = f"“{name}”后面的“{weight}”认作分值 {number[0]}，标了“待确认”。"
            remarks.append(questioned(cell, "I813", message))
    lost = [cell for cell in read.unplaced if cell not in used and heading(cell)[1] and heading(cell)[0] == ""]
    remarks += [repaired(cell, "I813", f"分值“{one_line(cell.text)}”不知道属于哪一类。") for cell in lost]
    return Part(found, used, remarks, places)


def _result(entry: Data, cell: Cell) -> Part[Data]:
    """Return an entry of the tree as the file of results has it; the points checked, the short form where it will do.

    A target without anything beside it stays 年度指标值; an entry that states nothing waits for a person.
    """
    given: dict[str, Data] = {"指标目标值": entry} if isinstance(entry, str) else dict(_pairs(entry))
    remarks: list[Remark] = []
    if "权重" in given and "分值" not in given:
        given["分值"] = given.pop("权重")
    made: dict[str, Data] = {}
    for label in _ORDER:
        text = str(given.get(label) or "")
        if label in _POINTS and text and not text.startswith("待确认"):
            read = points(label, Cell(text, cell.row, cell.column, part=cell.part))
            remarks += read.remarks
            text = read.value or ""
        if text:
            key = "年度指标值" if label == "指标目标值" else label
            made[key] = clean(text) if label == "原因" else text
    if not made:
        message = f"“{cell.text}”一行没有读到内容。"
        return Part({"实际完成值": marked("未公开")}, remarks=[*remarks, questioned(cell, "I803", message)])
    return Part(made["实际完成值"] if made.keys() == {"实际完成值"} else made, remarks=remarks)


def _pairs(entry: Data) -> Iterator[tuple[str, Data]]:
    assert isinstance(entry, dict)
    yield from entry.items()
