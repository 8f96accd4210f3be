"""The official form: what goes out comes in again, to the letter, and the same declaration gives the same bytes."""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter

import openpyxl
import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from lxml.html import document_fromstring
from strategies import DECLARATIONS, PRINTED_RESULTS
from support import CONTENT, ROOT

from generator.content import corpus, yaml_reader, yaml_writer
from generator.declaration.model import Declaration
from generator.declaration.results import PlacedResult, Results
from generator.forms import html, layout, pdf, result_layout, xlsx
from generator.forms.grid import Grid
from generator.importers import form
from generator.importers import results as result_form
from generator.importers.containers import excel
from generator.importers.containers import html as html_reader

REAL = corpus.load(CONTENT)[0].documents[0].declaration


def again(grid: Grid) -> str:
    made = form.read(grid, "f")
    assert made.unplaced == []
    return yaml_writer.dump(made.data)


def in_order(declaration: Declaration) -> str:
    """Write a declaration in the form's order: strategies give optional parts last."""
    data = declaration.model_dump(by_alias=True, exclude_unset=True)
    order = [str(entry.alias) for entry in Declaration.model_fields.values()]
    return yaml_writer.dump({label: data[label] for label in order if label in data})


LAW = settings(derandomize=True, deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))


@LAW
@given(declaration=DECLARATIONS)
def test_out_and_in_again(declaration: Declaration) -> None:
    assert again(Grid(layout.cells(layout.rows(declaration) + layout.notes(declaration)))) == (in_order(declaration))


@pytest.mark.parametrize("name", ["任务名称", "年度重点任务", "部门职责", "年度履职目标"])
def test_a_line_of_the_budget_may_be_called_like_a_block(name: str) -> None:
    data = REAL.model_dump(by_alias=True, exclude={"source"}, exclude_unset=True)
    data["预算情况"]["资金来源"]["其他项目"] = {name: "0.00"}
    declaration = Declaration.model_validate(data)
    assert again(Grid(layout.cells(layout.rows(declaration)))) == in_order(declaration)


def test_a_lone_entity_stays_as_it_is() -> None:
    task = REAL.tasks[0].model_copy(update={"name": "&nbsp;"})
    declaration = REAL.model_copy(update={"tasks": [task]})
    [read] = form.read(Grid(layout.cells(layout.rows(declaration))), "f").data["年度重点任务"]  # type: ignore[misc]
    assert read["任务名称"] == "&nbsp;"  # type: ignore[index, call-overload]


