"""Results against their registered document: what is not as printed is found at its line, and nothing else is."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import lxml.html
import pytest
from support import CONTENT, RED_CROSS
from test_import_results import FORMS, RESULT_FORM, TARGETS, damaged
from test_proof import DIFFERENCES, digit

from generator import build, cli, importers, originals
from generator.analysis import proof
from generator.analysis.proof import Kind, Proof
from generator.content import corpus, yaml_reader, yaml_writer
from generator.content.original import Original
from generator.content.yaml_reader import Data
from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.demo.results import results as made_up
from generator.forms import html, pdf, xlsx
from generator.importers import form, results
from generator.importers.containers import text as text_reader
from generator.rules.proof import findings

REAL = corpus.load(CONTENT)[0].documents[0].declaration
YAML = made_up(Random(2), REAL, {})
RESULTS = Results.model_validate(yaml_reader.load(YAML.encode(), "f").data)
DATA: dict[str, Any] = {k: v for k, v in yaml_reader.load(YAML.encode(), "f").data.items() if k != "来源"}  # type: ignore[union-attr]


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text with its path."""
    if isinstance(data, str):
        yield path, data
        return
    for step, below in data.items() if isinstance(data, dict) else enumerate(data):
        yield from leaves(below, (*path, step))


ENTRIES = len(dict(leaves(DATA)))


def read(file: Path, declaration: Declaration | None = None) -> Original:
    """Read a document in this process, which is faster."""
    grid = import_module(f"generator.importers.containers.{importers.READERS[file.suffix]}").read(file)
    return originals.stated(grid, results.read(grid, file.name, declaration), Results)


def plain(file: Path, *changes: tuple[str, str], declaration: Declaration | None = None) -> Original:
    text = RESULT_FORM
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return read(file, declaration)


def proven(data: Data, document: Original) -> tuple[Proof, list[tuple[int, str]]]:
    """Compare data, as a file has it, with a document; returns the proof and each difference with its line."""
    tree = yaml_reader.load(yaml_writer.dump(data).encode(), "2024.results.yaml")  # type: ignore[arg-type]
    found = proof.prove(tree.data, document)
    return found, [(finding.mark.line, finding.message) for finding in findings(tree, found)]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """What the form of the results states, as a workbook."""
    file = tmp_path_factory.mktemp("results") / "f.xlsx"
    file.write_bytes(xlsx.xlsx(RESULTS))
    return read(file, REAL)


