"""The built site, parsed as a browser parses it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from support import RED_CROSS, ROOT, assert_links_stay, git, mkdocs_build, parse

from generator import build
from generator.diagnostics.model import has_errors

HOSTILE = [
    "a | b || c",
    "`code` ``x``",
    "{: onclick=alert(1) } {#id .class}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) <javascript:alert(1)>",
    '--8<-- "/etc/passwd"',
    "{{ config }} {% raw %} {# x #}",
    "*强调* __粗__ ~~删~~ ==亮== ^^插^^",
    "# 标题 1. 一 - 二 > 三",
    "&lt; &amp; &#60; \\* \\`",
    "http://example.org www.example.org a@example.org",
    "![x](x.png) [^1]: [ref]: x",
    "</title></td></table></div><h1>x",
    "\"quoted\" 'single' $x$ $$y$$ \\(z\\)",
    ':smile: ++ctrl++ !!! note ??? x === "t" ;;; @@@',
    "a<b & c≥3 <5",
]


# What the printed form says around its contents; the page says it in its own headings.
LABELS = [
    *(
        r"（元）",
        r"\(元\)",
        r"部门（单位）整体支出绩效目标申报表",
        r"[（(]\d+[）)]",
        r"\d、",
        "：",
        "内容",
        r"（\d+年度）",
    ),
    *("主要内容（重点工作计划）", "一级目标", "二级目标", "三级目标", "指标目标值", "任务名称"),
]


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def page_2024(folder: Path) -> html.HtmlElement:
    return parse(folder / "minhang-red-cross/2024/index.html")


def test_every_indicator_and_target_stands_on_the_page_to_the_letter(real_site: Path) -> None:
    rows = page_2024(real_site).xpath("//table[contains(@class,'indicators')]/tbody/tr[th[@scope='row']]")
    shown = [
        (row.xpath("th/a[@class='name']")[0].text_content(), row.xpath("td[@class='target']/span")[0].text_content())
        for row in rows
    ]
    # straight from the published document: the last two filled cells of a line below 分解目标
    lines = (RED_CROSS / "sources/2024.txt").read_text(encoding="utf-8").split("\n")
    cells = [
        [c for c in line.split("\t") if c] for line in lines[[line.strip() for line in lines].index("分解目标") + 2 :]
    ]
    published = [(c[-2], c[-1]) for c in cells if len(c) >= 2 and "沪财绩" not in c[-1]]
    assert len(published) == 40
    assert shown == published


def test_every_word_and_figure_of_the_document_is_on_the_page(real_site: Path) -> None:
    text = words(page_2024(real_site).xpath("//article")[0])
    source = (RED_CROSS / "sources/2024.txt").read_text(encoding="utf-8")
    labels = "|".join(LABELS)
    for cell in re.split(r"[\t\n]|</?p>", source):
        cell = re.sub(r"\s+", " ", cell).strip()
        if cell and not re.fullmatch(f"({labels}|资金来源|资金结构|财政拨款|其他资金|基本支出|项目支出| )+", cell):
            stripped = re.sub(r"[（(]元[）)]", "", cell)
            assert stripped in text, cell


def test_the_four_sums_the_charts_and_the_checksum(real_site: Path) -> None:
    page = page_2024(real_site)
    text = words(page.xpath("//article")[0])
    for figure in ("5,513,159.84", "4,088,773.84", "1,424,386.00", "0.00", "551.32 万元", "74.16%", "25.84%"):
        assert figure in text
    assert "40 项 绩效指标" in text
    assert "5 项重点任务" in text
    assert "520a0947fe6d53f04b42036d2920ae4a7f9a67cedc83d45c81b0697a9b9ba57c" in text
    charts = page.xpath("//figure/*[local-name()='svg']")
    assert [chart.getparent().get("id") for chart in charts] == ["chart-budget", "chart-indicators"]
    for chart in charts:
        table = words(chart.getparent().xpath(".//table/tbody")[0])
        for shown in chart.xpath(".//*[local-name()='text']"):
            assert words(shown) in table or words(shown) in words(chart.getparent())
        assert chart.get("role") == "img"
        assert chart.get("aria-label")


def test_tables_have_heads_groups_and_captions(real_site: Path) -> None:
    for file in real_site.rglob("index.html"):
        for table in parse(file).xpath("//article//table"):
            assert table.xpath("caption"), file
            assert table.xpath("thead/tr/th[@scope='col']"), file
            width = len(table.xpath("thead/tr/th"))
            for row in table.xpath("tbody/tr"):
                cells = row.xpath("th|td")
                assert sum(int(c.get("colspan", "1")) for c in cells) == width
                assert cells[0].tag == "th"
                assert cells[0].get("scope") in ("row", "rowgroup")
                assert all(words(cell) for cell in cells)  # no empty cell: unknown is said


def test_the_source_document_is_offered_unchanged(real_site: Path) -> None:
    [link] = page_2024(real_site).xpath("//dl//a[@download]")
    file = (real_site / "minhang-red-cross/2024" / link.get("href")).resolve()
    assert file.read_bytes() == (RED_CROSS / "sources/2024.txt").read_bytes()


def test_no_request_leaves_and_no_link_is_dead(real_site: Path) -> None:
    """Everything a page loads or links to lies in the site, so that it works in a sub-folder and from a disk."""
    assert_links_stay(real_site)
    for style in real_site.rglob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)", style.read_text(encoding="utf-8")):
            assert not re.match(r"[\"']?(https?:)?//", address), (style, address)


def test_no_script_or_style_is_published_that_no_page_names(real_site: Path) -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in real_site.rglob("*.html"))
    made = [file for kind in ("javascripts", "stylesheets") for file in (real_site / "assets" / kind).rglob("*.*")]
    assert [file.name for file in made if file.name not in text] == []


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("hostile") / "content"
    q = [line.replace("'", "''") for line in HOSTILE]
    every = "、".join(q)
    lists = "".join(f"  - '{line}'\n" for line in q)
    indicators = "".join(f"      '{line}': '{line}'\n" for line in q)
    indicators += f"      long: {{指标目标值: '{every}', 原名: '{every}', 指标解释: '{every}'}}\n"
    files = {
        "site.yaml": f"网站名称: '{every}'\n网站说明: '{every}'\n主办单位: '{every}'\n联系方式: '{every}'\n"
        f"补充指标分类: {{'{every}': ['{every}']}}\n",
        "bureau/department.yaml": f"部门名称: '{every}'\n",
        "bureau/2024.yaml": f"年度: 2024\n部门名称: '{every}'\n部门职责:\n{lists}年度履职目标:\n{lists}年度重点任务:\n"
        + "".join(f"  - {{任务名称: '{line}', 主要内容: '{line}'}}\n" for line in q)
        + "预算情况:\n  部门整体预算总额: '见<script>alert(1)</script>'\n"
        + "  资金来源: {财政拨款: '见`x` | {: onclick}'}\n  资金结构: {基本支出: 1.00}\n"
        + f"分解目标:\n  产出指标:\n    数量指标:\n{indicators}"
        + f"    质量指标: '{every}'\n  '{every}':\n    '{every}':\n      甲: 乙\n",
    }
    for name, text in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")
    _, diagnostics = build.check(content)
    assert not has_errors(diagnostics)
    return mkdocs_build(content, tmp_path_factory.mktemp("hostile-built"))


def test_whatever_stands_in_a_cell_appears_as_these_characters(hostile_site: Path) -> None:
    page = parse(hostile_site / "bureau/2024/index.html")
    article = page.xpath("//article")[0]
    every = "、".join(HOSTILE)
    names = [e.text_content() for e in article.xpath("//table[contains(@class,'indicators')]//a[@class='name']")]
    targets = [e.text_content() for e in article.xpath("//td[@class='target']/span[@class='value']")]
    assert names == [*HOSTILE, "long", "甲"]
    assert targets == [*HOSTILE, every, "乙"]
    assert [e.text_content() for e in article.xpath("//ol[@class='tasks']//summary")] == HOSTILE
    assert [e.text_content() for e in article.xpath("//ol[@class='tasks']//details/p")] == HOSTILE
    paragraphs = [p.text_content() for p in article.xpath(".//details[@id='goals' or @id='duties']/p")]
    assert paragraphs == HOSTILE * 2
    assert every in article.xpath(".//h1")[0].text_content()
    assert every in page.findtext("head/title")
    assert every in page.xpath("//meta[@name='description']/@content")[0]
    assert every in page.xpath("//footer")[0].text_content()
    assert every in [e.text_content() for e in article.xpath("//blockquote")]
    form = parse(hostile_site / "bureau/2024/form.html")
    assert {*HOSTILE, every} <= {cell.text_content() for cell in form.iter("td")}
    harmless = {
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
        "main",
        "a",
        "h1",
        "div",
    }
    assert {str(e.tag) for e in form.iter()} <= harmless


def test_whatever_stands_in_a_cell_does_nothing(hostile_site: Path, real_site: Path) -> None:
    def skeleton(page: html.HtmlElement) -> set[tuple[str, str]]:
        return {(str(e.tag), a) for e in page.iter() if isinstance(e.tag, str) for a in ["", *e.attrib]}

    known = {("h1", "id"), ("blockquote", ""), ("section", ""), ("td", "colspan"), ("td", "data-label")}
    for name in ("index.html", "bureau/index.html", "bureau/2024/index.html"):
        page = parse(hostile_site / name)
        allowed = {pair for file in real_site.rglob("index.html") for pair in skeleton(parse(file))} | known
        assert skeleton(page) <= allowed, name
        data = page.xpath("//script[@type='application/ld+json']")
        scripts = len(parse(real_site / "index.html").xpath("//script"))
        assert len(page.xpath("//script")) == scripts + len(data)
        for script in data:
            assert "、".join(HOSTILE) in json.loads(script.text)["name"]
        assert not page.xpath("//article//*[@onclick or @onerror or starts-with(@href,'javascript:')]")


def test_edit_leads_to_the_declaration(real: Path, tmp_path: Path) -> None:
    with (real / "site.yaml").open("a", encoding="utf-8") as site_file:
        site_file.write(
            "仓库网址: https://code.example.org/group/site/\n网址: https://www.example.org/portal/targets\n"
        )
    built = mkdocs_build(real, tmp_path)
    [edit] = page_2024(built).xpath("//a[@rel='edit']/@href")
    assert edit == "https://code.example.org/group/site/edit/main/content/minhang-red-cross/2024.yaml"
    assert (ROOT / "content/minhang-red-cross/2024.yaml").is_file()
    assert "api.github" not in (built / "index.html").read_text(encoding="utf-8")
    [canonical] = page_2024(built).xpath("//link[@rel='canonical']/@href")
    assert canonical == "https://www.example.org/portal/targets/minhang-red-cross/2024/"
    assert canonical in (built / "sitemap.xml").read_text(encoding="utf-8")


def test_without_an_amount_nothing_is_made_up(small: Callable[..., Path], tmp_path: Path) -> None:
    content = small(
        ("部门整体预算总额: 100.00", "部门整体预算总额: 未公开"),
        ("财政拨款: 60.00", "财政拨款: 未公开"),
        ("年末资产总额: 5.00", "年末资产总额: 不适用"),
    )
    text = words(parse(mkdocs_build(content, tmp_path) / "some-bureau/2024/index.html").xpath("//article")[0])
    assert "预算总额未公开" in text
    assert "无法核对合计" in text
    assert "无法计算" in text
    assert "不适用" in text
    assert "万元" not in text


def test_a_correction_shows_old_and_new_and_links_its_version(repository: Path, tmp_path: Path) -> None:
    file = repository / "some-bureau/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("5.00\n", "5.10\n"), encoding="utf-8")
    with (repository / "site.yaml").open("a", encoding="utf-8") as site_file:
        site_file.write("仓库网址: https://code.example.org/group/site\n")
    git(repository.parent, "commit", "-qam", "correct", day="2024-04-01")
    page = parse(mkdocs_build(repository, tmp_path) / "some-bureau/2024/index.html")
    [newest, first] = page.xpath("//ol[@class='revisions']/li")
    assert "更正 年末资产总额：5.00 → 5.10" in words(newest)
    assert newest.xpath(".//time/@datetime") == ["2024-04-01"]
    assert re.fullmatch(r"https://code\.example\.org/group/site/commit/[0-9a-f]{40}", newest.xpath(".//a/@href")[0])
    assert "首次录入" in words(first)


def test_without_git_the_page_says_so(hostile_site: Path) -> None:
    text = words(parse(hostile_site / "bureau/2024/index.html").xpath("//article")[0])
    assert "没有版本库的完整记录" in text


@pytest.mark.parametrize(
    "files",
    [
        {"site.yaml": "网站名称: 测试站\n"},
        {"site.yaml": "网站名称: 测试站\n", "some-bureau/department.yaml": "部门名称: 某区示例局\n"},
    ],
    ids=["no department", "no declaration"],
)
def test_a_site_that_has_just_begun(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text, encoding="utf-8")
    built = mkdocs_build(tmp_path / "content", tmp_path)
    assert_links_stay(built)
    for file in built.rglob("*.html"):
        assert not parse(file).xpath("//table/tbody[not(tr)]")
