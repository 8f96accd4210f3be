"""Last year's target and this year's → what became of the promise, with the proof in one Chinese sentence.

START HERE. Each part of a target is compared by itself: what it asks for (`_demand`), by when (`_deadline`), against
which year (`_baseline`), under what conditions (`_condition`). The findings together give the verdict (kinds):
one for the public and one against it are 无法比较, said with both. No word is positive or negative without proof.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from generator.analysis.kinds import DEFINITIONS, UNCHANGED, Kind, Verdict, combined
from generator.analysis.measures import measure
from generator.analysis.quantities import compare
from generator.analysis.statements import compare_statements, number_gained, number_lost
from generator.analysis.wording import plain, rolled, timeless, unstated
from generator.declaration.model import PlacedIndicator
from generator.declaration.reading import Reading
from generator.declaration.target import read

__all__ = ["DEFINITIONS", "UNCHANGED", "Kind", "Verdict", "judge", "judge_split"]


class _Promise(NamedTuple):
    """A target in its year: its text and what it means."""

    text: str
    reading: Reading
    year: int

    @property
    def due(self) -> date | None:
        return self.reading.due(self.year)

    def without_days(self, words: str | None) -> str:
        return timeless(words) if self.due else plain(words or "")


def judge(old: PlacedIndicator, new: PlacedIndicator, old_year: int, new_year: int) -> Verdict:
    """Return what became of the promise `old` of `old_year` in `new` of `new_year`: the same indicator, years apart."""
    was = _Promise(old.indicator.target_value, old.indicator.reading, old_year)
    now = _Promise(new.indicator.target_value, new.indicator.reading, new_year)
    return _judge(was, now, old, new)


def _judge(was: _Promise, now: _Promise, old: PlacedIndicator, new: PlacedIndicator) -> Verdict:
    if was.text == now.text:
        stale = was.due and now.due and was.reading.deadline and was.year != now.year
        return Verdict(Kind.SAME, "目标值一字未改" + ("，期限也没有随年度改动" if stale else ""))
    if plain(was.text) == plain(now.text):
        return Verdict(Kind.REWORDED, "只有空格、全角等写法不同")
    if plain(rolled(was.text, now.year - was.year)) == plain(now.text) and not _beyond(was):
        return Verdict(Kind.ROLLED, "只有年份随年度顺延")
    if unstated(was.text) or unstated(now.text):
        return _unstated(was.text, now.text)
    findings = (
        _demand(was, now, old, new),
        _baseline(was, now),
        _deadline(was, now),
        _condition(was, now, old, new),
    )
    return combined([finding for finding in findings if finding])


def _unstated(old: str, new: str) -> Verdict:
    if unstated(old) and unstated(new):
        return Verdict(Kind.NOT_COMPARABLE, "两次都没有写出目标值")
    if any(text.startswith("见") or text == "不适用" for text in (old, new)):
        return Verdict(Kind.NOT_COMPARABLE, "有一次没有在这里写出目标值")
    if unstated(old):
        return Verdict(Kind.SHARPENED, "新写明了目标值")
    return Verdict(Kind.WEAKENED, "不再写明目标值")


# All that these words say beside a deadline is that it is to be kept.
_ON_TIME = re.compile("(?:及时|按时|按期|如期|按计划)?(?:全部|全面)?(?:完成|办结|完工|竣工)?")


def _demand(was: _Promise, now: _Promise, old: PlacedIndicator, new: PlacedIndicator) -> Verdict | None:
    before, after = was.reading, now.reading
    old_words, new_words = was.without_days(before.statement), now.without_days(after.statement)
    old_words = rolled(old_words, now.year - was.year)
    worded = before.statement is not None and after.statement is not None
    if worded and (was.due or now.due) and _ON_TIME.fullmatch(old_words) and _ON_TIME.fullmatch(new_words):
        return None
    if before.number is not None and after.number is not None:
        if (before.baseline is None) != (after.baseline is None):
            return Verdict(Kind.NOT_COMPARABLE, "一个是绝对值，一个是与往年相比的变化")
        if before.direction != after.direction:
            return Verdict(Kind.NOT_COMPARABLE, "与往年相比的变化方向不同")
        return compare(before, after, old, new)
    if before.number is not None:
        if before.baseline is not None and after.baseline is not None and before.direction != after.direction:
            return Verdict(Kind.NOT_COMPARABLE, "不再写明数字，与往年相比的变化方向也不同")
        return number_lost(before, new_words)
    if after.number is not None:
        if before.baseline is not None and after.baseline is not None and before.direction != after.direction:
            return Verdict(Kind.NOT_COMPARABLE, "新写明了数字，与往年相比的变化方向不同")
        return number_gained(after, old_words)
    return compare_statements(before, after, old_words, new_words, new.name)


def _baseline(was: _Promise, now: _Promise) -> Verdict | None:
    before, after = was.reading.baseline, now.reading.baseline
    if before == after:
        return None  # none, each the year before, or a fixed year such as the start of a plan
    if before is None:
        return Verdict(Kind.SHARPENED, "写明了与哪一年相比")
    if after is None:
        return Verdict(Kind.WEAKENED, "不再写明与哪一年相比")
    back = (
        (was.year - 1 if before == "上年" else before) - was.year,
        (now.year - 1 if after == "上年" else after) - now.year,
    )
    if back[0] != back[1]:
        return Verdict(Kind.NOT_COMPARABLE, f"对比的年份由{_year(before)}改为{_year(after)}，不是随年度顺延")
    if "上年" in (before, after):
        return Verdict(Kind.REWORDED, "对比的都是上一年，写法不同")
    return Verdict(Kind.ROLLED, "对比的年份随年度顺延")


def _year(baseline: int | str) -> str:
    return "上年" if baseline == "上年" else f"{baseline}年"


def _deadline(was: _Promise, now: _Promise) -> Verdict | None:
    if was.due is None or now.due is None:
        if was.due:
            return Verdict(Kind.WEAKENED, f"不再写明期限（原为{_day(was)}）")
        return Verdict(Kind.SHARPENED, f"写明了期限（{_day(now)}）") if now.due else None
    if was.due == now.due:
        return None
    if _beyond(was) and was.due < now.due:
        said = f"期限由{_day(was)}改为{_day(now)}，原来就跨年度，看不出是推迟还是新的一期"
        return Verdict(Kind.NOT_COMPARABLE, said)
    before, after = _in_year(was), _in_year(now)
    if before == after:
        moved_on = was.reading.deadline and now.reading.deadline
        return Verdict(Kind.ROLLED, "期限随年度顺延") if moved_on else None
    later = after > before
    said = f"期限由{_day(was)}{'推迟' if later else '提前'}到{_day(now)}"
    return Verdict(Kind.RELAXED if later else Kind.TIGHTENED, said)


def _beyond(promise: _Promise) -> bool:
    """Tell whether the deadline lies after the year of the declaration: that of a longer undertaking does not roll."""
    return promise.due is not None and promise.due.year > promise.year


def _in_year(promise: _Promise) -> tuple[int, int, int]:
    """Return the deadline as years after its declaration, month and day; the end of a month is its 31st."""
    assert promise.due is not None
    ends_month = (promise.due + timedelta(days=1)).day == 1
    return promise.due.year - promise.year, promise.due.month, 31 if ends_month else promise.due.day


def _day(promise: _Promise) -> str:
    assert promise.due is not None
    year = "" if promise.due.year == promise.year else f"{promise.due.year}年"
    end = (promise.due + timedelta(days=1)).day == 1
    return f"{year}{promise.due.month}月{'底' if end else f'{promise.due.day}日'}"


_BINDING = re.compile("[≥≤<>=]|不少于|不低于|不超过|不高于|至少|以上|以下|以内|每|须|必须|确保|不得")


def _condition(was: _Promise, now: _Promise, old: PlacedIndicator, new: PlacedIndicator) -> Verdict | None:
    """Compare the remarks without their days; one that binds with a limit is a condition, another an explanation."""
    before = rolled(was.without_days(was.reading.remark), now.year - was.year)
    after = now.without_days(now.reading.remark)
    if before == after:
        return None
    if not before:
        if _only_names(now.text, after):
            return None
        if _BINDING.search(after):
            return Verdict(Kind.SHARPENED, f"写明了条件“{after}”")
        return Verdict(Kind.REWORDED, f"另加了说明“{after}”")
    if not after:
        if _BINDING.search(before):
            return Verdict(Kind.WEAKENED, f"不再写明条件“{before}”")
        if _only_names(was.text, before):
            return Verdict(Kind.REWORDED, f"不再重复“{before}”")
        return Verdict(Kind.NOT_COMPARABLE, f"不再写说明“{before}”，要求是否相同看不出来")
    limits = read(before), read(after)
    if all(limit.comparator and limit.baseline is None for limit in limits):
        found = compare(*limits, old, new)
        return found and replace(found, proof=f"条件由“{before}”改为“{after}”，{found.proof}")
    return Verdict(Kind.NOT_COMPARABLE, f"说明由“{before}”改为“{after}”，要求是否相同看不出来")


_RESULT = re.compile("达标|完成|合格|达到|覆盖|到位|及时|落实|计划标准|投入使用|[0-9.%]+")


def _only_names(text: str, remark: str) -> bool:
    """Tell whether a remark repeats what is measured (及时率100%) or that it is done (100%完成)."""
    return plain(text).startswith(remark) or _RESULT.fullmatch(remark) is not None


def judge_split(old: PlacedIndicator, parts: Sequence[PlacedIndicator]) -> Verdict:
    """Return 拆分 for a target that now stands in several, with the sum of the parts beside it where they add up."""
    said = f"拆分为{'、'.join(part.name for part in parts)}"
    readings = [placed.indicator.reading for placed in (old, *parts)]
    measures = [measure(reading.unit) for reading in readings]
    alike = (
        len({(m.dimension, r.comparator, r.baseline, r.upper) for m, r in zip(measures, readings, strict=True)}) == 1
    )
    numbers = [Fraction(r.number) * m.factor for m, r in zip(measures, readings, strict=True) if r.number is not None]
    if not alike or len(numbers) != len(readings) or measures[0].dimension == "%" or readings[0].upper is not None:
        return Verdict(Kind.SPLIT, f"{said}；各部分的目标值不能相加")
    unit, whole, total = readings[0].unit or "", numbers[0], sum(numbers[1:], Fraction(0))
    if total == whole:
        return Verdict(Kind.SPLIT, f"{said}；各部分之和与原来相同")
    amount, difference = (_printed(n / measures[0].factor) for n in (total, abs(total - whole)))
    return Verdict(
        Kind.SPLIT, f"{said}；各部分之和为 {amount}{unit}，比原来{'多' if total > whole else '少'} {difference}{unit}"
    )


def _printed(number: Fraction) -> str:
    return f"{(Decimal(number.numerator) / number.denominator).normalize():f}"
