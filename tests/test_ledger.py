"""An indicator's life: the same name, a registered 原名, or another indicator; never a guess."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support import SMALL

from generator.analysis.identity import anchor, key, succession, traced
from generator.analysis.ledger import Promise, anchors, between, by_kind, ledger
from generator.analysis.verdicts import Kind, Verdict
from generator.content import yaml_reader
from generator.declaration.model import Declaration

HEAD = SMALL[: SMALL.index("      演练场次")]


def year(number: int, /, heading: str = "数量指标", **indicators: str) -> Declaration:
    """Make a declaration whose indicators are `name=target` or `name=target@former name`, under one heading."""
    lines = ""
    for name, words in indicators.items():
        target, _, former = words.partition("@")
        lines += f"      {name}: {{指标目标值: '{target}'{f', 原名: {former}' if former else ''}}}\n"
    text = HEAD.replace("年度: 2024", f"年度: {number}").replace("数量指标", heading) + lines
    return Declaration.model_validate(yaml_reader.load(text.encode(), "f").data)


def life(*declarations: Declaration) -> dict[str, dict[int, Kind]]:
    """Return by newest name what happened to each indicator in each declared year."""
    rows = ledger(declarations)
    return {
        row.newest.name: {d.year: v.kind for d in declarations if (v := row.verdict(d.year)) is not None}
        for row in rows
    }


def test_a_life_with_all_its_events() -> None:
    assert life(
        year(2021, 甲="≥1次", 乙="≥85%", 丙="≥3场"),
        year(2022, 甲="≥2次", 乙="85%"),
        year(2024, 甲="≥1次", 乙="85%", 丙="≥3场", 丁="及时"),
    ) == {
        "甲": {2021: Kind.SAME, 2022: Kind.TIGHTENED, 2024: Kind.RELAXED},
        "乙": {2021: Kind.SAME, 2022: Kind.WEAKENED, 2024: Kind.SAME},
        "丙": {2021: Kind.SAME, 2022: Kind.DROPPED, 2024: Kind.RESUMED},
        "丁": {2024: Kind.NEW},
    }


def test_a_registered_rename_goes_on_and_keeps_every_anchor() -> None:
    declarations = [year(2021, 甲="≥1次"), year(2022, 新甲="≥2次@甲"), year(2023, 新新甲="≥2次@新甲")]
    [row] = ledger(declarations)
    assert row.names == ["新新甲", "新甲", "甲"]
    assert row.anchors == [anchor(next(d.indicators())) for d in reversed(declarations)]
    assert row.verdict(2022) is not None
    assert life(*declarations) == {"新新甲": {2021: Kind.SAME, 2022: Kind.TIGHTENED, 2023: Kind.SAME}}


def test_an_unregistered_rename_is_no_guess() -> None:
    assert life(year(2021, 演练场次="≥1次"), year(2022, 演练总场次="≥1次")) == {
        "演练总场次": {2022: Kind.NEW},
        "演练场次": {2021: Kind.SAME, 2022: Kind.DROPPED},
    }


def test_a_former_name_that_is_still_there_renames_nothing() -> None:
    assert life(year(2021, 甲="≥1次"), year(2022, 甲="≥1次", 乙="≥1次@甲")) == {
        "甲": {2021: Kind.SAME, 2022: Kind.SAME},
        "乙": {2022: Kind.NEW},
    }


def test_a_split_ends_the_old_one_and_says_where_the_new_ones_come_from() -> None:
    rows = {r.newest.name: r for r in ledger([year(2021, 甲="≥9次"), year(2022, 甲一="≥4次@甲", 甲二="≥5次@甲")])}
    ended = rows["甲"].verdict(2022)
    assert ended is not None
    assert ended.kind is Kind.SPLIT
    assert "甲一" in ended.proof
    assert rows["甲一"].split_from is rows["甲二"].split_from is rows["甲"]
    assert [change.verdict.kind for change in between(list(rows.values()), 2021, 2022)] == [Kind.SPLIT]


def test_the_same_name_under_another_heading_goes_on_and_says_so() -> None:
    one = year(2021, 甲="≥1次")
    [promise] = ledger([one, year(2022, "质量指标", 甲="≥1次")])
    assert promise.verdict(2022) == Verdict(Kind.REWORDED, "目标值一字未改；分类由“数量指标”改为“质量指标”")
    assert len(promise.anchors) == 2


def compared(promises: list[Promise], old: int, new: int) -> dict[Kind, list[str]]:
    kinds = by_kind(between(promises, old, new))
    return {kind: [change.promise.newest.name for change in changes] for kind, changes in kinds.items()}


def test_any_two_years_compare() -> None:
    rows = ledger(
        [year(2021, 甲="≥1次", 乙="≥1次"), year(2022, 甲="≥2次", 丙="1次"), year(2023, 甲="≥1次", 丙="≥1次", 乙="≥1次")]
    )
    kinds = {
        kind: [c.promise.newest.name for c in changes] for kind, changes in by_kind(between(rows, 2021, 2023)).items()
    }
    assert kinds == {Kind.NEW: ["丙"]}
    kinds = {
        kind: [c.promise.newest.name for c in changes] for kind, changes in by_kind(between(rows, 2022, 2023)).items()
    }
    assert kinds == {Kind.RESUMED: ["乙"], Kind.RELAXED: ["甲"], Kind.SHARPENED: ["丙"]}


NAMES = st.lists(st.sampled_from("甲乙丙丁戊"), unique=True, min_size=1)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(NAMES, min_size=1, max_size=5))
def test_every_indicator_of_every_year_stands_in_exactly_one_row(years: list[list[str]]) -> None:
    declarations = [year(2020 + n, **dict.fromkeys(names, "≥1次")) for n, names in enumerate(years)]
    rows = ledger(declarations)
    assert len({row.anchors[0] for row in rows}) == len(rows)
    for declaration in declarations:
        here = [row.entries[declaration.year].placed.name for row in rows if declaration.year in row.entries]
        assert sorted(here) == sorted(i.name for i in declaration.indicators())


def names(one: Declaration, two: Declaration) -> tuple[dict[str, str], dict[str, str]]:
    """Return what continues what, and what is a part of what, by name."""
    found = succession(one.indicators(), two.indicators())
    return {new[2]: old[2] for new, old in found.continued.items()}, {n[2]: o[2] for n, o in found.parts.items()}


def test_a_former_name_means_also_what_stood_under_another_heading() -> None:
    assert names(year(2021, 甲="1次", 丙="1次"), year(2022, "质量指标", 乙="1次@甲")) == ({"乙": "甲"}, {})
    assert names(year(2021, 甲="1次", 丙="1次"), year(2022, "质量指标", 乙="1次@丁")) == ({}, {})


def two_headings(number: int, first: str, second: str, former: str = "") -> Declaration:
    """Make a declaration with one indicator under 数量指标 and one under 质量指标."""
    more = f"    质量指标:\n      {second}: {{指标目标值: 1次{f', 原名: {former}' if former else ''}}}\n"
    text = HEAD.replace("年度: 2024", f"年度: {number}") + f"      {first}: 1次\n" + more
    return Declaration.model_validate(yaml_reader.load(text.encode(), "f").data)


def test_a_name_that_stood_twice_is_no_guess() -> None:
    """Under its own heading a former name is plain; under a third one nobody knows which of two is meant."""
    twice = two_headings(2021, "甲", "甲")
    own = succession(twice.indicators(), two_headings(2022, "丙", "乙", "甲").indicators())
    assert own.continued == {("产出指标", "质量指标", "乙"): ("产出指标", "质量指标", "甲")}
    assert names(twice, year(2022, "时效指标", 乙="1次@甲")) == ({}, {})
    assert names(twice, year(2022, "时效指标", 甲="1次")) == ({}, {})
    assert names(year(2021, "时效指标", 甲="1次"), twice) == ({}, {})


def test_what_goes_on_in_its_place_does_not_take_over_its_namesake() -> None:
    placed = ("产出指标", "数量指标", "甲")
    found = succession(two_headings(2021, "甲", "甲").indicators(), year(2022, 甲="1次").indicators())
    assert found.continued == {placed: placed}


def test_an_indicator_is_followed_back_through_its_names() -> None:
    newest = year(2023, 丙="1次@乙", 新="1次")
    back = [newest, year(2022, 乙="2次@甲"), year(2021, 甲="3次", 丁="4次")]
    third, new = newest.indicators()
    assert traced(third, back) == next(back[2].indicators())
    assert traced(third, back[:2]) == next(back[1].indicators())
    assert traced(third, [newest]) == third
    assert traced(new, back) is None


def test_an_anchor_is_for_ever() -> None:
    """Links lead to it; another hash or another length would break them all."""
    [placed] = year(2024, 甲="≥1次").indicators()
    assert key(placed) == ("产出指标", "数量指标", "甲")
    assert anchor(placed) == "i-42b9fed14b"


def test_data_knows_a_promise_by_its_oldest_name() -> None:
    declarations = [year(2021, 甲="1次"), year(2022, 乙="1次@甲"), year(2023, 丙="1次@乙")]
    [row] = ledger(declarations)
    assert row.identifier == anchor(next(declarations[0].indicators()))


def test_the_address_of_a_promise_survives_its_renames_and_no_anchor_comes_twice() -> None:
    declarations = [year(2021, 甲="1次"), year(2022, 乙="1次@甲"), year(2023, 乙="1次", 甲="5次")]
    renamed, newcomer = ledger(declarations)
    [first] = [anchor(p) for p in declarations[0].indicators()]
    assert anchors([renamed, newcomer]) == [[first, anchor(renamed.newest)], [f"{first}-2023"]]
    assert anchors([newcomer, renamed]) == [[f"{first}-2023"], [first, anchor(renamed.newest)]]


def test_what_came_back_is_held_against_what_it_was() -> None:
    rows = ledger(
        [year(2021, 甲="≥1次", 乙="≥1次", 丙="1次"), year(2022, 丙="1次"), year(2023, 甲="≥1次", 乙="≥2次", 丙="1次")]
    )
    proofs = {row.newest.name: verdict.proof for row in rows if (verdict := row.verdict(2023))}
    assert proofs["甲"].startswith("目标值与停止前相同")
    assert proofs["乙"].startswith(f"与停止前相比：{Kind.TIGHTENED}")


def test_the_order_is_that_of_the_newest_year_then_the_latest_ended() -> None:
    rows = ledger(
        [
            year(2021, 早="1次", 甲="1次", 乙="1次"),
            year(2022, 晚="1次", 甲="1次", 乙="1次"),
            year(2023, 乙="1次", 甲="1次"),
        ]
    )
    assert [row.newest.name for row in rows] == ["乙", "甲", "晚", "早"]


def test_a_split_is_seen_only_by_a_comparison_over_it() -> None:
    one, split = {"甲": "≥9次"}, {"甲一": "≥4次@甲", "甲二": "≥5次@甲"}
    rows = ledger([year(2021, **one), year(2022, **one), year(2023, **split), year(2024, 丙="1次")])
    assert [c.verdict.kind for c in between(rows, 2022, 2023)] == [Kind.SPLIT]
    assert compared(rows, 2021, 2024) == {Kind.NEW: ["丙"], Kind.SPLIT: ["甲"]}
    # within an earlier pair the split has not happened yet; of two years after it the parts are what ended
    assert compared(rows, 2021, 2022) == {}
    assert compared(rows, 2023, 2024) == {Kind.NEW: ["丙"], Kind.DROPPED: ["甲一", "甲二"]}


def test_what_ended_before_a_split_of_another_time_is_dropped() -> None:
    """Ended in 2022 and back in 2023, then split in 2024: between 2021 and 2022 it was dropped, not split."""
    rows = ledger(
        [
            year(2021, 甲="9次", 乙="1次"),
            year(2022, 乙="1次"),
            year(2023, 甲="9次", 乙="1次"),
            year(2024, 子="4次@甲", 丑="5次@甲", 乙="1次"),
        ]
    )
    assert compared(rows, 2021, 2022) == {Kind.DROPPED: ["甲"]}
    assert compared(rows, 2021, 2024) == {Kind.SPLIT: ["甲"]}
    assert compared(rows, 2022, 2023) == {Kind.RESUMED: ["甲"]}
