"""Was a promise kept? One of five states, from the target and the published actual value, never from a score.

A number is held against the interval that the target allows (see measures), in one unit; a target without ≥ or ≤
only where it can be told which way is better (see quantities.sense). A relative target needs the earlier year's
published actual value, or a stated change. A target in words is kept by the form's own grade of words, or where the
actual value says the same; other words are not judged. Where anything is open, the state is 无法判断, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from generator.analysis import identity, wording
from generator.analysis.figures import rounded
from generator.analysis.identity import Key
from generator.analysis.measures import Interval, in_base, interval, measure
from generator.analysis.quantities import sense
from generator.content.corpus import DepartmentFolder, Document
from generator.declaration import actual
from generator.declaration.actual import Actual
from generator.declaration.model import PlacedIndicator
from generator.declaration.reading import Reading
from generator.declaration.results import Result


class State(StrEnum):
    """What became of a promise; the values are what readers see."""

    MET = "做到"
    MISSED = "没做到"
    CANNOT_TELL = "无法判断"
    NO_RESULT = "未公布结果"
    NOT_DUE = "尚未到期"


DEFINITIONS = {
    State.MET: "公布的实际完成值符合目标值的要求；文字目标，自评为“达成预期指标”，或者实际完成情况与目标的文字相同。",
    State.MISSED: "公布的实际完成值不符合目标值的要求；文字目标，自评为“部分达成”或“未达成”。",
    State.CANNOT_TELL: "公布了结果，但由目标值和实际完成值看不出是否做到；旁边写明原因。",
    State.NO_RESULT: "过了结果公布期限，本站没有收到这项指标的实际完成值。",
    State.NOT_DUE: "结果公布期限还没有到。",
}


@dataclass(frozen=True)
class Fulfilment:
    """The state of a promise, the reason in one sentence, and the attainment in percent where it can be told.

    Attainment is actual ÷ target, for an upper limit target ÷ actual, both in one unit; two decimals, rounded half up.
    """

    state: State
    reason: str
    attainment: Decimal | None = None


class Earlier(NamedTuple):
    """The year that a relative target refers to, and that year's published actual value; None: there is none."""

    year: int
    actual: Actual | None


def of_declaration(folder: DepartmentFolder, document: Document, expected: date, today: date) -> dict[Key, Fulfilment]:
    """Judge every promise of a declaration; its results are not missed before the day `expected` is over."""
    found = folder.results_of(document.year)
    if found is None:
        state = State.NO_RESULT if today > expected else State.NOT_DUE
        reason = "本站没有这一年度的结果" if state is State.NO_RESULT else f"结果预计 {expected} 前公布"
        return {identity.key(placed): Fulfilment(state, f"{reason}。") for placed in document.declaration.indicators()}
    results = {placed.key: placed.result for placed in found.results.results()}
    return {
        identity.key(placed): judge(
            placed, results.get(identity.key(placed)), document.year, earlier(folder, document, placed)
        )
        for placed in document.declaration.indicators()
    }


def earlier(folder: DepartmentFolder, document: Document, placed: PlacedIndicator) -> Earlier | None:
    """Find the actual value that a relative target refers to; None for any other target."""
    named = placed.indicator.reading.baseline
    if named is None:
        return None
    year = document.year - 1 if named == "上年" else named
    chain = [d.declaration for d in reversed(folder.documents) if year <= d.year <= document.year]
    then = identity.traced(placed, chain) if chain[-1].year == year else None
    results = folder.results_of(year)
    if then is None or results is None:
        return Earlier(year, None)
    text = next((p.result.actual for p in results.results.results() if p.key == identity.key(then)), None)
    return Earlier(year, actual.read(text, then.indicator.target_value) if text else None)


def judge(placed: PlacedIndicator, result: Result | None, year: int, before: Earlier | None = None) -> Fulfilment:
    """Judge a promise of `year` by its published result; `before` is what a relative target refers to."""
    aim, text = placed.indicator.reading, placed.indicator.target_value
    if result is None:
        return Fulfilment(State.NO_RESULT, "公布的结果里没有这项指标。")
    if result.actual is None:
        return Fulfilment(State.NO_RESULT, "公布的结果里这项指标没有写实际完成值。")
    if wording.unstated(result.actual):
        return Fulfilment(State.NO_RESULT, f"公布的结果里实际完成值写的是“{result.actual}”。")
    if wording.unstated(text):
        return _open(f"申报表的目标值写的是“{text}”")
    found = actual.read(result.actual, text)
    if aim.baseline is not None:
        return _relative(aim, text, found, year, before)
    return _number(placed, found, year) if aim.measurable else _words(aim, text, found, year)


def count(fulfilments: Iterable[Fulfilment]) -> Mapping[State, int]:
    """Count the states, in their order, without those that do not occur."""
    counts = Counter(fulfilment.state for fulfilment in fulfilments)
    return {state: counts[state] for state in State if counts[state]}