CONTAINERS: dict[str, Callable[[Path], object]] = {
    "f.xlsx": lambda file: file.write_bytes(xlsx.xlsx(RESULTS)),
    "f.html": lambda file: file.write_text(html.html(RESULTS, "../"), encoding="utf-8"),
    "f.pdf": lambda file: file.write_bytes(pdf.pdf(RESULTS)),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_unharmed_results_are_as_printed(name: str, tmp_path: Path) -> None:
    CONTAINERS[name](tmp_path / name)
    found, differences = proven(DATA, read(tmp_path / name, REAL))
    assert differences == []
    assert len(found.entries) == ENTRIES
    assert found.counts[Kind.SAME] == ENTRIES if name != "f.pdf" else found.counts[Kind.SAME] >= ENTRIES - 6


def test_every_entry_has_its_place(tmp_path: Path) -> None:
    document = plain(tmp_path / "f.txt")
    found, _ = proven(document.data, document)
    assert found.sentence == "32 项中 32 项与原始文件逐字相符"
    printed = RESULT_FORM.split("\n")
    for entry in found.entries:
        assert entry.spot is not None, entry
        assert str(entry.written) in printed[entry.spot.row - 1].split("\t")[entry.spot.column - 1]
    spots = {entry.path[-2:]: entry.spot[:2] for entry in found.entries if entry.spot}
    assert spots["合格率", "实际完成值"] == (14, 5)
    assert spots["合格率", "得分"] == (14, 7)
    assert spots["财政拨款", "执行率"] == (7, 6)
    assert spots[("总分",)] == (17, 7)


@pytest.mark.parametrize(
    "change",
    [
        ("\t质量指标\t合格率", "质量指标\t合格率"),  # a cell less at the left
        ("产出指标\t数量指标\t项目数", "数量指标\t项目数"),
        ("\t年初预算数\t", "资金来源\t年初预算数\t"),
        ("其中：财政拨款\t100.00\t120.00\t90.00\t—\t75.00%\t—", "其中：财政拨款\t100.00\t120.00\t90.00"),
        ("总分\t\t\t\t\t100\t96.9\t", "总分\t100\t96.9\t"),
        ("总分\t\t\t\t\t100\t96.9\t", "自评得分：96.9分"),
    ],
)
def test_a_place_is_that_of_the_document_also_where_columns_were_lost(change: tuple[str, str], tmp_path: Path) -> None:
    document = plain(tmp_path / "f.txt", change)
    printed = (tmp_path / "f.txt").read_text(encoding="utf-8").split("\n")
    said = dict(leaves(document.data))
    assert len(document.places.keys() & said.keys()) >= 28
    for path, spot in document.places.items():
        if path in said:
            cell = printed[spot.row - 1].split("\t")[spot.column - 1]
            assert said[path].removeprefix("待确认 ") in cell, path


def changed() -> Iterator[tuple[str, Data, list[tuple[str | int, ...]]]]:
    """Yield the data with a change: what was changed, the data, and the paths at whose lines that must be found."""

    def inside(data: Any, path: tuple[str | int, ...]) -> Any:
        for step in path:
            data = data[step]
        return data

    paths = list(leaves(DATA))
    for path, said in paths[::3]:
        other = deepcopy(DATA)
        inside(other, path[:-1])[path[-1]] = digit(said)
        yield "another digit or character", other, [path]
    for path, _ in paths[::6]:
        if isinstance(path[-1], str) and len(path) > 1:
            other = deepcopy(DATA)
            if len(inside(other, path[:-1])) > 1:
                del inside(other, path[:-1])[path[-1]]
                yield "a field omitted", other, [path[:-1] if isinstance(path[1], str) else path[:1]]
    names = list(dict.fromkeys(path[:4] for path, _ in paths if path[0] == "指标完成情况"))
    for path in names[::3]:
        other = deepcopy(DATA)
        below = inside(other, path[:-1])
        renamed = f"{str(path[-1])[:-1]}的{str(path[-1])[-1]}"
        above = inside(other, path[:-2])
        above[path[-2]] = {renamed if name == path[-1] else name: entry for name, entry in below.items()}
        yield "another name", other, [(*path[:-1], renamed)]
        without = deepcopy(DATA)
        del inside(without, path[:-1])[path[-1]]
        if inside(without, path[:-1]):
            yield "an indicator omitted", without, [path[:-1]] * len(inside(DATA, path))
    for path in names[::4]:
        if "原因" not in inside(DATA, path):
            other = deepcopy(DATA)
            inside(other, path)["原因"] = "这样的原因表上没有。"
            yield "a reason more", other, [(*path, "原因")]


def test_every_change_is_found_at_its_line_and_nothing_else(document: Original) -> None:
    changes = list(changed())
    assert len(changes) >= 100
    for kind, data, paths in changes:
        tree = yaml_reader.load(yaml_writer.dump(data).encode(), "2024.results.yaml")  # type: ignore[arg-type]
        found, differences = proven(data, document)
        assert sorted(line for line, _ in differences) == sorted(tree.key(*path).line for path in paths), (
            kind,
            paths,
            differences,
        )
        assert found.counts[Kind.UNSURE] == 0, kind


@pytest.mark.parametrize("file", sorted(f.name for f in FORMS.iterdir() if f.suffix != ".yaml"))
def test_forms_of_other_places_are_never_accused(file: str) -> None:
    tree = yaml_reader.read(FORMS / f"{file.split('.')[0]}.yaml", file)
    found = proof.prove(tree.data, read(FORMS / file))
    assert [entry for entry in found.entries if entry.kind in DIFFERENCES] == []
    assert found.counts[Kind.SAME] >= (0 if file.endswith("txt") else 40)


@pytest.fixture
def declared(tmp_path: Path) -> Declaration:
    """The declaration that the plain form of results answers, in other words and under another heading."""
    (tmp_path / "d.txt").write_text(TARGETS, encoding="utf-8")
    return Declaration.model_validate(form.read(text_reader.read(tmp_path / "d.txt"), "d").data)


def test_a_heading_or_a_name_in_the_words_of_the_declaration_is_no_difference(
    tmp_path: Path, declared: Declaration
) -> None:
    document = plain(tmp_path / "f.txt", ("\t合格率\t", "\t合格率(%)\t"), declaration=declared)
    data = dict(document.data)  # type: ignore[arg-type]
    assert data["指标完成情况"]["效益指标"] == {
        "可持续影响指标": {"整改率": data["指标完成情况"]["效益指标"]["可持续影响指标"]["整改率"]}
    }
    found, differences = proven(data, document)
    assert differences == []
    assert found.counts[Kind.SAME] == len(found.entries) == 32
    assert all(entry.spot for entry in found.entries)


def test_of_a_name_that_answers_no_promise_nothing_is_said(tmp_path: Path, declared: Declaration) -> None:
    sure = plain(tmp_path / "f.txt", declaration=declared)
    for name in ("满意", "好评"):  # like the promise's name, and not like it
        unsure = plain(tmp_path / "g.txt", ("\t满意度\t", f"\t{name}\t"), declaration=declared)
        found, differences = proven(sure.data, unsure)
        assert differences == []
        assert found.counts[Kind.UNSURE] > 0
        assert found.counts[Kind.SAME] >= 28


def test_what_the_reader_is_not_sure_of_is_no_difference(tmp_path: Path) -> None:
    right = plain(tmp_path / "f.txt").data
    for change in (
        ("资金情况（元）", "资金情况"),
        ("\t全年预算数\t", "\t预算数\t"),
        ("\t30\t29.4", "\t30\t良好"),
        ("\t100\t96.9", "\t\t100\t96.9"),
        ("\t质量指标\t合格率\t100%\t98%\t30\t29.4\t一项返工。", "质量指标\t合格率\t98%\t30\t29.4"),
    ):
        found, differences = proven(right, plain(tmp_path / "g.txt", change))
        assert differences == [], change
        assert found.counts[Kind.UNSURE] > 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("\t98%\t", "\t97%\t"), "“合格率的实际完成值”表上第 14 行第 5 列是“97%”，文件写的是“98%”。"),
        (("\t20\t20\t", "\t20\t19\t"), "“项目数的得分”表上第 13 行第 7 列是“19”，文件写的是“20”。"),
        (("96.9", "95.9"), "“总分”表上第 17 行第 7 列是“95.9”，文件写的是“96.9”。"),
        (
            ("已经完成。", "没有完成。"),
            "“目标完成情况第 1 项实际完成情况”表上第 10 行第 2 列是“没有完成。”，文件写的是“已经完成。”。",
        ),
        (("\t95%\t10\t10\t", "\t95%\t10\t10\t天气。"), "“满意度的原因”表上第 16 行第 8 列是“天气。”，文件里没有。"),
    ],
)
def test_a_difference_is_told_with_both_places(change: tuple[str, str], message: str, tmp_path: Path) -> None:
    right = plain(tmp_path / "f.txt").data
    _, differences = proven(right, plain(tmp_path / "g.txt", change))
    assert [told for _, told in differences] == [message]


