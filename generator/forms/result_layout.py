"""Results in the usual layout of the form 部门整体支出绩效自评表: rows of cells with spans, amounts in 元.

Weights of headings stand behind their names, as many forms print them. Progress within the year (进度) and the scoring
in numbers (评分) are no part of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.declaration.results import Money, MoneyRow, Result, Results
from generator.forms.layout import Box, Form, Row, notes

TITLE = "部门（单位）整体支出绩效自评表"
_COLUMNS = {
    "年度指标值": "target_value",
    "实际完成值": "actual",
    "分值": "weight",
    "得分": "score",
    "复核分": "reviewed_score",
    "偏差原因分析及改进措施": "reason",
}
_IF_PRINTED = ("复核分",)  # not every form has it
_WIDTHS = {"年度指标值": 34, "实际完成值": 34, "偏差原因分析及改进措施": 60}
_MONEY = tuple((str(field.alias), name) for name, field in MoneyRow.model_fields.items())


def form(results: Results) -> Form:
    """Return the form of results, and below it what this site knows beside it."""
    given = [placed.result for placed in results.results()]
    columns = {
        label: name
        for label, name in _COLUMNS.items()
        if label not in _IF_PRINTED or any(getattr(result, name) is not None for result in given)
    }
    across = 3 + len(columns)
    weights = {name: str(weight) for name, weight in results.category_weights.items() if _fits(results, name)}
    rows = [
        [Box(TITLE, "title", across)],
        [Box(f"（{results.year}年度）", "title", across)],
        _name(results, across),
        *(_money(results.money, across) if results.money else []),
        *_goals(results, across),
        *_indicators(results, columns, weights),
        *_foot(results, list(columns), across),
    ]
    others = [
        ("类别分值", name, str(weight)) for name, weight in results.category_weights.items() if name not in weights
    ]
    widths = (26, 28, 44, *(_WIDTHS.get(label, 16) for label in columns))
    return Form(TITLE, "自评表", results.department_name, results.year, rows, notes(results, others), widths, True)


def _name(results: Results, across: int) -> Row:
    if results.evaluated is None:
        return [Box("部门名称", "label"), Box(results.department_name, columns=across - 1)]
    day = [Box("自评日期", "label", 2), Box(results.evaluated.isoformat())]
    return [Box("部门名称", "label"), Box(results.department_name, columns=across - 4), *day]


def _fits(results: Results, name: str) -> bool:
    """Tell whether a weight can stand behind its heading: where there is one, and the weight is a number."""
    headings = [*results.outcomes, *(second for seconds in results.outcomes.values() for second in seconds)]
    return headings.count(name) == 1 and re.fullmatch(r"[\d.]+", str(results.category_weights[name])) is not None


def _money(money: Money, across: int) -> Iterator[Row]:
    last = across - 1 - len(_MONEY)  # the amounts stand in the wide columns, the score takes those that are left
    lines = [("年度资金总额", money.total), *((f"其中：{label}", row) for label, row in money.parts.items())]
    widths = [1] * (len(_MONEY) - 1) + [last]
    heads = [Box(label, "label", width) for (label, _), width in zip(_MONEY, widths, strict=True)]
    yield [Box("资金情况（元）", "label", rows=1 + len(lines)), Box("资金来源", "label"), *heads]
    for label, row in lines:
        given = [getattr(row, name) for _, name in _MONEY]
        texts = ["" if figure is None else str(figure) for figure in given]
        yield [Box(label, "label"), *(Box(text, "amount", width) for text, width in zip(texts, widths, strict=True))]


def _goals(results: Results, across: int) -> Iterator[Row]:
    half = (across - 1) // 2
    if results.goals:
        heads = [Box("预期目标", "label", half), Box("实际完成情况", "label", across - 1 - half)]
        yield [Box("年度总体目标", "label", rows=1 + len(results.goals)), *heads]
    for goal in results.goals:
        yield [Box(goal.expected or "", columns=half), Box(goal.achieved or "", columns=across - 1 - half)]


def _indicators(results: Results, columns: dict[str, str], weights: dict[str, str]) -> Iterator[Row]:
    def heading(name: str) -> str:
        return f"{name}（{weights[name]}分）" if name in weights else name

    if results.outcomes:
        yield [Box(label, "label") for label in ("一级指标", "二级指标", "三级指标", *columns)]
    for first, seconds in results.outcomes.items():
        lines = [(second, name, result) for second, below in seconds.items() for name, result in below.items()]
        for place, (second, name, result) in enumerate(lines):
            begins = place == 0 or lines[place - 1][0] != second
            row = [Box(heading(first), "label", rows=len(lines))] if place == 0 else []
            row += [Box(heading(second), "label", rows=len(seconds[second]))] if begins else []
            yield [*row, Box(name), *_result(result, columns)]


def _result(result: Result, columns: dict[str, str]) -> Iterator[Box]:
    for name in columns.values():
        given = getattr(result, name)
        text = "" if given is None else str(given)
        yield Box(text, "amount" if name in ("weight", "score", "reviewed_score") else "text")


def _foot(results: Results, columns: list[str], across: int) -> Iterator[Row]:
    if results.total_score is not None:
        before = 3 + columns.index("得分")
        behind = [Box("")] * (across - before - 1)
        yield [Box("总分", "label", before), Box(str(results.total_score), "amount"), *behind]
    whole = (
        ("等级", results.grade),
        ("评价结论", results.conclusion),
        ("存在问题", "\n".join(results.problems)),
        ("改进措施", "\n".join(results.measures)),
        ("评分说明", results.scoring_note),
    )
    for label, text in whole:
        if text:
            yield [Box(label, "label"), Box(text, columns=across - 1)]
