"""The rows of a budget → its lines: which amount stands for which label, by column, by order and by what heads them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator.forms.grid import Cell
from generator.importers.labels import (
    AMOUNTS,
    DIVISIONS,
    FIGURES,
    UNIT,
    Row,
    bare,
    filled,
    named,
    own_unit,
    stated_unit,
)
from generator.importers.reading import Part, Remark, questioned, repaired

_KNOWN = AMOUNTS | FIGURES
_BOILERPLATE = re.compile("内容|预算情况|金额|数额|预算数|预算金额|合计|小计|总计|项目|占比|年度预算申请|单位")
_OF_THE_YEAR = re.compile("(当年|本年|本年度|年度|预算)?(预算)?(金额|数额|预算数|预算|数)|当年.*|本年.*")
_DIVISION_OF = {"财政拨款": "资金来源", "其他资金": "资金来源", "基本支出": "资金结构", "项目支出": "资金结构"}
_EMPTY = ("/", "-", "—", "－", "——")


@dataclass(frozen=True)
class Line:
    """A line of the budget as printed: its label, its amount (None: there is none), and where it belongs.

    `label` is the form's own name, or None for a label that the form does not know; `division` is 资金来源 or 资金结构
    where something heads it. `doubt` says why a person has to decide.
    """

    cell: Cell
    value: Cell | None
    label: str | None
    division: str | None
    unit: str | None
    doubt: str = ""


@dataclass(frozen=True)
class _Above:
    """What the rows above say of those below: the row of labels without amounts, and the divisions by column."""

    labels: Row = field(default_factory=list)
    divisions: tuple[tuple[int, str], ...] = ()

    def division(self, column: int) -> str | None:
        return next((name for begin, name in reversed(self.divisions) if begin <= column), None)

    def head(self, cell: Cell) -> Cell | None:
        return next((head for head in self.labels if head.column <= cell.column <= head.last_column), None)


def lines(rows: list[Row]) -> Part[list[Line]]:
    """Read the lines of the budget: a value stands after its label, or below it."""
    found: list[Line] = []
    unplaced: Row = []
    remarks: list[Remark] = []
    without: Row = []  # known labels without an amount beside them
    above = _Above()
    for place, row in enumerate(rows):
        tokens = _under(above.labels, filled(row), row)
        if not tokens and found and place + 1 < len(rows):
            remarks.append(repaired(row[0], "I806", "这里有一个空行，跳过。"))
        above = _with_divisions(above, tokens)
        tokens = [cell for n, cell in enumerate(tokens) if not _heads_only(tokens[n:])]
        labels = [named(cell.text, _KNOWN) for cell in tokens]
        if not tokens:
            continue
        if not any(is_amount(cell.text) for cell in tokens) and not _pairs_in_words(tokens):
            above = replace(above, labels=tokens)
            without += [cell for cell, label in zip(tokens, labels, strict=True) if label]
            unplaced += [cell for cell in tokens if _is_foreign(cell)]
        elif above.labels and not any(labels) and all(is_amount(cell.text) for cell in tokens):
            read = _below(above, tokens)
            found, unplaced, remarks = found + read.value, unplaced + read.unplaced, remarks + read.remarks
            unplaced = [cell for cell in unplaced if cell not in [line.cell for line in read.value]]
            above = replace(above, labels=[])
        else:
            read = _beside(above, tokens)
            found, unplaced, remarks = found + read.value, unplaced + read.unplaced, remarks + read.remarks
    given = {line.label for line in found}
    empty = [cell for cell in without if named(cell.text, _KNOWN) not in given]
    found += [Line(cell, None, named(cell.text, _KNOWN), None, None) for cell in empty]
    return Part(found, unplaced, remarks)


def is_amount(text: str) -> bool:
    """Tell an amount, also one that is not there (未公开, a dash), from a label."""
    folded = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    return bool(re.fullmatch(rf"[¥]?-?\d+(\.\d+)?({UNIT}|人|个|%)?", folded)) or text.strip() in (
        *_EMPTY,
        "未公开",
        "不适用",
    )


def _under(labels: Row, tokens: Row, row: Row) -> Row:
    """Return cells under their heads: where merged cells were lost with their columns, they are missing at the left."""
    missing = max((cell.last_column for cell in labels), default=0) - max(cell.last_column for cell in row)
    if missing <= 0 or len(tokens) < 3:
        return tokens
    return [replace(cell, column=cell.column + missing) for cell in tokens]


def _with_divisions(above: _Above, tokens: Row) -> _Above:
    """Return what stands above with the divisions that a row names, or that its lines are known to belong to."""
    heads = tuple((cell.column, name) for cell in tokens if (name := named(cell.text, DIVISIONS)))
    lines_of = ((c.column, _DIVISION_OF.get(named(c.text, AMOUNTS) or "")) for c in tokens)
    heads = heads or tuple((column, name) for column, name in lines_of if name and name != above.division(column))
    return replace(above, divisions=heads) if heads else above


def _heads_only(tokens: Row) -> bool:
    """Tell a text that only heads others: boilerplate, a unit, or a division without an amount of its own."""
    cell, is_division = tokens[0], named(tokens[0].text, DIVISIONS) is not None
    followed = len(tokens) > 1 and is_amount(tokens[1].text)
    if named(cell.text, _KNOWN) or is_amount(cell.text):
        return False
    return (is_division or _is_boilerplate(cell)) and not followed


def _is_boilerplate(cell: Cell) -> bool:
    return bool(_BOILERPLATE.fullmatch(bare(cell.text)) or stated_unit(cell.text))


def _is_foreign(cell: Cell) -> bool:
    known = named(cell.text, _KNOWN) or named(cell.text, DIVISIONS) or _is_boilerplate(cell)
    return not known and not re.search("金额|预算数?$|占比", bare(cell.text))


def _pairs_in_words(tokens: Row) -> bool:
    """Tell a known label with words in place of its amount (见附件2)."""
    return any(
        named(cell.text, _KNOWN) and not named(after.text, _KNOWN) and not _is_boilerplate(after)
        for cell, after in pairwise(tokens)
    )


def _below(above: _Above, tokens: Row) -> Part[list[Line]]:
    """Take the amounts below their labels, by column or else by order; what fits neither has no place."""
    heads = [above.head(token) for token in tokens]
    remarks = []
    if None in heads:
        if len(tokens) != len(above.labels):
            return Part([], tokens)
        heads = list(above.labels)
        remarks.append(repaired(tokens[0], "I804", "数字与上一行的项目没有对齐，按次序认定。"))
    pairs = [(head, token) for head, token in zip(heads, tokens, strict=True) if head]
    return Part([_line(above, head, token) for head, token in pairs], remarks=remarks)


def _beside(above: _Above, tokens: Row) -> Part[list[Line]]:
    """Take the amounts that stand behind their labels; of several, the one under the head of the year."""
    found: list[Line] = []
    unplaced: Row = []
    remarks: list[Remark] = []
    waiting = list(tokens)
    while waiting:
        cell = waiting.pop(0)
        values: Row = []
        if not is_amount(cell.text):
            while waiting and is_amount(waiting[0].text):
                values.append(waiting.pop(0))
            if not values and named(cell.text, _KNOWN) and waiting and not _can_be_label(waiting):
                values.append(waiting.pop(0))
        value, others, doubt = _of_the_year(above, values)
        unplaced += others
        if value is None and (not named(cell.text, _KNOWN) or is_amount(cell.text)):
            unplaced.append(cell)
            continue
        if value and value.column != cell.last_column + 1 and not others and named(cell.text, _KNOWN):
            label = named(cell.text, _KNOWN)
            remarks.append(repaired(value, "I804", f"“{label}”的数字不在紧邻的一列（右移了），按同一行认定。"))
        if doubt and value:
            remarks.append(questioned(value, "I804", f"“{cell.text.strip()}”后面有{len(others) + 1}个数，{doubt}。"))
        found.append(replace(_line(above, cell, value), doubt=doubt))
    return Part(found, unplaced, remarks)


def _can_be_label(tokens: Row) -> bool:
    return bool(named(tokens[0].text, _KNOWN | DIVISIONS)) or (len(tokens) > 1 and is_amount(tokens[1].text))


def _of_the_year(above: _Above, values: Row) -> tuple[Cell | None, Row, str]:
    """Choose among amounts behind one label; returns the amount of the year, the others, and what is doubtful."""
    if len(values) < 2:
        return (values[0] if values else None), [], ""
    headed = [v for v in values if (head := above.head(v)) and _OF_THE_YEAR.fullmatch(bare(head.text))]
    chosen = headed[0] if len(headed) == 1 else values[0]
    doubt = "" if len(headed) == 1 else "不能确定哪一个是本年度的"
    return chosen, [value for value in values if value is not chosen], doubt


def _line(above: _Above, cell: Cell, value: Cell | None) -> Line:
    head = above.head(value) if value else None
    units = [own_unit(cell) for cell in (value, cell, head) if cell] + ([stated_unit(head.text)] if head else [])
    division = named(cell.text, DIVISIONS) or above.division(cell.column)
    return Line(cell, value, named(cell.text, _KNOWN), division, next(filter(None, units), None))
