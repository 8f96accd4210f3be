"""What a target value means: the parts that `target.read` found, and the same in words for citizens."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from generator.declaration import deadlines
from generator.declaration.target_words import SIGNS, Comparator, Direction, fold

Kind: TypeAlias = Literal["quantity", "relative", "qualitative"]


@dataclass(frozen=True)
class Reading:
    """What a target value means. A quantity has a number and no statement; a statement has no number.

    A relative reading has a baseline and a direction; its statement is the phrase after the baseline, such as
    人数增长, and comparator, number and unit then state the change itself (较2023年提升≥5%).
    """

    comparator: Comparator | None = None
    number: Decimal | None = None  # keeps its digits: 1.00; of a range the lower bound
    unit: str | None = None
    remark: str | None = None  # in brackets at the end, or the words after the unit
    deadline: date | None = None  # the one day that statement or remark name; they keep their words
    yearly_deadline: tuple[int, int] | None = None  # month and day of a deadline without a year: see `due`
    baseline: int | Literal["上年"] | None = None
    direction: Direction | None = None  # also without a baseline, where the statement is the one word
    statement: str | None = None
    upper: Decimal | None = None  # the upper bound of a range, which has no comparator

    @property
    def kind(self) -> Kind:
        """Tell what sort of target this is."""
        if self.baseline is not None:
            return "relative"
        return "qualitative" if self.number is None else "quantity"

    @property
    def measurable(self) -> bool:
        """Tell whether a result can be held against a number."""
        return self.number is not None

    def due(self, year: int) -> date | None:
        """Return the deadline of a target declared for `year`; the end of February is its last day."""
        if self.yearly_deadline is None:
            return self.deadline
        month, day = self.yearly_deadline
        return date(year, month, min(day, monthrange(year, month)[1]))

    def __str__(self) -> str:
        """Return the canonical text, which reads as this very reading."""
        remark = f"({self.remark})" if self.remark is not None else ""
        if self.baseline is not None and self.direction is None:
            return f"{_SAID_LEVEL[self.comparator or '=']}{_name(self.baseline)}{self.statement}{remark}"
        baseline = "" if self.baseline is None else f"较{_name(self.baseline)}"
        number = "" if self.number is None else format(self.number, "f")
        unit = self.unit if self.unit in (*SIGNS, None) else f"({self.unit})"
        upper = "" if self.upper is None else f"-{self.upper:f}"
        return f"{baseline}{self.statement or ''}{self.comparator or ''}{number}{upper}{unit or ''}{remark}"


_SAID_LEVEL = {"≥": "不低于", "≤": "不高于", ">": "高于", "<": "低于", "=": "等于"}


def explain(reading: Reading) -> str:
    """Say in plain Chinese what a target value asks for."""
    statement = reading.statement or ""
    if reading.baseline is not None and reading.direction is None:
        said = f"与{_name(reading.baseline)}相比：{_SAID_LEVEL[reading.comparator or '=']}那一年的水平"
    elif reading.baseline is not None:
        said = f"与{_name(reading.baseline)}相比：{statement}{_amount(reading, ' ')}"
    elif reading.number is not None:
        said = _amount(reading)
    else:
        said = f"定性要求：{statement or '未填写'}"
    due = _said_deadline(reading)
    if reading.remark is not None and not (due and deadlines.is_day(fold(reading.remark))):
        said += f"，备注：{reading.remark}"
    return said + (f"，期限 {due}" if due else "")


def note(reading: Reading) -> str:
    """Say what a target value in numbers leaves open, "" where nothing: its meaning would only repeat its words."""
    missing = _missing(reading) if reading.measurable else []
    return f"未注明{'和'.join(missing)}" if missing else ""


def _missing(reading: Reading) -> list[str]:
    """Return which parts a target value in numbers does not state; a range needs no comparator."""
    comparator = reading.comparator or reading.upper is not None
    return [name for name, part in (("比较符", comparator), ("单位", reading.unit)) if not part]


def _said_deadline(reading: Reading) -> str:
    if reading.yearly_deadline is None:
        return str(reading.deadline or "")
    month, day = reading.yearly_deadline
    return f"当年{month}月" + ("底" if day == monthrange(deadlines.LEAP_YEAR, month)[1] else f"{day}日")


def _name(baseline: int | Literal["上年"]) -> str:
    return "上年" if baseline == "上年" else f"{baseline}年"


_SAID = {"≥": "不少于 ", "≤": "不超过 ", ">": "超过 ", "<": "少于 ", "=": "等于 "}
_SAID_OF_SHARES = {**_SAID, "≥": "不低于 ", "≤": "不高于 ", ">": "高于 ", "<": "低于 "}


def _amount(reading: Reading, gap: str = "") -> str:
    if reading.number is None:
        return ""
    number = _trimmed(reading.number)
    unit = "%" if reading.unit == "百分比" else reading.unit
    if reading.upper is not None:
        return f"{gap}{number} 至 {_trimmed(reading.upper)}{'' if unit in SIGNS else ' '}{unit}"
    amount = f"{number}{unit}" if unit in SIGNS else f"{number} {unit}" if unit else number
    missing = _missing(reading)
    said_of = _SAID_OF_SHARES if unit in SIGNS else _SAID
    start = said_of[reading.comparator] if reading.comparator else gap
    return f"{start}{amount}" + (f"（未注明{'和'.join(missing)}）" if missing else "")


def _trimmed(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
