"""The amounts of a form, in 元: the budget by source and structure, and the figures at the year's end."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from generator.content.yaml_reader import Data
from generator.diagnostics.model import Severity
from generator.forms.grid import Cell
from generator.importers.labels import (
    AMOUNTS,
    FIGURES,
    UNIT,
    WAITING,
    Notes,
    Row,
    bare,
    clean,
    filled,
    named,
    own_unit,
    stated_unit,
)

_FACTORS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
_COUNTED = ("年末在职人数", "内设机构数")


def form_unit(stated: list[tuple[Cell, str]], notes: Notes) -> str | None:
    """Return the unit that the form states for all its amounts, of those found at its cells; None for none."""
    units = list(dict.fromkeys(unit for _, unit in stated))
    if len(units) > 1:
        message = f"表上写了{len(units)}种金额单位（{'、'.join(units)}），没有写单位的金额按“{units[0]}”认定。"
        notes.add(stated[1][0], "I809", Severity.WARNING, message)
    return units[0] if units else None


def money(
    rows: list[Row], sums: dict[str, tuple[Cell, str | None]], unit: str | None, unplaced: Row, notes: Notes
) -> dict[str, Data]:
    """Read the budget and the figures at the year's end: a value stands after its label, or below it.

    `sums` are the totals of the tasks' amounts with the unit of their head, for a form that states its budget there
    only. An amount is in the unit of its label, or that of the total's label, or in `unit`, or in 元.
    """
    totals = (cell for row in rows for cell in row if named(cell.text, AMOUNTS) == "部门整体预算总额")
    unit = next((own for cell in totals if (own := own_unit(cell))), None) or unit or "元"
    found: dict[str, str] = {}
    above: Row = []
    for place, row in enumerate(rows):
        tokens = filled(row)
        if not tokens and found and place + 1 < len(rows):
            notes.mended(row[0], "I806", "这里有一个空行，跳过。")
        labels = [named(cell.text, AMOUNTS | FIGURES) for cell in tokens]
        if labels and all(label in FIGURES for label in labels):
            above = tokens
            found |= {str(label): WAITING for label in labels}
        elif above and tokens and not any(labels):
            unplaced += _below(above, tokens, found, unit, notes)
            above = []
        else:
            unplaced += _pairs(tokens, found, unit, notes)
    for label, (cell, named_unit) in sums.items():
        if label in found:
            unplaced.append(cell)
        else:
            notes.mended(cell, "I813", f"任务金额合计一行的这个数认作“{label}”。")
            found[label] = _figure(label, cell, named_unit or unit, notes)
    total: dict[str, Data] = {"部门整体预算总额": found.get("部门整体预算总额", WAITING)}
    for part, first, second in (("资金来源", "财政拨款", "其他资金"), ("资金结构", "基本支出", "项目支出")):
        given: dict[str, Data] = {label: found[label] for label in (first, second) if label in found}
        total[part] = given if first in given else {first: WAITING, **given}
    return {"预算情况": total, **{label: found[label] for label in FIGURES if label in found}}


def _below(above: Row, tokens: Row, found: dict[str, str], unit: str, notes: Notes) -> Row:
    """Take the figures below their labels, by column or else by order; returns what fits neither."""
    labels = {column: cell for cell in above for column in range(cell.column, cell.last_column + 1)}
    pairs = [(labels.get(token.column), token) for token in tokens]
    if None in [label for label, _ in pairs]:
        if len(tokens) != len(above):
            return tokens
        pairs = list(zip(above, tokens, strict=True))
        notes.mended(tokens[0], "I804", "数字与上一行的项目没有对齐，按次序认定。")
    for cell, token in pairs:
        label = named(cell.text, FIGURES) if cell else None
        if cell and label:
            found[label] = _figure(label, token, own_unit(cell) or unit, notes)
    return []


def _pairs(tokens: Row, found: dict[str, str], unit: str, notes: Notes) -> Row:
    """Take the amounts that stand beside their labels; returns what is neither, and what comes a second time."""
    rest: Row = []
    waiting = [cell for cell in tokens if bare(cell.text) not in ("合计", "小计", "金额", "总计")]
    while waiting:
        cell = waiting.pop(0)
        label = named(cell.text, AMOUNTS | FIGURES)
        value = waiting.pop(0) if label and waiting and not named(waiting[0].text, AMOUNTS | FIGURES) else None
        if label is None:
            empty = bare(cell.text) in ("内容", "预算情况", "资金来源", "资金结构") or stated_unit(cell.text)
            rest += [] if empty else [cell]
        elif label in found:
            rest += [cell, value] if value else [cell]
        elif value is None:
            found[label] = WAITING
        else:
            found[label] = _figure(label, _beside(cell, value, label, notes), own_unit(cell) or unit, notes)
    return rest


def _beside(cell: Cell, value: Cell, label: str, notes: Notes) -> Cell:
    """Return the value beside a label, after noting what is odd about either."""
    if value.column != cell.last_column + 1:
        notes.mended(value, "I804", f"“{label}”的数字不在紧邻的一列（右移了），按同一行认定。")
    if re.match(r"\s*[(]\d[)]", cell.text):
        notes.mended(cell, "I813", f"“{cell.text}”的写法与表式不同，认作“{label}”。")
    return value


def _figure(label: str, cell: Cell, unit: str, notes: Notes) -> str:
    """Return the figure of a cell in 元, to the cent: the number that a workbook holds where it shows less of it."""
    text = "".join(clean(cell.text).split("\n"))
    folded = unicodedata.normalize("NFKC", text).replace("，", ",").replace(" ", "")
    digits = re.fullmatch(rf"[¥￥]?(\d[\d,]*(?:\.\d+)?)({UNIT}|人|个)?", folded)
    if digits is None:
        is_dash = text in ("/", "-", "—", "－")
        if is_dash and cell.exact == "0" and label not in _COUNTED:
            notes.mended(cell, "I809", f"“{label}”的“{text}”在工作簿里是零，写成 0.00。")
            return "0.00"
        return WAITING if is_dash else text
    given, named_unit = Decimal(digits[1].replace(",", "")), digits[2]
    if label in _COUNTED:
        value = f"{given:.0f}" if given == given.to_integral_value() else digits[1]
    else:
        unit = named_unit if named_unit in _FACTORS else unit
        exact = Decimal(cell.exact or given)
        amount = given * _FACTORS[unit]
        if exact.quantize(given, ROUND_HALF_UP) == given:
            amount = exact * _FACTORS[unit]
        elif (exact / _FACTORS[unit]).quantize(given, ROUND_HALF_UP) == given:
            amount = exact  # in 元, shown in the form's unit
        else:
            message = f"“{label}”显示为 {text}，工作簿里是 {exact}，按显示的录入，核对金额单位。"
            notes.add(cell, "I809", Severity.WARNING, message)
        amount = amount.quantize(Decimal("0.01"))
        value = digits[1] if amount == given or (unit == "元" and not cell.exact) else f"{amount:,.2f}"
        if unit != "元":
            held = f"；工作簿里是 {exact}" if exact != given else ""
            notes.mended(cell, "I809", f"“{label}”原表以{unit}为单位（{text}{held}），换算成 {value} 元。")
            return value
        if amount != given and cell.exact:
            notes.mended(cell, "I809", f"“{label}”在表上显示为 {text}，工作簿里是 {exact}，写成 {value}。")
            return value
    if value != text:
        notes.mended(cell, "I809", f"“{label}”写成 {value}（原文“{text}”）。")
    return value
