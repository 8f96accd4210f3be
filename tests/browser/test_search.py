"""Search in a real browser, asked with plain Chinese words, under the security policy."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support import CONTENT, parse, search_parts

from generator import headers
from generator.content import corpus
from generator.demo import district
from generator.exports import search_index

Open = Callable[..., Page]


def results(page: Page) -> list[str]:
    """Wait until the page says how many it found, which it says when they stand there; returns their texts."""
    expect(page.locator("#search-status")).to_contain_text(["找到"], use_inner_text=True)
    return page.locator(".search-result").all_inner_texts()


def ask(page: Page, queries: list[str]) -> list[list[dict[str, Any]]]:
    """Ask the page's own search function one query after the other; returns the entries of each first page."""
    found: list[list[dict[str, Any]]] = page.evaluate(
        """async (queries) => { const found = [];
            for (const query of queries) found.push((await searchIndex.find(query)).first);
            return found; }""",
        queries,
    )
    return found


def names_in(content: Path) -> list[str]:
    declarations, _ = corpus.load(content)
    return sorted({p.name for document in declarations.documents for p in document.declaration.indicators()})


def titles(entry: dict[str, Any]) -> list[str]:
    return [entry["title"], *entry["former"]]


def bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def holds(entry: dict[str, Any], words: str) -> bool:
    return any(bare(words) in bare(text) for text in [*titles(entry), entry["text"], entry["department"]])


@pytest.fixture(scope="module", params=["demo", "real"])
def searched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], str]:
    """Return names of indicators and the address of the site that has them: all real ones, a sample of the demo's."""
    if request.param == "real":
        return names_in(CONTENT), request.getfixturevalue("real_address")
    content = tmp_path_factory.mktemp("names") / "content"
    district.write_demo(content)
    return random.Random(7).sample(names_in(content), 120), request.getfixturevalue("address")


def test_what_was_not_kept_is_found_without_a_word(open_page: Open) -> None:
    found = results(open_page("search/?state=missed"))
    assert found
    assert all("年度：没做到" in text for text in found)


def test_a_name_typed_in_full_comes_first(open_page: Open, searched: tuple[list[str], str]) -> None:
    names, address = searched
    found = ask(open_page(f"{address}search/"), names)
    assert [n for n, entries in zip(names, found, strict=True) if not entries or n not in titles(entries[0])] == []


def test_any_five_characters_of_a_name_find_it(open_page: Open, searched: tuple[list[str], str]) -> None:
    names, address = searched
    middles = sorted({name[i : i + 5] for name in names for i in range(1, len(name) - 5)})
    queries = [m for m in middles if bare(m)][::3]
    assert len(queries) > 50
    found = ask(open_page(f"{address}search/"), queries)
    missed = [
        q
        for q, entries in zip(queries, found, strict=True)
        if not entries or not all(holds(entries[0], word) for word in q.split())
    ]
    assert missed == []


def test_the_page_folds_text_as_the_index_does(open_page: Open, real_address: str) -> None:
    texts = [e.title + e.text for part in search_parts(corpus.load(CONTENT)[0]) for e in part.entries]
    texts += [
        "１，０００．５０",
        "1,234,567.890",
        "1.0.0",
        "ＡＥＤ㎡①½Ⅳ々〇𠮷é",
        "5·8 “日”——…",
        "a1b22c",
        "12,34",
        "Straße İ",
    ]
    page = open_page(f"{real_address}search/")
    assert page.evaluate("texts => texts.map(searchIndex.fold)", texts) == [search_index.fold(t) for t in texts]


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("护送", "指标", "返乡护送"),  # the middle of 返乡护送惠及户数
        ("户数 护送", "指标", "返乡护送惠及户数"),
        ("护送惠及 管理站", "指标", "返乡护送惠及户数"),  # the indicator's name and the department's
        ("管理站　护送惠及", "指标", "返乡护送惠及户数"),
        ("护送惠及 2024", "指标", "返乡护送惠及户数"),
        ("示例区 满意度", "指标", "满意度"),  # not the department that has it among its headings
        ("服务对象满意度", "指标", "满意度"),
        ("示例区福利院", "部门", "示例区福利院"),
        ("示例区福利院 2024", "申报表", "示例区福利院 2024年度"),
        ("基本支出", "名词", "基本支出"),
        ("要求放宽", "名词", "要求放宽"),
    ],
)
def test_plain_words_find_the_entry(open_page: Open, words: str, kind: str, found: str) -> None:
    first = results(open_page(f"search/?q={words}"))[0]
    assert first.startswith(kind)
    assert found in first


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("banjietianshu", "办结天数"),
        ("banjietians", "办结天数"),  # the last syllable unfinished
        ("bjts", "办结天数"),
        ("fwdxmyd 2024", "服务对象满意度"),
        ("办结时间", "办结天数"),  # by the synonyms of site.yaml
        ("jibenzhichu", "基本支出"),
    ],
)
def test_pinyin_initials_and_synonyms_find_the_entry(open_page: Open, typed: str, found: str) -> None:
    page = open_page("search/")
    [entries] = ask(page, [typed])
    assert entries
    assert all(found in entry["title"] for entry in entries), [entry["title"] for entry in entries]


