"""The pages through the years, built from the golden case `years`: two departments, a gap, a rename, a 汇总."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from support import ROOT, assert_links_stay, mkdocs_build, parse

from generator.analysis.identity import anchor
from generator.declaration.model import Indicator, PlacedIndicator


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mkdocs_build(ROOT / "tests/cases/years/content", tmp_path_factory.mktemp("years"))


def article(built: Path, address: str) -> html.HtmlElement:
    return parse(built / address / "index.html").xpath("//article")[0]


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_links_and_anchors_lead_somewhere(built: Path) -> None:
    assert_links_stay(built)


def opened(row: html.HtmlElement) -> list[list[str]]:
    """Return the years of a row of the ledger, without their budgets."""
    return [[words(cell) for cell in tr][:3] for tr in row.xpath(".//table/tbody/tr")]


def test_the_ledger_has_a_row_an_indicator_and_in_it_a_line_a_year(built: Path) -> None:
    [table] = article(built, "some-bureau/indicators").xpath(".//table[contains(@class,'ledger')]")
    rows = table.xpath("tbody/tr[th[@scope='row']]")
    assert [(words(row.find("th")), words(row.xpath(".//summary")[0])) for row in rows] == [
        ("演练场次", "2022—2024 ≥2.00(次) 2021 ≥3.00(次) 2024 未变"),
        ("家属慰问户数原名：慰问户数", "2024 60户 2022 ≥60户 2021 ≥50户 2024 弱化"),
        ("培训人数", "2024 较2022年提升 2022 85% 2021 ≥85% 2024 无法比较"),
        ("知晓率", "2024 较2023年提升"),
    ]
    assert opened(rows[0]) == [
        ["2024", "≥2.00(次)", "未变"],
        ["2023", "申报表未公布"],
        ["2022", "≥2.00(次)", "要求放宽 数值降低"],
        ["2021", "≥3.00(次)", "首次公布"],
    ]
    assert opened(rows[1])[0] == ["2024", "60户", "弱化 数值相同，不再写明比较符“≥”"]
    assert opened(rows[3]) == [["2024", "较2023年提升", "新增"]]


def test_the_anchor_of_a_former_name_still_leads_to_the_row(built: Path) -> None:
    former = PlacedIndicator("产出指标", "数量指标", "慰问户数", Indicator.model_validate("≥50户"))
    [row] = article(built, "some-bureau/indicators").xpath(f".//tr[.//*[@id='{anchor(former)}']]")
    assert "家属慰问户数" in words(row)


def test_a_relative_target_leads_to_its_year_or_says_that_none_is_published(built: Path) -> None:
    page = article(built, "some-bureau/2024")
    shown = {words(tr.xpath("th/a")[0]): tr.xpath("td")[0] for tr in page.xpath(".//tr[@data-kind]")}
    assert words(shown["知晓率"]).endswith("本站没有2023年度的申报表")
    [link] = shown["培训人数"].xpath(".//a")
    assert words(link) == "2022年目标值 85%"
    assert "2022/#i-" in link.get("href")


def test_the_neighbouring_years_and_the_missing_one(built: Path) -> None:
    [nav] = article(built, "some-bureau/2024").xpath(".//nav[@aria-label='其他年度']")
    assert "‹ 2022年度 （2023年度未公布）" in words(nav)
    assert nav.xpath(".//a[@rel='prev']/@href") == ["../../some-bureau/2022/"]
    assert nav.xpath(".//a[@rel='next']") == []
    history = article(built, "some-bureau")
    rows = [[words(c) for c in tr.xpath("th|td")] for tr in history.xpath(".//table[@data-sortable]/tbody/tr")]
    assert rows[0][:3] == ["2024年度", "200.00", "−100.00（−33.33%）"]
    assert rows[1][:3] == ["2023年度", "未公布", "未公布"]
    assert rows[3][:3] == ["2021年度", "100.00", "首次公布"]
    assert "2023年度未公布" in words(history)
    assert "2021年度及以前名为“某区旧局”" in words(history)


def test_any_two_years_are_compared(built: Path) -> None:
    index = article(built, "some-bureau/compare")
    links = index.xpath(".//table[contains(@class, 'matrix')]//a/@href")
    assert links == ["2021-2022/", "#y2021-2024", "2022-2024/"]
    [apart] = index.xpath(".//details[@id='y2021-2024']")
    assert index.xpath(".//details") == [apart]
    for shown in (words(article(built, "some-bureau/compare/2022-2024")), words(apart)):
        assert "其间 2023年度未公布" in shown
    assert "部门整体预算总额100.00200.00+100.00（+100.00%）" in words(apart)
    assert "演练场次≥3.00(次)≥2.00(次)要求放宽" in words(apart)


def test_the_address_of_any_two_years_leads_to_their_comparison(built: Path) -> None:
    moved = parse(built / "some-bureau/compare/2021-2024/index.html")
    assert moved.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../index.html#y2021-2024"]
    assert moved.xpath("//a/@href") == ["../index.html#y2021-2024"]


def test_nothing_is_counted_twice(built: Path) -> None:
    page = words(article(built, "years/2024"))
    assert "以上各部门预算总额合计 200.00 元，汇总数已经包含的 1 个部门不重复相加" in page
    assert "已含在某区示例局汇总中" in page
    assert "合计" not in words(article(built, "years/2022"))  # one department alone is no sum
    assert "不明（没有申报表，是否应当公布没有登记）：某区示例所" in words(article(built, "years/2022"))


def test_days_from_approval_to_publication(built: Path) -> None:
    assert "25 天（预算法第十四条：批复后二十日内公开）" in words(article(built, "some-bureau/2024"))


def test_one_year_compares_nothing(built: Path) -> None:
    assert not (built / "some-office/compare").exists()
    assert "比较" not in words(article(built, "some-office"))
    assert article(built, "some-office").xpath(".//figure") == []