def total(some: Iterable[Mapping[State, int]]) -> Mapping[State, int]:
    """Add counts of states."""
    counts: Counter[State] = Counter()
    for found in some:
        counts.update(found)
    return {state: counts[state] for state in State if counts[state]}


def _open(why: str, attainment: Decimal | None = None) -> Fulfilment:
    return Fulfilment(State.CANNOT_TELL, f"{why}。", attainment)


def _number(placed: PlacedIndicator, found: Actual, year: int) -> Fulfilment:
    aim, text = placed.indicator.reading, placed.indicator.target_value
    if found.reading is None:
        return _open(found.why)
    if found.reading.baseline is not None:
        return _open("实际完成值写的是变化，目标是一个数")
    if _of_something_else(found, placed):
        return _open(f"实际完成值写的是“{found.reading.remark}”，看不出就是这项指标")
    if why := _other_unit(aim, found.reading):
        return _open(why)
    value = _value(found.reading, aim)
    span = interval(aim)
    assert span is not None
    way, why = sense(placed)
    attained = _attainment(aim, value, span, way)
    side = _side(value, span)
    said = f"目标“{text}”，实际“{found.text}”"
    if side == 0:
        due = aim.due(year)
        if due and due < date(year, 12, 31):
            return _open(f"{said}，数量达到，但没有写完成的日期，看不出是否在期限 {due} 以前", attained)
        return Fulfilment(State.MET, f"{said}，符合。", attained)
    off = "多于目标" if side > 0 else "少于目标"
    fixed = aim.comparator == "=" or aim.upper is not None
    if side * way > 0:
        if fixed:
            return _open(f"{said}，{off}；目标要求正好相等，看不出是否算做到", attained)
        return Fulfilment(State.MET, f"{said}，{off}；{why}。", attained)
    if way == 0 and aim.upper is None:
        return _open(f"{said}，{off}；{why}", attained)
    return Fulfilment(State.MISSED, f"{said}，{off}{f'；{why}' if why and way else ''}。", attained)


def _of_something_else(found: Actual, placed: PlacedIndicator) -> bool:
    """Tell whether a number comes with words that name another measure: 完成率98% beside 合格率."""
    words = found.reading.remark if found.reading else None
    if not words or not re.search("[率度]$", words) or not actual.plain(found.text).startswith(words):
        return False
    return words not in placed.name and words not in placed.indicator.target_value


def _other_unit(aim: Reading, reached: Reading) -> str:
    """Say how the unit of an actual value is not that of the target; nothing where they can be compared."""
    if aim.unit is None and reached.unit is not None and measure(reached.unit).dimension != "%":
        return ""  # the target counts whatever its name says
    if measure(aim.unit).dimension == measure(reached.unit).dimension:
        return ""
    return f"单位不同：目标是“{aim.unit or '没有单位'}”，实际是“{reached.unit or '没有单位'}”"


def _value(reached: Reading, aim: Reading) -> Fraction:
    assert reached.number is not None
    return in_base(reached.number, reached.unit) if aim.unit is not None else Fraction(reached.number)


def _side(value: Fraction, span: Interval) -> int:
    """Return -1 where a value lies below the values that are allowed, 1 above them, 0 among them."""
    if span.low is not None and (value < span.low or (span.low_open and value == span.low)):
        return -1
    return int(span.high is not None and (value > span.high or (span.high_open and value == span.high)))


def _attainment(aim: Reading, value: Fraction, span: Interval, way: int) -> Decimal | None:
    if aim.upper is not None or aim.number is None:
        return None
    goal = in_base(aim.number, aim.unit)
    part, whole = (goal, value) if way < 0 else (value, goal)
    if not whole:
        return None
    share = part * 100 / whole
    return rounded(Decimal(share.numerator) / Decimal(share.denominator))


_RISES = {"up": 1, "down": -1, "steady": 0}
_MOVES = {1: "上升", -1: "下降", 0: "相同"}


def _relative(aim: Reading, text: str, found: Actual, year: int, before: Earlier | None) -> Fulfilment:
    assert before is not None
    if found.reading is None:
        return _open(f"{found.why}，无法与 {before.year} 年比较")
    if found.reading.baseline is not None:
        named = year - 1 if found.reading.baseline == "上年" else found.reading.baseline
        if named != before.year or found.reading.direction is None or aim.direction is None:
            return _open(f"目标“{text}”，实际“{found.text}”，比较的不是同一件事")
        return _change(aim, text, found, found.reading, _RISES[found.reading.direction])
    if before.actual is None or before.actual.reading is None or before.actual.reading.baseline is not None:
        return _open(f"目标要与 {before.year} 年比较，本站没有 {before.year} 年的实际完成值")
    then = before.actual.reading
    if measure(then.unit).dimension != measure(found.reading.unit).dimension:
        return _open(f"{before.year} 年的实际完成值是“{before.actual.text}”，与“{found.text}”单位不同")
    now, was = _value(found.reading, found.reading), _value(then, then)
    moved = (now > was) - (now < was)
    said = f"实际“{found.text}”，{before.year} 年“{before.actual.text}”"
    if aim.direction is None:
        bound = interval(Reading(aim.comparator, Decimal(0)))
        assert bound is not None
        state = State.MISSED if _side(now - was, bound) else State.MET
        return Fulfilment(state, f"目标“{text}”，{said}，{_MOVES[moved]}。")
    if aim.number is not None and moved == _RISES[aim.direction] and moved:
        change = _changed(now, was, measure(then.unit).dimension, aim)
        if change is None:
            return _open(f"目标“{text}”，{said}，{_MOVES[moved]}；变化的幅度有不止一种算法")
        return _by_degree(aim, f"目标“{text}”，{said}，{_MOVES[moved]}", change)
    return _direction(aim, f"目标“{text}”，{said}，{_MOVES[moved]}", moved)


