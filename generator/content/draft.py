"""This year's file from last year's: every carried-over value is marked until a person has confirmed it."""

from __future__ import annotations

import re
from typing import Any

from generator.content.yaml_reader import Data, Path, Tree
from generator.content.yaml_writer import dump
from generator.declaration.fields import FIGURES
from generator.declaration.model import Declaration
from generator.diagnostics.model import Diagnostic, Mark, error

MARK = "待确认 "
_MARK = re.compile(MARK.strip())
TO_COPY = "照表填写"
STAYS = {"年度", "部门名称"}  # told by the command, or by department.yaml
ENDS = {"来源", "原名", "说明事项"}  # belongs to the year it was written in


def draft(declaration: Declaration, year: int) -> str:
    """Return the YAML of `year` with the values of an earlier declaration, each marked 待确认."""
    data = declaration.model_dump(by_alias=True, exclude_unset=True)
    return dump(_marked(data | {"年度": str(year)}))


def blank(name: str, year: int) -> str:
    """Return the YAML of a first declaration: the form's labels, with values that are all to be confirmed."""
    words = TO_COPY
    data: Data = {
        **{"年度": str(year), "部门名称": name, "部门职责": [words], "年度履职目标": [words]},
        "年度重点任务": [{"任务名称": words, "主要内容": words}],
        **_figures(),
        "分解目标": {
            "产出指标": {"数量指标": {"指标名称一": words}, "质量指标": {"指标名称二": words}},
            "效益指标": {"社会效益指标": {"指标名称三": words}},
            "满意度指标": {"服务对象满意度指标": {"指标名称四": words}},
        },
    }
    return dump(_marked(data))


def results(declaration: Declaration) -> str:
    """Return the YAML of a declaration's results: every promise with its target, and values to be confirmed."""
    outcomes: dict[str, dict[str, Data]] = {}
    for placed in declaration.indicators():
        below = outcomes.setdefault(placed.first_level, {}).setdefault(placed.second_level, {})
        assert isinstance(below, dict)
        below[placed.name] = {"实际完成值": TO_COPY, "年度指标值": placed.indicator.target_value}
    money: Data = {"年初预算数": str(declaration.budget.total), "全年执行数": TO_COPY}
    data: dict[str, Data] = {
        **{"年度": str(declaration.year), "部门名称": declaration.department_name},
        "资金情况": {"年度资金总额": money},
        "目标完成情况": [{"预期目标": goal, "实际完成情况": TO_COPY} for goal in declaration.annual_goals],
        "指标完成情况": dict(outcomes),
        "总分": TO_COPY,
    }
    return dump(_marked(data))


def _figures() -> dict[str, Data]:
    made: dict[str, Data] = {}
    for field in FIGURES:
        inside: Any = made
        for key in field.path[:-1]:
            inside = inside.setdefault(key, {})
        inside[field.label] = TO_COPY  # no number: a mark may be deleted without a look at the form
    return made


def _marked(data: Data) -> Data:
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if key not in ENDS}
        return {key: value if key in STAYS else _marked(value) for key, value in kept.items()}
    if isinstance(data, list):
        return [_marked(item) for item in data]
    return None if data is None else MARK + data


def unconfirmed(tree: Tree) -> list[Diagnostic]:
    """Report the values that still carry the mark, with their lines, and take the marks off to check the rest."""
    if not tree.may_hold(_MARK):
        return []
    marks: list[Mark] = []

    def confirmed(data: Data, path: Path) -> Data:
        if isinstance(data, dict):
            return {key: confirmed(value, (*path, key)) for key, value in data.items()}
        if isinstance(data, list):
            return [confirmed(item, (*path, place)) for place, item in enumerate(data)]
        if data is None or not data.startswith(MARK.strip()):
            return data
        marks.append(tree.value(*path))
        rest = data.removeprefix(MARK.strip()).strip()
        if rest in ("", TO_COPY):
            tree.damaged.add(marks[-1].line)  # one message is enough
        return rest

    tree.data = confirmed(tree.data, ())
    if not marks:
        return []
    lines = sorted({mark.line for mark in marks})
    what = "这个值" if len(marks) == 1 else f"有 {len(marks)} 个值"
    where = "" if len(lines) == 1 else f"：第 {_ranges(lines)} 行"
    message = f"{what}还没有确认（从上一年或申报表带来，或由导入认定）{where}。"
    return [error(min(marks), "F209", message, f"核对原表，改正后删去“{MARK.strip()}”。")]


def _ranges(lines: list[int]) -> str:
    """Write line numbers with their runs together: 3、5—9."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
