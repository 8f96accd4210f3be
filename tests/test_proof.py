"""A declaration against its registered document: what is not as printed is found at its line, and nothing else is."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import lxml.html
import pytest
from support import CONTENT, RED_CROSS

from generator import build, cli, importers, originals
from generator.analysis import proof
from generator.analysis.proof import Kind, Proof
from generator.content import corpus, original, yaml_reader
from generator.content.original import Original, Registered, Spot
from generator.forms import html, pdf, xlsx
from generator.importers import form
from generator.rules.proof import findings

YAML = (RED_CROSS / "2024.yaml").read_text(encoding="utf-8")
LINES = YAML.splitlines()
REAL = corpus.load(CONTENT)[0].documents[0].declaration
FORMS = Path(__file__).parent / "forms"
DIFFERENCES = (Kind.DIFFERENT, Kind.MISSING, Kind.ADDITIONAL)


@pytest.fixture(scope="module")
def document() -> Original:
    """What the real document states."""
    return original.from_json(originals.read(RED_CROSS / "sources/2024.txt").stated)


def read(file: Path) -> Original:
    """Read a document in this process, which is faster."""
    grid = import_module(f"generator.importers.containers.{importers.READERS[file.suffix]}").read(file)
    return originals.stated(grid, form.read(grid, file.name))


def proven(text: str, document: Original) -> tuple[Proof, list[tuple[int, str]]]:
    """Compare a YAML file with a document; returns the proof, and the line of each difference with its message."""
    tree = yaml_reader.load(text.encode(), "2024.yaml")
    assert tree.diagnostics == []
    found = proof.prove(tree.data, document)
    return found, [(finding.mark.line, finding.message) for finding in findings(tree, found)]


def test_the_real_declaration_is_as_printed(document: Original) -> None:
    found, differences = proven(YAML, document)
    assert found.sentence == "84 项中 84 项与原始文件逐字相符"
    assert differences == []
    printed = (RED_CROSS / "sources/2024.txt").read_text(encoding="utf-8").splitlines()
    for entry in found.entries:
        assert entry.spot is not None
        cell = printed[entry.spot.row - 1].split("\t")[entry.spot.column - 1]
        assert str(entry.written) in cell


def test_an_original_goes_through_json(document: Original) -> None:
    assert original.from_json(original.to_json(document)) == document


TREE = LINES.index("分解目标:")
SOURCE = LINES.index("来源:")
VALUES = [n for n in range(1, SOURCE) if not LINES[n].endswith(":")]
INDICATORS = [n for n in range(TREE, SOURCE) if LINES[n].startswith("      ")]
HEADINGS = [n for n in range(TREE + 9, SOURCE) if LINES[n].endswith("指标:") and LINES[n].startswith("    ")]
PARAGRAPHS = [n for n in range(TREE) if LINES[n].startswith("  - ") and "任务名称: " not in LINES[n]]


def value(line: str) -> str:
    """Return what stands behind the key or the dash of a line."""
    return line.split("- ", 1)[1] if line.startswith("  - ") and ": " not in line[:12] else line.split(": ", 1)[1]


def with_line(number: int, *lines: str) -> str:
    """Return the real file with other lines in place of one."""
    return "\n".join([*LINES[:number], *lines, *LINES[number + 1 :]]) + "\n"


def digit(text: str) -> str:
    """Return a text with its last digit changed, or without its last character."""
    place = max((n for n, c in enumerate(text) if c in "0123456789"), default=None)
    if place is None:
        return text[:-1] if len(text) > 1 else text + "等"
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


def heading_of(number: int) -> int:
    """Return the line of the key under which a line stands."""
    indent = len(LINES[number]) - len(LINES[number].lstrip())
    return next(n for n in range(number - 1, 0, -1) if len(LINES[n]) - len(LINES[n].lstrip()) < indent)


def changed() -> Iterator[tuple[str, str, list[int]]]:
    """Yield the real file with a change: what was changed, the file, and the lines where that must be found."""
    for n in VALUES:
        said = value(LINES[n])
        yield "another digit or character", with_line(n, LINES[n].replace(said, digit(said))), [n]
        if len(said) > 3:
            yield "a character less", with_line(n, LINES[n].replace(said, said[:1] + said[2:])), [n]
    for n in INDICATORS:
        name, _, said = LINES[n].strip().partition(": ")
        yield "another name", with_line(n, f"      {name[:-1]}的{name[-1]}: {said}"), [n]
        yield "omitted", with_line(n), [heading_of(n)]
    for n in PARAGRAPHS:
        yield "a paragraph omitted", with_line(n), [heading_of(n)]
        yield "a paragraph more", with_line(n, LINES[n], "  - 另有一段，表上没有。"), [n + 1]
    for n in HEADINGS:
        yield "an indicator more", with_line(n, LINES[n], "      检查户数: ≥5户"), [n + 1]
    for n in INDICATORS[::5]:
        other = next(h for h in HEADINGS if h != heading_of(n))
        moved = [*LINES[:n], *LINES[n + 1 :]]
        to = moved.index(LINES[other]) + 1
        yield "another heading", "\n".join([*moved[:to], LINES[n], *moved[to:]]) + "\n", [to]
    for heading in HEADINGS:
        own = [n for n in INDICATORS if heading_of(n) == heading]
        lines, found = list(LINES), []
        for n, after in zip(own, own[1:] + own[:1], strict=True):
            lines[n] = f"{LINES[n].split(': ')[0]}: {value(LINES[after])}"
            found += [n] if value(LINES[n]) != value(LINES[after]) else []
        yield "all targets shifted by one", "\n".join(lines) + "\n", found
    for n in INDICATORS[:-1:5]:
        if LINES[n + 1].startswith("      ") and value(LINES[n]) != value(LINES[n + 1]):
            swapped = [line.split(": ")[0] + ": " for line in LINES[n : n + 2]]
            lines = [swapped[0] + value(LINES[n + 1]), swapped[1] + value(LINES[n])]
            yield "targets exchanged", "\n".join([*LINES[:n], *lines, *LINES[n + 2 :]]) + "\n", [n, n + 1]


def test_every_change_is_found_at_its_line_and_nothing_else(document: Original) -> None:
    changes = list(changed())
    assert len(changes) >= 250
    assert len({text for _, text, _ in changes}) >= 200
    for kind, text, lines in changes:
        found, differences = proven(text, document)
        assert sorted(line for line, _ in differences) == [line + 1 for line in lines], (kind, differences)
        assert found.counts[Kind.UNSURE] == 0


def test_sums_that_were_moved_together_are_found(document: Original) -> None:
    text = YAML.replace("5,513,159.84", "5,613,159.84").replace("4,088,773.84", "4,188,773.84")
    _, differences = proven(text, document)
    assert [LINES[line - 1].split(":")[0].strip() for line, _ in differences] == [
        *("部门整体预算总额", "财政拨款", "基本支出")
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "≥300.00(人)",
            "≥200.00(人)",
            "“造血干细胞征募志愿者入库人数”表上第 43 行第 4 列是“≥300.00(人)”，文件写的是“≥200.00(人)”。",
        ),
        ("社会公众满意度: ≥85(%)\n", "\n", "“社会公众满意度”表上第 73 行第 4 列是“≥85(%)”，文件里没有。"),
        (
            "街镇相关部门满意度: ≥90(%)",
            "街镇有关部门满意度: ≥95(%)",
            "“街镇有关部门满意度”与原始文件不同：表上的名称是“街镇相关部门满意度”，内容是“≥90(%)”"
            "（表上第 74 行第 4 列）。",
        ),
        (
            "全面、及时地反映红十字工作动态",
            "全面地反映红十字工作动态",
            "“年度重点任务第 1 项主要内容”表上第 10 行第 2 列是“……快信息更新频次，全面、及时地反映红十字工作动态……”，"
            "文件写的是“……快信息更新频次，全面地反映红十字工作动态……”。",
        ),
        ("数量指标:", "数目指标:", "“数目指标”与原始文件不同：表上的名称是“数量指标”（表上第 34 行第 2 列）。"),
        ("≥85(%)", "≥85 (%)", "“社会公众满意度”与原始文件不同：只有空格不同（表上第 73 行第 4 列）。"),
    ],
)
def test_a_difference_is_told_with_both_places(old: str, new: str, message: str, document: Original) -> None:
    assert YAML.count(old) == 1
    _, differences = proven(YAML.replace(old, new), document)
    assert [told for _, told in differences] == [message]


def test_of_what_was_not_read_for_certain_nothing_is_said(document: Original) -> None:
    path = ("分解目标", "产出指标", "数量指标", "培训比赛覆盖街镇数")
    joined = Original(document.data, document.places, frozenset({path}))
    on_page = Original(document.data, {path: Spot(3, 4, "第 2 页")})
    other = YAML.replace("=14.00(个街镇)", "=14.00 (个街镇)")
    for unsure in (joined, on_page):
        found, differences = proven(other, unsure)
        assert differences == []
        assert [entry.path for entry in found.entries if entry.kind is Kind.UNSURE] == [path]
    assert proven(YAML, joined)[0].counts[Kind.SAME] == 84
    more = YAML.replace("    数量指标:\n", "    数量指标:\n      检查户数: ≥5户\n")
    for unsure in (Original(document.data, left_out=True), Original(document.data, unplaced=("检查户数 ≥5户",))):
        assert proven(more, unsure)[1] == []


CONTAINERS: dict[str, Callable[[Path], object]] = {
    "f.xlsx": lambda file: file.write_bytes(xlsx.xlsx(REAL)),
    "f.html": lambda file: file.write_text(html.html(REAL, "../"), encoding="utf-8"),
    "f.pdf": lambda file: file.write_bytes(pdf.pdf(REAL)),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_proves_the_same(name: str, tmp_path: Path) -> None:
    CONTAINERS[name](tmp_path / name)
    stated = read(tmp_path / name)
    found, differences = proven(YAML, stated)
    assert found.sentence == "84 项中 84 项与原始文件逐字相符"
    assert differences == []
    _, differences = proven(YAML.replace("≥300.00(人)", "≥200.00(人)"), stated)
    assert [LINES[line - 1].strip() for line, _ in differences] == ["造血干细胞征募志愿者入库人数: ≥300.00(人)"]
    if name == "f.pdf":
        pages = [entry.spot.part for entry in found.entries if entry.spot]
        assert {"第 1 页", "第 2 页"} < set(pages)
        assert all(entry.spot.row < 60 for entry in found.entries if entry.spot)


@pytest.mark.parametrize(
    "name", sorted(file.name for file in FORMS.iterdir() if file.is_file() and file.suffix not in (".yaml", ".json"))
)
def test_forms_of_other_places_are_never_accused(name: str) -> None:
    tree = yaml_reader.read(FORMS / f"{name.split('.')[0]}.yaml", name)
    found = proof.prove(tree.data, read(FORMS / name))
    assert [entry for entry in found.entries if entry.kind in DIFFERENCES] == []
    assert found.counts[Kind.SAME] >= (0 if name.endswith("txt") else 15)


def test_a_document_is_read_once(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = []

    def once(file: Path, *_: object) -> Registered:
        times.append(file)
        return Registered(fault="读不了。")

    monkeypatch.setattr(originals, "read", once)
    for _ in range(2):
        _, found = build.check(real, kept=tmp_path / "kept")
        assert [d.message for d in found if d.code == "D105"] == ["没有与原始文件核对：读不了。"]
    assert len(times) == 1
    (tmp_path / "kept").chmod(0o500)  # a store that cannot be written is only slower
    source = real / "minhang-red-cross/sources/2024.txt"
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    build.check(real, kept=tmp_path / "kept")
    assert len(times) == 1  # it is not the one that was registered: S301 says so


@pytest.mark.usefixtures("apart")
def test_what_a_busy_machine_could_not_read_is_read_again(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(importers.LIMITS, "text", importers.Limits(seconds=0))
    _, found = build.check(real, kept=tmp_path / "kept")
    assert [d.message for d in found if d.code == "D105"] == ["没有与原始文件核对：读了 0 秒还没有读完。"]
    monkeypatch.undo()
    assert [d for d in build.check(real, kept=tmp_path / "kept")[1] if d.code == "D105"] == []


def test_without_the_packages_that_reading_takes(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (real / "other").mkdir()
    for name in ("department.yaml", "2024.yaml"):
        (real / "other" / name).write_bytes((RED_CROSS / name).read_bytes())
    (real / "other/sources").mkdir()
    (real / "other/sources/2024.txt").write_bytes((RED_CROSS / "sources/2024.txt").read_bytes())
    monkeypatch.setattr(originals, "read", lambda *_: Registered(lacks="pdfplumber"))
    _, found = build.check(real, kept=tmp_path / "kept")
    told = [d for d in found if d.code.startswith("D1")]
    assert [(str(d.severity), d.message) for d in told] == [("提示", "没有安装 pdfplumber，2 份原始文件没有核对。")]


def test_a_declaration_is_compared_with_a_document_that_is_not_registered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, source = tmp_path / "2024.yaml", str(RED_CROSS / "sources/2024.txt")
    file.write_text(YAML.replace("≥300.00(人)", "≥200.00(人)"), encoding="utf-8")
    assert cli.main(["import", source, "--compare", str(file)]) == 1
    out, err = capsys.readouterr()
    assert "不同\t造血干细胞征募志愿者入库人数\t第 43 行第 4 列\n" in out
    assert err.endswith("84 项中 83 项与原始文件逐字相符，1 项不同。\n")
    assert f"{file}:65:23: “造血干细胞征募志愿者入库人数”表上第 43 行第 4 列是" in err
    assert cli.main(["import", source, "--compare", str(RED_CROSS / "2024.yaml")]) == 0
    (tmp_path / "f.txt").write_text("这不是申报表\n", encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "f.txt"), "--compare", str(file)]) == 2


def test_only_what_an_answer_names_is_settled(real: Path, tmp_path: Path) -> None:
    file = real / "minhang-red-cross/2024.yaml"
    changed = YAML.replace("≥300.00(人)", "≥200.00(人)").replace("≥85(%)", "≥80(%)")
    answer = "说明事项:\n  - 规则: D101\n    对象: 社会公众满意度\n    理由: 原表印错。\n"
    for text, lines in (
        (changed, 2),
        (changed + answer, 1),
        (changed + answer.replace("    对象: 社会公众满意度\n", ""), 2),
    ):
        file.write_text(text, encoding="utf-8")
        _, found = build.check(real, kept=tmp_path / "kept")
        assert len([d for d in found if d.code == "D101"]) == lines
    assert [d.code for d in found if d.severity == "警告"] == ["F210"]


def test_an_amount_is_told_as_it_was_printed(tmp_path: Path) -> None:
    printed = (RED_CROSS / "sources/2024.txt").read_text(encoding="utf-8")
    (tmp_path / "f.txt").write_text(
        printed.replace("年末资产总额(元)", "年末资产总额(万元)").replace("562,882.03\t", "56.29\t"), encoding="utf-8"
    )
    _, differences = proven(YAML, read(tmp_path / "f.txt"))
    assert [told for _, told in differences] == [
        "“年末资产总额”表上第 24 行第 1 列是“562,900.00”（原文“56.29”），文件写的是“562,882.03”。"
    ]


def test_an_answer_stays_where_the_document_cannot_be_read(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = "说明事项:\n  - 规则: D101\n    对象: 社会公众满意度\n    理由: 原表印错。\n"
    (real / "minhang-red-cross/2024.yaml").write_text(YAML + answer, encoding="utf-8")
    assert "F210" in {d.code for d in build.check(real, kept=tmp_path / "kept")[1]}
    monkeypatch.setattr(originals, "read", lambda *_: Registered(lacks="pdfplumber"))
    assert "F210" not in {d.code for d in build.check(real, kept=tmp_path / "other")[1]}


def test_a_document_that_our_reader_stumbles_over_stops_nothing(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr(form, "read", stumble)
    _, found = build.check(real, kept=tmp_path / "kept")
    assert [d.message for d in found if d.code == "D105"] == ["没有与原始文件核对：读取时出错（IndexError）。"]


def test_the_proof_is_published_with_the_reason_of_a_difference(real: Path, tmp_path: Path) -> None:
    answer = "说明事项:\n  - 规则: D101\n    对象: 社会公众满意度\n    理由: 原表印错。\n"
    (real / "minhang-red-cross/2024.yaml").write_text(YAML.replace("≥85(%)", "≥80(%)") + answer, encoding="utf-8")
    build.build(real, tmp_path / "docs")
    page = lxml.html.fromstring((tmp_path / "docs/minhang-red-cross/2024/index.md").read_text(encoding="utf-8"))
    assert page.get_element_by_id("proof").text == "84 项中 83 项与原始文件逐字相符，1 项不同。"
    told = "不同：原始文件是“≥85(%)”，本页是“≥80(%)”"
    assert page.xpath(f"//dt[.='社会公众满意度：{told}']/following-sibling::dd[1]/text()") == ["原表印错。"]
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in page.xpath("//details//tr[td]") if len(row) == 3}
    assert rows["造血干细胞征募志愿者入库人数"] == ["第 43 行第 4 列", "相符"]
    assert rows["社会公众满意度"] == ["第 73 行第 4 列", told]
    answered = json.loads((tmp_path / "docs/api/v1/declarations/minhang-red-cross/2024.json").read_bytes())["proof"]
    assert (answered["same"], len(answered["entries"])) == (83, 84)
    [different] = [entry for entry in answered["entries"] if entry["outcome"] == "different"]
    assert different == {
        "path": ["分解目标", "满意度指标", "服务对象满意度指标", "社会公众满意度"],
        "name": "社会公众满意度",
        "outcome": "different",
        **{"part": None, "row": 73, "column": 4, "printed": "≥85(%)", "reason": None},
    }
    with (tmp_path / "docs/data/provenance.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {line["entry"]: line for line in csv.DictReader(file)}
    assert len(lines) == 84
    assert (lines["项目支出"]["row"], lines["项目支出"]["column"], lines["项目支出"]["headings"]) == (
        *("22", "3", "预算情况 / 资金结构"),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("562,882.03\t", "562,882.03元整\t"),
        ("\t2\n部门职责", "\t两家\n部门职责"),
        ("562,882.03\t", "约56万\t"),
    ],
)
def test_what_no_file_may_hold_as_it_is_printed_is_no_difference(old: str, new: str, tmp_path: Path) -> None:
    printed = (RED_CROSS / "sources/2024.txt").read_text(encoding="utf-8")
    assert old in printed
    (tmp_path / "f.txt").write_text(printed.replace(old, new), encoding="utf-8")
    found, differences = proven(YAML, read(tmp_path / "f.txt"))
    assert differences == []
    assert found.counts[Kind.SAME] >= 81
    assert 1 <= found.counts[Kind.UNSURE] <= 4


def test_entries_of_one_name_are_told_apart(document: Original) -> None:
    text = YAML.replace("    质量指标:\n", "    质量指标:\n      应急救援演练场次: ≥1.00(次)\n")
    found, differences = proven(text, document)
    assert {"产出指标的数量指标的应急救援演练场次", "产出指标的质量指标的应急救援演练场次"} < {
        entry.name for entry in found.entries
    }
    assert [told for _, told in differences] == [
        "文件里有“产出指标的质量指标的应急救援演练场次”，登记的原始文件里没有。"
    ]


def test_a_file_that_has_nothing_to_do_with_its_document(document: Original) -> None:
    names = "".join(f"      {'甲' * 50}{n}: {'乙' * 100}{n}\n" for n in range(1_500))
    duties = "".join(f"  - {'丙' * 150}{n}\n" for n in range(1_500))
    text = YAML.replace("    质量指标:\n", f"    质量指标:\n{names}").replace("部门职责:\n", f"部门职责:\n{duties}")
    found, _ = proven(text, document)
    assert found.counts[Kind.ADDITIONAL] == 3_000


@pytest.mark.parametrize(("printed", "after"), [("≧85(%)", "≧85(%)"), ("≥85(%)", "≥85(%)")])
def test_fix_changes_nothing_that_is_as_printed(printed: str, after: str, real: Path) -> None:
    file, source = real / "minhang-red-cross/2024.yaml", real / "minhang-red-cross/sources/2024.txt"
    before = sha256(source.read_bytes()).hexdigest()
    source.write_text(source.read_text(encoding="utf-8").replace("≥85(%)", printed), encoding="utf-8")
    text = YAML.replace(before, sha256(source.read_bytes()).hexdigest())
    file.write_text(text.replace("≥85(%)", "≧85(%)"), encoding="utf-8")
    assert cli.main(["check", "--fix", str(real)]) == 0
    assert file.read_text(encoding="utf-8") == text.replace("≥85(%)", after)
    repairs = [d.repair for d in build.check(real)[1] if d.code == "N519"]
    assert repairs == (["原始文件如此，不改。"] if printed == "≧85(%)" else [])
