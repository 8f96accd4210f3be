"""Scans: what was read off pictures of the real form becomes its grid, and all of it waits for a person.

forms/scan.json is what the extra [ocr] read off the workbook of the form, printed by an office program and scanned at
200 dpi. `nox -s ocr` reads pictures itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter
from support import CONTENT, RED_CROSS, ROOT

from generator import cli, importers
from generator.content import corpus, yaml_reader
from generator.content.draft import MARK
from generator.content.yaml_reader import Data
from generator.forms import pdf
from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError, form, places, proposal
from generator.importers.containers import picture, scan, text_lines
from generator.importers.containers.ruled import Page

REAL = corpus.load(CONTENT)[0].documents[0].declaration
DATA = yaml_reader.load((RED_CROSS / "2024.yaml").read_bytes(), "f").data
assert isinstance(DATA, dict)


def recorded() -> Grid:
    pages = json.loads((ROOT / "tests/forms/scan.json").read_text(encoding="utf-8"))
    return scan.grid([Page([line(*one) for one in page["lines"]], page["tables"], page["height"]) for page in pages])


def line(text: str, left: float, top: float, right: float, bottom: float) -> dict[str, object]:
    size = bottom - top
    return {"text": text, "x0": left, "x1": right, "top": top, "bottom": bottom, "height": size, "size": size}


def leaves(data: Data, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], str]:
    if isinstance(data, dict):
        return {place: leaf for key, value in data.items() for place, leaf in leaves(value, (*path, key)).items()}
    if isinstance(data, list):
        return {place: leaf for n, value in enumerate(data) for place, leaf in leaves(value, (*path, n)).items()}
    return {path: str(data)}


def right(data: Data) -> tuple[int, int, int]:
    """Count the names of indicators, their targets and the amounts that are right to the letter."""
    got = {path: value.removeprefix(MARK) for path, value in leaves(data).items()}
    wanted = leaves(DATA)
    names = [path for path in wanted if path[0] == "分解目标" and len(path) == 4]
    amounts = [path for path in wanted if path[0] == "预算情况" or str(path[0]).startswith(("年末", "内设", "下属"))]
    values = [path for path in names if got.get(path) == wanted[path]]
    return len(set(names) & set(got)), len(values), sum(got.get(path) == wanted[path] for path in amounts)


def test_what_was_read_off_the_real_form() -> None:
    grid = recorded()
    made = form.read(grid, "scan.pdf")
    assert right(made.data) == (38, 36, 9)
    assert made.unplaced == []
    assert {path for path, value in leaves(made.data).items() if not value.startswith(MARK)} == set()
    assert [len(made.data[label]) for label in ("部门职责", "年度履职目标", "年度重点任务")] == [8, 8, 5]


def test_each_value_says_where_it_stands_in_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importers, "read", lambda _: recorded())
    (tmp_path / "scan.pdf").touch()
    files, _ = proposal.propose(tmp_path / "scan.pdf", None)
    text = files[Path()].decode()
    assert "      造血干细胞征募志愿者入库人数: 待确认 ≥300.00(人)  # 第 2 页自上 44%\n" in text
    assert "    财政拨款: 待确认 5,513,159.84  # 第 1 页自上 90%\n" in text
    waiting = [line for line in text.splitlines() if MARK in line]
    assert sum("  # 第 " in line for line in waiting) >= len(waiting) - 3
    assert yaml_reader.load(text.encode(), "f").data["部门职责"] == form.read(recorded(), "f").data["部门职责"]


def test_a_place_is_told_only_where_one_cell_alone_has_the_text() -> None:
    cells = [Cell("甲", 1, 1, place="第 1 页自上 5%"), *[Cell("7次", n, 2, place=f"第 {n} 页自上 9%") for n in (1, 2)]]
    text = "甲: 待确认 7次\n乙: 待确认 7次\n丙: 7次\n丁: '待确认 7次 # 甲'\n戊: \"待确认 甲\n  7次\"\n"
    assert places.with_places(text, cells) == text.replace("甲: 待确认 7次\n", "甲: 待确认 7次  # 第 1 页自上 5%\n", 1)
    assert places.with_places(text, [Cell("甲", 1, 1)]) == text


def test_a_line_across_cells_is_cut_at_their_borders() -> None:
    cells = [(0.0, 0.0, 100.0, 40.0), (100.0, 0.0, 200.0, 40.0), (0.0, 40.0, 150.0, 80.0)]
    assert text_lines.parted((60, 10, 160, 30), cells) == [(60, 10, 100, 30), (100, 10, 160, 30)]
    assert text_lines.parted((60, 50, 140, 70), cells) == [(60, 50, 140, 70)]
    assert text_lines.parted((95, 10, 160, 30), cells) == [(95, 10, 160, 30)]  # it only touches the border


def test_a_digit_that_was_overlooked_is_found_by_its_ink() -> None:
    page = np.full((100, 300), 255, np.uint8)
    page[30:60, 40:52] = 0
    page[50, 250] = 0  # dust
    cells = [(0.0, 0.0, 100.0, 100.0), (100.0, 0.0, 200.0, 100.0), (200.0, 0.0, 300.0, 100.0)]
    [(left, top, right_, bottom)] = text_lines.missed(page, cells, [])
    assert (left < 40 < 51 < right_, top < 30 < 59 < bottom) == (True, True)
    assert text_lines.missed(page, cells, [(38.0, 28.0, 54.0, 62.0)]) == []


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
def test_without_the_extra_the_sentence_says_how_to_get_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    monkeypatch.delitem(sys.modules, "generator.importers.containers.ocr", raising=False)
    with pytest.raises(UnreadableError) as refused:
        scan.read(tmp_path / name)
    assert "只有图片" in refused.value.message
    assert "pip install 'performance-targets-site[import,ocr]'" in refused.value.repair


def test_a_picture_is_as_large_as_a_page_at_200_dpi(tmp_path: Path) -> None:
    Image.new("RGB", (300, 400), "white").save(tmp_path / "small.png")
    assert picture.of_file(tmp_path / "small.png").shape == (2339, 1754)
    (tmp_path / "form.pdf").write_bytes(pdf.pdf(REAL))
    assert {page.shape for page in picture.of_pdf(tmp_path / "form.pdf", 3)} == {(2339, 1654)}
    with pytest.raises(UnreadableError, match="扫描件有 3 页，超过上限 2"):
        list(picture.of_pdf(tmp_path / "form.pdf", 2))


def test_a_picture_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MAX_PIXELS", 100)
    Image.new("L", (20, 20)).save(tmp_path / "large.png")
    with pytest.raises(UnreadableError, match="图片有 20 × 20 点，超过上限"):
        picture.of_file(tmp_path / "large.png")


def scanned(pages: list[Image.Image], file: Path) -> Path:
    pages[0].save(file, save_all=True, append_images=pages[1:], resolution=200)
    return file


def pictures() -> list[Image.Image]:
    return [page.render(scale=200 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(pdf.pdf(REAL))]


NEEDS_OCR = "needs the extra [ocr]: nox -s ocr"


def test_the_real_form_as_a_scan(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason=NEEDS_OCR)
    made = form.read(importers.read(scanned(pictures(), tmp_path / "scan.pdf")), "scan.pdf")
    names, values, amounts = right(made.data)
    assert (names >= 38, values >= 35, amounts) == (True, True, 9)
    assert {path for path, value in leaves(made.data).items() if not value.startswith(MARK)} == set()


def test_a_page_laid_aslant_with_dust_and_a_shadow(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason=NEEDS_OCR)
    page = pictures()[2].rotate(1.3, Image.Resampling.BICUBIC, fillcolor=250).filter(ImageFilter.GaussianBlur(0.8))
    grey, rng = np.asarray(page).astype(float), np.random.default_rng(3)
    grey = grey * np.linspace(0.8, 1, grey.shape[1]) + rng.normal(0, 9, grey.shape)
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(tmp_path / "scan.jpg", quality=55)
    grid = importers.read(tmp_path / "scan.jpg")
    texts = [cell.text for cell in grid.cells]
    assert {"产出指标", "时效指标", "满意度指标", "社会公众满意度", "救护员培训技能提升", "稳定"} <= set(texts)
    assert max(cell.last_column for cell in grid.cells) == 4
    [first] = [cell for cell in grid.cells if cell.text == "效益指标"]
    assert first.rows == 11


def test_too_many_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason=NEEDS_OCR)
    file = scanned([Image.new("L", (60, 80), 255)] * (scan.MAX_PAGES + 1), tmp_path / "scan.pdf")
    assert cli.main(["import", str(file)]) == 1
    assert f"扫描件有 {scan.MAX_PAGES + 1} 页，超过上限 {scan.MAX_PAGES}" in capsys.readouterr().err
