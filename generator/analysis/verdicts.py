"""Two declarations of one department → what changed for a reader: figures, and each indicator's target.

Whether a target was raised is told from the parsed targets, never from their text, and only where both state the
same thing in the same unit. For ≥ and > more is harder; for ≤ and < less is (`≤3` after `≤5` is tighter). A bare
number or `=` has a direction only where more output or satisfaction is the point: not under 成本指标 and
时效指标, nor with a unit of money. What cannot be told is said to be not comparable, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.declaration.model import PlacedIndicator
from generator.declaration.target import Reading


class Kind(StrEnum):
    """What happened to a promise from one declaration to the next."""

    SAME = "未变"
    ROLLED = "照旧（年份顺延）"
    NEW = "新增"
    DROPPED = "取消"
    RESUMED = "恢复"
    SPLIT = "拆分"
    TIGHTENED = "要求更严"
    RELAXED = "要求放宽"
    WEAKENED = "弱化"
    SHARPENED = "明确"
    REWORDED = "改写"
    UNIT_CHANGED = "单位改变"
    NOT_COMPARABLE = "无法比较"


@dataclass(frozen=True)
class Verdict:
    """The kind of a change and, where there is something to explain, why."""

    kind: Kind
    proof: str = ""


_UPWARD, _DOWNWARD = ("≥", ">"), ("≤", "<")
_MONEY = ("元", "万元", "亿元", "万", "亿")
_SAME_UNIT = {"百分比": "%", "人员": "人", "名": "人", "位": "人"}
_MORE_IS_NOT_BETTER = ("成本", "时效", "生态环境")


def judge(old: PlacedIndicator, new: PlacedIndicator, old_year: int, new_year: int) -> Verdict:
    """Judge the change from one year's target to another's."""
    if old.indicator.target_value == new.indicator.target_value:
        return Verdict(Kind.SAME)
    before, after = old.indicator.reading, new.indicator.reading
    if before.kind == after.kind == "relative" and before.number is None and after.number is None:
        if before.direction == after.direction and before.statement == after.statement:
            return Verdict(Kind.REWORDED, "只更换了对比的年份")
        return Verdict(Kind.NOT_COMPARABLE, "都没有写明数字，文字要求不同")
    if before.measurable and not after.measurable:
        return Verdict(Kind.WEAKENED, "不再写明数字")
    if after.measurable and not before.measurable:
        return Verdict(Kind.SHARPENED, "新写明了数字")
    if before.number is None or after.number is None:
        return _statements(before, after)
    if before.baseline != after.baseline and before.kind != after.kind:
        return Verdict(Kind.NOT_COMPARABLE, "一个是绝对值，一个是与往年相比的变化")
    return _quantities(before, after, new)


def _statements(before: Reading, after: Reading) -> Verdict:
    if before.statement == after.statement and before.baseline == after.baseline:
        return Verdict(Kind.REWORDED, "要求相同，说明或期限有变化")
    return Verdict(Kind.NOT_COMPARABLE, "都没有写明数字，文字要求不同")


def _quantities(before: Reading, after: Reading, placed: PlacedIndicator) -> Verdict:
    assert before.number is not None
    assert after.number is not None
    if before.unit and not after.unit:
        return Verdict(Kind.WEAKENED, f"不再写明单位“{before.unit}”")
    if before.comparator and not after.comparator:
        return Verdict(Kind.WEAKENED, f"不再写明比较符“{before.comparator}”")
    if before.unit and after.unit and _unit(before) != _unit(after):
        return Verdict(Kind.UNIT_CHANGED, f"单位由“{before.unit}”改为“{after.unit}”")
    if after.comparator and not before.comparator:
        same = before.number == after.number
        return Verdict(Kind.SHARPENED if same else Kind.NOT_COMPARABLE, f"新写明了比较符“{after.comparator}”")
    direction = _direction(before, placed)
    if direction != _direction(after, placed):
        return Verdict(Kind.NOT_COMPARABLE, f"比较符由“{before.comparator}”改为“{after.comparator}”")
    if before.number == after.number:
        strict = {">": 1, "<": 1}
        step = strict.get(after.comparator or "", 0) - strict.get(before.comparator or "", 0)
        return Verdict((Kind.REWORDED, Kind.TIGHTENED, Kind.RELAXED)[step], "" if step else "数值相同，写法不同")
    if direction == 0:
        return Verdict(Kind.NOT_COMPARABLE, "没有写明比较符，无法判断是更严还是更宽")
    raised = (after.number > before.number) == (direction > 0)
    return Verdict(Kind.TIGHTENED if raised else Kind.RELAXED)


def _unit(reading: Reading) -> str:
    return _SAME_UNIT.get(reading.unit or "", reading.unit or "")


def _direction(reading: Reading, placed: PlacedIndicator) -> int:
    """Tell whether more is harder (1), less is (-1), or it cannot be told (0)."""
    if reading.comparator in _UPWARD:
        return 1
    if reading.comparator in _DOWNWARD:
        return -1
    undirected = any(word in placed.first_level + placed.second_level for word in _MORE_IS_NOT_BETTER)
    return 0 if undirected or reading.unit in _MONEY else 1


UNCHANGED = frozenset({Kind.SAME, Kind.ROLLED})


def judge_split(old: PlacedIndicator, parts: list[PlacedIndicator]) -> Verdict:
    """Tell what a promise was split into."""
    return Verdict(Kind.SPLIT, f"拆分为{'、'.join(part.name for part in parts)}")
