"""What several rules read of a declaration: its amounts, texts and targets, with their places in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.analysis.identity import Key, Succession, key, succession
from generator.content.corpus import Document, ResultDocument
from generator.content.yaml_reader import Path
from generator.declaration import fields, target_words
from generator.declaration.model import HEADINGS, PlacedIndicator
from generator.declaration.quantity import Amount
from generator.rules import Finding

A_DEPARTMENT = 32  # years of a department, whose rules are applied together


def amounts(document: Document) -> dict[str, Decimal]:
    """Return the form's own amounts that are stated as numbers, in 元, by label."""
    figures = fields.figures(document.declaration)
    return {f.label: v.value for f, v in figures if f.names and isinstance(v, Amount) and v.value is not None}


@lru_cache(A_DEPARTMENT)
def texts(document: Document) -> tuple[tuple[Path, str], ...]:
    """Return the running texts of a declaration: name, duties, goals, tasks, statements, explanations."""
    return tuple(_texts(document))


def _texts(document: Document) -> Iterator[tuple[Path, str]]:
    declaration = document.declaration
    yield ("部门名称",), declaration.department_name
    for label, paragraphs in (("部门职责", declaration.duties), ("年度履职目标", declaration.annual_goals)):
        for place, paragraph in enumerate(paragraphs):
            yield (label, place), paragraph
    for place, task in enumerate(declaration.tasks):
        yield ("年度重点任务", place, "任务名称"), task.name
        yield ("年度重点任务", place, "主要内容"), task.content
    for first, headings in declaration.targets.items():
        for second, entry in headings.items():
            if isinstance(entry, str):
                yield ("分解目标", first, second), entry
    for placed in declaration.indicators():
        if placed.indicator.explanation:
            yield (*placed.path, "指标解释"), placed.indicator.explanation


def target_place(document: Document, path: Path) -> Path:
    """Return the place of an indicator's target value, whichever way it is written."""
    full = (*path, "指标目标值")
    return full if full in document.tree.places else path


@lru_cache(A_DEPARTMENT)
def all_texts(document: Document | ResultDocument) -> tuple[tuple[Path, str], ...]:
    """Return the running texts and the target values; of results every text but what is said of the file itself."""
    if isinstance(document, ResultDocument):
        of_file = ("来源", "说明事项")
        return tuple((path, text) for key, path, text in document.tree.texts() if not key and path[0] not in of_file)
    placed = document.declaration.indicators()
    return texts(document) + tuple((target_place(document, p.path), p.indicator.target_value) for p in placed)


@lru_cache(8192)  # the same few names are asked for by several rules
def bare(name: str) -> str:
    """Return a name without what does not tell it from another: punctuation and spaces."""
    return re.sub(r"[\W_]", "", name)


_OF_THE_FORM = (
    "一级指标 二级指标 三级指标 一级目标 二级目标 三级目标 指标名称 指标值 目标值 指标目标值 年度指标值 绩效指标 "
    "单位 计量单位 序号 备注 合计 权重 部门名称 部门职责 年度履职目标 年度重点任务 任务名称 主要内容 "
    "财政拨款 其他资金 基本支出 项目支出 部门整体预算总额"
)
LABELS = {bare(word) for first, seconds in HEADINGS.items() for word in (first, *seconds)} | {*_OF_THE_FORM.split()}


@lru_cache(1024)
def is_unit(words: str | None) -> bool:
    """Tell whether there are no words, or words that are a unit."""
    return not words or not words.strip() or target_words.is_unit(words.strip())


# What is counted or graded, by the end of its name: words alone are no value of it.
MEASURED = re.compile(
    "(?:率|满意度|知晓度|人数|人次|场次|次数|数量|户数|面积|金额|件数|个数|天数|里程|长度|产值|收入)$"
)
AGAIN = "核对原表；原表如此的，在“说明事项”写明。"


def each_target(document: Document) -> Iterator[tuple[PlacedIndicator, str]]:
    """Yield every indicator with its target value as published."""
    for placed in document.declaration.indicators():
        yield placed, placed.indicator.target_value


def at_target(document: Document, placed: PlacedIndicator, message: str, repair: str = AGAIN) -> Finding:
    """Make a finding at an indicator's target value."""
    return Finding(document.tree.value(*target_place(document, placed.path)), message, repair)


@lru_cache(A_DEPARTMENT)
def going_on(
    earlier: Document, later: Document
) -> tuple[dict[Key, PlacedIndicator], dict[Key, PlacedIndicator], Succession]:
    """Return the indicators of both declarations by their keys, and how the earlier ones go on in the later."""
    before, after = ({key(p): p for p in document.declaration.indicators()} for document in (earlier, later))
    return before, after, succession(before.values(), after.values())


def continued(earlier: Document, later: Document) -> Iterator[tuple[PlacedIndicator, PlacedIndicator]]:
    """Yield every indicator that goes on, as it was (first) and as it is, in the order of the later declaration."""
    before, after, succeeding = going_on(earlier, later)
    yield from ((before[succeeding.continued[new]], after[new]) for new in after if new in succeeding.continued)
