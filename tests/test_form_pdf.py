"""The form as PDF: found by a search, read aloud, kept for long; its headings stand on every page."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import typst
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from support import CONTENT, git
from test_official_form import in_order

from generator.analysis import change_log
from generator.content import corpus, yaml_writer
from generator.declaration.model import Declaration
from generator.declaration.results import Goal, Results
from generator.exports import catalogue
from generator.exports.dossier import dossier
from generator.forms import layout, object_streams, pdf
from generator.importers import form
from generator.importers.containers import pdf as pdf_reader

REAL = corpus.load(CONTENT)[0].documents[0].declaration
DAY = date(2024, 2, 29)


def crowded() -> Declaration:
    """Return the real form with names and targets that take many lines, and a heading that reaches over pages."""
    targets = dict(REAL.targets)
    quantity = targets["产出指标"]["数量指标"]
    assert isinstance(quantity, dict)
    many = {f"第{n}项{name}（{name * 3}）": indicator for n in range(6) for name, indicator in quantity.items()}
    targets["产出指标"] = {**targets["产出指标"], "数量指标": many}
    return REAL.model_copy(update={"targets": targets})


CASES = pytest.mark.parametrize("declaration", [REAL, crowded()], ids=["real", "crowded"])


@CASES
def test_a_search_finds_every_string_of_the_form(declaration: Declaration) -> None:
    """To the letter, with the engine of Chromium: no gap between Chinese and Latin, no paragraph over two pages."""
    texts = [line for row in layout.rows(declaration) for box in row for line in box.text.split("\n") if line]
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(pdf.pdf(declaration, None, DAY))]
    targets = [placed.indicator.target_value for placed in declaration.indicators()]
    assert len(targets) >= 40
    assert set(targets) <= set(texts)
    assert [t for t in texts if not any(page.search(t, match_case=True).get_next() for page in pages)] == []


@CASES
def test_after_a_page_break_the_heads_and_both_headings_stand_again(declaration: Declaration) -> None:
    with pdfplumber.open(io.BytesIO(pdf.pdf(declaration))) as document:
        tables = [page.extract_tables()[-1] for page in document.pages]
    at = [next((n for n, row in enumerate(table) if row[0] == "一级目标"), None) for table in tables]
    begun = next(page for page, place in enumerate(at) if place is not None)
    assert len(tables) - begun > 1
    for table, place in list(zip(tables, at, strict=True))[begun + 1 :]:
        assert place == 0
        first, second, name, _ = table[1]
        indicators = declaration.targets[first][second]
        assert isinstance(indicators, dict)
        assert name.replace("\n", "") in indicators


def test_the_heading_beside_long_goals_stands_on_every_page_of_theirs() -> None:
    goals = [Goal(预期目标="目" * 900, 实际完成情况="果" * 900)] * 6
    stated = Results(部门名称="某局", 年度="2024", 目标完成情况=goals)
    with pdfplumber.open(io.BytesIO(pdf.pdf(stated))) as document:
        tables = [page.extract_tables()[0] for page in document.pages]
    assert len(tables) > 1
    assert all(any(row[0] == "年度总体目标" for row in table) for table in tables)


@CASES
def test_what_goes_out_comes_in_again(declaration: Declaration, tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"
    file.write_bytes(pdf.pdf(declaration, "示例", DAY))
    made = form.read(pdf_reader.read(file), "f")
    assert made.unplaced == []
    assert declaration.source
    source = declaration.source.model_dump(by_alias=True, exclude_unset=True)  # on paper stands the form alone
    assert yaml_writer.dump(made.data | {"来源": source}) == in_order(declaration)


def test_it_says_title_language_date_and_its_standards() -> None:
    """The compiler refuses what breaks PDF/UA-1 or PDF/A-2a; here stands what it cannot know, and that it was asked."""
    with pdfplumber.open(io.BytesIO(pdf.pdf(REAL, "示例", DAY))) as document:
        catalog = document.doc.catalog
        metadata = resolve1(catalog["Metadata"]).get_data().decode()
        assert document.metadata["Title"] == "闵行区红十字会(汇总)2024年度部门（单位）整体支出绩效目标申报表"
        assert document.metadata["CreationDate"].startswith("D:20240229")
        assert catalog["Lang"] == b"zh-CN"
        assert resolve1(catalog["ViewerPreferences"])["DisplayDocTitle"] is True
        assert resolve1(catalog["MarkInfo"])["Marked"] is True
        tags = set(re.findall(r"'type': '(\w+)'", str(document.structure_tree)))
        assert {"Table", "THead", "TH", "TD"} <= tags
        spoken = [char for page in document.pages for char in page.chars if char["tag"] != "Artifact"]
        assert all(char["mcid"] is not None for char in spoken)
        aside = {char["text"] for page in document.pages for char in page.chars if char["tag"] == "Artifact"}
        assert {"示", "例", "页"} <= aside  # watermark and page numbers are not read aloud
    assert "<pdfuaid:part>1<" in metadata
    assert "<pdfaid:part>2<" in metadata
    assert "<pdfaid:conformance>A<" in metadata


def test_its_date_is_the_day_of_the_last_change(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Publish", day="2024-02-06")
    known, _ = corpus.load(tmp_path / "content")
    folder = known.departments[0]
    catalogue.of_department(known, dossier(known, folder, change_log.read(tmp_path / "content")), tmp_path / "site")
    [file] = (tmp_path / "site").rglob("*.pdf")
    with pdfplumber.open(file) as document:
        assert document.metadata["CreationDate"].startswith("D:20240206")


def test_without_a_day_it_is_not_said_to_be_kept_for_long() -> None:
    with pdfplumber.open(io.BytesIO(pdf.pdf(REAL))) as document:
        metadata = resolve1(document.doc.catalog["Metadata"]).get_data().decode()
        assert "CreationDate" not in document.metadata
    assert "<pdfuaid:part>1<" in metadata
    assert "pdfaid:part" not in metadata


def test_a_character_that_our_fonts_lack_stops_nothing_and_no_standard_is_claimed() -> None:
    rare = REAL.model_copy(update={"department_name": "某区㐂街道"})
    with pdfplumber.open(io.BytesIO(pdf.pdf(rare, None, DAY))) as document:
        metadata = resolve1(document.doc.catalog["Metadata"]).get_data().decode()
        assert "某区" in "".join(char["text"] for char in document.pages[0].chars)
    assert not re.search("pdfuaid:part|pdfaid:part", metadata)


def test_packed_it_holds_the_same_objects_and_streams_in_less_room() -> None:
    written = typst.compile(b"#set document(title: [T])\n#table(columns: 2, ..range(80).map(str))", timestamp=0)
    assert isinstance(written, bytes)
    packed = object_streams.packed(written)
    before, after = (PDFDocument(PDFParser(io.BytesIO(file))) for file in (written, packed))
    numbers = [number for number in before.xrefs[0].get_objids() if number]
    assert len(numbers) > 80
    assert [_object(after, number) for number in numbers] == [_object(before, number) for number in numbers]
    assert (str(after.catalog), after.info) == (str(before.catalog), before.info)
    assert len(packed) < 0.6 * len(written)
    assert len(pypdfium2.PdfDocument(packed)) == len(pypdfium2.PdfDocument(written))


def _object(document: PDFDocument, number: int) -> tuple[str, bytes]:
    found = document.getobj(number)
    return (str(found.attrs), found.rawdata) if isinstance(found, PDFStream) else (str(found), b"")
