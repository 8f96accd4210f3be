"""Sorting, filtering and the unit switch in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from generator.analysis import figures

Open = Callable[..., Page]


def column(page: Page, number: int) -> list[str]:
    table = page.locator("table[data-sortable]").first
    return table.locator(f"tbody tr > *:nth-child({number})").all_inner_texts()


def test_sorting_by_amount_and_back(open_page: Open) -> None:
    page = open_page("years/2025/")
    before = column(page, 2)
    amounts = [float(text.replace(",", "")) for text in before]
    page.click("button.sort >> text=预算总额")
    assert [float(text.replace(",", "")) for text in column(page, 2)] == sorted(amounts)
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    page.click("button.sort >> text=预算总额")
    assert [float(text.replace(",", "")) for text in column(page, 2)] == sorted(amounts, reverse=True)
    page.click("button.sort >> text=预算总额")
    assert column(page, 2) == before


def test_what_has_no_number_comes_last(open_page: Open) -> None:
    page = open_page("health-commission/")  # has a year without a declaration
    page.click("button.sort >> text=预算总额")
    assert column(page, 2)[-1] == "未公布"
    page.click("button.sort >> text=预算总额")
    assert column(page, 2)[-1] == "未公布"


def test_filtering_finds_any_part_of_a_name(open_page: Open) -> None:
    page = open_page("education-bureau/2025/")
    rows = page.locator("table.indicators tbody tr:not(.group)")
    everything = rows.count()
    part = rows.first.locator("th").inner_text()[3:6]  # across a word boundary
    page.fill(".table-filter input", part)
    visible = page.locator("table.indicators tbody tr:not(.group):visible")
    assert 0 < visible.count() < everything
    assert all(part in text for text in visible.all_inner_texts())
    expect(page.locator(".filter-count")).to_have_text(f"显示 {visible.count()} / {everything} 项")
    page.fill(".table-filter input", "")
    page.select_option(".table-filter select", "number")
    assert page.locator("table.indicators tbody tr[data-kind=words]:visible").count() == 0
    page.fill(".table-filter input", "没有这样的指标")
    assert page.locator("table.indicators tbody tr:visible").count() == 0


def test_the_unit_switch_is_right_and_remembered(open_page: Open) -> None:
    page = open_page("education-bureau/2025/")
    page.click("#budget-table > summary")
    amounts = page.locator("article [data-yuan]")
    yuan = amounts.evaluate_all("all => all.map(e => e.dataset.yuan)")
    before = amounts.all_inner_texts()
    page.check("input[name=unit][value=万元]")
    assert amounts.all_inner_texts() == [figures.in_wan(Decimal(text)) for text in yuan]
    assert "万元" in page.inner_text("#budget-table caption")
    page.goto(page.url)
    page.click("#budget-table > summary")
    assert amounts.first.inner_text() == figures.in_wan(Decimal(yuan[0]))
    page.check("input[name=unit][value=元]")
    assert amounts.all_inner_texts() == before


@pytest.mark.parametrize("yuan", ["0", "0.00", "49.99", "50", "149.99", "5513159.84", "12345678901234.56", "9999.99"])
def test_ten_thousands_are_rounded_as_the_generator_rounds(open_page: Open, yuan: str) -> None:
    page = open_page("education-bureau/2025/")
    page.click("#budget-table > summary")
    page.evaluate("yuan => { document.querySelector('[data-yuan]').dataset.yuan = yuan; }", yuan)
    page.check("input[name=unit][value=万元]")
    assert page.locator("[data-yuan]").first.inner_text() == figures.in_wan(Decimal(yuan))


def test_leaving_the_site_asks_first(open_page: Open) -> None:
    page = open_page("about/")
    page.evaluate(
        """() => { const a = document.createElement("a"); a.rel = "external"; a.href = "https://example.org/";
            a.textContent = "外部"; a.id = "out"; document.querySelector("article").append(a); }"""
    )
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("#out")
    assert asked == ["即将离开本站，前往 example.org。"]
    assert page.url.endswith("about/")


def test_a_filter_takes_several_words_and_stands_in_the_address(open_page: Open) -> None:
    page = open_page("themes/manyidu/")
    rows = page.locator("table.theme").first.locator("tbody tr:not([hidden])")
    department = rows.nth(2).locator("th").inner_text()
    everything = rows.count()
    page.locator(".table-filter input").first.fill(f"{department[-4:]} 满意")
    assert 0 < rows.count() < everything
    assert department in rows.first.inner_text()
    page.reload()
    assert page.locator(".table-filter input").first.input_value() == f"{department[-4:]} 满意"
    assert 0 < rows.count() < everything
    page.locator(".table-filter input").first.fill("")
    expect(rows).to_have_count(everything)
    assert "?" not in page.url
