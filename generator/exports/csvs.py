"""CSV: plain UTF-8 for machines; and one file a declaration that Excel opens right."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from generator import target
from generator.corpus import Document
from generator.exports.tables import Line, Value, budget_lines

BOM = "\ufeff"  # by it Excel knows UTF-8


def cell(value: Value) -> str:
    """Write a value as CSV text: numbers plain, dates as YYYY-MM-DD, nothing as nothing."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def lines(rows: Iterable[Line]) -> Iterator[str]:
    """Write rows as CSV lines by RFC 4180, with LF ends."""
    for row in rows:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow([cell(value) for value in row])
        yield out.getvalue()


def for_excel(text: str) -> str:
    """Keep a text from being taken for a formula: Excel shows `=14.00(个街镇)` only after a blank."""
    return f" {text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def declaration(document: Document) -> bytes:
    """Return everything that one declaration states as a table for Excel: UTF-8 with BOM, CRLF, Chinese heads."""
    d = document.declaration
    rows: list[Line] = [("部分", "类别", "项目", "原文", "数值", "单位", "含义")]
    rows.append(("基本情况", "", "部门名称", d.department_name, None, None, None))
    if d.subordinate_units:
        rows.append(
            ("基本情况", "", "下属预算单位个数", str(d.subordinate_units), d.subordinate_units.value, "个", None)
        )
    rows += [("部门职责", "", str(i), text, None, None, None) for i, text in enumerate(d.duties, 1)]
    rows += [("年度履职目标", "", str(i), text, None, None, None) for i, text in enumerate(d.annual_goals, 1)]
    rows += [("年度重点任务", "", task.name, task.content, None, None, None) for task in d.tasks]
    for division, line, amount in budget_lines(document):
        if amount is not None:
            rows.append(("预算情况", division, line, str(amount), amount.value, "元", None))
    figures = (("年末资产总额", d.assets, "元"), ("年末在职人数", d.staff, "人"), ("内设机构数", d.divisions, "个"))
    rows += [("年末情况", "", name, str(f), f.value, unit, None) for name, f, unit in figures if f is not None]
    for first, seconds in d.targets.items():
        for second, entry in seconds.items():
            if isinstance(entry, dict):
                for name, indicator in entry.items():
                    reading = indicator.reading
                    told = (indicator.target_value, reading.number, reading.unit, target.explain(reading))
                    rows.append(("分解目标", f"{first} / {second}", name, *told))
            else:
                rows.append(("分解目标", f"{first} / {second}", "", entry or "（表上空白）", None, None, None))
    out = io.StringIO()
    csv.writer(out).writerows([for_excel(cell(value)) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode()
