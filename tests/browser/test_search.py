"""Search in a real browser, asked with plain Chinese words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def results(page: Page) -> list[str]:
    """Wait until the page says how many it found, which it says when they stand there; returns their texts."""
    page.wait_for_function("document.getElementById('search-status').textContent.match(/找到|不能/)")
    return page.locator(".search-result").all_inner_texts()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("护送", "返乡护送"),  # the middle of 返乡护送惠及户数
        ("扫描 数字化", "档案数字化"),
        ("服务对象满意度", "满意度"),
        ("老旧小区", "老旧小区改造"),
        ("图书馆开放", "公共图书馆开放"),
        ("示例区福利院", "示例区福利院"),
    ],
)
def test_plain_words_find_the_indicator(open_page: Open, words: str, found: str) -> None:
    page = open_page(f"search/?q={words}")
    assert any(found in text for text in results(page)), results(page)


def test_a_result_leads_to_the_row_of_the_indicator(open_page: Open) -> None:
    page = open_page("search/?q=返乡护送&kind=指标台账")
    results(page)
    entry = page.locator(".search-entry").first
    assert "返乡护送" in entry.inner_text()
    entry.click()
    page.wait_for_url("**/rescue-station/indicators/#i-*")
    row = page.locator(":target")
    expect(row).to_be_visible()
    assert "返乡护送" in row.inner_text()


def test_filters_narrow_and_the_address_restores(open_page: Open) -> None:
    page = open_page("search/")
    page.fill("#search-words", "满意度")
    everywhere = len(results(page))
    assert everywhere == 10  # the first page of results
    page.select_option("select[name=department]", "示例区档案馆")
    page.select_option("select[name=year]", "2024")
    page.wait_for_function("document.getElementById('search-status').textContent === '找到 1 个网页。'")
    [only] = results(page)
    assert "示例区档案馆 2024年度" in only
    again = open_page(page.url)
    assert results(again) == [only]


def test_a_search_moves_under_500_kilobytes(open_page: Open) -> None:
    page = open_page("search/")
    moved: list[int] = []
    page.on("response", lambda response: moved.append(len(response.body())))
    page.fill("#search-words", "应急物资")
    assert results(page)
    assert 10_000 < sum(moved) < 500_000, sum(moved)


def test_nothing_is_loaded_before_somebody_searches(open_page: Open) -> None:
    page = open_page("search/")
    page.wait_for_load_state("networkidle")
    assert not any("pagefind" in e for e in page.evaluate("performance.getEntriesByType('resource').map(e => e.name)"))


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("")
    page.keyboard.press("/")
    page.keyboard.type("档案数字化")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert results(page)
    page.focus("#search-words")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.search-result') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("Escape")
    assert page.locator(".search-result").count() == 0


def test_nothing_found_is_said(open_page: Open) -> None:
    page = open_page("search/?q=zzzqqq")
    assert results(page) == []
    assert "没有找到" in page.inner_text("#search-status")


def test_without_javascript_it_says_where_to_look(open_page: Open) -> None:
    page = open_page("search/", javascript=False)
    assert "部门列表" in page.inner_text("article")
    assert 'href="../years/"' in page.inner_html("noscript")


def test_from_a_disk_pages_can_be_read_and_search_says_that_it_cannot(open_page: Open, site: Path) -> None:
    page = open_page((site / "index.html").as_uri())
    page.click("text=示例区档案馆 >> nth=0")
    page.wait_for_url("file:///**/archives/index.html")
    page.click("article th a >> text=2024年度")
    page.wait_for_url("file:///**/archives/2024/index.html")
    assert "档案数字化" in page.inner_text("article")
    page.goto((site / "search/index.html").as_uri() + "?q=档案")
    page.wait_for_function("document.getElementById('search-status').textContent.includes('从磁盘打开时不能搜索')")
