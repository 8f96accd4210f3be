"""Reading and comparing in a real browser: accessible on every kind of page, by keyboard, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
PAGES = {
    "home": "",
    "department": "education-bureau/",
    "declaration": "education-bureau/2025/",
    "ledger": "education-bureau/indicators/",
    "comparing": "education-bureau/compare/",
    "comparison": "education-bureau/compare/2024-2025/",
    "years apart": "education-bureau/compare/#y2021-2025",
    "years": "years/",
    "year": "years/2025/",
    "search": "search/?q=培训",
    "not found": "404.html",
    "about": "about/",
    "rules": "rules/",
    "rule family": "rules/indicators/",
    "data": "data/",
    "interface": "api/v1/",
    "form": "education-bureau/2025/form.html",
    "editing": "edit/",
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_no_violation(open_page: Open, kind: str, scheme: str, width: int) -> None:
    page = open_page(PAGES[kind], width=width, scheme=scheme)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_phone_scrolls_only_up_and_down(open_page: Open, kind: str) -> None:
    page = open_page(PAGES[kind], width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("kind", PAGES)
def test_the_keyboard_reaches_everything(open_page: Open, kind: str) -> None:
    page = open_page(PAGES[kind])
    page.wait_for_load_state("networkidle")
    wanted = page.evaluate(
        """() => { const radio = "input[type=radio]:not(:checked)"; // a group of radio buttons is one stop
            return [...document.querySelectorAll("article :is(a[href], button, summary, select, input)")]
                .filter(e => e.checkVisibility() && !e.matches(radio)).length; }"""
    )
    page.evaluate("document.querySelector('.md-skip')?.focus()")
    reached = 0
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        inside, seen = page.evaluate(
            """() => { const e = document.activeElement, first = !e.dataset.seen; e.dataset.seen = "1";
                return [first && e.matches("article :is(a, button, summary, select, input)"), e === document.body]; }"""
        )
        reached += inside
        if reached == wanted or seen:
            break
    assert reached == wanted


def test_focus_is_visible(open_page: Open) -> None:
    page = open_page("education-bureau/2025/")
    page.focus("article a >> nth=1")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_comparing_two_years_takes_two_clicks(open_page: Open) -> None:
    page = open_page("education-bureau/")
    page.click("text=比较任意两个年度")
    page.click("[aria-label='比较2021与2025年度']")
    expect(page.get_by_role("table", name="2021年度与2025年度的金额和人数")).to_be_in_viewport()


def test_the_address_of_two_years_leads_to_them(open_page: Open) -> None:
    page = open_page("education-bureau/compare/2021-2025/")
    page.wait_for_url("**/education-bureau/compare/index.html#y2021-2025")
    expect(page.get_by_role("table", name="2021年度与2025年度的金额和人数")).to_be_in_viewport()
    expect(page.get_by_role("table", name="2020年度与2025年度的金额和人数")).to_be_hidden()


def test_two_clicks_to_what_was_lowered(open_page: Open) -> None:
    page = open_page("")
    page.locator("text=/项目标放宽、弱化或取消/").first.click()
    page.wait_for_url("**/years/2025/#setbacks")
    expect(page.locator("#setbacks")).to_be_in_viewport()


def test_the_next_year_stays_at_the_section(open_page: Open) -> None:
    page = open_page("education-bureau/2024/#indicators")
    page.click("a[rel=next]")
    page.wait_for_url("**/education-bureau/2025/#indicators")


def test_without_javascript_a_page_is_complete(open_page: Open) -> None:
    page = open_page("education-bureau/2025/", javascript=False)
    text = page.inner_text("article")
    for words in ("预算总额", "绩效指标", "课后服务", "部门职责"):
        assert words in text
    expect(page.locator("svg.chart").first).to_be_visible()


def test_a_page_that_is_not_there_leads_home(open_page: Open, address: str) -> None:
    page = open_page("404.html")
    assert "没有找到这个网页" in page.inner_text("article")
    page.click("text=回到首页")
    page.wait_for_url(f"{address}**")
