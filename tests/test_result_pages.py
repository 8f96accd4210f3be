"""Results on the pages, as a browser reads them: each state with its sign, word, reason and rule."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html
from support import CONTENT, ROOT

from generator import build
from generator.exports import dossier
from generator.exports.tables.reported import RESULTS, RESULTS_MONEY

CASE = ROOT / "tests/cases/results/content"
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    build.make(build.check(CASE)[0], None, folder, today=TODAY)
    return folder


def read(docs: Path, page: str) -> html.HtmlElement:
    return html.fragment_fromstring((docs / page / "index.md").read_text(encoding="utf-8"), create_parent=True)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_result_stands_beside_its_target(docs: Path) -> None:
    page = read(docs, "some-bureau/2024")
    cells = {
        words(row.xpath("th/a[@class='name']")[0]): words(row.xpath("td[@class='result']")[0])
        for row in page.xpath(".//table[contains(@class,'indicators')]//tr[@data-kind]")
    }
    assert cells["演练场次"].startswith("5次 ✓ 做到 完成程度 125.00%依据目标“≥4次”，实际“5次”，符合。")
    assert cells["管网长度"].startswith("240米 ✕ 没做到 完成程度 90.23%")
    assert "表上的原因：一段管网延到下一年" in cells["管网长度"]
    assert "得分 9.02（✓ 合于“分值×实际÷目标，不超过分值”）" in cells["管网长度"]
    assert cells["会议支出"].startswith("完成 ？ 无法判断依据只写“完成”，没有写实际的数。")
    assert "无法复算" in cells["会议支出"]
    assert cells["验收合格率"].startswith("未公开 － 未公布结果")
    assert cells["知晓率"].startswith("82% ✓ 做到依据目标“较2023年提升”，实际“82%”，2023 年“80%”，上升，符合。")


def test_the_summary_counts(docs: Path) -> None:
    assert "11 项承诺：做到 7，没做到 2，无法判断 1，未公布结果 1" in words(read(docs, "some-bureau/2024"))


def test_what_was_printed_stays_and_what_is_computed_stands_beside_it(docs: Path) -> None:
    [row] = read(docs, "some-bureau/2024").xpath(".//table[caption[contains(.,'实际花的钱')]]//tr[@class='total']")
    printed = [words(cell) for cell in row.findall("td")]
    assert printed[:3] == ["240,000.00", "250,000.00", "215,457.60"]
    assert printed[3] == "86.19%除以全年预算数算得 86.18%除以年初预算数算得 89.77%"


def test_two_shares_side_by_side_and_no_verdict(docs: Path) -> None:
    [facts] = read(docs, "some-bureau/2024").xpath(".//dl[dt='总分']")
    said = dict(zip(map(words, facts.findall("dt")), map(words, facts.findall("dd")), strict=True))
    assert said["指标得分占分值"] == "98.91%"
    assert said["实际花的钱占预算"] == "86.18%"


def test_progress_is_shown_and_not_judged(docs: Path) -> None:
    [table] = read(docs, "some-bureau/2024").xpath(".//table[caption[contains(.,'截至 2024-06-30')]]")
    assert words(table.find("tbody")) == "演练场次2次"
    said = words(read(docs, "some-bureau/2024"))
    assert "2024-06-30 的进度" in said
    assert "全年预算数 250,000.00，已执行 120,000.00，执行率 48%。目标一完成了一半" in said


def test_goals_stand_beside_what_came_of_them(docs: Path) -> None:
    [table] = read(docs, "some-bureau/2024").xpath(".//table[caption[contains(.,'预期目标和实际完成情况')]]")
    assert [words(cell) for cell in table.xpath("tbody/tr/td")] == ["目标一", "全部完成"]


def test_without_results_one_calm_line(docs: Path) -> None:
    page = read(docs, "some-bureau/2025")
    assert words(page).count("结果未公布（预计 2026年6月底前）") == 2  # the summary and the section
    assert page.xpath(".//td[@class='result']") == []


def test_the_ledger_has_results_and_strips(docs: Path) -> None:
    rows = read(docs, "some-bureau/indicators").xpath(".//tr[.//span[@class='strip']]")
    by_name = {words(row.xpath("th/span[@class='name']")[0]): row for row in rows}
    [strip] = by_name["管网长度"].xpath(".//span[@class='strip']")
    assert strip.get("aria-label") == "2023年度没有这项指标，2024年度没做到，2025年度未公布结果"
    assert [(i.get("class"), i.text) for i in strip] == [(None, "·"), ("missed", "✕"), (None, "－")]
    assert "240米 ✕ 没做到" in words(by_name["管网长度"])


@pytest.mark.parametrize("page", ["years/2024", "some-bureau"])
def test_the_missed_are_listed_with_their_reasons(docs: Path, page: str) -> None:
    rows = read(docs, page).xpath(".//table[contains(@class,'missed')]/tbody/tr")
    assert [(words(row.find("th")), words(row[-1])) for row in rows] == [
        ("管网长度", "一段管网延到下一年"),
        ("有责投诉", "两起已经办结"),
    ]


def test_the_year_and_home_count_everything(docs: Path) -> None:
    said = words(read(docs, "years/2024"))
    assert "1 个部门，1 个公布了结果。共 11 项承诺：✓ 做到 7，✕ 没做到 2，？ 无法判断 1，－ 未公布结果 1。" in said
    [table] = read(docs, "").xpath(".//table[contains(@class,'balance')]")
    assert words(table.xpath("tbody/tr[2]/th")[0]) == "2024年度"
    result = table.xpath("tbody/tr[2]/td[@data-label='结果']")[0]
    assert [words(count) for count in result.xpath(".//li")] == ["做到 7", "没做到 2", "无法判断 1", "未公布结果 1"]
    drawn = [(rect.get("class"), rect.get("width")) for rect in result.xpath(".//*[@class='stacked']/*[name()='rect']")]
    assert [role for role, _ in drawn] == ["chart-tone-8", "chart-tone-2", "chart-tone-4", "chart-none"]
    assert drawn[0][1] == "63.64%"
    assert "./years/2024/#missed" in result.xpath(".//a/@href")


def test_the_calendar_has_the_days_that_are_known(docs: Path) -> None:
    [table] = read(docs, "some-bureau").xpath(".//table[caption[contains(.,'申报 → 公开')]]")
    assert [words(cell) for cell in table.xpath("tbody/tr[2]/td")] == [
        *("没有登记", "没有登记", "2024-06-30", "2025-03-18", "2025-05-20"),
    ]
    assert words(table.xpath("tbody/tr[1]/td[5]")[0]) == "未公布（预计 2026年6月底前）"


def test_no_state_is_a_colour_alone(docs: Path) -> None:
    for page in ("some-bureau/2024", "some-bureau/indicators", "years/2024", "some-bureau"):
        states = read(docs, page).xpath(".//span[contains(@class,'state-')]")
        assert states
        for state in states:
            assert state.xpath("span[@aria-hidden='true']")[0].text in "✓✕？－…"
            assert len(words(state)) > 2


def test_the_rule_of_the_judgement_is_linked(docs: Path) -> None:
    for page in ("some-bureau/2024", "some-bureau/indicators", "years/2024", "some-bureau", ""):
        assert any(link.endswith("about/#results") for link in read(docs, page).xpath(".//a/@href")), page
    assert "## 承诺是否做到怎样判断 {: #results }" in (docs / "about/index.md").read_text(encoding="utf-8")


def test_the_real_department_has_published_none(tmp_path: Path) -> None:
    corpus, _ = build.check(CONTENT)
    assert corpus.results == []
    build.make(corpus, None, tmp_path, today=TODAY)
    page = words(read(tmp_path, "minhang-red-cross/2024"))
    assert "结果未公布（预计 2025年6月底前）。" in page
    assert not any(f"{sign} {word}" in page for sign, word in (("✓", "做到"), ("✕", "没做到"), ("？", "无法判断")))
    assert "共 40 项承诺：－ 未公布结果 40。" in words(read(tmp_path, "years/2024"))


def test_before_the_day_nothing_is_missed(tmp_path: Path) -> None:
    build.make(build.check(CONTENT)[0], None, tmp_path, today=date(2025, 6, 30))
    assert "共 40 项承诺：… 尚未到期 40。" in words(read(tmp_path, "years/2024"))


def test_a_relative_target_follows_the_earlier_years_published_actual(tmp_path: Path) -> None:
    """Only what was published in the earlier year counts: where nothing was, nothing is judged."""
    for before, state in (("80%", "✓ 做到"), ("85%", "✕ 没做到"), (None, "？ 无法判断")):
        content = tmp_path / str(before) / "content"
        shutil.copytree(CASE, content)
        earlier = content / "some-bureau/2023.results.yaml"
        if before:
            earlier.write_text(earlier.read_text(encoding="utf-8").replace("80%", before), encoding="utf-8")
        else:
            earlier.unlink()
        build.make(build.check(content)[0], None, tmp_path / str(before) / "docs", today=TODAY)
        [row] = read(tmp_path / str(before) / "docs", "some-bureau/2024").xpath(".//tr[@data-kind][th/a='知晓率']")
        assert f"82% {state}" in words(row.xpath("td[@class='result']")[0])


def test_the_tables_hold_results_and_money() -> None:
    corpus, _ = build.check(CASE)
    known = dossier.dossier(corpus, corpus.departments[0], None)
    rows = [dict(zip([c.name for c in RESULTS.columns], row, strict=True)) for row in RESULTS.rows(known)]
    assert [row["year"] for row in rows] == [2023] + [2024] * 11  # no row for a year without results
    by_name = {row["name"]: row for row in rows if row["year"] == 2024}
    pipe = by_name["管网长度"]
    assert (pipe["actual_published"], pipe["actual_number"], pipe["actual_unit"]) == ("240米", Decimal(240), "米")
    assert (pipe["state"], pipe["attainment_percent"], pipe["score"]) == ("missed", Decimal("90.23"), Decimal("9.02"))
    assert by_name["会议支出"]["state"] == "cannot tell"
    assert by_name["会议支出"]["actual_number"] is None
    assert by_name["验收合格率"]["state"] == "no result"
    money = [dict(zip([c.name for c in RESULTS_MONEY.columns], row, strict=True)) for row in RESULTS_MONEY.rows(known)]
    assert [(m["line"], m["rate_published"], m["rate_percent"]) for m in money] == [
        ("年度资金总额", "86.19%", Decimal("86.18")),
        ("财政拨款", "90%", Decimal("90.00")),
        ("其他资金", "70.92%", Decimal("70.92")),
    ]