def test_an_amount_is_told_as_it_was_printed(tmp_path: Path) -> None:
    data = plain(tmp_path / "f.txt").data
    thousands = (
        ("资金情况（元）", "资金情况（万元）"),
        ("120.00\t90.00\t10", "0.012\t0.0091\t10"),
        ("\t100.00\t", "\t0.01\t"),
    )
    _, differences = proven(data, plain(tmp_path / "g.txt", *thousands, ("120.00\t90.00\t—", "0.012\t0.009\t—")))
    assert [told for _, told in differences] == [
        "“年度资金总额的全年执行数”表上第 6 行第 4 列是“91.00”（原文“0.0091”），文件写的是“90.00”。"
    ]


def registered(content: Path, text: str, source: bytes, name: str = "2024.results.xlsx") -> Path:
    """Put results with a registered document into content; returns their file."""
    folder = content / "minhang-red-cross"
    (folder / "sources" / name).write_bytes(source)
    file = folder / "2024.results.yaml"
    source_of = f"来源:\n  文件: sources/{name}\n  SHA-256: {sha256(source).hexdigest()}\n"
    assert "来源:\n" in text
    head, _, rest = text.partition("来源:\n")
    file.write_text(head + source_of + rest, encoding="utf-8")
    return file


OTHER = YAML.replace("实际完成情况: 按计划推进。", "实际完成情况: 全部完成。", 1)
NAME = "目标完成情况第 1 项实际完成情况"
ANSWER = f"说明事项:\n  - 规则: D101\n    对象: {NAME}\n    理由: 原表印错。\n"
TOLD = "不同：原始文件是“按计划推进。”，本页是“全部完成。”"


