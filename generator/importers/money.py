"""The amounts of a form, in 元: the budget by source and structure, and the figures at the year's end."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from generator.content.yaml_reader import Data, Path
from generator.declaration.fields import BY_LABEL
from generator.forms.grid import Cell
from generator.importers.budget_lines import Line, lines
from generator.importers.labels import (
    AMOUNTS,
    DIVISIONS,
    FIGURES,
    UNIT,
    WAITING,
    Row,
    bare,
    clean,
    named,
    one_line,
    own_unit,
)
from generator.importers.reading import Part, Remark, marked, questioned, repaired
from generator.importers.tasks import Sums

_FACTORS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
_COUNTED = ("年末在职人数", "内设机构数")
_LINES = {"资金来源": ("财政拨款", "其他资金"), "资金结构": ("基本支出", "项目支出")}
# What a line of the form is made of: counted once where that line is stated.
_PARTS_OF = {
    "财政拨款": "(一般公共预算|政府性基金(预算)?|国有资本经营预算?|本级|上级|中央|省级|市级|区级|县级)"
    "(财政)?(拨款|资金|补助|收入|预算)*",
    "基本支出": "(人员|公用|日常公用|工资福利|商品和服务)(经费|支出)|对个人和家庭的?补助(支出)?",
}


def form_unit(stated: list[tuple[Cell, str]]) -> Part[tuple[str | None, bool]]:
    """Return the unit that the form states for all its amounts, of those found at its cells, and whether it is sure."""
    units = list(dict.fromkeys(unit for _, unit in stated))
    if len(units) > 1:
        message = f"表上写了{len(units)}种金额单位（{'、'.join(units)}），没有写单位的金额按“{units[0]}”认定。"
        return Part((units[0], False), remarks=[questioned(stated[1][0], "I809", message)])
    return Part((units[0], True) if units else (None, True))


def money(rows: list[Row], sums: Sums, stated: list[tuple[Cell, str]]) -> Part[dict[str, Data]]:
    """Read the budget and the figures at the year's end.

    `sums` are the totals of the tasks' amounts with the unit of their head, for a form that states its budget there
    only; `stated` are the cells that state a unit for all amounts. An amount is in the unit of its label, or that of
    the total's label, or in the form's unit, or in that of the other labels; where no unit is stated, it is marked.
    """
    read, general = lines(rows), form_unit(stated)
    remarks, unplaced = [*general.remarks, *read.remarks], list(read.unplaced)
    unit, is_sure = _unit(read.value, general.value)
    found: dict[str, str] = {}
    further: dict[str, dict[str, Data]] = {division: {} for division in _LINES}
    places: dict[Path, Cell] = {}
    given = {line.label for line in read.value if line.label}
    asked: Row = []
    for line in read.value:
        sub = line.label is None and _is_part(line.cell.text, given)
        label = line.label or ("部门整体预算总额" if named(line.cell.text, DIVISIONS) or _is_sum(line.cell) else None)
        name = label or re.sub(r"^[(（]?\d{1,2}[)）、.．]\s*", "", one_line(line.cell.text))
        known = label in found if label else line.division is None or sub or name in further[line.division]
        figure = amount(name, line.value, line.unit or unit or "元")
        if known and not (label and figure.value == found[label]):
            unplaced += [line.cell, line.value] if line.value else [line.cell]
            continue
        if line.value and line.unit is None and name not in _COUNTED and figure.value[0].isdigit():
            asked += [line.value] if unit is None or not is_sure else []
            figure = Part(figure.value if unit and is_sure else marked(figure.value), remarks=figure.remarks)
        value = marked(figure.value) if line.doubt else figure.value
        remarks += figure.remarks if not known else []
        if label:
            remarks += _renamed(line, label)
            found.setdefault(label, value)
            places.setdefault(BY_LABEL[label].path, line.value or line.cell)
        elif line.division:
            remarks.append(questioned(line.cell, "I813", f"“{name}”表式里没有，放在“{line.division}”的“其他项目”里。"))
            further[line.division][name] = value
            places["预算情况", line.division, "其他项目", name] = line.value or line.cell
    for label, (cell, own) in sums.items():
        if label in found:
            unplaced.append(cell)
            continue
        figure = amount(label, cell, own or unit or "元")
        asked += [] if own or (unit and is_sure) else [cell]
        remarks += [repaired(cell, "I813", f"任务金额合计一行的这个数认作“{label}”。"), *figure.remarks]
        found[label] = figure.value if own or (unit and is_sure) else marked(figure.value)
        places[BY_LABEL[label].path] = cell
    if asked:
        message = f"表上没有写明金额单位，{len(asked)} 个金额按“{unit or '元'}”录入，标了“待确认”。"
        remarks.append(questioned(asked[0], "I809", message, "核对是元还是万元，改好后删去“待确认”。"))
    return Part(_budget(found, further), unplaced, remarks, places)


def _unit(read: list[Line], general: tuple[str | None, bool]) -> tuple[str | None, bool]:
    """Return the unit of the amounts whose labels name none, and whether it is sure."""
    own = [(line.label, unit) for line in read if line.label in AMOUNTS | FIGURES and (unit := own_unit(line.cell))]
    total = next((unit for label, unit in own if label == "部门整体预算总额"), None)
    others = {unit for _, unit in own}
    if total:
        return total, True
    return general if general[0] or len(others) != 1 else (others.pop(), True)


def _is_part(text: str, given: set[str]) -> bool:
    """Tell a line that is part of another one that is given, so that it must not be added again."""
    said = bare(text)
    return said.startswith("其中") or any(whole in given and re.fullmatch(p, said) for whole, p in _PARTS_OF.items())


def _is_sum(cell: Cell) -> bool:
    return bare(cell.text) in ("合计", "总计")


def _renamed(line: Line, label: str) -> list[Remark]:
    if named(line.cell.text, AMOUNTS | FIGURES) != label:
        return [repaired(line.cell, "I813", f"“{one_line(line.cell.text)}”认作“{label}”。")]
    if re.match(r"\s*[(]\d[)]", line.cell.text):
        return [repaired(line.cell, "I813", f"“{line.cell.text}”的写法与表式不同，认作“{label}”。")]
    return []


def _budget(found: dict[str, str], further: dict[str, dict[str, Data]]) -> dict[str, Data]:
    total: dict[str, Data] = {"部门整体预算总额": found.get("部门整体预算总额", WAITING)}
    for division, (first, second) in _LINES.items():
        given: dict[str, Data] = {label: found[label] for label in (first, second) if label in found}
        given |= {"其他项目": further[division]} if further[division] else {}
        total[division] = given if first in given else {first: WAITING, **given}
    return {"预算情况": total, **{label: found[label] for label in FIGURES if label in found}}


def amount(label: str, cell: Cell | None, unit: str) -> Part[str]:
    """Return the figure of a cell in 元, to the cent: the number that a workbook holds where it shows less of it."""
    if cell is None:
        return Part(WAITING)
    text = "".join(clean(cell.text).split("\n"))
    folded = unicodedata.normalize("NFKC", text).replace("，", ",").replace(" ", "")
    digits = re.fullmatch(rf"[¥￥]?(\d[\d,]*(?:\.\d+)?)({UNIT}|人|个)?", folded)
    if digits is None:
        is_dash = text in ("/", "-", "—", "－", "——")
        if is_dash and cell.exact == "0" and label not in _COUNTED:
            return Part("0.00", remarks=[repaired(cell, "I809", f"“{label}”的“{text}”在工作簿里是零，写成 0.00。")])
        return Part(WAITING if is_dash else text)
    given, named_unit = Decimal(digits[1].replace(",", "")), digits[2]
    if label in _COUNTED:
        value = re.sub(r"\.0+$", "", digits[1])
        return _as_printed(label, cell, text, value)
    unit = named_unit if named_unit in _FACTORS else unit
    exact = Decimal(cell.exact or given)
    amount = given * _FACTORS[unit]
    is_other = False
    if exact.quantize(given, ROUND_HALF_UP) == given:
        amount = exact * _FACTORS[unit]
    elif (exact / _FACTORS[unit]).quantize(given, ROUND_HALF_UP) == given:
        amount = exact  # in 元, shown in the form's unit
    else:
        is_other = True
    amount = amount.quantize(Decimal("0.01"))
    value = digits[1] if amount == given or (unit == "元" and not cell.exact) else f"{amount:,.2f}"
    if is_other:
        message = f"“{label}”显示为 {text}，工作簿里是 {exact}，按显示的录入，核对金额单位。"
        return Part(marked(value), remarks=[questioned(cell, "I809", message)])
    if unit != "元":
        held = f"；工作簿里是 {exact}" if exact != given else ""
        message = f"“{label}”原表以{unit}为单位（{text}{held}），换算成 {value} 元。"
        return Part(value, remarks=[repaired(cell, "I809", message)])
    if amount != given and cell.exact:
        message = f"“{label}”在表上显示为 {text}，工作簿里是 {exact}，写成 {value}。"
        return Part(value, remarks=[repaired(cell, "I809", message)])
    return _as_printed(label, cell, text, value)


def _as_printed(label: str, cell: Cell, text: str, value: str) -> Part[str]:
    remarks = [repaired(cell, "I809", f"“{label}”写成 {value}（原文“{text}”）。")] if value != text else []
    return Part(value, remarks=remarks)
