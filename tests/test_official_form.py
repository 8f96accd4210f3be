"""The official form: what goes out comes in again, to the letter, and the same declaration gives the same bytes."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import openpyxl
import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from support import CONTENT, ROOT

from generator import corpus, official_form, yamltree
from generator.exports import form_html, form_pdf, form_xlsx
from generator.grid import Grid
from generator.importers import excel, form
from generator.importers import html as html_reader
from generator.model import HEADINGS, Declaration

REAL = corpus.load(CONTENT)[0].documents[0].declaration

# Text that tempts: formulas, markup, quotes, addresses; no blank at the ends, none doubled (a browser folds them).
WORDS = st.text("甲乙丙丁≥≤=+-@<>&\"'%,.;:#{}[]\\|1290%（）《》“”。，·x ", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "甲"
)
NAMES = WORDS.filter(lambda text: not re.fullmatch(r"[/\-—]", text))
AMOUNTS = st.one_of(
    st.decimals(0, 10**11, places=2).map(lambda d: f"{d:,.2f}"),
    st.integers(0, 10**9).map(str),
    st.sampled_from(["0.00", "不适用", "未公开", "见附件2"]),
)
COUNTS = st.integers(0, 9999).map(str) | st.sampled_from(["未公开", "不适用"])


def mapping(required: dict[str, st.SearchStrategy], optional: dict[str, st.SearchStrategy]) -> st.SearchStrategy:
    return st.fixed_dictionaries(required, optional=optional)


LONG_FORM = mapping(
    {"指标目标值": WORDS},
    {"原名": NAMES, "权重": st.sampled_from(["10", "59.5", "0"]), "指标解释": WORDS},
).filter(lambda entry: len(entry) > 1)
SECOND = st.none() | WORDS | st.dictionaries(NAMES, WORDS | LONG_FORM, min_size=1, max_size=4)
FIRSTS = st.sampled_from(list(HEADINGS)) | NAMES
SECONDS = st.sampled_from([s for seconds in HEADINGS.values() for s in seconds]) | NAMES
SECOND_LEVELS = st.dictionaries(SECONDS, SECOND, min_size=1, max_size=3)
ANSWER = mapping({"规则": st.just("N504"), "理由": WORDS}, {"对象": NAMES})
DECLARATIONS = mapping(
    {
        "年度": st.integers(2000, 2099).map(str),
        "部门名称": NAMES,
        "部门职责": st.lists(WORDS, min_size=1, max_size=3),
        "年度履职目标": st.lists(WORDS, min_size=1, max_size=3),
        "年度重点任务": st.lists(mapping({"任务名称": NAMES, "主要内容": WORDS}, {}), max_size=3),
        "预算情况": mapping(
            {
                "部门整体预算总额": AMOUNTS,
                "资金来源": mapping({"财政拨款": AMOUNTS}, {"其他资金": AMOUNTS}),
                "资金结构": mapping({"基本支出": AMOUNTS}, {"项目支出": AMOUNTS}),
            },
            {},
        ),
        "分解目标": st.dictionaries(
            FIRSTS, st.dictionaries(SECONDS, SECOND, min_size=1, max_size=3), min_size=1, max_size=4
        ),
    },
    {
        "下属预算单位个数": COUNTS,
        "年末资产总额": AMOUNTS,
        "年末在职人数": COUNTS,
        "内设机构数": COUNTS,
        "来源": st.just({"网址": "https://www.example.org/2024.html", "批复日期": "2024-01-31"}),
        "说明事项": st.lists(
            mapping({"规则": st.just("N504"), "理由": WORDS}, {"对象": NAMES}), min_size=1, max_size=2
        ),
    },
).map(Declaration.model_validate)


def again(grid: Grid) -> str:
    made = form.read(grid, "f")
    assert made.unplaced == []
    return yamltree.dump(made.data)


def in_order(declaration: Declaration) -> str:
    """Write a declaration in the form's order (the strategies give its optional parts last)."""
    data = declaration.model_dump(by_alias=True, exclude_unset=True)
    order = [str(entry.alias) for entry in Declaration.model_fields.values()]
    return yamltree.dump({label: data[label] for label in order if label in data})


