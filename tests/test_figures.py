"""Figures in Decimal: shares add up to 100.00, sums are held to the cent, unknown stays unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import RED_CROSS, SMALL

from generator.analysis import figures
from generator.content import yaml_reader
from generator.declaration.model import Declaration
from generator.declaration.quantity import Amount

D = Decimal
AMOUNTS = st.decimals(0, 10**12, places=2)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["4088773.84", "1424386.00"], ["74.16", "25.84"]),
        (["5513159.84", "0.00"], ["100.00", "0.00"]),
        (["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        (["0", "0"], None),
        ([], None),
    ],
)
def test_shares(parts: list[str], expected: list[str] | None) -> None:
    assert figures.shares([D(p) for p in parts]) == (expected and [D(e) for e in expected])


@settings(derandomize=True, deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=8).filter(any))
def test_shares_add_up_and_stay_within_a_hundredth(parts: list[Decimal]) -> None:
    shares = figures.shares(parts)
    assert shares is not None
    assert sum(shares) == 100
    for part, share in zip(parts, shares, strict=True):
        assert abs(share - part * 100 / sum(parts)) < D("0.01")


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        ("100.00", ["60.00", "40.00"], ("holds", D(100))),
        ("100.00", ["60.00", "39.99"], ("fails", D("99.99"))),
        ("100.00", ["100.00", None], ("holds", D(100))),
        ("100.00", ["60.00", "未公开"], ("cannot tell", D(60))),
        ("100.00", ["160.00", "未公开"], ("fails", D(160))),
        ("未公开", ["60.00", "40.00"], ("cannot tell", D(100))),
    ],
)
def test_adds_up(total: str, parts: list[str | None], expected: tuple[str, Decimal]) -> None:
    assert figures.adds_up(Amount.read(total), [p and Amount.read(p) for p in parts]) == expected  # type: ignore[misc]


def test_money_and_wan() -> None:
    assert figures.money(D("5513159.84")) == "5,513,159.84"
    assert figures.in_wan(D("5513159.84")) == "551.32"
    assert figures.in_wan(D("50")) == "0.01"  # half up
    assert figures.in_wan(D("49.99")) == "0.00"


def test_counts_of_the_real_declaration() -> None:
    """The acceptance facts of the real form, counted by hand."""
    data = yaml_reader.load((RED_CROSS / "2024.yaml").read_bytes(), "f").data
    declaration = Declaration.model_validate(data)
    assert list(figures.indicators_by_heading(declaration).values()) == [10, 9, 6, 11, 4]
    assert (len(declaration.tasks), len(declaration.duties), len(declaration.annual_goals)) == (5, 8, 8)
    assert len({i.indicator.target_value for i in declaration.indicators()}) == 25
    # 10 quantities, 100% five times and =100.00(%) among quality, one benefit rate, four satisfaction rates
    assert figures.measurable(declaration) == 10 + 5 + 1 + 4


def declared(text: str) -> Declaration:
    return Declaration.model_validate(yaml_reader.load(text.encode(), "f").data)


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
