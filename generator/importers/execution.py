"""The money and the points of a form of results: budgeted, adjusted and executed, by source, in 元."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from generator.content.yaml_reader import Data, Path
from generator.declaration.quantity import is_unstated
from generator.forms.grid import Cell
from generator.importers.labels import (
    EXECUTION,
    OUTCOMES,
    SOURCES,
    WAITING,
    Row,
    bare,
    filled,
    named,
    one_line,
    own_unit,
)
from generator.importers.money import amount, form_unit
from generator.importers.reading import Part, Remark, marked, questioned

_POINTS = {"分值": OUTCOMES["分值"] + "|权重", "得分": OUTCOMES["得分"]}
COLUMNS = EXECUTION | _POINTS
_AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
_HEADS = re.compile(".*(资金|预算|支出|来源|金额|情况|项目|名称|执行).*")  # what stands over or beside the rows
_BESIDE = re.compile(r"\(\s*(?:[A-Z][A-Z/÷×*%\s\d]*|(\d+(?:\.\d+)?)\s*分?)\s*\)")
_DASH = re.compile(r"[-—－–/\\]+")


@dataclass
class _Reading:
    """What was read so far: the rows of the money by source, with their places, the amounts without a unit, remarks."""

    rows: dict[str, dict[str, Data]] = field(default_factory=dict)
    asked: Row = field(default_factory=list)
    unplaced: Row = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    places: dict[Path, Cell] = field(default_factory=dict)


def is_head(tokens: Row) -> bool:
    """Tell the head of the money: two of its columns at least."""
    return len({label for cell in tokens if (label := label_of(cell))} & set(EXECUTION)) >= 2


def label_of(cell: Cell) -> str | None:
    """Return what a column of the money is; letters, formulas and points in brackets (A)、(B/A)、(10分) say no more."""
    return named(_BESIDE.sub("", unicodedata.normalize("NFKC", cell.text)), COLUMNS)


def execution(rows: list[Row], has_spans: bool, stated: list[tuple[Cell, str]]) -> Part[Data]:
    """Read the block of the money, its head first, into 资金情况; an empty text where there is no block.

    `stated` are the cells that state a unit for all amounts; an amount without any is marked, as in a declaration.
    """
    if not rows:
        return Part("")
    head = [cell for cell in filled(rows[0]) if label_of(cell)]
    last = max(cell.last_column for cell in rows[0])
    general, made = form_unit(stated), _Reading()
    unit, is_sure = general.value
    for row in rows[1:]:
        missing = last - max(cell.last_column for cell in row)
        shift = missing if missing > 0 and not has_spans else 0
        tokens = [replace(cell, column=cell.column + shift) for cell in filled(row)]
        slipped = not has_spans and bool(tokens) and tokens[-1].column > head[-1].last_column
        _row(tokens, head, (unit, is_sure), made, slipped, shift)
    _weight_in_head(head, made)
    _ask(made, unit)
    if made.rows and "年度资金总额" not in made.rows:
        made.rows = {"年度资金总额": {"全年执行数": WAITING}, **made.rows}
        made.remarks.append(questioned(rows[0][0], "I803", "资金情况没有合计行。", "对照原表填写，删去“待确认”。"))
    data: Data = {label: made.rows[label] for label in SOURCES if label in made.rows}
    return Part(data or "", made.unplaced, [*general.remarks, *made.remarks], made.places)


def _row(tokens: Row, head: Row, unit: tuple[str | None, bool], made: _Reading, slipped: bool, shift: int) -> None:
    before = [cell for cell in tokens if cell.column < head[0].column]
    values = [cell for cell in tokens if cell.column >= head[0].column]
    labels = [(cell, label) for cell in before if (label := named(cell.text, SOURCES))]
    if not any(not _is_dash(cell) for cell in values):
        made.unplaced += [] if labels or not before or _HEADS.fullmatch(bare(before[-1].text)) else before
        return
    cell, label = labels[-1] if labels else (before[-1] if before else tokens[0], "")
    is_guessed = not label and "年度资金总额" not in made.rows and not any(label in made.rows for label in SOURCES)
    label = "年度资金总额" if is_guessed else label
    if not label or label in made.rows:
        made.unplaced += tokens
        return
    if is_guessed:
        message = f"“{one_line(cell.text)}”一行认作“年度资金总额”，标了“待确认”。"
        made.remarks.append(questioned(cell, "I813", message))
    if slipped:
        message = f"“{label}”这一行的各列与表头没有对齐，标了“待确认”。"
        made.remarks.append(questioned(cell, "I804", message))
    data: dict[str, Data] = {}
    for value in values:
        over = next((column for column in head if column.column <= value.column <= column.last_column), None)
        name = label_of(over) if over else None
        if over is None or name is None or name in data:
            made.unplaced.append(value)
            continue
        read = _value(name, value, own_unit(over) or own_unit(cell), unit, made)
        made.remarks += read.remarks
        if read.value:
            made.places["资金情况", label, name] = replace(value, column=value.column - shift)
            data[name] = marked(read.value) if slipped or is_guessed or _is_vague(over) else read.value
    made.rows[label] = data


def _weight_in_head(head: Row, made: _Reading) -> None:
    """Take the points in the head, 分值(10分), where the row of the total has none; a person confirms them."""
    for cell in head:
        stated = _BESIDE.search(unicodedata.normalize("NFKC", cell.text))
        total = made.rows.get("年度资金总额")
        if label_of(cell) == "分值" and stated and stated[1] and total is not None and "分值" not in total:
            total["分值"] = marked(stated[1])
            made.places["资金情况", "年度资金总额", "分值"] = cell
            message = f"“{one_line(cell.text)}”认作年度资金总额的分值 {stated[1]}，标了“待确认”。"
            made.remarks.append(questioned(cell, "I813", message))


def _value(
    name: str, cell: Cell, own: str | None, general: tuple[str | None, bool], made: _Reading
) -> Part[str | None]:
    if name in _POINTS:
        return points(name, cell)
    if name == "执行率":
        return rate(cell)
    unit, is_sure = general
    read = amount(name, cell, own or unit or "元")
    if own is None and not (unit and is_sure) and read.value[0].isdigit():
        made.asked.append(cell)
        return Part(marked(read.value), remarks=read.remarks)
    if read.value[0].isdigit() or is_unstated(read.value) or read.value.startswith(WAITING[:3]):
        return Part(read.value, remarks=read.remarks)
    message = f"“{name}”写的是“{one_line(cell.text)}”，不是金额，标了“待确认”。"
    return Part(marked(read.value), remarks=[*read.remarks, questioned(cell, "I809", message)])


def _is_vague(head: Cell) -> bool:
    """Tell the head 预算数, which does not say whether it is the one of the beginning or the one of the end."""
    return re.fullmatch("(部门|年度)?预算数", bare(head.text)) is not None


def _ask(made: _Reading, unit: str | None) -> None:
    if made.asked:
        message = f"表上没有写明金额单位，{len(made.asked)} 个金额按“{unit or '元'}”录入，标了“待确认”。"
        made.remarks.append(questioned(made.asked[0], "I809", message, "核对是元还是万元，改好后删去“待确认”。"))


def points(name: str, cell: Cell) -> Part[str | None]:
    """Return the points that a cell states; None for a dash or nothing, marked where it is no number."""
    text = unicodedata.normalize("NFKC", one_line(cell.text)).replace(" ", "").removesuffix("分")
    if re.fullmatch(r"\d+(\.\d+)?", text) or is_unstated(text):
        return Part(text)
    if not text or _is_dash(cell):
        return Part(None)
    message = f"“{name}”写的是“{one_line(cell.text)}”，不是分数，标了“待确认”。"
    return Part(marked(one_line(cell.text)), remarks=[questioned(cell, "I809", message)])


def rate(cell: Cell) -> Part[str | None]:
    """Return the share in percent that a cell states; up to 1 without a sign it may be a fraction, and is marked."""
    text = unicodedata.normalize("NFKC", one_line(cell.text)).replace(" ", "")
    if is_unstated(text) or not text or _is_dash(cell):
        return Part(text if is_unstated(text) else None)
    is_rate = re.fullmatch(r"\d+(\.\d+)?%?", text)
    if is_rate and (text.endswith("%") or text == "0" or float(text) > 1):
        return Part(text)
    message = f"“执行率”写的是“{text}”，看不出是百分之几，标了“待确认”。"
    return Part(marked(text), remarks=[questioned(cell, "I809", message)])


def _is_dash(cell: Cell) -> bool:
    return _DASH.fullmatch(cell.text.strip()) is not None
