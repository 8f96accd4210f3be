"""Two clicks from the home page of the demo: what was not kept, by whom, why; who published nothing; scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from generator import build
from generator.analysis import fulfilment, scoring
from generator.analysis.fulfilment import State
from generator.content.corpus import Corpus
from generator.demo import district

TODAY = date(2026, 11, 25)
YEAR, LATER = 2023, 2024


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, Path]:
    work = tmp_path_factory.mktemp("clicks")
    district.write_demo(work / "content", 5, 3)
    corpus = build.check(work / "content")[0]
    build.make(corpus, None, work / "docs", today=TODAY)
    return corpus, work / "docs"


def read(docs: Path, address: str) -> html.HtmlElement:
    """Read the page at an address of the site, `./` for the home page."""
    place = address.split("#")[0].removeprefix("./").strip("/")
    file = next(f for f in (docs / f"{place or 'index'}.md", docs / place / "index.md") if f.is_file())
    return html.fragment_fromstring(file.read_text(encoding="utf-8"), create_parent=True)


def links(docs: Path, address: str, pattern: str) -> list[str]:
    """Return where the links of a page lead that fit, as addresses of the site."""
    page = f"https://x/{address.removeprefix('./')}"
    found = [urljoin(page, link).removeprefix("https://x/") for link in read(docs, address).xpath(".//a/@href")]
    return [link for link in found if re.fullmatch(pattern, link)]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def of_year(corpus: Corpus) -> Iterator[tuple[str, str, str | None, State]]:
    """Yield the promises of the year: department, name, reason as printed, state."""
    for folder in corpus.departments:
        document = folder.document_of(YEAR)
        found = folder.results_of(YEAR)
        if document is None:
            continue
        judged = fulfilment.of_declaration(folder, document, corpus.site.results_expected(YEAR), TODAY)
        reasons = {p.key: p.result.reason for p in found.results.results()} if found else {}
        for key, judgement in judged.items():
            yield folder.department.name, key[2], reasons.get(key), judgement.state


def test_which_promises_were_not_kept_by_whom_and_why(demo: tuple[Corpus, Path]) -> None:
    corpus, docs = demo
    [there] = set(links(docs, "./", f"years/{YEAR}/#missed"))  # one click
    [table] = read(docs, there).xpath(".//table[contains(@class,'missed')]")
    shown = {
        (words(row[1]), words(row.find("th")), words(row[4]).replace("没有写", "") or None)
        for row in table.xpath("tbody/tr")
    }
    missed = {(who, name, why) for who, name, why, state in of_year(corpus) if state is State.MISSED}
    assert len(missed) > 3
    assert shown == missed
    for link in table.xpath("tbody/tr/th/a/@href"):  # the second click: to the promise
        target = urljoin(f"https://x/{there}", link).removeprefix("https://x/")
        assert read(docs, target).xpath(f".//*[@id='{target.split('#')[1]}']")


def test_which_departments_published_no_results(demo: tuple[Corpus, Path]) -> None:
    corpus, docs = demo
    silent = {f.department.name for f in corpus.departments if f.document_of(LATER) and not f.results_of(LATER)}
    assert silent
    [there] = {link for link in links(docs, "./", rf"years/{LATER}/(#\w+)?") if link.endswith("#results")}  # one click
    rows = read(docs, there).xpath(".//tbody/tr[th[contains(.,'结果未公布')]]")
    assert {words(row.xpath("th/a")[0]) for row in rows} == silent


def test_whether_the_score_follows(demo: tuple[Corpus, Path]) -> None:
    corpus, docs = demo
    told = 0
    for folder in corpus.departments:
        document, found = folder.document_of(YEAR), folder.results_of(YEAR)
        if document is None or found is None:
            continue
        [department] = set(links(docs, "./", f"{folder.address}/"))  # one click
        assert links(docs, department, f"{folder.address}/{YEAR}/#results")  # the second
        page = words(read(docs, f"{folder.address}/{YEAR}/"))
        rules = scoring.governing(found.results, corpus.site.scoring)
        promised = {placed.name: placed for placed in document.declaration.indicators()}
        for placed in found.results.results():
            score = placed.result.score
            if score and score.value is not None and placed.name in promised:
                again = scoring.of_indicator(promised[placed.name], placed.result, rules)
                assert scoring.recomputed(again, score.value).said in page
                told += 1
    assert told > 20
