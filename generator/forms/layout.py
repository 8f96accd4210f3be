"""A declaration in the layout of the official form 部门（单位）整体支出绩效目标申报表: rows of cells with spans.

PDF, workbook and HTML are all drawn from these rows, and the importers read them back into the same declaration.
The layout is that of the published form (Shanghai, 2024): a table of four columns, with further columns behind the
target value where a form has weights or explanations. What is ours, former names too, stands among the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeAlias

from generator.declaration.fields import Field, budget_lines, figures
from generator.declaration.model import Declaration, Indicator, SecondLevel
from generator.declaration.results import Results
from generator.forms.grid import Cell, spread

Kind: TypeAlias = Literal["title", "label", "text", "amount", "target"]
TITLE = "部门（单位）整体支出绩效目标申报表"
FIRST_HEADS = ("一级目标", "一级指标")  # of the indicators of a declaration, and of its results
_HEADS = ("一级目标", "二级目标", "三级目标", "指标目标值")
_MORE = {"权重": "weight", "指标解释": "explanation"}


@dataclass(frozen=True)
class Box:
    """A cell of the form: its text (paragraphs are lines), how much it covers, and what it is."""

    text: str
    kind: Kind = "text"
    columns: int = 1
    rows: int = 1


Row: TypeAlias = list[Box]


@dataclass(frozen=True)
class Form:
    """A form to be drawn: its rows from the title on, and below it `notes` that do not belong to it.

    `sheet` is its name in a workbook; `widths` are those of its columns in mm, one of them at least 30 wide.
    """

    title: str
    sheet: str
    name: str
    year: int
    rows: list[Row]
    notes: list[Row]
    widths: tuple[int, ...]
    landscape: bool = False


def form(declaration: Declaration) -> Form:
    """Return the form of a declaration, and below it what this site knows beside it."""
    widths = (30, 38, 67, 39, *([20] * len(_more(declaration))))
    name, year = declaration.department_name, declaration.year
    return Form(TITLE, "申报表", name, year, rows(declaration), notes(declaration), widths)


def width(declaration: Declaration) -> int:
    """Return how many columns the form has: four, and one for each further thing said of an indicator."""
    return len(_HEADS) + len(_more(declaration))


def _more(declaration: Declaration) -> list[str]:
    indicators = [placed.indicator for placed in declaration.indicators()]
    return [label for label, name in _MORE.items() if any(getattr(i, name) is not None for i in indicators)]


def rows(declaration: Declaration) -> list[Row]:
    """Return the form from its title to the last indicator."""
    across = width(declaration)
    return [*_head(declaration, across), *_money(declaration, across), *_targets(declaration, across)]


def parted(rows: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Part a form at the heads of the indicators, which a page break repeats: what is above, the heads, the rest.

    Without indicators there are neither.
    """
    place = next((n for n, row in enumerate(rows) if row[0].kind == "label" and row[0].text in FIRST_HEADS), len(rows))
    return rows[:place], rows[place : place + 1], rows[place + 1 :]


def notes(stated: Declaration | Results, others: Iterable[tuple[str, str, str]] = ()) -> list[Row]:
    """Return what this site knows beside the form: source, answers to warnings, reasons, former names, or nothing.

    `others` are rows of a kind, a label and a text that have no place in the form.
    """
    found: list[list[Box]] = []
    if stated.source:
        for label, value in stated.source.model_dump(by_alias=True, exclude_none=True).items():
            found.append([Box("来源", "label"), Box(label, "label"), Box(str(value))])
    for answer in stated.answers:
        words = [Box(answer.rule), *([Box(answer.subject)] if answer.subject else [])]
        found.append([Box("说明事项", "label"), *words, Box(answer.reason)])
    reasons = stated.undisclosed if isinstance(stated, Declaration) else {}
    for kind, label, text in [*(("未公开原因", *reason) for reason in reasons.items()), *others]:
        found.append([Box(kind, "label"), Box(label, "label"), Box(text)])
    for placed in stated.indicators() if isinstance(stated, Declaration) else ():
        if former := placed.indicator.former_name:
            found.append([Box("原名", "label"), *map(Box, placed.path[1:]), Box(former)])
    across = max(map(len, found), default=0)
    return [[Box("附注", "title", across)], *(_filled(row, across) for row in found)] if found else []


