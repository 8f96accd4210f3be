"""The rules for government sites, held on every page of a built site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from support import ROOT, assert_links_stay, mkdocs_build, parse

from generator.demo import district

FIELDS = {
    "主办单位": "示例区<财政>局",
    "联系方式": "021-00000000 & 邮箱",
    "网站标识码": "示例标识码",
    "ICP备案号": "示例备案号",
    "公安备案号": "示例公安备案",
    "找错入口": "https://example.gov.cn/",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small demo with every field of the footer."""
    work = tmp_path_factory.mktemp("frame")
    district.write_demo(work / "content", departments=3, years=3)
    with (work / "content/site.yaml").open("a", encoding="utf-8") as site_file:
        site_file.write("网址: https://www.example.gov.cn/portal/targets\n")
        site_file.writelines(f"{label}: {words}\n" for label, words in FIELDS.items())
    return mkdocs_build(work / "content", work)


def pages(built: Path) -> list[tuple[Path, html.HtmlElement]]:
    files = [file for file in sorted(built.rglob("*.html")) if not file.name.endswith("form.html")]  # downloads
    found = [(file, page) for file in files if not (page := parse(file)).xpath("//meta[@http-equiv='refresh']")]
    assert len(found) > 20
    return found


def test_the_same_header_and_footer_on_every_page(built: Path) -> None:
    def frame(page: html.HtmlElement) -> tuple[str, str]:
        header, footer = page.xpath("//header")[0], page.xpath("//footer")[0]
        for topic in header.xpath(".//*[@data-md-component='header-topic']"):
            topic.drop_tree()  # the page's own title
        return header.text_content().split().__str__(), footer.text_content().split().__str__()

    assert len({frame(page) for _, page in pages(built)}) == 1


def test_every_given_field_stands_in_the_footer(built: Path) -> None:
    footer = parse(built / "404.html").xpath("//footer")[0]
    for label, words in FIELDS.items():
        if label == "找错入口":
            assert footer.xpath(f".//a[@href='{words}']")
        else:
            assert words in footer.text_content()


def test_a_field_that_is_not_given_is_not_there(real_site: Path) -> None:
    text = parse(real_site / "index.html").text_content()
    for label in [*FIELDS, "示例数据"]:
        assert label not in text
    assert not parse(real_site / "index.html").xpath("//meta[@name='SiteIDCode']")


def test_the_meta_tags(built: Path) -> None:
    for file, page in pages(built):
        meta = {m.get("name") or m.get("property"): m.get("content") for m in page.xpath("//meta")}
        assert meta["SiteName"] == "示例区部门绩效目标公开（虚构）"
        assert meta["SiteDomain"] == "www.example.gov.cn"
        assert meta["SiteIDCode"] == "示例标识码"
        assert page.get("lang", "").startswith("zh"), file
        if file.name != "404.html":
            assert meta["description"], file
            assert meta["og:title"], file
            assert meta["og:url"] == page.xpath("//link[@rel='canonical']/@href")[0]
    titles = [page.findtext("head/title") for _, page in pages(built)]
    assert len(set(titles)) == len(titles)


def test_every_page_of_the_sample_says_that_it_is_fictional(built: Path) -> None:
    for file, page in pages(built):
        assert "示例数据，虚构" in page.xpath("//aside")[0].text_content(), file
        assert file.name == "404.html" or "示例数据，虚构" in page.xpath("//*[@class='print-only']")[0].text_content()


def test_no_column_is_empty_and_no_cell(built: Path, real_site: Path) -> None:
    for file, page in [*pages(built), *((f, parse(f)) for f in real_site.rglob("index.html"))]:
        for cell in page.xpath("//article//td | //article//th"):
            assert cell.text_content().strip(), file


def test_dates_are_written_year_month_day(built: Path) -> None:
    for file, page in pages(built):
        for name in page.xpath("//dt[contains(.,'日期')]"):
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", name.getnext().text_content()), file


def test_no_dead_link(built: Path) -> None:
    assert_links_stay(built, "/portal/targets")


def test_at_most_three_colours() -> None:
    """Of the colours that the light scheme names, those with a hue: blues and browns; the rest are greys."""
    css = (ROOT / "site_templates/assets/site.css").read_text(encoding="utf-8")
    hues = set()
    for code in re.findall(r"#([0-9a-f]{6})\b", css):
        red, green, blue = (int(code[i : i + 2], 16) for i in (0, 2, 4))
        if max(red, green, blue) - min(red, green, blue) > 60:
            hues.add("blue" if blue > red else "brown" if red > green > blue else code)
    assert hues == {"blue", "brown"}