def test_check_finds_it_at_its_line_and_a_reason_settles_it(real: Path, tmp_path: Path) -> None:
    registered(real, YAML, xlsx.xlsx(RESULTS))
    assert [d for d in build.check(real, kept=tmp_path / "kept")[1] if d.code.startswith("D1")] == []
    file = registered(real, OTHER, xlsx.xlsx(RESULTS))
    [found] = [d for d in build.check(real, kept=tmp_path / "kept")[1] if d.code == "D101"]
    lines = file.read_text(encoding="utf-8").splitlines()
    assert found.mark.file == "content/minhang-red-cross/2024.results.yaml"
    assert lines[found.mark.line - 1].strip() == "实际完成情况: 全部完成。"
    assert found.message == f"“{NAME}”表上自评表，第 7 行第 5 列是“按计划推进。”，文件写的是“全部完成。”。"
    file.write_text(file.read_text(encoding="utf-8") + ANSWER, encoding="utf-8")
    codes = {d.code for d in build.check(real, kept=tmp_path / "kept")[1]}
    assert codes.isdisjoint({"D101", "F210"})


def test_a_document_of_another_kind_says_so(real: Path, tmp_path: Path) -> None:
    registered(real, YAML, xlsx.xlsx(REAL))
    told = [d for d in build.check(real, kept=tmp_path / "kept")[1] if d.code.startswith("D1")]
    assert [(d.code, d.mark.file) for d in told] == [("D105", "content/minhang-red-cross/2024.results.yaml")]
    assert "申报表，不是整体支出自评表" in told[0].message


