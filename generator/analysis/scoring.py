"""What a printed score follows from: the named rules that forms use, tried one after the other.

None of them is law, and no number is built in: a form's own printed rules go first, then the site's (评分 in
site.yaml).
A printed score is never replaced; what follows from target and actual value stands beside it, with the rule's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import NamedTuple

from generator.analysis.figures import CENT, rounded
from generator.analysis.measures import in_base, measure
from generator.declaration import actual, target
from generator.declaration.actual import Actual
from generator.declaration.model import PlacedIndicator
from generator.declaration.reading import Reading
from generator.declaration.results import MoneyRow, Result, Results
from generator.declaration.site import Band, Grade, Scoring

RATIO = "分值×实际÷目标，不超过分值"
REVERSED = "分值×目标÷实际，不超过分值"
UNDIVIDED = "分值×实际完成的百分数，不除以目标"
SPENT = "分值×执行率，不超过分值"
NO_BANDS = "文字指标的分档没有印在表上，也没有登记"


class Expected(NamedTuple):
    """The score that follows by a named rule: one number (both ends are the same), or a band for a grade of words."""

    rule: str
    least: Decimal
    most: Decimal

    def __str__(self) -> str:
        least, most = _shown(self.least), _shown(self.most)
        return least if least == most else f"{least} 至 {most}"

    def fits(self, printed: Decimal) -> bool:
        """Tell whether a printed score follows: rounded to its own digits, but never coarser than a tenth."""
        unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
        unit = CENT if unit > Decimal("0.1") else unit
        if self.least == self.most:
            return rounded(self.least, unit) == printed
        return self.least.quantize(unit, ROUND_FLOOR) <= printed <= self.most.quantize(unit, ROUND_CEILING)


class Scored(NamedTuple):
    """What is known about a printed score: what follows by each rule that may apply, or why nothing can be told."""

    expected: tuple[Expected, ...]
    why: str = ""

    def fitting(self, printed: Decimal) -> Expected | None:
        """Return the first rule by which a printed score follows."""
        return next((expected for expected in self.expected if expected.fits(printed)), None)


def of_indicator(placed: PlacedIndicator, result: Result, scoring: Scoring | None) -> Scored:
    """Return what the score of an indicator follows from, by its target, its actual value and its weight."""
    if result.weight is None or result.weight.value is None:
        return Scored((), "没有写分值")
    if result.actual is None:
        return Scored((), "没有写实际完成值")
    aim = target.read(text := result.target_value or placed.indicator.target_value)  # a form scores by what it prints
    weight, found = result.weight.value, actual.read(result.actual, text)
    if aim.measurable and aim.baseline is None:
        return _number(aim, found, weight)
    if found.grade is None:
        return Scored((), "目标是文字要求，实际完成值不是“达成、部分达成、未达成”")
    if scoring is None or scoring.bands is None:
        return Scored((), NO_BANDS)
    bands = scoring.bands
    band = {"partly": bands.partly, "missed": bands.missed}.get(found.grade, bands.met)
    return Scored((_band(weight, band),))


def without_measurement(placed: PlacedIndicator, result: Result) -> str:
    """Say why a result states nothing that a score could rest on; empty where it does, and for targets in words."""
    if result.actual is None:
        return "没有写实际完成值"
    aim, found = placed.indicator.reading, actual.read(result.actual, placed.indicator.target_value)
    return found.why if aim.measurable and aim.baseline is None else ""


def of_money(row: MoneyRow) -> Scored:
    """Return what the score of the money follows from."""
    if row.weight is None or row.weight.value is None:
        return Scored((), "没有写分值")
    rates = [share for _, share in rates_of(row)]
    if row.rate and row.rate.value is not None:
        rates.insert(0, Fraction(row.rate.value) / 100)
    if not rates:
        return Scored((), "没有写执行率，也没有写执行数和预算数")
    return Scored(tuple(_one(SPENT, row.weight.value, rate) for rate in dict.fromkeys(rates)))


def rates_of(row: MoneyRow) -> Iterator[tuple[str, Fraction]]:
    """Yield the share that was spent of each base that the form states, with the base's label; the adjusted first."""
    if row.executed is None or row.executed.value is None:
        return
    for label, base in (("全年预算数", row.adjusted), ("年初预算数", row.initial)):
        if base and base.value:
            yield label, Fraction(row.executed.value) / Fraction(base.value)


