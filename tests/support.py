"""Helpers of the tests: places, a small declaration, building a site, reading its pages, git."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.analysis.change_log import Versions
from generator.content.corpus import Corpus
from generator.exports import entries, search_index, table_files
from generator.exports.dossier import dossier, log_of_the_rest
from generator.exports.table_files import TableFiles
from generator.pages import department, results, year

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
RED_CROSS = CONTENT / "minhang-red-cross"

SMALL = """\
年度: 2024
部门名称: 某区示例局
部门职责:
  - 职责一
年度履职目标:
  - 目标一
年度重点任务:
  - 任务名称: 任务一
    主要内容: 内容一
预算情况:
  部门整体预算总额: 100.00
  资金来源:
    财政拨款: 60.00
    其他资金: 40.00
  资金结构:
    基本支出: 70.00
    项目支出: 30.00
年末资产总额: 5.00
分解目标:
  产出指标:
    数量指标:
      演练场次: ≥1.00(次)
"""

RESULT = """\
年度: 2024
部门名称: 某区示例局
目标完成情况: []
指标完成情况:
  产出指标:
    数量指标:
      演练场次: 2次
总分: 99.5
"""


def mkdocs_build(content: Path, work: Path) -> Path:
    """Build the site of `content` below `work`, as the command does, in this process; returns the site's folder."""
    site = work / "site"
    with pytest.MonkeyPatch.context() as patch:
        for name, place in {"CONTENT": content, "DOCS_DIR": work / "docs", "SITE_DIR": site}.items():
            patch.setenv(name, str(place))
        build(load_config(str(ROOT / "mkdocs.yml"), strict=True))
    return site


def mkdocs_command(content: Path, work: Path, **environment: str) -> Path:
    """Build the site of `content` below `work` as a publisher does; returns the folder of the site."""
    docs, site = work / "docs", work / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
        | {"CONTENT": str(content), "DOCS_DIR": str(docs), "SITE_DIR": str(site)}
        | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def parse(page: Path) -> html.HtmlElement:
    """Parse a built page as a browser would read it."""
    return html.document_fromstring(page.read_text(encoding="utf-8"))


def assert_links_stay(site: Path, base: str = "") -> None:
    """Hold that every link and every loaded file of every page lies in the site and exists, with its anchor.

    `base` is the path of the site's address, by which the 404 page, shown anywhere, names its files.
    """
    ids: dict[Path, set[str]] = {}

    def anchors(file: Path) -> set[str]:
        if file not in ids:
            ids[file] = set(parse(file).xpath("//@id"))
        return ids[file]

    for file in site.rglob("*.html"):
        for element, attribute, link, _ in parse(file).iterlinks():
            if {"external", "canonical"} & set(element.get("rel", "").split()):
                continue
            if file.name == "404.html" and link.startswith("/"):
                link = "." + link.removeprefix(base)
            assert not re.match(r"[a-z]+:|/", link), (file, element.tag, attribute, link)
            path, _, anchor = link.partition("#")
            path = path.partition("?")[0]
            target = (file.parent / path).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (file, link)
            if anchor and target.suffix == ".html":
                assert anchor in anchors(target), (file, link)


WHO = {f"GIT_{role}_{what}": who for role in ("AUTHOR", "COMMITTER") for what, who in (("NAME", "n"), ("EMAIL", "e@e"))}


def git(folder: Path, *arguments: str, day: str = "2024-02-05") -> None:
    dates = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+0800", "GIT_COMMITTER_DATE": f"{day}T12:00:00+0800"}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env={**os.environ, **WHO, **dates})


def write_tables(known: Corpus, history: Versions | None, folder: Path) -> None:
    """Write the tables of the open data, and nothing else, into the folder."""
    with TableFiles(folder, known.site.name) as tables:
        for one in known.departments:
            tables.add(table_files.of_department(dossier(known, one, history)))
        tables.add(table_files.of_site(known, log_of_the_rest(known, history)))


def year_parts(known: Corpus, today: date = date.max) -> list[year.Part]:
    """Return what each department adds to the pages of the years."""
    return [
        year.part(department.timeline(told), results.accounts(known, folder, today).values(), told.members)
        for folder in known.departments
        for told in [dossier(known, folder, None)]
    ]


def search_parts(known: Corpus) -> list[search_index.Part]:
    """Return what each department adds to the search index, the site itself first."""
    dossiers = [dossier(known, folder, None) for folder in known.departments]
    found = {member.theme: None for d in dossiers for member in d.members}
    own = search_index.part([], entries.of_site(found))
    return [own, *(search_index.part(entries.names(d.folder), entries.of_department(d)) for d in dossiers)]
