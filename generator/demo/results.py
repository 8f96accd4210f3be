"""What came of the fictional promises: results with every state, and slips that a form may have, each explained."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from generator.analysis import scoring
from generator.analysis.figures import money, rounded
from generator.content.yaml_reader import Data
from generator.content.yaml_writer import to_yaml
from generator.declaration.model import Declaration, PlacedIndicator
from generator.declaration.results import Result, Results
from generator.declaration.site import Scoring

SCORING: dict[str, Data] = {
    "等级": [{"名称": n, "下限": least} for n, least in (("优", "90"), ("良", "80"), ("中", "60"), ("差", "0"))],
    "文字分档": {
        "达成预期指标": {"下限": "80", "上限": "100"},
        "部分达成预期指标": {"下限": "50", "上限": "80"},
        "未达成预期指标": {"下限": "0", "上限": "50"},
    },
}
_RULES = Scoring.model_validate(SCORING)
_ON_PURPOSE = "虚构的示例有意留下的差错，用来演示检查。"
_SLIPS = ("R912", "R916", "R919", "R905", "R920")
_REASONS = ("部分场次因天气取消，已列入下一年计划。", "人员变动，进度晚于计划。", "采购重新招标，年底才完成。")


def results(rng: Random, declaration: Declaration, levels: dict[str, int]) -> str:
    """Write the results of a declaration; `levels` holds, by indicator, the last level that was measured."""
    slip = rng.choice(_SLIPS) if rng.random() < 0.3 else None
    placed = list(declaration.indicators())
    weights = _weights(len(placed))
    outcomes: dict[str, Data] = {}
    total = Decimal(0)
    for indicator, weight in zip(placed, weights, strict=True):
        result, slip_used = _result(rng, indicator, declaration.year, weight, levels, slip)
        if slip_used and slip in ("R919", "R905", "R920"):
            slip = f"{slip} used"
        total += Decimal(str(result["得分"]))
        tree = outcomes.setdefault(indicator.first_level, {})
        assert isinstance(tree, dict)
        below = tree.setdefault(indicator.second_level, {})
        assert isinstance(below, dict)
        below[indicator.name] = result
    row, score = _money(rng, declaration, slip == "R912")
    total += score
    data: dict[str, Data] = {
        "年度": str(declaration.year),
        "部门名称": declaration.department_name,
        "自评日期": f"{declaration.year + 1}-03-{declaration.year % 20 + 1:02}",
        "资金情况": {"年度资金总额": row},
        "目标完成情况": [{"预期目标": goal, "实际完成情况": "按计划推进。"} for goal in declaration.annual_goals],
        "指标完成情况": outcomes,
        "总分": str(total + 2 if slip == "R916" else total),
        "等级": (grade.name if (grade := scoring.grade_of(total, _RULES)) else "差"),
        "评分说明": "90分以上为优，80分以上为良，60分以上为中，其余为差。",
        "来源": {"公开日期": f"{declaration.year + 1}-05-{rng.randint(10, 30)}"},
    }
    if slip in ("R912", "R916") or (slip and slip.endswith("used")):
        data["说明事项"] = [{"规则": slip.split()[0], "理由": _ON_PURPOSE}]
    return to_yaml(Results.model_validate(data))


def progress(declaration: Declaration) -> str:
    """Write how far things had come by the middle of the year of a declaration."""
    numbers = [p for p in declaration.indicators() if p.indicator.reading.measurable][:3]
    outcomes: dict[str, Data] = {}
    for placed in numbers:
        reading = placed.indicator.reading
        tree = outcomes.setdefault(placed.first_level, {})
        assert isinstance(tree, dict)
        below = tree.setdefault(placed.second_level, {})
        assert isinstance(below, dict)
        below[placed.name] = f"{int(reading.number or 0) // 2}{reading.unit or ''}"
    until: dict[str, Data] = {"截至日期": f"{declaration.year}-06-30", "指标完成情况": outcomes}
    head: dict[str, Data] = {"年度": str(declaration.year), "部门名称": declaration.department_name}
    return to_yaml(Results.model_validate(head | {"进度": [until]}))


def _weights(count: int) -> list[Decimal]:
    """Part 90 points, in tenths, among the indicators; what does not divide goes to the first."""
    each, rest = divmod(900, count)
    return [Decimal(each + (place < rest)) / 10 for place in range(count)]


def _money(rng: Random, declaration: Declaration, slips: bool) -> tuple[dict[str, Data], Decimal]:
    budget = declaration.budget.total.value or Decimal(0)
    executed = rounded(budget * rng.randint(880, 1000) / 1000)
    rate = rounded(executed * 100 / budget)
    printed = rate - Decimal("0.02") if slips else rate
    score = rounded(printed / 10)
    return {
        "年初预算数": money(budget),
        "全年预算数": money(budget),
        "全年执行数": money(executed),
        "分值": "10",
        "执行率": f"{printed}%",
        "得分": str(score),
    }, score


def _result(
    rng: Random, placed: PlacedIndicator, year: int, weight: Decimal, levels: dict[str, int], slip: str | None
) -> tuple[dict[str, Data], bool]:
    """Make the result of an indicator; second, whether the slip was made here."""
    event = rng.random()
    kept = event < 0.93
    data: dict[str, Data] = {"实际完成值": _actual(rng, placed, year, kept, levels)}
    data |= {"年度指标值": placed.indicator.target_value, "分值": str(weight)}
    measurable = placed.indicator.reading.measurable and placed.indicator.reading.baseline is None
    if event > 0.97 and measurable:
        data |= {"实际完成值": "完成", "得分": "0", "原因": "没有统计完成的数量。"}
        return data, False
    if slip == "R920" and measurable and placed.indicator.reading.comparator:
        return data | {"实际完成值": placed.indicator.target_value, "得分": str(weight)}, True
    score = _score(placed, data, weight)
    if not kept:
        if slip == "R919" and measurable and score < weight:
            return data | {"得分": str(weight), "原因": rng.choice(_REASONS)}, True
        if slip == "R905" and score < weight:  # else nothing was lost that wants a reason
            return data | {"得分": str(score)}, True
        data |= {"得分": str(score), "原因": rng.choice(_REASONS)}
        return data, False
    return data | {"得分": str(score)}, False


def _score(placed: PlacedIndicator, data: dict[str, Data], weight: Decimal) -> Decimal:
    expected = scoring.of_indicator(placed, Result.model_validate(data), _RULES).expected
    return rounded(expected[0].most) if expected else weight


def _actual(rng: Random, placed: PlacedIndicator, year: int, kept: bool, levels: dict[str, int]) -> str:
    reading = placed.indicator.reading
    if reading.baseline is not None:
        before = levels.get(placed.indicator.former_name or placed.name, rng.randint(60, 75))
        levels[placed.name] = before + (rng.randint(1, 3) if kept else -1)
        return f"{levels[placed.name]}%"
    if reading.due(year):
        return f"{year}年{'10月' if kept else '12月'}{rng.randint(8, 20)}日"
    if reading.number is None:
        harm = placed.indicator.target_value == "无投诉"
        return ("0起" if kept else "2起") if harm else "达成预期指标" if kept else "部分达成预期指标"
    goal, way = int(reading.number), -1 if reading.comparator == "≤" else 1
    off = max(1, goal // 8)
    if reading.comparator == "=":
        reached = goal if kept else goal - 1
    else:
        reached = goal + way * (rng.randint(1, max(1, goal // 6)) if kept else -off)
    if reading.unit == "%":
        reached = min(reached, 100)
    return f"{max(reached, 0)}{reading.unit or ''}"