LAW = settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@LAW
@given(declaration=DECLARATIONS)
def test_out_and_in_again(declaration: Declaration) -> None:
    assert again(Grid(official_form.cells(official_form.rows(declaration) + official_form.notes(declaration)))) == (
        in_order(declaration)
    )


@LAW
@given(declaration=DECLARATIONS)
def test_out_to_a_workbook_and_in_again(declaration: Declaration, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "law.xlsx"
    file.write_bytes(form_xlsx.xlsx(declaration, "示例"))
    assert again(excel.read(file)) == in_order(declaration)


@LAW
@given(declaration=DECLARATIONS)
def test_out_to_a_page_and_in_again(declaration: Declaration, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "law.html"
    file.write_text(form_html.html(declaration, "../", "示例", "示例数据"), encoding="utf-8")
    assert again(html_reader.read(file)) == in_order(declaration)


def test_the_workbook_has_numbers_and_merged_cells() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_xlsx.xlsx(REAL)))["申报表"]
    found = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert found[5513159.84].number_format == "#,##0.00"
    assert found["=14.00(个街镇)"].data_type == "s"
    assert "A1:D1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.page_setup.paperSize == 9


def test_all_40_indicators_and_every_amount_stand_in_each_format() -> None:
    indicators = list(REAL.indicators())
    assert len(indicators) == 40
    wanted = {placed.name for placed in indicators} | {placed.indicator.target_value for placed in indicators}
    wanted |= {"5,513,159.84", "0.00", "4,088,773.84", "1,424,386.00", "562,882.03"}
    page = html.document_fromstring(form_html.html(REAL, "../"))
    assert wanted <= {cell.text_content() for cell in page.iter("td", "th")}
    sheet = openpyxl.load_workbook(io.BytesIO(form_xlsx.xlsx(REAL)))["申报表"]
    assert wanted <= {excel.shown(c.value, c.number_format) for row in sheet.iter_rows() for c in row}
    with pdfplumber.open(io.BytesIO(form_pdf.pdf(REAL))) as document:
        text = "".join(char["text"] for page in document.pages for char in page.chars if char["text"].strip())
    assert {words for words in wanted if "".join(words.split()) not in text} == set()


@pytest.mark.parametrize("watermark", [None, "示例"])
def test_same_declaration_same_bytes(watermark: str | None) -> None:
    """Also in another process, with another hash seed and time zone."""
    script = (
        "import sys; from pathlib import Path; from hashlib import sha256; from generator import corpus\n"
        "from generator.exports import form_pdf, form_xlsx\n"
        f"d = corpus.load(Path('content'))[0].documents[0].declaration; w = {watermark!r}\n"
        "print(sha256(form_pdf.pdf(d, w)).hexdigest(), sha256(form_xlsx.xlsx(d, w)).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
        ).stdout
        for environment in ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"})
    }
    assert len(runs) == 1


def test_samples_carry_the_watermark() -> None:
    assert "示例" not in form_html.html(REAL, "../")
    assert 'class="watermark"' in form_html.html(REAL, "../", "示例", "示例数据，虚构")
    with pdfplumber.open(io.BytesIO(form_pdf.pdf(REAL, "示例"))) as document:
        for page in document.pages:
            assert {"示", "例"} <= {c["text"] for c in page.chars if abs(c["matrix"][1]) > 0.1}
    assert openpyxl.load_workbook(io.BytesIO(form_xlsx.xlsx(REAL, "示例")))["申报表"].oddHeader.center.text == "示例"


def test_what_is_typed_is_no_markup() -> None:
    text = (CONTENT / "minhang-red-cross/2024.yaml").read_text(encoding="utf-8")
    hostile = text.replace(
        "  - 任务名称: 文化宣传", "  - 任务名称: '#pagebreak() $x$ <script>alert(1)</script> \\u{0}'"
    )
    declaration = Declaration.model_validate(yamltree.load(hostile.encode(), "f").data)
    page = html.document_fromstring(form_html.html(declaration, "../"))
    assert page.xpath("//script") == []
    with pdfplumber.open(io.BytesIO(form_pdf.pdf(declaration))) as document:
        assert "#pagebreak()$x$<script>alert(1)</script>" in "".join(
            c["text"] for page in document.pages for c in page.chars if c["text"].strip()
        )