def test_latin_letters_that_no_title_sounds_like_find_nothing(open_page: Open) -> None:
    assert ask(open_page("search/"), ["xqzwv", "banjietianshuo", "manyidx"]) == [[], [], []]


def test_themes_and_pages_are_found(open_page: Open) -> None:
    for words, kind, title in (
        ("满意度", "主题", "满意度"),
        ("开放数据", "网页", "开放数据"),
        ("学生 青少年", "主题", "学生和青少年"),
    ):
        [entries] = ask(open_page("search/"), [words])
        assert (kind, title) in [(entry["kind"], entry["title"]) for entry in entries]


@pytest.mark.parametrize("typed", ["95", "９５", "95.0", "≥95%", "95 %"])
def test_a_number_is_whole_however_it_is_typed(open_page: Open, typed: str) -> None:
    page = open_page("search/")
    [entries] = ask(page, [f"满意度 {typed}"])
    assert entries
    assert all("95" in entry["text"] and "满意度" in entry["title"] for entry in entries)
    assert ask(page, ["满意度 9"]) == ask(page, ["满意度 9999"]) == [[]]


def test_an_amount_is_found_with_and_without_commas(open_page: Open, real_address: str) -> None:
    page = open_page(f"{real_address}search/")
    for typed in ("5,513,159.84", "5513159.84", "５，５１３，１５９．８４"):
        [[entry]] = ask(page, [typed])
        assert (entry["kind"], entry["years"]) == ("申报表", [2024])