def grade_of(total: Decimal, scoring: Scoring | None) -> Grade | None:
    """Return the grade that a total score has by the bands of a form or a site; None: nobody says."""
    grades = sorted(scoring.grades, key=lambda grade: -grade.least) if scoring else []
    return next((grade for grade in grades if total >= grade.least), None)


def governing(results: Results, site: Scoring | None) -> Scoring | None:
    """Return the rules that hold for results: part by part those printed on the form, else the site's."""
    if results.scoring is None or site is None:
        return results.scoring or site
    own = results.scoring
    more = {"weights": own.weights or site.weights, "grades": own.grades or site.grades}
    return own.model_copy(update={**more, "bands": own.bands or site.bands})


class Recomputed(NamedTuple):
    """A score recomputed: by which rule it follows (`fits`) or what would follow, or why nothing can be told."""

    fits: bool
    said: str


def recomputed(scored: Scored, printed: Decimal) -> Recomputed:
    """Say what a printed score follows from."""
    if not scored.expected:
        return Recomputed(False, f"无法复算：{scored.why}")
    if fitting := scored.fitting(printed):
        return Recomputed(True, f"合于“{fitting.rule}”")
    return Recomputed(False, "；".join(f"按“{expected.rule}”是 {expected}" for expected in scored.expected))


class Shares(NamedTuple):
    """The share of the promises' points that was claimed, and of the money that was spent, both in percent."""

    claimed: Decimal | None
    spent: Decimal | None


def shares(results: Results) -> Shares:
    """Return the two shares side by side; None where a figure is missing. No verdict follows from them."""
    placed = [(p.result.score, p.result.weight) for p in results.results()]
    stated = [(s.value, w.value) for s, w in placed if s and w and s.value is not None and w.value is not None]
    whole = sum((weight for _, weight in stated), Decimal(0))
    claimed = None
    if whole and len(stated) == len(placed):
        claimed = rounded(sum((score for score, _ in stated), Decimal(0)) * 100 / whole)
    spent = next((share for _, share in rates_of(results.money.total)), None) if results.money else None
    return Shares(claimed, None if spent is None else percent(spent))


def percent(share: Fraction) -> Decimal:
    """Return a share in percent, two decimals, rounded half up."""
    return rounded(exact_percent(share))


def exact_percent(share: Fraction) -> Decimal:
    """Return a share in percent, to 28 digits."""
    return Decimal(share.numerator) * 100 / Decimal(share.denominator)


def _number(aim: Reading, found: Actual, weight: Decimal) -> Scored:
    reached = found.reading
    if reached is None or reached.number is None:
        return Scored((), found.why)
    if aim.upper is not None or aim.number is None:
        return Scored((), "目标是一个范围")
    if reached.baseline is not None or measure(aim.unit).dimension != measure(reached.unit).dimension:
        return Scored((), "目标和实际完成值的单位不同")
    goal, value = in_base(aim.number, aim.unit), in_base(reached.number, reached.unit)
    if aim.comparator in ("≤", "<"):
        return Scored((_one(REVERSED, weight, goal / value if value else Fraction(1)),))
    expected = [_one(RATIO, weight, value / goal if goal else Fraction(int(value >= goal)))]
    if measure(aim.unit).dimension == "%" and goal != 100:
        expected.append(_one(UNDIVIDED, weight, value / 100))
    return Scored(tuple(expected))


def _one(rule: str, weight: Decimal, share: Fraction) -> Expected:
    part, whole = (share.numerator, share.denominator) if share < 1 else (1, 1)
    points, unit = weight.as_integer_ratio()
    score = Decimal(points * part) / Decimal(unit * whole)  # rounded once
    return Expected(rule, score, score)


def _band(weight: Decimal, band: Band) -> Expected:
    rule = f"文字分档：分值的 {_shown(band.least)}% 至 {_shown(band.most)}%"
    return Expected(rule, weight * band.least / 100, weight * band.most / 100)


def _shown(value: Decimal) -> str:
    text = f"{rounded(value):f}"
    return text.rstrip("0").rstrip(".")