def _change(aim: Reading, text: str, found: Actual, stated: Reading, moved: int) -> Fulfilment:
    """Judge by the change that the actual value itself states: 较2023年提升5%."""
    said = f"目标“{text}”，实际“{found.text}”"
    wanted = _RISES[aim.direction or "steady"]
    if aim.number is None or moved != wanted:
        return _direction(aim, said, moved)
    if measure(stated.unit).dimension != measure(aim.unit).dimension:
        return _open(f"{said}，单位不同")
    return _by_degree(aim, said, _value(stated, aim))


def _direction(aim: Reading, said: str, moved: int) -> Fulfilment:
    wanted = _RISES[aim.direction or "steady"]
    if moved == wanted:
        return Fulfilment(State.MET, f"{said}，符合。")
    if wanted == 0:
        return _open(f"{said}；变动多少还算持平，看不出")
    return Fulfilment(State.MISSED, f"{said}，不符合。")


def _by_degree(aim: Reading, said: str, change: Fraction) -> Fulfilment:
    assert aim.number is not None
    span = interval(aim if aim.comparator else Reading("≥", aim.number, aim.unit))
    assert span is not None
    if _side(change, span) == 0:
        return Fulfilment(State.MET, f"{said}，幅度符合。")
    return Fulfilment(State.MISSED, f"{said}，幅度不符合。")


def _changed(now: Fraction, was: Fraction, dimension: str, aim: Reading) -> Fraction | None:
    """Return by how much a value changed, as the target counts it; None where that can be counted in two ways."""
    by = measure(aim.unit)
    gap = abs(now - was)
    if by.dimension == "%" and dimension != "%" and was:
        return gap * 100 / was
    if by.dimension == "个百分点" and dimension == "%":
        return gap * by.factor
    return gap if by.dimension == dimension != "%" else None


def _words(aim: Reading, text: str, found: Actual, year: int) -> Fulfilment:
    said = f"目标“{text}”，实际“{found.text}”"
    statement, words = actual.plain(aim.statement or ""), actual.plain(found.text)
    number = found.reading.number if found.reading and found.reading.baseline is None else None
    if number is not None:
        return _number_for_words(statement, said, found, number)
    due, done = aim.due(year), actual.finished(found.text, year)
    if due and done:
        if done.last <= due:
            return Fulfilment(State.MET, f"{said}，在期限 {due} 以内。")
        if done.first and done.first > due:
            return Fulfilment(State.MISSED, f"{said}，晚于期限 {due}。")
        return _open(f"{said}，看不出是否在期限 {due} 以前")
    if found.grade == "partly":
        return Fulfilment(State.MISSED, f"目标是文字要求“{text}”，自评为“{found.text}”，没有全部达成。")
    if found.grade == "missed":
        return Fulfilment(State.MISSED, f"目标是文字要求“{text}”，自评为“{found.text}”。")
    if found.grade == "met":
        return Fulfilment(State.MET, f"目标是文字要求“{text}”，自评为“{found.text}”。")
    if aim.direction in ("up", "down"):
        return _open(f"{said}，没有写从多少到多少")
    if words in (actual.plain(text), statement) or (found.grade == "done" and statement.endswith("完成")):
        return Fulfilment(State.MET, f"{said}，与目标的文字相同。")
    if words in {f"{no}{statement}" for no in ("不", "未", "没有", "未能", "没")}:
        return Fulfilment(State.MISSED, f"{said}，与目标相反。")
    return _open(f"{said}，文字不同，不作判断")


def _number_for_words(statement: str, said: str, found: Actual, number: Decimal) -> Fulfilment:
    """Judge a number beside 无投诉 or 全覆盖; beside any other words it is left open."""
    percent = found.reading is not None and measure(found.reading.unit).dimension == "%"
    if wording.harm_ruled_out(statement) and (number == 0 or not percent):
        state = State.MISSED if number else State.MET
        return Fulfilment(state, f"{said}，{'发生了要避免的事' if number else '没有发生'}。")
    if wording.all_of_it(statement) and percent and number <= 100:
        state = State.MISSED if number < 100 else State.MET
        return Fulfilment(state, f"{said}，{'不是全部' if number < 100 else '是全部'}。")
    return _open(f"{said}，目标没有写明数字，不作判断")