def _filled(row: Row, across: int) -> Row:
    return [*row[:-1], replace(row[-1], columns=across - len(row) + 1)]


def cells(rows: list[Row]) -> list[Cell]:
    """Place the boxes of rows in a grid."""
    return spread([(box.text, box.rows, box.columns) for box in row] for row in rows)


def _head(declaration: Declaration, across: int) -> Iterator[Row]:
    yield [Box(TITLE, "title", across)]
    yield [Box(f"（{declaration.year}年度）", "title", across)]
    name, units = declaration.department_name, declaration.subordinate_units
    if units is None:
        yield [Box("部门名称", "label"), Box(name, columns=across - 1)]
    else:
        counted = [Box("下属预算单位个数", "label"), Box(str(units), columns=across - 3)]
        yield [Box("部门名称", "label"), Box(name), *counted]
    yield [Box("部门职责", "label"), Box("\n".join(declaration.duties), columns=across - 1)]
    yield [Box("年度履职目标", "label"), Box("\n".join(declaration.annual_goals), columns=across - 1)]
    yield [Box("年度重点任务", "label", across)]
    yield [Box("任务名称", "label"), Box("主要内容（重点工作计划）", "label", across - 1)]
    for task in declaration.tasks:
        yield [Box(task.name), Box(task.content, columns=across - 1)]


def _money(declaration: Declaration, across: int) -> Iterator[Row]:
    yield [Box("预算情况", "label", across)]
    yield [Box("内容", "label"), Box("预算情况", "label", across - 1)]
    for number, (_, lines) in enumerate(groupby(budget_lines(declaration), key=lambda line: line[0].division)):
        for place, (field, amount) in enumerate(lines, 1):
            if amount is not None:
                yield [Box(_printed(field, number, place), "label"), Box(str(amount), "amount", across - 1)]
    at_year_end = [
        (f"{field.label}（元）" if field.unit == "元" else field.label, str(figure))
        for field, figure in figures(declaration)
        if field.part == "年末情况" and figure is not None
    ]
    spans = [1] * (len(at_year_end) - 1) + [across - len(at_year_end) + 1]
    if at_year_end:
        yield [Box(label, "label", span) for (label, _), span in zip(at_year_end, spans, strict=True)]
        yield [Box(figure, "amount", span) for (_, figure), span in zip(at_year_end, spans, strict=True)]


def _printed(field: Field, number: int, place: int) -> str:
    """Return a budget line's label as the form prints it: 1、资金来源：（1）财政拨款 and below it （2）其他资金."""
    if number == 0:
        return f"{field.label}（元）"
    return f"{number}、{field.division}：（{place}）{field.label}" if place == 1 else f"（{place}）{field.label}"


def _targets(declaration: Declaration, across: int) -> Iterator[Row]:
    more = _more(declaration)
    yield [Box("分解目标", "label", across)]
    yield [Box(label, "label") for label in (*_HEADS, *more)]
    for first, seconds in declaration.targets.items():
        lines = list(_second_levels(seconds, more, across - 2))
        for place, line in enumerate(lines):
            yield [Box(first, "label", rows=len(lines)), *line] if place == 0 else line


def _second_levels(seconds: dict[str, SecondLevel], more: list[str], across: int) -> Iterator[Row]:
    """Yield the rows below a first-level heading; neighbours that say the same sentence share a merged cell."""

    def sentence(item: tuple[str, SecondLevel]) -> object:
        return item[1] if isinstance(item[1], str) else id(item[0])

    for _, group in groupby(seconds.items(), key=sentence):
        same = list(group)
        if isinstance(same[0][1], dict):
            for second, indicators in same:
                assert isinstance(indicators, dict)
                for place, (name, indicator) in enumerate(indicators.items()):
                    line = _indicator(name, indicator, more)
                    yield [Box(second, "label", rows=len(indicators)), *line] if place == 0 else line
        else:
            for place, (second, _) in enumerate(same):
                merged = [Box(same[0][1] or "", columns=across, rows=len(same))] if place == 0 else []
                yield [Box(second, "label"), *merged]


def _indicator(name: str, indicator: Indicator, more: list[str]) -> Row:
    given = [getattr(indicator, _MORE[label]) for label in more]
    return [Box(name), Box(indicator.target_value, "target"), *(Box("" if g is None else str(g)) for g in given)]
