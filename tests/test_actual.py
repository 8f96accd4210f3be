"""Actual values: a table of what stands in result forms, and laws."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import WORDS

from generator.declaration import actual, target
from generator.declaration.actual import Actual, finished, read

LINES = (Path(__file__).parent / "actuals.tsv").read_text(encoding="utf-8").splitlines()
TABLE = [line.split("\t") for line in LINES if not line.startswith("#")]


def said(found: Actual) -> str:
    """Write what was read as it stands in the table."""
    if found.grade:
        return f"grade {found.grade}"
    reading = found.reading
    if reading is None:
        return found.why
    number = "" if reading.number is None else f"{reading.number:,f}" if "," in found.text else f"{reading.number:f}"
    return str(reading) if reading.baseline else " ".join(filter(None, (number, reading.unit)))


@pytest.mark.parametrize(("aim", "text", "expected"), TABLE, ids=lambda text: text)
def test_table(aim: str, text: str, expected: str) -> None:
    assert said(read(text, aim)) == expected


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE) >= 65


@settings(derandomize=True, deadline=None, max_examples=100)
@given(text=WORDS, aim=WORDS)
def test_any_text_has_a_reading_and_says_why_when_it_states_no_number(text: str, aim: str) -> None:
    found = read(text, aim)
    assert found.text == text
    assert found.measured == (found.why == "")
    if found.reading:
        assert found.reading.comparator is found.reading.upper is None


@settings(derandomize=True, deadline=None, max_examples=60)
@given(number=st.decimals(2, 10**6, places=2), unit=st.sampled_from(["次", "人次", "%", "万元", "户"]))
def test_a_bare_number_takes_the_unit_and_the_same_with_its_unit_is_the_same(number: object, unit: str) -> None:
    aim = f"≥3{unit}"
    assert read(f"{number}", aim).reading == read(f"{number}{unit}", aim).reading
    assert read(f"≥{number}{unit}", aim).reading is None
    copied = read(f"≥{number}{unit}", f"≥{number}{unit}")
    assert (copied.reading, copied.why) == (None, "照抄了目标值，没有写实际的数")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(first=st.integers(2, 999), second=st.integers(2, 999), joint=st.sampled_from("，、;和 "))
def test_two_numbers_are_never_one(first: int, second: int, joint: str) -> None:
    assert not read(f"{first}次{joint}{second}人次", "≥1次").measured


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年8月20日", date(2024, 8, 20), date(2024, 8, 20)),
        ("2024年8月20日完成", date(2024, 8, 20), date(2024, 8, 20)),
        ("8月20日完成", date(2024, 8, 20), date(2024, 8, 20)),
        ("2024-08-20", date(2024, 8, 20), date(2024, 8, 20)),
        ("2024年8月", date(2024, 8, 1), date(2024, 8, 31)),
        ("于2024年8月底完成", date(2024, 8, 31), date(2024, 8, 31)),
        ("2024年9月底前完成", None, date(2024, 9, 30)),
    ],
)
def test_when_it_was_finished(text: str, first: date | None, last: date) -> None:
    assert finished(text, 2024) == (first, last)


@pytest.mark.parametrize("text", ["及时", "2024年13月", "2024年2月30日", "9月起", "8月和9月", "12", "第3季度"])
def test_no_day_is_none(text: str) -> None:
    assert finished(text, 2024) is None


def test_the_grammar_of_targets_is_the_one_used() -> None:
    """A unit that a target knows, an actual value knows."""
    assert actual.read("5人/10万人", "≥3人/10万人").reading == target.read("5人/10万人")
