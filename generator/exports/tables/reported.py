"""Tables of the results: what was published of each promise and of the money, and what follows from it.

Only years with published results are in them: whether results are late depends on the day, and data must not.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.analysis import identity, scoring
from generator.content.corpus import Document, ResultDocument
from generator.declaration import actual
from generator.declaration.model import PlacedIndicator
from generator.declaration.quantity import Figure
from generator.declaration.reading import Reading
from generator.declaration.results import Result
from generator.declaration.site import Scoring
from generator.exports.dossier import Dossier
from generator.exports.tables.model import (
    FIRST,
    PROMISE,
    SECOND,
    TO_DECLARATION,
    TO_DEPARTMENT,
    TO_PROMISE,
    YEAR,
    Column,
    Line,
    of_department,
)

_NOTHING = Result.model_construct()  # of a promise that the results leave out
STATES = "met 做到，missed 没做到，cannot tell 无法判断，no result 没有公布实际完成值"


def _results(dossier: Dossier) -> Iterator[Line]:
    for document, found in _years(dossier):
        published = {placed.key: placed.result for placed in found.results.results()}
        judged = dossier.fulfilments[document.year]
        for position, placed in enumerate(document.declaration.indicators(), 1):
            key = identity.key(placed)
            result, state = published.get(key, _NOTHING), judged[key]
            reached = actual.read(result.actual, placed.indicator.target_value) if result.actual else None
            read = reached.reading if reached else None
            reading = read if read and read.baseline is None else Reading()
            yield (
                *(document.year, position, *key, placed.indicator.target_value),
                *(result.actual, reading.number, reading.unit),
                *(state.state.name.lower().replace("_", " "), state.reason, state.attainment),
                *(_number(result.weight), _number(result.score), _number(result.reviewed_score), result.reason),
                _check(placed, result, scoring.governing(found.results, dossier.site.scoring)),
                *(identity.anchor(placed), dossier.identifier(dossier.promise_of(document.year, placed))),
            )


def _check(placed: PlacedIndicator, result: Result, rules: Scoring | None) -> str | None:
    if result.score is None or result.score.value is None:
        return None
    return scoring.recomputed(scoring.of_indicator(placed, result, rules), result.score.value).said


RESULTS = of_department(
    "results",
    "结果",
    "一行一项承诺：公布的实际完成值，做到没有；只有公布了结果的年度",
    (
        YEAR,
        Column("position", "序号", "integer", "在申报表上的次序", True),
        *(FIRST, SECOND),
        Column("name", "指标名称", "string", "照录", True),
        Column("target_published", "目标值（原文）", "string", "申报表上的目标值，照录", True),
        Column("actual_published", "实际完成值（原文）", "string", "照录；没有写的为空"),
        Column("actual_number", "实际数值", "number", "实际完成值里的数；不是一个数的为空"),
        Column("actual_unit", "实际单位", "string", "没有单位的数，按目标值的单位"),
        Column("state", "状态", "string", STATES, True),
        Column("state_reason", "判断的理由", "string", "由目标值和实际完成值判断，不看得分", True),
        Column("attainment_percent", "完成程度", "number", "实际 ÷ 目标（上限倒过来），百分数；算不出的为空"),
        Column("weight", "分值", "number", "表上的分值；没有写的为空"),
        Column("score", "得分", "number", "表上的得分；没有写的为空"),
        Column("reviewed_score", "复核分", "number", "表上的复核得分；没有写的为空"),
        Column("reason_published", "原因（原文）", "string", "表上写的偏差原因，照录；没有写的为空"),
        Column("score_check", "得分的复算", "string", "得分合于哪一种办法，或者算出来是多少，或者为什么无法复算"),
        Column("anchor", "锚点", "string", "指标在申报表网页上的位置：/部门/年度/#锚点", True),
        PROMISE,
    ),
    ("year", "position"),
    _results,
    (TO_DEPARTMENT, TO_DECLARATION, TO_PROMISE),
)


def _money(dossier: Dossier) -> Iterator[Line]:
    for document, found in _years(dossier):
        money = found.results.money
        rows = {"年度资金总额": money.total, **money.parts} if money else {}
        for label, row in rows.items():
            computed = next((scoring.percent(share) for _, share in scoring.rates_of(row)), None)
            yield (
                *(document.year, label, _number(row.initial), _number(row.adjusted), _number(row.executed)),
                *(str(row.rate) if row.rate else None, computed, _number(row.weight), _number(row.score)),
            )


RESULTS_MONEY = of_department(
    "results_money",
    "预算执行",
    "一行一种资金：预算数、执行数、执行率；只有公布了结果的年度",
    (
        YEAR,
        Column("line", "资金", "string", "表上的项目名称", True),
        Column("initial_yuan", "年初预算数", "number", "单位：元；没有写明数字的为空"),
        Column("adjusted_yuan", "全年预算数", "number", "单位：元；没有写明数字的为空"),
        Column("executed_yuan", "全年执行数", "number", "单位：元；没有写明数字的为空"),
        Column("rate_published", "执行率（原文）", "string", "照录；没有写的为空"),
        Column("rate_percent", "算得的执行率", "number", "全年执行数除以全年预算数（没有的，除以年初预算数）"),
        Column("weight", "分值", "number", "没有写的为空"),
        Column("score", "得分", "number", "没有写的为空"),
    ),
    ("year", "line"),
    _money,
    (TO_DEPARTMENT, TO_DECLARATION),
)


def _years(dossier: Dossier) -> Iterator[tuple[Document, ResultDocument]]:
    for document in dossier.folder.documents:
        if found := dossier.folder.results_of(document.year):
            yield document, found


def _number(figure: Figure[Decimal] | None) -> Decimal | None:
    return None if figure is None else figure.value
