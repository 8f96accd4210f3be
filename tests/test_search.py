"""The search index: what is an entry, how text is folded and cut, and that the files say what they should."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import RESULT, SMALL, search_parts

from generator.analysis import ledger
from generator.content import corpus
from generator.demo import district
from generator.exports import search_index
from generator.exports.entries import Entry, Kind

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“一网通办”平台（二期）", "一网通办平台二期"),
        ("≥95.00(%)", " 95 "),
        ("１，４２４，３８６．５０元", " 1424386.5 元"),
        ("2024年9月30日", " 2024 年 9 月 30 日"),
        ("AED 急救设备、ＡＰＰ", " aed 急救设备 app "),
        ("5G基站10个", " 5 g 基站 10 个"),
        ("100", " 100 "),
        ("1,23", " 1 23 "),
        ("、。（）", ""),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert search_index.fold(text) == folded


def test_text_is_cut_into_pieces_of_two_and_words_stay_whole() -> None:
    assert search_index.pieces("一网通办") == {"一网", "网通", "通办", "办"}
    assert search_index.pieces(" 240 个") == {"240", "~40", "~0", "个"}


def test_a_title_is_also_kept_as_it_is_spoken() -> None:
    assert search_index.spoken("重点行业满意度≥90%（A类）") == "zhong dian hang ye man yi du lei"
    made = read(dict(search_index.files([search_index.part([], [Entry(Kind.INDICATOR, "满意度", "好评", "a/#b")])])))
    assert {"-my", "-yd"} <= set(made["pieces-0"])
    assert "-hp" not in made["pieces-0"]  # titles only
    assert made["entries-0"][0][-1] == "man yi du"


def test_synonyms_stand_in_the_directory_as_they_are_compared() -> None:
    made = read(dict(search_index.files([], [["办结时间", "办结 天数"]])))
    assert made["directory"]["synonyms"] == [["办结时间", "办结天数"]]


def unpacked(text: str) -> list[int]:
    """Read packed numbers as the page does."""
    found, last, gap = [], -1, 0
    for character in text:
        digit = DIGITS.index(character)
        gap = gap * 32 + digit % 32
        if digit >= 32:
            last += gap
            found.append(last)
            gap = 0
    return found


def read(files: dict[str, str]) -> dict[str, Any]:
    """Return what every file of the index says, by the name that it gives itself."""
    said = (re.fullmatch(r'searchPart\("([\w-]+)",(.*)\);\n', text) for text in files.values())
    return {match[1]: json.loads(match[2]) for match in said if match}


@settings(max_examples=25)
@given(st.lists(st.text(alphabet="网通办群众1a，", max_size=12), min_size=1, max_size=40))
def test_every_piece_leads_to_just_the_entries_that_have_it(texts: list[str]) -> None:
    some = [Entry(Kind.INDICATOR, text[:3], text[3:], "") for text in texts]
    said = read(dict(search_index.files([search_index.part([], some[:5]), search_index.part(["某局"], some[5:])])))
    listed = [entry for name in said if name.startswith("entries-") for entry in said[name]]
    assert [entry[1] + entry[2] for entry in listed] == texts
    assert unpacked(said["kind-indicator"]) == list(range(len(texts)))
    known = {piece: numbers for name in said if name.startswith("pieces-") for piece, numbers in said[name].items()}
    for piece, numbers in known.items():
        in_title, in_text = map(unpacked, numbers.split("."))
        if piece.startswith("-"):
            said_so = [" ".join(word[0] for word in search_index.spoken(text[:3]).split()) for text in texts]
            assert in_title == [i for i, initials in enumerate(said_so) if " ".join(piece[1:]) in initials]
        elif not piece.startswith("="):
            cut = [[search_index.pieces(search_index.fold(part)) for part in entry[1:3]] for entry in some]
            assert in_title == [i for i, (title, _) in enumerate(cut) if piece in title]
            assert in_text == [i for i, (title, text) in enumerate(cut) if piece in text - title]
    assert said["directory"]["departments"] == [[[], len(some[:5])], [["某局"], len(some[5:])]]


def test_a_file_is_small_and_files_are_in_order(tmp_path: Path) -> None:
    district.write_demo(tmp_path / "content", departments=3, years=3)
    declarations, _ = corpus.load(tmp_path / "content")
    files = dict(search_index.files(search_parts(declarations)))
    assert max(len(text.encode()) for text in files.values()) < 12_000
    starts = read(files)["directory"]["starts"]
    assert starts == sorted(starts)
    assert len(starts) == sum("pieces-" in path for path in files)


def test_the_version_changes_with_the_content(small: Callable[..., Path]) -> None:
    def version(*changes: tuple[str, str]) -> str:
        said = read(dict(search_index.files(search_parts(corpus.load(small(*changes))[0]))))
        return str(said["directory"]["version"])

    assert version() == version()
    assert version() != version(("演练场次: ≥1.00(次)", "演练场次: ≥2.00(次)"))


def test_a_promise_is_one_entry_with_all_its_names_and_targets(small: Callable[..., Path]) -> None:
    later = SMALL.replace("年度: 2024", "年度: 2025")
    later = later.replace("演练场次: ≥1.00(次)", "应急演练场次: {指标目标值: '≥3.00(次)', 原名: 演练场次}")
    declarations, _ = corpus.load(small(files={"some-bureau/2025.yaml": later}))
    own = search_parts(declarations)[1].entries
    [promise] = [entry for entry in own if entry.kind is Kind.INDICATOR]
    assert (promise.title, promise.former, promise.years) == ("应急演练场次", ("演练场次",), (2024, 2025))
    assert (promise.target, promise.text) == ("≥3.00(次)", "≥3.00(次)；≥1.00(次)")
    assert promise.verdict == "要求更严"
    [duty] = [entry for entry in own if entry.kind is Kind.DUTY]  # the same words in both years
    assert (duty.years, duty.address) == ((2024, 2025), "some-bureau/2025/#duties")


def test_a_name_that_was_given_up_and_taken_leads_each_promise_to_its_own_row(small: Callable[..., Path]) -> None:
    def year(number: int, indicators: str) -> str:
        return SMALL.replace("年度: 2024", f"年度: {number}").replace("演练场次: ≥1.00(次)", indicators)

    files = {
        "some-bureau/2025.yaml": year(2025, "应急演练场次: {指标目标值: '≥3.00(次)', 原名: 演练场次}"),
        "some-bureau/2026.yaml": year(2026, "应急演练场次: ≥3.00(次)\n      演练场次: ≥5.00(次)"),
    }
    declarations, _ = corpus.load(small(files=files))
    [_, part] = search_parts(declarations)
    found = {e.title: e.address for e in part.entries if e.kind is Kind.INDICATOR}
    promises = ledger.ledger([document.declaration for document in declarations.documents])
    ids = {p.newest.name: own[0] for p, own in zip(promises, ledger.anchors(promises), strict=True)}
    assert found == {name: f"some-bureau/indicators/#{anchor}" for name, anchor in ids.items()}
    assert len(set(found.values())) == 2


def test_every_text_of_a_declaration_is_an_entry(small: Callable[..., Path]) -> None:
    declarations, _ = corpus.load(small())
    [(_, terms, *_), (names, own, *_)] = search_parts(declarations)
    assert {entry.kind for entry in terms} == {Kind.TERM, Kind.PAGE}
    assert names == ["某区示例局"]
    found = {(entry.kind, entry.title, entry.text, entry.address) for entry in own}
    assert found >= {
        (Kind.DUTY, "", "职责一", "some-bureau/2024/#duties"),
        (Kind.GOAL, "", "目标一", "some-bureau/2024/#goals"),
        (Kind.TASK, "任务一", "内容一", "some-bureau/2024/#tasks"),
        (Kind.DEPARTMENT, "某区示例局", "产出指标，数量指标", "some-bureau/"),
    }
    [promise] = [entry for entry in own if entry.kind is Kind.INDICATOR]
    assert (promise.title, promise.target, promise.years) == ("演练场次", "≥1.00(次)", (2024,))
    assert re.fullmatch(r"some-bureau/indicators/#i-\w+", promise.address)
    [declaration] = [entry for entry in own if entry.kind is Kind.DECLARATION]
    assert "部门整体预算总额 100.00" in declaration.text


def test_a_promise_is_found_by_what_became_of_it(small: Callable[..., Path]) -> None:
    later = SMALL.replace("年度: 2024", "年度: 2025")
    results = RESULT.replace("演练场次: 2次", "演练场次: 0次")
    files = {"some-bureau/2025.yaml": later, "some-bureau/2024.results.yaml": results}
    declarations, _ = corpus.load(small(files=files))
    [promise] = [e for part in search_parts(declarations) for e in part.entries if e.kind is Kind.INDICATOR]
    assert promise.outcome == (2024, "没做到")
    said = read(dict(search_index.files(search_parts(declarations))))
    [number] = unpacked(said["state-missed"])
    listed = [entry for name in sorted(said) if name.startswith("entries-") for entry in said[name]]
    assert len(listed) > number
    assert "state-no_result" not in said  # of 2025 nothing is published: that depends on the day
    assert "state-missed" in said["directory"]["values"]
