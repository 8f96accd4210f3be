"""Was a promise kept: the states by a table, by laws, through the years and by the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import RESULT, SMALL

from generator import build
from generator.analysis import fulfilment
from generator.analysis.fulfilment import Earlier, State, judge
from generator.declaration import actual
from generator.declaration.model import Indicator, PlacedIndicator
from generator.declaration.results import Result

MET, MISSED, OPEN, NONE = State.MET, State.MISSED, State.CANNOT_TELL, State.NO_RESULT


def placed(target: str, name: str = "演练场次", second: str = "数量指标") -> PlacedIndicator:
    first = {"数量指标": "产出指标", "服务对象满意度指标": "满意度指标"}.get(second, "产出指标")
    return PlacedIndicator(first, second, name, Indicator.model_validate(target))


def state(target: str, text: str, name: str = "演练场次", second: str = "数量指标", before: str | None = None) -> State:
    promise = placed(target, name, second)
    named = promise.indicator.reading.baseline
    then = Earlier(2023, actual.read(before, target) if before else None) if named else None
    found = judge(promise, Result.model_validate(text), 2024, then)
    assert found.reason.endswith("。")
    assert found.reason.count("。") == 1
    return found.state


@pytest.mark.parametrize(
    ("target", "text", "expected"),
    [
        ("≥1.00(次)", "1", MET),
        ("≥1.00(次)", "0次", MISSED),
        ("≥90%", "89.99%", MISSED),
        ("≥90%", "90", MET),
        (">90%", "90%", MISSED),
        ("<5%", "5%", MISSED),
        ("≤30万元", "28.5万元", MET),
        ("≤30万元", "300,000元", MET),
        ("≤30万元", "31万元", MISSED),
        ("≥1公里", "1200米", MET),
        ("≥1公里", "999米", MISSED),
        ("=14.00(个街镇)", "14", MET),
        ("=14.00(个街镇)", "13", MISSED),
        ("=14.00(个街镇)", "15", OPEN),  # more is better, but the target says equal
        ("50户", "50户", MET),
        ("50户", "52户", MET),
        ("50户", "49户", MISSED),
        ("40-50次", "45次", MET),
        ("40-50次", "39次", MISSED),
        ("40-50次", "51次", OPEN),
        ("≥1次", "2场", OPEN),  # another unit
        ("≥2", "2次", MET),
        ("≥2", "95%", OPEN),
        ("≥266米", "≥266米", OPEN),
        ("≤30万元", "完成", OPEN),
        ("≥90%", "达成预期指标", OPEN),
        ("≥90%", "0.95", OPEN),
        ("≥1000人次", "1000人次、600人次", OPEN),
        ("≥1次(2024年9月底前)", "2次", OPEN),  # nobody says when
        ("≥1次(2024年12月底前)", "2次", MET),
        ("≥1次", "未公开", NONE),
        ("≥1次", "见附件2", NONE),
        ("未公开", "2次", OPEN),
        ("相符", "相符", MET),
        ("相符", "不相符", MISSED),
        ("相符", "达成预期指标", MET),
        ("相符", "部分达成预期指标并具有一定效果", MISSED),
        ("相符", "未达成预期指标且效果较差", MISSED),
        ("相符", "完成", OPEN),
        ("相符", "较好", OPEN),
        ("全部完成", "完成", MET),
        ("提升", "提升", OPEN),
        ("提升", "达成预期指标", MET),
        ("稳定", "稳定", MET),
        ("无投诉", "无投诉", MET),
        ("无投诉", "0起", MET),
        ("无投诉", "2起", MISSED),
        ("无投诉", "98%", OPEN),
        ("全覆盖", "100%", MET),
        ("全覆盖", "98%", MISSED),
        ("及时(2024年9月底前)", "2024年8月20日", MET),
        ("及时(2024年9月底前)", "2024年9月30日完成", MET),
        ("及时(2024年9月底前)", "2024年9月", MET),
        ("及时(2024年9月底前)", "2024年10月1日", MISSED),
        ("及时(2024年9月15日前)", "2024年9月", OPEN),
        ("及时(2024年9月底前)", "2024年12月底前", OPEN),
        ("及时(2024年9月底前)", "及时", MET),
    ],
)
def test_states(target: str, text: str, expected: State) -> None:
    assert state(target, text) == expected


@pytest.mark.parametrize(
    ("target", "text", "before", "expected"),
    [
        ("较2023年提升", "85%", "80%", MET),
        ("较2023年提升", "80%", "80%", MISSED),
        ("较2023年提升", "75%", "80%", MISSED),
        ("较2023年提升", "85%", None, OPEN),
        ("较2023年提升", "85%", "完成", OPEN),
        ("较2023年提升", "85%", "80次", OPEN),
        ("较2023年提升", "提升", "80%", OPEN),
        ("较2023年提升", "较2023年提升", "80%", OPEN),
        ("较2023年提升", "较2023年提升5%", None, MET),
        ("较上年提升", "较2023年提升5%", None, MET),
        ("较2023年提升", "较2022年提升5%", None, OPEN),
        ("较2023年提升", "较2023年下降5%", None, MISSED),
        ("较2023年提升≥3%", "较2023年提升5%", None, MET),
        ("较2023年提升≥3%", "较2023年提升2%", None, MISSED),
        ("较2023年增长5%", "106人", "100人", MET),
        ("较2023年增长5%", "104人", "100人", MISSED),
        ("较2023年增长5%", "94人", "100人", MISSED),
        ("较2023年提升5%", "86%", "80%", OPEN),  # five percent, or five points
        ("较2023年提升5个百分点", "86%", "80%", MET),
        ("较2023年增加10人", "109人", "100人", MISSED),
        ("较2023年下降", "90起", "100起", MET),
        ("较2023年持平", "100人", "100人", MET),
        ("较2023年持平", "101人", "100人", OPEN),
        ("不低于2023年水平", "100人", "100人", MET),
        ("不低于2023年水平", "99人", "100人", MISSED),
    ],
)
def test_relative_targets(target: str, text: str, before: str | None, expected: State) -> None:
    assert state(target, text, before=before) == expected


def test_a_number_of_something_else_is_not_taken() -> None:
    assert state("≥95%", "完成率98%", name="培训合格率", second="质量指标") is OPEN
    assert state("≥95%", "合格率98%", name="培训合格率", second="质量指标") is MET


def test_without_a_comparator_money_has_no_direction() -> None:
    assert state("20万元", "18万元", name="会议支出", second="成本指标") is OPEN
    assert state("20万元", "20万元", name="会议支出", second="成本指标") is MET


@settings(derandomize=True, deadline=None, max_examples=80)
@given(goal=st.integers(1, 10**6), reached=st.integers(2, 10**6), sign=st.sampled_from("≥≤><="))
def test_a_comparator_means_what_it_says(goal: int, reached: int, sign: str) -> None:
    holds = {"≥": reached >= goal, "≤": reached <= goal, ">": reached > goal, "<": reached < goal}.get(sign)
    found = state(f"{sign}{goal}次", f"{reached}次")
    if holds is None:
        assert (found is MET) == (reached == goal)
    else:
        assert found is (MET if holds else MISSED)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(score=st.sampled_from(["0", "5", "10"]), text=st.sampled_from(["3次", "1次", "完成", "未公开"]))
def test_a_score_moves_no_state(score: str, text: str) -> None:
    scored = Result.model_validate({"实际完成值": text, "分值": "10", "得分": score})
    assert judge(placed("≥2次"), scored, 2024) == judge(placed("≥2次"), Result.model_validate(text), 2024)


@pytest.mark.parametrize(
    ("target", "text", "expected"),
    [
        ("≥43.2%", "37.24%", Decimal("86.20")),
        ("≤30万元", "28.5万元", Decimal("105.26")),
        ("≥1公里", "1200米", Decimal("120.00")),
        ("≥3次", "1次", Decimal("33.33")),
        ("≤0起", "0起", None),
        ("≤5起", "0起", None),
        ("40-50次", "45次", None),
        ("≥1次", "2场", None),
        ("相符", "相符", None),
    ],
)
def test_attainment(target: str, text: str, expected: Decimal | None) -> None:
    assert judge(placed(target), Result.model_validate(text), 2024).attainment == expected


def states(content: Path, today: date) -> list[State]:
    corpus, _ = build.check(content)
    [folder] = corpus.departments
    document = folder.documents[-1]
    expected = corpus.site.results_expected(document.year)
    return [f.state for f in fulfilment.of_declaration(folder, document, expected, today).values()]


def test_not_due_until_the_day_is_over(small: Callable[..., Path]) -> None:
    content = small()
    assert states(content, date(2025, 6, 30)) == [State.NOT_DUE]
    assert states(content, date(2025, 7, 1)) == [State.NO_RESULT]


def test_the_day_is_set_in_the_site(small: Callable[..., Path]) -> None:
    content = small(files={"site.yaml": "网站名称: 测试站\n结果公布期限: 08-31\n"})
    assert states(content, date(2025, 8, 31)) == [State.NOT_DUE]
    assert states(content, date(2025, 9, 1)) == [State.NO_RESULT]


@pytest.mark.parametrize("day", ["02-29", "6-30", "13-01", "0630"])
def test_a_day_that_some_years_lack_is_refused(small: Callable[..., Path], day: str) -> None:
    _, found = build.check(small(files={"site.yaml": f"网站名称: 测试站\n结果公布期限: {day}\n"}))
    assert [d.code for d in found if d.severity == "错误"] == ["F204"]


def test_a_promise_that_the_results_leave_out_has_none(small: Callable[..., Path]) -> None:
    files = {"some-bureau/2024.results.yaml": RESULT.replace("演练场次", "演练总场次")}
    assert states(small(files=files), date(2025, 5, 1)) == [State.NO_RESULT]


def test_a_relative_target_finds_the_earlier_year_also_after_a_rename(small: Callable[..., Path]) -> None:
    now = SMALL.replace("演练场次: ≥1.00(次)", "演练总场次: {指标目标值: 较2023年提升, 原名: 演练场次}")
    files = {
        "some-bureau/2023.yaml": SMALL.replace("年度: 2024", "年度: 2023"),
        "some-bureau/2023.results.yaml": RESULT.replace("年度: 2024", "年度: 2023"),
        "some-bureau/2024.yaml": now,
        "some-bureau/2024.results.yaml": RESULT.replace("演练场次: 2次", "演练总场次: 3次"),
    }
    assert states(small(files=files), date(2025, 5, 1)) == [MET]
    files["some-bureau/2024.results.yaml"] = RESULT.replace("演练场次: 2次", "演练总场次: 2次")
    assert states(small(files=files), date(2025, 5, 1)) == [MISSED]
