"""What any engine may rely on, and that the comparison of engines (nox -s engines) sees a difference of each kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from engines import compare
from lxml import etree
from support import mkdocs_build, parse

from generator import build

ADDRESS = "https://www.example.org/a-b/targets"
PAGE = """<!doctype html><html><head><title>一</title><meta name="description" content="二">
<script type="application/ld+json">{"name": "三"}</script></head>
<body><h1 id="top">四</h1><p>五 <a href="../there/">六</a></p><pre><span>a</span> = 1</pre></body></html>
"""


def test_the_site_map_names_every_page_once(small: Callable[..., Path], tmp_path: Path) -> None:
    """The addresses are those that the pages call their own; dates are left out: a build is no change of a page."""
    content = small(files={"site.yaml": f"网站名称: 测试站\n网址: {ADDRESS}\n"})
    site = mkdocs_build(content, tmp_path)
    build.build(content, tmp_path / "docs")
    found = etree.parse(site / "sitemap.xml").getroot()
    assert {etree.QName(entry).localname for entry in found.iter()} == {"urlset", "url", "loc"}
    listed = [entry.text for entry in found.iter("{*}loc")]
    written = markdown(tmp_path) - {"edit/index.html"}  # a tool, not content
    pages = [page for page in site.rglob("index.html") if page.relative_to(site).as_posix() in written]
    assert sorted(listed) == sorted(
        link for page in pages for link in parse(page).xpath("//link[@rel='canonical']/@href")
    )
    assert f"{ADDRESS}/some-bureau/2024/" in listed
    assert (tmp_path / "docs/sitemap.xml").read_bytes() == (site / "sitemap.xml").read_bytes()


def markdown(work: Path) -> set[str]:
    docs = work / "docs"
    return {path.relative_to(docs).as_posix().replace(".md", ".html") for path in docs.rglob("*.md")}


def test_a_site_without_an_address_has_no_site_map(real_site: Path) -> None:
    assert not list(real_site.rglob("sitemap.xml*"))


def test_the_configuration_and_the_markdown_suit_any_engine(small: Callable[..., Path], tmp_path: Path) -> None:
    """Nothing of ours need be installed; a relative link leads from the Markdown to the same place as from the page."""
    build.build(small(files={"site.yaml": f"网站名称: 测试站\n网址: {ADDRESS}\n"}), tmp_path / "docs")
    made = yaml.safe_load((tmp_path / "docs.yml").read_text(encoding="utf-8"))
    assert "generator" not in str([made["plugins"], made["markdown_extensions"], made.get("hooks")])
    assert made["extra"]["domain"] == "www&#46;example&#46;org"
    assert len(markdown(tmp_path)) > 10
    assert {Path(path).name for path in markdown(tmp_path)} == {"index.html"}


@pytest.mark.parametrize(
    ("old", "new", "differences"),
    [
        ("<title>一", "<title>七", ["title - 一", "title + 七"]),
        ("五", "5", ["text - 五", "text + 5"]),
        ('id="top"', 'id="first"', ["id - top", "id + first"]),
        ("../there/", "../../there/", [f"link - {compare.BASE}there/", "link + https://www.example.org/portal/there/"]),
        ('content="二"', 'content="二二"', ["meta - description: 二", "meta + description: 二二"]),
        ("三", "叁", ['JSON-LD - {"name": "三"}', 'JSON-LD + {"name": "叁"}']),
        ("四</h1><p>五", "五</h1><p>四", ["text + 五", "text - 五"]),
        ("<span>a</span> = 1", "a = <b>1</b>", []),
        ("</p><pre>", "</p>\n<pre>", []),
    ],
)
def test_a_difference_is_listed(tmp_path: Path, old: str, new: str, differences: list[str]) -> None:
    for folder, page in (("docs", None), ("one", PAGE), ("other", PAGE.replace(old, new))):
        (tmp_path / folder / "here").mkdir(parents=True)
        (tmp_path / folder / "feed.xml").write_text("<feed/>", encoding="utf-8")
        (tmp_path / folder / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
        if page:
            (tmp_path / folder / "here/index.html").write_text(page, encoding="utf-8")
    folders = (tmp_path / "docs", tmp_path / "one", tmp_path / "other")
    listed = list(compare.differences(*folders))
    assert sorted(listed) == sorted(f"here/index.html: {difference}" for difference in differences)
    (tmp_path / "other/feed.xml").write_text("<feed></feed>", encoding="utf-8")
    (tmp_path / "other/sitemap.xml").write_text("<urlset><loc>x</loc></urlset>", encoding="utf-8")
    (tmp_path / "other/here/index.html").rename(tmp_path / "other/index.html")
    assert list(compare.differences(*folders)) == [
        "here/index.html: - page",
        "index.html: + page",
        "sitemap.xml: other addresses",
        "feed.xml: not as the generator wrote it",
    ]
