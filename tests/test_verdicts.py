"""What became of a promise: told from the parsed targets, and only where it can be told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support import SMALL

from generator.analysis import figures, verdicts
from generator.analysis.verdicts import Kind
from generator.content import yaml_reader
from generator.declaration.model import Declaration, Indicator, PlacedIndicator


def placed(target: str, first: str = "产出指标", second: str = "数量指标") -> PlacedIndicator:
    return PlacedIndicator(first, second, "指标", Indicator.model_validate(target))


def declared(text: str) -> Declaration:
    return Declaration.model_validate(yaml_reader.load(text.encode(), "f").data)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("≥85%", "≥85%", Kind.SAME),
        ("≥85%", "≥90%", Kind.TIGHTENED),
        ("≥90%", "≥85%", Kind.RELAXED),
        ("≤5天", "≤3天", Kind.TIGHTENED),  # tighter
        ("≤3天", "≤5天", Kind.RELAXED),
        ("≥85%", "＞85%", Kind.TIGHTENED),
        (">85%", "≥85%", Kind.RELAXED),
        ("≥85%", "85%", Kind.WEAKENED),  # the comparator is lost
        ("≥85%", "90%", Kind.WEAKENED),
        ("≥1.00(次)", "≥1.00", Kind.WEAKENED),  # the unit is lost
        ("≥90%", "提升", Kind.WEAKENED),  # the number is lost
        ("85%", "≥85%", Kind.SHARPENED),
        ("提升", "≥90%", Kind.SHARPENED),
        ("85%", "≥90%", Kind.NOT_COMPARABLE),
        ("≥1.00(次)", "≥1次", Kind.REWORDED),
        ("不少于50人", "≥50名", Kind.REWORDED),
        ("≥100百分比", "≥100%", Kind.REWORDED),
        ("≥50户", "≥50人次", Kind.UNIT_CHANGED),
        ("≥20万元", "≥200000元", Kind.UNIT_CHANGED),
        ("50户", "60户", Kind.TIGHTENED),
        ("=14.00(个街镇)", "=13.00(个街镇)", Kind.RELAXED),
        ("20万元", "25万元", Kind.NOT_COMPARABLE),  # more money: better or worse?
        ("≥85%", "≤85%", Kind.NOT_COMPARABLE),
        ("≥85%", "=85%", Kind.REWORDED),
        ("较2023年提升", "较2024年提升", Kind.REWORDED),
        ("较2023年提升", "较2024年持平", Kind.NOT_COMPARABLE),
        ("较2023年提升≥5%", "较2024年提升≥8%", Kind.TIGHTENED),
        ("较2023年提升≥5%", "≥90%", Kind.NOT_COMPARABLE),
        ("及时(2024年9月底前)", "及时(2025年9月底前)", Kind.REWORDED),
        ("相符", "无投诉", Kind.NOT_COMPARABLE),
        ("提升", "较2023年提升", Kind.NOT_COMPARABLE),
    ],
)
def test_a_change_of_a_target(old: str, new: str, kind: Kind) -> None:
    verdict = verdicts.judge(placed(old), placed(new), 2023, 2024)
    assert verdict.kind is kind
    if kind in (Kind.NOT_COMPARABLE, Kind.WEAKENED, Kind.UNIT_CHANGED):
        assert verdict.proof


@pytest.mark.parametrize(("first", "second"), [("成本指标", "经济成本指标"), ("产出指标", "时效指标")])
def test_without_a_comparator_less_cost_or_time_is_not_judged(first: str, second: str) -> None:
    assert (
        verdicts.judge(placed("20天", first, second), placed("30天", first, second), 2023, 2024).kind
        is Kind.NOT_COMPARABLE
    )


def test_figures_in_yuan_and_percent() -> None:
    old = declared(SMALL)
    new = declared(
        SMALL.replace("100.00", "133.33").replace("60.00", "93.33").replace("30.00", "63.33").replace("5.00", "未公开")
    )
    changes = {change.label: change for change in figures.changes(old, new)}
    assert (changes["部门整体预算总额"].difference, changes["部门整体预算总额"].percent) == (
        Decimal("33.33"),
        Decimal("33.33"),
    )
    assert changes["其他资金"].difference == 0
    assert not changes["其他资金"].changed
    assert changes["年末资产总额"].difference is None
    assert changes["年末资产总额"].changed
    assert changes["年末在职人数"].old is None
    assert not changes["年末在职人数"].changed


def test_a_base_of_zero_has_no_percent() -> None:
    old = declared(SMALL.replace("60.00", "100.00").replace("40.00", "0.00"))
    other = {change.label: change for change in figures.changes(old, declared(SMALL))}["其他资金"]
    assert (other.difference, other.percent) == (Decimal("40.00"), None)
