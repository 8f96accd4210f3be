"""Points and the money they are given for: sums, rates, weights, grades, and what each score follows from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.analysis import scoring
from generator.analysis.figures import adds_up, money, rounded
from generator.declaration.quantity import Amount, Score
from generator.declaration.results import MoneyRow
from generator.diagnostics.model import Severity
from generator.rules import CannotTell, Case, Finding, Outcome, results_rule

_AGAIN = "核对自评表；原表如此的，在“说明事项”写明。"
_COLUMNS = (("年初预算数", "initial"), ("全年预算数", "adjusted"), ("全年执行数", "executed"))
_WHOLE = Decimal(100)  # the points that all weights make, as on every form seen


def _rows(case: Case) -> Iterator[tuple[str, MoneyRow]]:
    if case.results.money:
        yield "年度资金总额", case.results.money.total
        yield from case.results.money.parts.items()


@results_rule("R911", Severity.WARNING)
def the_total_row_is_the_sum(case: Case) -> Iterator[Outcome]:
    """年度资金总额的每一列，等于财政拨款、上年结转资金、其他资金之和，精确到分。

    原因：总额错了，执行率和资金的得分跟着错。
    不符：总额一行 0、0、0，财政拨款一行 2,026,400.00、1,329,120.00
    相符：总额 100.00，财政拨款 60.00，其他资金 40.00
    """
    if case.results.money is None or not case.results.money.parts:
        return
    wrong, open_ = [], []
    for label, name in _COLUMNS:
        total: Amount | None = getattr(case.results.money.total, name)
        parts: list[Amount | None] = [getattr(row, name) for row in case.results.money.parts.values()]
        if total is None or not any(parts):
            continue
        outcome, stated = adds_up(total, parts)
        if outcome == "fails":
            wrong.append(f"{label}的各项合计 {money(stated)} 元，总额写的是 {total} 元")
        elif outcome == "cannot tell":
            open_.append(label)
    mark = case.file.tree.key("资金情况", "年度资金总额")
    if wrong:
        yield Finding(mark, f"{'；'.join(wrong)}。", _AGAIN)
    elif open_:
        yield CannotTell(mark, f"{'、'.join(open_)}有金额没有写明数字")


@results_rule("R912", Severity.WARNING)
def the_rate_follows(case: Case) -> Iterator[Outcome]:
    """执行率等于全年执行数除以全年预算数（或年初预算数），按表上的小数位数四舍五入。

    原因：执行率常常是手算的；它决定资金的得分。
    不符：执行 215,457.60，预算 250,000.00，执行率 86.19%（应是 86.18%）
    相符：执行 215,457.60，预算 250,000.00，执行率 86.18%
    """
    for label, row in _rows(case):
        if row.rate is None or row.rate.value is None:
            continue
        printed = row.rate.value
        unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
        bases = [(base, scoring.exact_percent(share)) for base, share in scoring.rates_of(row)]
        if bases and not any(rounded(share, unit) == printed for _, share in bases):
            said = "，".join(f"除以{base}是 {rounded(share)}%" for base, share in bases)
            mark = case.file.tree.value("资金情况", label, "执行率")
            yield Finding(mark, f"“{label}”的执行率写的是 {row.rate}，全年执行数{said}。", _AGAIN)


@results_rule("R913", Severity.WARNING)
def the_score_of_the_money_follows(case: Case) -> Iterator[Outcome]:
    """资金的得分等于分值乘执行率，不超过分值。

    原因：见过的自评表都这样算；另有算法的，应在表上写明。
    不符：分值 10，执行率 86.18%，得分 10
    相符：分值 10，执行率 86.18%，得分 8.62
    """
    for label, row in _rows(case):
        scored = scoring.of_money(row)
        if row.score is None or row.score.value is None or not scored.expected or _above(row.score, row.weight):
            continue
        if scored.fitting(row.score.value) is None:
            message = f"“{label}”得分 {row.score}，按“{scoring.SPENT}”应是 {scored.expected[0]}。"
            yield Finding(case.file.tree.value("资金情况", label, "得分"), message, _AGAIN)


@results_rule("R914", Severity.WARNING)
def the_weights_make_a_hundred(case: Case) -> Iterator[Outcome]:
    """资金和全部指标的分值之和是 100。

    原因：分值加起来不是 100，总分就不能与别的部门、别的年度相比。
    不符：资金 10，各项指标合计 100
    相符：资金 10，各项指标合计 90
    """
    weights = _weights(case)
    if weights is not None and (whole := sum(weights, Decimal(0))) != _WHOLE:
        yield Finding(case.file.tree.key("指标完成情况"), f"资金和全部指标的分值合计 {whole}，不是 100。", _AGAIN)


def _weights(case: Case) -> list[Decimal] | None:
    """Return the weights of the money and of every indicator; None where an indicator has none, or no number."""
    placed = [p.result.weight for p in case.results.results()]
    found = [weight.value for weight in placed if weight is not None and weight.value is not None]
    if not found or len(found) < len(placed):
        return None
    own = case.results.money.total.weight if case.results.money else None
    if own is None:
        return found
    return None if own.value is None else [*found, own.value]


@results_rule("R915", Severity.WARNING)
def the_weights_make_their_heading(case: Case) -> Iterator[Outcome]:
    """标题上的分值，等于它下面各项指标的分值之和。

    原因：“产出指标(50分)”下面加起来不是 50，有一处写错了。
    不符：产出指标 50，下面两项 30 和 30
    相符：产出指标 50，下面两项 30 和 20
    """
    for heading, weight in case.results.category_weights.items():
        below = [p for p in case.results.results() if heading == p.first_level]
        below = below or [p for p in case.results.results() if heading == p.second_level]
        found = [p.result.weight.value for p in below if p.result.weight and p.result.weight.value is not None]
        if weight.value is None or not found or len(found) < len(below):
            continue
        if (whole := sum(found, Decimal(0))) != weight.value:
            mark = case.file.tree.value("类别分值", heading)
            yield Finding(mark, f"“{heading}”的分值是 {weight}，下面各项合计 {whole}。", _AGAIN)


@results_rule("R916", Severity.WARNING)
def the_scores_make_the_total(case: Case) -> Iterator[Outcome]:
    """总分等于资金和各项指标的得分之和；有复核分的，也可以按复核分合计。

    原因：总分是读者最先看的数，必须能由各项得分加出来。
    不符：各项得分合计 97.33，总分 99.33
    相符：各项得分合计 99.33，总分 99.33
    """
    total = case.results.total_score
    if total is None or total.value is None:
        return
    own, reviewed = _sum(case, reviewed=False), _sum(case, reviewed=True)
    sums = [scoring.Expected("", whole, whole) for whole in (own, reviewed) if whole is not None]
    if own is not None and not any(whole.fits(total.value) for whole in sums):
        mark = case.file.tree.value("总分")
        yield Finding(mark, f"总分写的是 {total}，各项得分合计 {own}。", _AGAIN)


def _sum(case: Case, reviewed: bool) -> Decimal | None:
    """Add up the scores, or the reviewer's where there are any; None where one of them is missing."""
    placed = list(case.results.results())
    scores = [(reviewed and p.result.reviewed_score) or p.result.score for p in placed]
    money_ = case.results.money.total.score if case.results.money else None
    weight = case.results.money.total.weight if case.results.money else None
    if not placed or any(s is None or s.value is None for s in scores) or (weight and not money_):
        return None
    values = [s.value for s in [*scores, money_] if s is not None and s.value is not None]
    return sum(values, Decimal(0))