def test_duties_goals_and_tasks_are_found_by_their_words(open_page: Open, real_address: str) -> None:
    declarations, _ = corpus.load(CONTENT)
    declaration = declarations.documents[0].declaration
    texts = [*declaration.duties, *declaration.annual_goals, *(task.content for task in declaration.tasks)]
    queries = [text[len(text) // 2 :][:8].strip() for text in texts]
    found = ask(open_page(f"{real_address}search/"), queries)
    assert all(any(holds(entry, q) for entry in entries) for q, entries in zip(queries, found, strict=True)), found


def test_a_result_leads_to_the_row_of_the_indicator(open_page: Open) -> None:
    page = open_page("search/?q=返乡护送&kind=indicator")
    assert "目标值：" in results(page)[0]
    page.locator(".search-result a").first.click()
    page.wait_for_url("**/rescue-station/indicators/#i-*")
    row = page.locator("tr:has(:target)")
    expect(row).to_be_visible()
    assert "返乡护送" in row.inner_text()


def test_every_result_leads_to_a_place(open_page: Open, address: str, site: Path) -> None:
    page = open_page("search/")
    words = ["示例区", "取消", "满意度", "工作方案", "负责", "方便群众", "2024年度"]
    results = [entry for found in ask(page, words) for entry in found]
    assert {entry["kind"] for entry in results} >= {
        "指标",
        "重点任务",
        "履职目标",
        "部门职责",
        "申报表",
        "部门",
        "名词",
    }
    for entry in results:
        folder, _, anchor = entry["address"].partition("#")
        assert not anchor or anchor in parse(site / folder / "index.html").xpath("//@id"), entry


def test_choices_narrow_and_the_address_restores(open_page: Open) -> None:
    page = open_page("search/")
    page.fill("#search-words", "满意度")
    assert len(results(page)) == 10  # the first page of results
    page.select_option("select[name=kind]", "指标")
    page.select_option("select[name=department]", "示例区档案馆")
    page.select_option("select[name=year]", "2024")
    expect(page.locator("#search-status")).to_have_text("找到 1 项。")
    [only] = results(page)
    assert "示例区档案馆" in only
    assert "kind=indicator" in page.url
    assert results(open_page(page.url)) == [only]


def test_what_became_of_a_promise_can_be_chosen(open_page: Open) -> None:
    page = open_page("search/?q=及时&verdict=dropped")
    found = results(page)
    assert found
    assert all("取消" in text for text in found)


def test_more_results_go_on_where_the_reader_is(open_page: Open) -> None:
    page = open_page("search/?q=满意度")
    assert len(results(page)) == 10
    page.get_by_role("button", name="显示更多结果").press("Enter")
    expect(page.locator(".search-result")).to_have_count(20)
    assert page.evaluate("[...document.querySelectorAll('.search-result a')].indexOf(document.activeElement)") == 10


def test_a_first_search_moves_under_100_kilobytes(open_page: Open) -> None:
    page = open_page("search/")
    page.wait_for_load_state("networkidle")
    moved: list[int] = []
    page.on("response", lambda response: moved.append(len(response.body())))
    page.fill("#search-words", "应急物资")
    assert results(page)
    assert 10_000 < sum(moved) < 100_000, sum(moved)


def test_nothing_is_loaded_before_somebody_searches(open_page: Open) -> None:
    page = open_page("search/")
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert not any("/search/" in name for name in loaded)


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("")
    page.keyboard.press("/")
    page.keyboard.type("档案数字化")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert "档案数字化" in results(page)[0]
    page.focus("#search-words")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.search-result') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("Escape")
    expect(page.locator(".search-result")).to_have_count(0)


def test_words_are_marked_where_they_stand(open_page: Open) -> None:
    page = open_page("search/?q=护送 惠及")
    results(page)
    assert page.locator(".search-result >> nth=0").locator("mark").all_inner_texts()[:2] == ["护送", "惠及"]


@pytest.mark.parametrize("typed", ["zzzqqq", "满意度 zzzqqq", "、。"])
def test_nothing_found_is_said(open_page: Open, typed: str) -> None:
    page = open_page(f"search/?q={typed}")
    expect(page.locator("#search-status")).to_contain_text("没有找到")
    assert page.locator(".search-result").count() == 0


def test_without_javascript_it_says_where_to_look(open_page: Open) -> None:
    page = open_page("search/", javascript=False)
    assert "部门列表" in page.inner_text("article")
    assert 'href="../years/"' in page.inner_html("noscript")


def test_from_a_disk_pages_can_be_read_and_searched(open_page: Open, site: Path) -> None:
    page = open_page((site / "index.html").as_uri())
    page.click("text=示例区档案馆 >> nth=0")
    page.wait_for_url("file:///**/archives/index.html")
    page.click("article th a >> text=2024年度")
    page.wait_for_url("file:///**/archives/2024/index.html")
    assert "档案数字化" in page.inner_text("article")
    page.fill("[data-search-words]", "档案数字化")
    page.press("[data-search-words]", "Enter")
    page.wait_for_url("file:///**/search/index.html?q=*")
    assert "档案数字化" in results(page)[0]
    page.locator(".search-result a").first.click()
    page.wait_for_url("file:///**/archives/**/index.html#*")


def test_pages_that_carry_the_policy_themselves_work_from_a_disk(
    open_page: Open, real_site: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(real_site, tmp_path / "site")
    headers.write_into_pages(site, headers.write(site))
    page = open_page((site / "index.html").as_uri())
    page.fill("[data-search-words]", "救护")
    page.press("[data-search-words]", "Enter")
    assert "救护" in results(page)[0]
    for marked in page.locator("meta[http-equiv=Content-Security-Policy]").all():
        assert "'sha256-" in (marked.get_attribute("content") or "")
