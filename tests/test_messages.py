"""What the titles of charts say: exactly true of the exact figures, and the stretches of a promise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import SMALL

from generator.analysis import figures, messages
from generator.content import yaml_reader
from generator.declaration.model import Declaration


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ("25", "100", "项目支出占预算的四分之一"),
        ("25.01", "100", "项目支出超过预算的四分之一"),
        ("24.99", "100", "项目支出不到预算的四分之一"),
        ("1424386.00", "5513159.84", "项目支出超过预算的四分之一"),
        ("26.01", "100", "项目支出占预算的 26.01%"),
        ("50", "100", "项目支出占预算的一半"),
        ("33.33", "100", "项目支出不到预算的三分之一"),
        ("1", "3", "项目支出占预算的三分之一"),
        ("53", "100", "项目支出占预算的 53.00%"),
        ("0.00", "100", "预算里没有项目支出"),
        ("100", "100.00", "预算全部是项目支出"),
        ("99.99", "100", "项目支出占预算的 99.99%"),
        ("0.01", "100", "项目支出占预算的 0.01%"),
        ("37.421", "100", "项目支出约占预算的 37.42%"),
        ("99.999", "100", "项目支出约占预算的 100.00%"),
    ],
)
def test_a_share_in_words(part: str, whole: str, expected: str) -> None:
    percent = figures.rounded(Decimal(part) * 100 / Decimal(whole))
    assert messages.share("项目支出", Decimal(part), Decimal(whole), percent) == expected


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_no_share_says_more_than_is_true(part: int, rest: int) -> None:
    whole = part + rest
    said = messages.share("甲", Decimal(part), Decimal(whole), Decimal("12.34"))
    exact = Fraction(part, whole)
    for fraction, name in messages._NAMED.items():
        if said.endswith(f"超过预算的{name}"):
            assert fraction < exact <= fraction + Fraction(1, 100)
        elif said.endswith(f"不到预算的{name}"):
            assert fraction - Fraction(1, 100) <= exact < fraction
        elif said.endswith(f"占预算的{name}"):
            assert exact == fraction


def declared(*changes: tuple[str, str]) -> Declaration:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Declaration.model_validate(yaml_reader.load(text.encode(), "f").data)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], "项目支出占预算的 30.00%"),
        ([("项目支出: 30.00", "项目支出: 30.01")], None),  # does not add up to the total
        ([("项目支出: 30.00", "项目支出: 未公开")], None),
        ([("    项目支出: 30.00\n", ""), ("70.00", "100.00")], "预算全部是基本支出"),
        ([("100.00", "0.00"), ("70.00", "0.00"), ("30.00", "0.00")], None),
    ],
)
def test_the_budget_is_told_by_its_structure_or_not_at_all(
    changes: list[tuple[str, str]], expected: str | None
) -> None:
    assert messages.budget(declared(*changes)) == expected


@pytest.mark.parametrize(
    ("every", "numbers", "expected"),
    [
        (40, 20, "40 项指标中 20 项不能用数字衡量"),
        (3, 3, "3 项指标的目标值都写明了数字"),
        (3, 0, "3 项指标都不能用数字衡量"),
    ],
)
def test_how_many_promises_can_be_measured(every: int, numbers: int, expected: str) -> None:
    assert messages.promises(every, numbers) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("100.00", "150.00", "2024年预算比2023年增加 50.00%"),
        ("150.00", "100.00", "2024年预算比2023年减少 33.33%"),
        ("100.00", "100", "2024年预算与2023年相同"),
        ("0.00", "100.00", "2024年预算比2023年增加 100.00 元"),
        ("100000.00", "100000.01", "2024年预算比2023年增加 0.01 元"),  # 0.00% would say nothing
        ("未公开", "100.00", "2024年与2023年的预算无法比较"),
    ],
)
def test_what_became_of_the_budget(old: str, new: str, expected: str) -> None:
    before, after = (declared(("总额: 100.00", f"总额: {value}")) for value in (old, new))
    total = next(c for c in figures.changes(before, after) if c.label == "部门整体预算总额")
    assert messages.difference(2023, 2024, total) == expected


def test_a_target_lasts_as_long_as_it_is_written_the_same() -> None:
    told = [(2019, "≥1次"), (2020, "≥1次"), (2022, "≥1次"), (2023, "≥1(次)"), (2024, "≥1次")]
    assert messages.lasting(told) == [(2019, 2022, "≥1次"), (2023, 2023, "≥1(次)"), (2024, 2024, "≥1次")]