@results_rule("R917", Severity.WARNING)
def the_grade_follows(case: Case) -> Iterator[Outcome]:
    """等级由总分按分档得出；分档以自评表上印的为准，没有印的以 site.yaml 的“评分”为准。

    原因：等级是给读者的结论，要能由总分推出来。
    不符：分档 90 分起为优，总分 88.5，等级 优
    相符：分档 90 分起为优，总分 92.0，等级 优
    """
    results, mark = case.results, case.file.tree.value("等级")
    if results.grade is None or results.total_score is None or results.total_score.value is None:
        return
    if case.scoring is None or not case.scoring.grades:
        yield CannotTell(mark, "等级的分档没有印在表上，也没有登记")
        return
    follows = scoring.grade_of(results.total_score.value, case.scoring)
    if follows is None or follows.name != results.grade:
        due = f"应是“{follows.name}”" if follows else "低于最低一档"
        yield Finding(mark, f"等级写的是“{results.grade}”，总分 {results.total_score}，按分档{due}。", _AGAIN)


def _above(score: Score | None, weight: Score | None) -> bool:
    if score is None or weight is None or score.value is None or weight.value is None:
        return False
    return score.value > weight.value


@results_rule("R918", Severity.WARNING)
def no_score_above_its_weight(case: Case) -> Iterator[Outcome]:
    """得分和复核分不超过分值。

    原因：分值是满分。
    不符：分值 10，得分 12
    相符：分值 10，得分 10
    """
    for label, row in _rows(case):
        if _above(row.score, row.weight):
            mark = case.file.tree.value("资金情况", label, "得分")
            yield Finding(mark, f"“{label}”得分 {row.score}，超过分值 {row.weight}。", _AGAIN)
    for placed in case.results.results():
        result = placed.result
        for label, score in (("得分", result.score), ("复核分", result.reviewed_score)):
            if _above(score, result.weight):
                mark = case.file.tree.value(*placed.path, label)
                yield Finding(mark, f"“{placed.name}”{label} {score}，超过分值 {result.weight}。", _AGAIN)


