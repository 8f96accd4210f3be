"""The tidy tables of the open data: one row a thing, one column a fact; described once, written in every format.

A cell is None where nothing is stated. Text columns that end in _published hold the published string to the
letter; beside it stands what it means, as far as it can be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from generator.analysis import identity
from generator.content.corpus import DepartmentFolder
from generator.declaration.fields import budget_lines
from generator.declaration.model import Source
from generator.declaration.quantity import Amount, Count
from generator.exports import results

Value: TypeAlias = str | int | Decimal | date | None
Line: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """A column: its name in files, its title, its type (as in Table Schema) and what it holds, in Chinese."""

    name: str
    title: str
    type: str
    description: str
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its columns, those that identify a row, and its rows for one department."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[DepartmentFolder], Iterator[Line]]


def state(figure: Amount | Count | None) -> str:
    """Tell which of the five states a figure has."""
    if figure is None:
        return "absent"
    if figure.value is not None:
        return "number"
    return "see document" if figure.see else "not applicable" if figure.text == "不适用" else "not public"


def _text(figure: Amount | Count | None) -> str | None:
    return None if figure is None else figure.text


def _number(figure: Amount | Count | None) -> Decimal | int | None:
    return None if figure is None else figure.value


def _declarations(folder: DepartmentFolder) -> Iterator[Line]:
    for document in folder.documents:
        d, source = document.declaration, document.declaration.source or Source()
        yield (
            *(folder.address, d.year, d.department_name, _number(d.subordinate_units)),
            *("\n".join(d.duties), "\n".join(d.annual_goals)),
            *(_text(d.budget.total), _number(d.budget.total)),
            *(_text(d.assets), _number(d.assets), _number(d.staff), _number(d.divisions)),
            *(len(d.tasks), len(list(d.indicators()))),
            *(source.address, source.sha256, source.approved, source.published),
        )


def _budget(folder: DepartmentFolder) -> Iterator[Line]:
    for document in folder.documents:
        for line, amount in budget_lines(document.declaration):
            told = (state(amount), _text(amount), _number(amount))
            yield (folder.address, document.year, line.division, line.label, *told)


def _tasks(folder: DepartmentFolder) -> Iterator[Line]:
    for document in folder.documents:
        for position, task in enumerate(document.declaration.tasks, 1):
            yield (folder.address, document.year, position, task.name, task.content)


def _indicators(folder: DepartmentFolder) -> Iterator[Line]:
    for document in folder.documents:
        for position, placed in enumerate(document.declaration.indicators(), 1):
            indicator, reading = placed.indicator, placed.indicator.reading
            baseline = reading.baseline
            yield (
                *(folder.address, document.year, position, placed.first_level, placed.second_level, placed.name),
                *(indicator.former_name, indicator.target_value, reading.kind, reading.comparator),
                *(reading.number, reading.unit, reading.remark, reading.deadline),
                document.year - 1 if baseline == "上年" else baseline,
                *(reading.direction, reading.statement, indicator.weight, indicator.explanation),
                identity.anchor(placed),
            )


def _statements(folder: DepartmentFolder) -> Iterator[Line]:
    for document in folder.documents:
        for first, seconds in document.declaration.targets.items():
            for second, entry in seconds.items():
                if not isinstance(entry, dict):
                    yield (folder.address, document.year, first, second, entry)


STATES = "number 写明数字，absent 表上无此项，not applicable 不适用，not public 未公开，see document 见其他文件"
RESULT_STATES = "met 做到，missed 没做到，cannot tell 无法判断，no result 没有公布实际完成值"
_DEPARTMENT = Column("department", "部门", "string", "部门在本站的地址", True)
_YEAR = Column("year", "年度", "integer", "申报表的年度", True)
_FIRST = Column("first_level", "一级目标", "string", "一级目标的标题", True)
_SECOND = Column("second_level", "二级目标", "string", "二级目标的标题", True)

TABLES = (
    Table(
        "declarations",
        "申报表",
        "一行一份申报表",
        (
            *(_DEPARTMENT, _YEAR),
            Column("department_name", "部门名称", "string", "表上的部门名称，照录", True),
            Column("subordinate_units", "下属预算单位个数", "integer", "没有写明数字的为空"),
            Column("duties", "部门职责", "string", "照录，一段一行", True),
            Column("annual_goals", "年度履职目标", "string", "照录，一段一行", True),
            Column("total_published", "预算总额（原文）", "string", "部门整体预算总额，照录", True),
            Column("total_yuan", "预算总额", "number", "单位：元；没有写明数字的为空"),
            Column("assets_published", "年末资产总额（原文）", "string", "照录；表上没有这一项的为空"),
            Column("assets_yuan", "年末资产总额", "number", "单位：元；没有写明数字的为空"),
            Column("staff", "年末在职人数", "integer", "没有写明数字的为空"),
            Column("divisions", "内设机构数", "integer", "没有写明数字的为空"),
            Column("task_count", "重点任务数", "integer", "表上列出的年度重点任务", True),
            Column("indicator_count", "指标数", "integer", "有目标值的三级指标", True),
            Column("source_address", "发布网址", "string", "原始文件的发布网址"),
            Column("source_sha256", "原始文件 SHA-256", "string", "本站保存的原始文件的校验值"),
            Column("approved", "批复日期", "date", "预算批复的日期"),
            Column("published", "公开日期", "date", "在网上公开的日期"),
        ),
        ("department", "year"),
        _declarations,
    ),
    Table(
        "budget_lines",
        "预算",
        "一行一项金额：总额、按来源、按结构",
        (
            *(_DEPARTMENT, _YEAR),
            Column("division", "划分", "string", "合计、资金来源、资金结构", True),
            Column("line", "项目", "string", "表上的项目名称", True),
            Column("state", "状态", "string", STATES, True),
            Column("amount_published", "金额（原文）", "string", "照录；表上无此项的为空"),
            Column("amount_yuan", "金额", "number", "单位：元；没有写明数字的为空，零就是 0.00"),
        ),
        ("department", "year", "line"),
        _budget,
    ),
    Table(
        "tasks",
        "年度重点任务",
        "一行一项任务",
        (
            *(_DEPARTMENT, _YEAR),
            Column("position", "序号", "integer", "在表上的次序", True),
            Column("name", "任务名称", "string", "照录", True),
            Column("content", "主要内容", "string", "照录", True),
        ),
        ("department", "year", "position"),
        _tasks,
    ),
    Table(
        "indicators",
        "绩效指标",
        "一行一项三级指标：公布的目标值，以及它的含义",
        (
            *(_DEPARTMENT, _YEAR),
            Column("position", "序号", "integer", "在表上的次序", True),
            *(_FIRST, _SECOND),
            Column("name", "指标名称", "string", "照录", True),
            Column("former_name", "原名", "string", "改名以前的名称；没有改名的为空"),
            Column("target_published", "目标值（原文）", "string", "照录，一字不差", True),
            Column("kind", "类别", "string", "quantity 数量，relative 与往年相比，qualitative 文字要求", True),
            Column("comparator", "比较符", "string", "≥ ≤ = > <；没有写明的为空"),
            Column("number", "数值", "number", "目标值里的数；文字要求为空"),
            Column("unit", "单位", "string", "数值的单位；没有写明的为空"),
            Column("remark", "备注", "string", "括号里的说明"),
            Column("deadline", "期限", "date", "目标值写明的期限"),
            Column("baseline_year", "对比年度", "integer", "与哪一年相比"),
            Column("direction", "方向", "string", "up 提升，down 下降，steady 稳定"),
            Column("statement", "文字要求", "string", "不是数字的目标"),
            Column("weight", "权重", "number", "没有写明的为空"),
            Column("explanation", "指标解释", "string", "没有写明的为空"),
            Column("anchor", "锚点", "string", "指标在申报表网页上的位置：/部门/年度/#锚点", True),
        ),
        ("department", "year", "position"),
        _indicators,
    ),
    Table(
        "statements",
        "没有三级指标的分类",
        "一行一个二级目标，表上以一句话代替指标，或者空白",
        (
            *(_DEPARTMENT, _YEAR, _FIRST, _SECOND),
            Column("statement", "说明（原文）", "string", "照录；表上空白的为空"),
        ),
        ("department", "year", "first_level", "second_level"),
        _statements,
    ),
    Table(
        "results",
        "结果",
        "一行一项承诺：公布的实际完成值，做到没有；只有公布了结果的年度",
        (
            *(_DEPARTMENT, _YEAR),
            Column("position", "序号", "integer", "在申报表上的次序", True),
            *(_FIRST, _SECOND),
            Column("name", "指标名称", "string", "照录", True),
            Column("target_published", "目标值（原文）", "string", "申报表上的目标值，照录", True),
            Column("actual_published", "实际完成值（原文）", "string", "照录；没有写的为空"),
            Column("actual_number", "实际数值", "number", "实际完成值里的数；不是一个数的为空"),
            Column("actual_unit", "实际单位", "string", "没有单位的数，按目标值的单位"),
            Column("state", "状态", "string", RESULT_STATES, True),
            Column("state_reason", "判断的理由", "string", "由目标值和实际完成值判断，不看得分", True),
            Column("attainment_percent", "完成程度", "number", "实际 ÷ 目标（上限倒过来），百分数；算不出的为空"),
            Column("weight", "分值", "number", "表上的分值；没有写的为空"),
            Column("score", "得分", "number", "表上的得分；没有写的为空"),
            Column("reviewed_score", "复核分", "number", "表上的复核得分；没有写的为空"),
            Column("reason_published", "原因（原文）", "string", "表上写的偏差原因，照录；没有写的为空"),
            Column("anchor", "锚点", "string", "指标在申报表网页上的位置：/部门/年度/#锚点", True),
        ),
        ("department", "year", "position"),
        results.results,
    ),
    Table(
        "results_money",
        "预算执行",
        "一行一种资金：预算数、执行数、执行率；只有公布了结果的年度",
        (
            *(_DEPARTMENT, _YEAR),
            Column("line", "资金", "string", "表上的项目名称", True),
            Column("initial_yuan", "年初预算数", "number", "单位：元；没有写明数字的为空"),
            Column("adjusted_yuan", "全年预算数", "number", "单位：元；没有写明数字的为空"),
            Column("executed_yuan", "全年执行数", "number", "单位：元；没有写明数字的为空"),
            Column("rate_published", "执行率（原文）", "string", "照录；没有写的为空"),
            Column("rate_percent", "算得的执行率", "number", "全年执行数除以全年预算数（没有的，除以年初预算数）"),
            Column("weight", "分值", "number", "没有写的为空"),
            Column("score", "得分", "number", "没有写的为空"),
        ),
        ("department", "year", "line"),
        results.money,
    ),
)  # fmt: skip