def test_a_document_is_read_again_only_when_its_promises_have_other_paths(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(real, YAML, xlsx.xlsx(RESULTS))
    times: list[Path] = []
    known = originals.read

    def once(file: Path, *others: Any) -> Any:
        times.append(file)
        return known(file, *others)

    monkeypatch.setattr(originals, "read", once)
    kept = tmp_path / "kept"
    for _ in range(2):
        checked, _ = build.check(real, kept=kept)
    assert sorted(file.suffix for file in times) == [".txt", ".xlsx"]
    originals.prune(checked, kept)
    build.check(real, kept=kept)
    assert len(times) == 2
    file = real / "minhang-red-cross/2024.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("≥85(%)", "≥84(%)"), encoding="utf-8")
    build.check(real, kept=kept)
    assert len(times) == 2
    file.write_text(text.replace("社会公众满意度", "公众满意度"), encoding="utf-8")
    build.check(real, kept=kept)
    assert len(times) == 3


def test_the_proof_of_results_is_published_with_the_reason_of_a_difference(real: Path, tmp_path: Path) -> None:
    registered(real, OTHER + ANSWER, xlsx.xlsx(RESULTS))
    assert [d for d in build.build(real, tmp_path / "docs")[1] if d.severity == "错误"] == []
    page = lxml.html.fromstring((tmp_path / "docs/minhang-red-cross/2024/index.md").read_text(encoding="utf-8"))
    said = page.get_element_by_id("results-proof").text
    assert said == f"{ENTRIES} 项中 {ENTRIES - 1} 项与原始文件逐字相符，1 项不同。"
    assert page.get_element_by_id("proof").text == "84 项中 84 项与原始文件逐字相符。"
    assert page.xpath(f"//dt[.='{NAME}：{TOLD}']/following-sibling::dd[1]/text()") == ["原表印错。"]
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in page.xpath("//details//tr[td]") if len(row) == 3}
    assert rows[NAME] == ["自评表，第 7 行第 5 列", TOLD]
    assert rows["应急救援演练场次的实际完成值"][1] == "相符"
    answered = json.loads((tmp_path / "docs/api/v1/results/minhang-red-cross/2024.json").read_bytes())["proof"]
    assert (answered["same"], len(answered["entries"])) == (ENTRIES - 1, ENTRIES)
    [other] = [entry for entry in answered["entries"] if entry["outcome"] == "different"]
    assert (other["path"], other["printed"]) == (["目标完成情况", "1", "实际完成情况"], "按计划推进。")
    with (tmp_path / "docs/data/provenance.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["document"] for line in lines] == ["declaration"] * 84 + ["results"] * ENTRIES
    assert [int(line["position"]) for line in lines] == list(range(1, 84 + ENTRIES + 1))
    assert {line["outcome"] for line in lines[84:]} == {"same", "different"}


def test_results_are_compared_with_a_document_that_is_not_registered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, source = tmp_path / "2024.results.yaml", tmp_path / "f.xlsx"
    (tmp_path / "2024.yaml").write_bytes((RED_CROSS / "2024.yaml").read_bytes())
    source.write_bytes(xlsx.xlsx(RESULTS))
    file.write_text(OTHER, encoding="utf-8")
    assert cli.main(["import", str(source), "--compare", str(file)]) == 1
    out, err = capsys.readouterr()
    assert f"不同\t{NAME}\t自评表，第 7 行第 5 列\n" in out
    assert err.endswith(f"{ENTRIES} 项中 {ENTRIES - 1} 项与原始文件逐字相符，1 项不同。\n")
    file.write_text(YAML, encoding="utf-8")
    assert cli.main(["import", str(source), "--compare", str(file)]) == 0
    source.write_bytes(xlsx.xlsx(REAL))
    assert cli.main(["import", str(source), "--compare", str(file)]) == 2
    assert "不是整体支出自评表" in capsys.readouterr().err


def test_a_form_with_a_lost_cell_accuses_of_nothing_that_it_states(tmp_path: Path) -> None:
    right = plain(tmp_path / "f.txt").data
    for text in damaged():
        found, _ = proven(right, plain(tmp_path / "g.txt", (RESULT_FORM, text)))
        for entry in found.entries:
            assert entry.kind in (Kind.SAME, Kind.UNSURE, Kind.ADDITIONAL), (text, entry)
            words = str(entry.written if entry.path[-1] == "原因" else entry.path[:2][-1])
            assert entry.kind is not Kind.ADDITIONAL or words not in text, (text, entry)


def test_without_the_declaration_that_they_answer_nothing_is_compared(real: Path, tmp_path: Path) -> None:
    registered(real, OTHER, xlsx.xlsx(RESULTS))
    file = real / "minhang-red-cross/2024.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("社会公众满意度: ≥85(%)", "社会公众满意度:"), encoding="utf-8"
    )
    found = build.check(real, kept=tmp_path / "kept")[1]
    assert {d.mark.file for d in found if d.severity == "错误"} == {"content/minhang-red-cross/2024.yaml"}
    assert [d for d in found if d.code.startswith("D1")] == []
