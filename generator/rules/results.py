"""Results against their promises: the same year, the same indicators, the same targets; reasons for what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.analysis import identity, scoring
from generator.analysis.fulfilment import Fulfilment, State, earlier, judge
from generator.analysis.quantities import sense
from generator.content.validation import nearest
from generator.declaration import actual, target
from generator.declaration.model import PlacedIndicator
from generator.declaration.results import PlacedResult
from generator.diagnostics.model import Severity
from generator.rules import Case, Finding, Outcome, results_rule
from generator.rules.places import A_DEPARTMENT

FAR = Decimal(150)  # percent of the target; half as much again is worth a question, and only that
_AGAIN = "核对自评表；原表如此的，在“说明事项”写明。"


@results_rule("R901", Severity.WARNING)
def results_answer_a_declaration(case: Case) -> Iterator[Outcome]:
    """有结果的年度，也有申报表。

    原因：结果要与当初的承诺对照；没有申报表，读者看不到承诺了什么。
    不符：只有 2023.results.yaml，没有 2023.yaml
    相符：2023.yaml 和 2023.results.yaml 都有
    """
    if case.document is None:
        message = f"有 {case.file.year} 年度的结果，没有这一年度的申报表，网页上不会显示。"
        yield Finding(case.file.tree.value("年度"), message, "补录申报表，或核对年度。")


@results_rule("R902", Severity.WARNING)
def every_result_has_its_promise(case: Case) -> Iterator[Outcome]:
    """结果里的每项指标，都是申报表在同一类别下的指标，名称相同。

    原因：名称或类别不同，结果就接不到承诺上；另立的指标，年初没有承诺过。
    不符：申报表上是“演练场次”，结果里是“演练总场次”
    相符：名称和类别都相同
    """
    for placed in _unknown(case):
        near = _meant(case, placed)
        repair = f"是否应为“{near}”？" if near else ""
        message = f"申报表的“{placed.first_level}·{placed.second_level}”里没有指标“{placed.name}”。"
        yield Finding(case.file.tree.key(*placed.path), message, repair + _AGAIN)


@results_rule("R903", Severity.WARNING)
def every_promise_has_its_result(case: Case) -> Iterator[Outcome]:
    """申报表承诺的每项指标，结果里都有；表上空着的写“未公开”。

    原因：漏掉的指标，读者不知道做到没有。
    不符：申报表有 10 项指标，结果里只有 9 项
    相符：10 项指标都在结果里
    """
    if case.document is None or not case.results.outcomes:
        return
    known = {placed.key for placed in case.results.results()}
    meant = {_meant(case, placed) for placed in _unknown(case)}
    promises = [p for p in case.document.declaration.indicators() if identity.key(p) not in known]
    if missing := [p.name for p in promises if p.name not in meant]:
        message = f"申报表的 {len(missing)} 项指标在结果里没有：{'、'.join(missing)}。"
        yield Finding(case.file.tree.key("指标完成情况"), message, "对照自评表补上；表上确实没有的，在“说明事项”写明。")


def _unknown(case: Case) -> list[PlacedResult]:
    if case.document is None:
        return []
    known = {identity.key(placed) for placed in case.document.declaration.indicators()}
    return [placed for placed in case.results.results() if placed.key not in known]


def _meant(case: Case, placed: PlacedResult) -> str | None:
    promised = list(case.document.declaration.indicators()) if case.document else []
    here = [p.name for p in promised if (p.first_level, p.second_level) == placed.key[:2]]
    elsewhere = [p.name for p in promised if p.name == placed.name]
    return next(iter(elsewhere), None) or nearest(placed.name, here)


@results_rule("R904", Severity.WARNING)
def the_target_is_still_the_same(case: Case) -> Iterator[Outcome]:
    """自评表上又印的目标值，与申报表的含义相同。

    原因：年初承诺的和年终对照的不是同一个目标，做到与否就无从谈起。
    不符：申报表 ≥266米，自评表的年度指标值 ≥200米
    相符：申报表 ≥1.00(次)，自评表的年度指标值 ≥1次
    """
    for placed, found in case.pairs:
        printed, promised = found.result.target_value, placed.indicator.target_value
        if printed is None or actual.plain(printed) == actual.plain(promised):
            continue
        if target.read(printed) != target.read(promised):
            mark = case.file.tree.value(*found.path, "年度指标值")
            yield Finding(mark, f"自评表印的目标值是“{printed}”，申报表是“{promised}”。", _AGAIN)


@results_rule("R905", Severity.WARNING)
def a_miss_has_its_reason(case: Case) -> Iterator[Outcome]:
    """没做到的、没有得满分的指标，写明原因。

    原因：没做到不是丑事，不说明原因才使人怀疑；原因写明了，来年的目标才定得准。
    不符：承诺 ≥3次，实际 1次，“原因”没有写
    相符：承诺 ≥3次，实际 1次，原因：台风取消两场
    """
    for (placed, found), fulfilled in zip(case.pairs, _judged(case), strict=True):
        result, missed = found.result, fulfilled.state is State.MISSED
        short = missed or ((lost := result.lost) is not None and lost > 0)
        if not short or result.reason is not None or _wrongly_scored(case, placed, found):
            continue
        mark, name = case.file.tree.key(*found.path), found.name
        repair = "照录自评表上的原因；表上没有写的，在“说明事项”写明。"
        if missed:
            yield Finding(mark, f"“{name}”没做到，没有写原因：{fulfilled.reason}", repair)
        else:
            yield Finding(mark, f"“{name}”得分 {result.score}，分值 {result.weight}，没有写扣分的原因。", repair)


@lru_cache(A_DEPARTMENT)
def _judged(case: Case) -> list[Fulfilment]:
    """Return what became of each promise of `case.pairs`."""
    if case.document is None:
        return []
    folder, document = case.folder, case.document
    return [judge(p, found.result, case.file.year, earlier(folder, document, p)) for p, found in case.pairs]


def _wrongly_scored(case: Case, placed: PlacedIndicator, found: PlacedResult) -> bool:
    """Tell whether the score itself is in question: R919 says so, and once is enough."""
    printed = found.result.score.value if found.result.score else None
    scored = scoring.of_indicator(placed, found.result, case.scoring)
    return printed is not None and bool(scored.expected) and scored.fitting(printed) is None


@results_rule("R906", Severity.NOTICE)
def not_far_above_the_target(case: Case) -> Iterator[Outcome]:
    """实际完成值不到目标值的一倍半。

    原因：超出很多，可能是目标定得太低，也可能是实际完成值抄错了一位。
    不符：目标 ≥100人次，实际 2280人次
    相符：目标 ≥100人次，实际 120人次
    """
    for (placed, found), fulfilled in zip(case.pairs, _judged(case), strict=True):
        attained = fulfilled.attainment
        promised = placed.indicator.reading.number or Decimal(0)
        more_than_one = attained is not None and promised * (attained - 100) > 100  # 3 for ≥2 is one more, no slip
        if attained is not None and attained >= FAR and more_than_one and sense(placed).way > 0:
            message = f"目标“{placed.indicator.target_value}”，实际“{found.result.actual}”，是目标的 {attained}%。"
            mark = case.file.tree.value(*_place(case, found))
            yield Finding(mark, message, "核对自评表，是不是多写了一位；属实的，网页照实显示。")


def _place(case: Case, found: PlacedResult) -> tuple[str, ...]:
    full = (*found.path, "实际完成值")
    return full if full in case.file.tree.places else found.path
