"""CSV: one file a declaration that Excel opens right."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from generator.content.corpus import Document
from generator.declaration import fields
from generator.declaration.model import Declaration, Indicator
from generator.declaration.reading import explain
from generator.exports.tables.model import Line, Value

BOM = "\ufeff"  # by it Excel knows UTF-8


def cell(value: Value) -> str:
    """Write a value as CSV text: numbers plain, dates as YYYY-MM-DD, nothing as nothing."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def for_excel(text: str) -> str:
    """Keep a text from being taken for a formula: Excel shows `=14.00(个街镇)` only after a blank."""
    return f" {text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


HEADS = ("部分", "类别", "项目", "原文", "数值", "单位", "含义", "原名", "权重", "指标解释")


def declaration(document: Document) -> bytes:
    """Return everything that one declaration states as a table for Excel: UTF-8 with BOM, CRLF, Chinese heads."""
    d = document.declaration
    rows: list[Line] = [("基本情况", "", "年度", str(d.year)), ("基本情况", "", "部门名称", d.department_name)]
    rows += _figures(d, "基本情况")
    rows += [("部门职责", "", str(i), text) for i, text in enumerate(d.duties, 1)]
    rows += [("年度履职目标", "", str(i), text) for i, text in enumerate(d.annual_goals, 1)]
    rows += [("年度重点任务", "", task.name, task.content) for task in d.tasks]
    rows += _figures(d, "预算情况") + _figures(d, "年末情况")
    for first, seconds in d.targets.items():
        for second, entry in seconds.items():
            kind = ("分解目标", f"{first} / {second}")
            if isinstance(entry, dict):
                rows += [(*kind, name, *_indicator(indicator)) for name, indicator in entry.items()]
            else:
                rows.append((*kind, "", entry or "（表上空白）"))
    rows += [("未公开原因", "", label, reason) for label, reason in d.undisclosed.items()]
    if d.source:
        stated = d.source.model_dump(by_alias=True, exclude_none=True, mode="json")
        rows += [("来源", "", label, str(value)) for label, value in stated.items()]
    rows += [("说明事项", answer.rule, answer.subject, answer.reason) for answer in d.answers]
    out = io.StringIO()
    whole = (row + (None,) * (len(HEADS) - len(row)) for row in [HEADS, *rows])
    csv.writer(out).writerows([for_excel(cell(value)) for value in row] for row in whole)
    return (BOM + out.getvalue()).encode()


def _figures(declaration: Declaration, part: str) -> list[Line]:
    return [
        (part, field.division or "", field.label, str(figure), figure.value, field.unit)
        for field, figure in fields.figures(declaration)
        if field.part == part and figure is not None
    ]


def _indicator(indicator: Indicator) -> Line:
    reading, weight = indicator.reading, indicator.weight
    told = (indicator.target_value, reading.number, reading.unit, explain(reading))
    return (*told, indicator.former_name, weight, indicator.explanation)