@settings(LAW, max_examples=15)
@given(declaration=DECLARATIONS)
def test_out_to_a_workbook_and_in_again(declaration: Declaration, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "law.xlsx"
    file.write_bytes(xlsx.xlsx(declaration, "示例"))
    assert again(excel.read(file)) == in_order(declaration)


@settings(LAW, max_examples=15)
@given(declaration=DECLARATIONS)
def test_out_to_a_page_and_in_again(declaration: Declaration, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "law.html"
    file.write_text(html.html(declaration, "../", "示例", "示例数据"), encoding="utf-8")
    assert again(html_reader.read(file)) == in_order(declaration)


def results_again(grid: Grid) -> tuple[Results, list[PlacedResult]]:
    made = result_form.read(grid, "f")
    assert made.unplaced == []
    results = Results.model_validate(made.data)
    return results, list(results.results())


@LAW
@given(results=PRINTED_RESULTS)
def test_results_out_and_in_again(results: Results) -> None:
    drawn = result_layout.form(results)
    assert results_again(Grid(layout.cells(drawn.rows + drawn.notes))) == (results, list(results.results()))


@settings(LAW, max_examples=15)
@given(results=PRINTED_RESULTS)
def test_results_out_to_a_workbook_and_a_page_and_in_again(
    results: Results, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "results.xlsx"
    file.write_bytes(xlsx.xlsx(results, "示例"))
    assert results_again(excel.read(file)) == (results, list(results.results()))
    page = file.with_suffix(".html")
    page.write_text(html.html(results, "../", "示例", "示例数据"), encoding="utf-8")
    assert results_again(html_reader.read(page)) == (results, list(results.results()))


@settings(LAW, max_examples=15)
@given(declaration=DECLARATIONS)
def test_no_character_is_missing_on_paper(declaration: Declaration) -> None:
    wanted = Counter(c for row in layout.rows(declaration) for box in row for c in box.text if c.strip())
    with pdfplumber.open(io.BytesIO(pdf.pdf(declaration))) as document:
        printed = Counter(
            c
            for page in document.pages
            for char in page.chars
            for c in char["text"]
            if char["x0"] >= 0 and char["x1"] <= page.width and char["top"] >= 0 and char["bottom"] <= page.height
        )
    assert wanted - printed == Counter()


def test_the_workbook_has_numbers_and_merged_cells() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(REAL)))["申报表"]
    found = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert found[5513159.84].number_format == "#,##0.00"
    assert found["=14.00(个街镇)"].data_type == "s"
    assert "A1:D1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.page_setup.paperSize == 9


def test_a_text_too_long_for_a_cell_says_so() -> None:
    long = REAL.model_copy(update={"duties": ["很长的职责。" * 6000]})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(long)))["申报表"]
    text = str(sheet["B4"].value)
    assert len(text) == 32_767
    assert text.endswith("……（太长，全文见网页）")


def test_a_long_cell_of_the_workbook_shows_all_its_lines() -> None:
    """On rows that no page and no limit of Excel cuts: 5,000 characters at 50 a line are 100 lines and more."""
    long = REAL.model_copy(update={"duties": ["很长的职责。" * 500] + ["职责。"] * 50})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(long)))["申报表"]
    [merged] = [merged for merged in sheet.merged_cells.ranges if merged.start_cell.coordinate == "B4"]
    heights = [sheet.row_dimensions[row].height for row in range(merged.min_row, merged.max_row + 1)]
    assert sum(heights) > (3000 / 50 + 50) * 12
    assert max(row.height for row in sheet.row_dimensions.values()) < 240
    assert sheet["A4"].value == "部门职责"
    assert {m.max_row for m in sheet.merged_cells.ranges if m.min_row == 4} == {merged.max_row}
    assert str(sheet["B4"].value).count("职责。") == 550


def test_a_page_break_repeats_the_heads_of_the_indicators() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(REAL)))["申报表"]
    first, last = (int(row) for row in str(sheet.print_title_rows).replace("$", "").split(":"))
    assert first == last
    assert [cell.value for cell in sheet[first]] == ["一级目标", "二级目标", "三级目标", "指标目标值"]
    [head] = document_fromstring(html.html(REAL, "../")).xpath("//thead")
    assert [cell.text_content() for cell in head.iter("th")] == ["一级目标", "二级目标", "三级目标", "指标目标值"]
    assert {cell.get("scope") for cell in head.iter("th")} == {"col"}


def test_the_cells_of_the_workbook_check_what_is_typed() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(REAL)))["申报表"]
    checked: dict[str, set[object]] = {"amount": set(), "target": set()}
    for check in sheet.data_validations.dataValidation:
        [stretch] = check.sqref.ranges
        values = {sheet.cell(row, stretch.min_col).value for row in range(stretch.min_row, stretch.max_row + 1)}
        checked["amount" if "不适用" in check.formula1 else "target"] |= values
        assert sheet.cell(stretch.min_row, stretch.min_col).coordinate in check.formula1  # it is about its first cell
    assert checked["amount"] == {5513159.84, 0, 4088773.84, 1424386, 562882.03, 9, 1}
    assert checked["target"] == {placed.indicator.target_value for placed in REAL.indicators()}


