"""Two targets with numbers → which is stricter, told from their intervals and from what more of it means.

Where both are intervals in one dimension, the floor decides if more is better and the ceiling if less is. Which of
the two it is, the comparators say; without any, the name; without words in the name, the heading, and that only for
what is plainly a matter of more: countable output, satisfaction, a quality of 50% and over.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from generator.analysis.kinds import Kind, Verdict
from generator.analysis.measures import Interval, interval, measure
from generator.analysis.polarity import polarity
from generator.declaration.model import PlacedIndicator
from generator.declaration.reading import Reading

_WAYS = {"≥": 1, ">": 1, "≤": -1, "<": -1}


class Sense(NamedTuple):
    """Which way is stricter: 1 more, -1 less, 0 it cannot be told; and why, where it needs saying."""

    way: int
    reason: str = ""


def sense(placed: PlacedIndicator) -> Sense:
    """Tell which way is better for a target with a number: by its comparator, else by what is counted."""
    reading = placed.indicator.reading
    if reading.comparator in _WAYS:
        return Sense(_WAYS[reading.comparator])
    return _sense_without_comparator(reading, reading, placed, placed)


def compare(before: Reading, after: Reading, old: PlacedIndicator, new: PlacedIndicator) -> Verdict | None:
    """Compare two readings that both have a number and both are absolute or both a change; None: nothing differs."""
    was, now = interval(before), interval(after)
    assert was is not None
    assert now is not None
    lost, gained = _comparator(before, after), _comparator(after, before)
    if was.dimension != now.dimension:
        return _other_dimension(before, after, lost, gained)
    ways = {_WAYS[sign] for sign in (before.comparator, after.comparator) if sign in _WAYS}
    if len(ways) == 2:
        said = f"比较符由“{before.comparator}”改为“{after.comparator}”，方向相反"
        return Verdict(Kind.NOT_COMPARABLE, said if _numbers_equal(was, now) else f"{said}，数值也改了")
    if was == now:
        return _rewritten(before, after)
    sense = Sense(ways.pop()) if ways else _sense_without_comparator(before, after, old, new)
    if sense.way == 0:
        return Verdict(Kind.NOT_COMPARABLE, f"{_moved(before, after, was, now)}；{sense.reason}")
    stricter = _stricter(was, now, sense.way)
    if stricter is None or (stricter == 0 and _is_range(was) | _is_range(now)):
        return Verdict(Kind.NOT_COMPARABLE, "区间与数值或区间的两端变动不同，看不出是更严还是更宽")
    if stricter == 0:
        return _same_bound(before, after, was, lost, gained)
    kind = Kind.TIGHTENED if stricter > 0 else Kind.WEAKENED if lost else Kind.RELAXED
    said = _moved(before, after, was, now)
    if lost:
        said += f"，{'但' if stricter > 0 else '也'}不再写明{lost}"
    elif gained:
        said += f"，{'并' if stricter > 0 else '另'}写明了{gained}"
    return Verdict(kind, f"{said}；{sense.reason}" if sense.reason else said)


def _comparator(one: Reading, other: Reading) -> str:
    """Name the comparator that the one target states and the other does not; "=" says no more than a bare number."""
    stated = one.comparator in _WAYS and other.comparator is None and other.upper is None
    return f"比较符“{one.comparator}”" if stated else ""


def _stricter(was: Interval, now: Interval, way: int) -> int | None:
    """Return 1 for stricter, -1 for looser, 0 for the same bound; None where a range's ends moved apart."""
    floor, ceiling = _sign(was.low, now.low), _sign(was.high, now.high)
    if _is_range(was) and _is_range(now) and floor * ceiling < 0:
        return None
    if _is_range(was) != _is_range(now) and _bounded(was) and _bounded(now) and floor * ceiling <= 0:
        return None  # a number within a range
    return floor or now.low_open - was.low_open if way > 0 else -ceiling or now.high_open - was.high_open


def _sign(old: Fraction | None, new: Fraction | None) -> int:
    return 0 if old is None or new is None else (new > old) - (new < old)


def _is_range(span: Interval) -> bool:
    return _bounded(span) and span.low != span.high


def _bounded(span: Interval) -> bool:
    return span.low is not None and span.high is not None


def _numbers_equal(was: Interval, now: Interval) -> bool:
    return {was.low, was.high} - {None} == {now.low, now.high} - {None}


def _middle(span: Interval) -> Fraction:
    bounds = [bound for bound in (span.low, span.high) if bound is not None]
    return sum(bounds, Fraction(0)) / len(bounds)


def _moved(before: Reading, after: Reading, was: Interval, now: Interval) -> str:
    number, unit = _middle(now) - _middle(was), measure(before.unit) != measure(after.unit)
    if not number or (before.number == after.number and not unit and before.comparator and after.comparator):
        return f"比较符由“{before.comparator}”改为“{after.comparator}”" if after.comparator else "区间的两端改变"
    range_ = "区间" if _is_range(was) and _is_range(now) else "数值"
    return f"{'换算成同一单位后，' if unit else ''}{range_}{'提高' if number > 0 else '降低'}"


def _rewritten(before: Reading, after: Reading) -> Verdict | None:
    if measure(before.unit) != measure(after.unit):
        return Verdict(Kind.REWORDED, "换算成同一单位后数值相同")
    return None