@results_rule("R919", Severity.WARNING)
def every_score_follows(case: Case) -> Iterator[Outcome]:
    """得分能由目标值、实际完成值和分值按一条写明的算法推出来；推不出来的，网页上写“无法复算”和原因。

    原因：算法有好几种，本站逐一试算，写明合的是哪一种；一种都不合，就请核对。
    不符：目标 ≥43.2%，实际 37.24%，分值 10，得分 9（按“分值×实际÷目标”是 8.62）
    相符：目标 ≥43.2%，实际 37.24%，分值 10，得分 8.62
    """
    unknown = []
    for placed, found in case.pairs:
        result = found.result
        if result.score is None or result.score.value is None or _above(result.score, result.weight):
            continue
        scored = scoring.of_indicator(placed, result, case.scoring)
        if not scored.expected:
            if scored.why == scoring.NO_BANDS:
                unknown.append(found)
        elif scored.fitting(result.score.value) is None:
            said = "，".join(f"按“{expected.rule}”是 {expected}" for expected in scored.expected)
            reason = "" if result.reason else "，也没有写原因"
            mark = case.file.tree.value(*found.path, "得分")
            yield Finding(mark, f"“{found.name}”得分 {result.score}，{said}{reason}。", _AGAIN)
    if unknown:
        mark = case.file.tree.value(*unknown[0].path, "得分")
        yield CannotTell(mark, f"从这里起 {len(unknown)} 项文字指标的得分：{scoring.NO_BANDS}")


@results_rule("R920", Severity.WARNING)
def no_score_without_a_measurement(case: Case) -> Iterator[Outcome]:
    """目标是数字的指标，有得分就有实际完成的数。

    原因：“完成”、照抄的目标值都不是测出来的数，得分没有根据。
    不符：目标 ≥266米，实际完成值 ≥266米，得分 10；目标 ≤30万元，实际完成值 完成，得分 90
    相符：目标 ≥266米，实际完成值 270米，得分 10
    """
    for placed, found in case.pairs:
        score = found.result.score
        if score is None or not score.value:
            continue
        why = scoring.without_measurement(placed, found.result)
        if why:
            mark = case.file.tree.value(*found.path, "得分")
            yield Finding(mark, f"“{found.name}”得分 {score}，但是{why}。", _AGAIN)


@results_rule("R921", Severity.WARNING)
def the_weights_are_those_laid_down(case: Case) -> Iterator[Outcome]:
    """资金和各类别的分值，与“评分”里登记的相同。

    原因：登记的分值是这张表或本站事先写明的，不能各填各的。
    不符：登记 产出指标 50，表上各项合计 60
    相符：登记 产出指标 50，表上各项合计 50
    """
    for heading, laid_down in (case.scoring.weights if case.scoring else {}).items():
        if heading == "资金情况":
            found = [case.results.money.total.weight] if case.results.money else []
            mark = case.file.tree.key("资金情况", "年度资金总额", "分值")
        else:
            found = [p.result.weight for p in case.results.results() if heading == p.first_level]
            mark = case.file.tree.key("指标完成情况", heading)
        stated = [weight.value for weight in found if weight and weight.value is not None]
        if stated and len(stated) == len(found) and (whole := sum(stated, Decimal(0))) != laid_down:
            yield Finding(mark, f"“{heading}”的分值合计 {whole}，登记的是 {laid_down}。", _AGAIN)
