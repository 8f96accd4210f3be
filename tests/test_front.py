"""The front page and the frame: the balance of the years, departments in order, navigation, citation."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html
from support import ROOT, git, mkdocs_build, parse

from generator import build
from generator.analysis import balance, figures
from generator.analysis.balance import Direction
from generator.analysis.kinds import Kind, Verdict
from generator.analysis.ledger import Change, Promise
from generator.demo import district
from generator.pages import front, pictures

YEARS = ROOT / "tests/cases/years/content"


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the golden case `years`, with an address, from a repository."""
    work = tmp_path_factory.mktemp("front")
    content = shutil.copytree(YEARS, work / "content")
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("网址: https://www.example.org/portal/targets\n行政区域: 某市某区\n")
    git(work, "init", "-q")
    git(work, "add", "content")
    git(work, "commit", "-qm", "all", day="2024-03-01")
    with (content / "some-office/department.yaml").open("a", encoding="utf-8") as department:
        department.write("# \n")
    git(work, "commit", "-qam", "office", day="2024-05-06")
    return mkdocs_build(content, work)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the Markdown of a demo in which a form is missing."""
    work = tmp_path_factory.mktemp("front-demo")
    district.write_demo(work / "content", departments=6, years=3)
    build.build(work / "content", work / "docs")
    return work / "docs"


def markdown(docs: Path, page: str) -> html.HtmlElement:
    text = (docs / page / "index.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    return html.fragment_fromstring(text, create_parent="div")


# ---- the balance


def test_every_kind_of_verdict_has_one_direction() -> None:
    assert set(balance.OF_KIND) == set(Kind)
    assert sorted(kind for direction in Direction for kind in balance.kinds(direction)) == sorted(Kind)


def test_the_balance_counts_every_change_once() -> None:
    changes = [Change(Promise(), None, None, Verdict(kind, "")) for kind in Kind]
    counted = balance.count(changes)
    assert list(counted) == list(Direction)
    assert counted == {
        Direction.STRICTER: 2,
        Direction.KEPT: 3,
        Direction.LOOSER: 2,
        Direction.DROPPED: 1,
        Direction.OPEN: 3,
        Direction.NEW: 2,
    }
    assert balance.add([counted, counted])[Direction.KEPT] == 6
    assert balance.add([]) == dict.fromkeys(Direction, 0)


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 8, "13"), (1, 3, "33"), (2, 3, "67"), (0, 5, "0"), (5, 5, "100")]
)
def test_percent_is_rounded_half_up(part: int, whole: int, shown: str) -> None:
    assert figures.percent(part, whole) == Decimal(shown)
    assert figures.percent(0, 0) is None


# ---- the order of the departments


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["闵行区教育局", "闵行区民政局", "虹桥镇"], "闵行区"),
        (["闵行区教育局", "虹桥镇"], ""),
        (["闵行区教育局"], ""),
        ([], ""),
        (["教育局", "民政局", "档案馆"], ""),
    ],
)
def test_what_most_names_begin_with_is_no_help_in_finding_one(names: list[str], prefix: str) -> None:
    assert front.shared_prefix(names) == prefix


@pytest.mark.parametrize(
    ("name", "letter"),
    [("闵行区红十字会", "H"), ("重庆路街道", "C"), ("长寿社区", "C"), ("120急救中心", "#"), ("ABC中心", "A")],
)
def test_the_initial_letter_is_that_of_the_pinyin(name: str, letter: str) -> None:
    assert front.initial(name, "闵行区") == letter


def test_departments_stand_in_the_order_of_pinyin(years: Path) -> None:
    names = [words(a) for a in parse(years / "index.html").xpath("//table[contains(@class,'departments')]//th//a")]
    assert names == sorted(names, key=front.spelt)
    assert len(names) == 2


# ---- the small pictures


def test_a_bar_is_divided_as_the_counts_are() -> None:
    drawn = html.fragment_fromstring(pictures.bar([(1, "a"), (0, "b"), (3, "c")]))
    assert [(r.get("class"), r.get("x"), r.get("width")) for r in drawn.xpath("rect")] == [
        ("a", "0.00%", "25.00%"),
        ("c", "25.00%", "75.00%"),
    ]
    assert [text.text for text in drawn.xpath("text")] == ["1", "3"]
    assert drawn.get("aria-hidden") == "true"
    assert pictures.bar([(0, "a")]) == ""
    crowded = html.fragment_fromstring(pictures.bar([(1, "a"), (99, "b")]))
    assert [text.text for text in crowded.xpath("text")] == ["99"]  # no room for the 1, which stands in words


def test_a_sparkline_begins_at_zero_and_has_a_gap_where_nothing_is_known() -> None:
    values = [Decimal(50), None, Decimal(100), Decimal(0)]
    [path] = html.fragment_fromstring(pictures.sparkline(values)).xpath("path/@d")
    points = re.findall(r"([ML])([\d.]+) ([\d.]+)", path)
    assert [pen for pen, _, _ in points] == ["M", "M", "L"]
    assert [y for _, _, y in points] == ["10.0", "3.0", "17.0"]
    assert pictures.sparkline([]) == pictures.sparkline([None]) == pictures.sparkline([Decimal(0)]) == ""


# ---- the front page


def test_the_front_page_states_the_balance(years: Path) -> None:
    page = parse(years / "index.html")
    said = " ".join(words(p) for p in page.xpath("//p[@class='statement']"))
    assert "2024年度，2 个部门承诺 5 项，其中 3 项写明数字、可以衡量。" in said
    assert "与上一次公布相比，更严或更明确 0 项，照旧 1 项，放宽或弱化 1 项，取消 0 项。" in said
    assert page.xpath("//p[@class='statement']//a/@href")[0] == "./years/2024/#changes"
    [balanced] = page.xpath("//table[contains(@class,'balance')]")
    newest = words(balanced.xpath("tbody/tr[1]")[0])
    assert "5 项，3 项可以衡量（60%）" in newest
    assert "放宽或弱化 1" in newest
    assert "没有上一次可以比较" in words(balanced.xpath("tbody/tr[last()]")[0])
    missing = words(balanced.xpath("tbody/tr[th[contains(.,'2022')]]")[0])
    assert "已公布 1 份" in missing


def test_forms_that_were_to_be_expected_are_counted(small: Callable[..., Path], tmp_path: Path) -> None:
    expected = {"b/department.yaml": "部门名称: 某区档案馆\n公布起始年度: 2023\n"}
    build.build(small(files=expected | {"c/department.yaml": "部门名称: 某区安全局\n"}), tmp_path / "docs")
    [cell] = markdown(tmp_path / "docs", "").xpath(".//table[contains(@class,'balance')]//td[@data-label='承诺']")
    assert words(cell) == "1 项，1 项可以衡量（100%）已公布 1 份，应公布 2 份，1 个部门未公布；1 个部门不明"
    there = markdown(tmp_path / "docs", "years/2024")
    assert cell.xpath(".//a/@href") == ["./years/2024/#absent"] * 2
    assert words(there.xpath(".//*[@id='absent']")[0]) == "未公布：某区档案馆。"


def test_the_departments_stand_in_one_table(demo: Path) -> None:
    page = markdown(demo, "")
    heads = [words(th) for th in page.xpath(".//table[contains(@class,'departments')]/thead//th")]
    assert heads == ["部门", "预算总额", "比上一次", "承诺", "可以衡量", "放宽、弱化或取消", "做到"]
    rows = page.xpath(".//table[contains(@class,'departments')]/tbody/tr")
    assert len(rows) == 6
    assert all(len(row.xpath("th|td")) == len(heads) and row.xpath(".//*[@class='sparkline']") for row in rows)


def test_one_department_and_one_year_is_its_story(real_site: Path) -> None:
    page = parse(real_site / "index.html").xpath("//article")[0]
    said = words(page)
    assert "2024年度，闵行区红十字会用 551.32 万元，承诺 40 项，其中 20 项写明数字、可以衡量。" in said
    for task in ("文化宣传", "三献工作", "人道救助", "救护培训", "应急救援"):
        assert task in said
    assert "5,513,159.84 元" in said
    assert "占 74.16%" in said
    assert not page.xpath(".//table[contains(@class,'departments') or contains(@class,'balance')]")
    assert "首次公布" not in said


def test_many_departments_have_letters_above_their_table(
    small: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = {"b/department.yaml": "部门名称: 某区档案馆\n", "c/department.yaml": "部门名称: 某区安全局\n"}
    content = small(files=other)
    monkeypatch.setattr(front, "MANY", 2)
    build.build(content, tmp_path / "docs")
    page = markdown(tmp_path / "docs", "")
    links = page.xpath(".//nav[@class='letters']//a")
    assert [(words(a), a.get("href")) for a in links] == [("A", "#d-c"), ("D", "#d-b"), ("S", "#d-some-bureau")]
    assert {link.get("href")[1:] for link in links} <= set(page.xpath(".//tr/@id"))
    without = words(page.xpath(".//tr[@id='d-c']")[0])
    assert without == "某区安全局本站还没有这个部门的申报表"


# ---- the page of a year, and of all years


def test_the_changes_of_a_year_go_both_ways_and_can_be_told_apart(demo: Path) -> None:
    page = markdown(demo, "years/2025")
    [table] = page.xpath(".//*[@id='setbacks']//table")
    kinds = [row.get("data-kind") for row in table.xpath("tbody/tr")]
    offered = dict(option.split("=") for option in table.get("data-kinds").split(","))
    assert set(kinds) <= set(offered)
    assert {"dropped", "tightened"} <= set(kinds)
    for row in table.xpath("tbody/tr"):
        assert words(row.xpath("td[@data-label='变化']")[0]).startswith(offered[row.get("data-kind")])


def test_the_list_of_years_has_a_name_of_its_own(years: Path) -> None:
    page = parse(years / "years/index.html")
    assert words(page.xpath("//h1")[0]).startswith("各年度申报表")
    marks = {words(row.xpath("th")[0]): (row.get("data-kind") or "").split() for row in page.xpath("//tr[td][th]")}
    assert "looser" in marks["某区示例局"]
    assert marks["某区示例所"] == []


# ---- the frame


def test_the_head_leads_to_what_is_there(years: Path, real_site: Path) -> None:
    def sections(site: Path) -> list[str]:
        return [words(a) for a in parse(site / "index.html").xpath("//header//nav//a")]

    assert [name for name in sections(years) if name != "主题"] == ["部门", "年度", "变化", "数据", "关于"]
    assert "变化" not in sections(real_site)  # a year alone has not changed


def test_every_page_has_a_way_past_its_head_a_language_and_its_own_title(years: Path) -> None:
    for file in years.rglob("*.html"):
        page = parse(file)
        assert page.get("lang") == "zh-CN", file
        if not page.xpath("//header"):
            continue
        [skip] = page.xpath("//a[@class='md-skip']")
        assert words(skip) == "跳到正文"
        assert page.xpath(f"//main[@id='{skip.get('href')[1:]}']")
        title = page.findtext("head/title")
        assert len({part.strip() for part in title.split(" - ")}) == len(title.split(" - ")), title


def test_a_page_that_is_not_there_has_a_title_and_works_from_its_folder(real_site: Path, years: Path) -> None:
    page = parse(real_site / "404.html")
    assert page.findtext("head/title").startswith("没有找到这个网页 - ")
    assert all(not link.startswith("/") for _, _, link, _ in page.iterlinks())
    for _, _, link, _ in parse(years / "404.html").iterlinks():  # shown anywhere: from the address of the site
        assert link.startswith(("/portal/targets/", "#", "https://www.example.org/portal/targets/")), link
    assert not page.xpath("//nav[@class='jump']")


def test_every_page_says_how_to_cite_it(years: Path) -> None:
    said = {
        path: words(parse(years / path / "index.html").xpath("//*[@data-cite]")[0])
        for path in ("", "some-bureau", "some-office")
    }
    assert re.search(r"https://www\.example\.org/portal/targets/，内容更新于 2024-05-06，版本 [0-9a-f]{8}。", said[""])
    assert "内容更新于 2024-03-01" in said["some-bureau"]
    assert "内容更新于 2024-05-06" in said["some-office"]
    printed = words(parse(years / "some-bureau/index.html").xpath("//*[@class='print-only']")[0])
    assert "https://www.example.org/portal/targets/some-bureau/ · 内容更新于 2024-03-01" in printed


def test_without_a_history_no_version_is_made_up(tmp_path: Path) -> None:
    content = shutil.copytree(YEARS, tmp_path / "content")
    page = parse(mkdocs_build(content, tmp_path) / "index.html")
    assert words(page.xpath("//*[@data-cite]")[0]).endswith("版本没有登记。")


def test_a_picture_for_those_who_share_the_page(years: Path, real_site: Path) -> None:
    [picture] = parse(years / "index.html").xpath("//meta[@property='og:image']/@content")
    assert picture == "https://www.example.org/portal/targets/assets/share.png"
    assert (years / "assets/share.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert not parse(real_site / "index.html").xpath("//meta[@property='og:image']")  # it would have to be absolute


def test_the_first_visit_is_small(real_site: Path) -> None:
    """All that the front page and the longest declaration load, compressed: at most 120 KB."""
    for name in ("index.html", "minhang-red-cross/2024/index.html"):
        file = real_site / name
        loaded = [file, *(_ for _ in _loaded(file))]
        assert sum(len(gzip.compress(part.read_bytes(), 9)) for part in loaded) <= 120_000
        assert len(loaded) > 5


def _loaded(page: Path) -> list[Path]:
    links = parse(page).xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    return [(page.parent / link).resolve() for link in links]


def test_data_are_described_as_a_catalogue(years: Path, real_site: Path) -> None:
    def described(site: Path, page: str) -> dict[str, object]:
        return dict(
            json.loads(parse(site / page / "index.html").xpath("//script[@type='application/ld+json']")[0].text)
        )

    found = described(years, "data")
    assert found["@type"] == "DataCatalog"
    assert found["dateModified"] == "2024-05-06"
    assert str(found["identifier"]).startswith("urn:uuid:")
    assert found["spatialCoverage"] == {"@type": "Place", "name": "某市某区"}
    assert found["temporalCoverage"] == "2021/2024"
    [dataset] = found["dataset"]  # type: ignore[misc]
    assert dataset["@type"] == "Dataset"
    assert len(dataset["distribution"]) == 3
    assert described(real_site, "data")["spatialCoverage"] == {"@type": "Country", "name": "中国"}
    for page in ("data", "some-bureau/2024"):
        assert len(str(described(years, page)["description"])) >= 50


def test_a_comparison_has_parts_of_its_own(years: Path) -> None:
    page = parse(years / "some-bureau/compare/2022-2024/index.html")
    assert [words(h).rstrip("#") for h in page.xpath("//article//h2")] == ["金额和人数", "指标的变化"]


def test_no_term_waits_to_be_verified(real_site: Path) -> None:
    assert "待核实" not in words(parse(real_site / "about/index.html").xpath("//article")[0])


def test_the_heads_of_the_form_say_what_they_head(real_site: Path) -> None:
    form = parse(real_site / "minhang-red-cross/2024/form.html")
    scopes = {words(th): th.get("scope") for th in form.xpath("//th")}
    assert None not in scopes.values()
    found = [scopes[head] for head in ("三级目标", "部门职责", "产出指标", "年度重点任务")]
    assert found == ["col", "row", "rowgroup", "colgroup"]


def test_who_stands_out_is_said_and_follows_from_the_table(demo: Path) -> None:
    page = markdown(demo, "")
    said = [words(item) for item in page.xpath(".//ul[@class='extremes']/li")]
    rows = page.xpath(".//table[contains(@class,'departments')]/tbody/tr")

    def most(label: str, number: Callable[[html.HtmlElement], Decimal]) -> tuple[Decimal, set[str]]:
        cells = [(row.xpath("string(th//a)"), row.xpath(f"td[@data-label='{label}']")) for row in rows]
        known = {name: number(cell) for name, [cell] in cells if re.search(r"\d", words(cell))}
        highest = max(known.values())
        return highest, {name for name, value in known.items() if value == highest}

    grown, who = most("比上一次", lambda cell: Decimal(cell.get("data-value")))
    assert re.fullmatch(rf"\d{{4}}年度预算比上一次增长最多：{'、'.join(who)}（\+{grown:,}%）", said[0])
    less, who = most("放宽、弱化或取消", lambda cell: Decimal(words(cell)))
    assert said[2].endswith(f"（{less} 项）")
    assert len(who) > 3 or all(name in said[2] for name in who)


def test_equals_stand_beside_each_other_and_none_is_named_for_nothing() -> None:
    assert front.extremes([]) == ([], [], [])