def _same_bound(before: Reading, after: Reading, was: Interval, lost: str, gained: str) -> Verdict:
    if (
        was.dimension == "%"
        and _middle(was) == 100
        and before.baseline is None
        and "≥" in (before.comparator, after.comparator)
    ):
        return Verdict(Kind.REWORDED, "都是100%，写不写“≥”要求相同")
    if lost:
        return Verdict(Kind.WEAKENED, f"数值相同，不再写明{lost}")
    if gained:
        return Verdict(Kind.SHARPENED, f"数值相同，写明了{gained}")
    return Verdict(Kind.NOT_COMPARABLE, f"数值相同，比较符由“{before.comparator}”改为“{after.comparator}”")


def _other_dimension(before: Reading, after: Reading, lost: str, gained: str) -> Verdict:
    equal = (before.number, before.upper) == (after.number, after.upper)
    numbers = "数字相同" if equal else f"数字由{_number(before)}改为{_number(after)}"
    if before.unit is not None and after.unit is not None:
        said = f"单位由“{before.unit}”改为“{after.unit}”，{numbers}" + ("" if equal else "，两种单位不能比大小")
        return Verdict(Kind.UNIT_CHANGED, said + _signs(lost, gained))
    if share := _share(before, after) or _share(after, before):
        percent, hundredfold, written = share
        if written < 1 and percent == hundredfold and before.comparator == after.comparator:
            return Verdict(Kind.REWORDED, f"{written} 即 {hundredfold:f}%，写法不同")
        return Verdict(Kind.NOT_COMPARABLE, f"{written} 没有单位，可能是 {hundredfold:f}%，不能断定")
    way = _WAYS.get(before.comparator or after.comparator or "", 1)
    if after.unit is None:
        stricter = not equal and (_size(after) - _size(before)) * way > 0
        said = f"{numbers}，不再写明{lost + '和' if lost else ''}单位“{before.unit}”" + (
            f"，写明了{gained}" if gained else ""
        )
        return Verdict(Kind.NOT_COMPARABLE if stricter or gained else Kind.WEAKENED, said)
    said = f"{numbers}，写明了{gained + '和' if gained else ''}单位“{after.unit}”" + (
        f"，不再写明{lost}" if lost else ""
    )
    return Verdict(Kind.SHARPENED if equal and not lost else Kind.NOT_COMPARABLE, said)


def _signs(lost: str, gained: str) -> str:
    return f"，不再写明{lost}" if lost else f"，写明了{gained}" if gained else ""


def _number(reading: Reading) -> str:
    return f"{_size(reading):f}" + (f"-{reading.upper:f}" if reading.upper is not None else "")


def _size(reading: Reading) -> Decimal:
    assert reading.number is not None
    return reading.number


def _share(percent: Reading, share: Reading) -> tuple[Decimal, Decimal, Decimal] | None:
    """Return the percentage, the share in percent and the share where one is in percent and one perhaps of one: 0.9."""
    if measure(percent.unit).dimension != "%" or share.unit is not None or not 0 < _size(share) <= 1:
        return None
    hundredfold = (_size(share) * 100).normalize()
    return _size(percent), hundredfold, _size(share)


def _sense_without_comparator(before: Reading, after: Reading, old: PlacedIndicator, new: PlacedIndicator) -> Sense:
    ways = {polarity(_counted(reading, placed)) for reading, placed in ((before, old), (after, new))}
    name = _counted(after, new)
    if before.baseline is not None:
        return _sense_of_change(before, ways, name)
    if ways == {1}:
        return Sense(1, f"“{name}”越高越好")
    if ways == {-1}:
        return Sense(-1, f"“{name}”越低越好")
    if ways != {None}:
        return Sense(0, f"没有写明比较符，从名称“{name}”看不出是多好还是少好")
    return _sense_of_heading(before, after, new)


def _counted(reading: Reading, placed: PlacedIndicator) -> str:
    """Return what is counted: the words before the number (不满意率5%), else the indicator's name."""
    remark = reading.remark
    return remark if remark and placed.indicator.target_value.lstrip().startswith(remark) else placed.name


def _sense_of_change(before: Reading, ways: set[int | None], name: str) -> Sense:
    """A rise that is wanted is wanted large, and so is a fall; unless the name says that it is not what is wanted."""
    wanted = {"up": 1, "down": -1}.get(before.direction or "", 0)
    if wanted and ways <= {wanted, None}:
        return Sense(1)
    return Sense(0, f"没有写明比较符，从名称“{name}”看不出变化大好还是小好")


def _sense_of_heading(before: Reading, after: Reading, placed: PlacedIndicator) -> Sense:
    dimension = measure(after.unit).dimension
    first, second = placed.first_level, placed.second_level
    if 0 in (before.number, after.number):
        return Sense(0, "没有写明比较符，目标为 0 的多半是要避免的事，看不出是多好还是少好")
    if "成本" in first + second or dimension in ("元", "分钟", "个工作日", "个月"):
        return Sense(0, "没有写明比较符，钱和时间的多少看不出好坏")
    if "数量" in second:
        return Sense(1, "数量指标以多为好")
    if "满意度" in first + second and dimension in ("%", "分", ""):
        return Sense(1, "满意度越高越好")
    if ("质量" in second or "时效" in second) and dimension == "%" and min(_size(before), _size(after)) >= 50:
        return Sense(1, f"{second}的百分比以高为好")
    return Sense(0, "没有写明比较符，从名称和类别看不出是多好还是少好")
