"""What readers come for, done in a real browser on a desktop and a phone, with as few clicks as it may take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
DECLARATION = "education-bureau/2024/"
on_both = pytest.mark.parametrize("width", [1280, 360], ids=["desktop", "phone"])


class Reader:
    """Somebody who counts their clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.click()


@on_both
def test_one_promise_since_it_began_by_one_search(open_page: Open, width: int) -> None:
    reader = Reader(open_page("search/?q=返乡护送&kind=indicator", width=width))
    reader.click(reader.page.locator(".search-result a").first)
    promise = reader.page.locator("details.life[open]")
    expect(promise).to_have_count(1)
    expect(promise.locator("table")).to_be_visible()
    years = promise.locator("table tbody th").all_inner_texts()
    assert years == sorted(years, reverse=True)
    assert len(years) > 1
    assert reader.clicks == 1


@on_both
def test_a_figure_is_cited_with_one_click(open_page: Open, width: int) -> None:
    reader = Reader(open_page(DECLARATION, width=width))
    figure = reader.page.locator("#chart-budget")
    reader.click(figure.locator("summary"))
    cited = figure.locator(".cite-text")
    expect(cited).to_be_visible()
    for part in ("示例区教育局", "2024年度", "项目支出", "公开", "/education-bureau/2024/#chart-budget"):
        assert part in cited.inner_text()
    assert reader.clicks == 1


@on_both
def test_an_indicator_is_shared_with_one_click(open_page: Open, width: int) -> None:
    page = open_page(DECLARATION, width=width)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader = Reader(page)
    row = page.locator("table.indicators tr[data-kind]").nth(2)
    reader.click(row.locator("a.share"))
    expect(page.get_by_role("status").filter(has_text="已复制")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert copied.endswith("#" + (row.locator("th").get_attribute("id") or "none"))
    assert reader.clicks == 1


def test_without_permission_the_link_is_in_the_address(open_page: Open) -> None:
    page = open_page(DECLARATION)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    link = page.locator("table.indicators a.share").first
    link.click()
    expect(page.get_by_role("status").filter(has_text="网址在地址栏")).to_have_count(1)
    assert page.url.endswith(link.get_attribute("href") or "none")


@on_both
def test_the_original_document_and_its_hash_with_two_clicks(open_page: Open, real_address: str, width: int) -> None:
    reader = Reader(open_page(real_address + "minhang-red-cross/", width=width))
    reader.click(reader.page.locator("#years").locator("xpath=following::a[contains(., '2024年度')]").first)
    facts = reader.page.locator("#source + dl")
    assert "520a0947fe6d53f04b42036d2920ae4a7f9a67cedc83d45c81b0697a9b9ba57c" in facts.inner_text()
    with reader.page.expect_download() as download:
        reader.click(facts.locator("a[download]"))
    assert download.value.suggested_filename == "2024.txt"
    assert reader.clicks == 2


@on_both
def test_2021_against_2024_with_three_clicks(open_page: Open, width: int) -> None:
    reader = Reader(open_page("education-bureau/", width=width))
    reader.click(reader.page.get_by_role("link", name="比较任意两个年度"))
    reader.click(reader.page.get_by_role("link", name="比较2021与2024年度"))
    pair = reader.page.locator("#y2021-2024")
    expect(pair.locator("table").first).to_be_visible()
    assert "2021年度" in pair.inner_text()
    assert reader.clicks <= 3


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_an_address_of_a_promise_shows_its_whole_life(open_page: Open, javascript: bool) -> None:
    page = open_page("education-bureau/indicators/", javascript=javascript)
    address = page.locator("details.life").nth(5).get_attribute("id")
    page = open_page(f"education-bureau/indicators/#{address}", javascript=javascript)
    expect(page.locator(f"#{address} table")).to_be_visible()
    expect(page.locator("details.life table:visible")).to_have_count(1)


def test_a_former_address_opens_the_promise_too(open_page: Open) -> None:
    page = open_page("education-bureau/indicators/")
    former = page.locator("div[id^=i-]:has(> details.life)").first.get_attribute("id")
    page = open_page(f"education-bureau/indicators/#{former}")
    expect(page.locator(f"#{former} > details[open] table")).to_be_visible()


def test_a_chart_is_taken_along_as_a_drawing_and_as_a_table(open_page: Open, tmp_path: Path) -> None:
    page = open_page(DECLARATION)
    figure = page.locator("#chart-budget")
    figure.locator("summary").click()
    for name, start in (("SVG", "<svg"), ("CSV", "\ufeff")):
        with page.expect_download() as download:
            figure.get_by_role("button", name=name).click()
        download.value.save_as(tmp_path / name)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.startswith(start)
        assert "基本支出" in text
    assert "class=" not in (tmp_path / "SVG").read_text(encoding="utf-8").split(">", 1)[1]


def test_paper_shows_what_is_folded(open_page: Open) -> None:
    page = open_page(DECLARATION)
    expect(page.locator("#duties p").first).not_to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#duties p").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#duties p").first).not_to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("folded", [DECLARATION, "education-bureau/indicators/"])
def test_axe_finds_no_violation_in_what_is_folded(open_page: Open, folded: str, scheme: str) -> None:
    page = open_page(folded, width=360, scheme=scheme)
    page.evaluate("for (const part of document.querySelectorAll('article details')) part.open = true")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_real_declaration_is_short_on_a_phone(open_page: Open, real_address: str) -> None:
    page = open_page(real_address + "minhang-red-cross/2024/", width=360)
    assert page.evaluate("document.documentElement.scrollHeight") < 5000
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_target_verdict_and_result_are_in_sight_on_a_phone(open_page: Open) -> None:
    page = open_page(DECLARATION, width=360)
    for row in page.locator("table.indicators tr[data-kind]").all()[:5]:
        for part in (".target", ".change .verdict", ".result .state"):
            place = row.locator(part).bounding_box()
            assert place
            assert place["x"] >= 0
            assert place["x"] + place["width"] <= 360
