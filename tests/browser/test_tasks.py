"""What readers come for, with as many clicks as it may take, on a desktop and on a phone.

A click is a press on something that can be seen; a page that can be opened is no goal unless the answer is in sight.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
on_both = pytest.mark.parametrize("width", [1280, 360])


@on_both
def test_what_was_lowered_in_the_newest_year_takes_one_click(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    page.locator("header").get_by_role("link", name="变化").click()
    expect(page.get_by_role("heading", name="与上一次公布相比")).to_be_in_viewport()
    rows = page.locator("#setbacks tbody tr")
    assert {"要求放宽", "取消"} & set(rows.first.locator(".verdict").all_inner_texts())
    assert page.url.endswith("years/2025/#changes")


@on_both
def test_the_front_page_leads_to_it_as_well(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    page.locator(".statement").get_by_role("link", name="放宽或弱化").click()
    expect(page.get_by_role("heading", name="与上一次公布相比")).to_be_in_viewport()


@on_both
def test_who_did_not_publish_takes_one_click(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    page.get_by_role("link", name="个部门未公布").first.click()
    expect(page.locator("#absent")).to_be_in_viewport()
    assert "未公布：" in page.inner_text("#absent")


@on_both
def test_which_promises_were_not_kept_takes_one_click(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    page.locator(".statement").get_by_role("link", name="没做到").click()
    expect(page.get_by_role("heading", name="没做到的承诺")).to_be_in_viewport()
    assert page.locator("table.missed tbody tr").count() > 0


@on_both
def test_everything_into_excel_takes_two_clicks(open_page: Open, width: int, tmp_path: Path) -> None:
    page = open_page("", width=width)
    page.locator("header").get_by_role("link", name="数据").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Excel 工作簿").click()
    downloading.value.save_as(tmp_path / "all.xlsx")
    book = load_workbook(tmp_path / "all.xlsx", read_only=True)
    assert len(book.sheetnames) > 5
    book.close()


@on_both
def test_a_word_of_the_form_is_explained_on_the_page(open_page: Open, width: int) -> None:
    page = open_page("education-bureau/2025/", width=width)
    before = page.url
    page.locator("a.term", has_text="基本支出").first.click()
    note = page.get_by_role("note")
    expect(note).to_be_in_viewport()
    assert "保障机构正常运转" in note.inner_text()
    assert page.url == before
    page.locator("a.term", has_text="基本支出").first.click()
    expect(note).to_have_count(0)


@on_both
@pytest.mark.parametrize("javascript", [True, False])
def test_every_section_is_one_click_away(open_page: Open, width: int, javascript: bool) -> None:
    page = open_page("education-bureau/2025/", width=width, javascript=javascript)
    links = page.locator("header nav a")
    assert links.count() >= 5
    for link in links.all():
        expect(link).to_be_in_viewport()
    page.locator("header").get_by_role("link", name="关于").click()
    expect(page.get_by_role("heading", name="关于本站")).to_be_in_viewport()


def test_the_parts_of_a_long_page_are_one_click_away_wherever_it_is_read(open_page: Open) -> None:
    page = open_page("education-bureau/2025/", width=360)
    page.evaluate("scrollTo({top: 3000, behavior: 'instant'})")
    jump = page.get_by_role("navigation", name="本页内容")
    expect(jump).to_be_in_viewport()
    expect(jump.locator("[aria-current]")).to_have_count(1)
    jump.get_by_role("link").last.click()
    page.wait_for_timeout(600)
    expect(page.locator("h2").last).to_be_in_viewport()


def test_the_head_of_a_long_table_stays_in_sight(open_page: Open) -> None:
    page = open_page("years/2025/")
    page.locator("#setbacks tbody tr").nth(25).scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(300)
    expect(page.locator("#setbacks thead th").first).to_be_in_viewport()


def test_the_verdict_stands_in_sight_on_a_phone(open_page: Open) -> None:
    page = open_page("years/2025/", width=360)
    for verdict in page.locator("#setbacks .verdict").all()[:20]:
        box = verdict.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


def test_departments_with_what_is_looked_for_are_filtered(open_page: Open) -> None:
    page = open_page("years/")
    chosen = page.locator(".table-filter select")
    every = page.locator("table.matrix tbody tr:visible").count()
    chosen.select_option(label="有未公布的")
    shown = page.locator("table.matrix tbody tr:visible")
    assert 0 < shown.count() < every
    assert all("未公布" in text for text in shown.all_inner_texts())


def test_a_chosen_scheme_is_kept_and_shown_at_once(open_page: Open) -> None:
    page = open_page("")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    switch = page.locator(".scheme-switch")
    switch.click()
    switch.click()
    assert switch.inner_text() == "外观：深色"
    dark = page.evaluate(background)
    assert dark != light
    page.goto(page.url)
    assert page.evaluate(background) == dark
    assert page.locator("html").get_attribute("data-scheme") == "dark"


def test_the_dark_of_the_system_needs_no_script(open_page: Open) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    assert open_page("", scheme="dark").evaluate(background) == "rgb(18, 24, 30)"
    assert open_page("", scheme="light").evaluate(background) == "rgb(255, 255, 255)"


def test_a_citation_is_copied_with_address_and_day(open_page: Open) -> None:
    page = open_page("education-bureau/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("complementary", name="引用本页").get_by_role("button").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "https://www.example.org/portal/targets/education-bureau/" in copied
    assert "取得日期 20" in copied


@on_both
def test_whose_budget_grew_most_stands_on_the_front_page(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    page.locator(".jump").get_by_role("link", name="各部门").click()
    answer = page.locator(".extremes li").first
    expect(answer).to_be_in_viewport()
    assert "预算比上一次增长最多：示例区" in answer.inner_text()


@on_both
def test_the_same_kind_across_departments_takes_two_clicks(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    page.locator("header").get_by_role("link", name="主题").click()
    page.get_by_role("link", name="满意度", exact=True).click()
    rows = page.locator("table.theme").first.locator("tbody tr")
    expect(rows.first).to_be_in_viewport()
    assert rows.count() > 5
    assert len(set(rows.locator("th").all_inner_texts())) > 5
