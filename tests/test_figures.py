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
        (["2", "1"], ["66.67", "33.33"]),  # the larger remainder gets the hundredth, also when it comes last
        (["1", "2"], ["33.33", "66.67"]),
        (["1", "1", "5"], ["14.29", "14.28", "71.43"]),  # of equal remainders the earlier
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


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6).filter(any))
def test_shares_are_those_of_the_largest_remainder(parts: list[int]) -> None:
    """Hamilton's method in whole numbers, formulated otherwise: one hundredth after the other to whoever lacks most."""
    total = sum(parts)
    seats = [part * 10_000 // total for part in parts]
    while sum(seats) < 10_000:
        lacks = [part * 10_000 - seat * total for part, seat in zip(parts, seats, strict=True)]
        seats[lacks.index(max(lacks))] += 1
    assert figures.shares([D(part) for part in parts]) == [D(seat) / 100 for seat in seats]


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        ("100.00", ["100.00", "未公开"], ("cannot tell", D(100))),
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


def test_a_figure_that_came_or_went_has_no_difference() -> None:
    without = SMALL.replace("年末资产总额: 5.00\n", "")
    for old, new in ((SMALL, without), (without, SMALL), (SMALL.replace("5.00", "未公开"), SMALL)):
        change = {change.label: change for change in figures.changes(declared(old), declared(new))}["年末资产总额"]
        assert (change.difference, change.percent, change.changed) == (None, None, True)


def test_the_whole_counts_nothing_twice() -> None:
    """A department within the 汇总 of one that is here is left out; what has no number is named."""
    amounts = {
        "office": (Amount.read("100.00"), None),
        "its-library": (Amount.read("30.00"), "office"),
        "its-school": (Amount.read("未公开"), "office"),
        "of-another": (Amount.read("7.00"), "not-here"),
        "of-itself": (Amount.read("0.50"), "of-itself"),
        "secret": (Amount.read("未公开"), None),
    }
    assert figures.whole(amounts) == (D("107.50"), ["its-library", "its-school"], ["secret"])
    assert figures.whole({}) == (0, [], [])


@pytest.mark.parametrize(
    ("source", "days"),
    [
        ("", None),
        ("来源: {网址: https://www.example.org/}\n", None),
        ("来源: {批复日期: 2024-01-31}\n", None),
        ("来源: {公开日期: 2024-02-05}\n", None),
        ("来源: {批复日期: 2024-01-31, 公开日期: 2024-02-05}\n", 5),
        ("来源: {批复日期: 2024-02-28, 公开日期: 2024-03-01}\n", 2),
        ("来源: {批复日期: 2024-02-05, 公开日期: 2024-02-05}\n", 0),
    ],
)
def test_days_to_publication(source: str, days: int | None) -> None:
    assert figures.days_to_publication(declared(SMALL + source)) == days


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", "部门整体预算总额 100.00 财政拨款 60.00 其他资金 40.00 基本支出 70.00 项目支出 30.00"),
        ("其他资金: 40.00", "其他资金: 未公开", "基本支出 70.00 项目支出 30.00"),
        ("项目支出: 30.00", "项目支出: 未公开", "部门整体预算总额 100.00 财政拨款 60.00 其他资金 40.00"),
        (
            "总额: 100.00",
            "总额: 200.00",
            "部门整体预算总额 100.00 财政拨款 60.00 其他资金 40.00 基本支出 70.00 项目支出 30.00",
        ),
    ],
)
def test_a_line_has_a_share_where_all_of_its_division_is_known(old: str, new: str, expected: str) -> None:
    words = expected.split()
    shares = {label: Decimal(share) for label, share in zip(words[::2], words[1::2], strict=True)}
    assert figures.budget_shares(declared(SMALL.replace(old, new) if old else SMALL)) == shares