def test_the_form_has_no_columns_but_the_official_ones() -> None:
    text = (CONTENT / "minhang-red-cross/2024.yaml").read_text(encoding="utf-8")
    text = text.replace("募集规模稳定性: 稳定", "募集规模稳定性: {指标目标值: 稳定, 原名: 募集规模}")
    declaration = Declaration.model_validate(yaml_reader.load(text.encode(), "f").data)
    assert layout.width(declaration) == 4
    former = [[box.text for box in row] for row in layout.notes(declaration) if row[0].text == "原名"]
    assert former == [["原名", "效益指标", "社会效益指标", "募集规模稳定性", "募集规模"]]


def test_a_former_name_of_no_indicator_is_kept() -> None:
    noted = [[layout.Box("附注", "title", 4)], [layout.Box("原名", "label"), layout.Box("旧名", columns=3)]]
    rows = [*layout.rows(REAL), *noted]
    assert [cell.text for cell in form.read(Grid(layout.cells(rows)), "f").unplaced] == ["旧名"]


def test_all_40_indicators_and_every_amount_stand_in_each_format() -> None:
    indicators = list(REAL.indicators())
    assert len(indicators) == 40
    wanted = {placed.name for placed in indicators} | {placed.indicator.target_value for placed in indicators}
    wanted |= {"5,513,159.84", "0.00", "4,088,773.84", "1,424,386.00", "562,882.03"}
    page = document_fromstring(html.html(REAL, "../"))
    assert wanted <= {cell.text_content() for cell in page.iter("td", "th")}
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(REAL)))["申报表"]
    assert wanted <= {excel.text(c.value, c.number_format)[0] for row in sheet.iter_rows() for c in row}
    with pdfplumber.open(io.BytesIO(pdf.pdf(REAL))) as document:
        text = "".join(char["text"] for page in document.pages for char in page.chars if char["text"].strip())
    assert {words for words in wanted if "".join(words.split()) not in text} == set()


@pytest.mark.parametrize("watermark", [None, "示例"])
def test_same_declaration_same_bytes(watermark: str | None) -> None:
    """Also in another process, with another hash seed and time zone."""
    script = (
        "import sys; from pathlib import Path; from hashlib import sha256; from generator.content import corpus\n"
        "from generator.forms import pdf, xlsx\n"
        f"d = corpus.load(Path('content'))[0].documents[0].declaration; w = {watermark!r}\n"
        "print(sha256(pdf.pdf(d, w)).hexdigest(), sha256(xlsx.xlsx(d, w)).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
        ).stdout
        for environment in ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"})
    }
    assert len(runs) == 1


def test_samples_carry_the_watermark() -> None:
    assert "示例" not in html.html(REAL, "../")
    page = html.html(REAL, "../", "示例", "示例数据，虚构")
    assert 'data-watermark="示例"' in page
    assert '<p class="notice">示例数据，虚构</p>' in page
    with pdfplumber.open(io.BytesIO(pdf.pdf(REAL, "示例"))) as document:
        for page in document.pages:
            assert {"示", "例"} <= {c["text"] for c in page.chars if abs(c["matrix"][1]) > 0.1}
    assert openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(REAL, "示例")))["申报表"].oddHeader.center.text == "示例"


def test_what_is_typed_is_no_markup() -> None:
    text = (CONTENT / "minhang-red-cross/2024.yaml").read_text(encoding="utf-8")
    hostile = text.replace(
        "  - 任务名称: 文化宣传", "  - 任务名称: '#pagebreak() $x$ <script>alert(1)</script> \\u{0}'"
    )
    declaration = Declaration.model_validate(yaml_reader.load(hostile.encode(), "f").data)
    page = document_fromstring(html.html(declaration, "../"))
    assert page.xpath("//script") == []
    with pdfplumber.open(io.BytesIO(pdf.pdf(declaration))) as document:
        assert "#pagebreak()$x$<script>alert(1)</script>" in "".join(
            c["text"] for page in document.pages for c in page.chars if c["text"].strip()
        )
