"""Results as open data: the interface and the downloads say what the file says, and what follows from it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from generator.content import corpus
from generator.exports import catalogue
from generator.forms import pdf
from generator.importers import results
from generator.importers.containers import excel, html

RESULTS = """\
年度: 2024
部门名称: 某区示例局
资金情况:
  年度资金总额:
    年初预算数: 100.00
    全年预算数: 120.00
    全年执行数: 90.00
    分值: 10
    执行率: 75%
    得分: 7.5
  财政拨款:
    全年执行数: 未公开
目标完成情况:
  - 预期目标: 目标一
    实际完成情况: 已经实现。
类别分值:
  产出指标: 50
指标完成情况:
  产出指标:
    数量指标:
      演练场次:
        实际完成值: 3
        年度指标值: ≥1.00(次)
        分值: 50
        得分: 45
        复核分: 40
        原因: 有一场推迟。
      另一项: 完成
总分: 52.5
等级: 良
存在问题:
  - 问题一
  - 问题二
来源:
  公开日期: 2025-05-31
"""
PROGRESS = """\
年度: 2024
部门名称: 某区示例局
进度:
  - 截至日期: 2024-06-30
    指标完成情况: {产出指标: {数量指标: {演练场次: 1次}}}
"""


@pytest.fixture
def written(small: Callable[..., Path], tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        known, _ = corpus.load(small(files={"some-bureau/2024.results.yaml": text}))
        catalogue.write(known, None, tmp_path / "site")
        return tmp_path / "site"

    return write


def answer(site: Path, name: str) -> Any:
    return json.loads((site / f"api/v1/{name}.json").read_bytes())


def test_the_interface_tells_what_was_printed_and_what_follows(written: Callable[[str], Path]) -> None:
    site = written(RESULTS)
    given = answer(site, "results/some-bureau/2024")
    total, appropriation = given["money"]
    assert total["executed"] == {"published": "90.00", "value": "90.00"}
    assert total["rate"] == {"published": "75%", "value": "75"}
    assert appropriation["executed"] == {"published": "未公开", "value": None}
    kept, other = given["outcomes"]
    assert (kept["actual_published"], kept["actual_number"], kept["actual_unit"]) == ("3", "3", "次")
    assert (kept["state"], kept["attainment_percent"], kept["target_published"]) == ("met", "300.00", "≥1.00(次)")
    assert (kept["score"]["value"], kept["reviewed_score"]["value"], kept["reason"]) == ("45", "40", "有一场推迟。")
    assert (other["name"], other["actual_published"], other["state"], other["promise"]) == (
        "另一项",
        "完成",
        None,
        None,
    )
    assert given["category_weights"] == [{"heading": "产出指标", "weight": {"published": "50", "value": "50"}}]
    assert (given["total_score"]["value"], given["grade"], given["problems"]) == ("52.5", "良", ["问题一", "问题二"])
    assert given["goals"] == [{"expected": "目标一", "achieved": "已经实现。"}]
    [promise] = answer(site, "promises/some-bureau")["promises"]
    assert promise["years"][0]["result"]["state"] == "met"
    assert kept["promise"] == promise["promise"]
    assert answer(site, "declarations/some-bureau/2024")["results_url"] == "results/some-bureau/2024.json"


def test_progress_is_told_and_not_judged(written: Callable[[str], Path]) -> None:
    site = written(PROGRESS)
    given = answer(site, "results/some-bureau/2024")
    assert (given["published"], given["outcomes"]) == (False, [])
    [part] = given["progress"]
    assert (part["until"], part["outcomes"][0]["actual_published"]) == ("2024-06-30", "1次")
    [promise] = answer(site, "promises/some-bureau")["promises"]
    assert promise["years"][0]["result"] is None
    assert not list(site.glob("some-bureau/2024/*results*"))


def test_without_results_nothing_is_said(small: Callable[..., Path]) -> None:
    known, _ = corpus.load(small())
    site = small().parent / "bare"
    catalogue.write(known, None, site)
    assert answer(site, "declarations/some-bureau/2024")["results_url"] is None
    assert not (site / "api/v1/results").exists()


def test_every_download_of_results_says_the_same(written: Callable[[str], Path]) -> None:
    site = written(RESULTS)
    stem = site / "some-bureau/2024/some-bureau-2024-results"
    book = results.read(excel.read(stem.with_suffix(".xlsx")), "f")
    page = results.read(html.read(site / "some-bureau/2024/results-form.html"), "f")
    assert book.data == page.data
    assert book.unplaced == page.unplaced == []
    for word in ("演练场次", "有一场推迟。", "52.5", "问题二", "90.00", "50分"):
        with pdfplumber.open(stem.with_suffix(".pdf")) as document:
            assert word in "".join(c["text"] for p in document.pages for c in p.chars if c["text"].strip())
    with zipfile.ZipFile(site / "some-bureau/some-bureau.zip") as packed:
        inside = json.loads(packed.read("some-bureau-2024-results.json"))
    assert inside == answer(site, "results/some-bureau/2024")


def test_no_character_of_long_results_is_missing_on_paper(small: Callable[..., Path]) -> None:
    long = RESULTS.replace("有一场推迟。", "推迟的原因很多，" * 200).replace("已经实现。", "已经实现了很多目标，" * 150)
    known, _ = corpus.load(small(files={"some-bureau/2024.results.yaml": long}))
    made = pdf.pdf(known.results[0].results, "示例")
    with pdfplumber.open(io.BytesIO(made)) as document:
        assert all(page.width > page.height for page in document.pages)
        shown = "".join(
            c["text"]
            for page in document.pages
            for c in page.chars
            if c["x0"] >= 0 and c["x1"] <= page.width and c["top"] >= 0 and c["bottom"] <= page.height
        )
    assert (shown.count("迟"), shown.count("经")) == (200, 150)  # a page break parts the phrases
    assert made == pdf.pdf(known.results[0].results, "示例")
