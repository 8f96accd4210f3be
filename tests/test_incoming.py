"""Forms that wait in incoming folders, and the preview of content with errors: what a pull request shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from support import SMALL

from generator import build, cli, incoming
from generator.content import json_schema, yaml_reader
from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import xlsx

Small = Callable[..., Path]


def form(year: int, **changes: object) -> bytes:
    """Return the small declaration as a workbook."""
    declaration = Declaration.model_validate(yaml_reader.load(SMALL.encode(), "f").data)
    return xlsx.xlsx(declaration.model_copy(update={"year": year, **changes}))


def wait(content: Path, name: str, document: bytes) -> Path:
    """Put a document where people put it."""
    folder = content / "some-bureau/incoming"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(document)
    return folder / name


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_workbook_becomes_a_file_elsewhere_and_a_report(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, output, report = small(), tmp_path / "imported", tmp_path / "summary.md"
    wait(content, "绩效目标.xlsx", form(2025, department_name="某区示例局"))
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert cli.main(["incoming", str(content), "-o", str(output), "--report", str(report)]) == 0
    assert files_below(output) == ["some-bureau/2025.yaml", "some-bureau/sources/2025.xlsx"]
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    text = report.read_text(encoding="utf-8")
    assert "### content/some-bureau/incoming/绩效目标.xlsx" in text
    assert "→ some-bureau/2025.yaml" in text
    assert "新增。预算总额 100.00 元，1 项指标。" in text
    # What is offered is in order where it belongs.
    for file in files_below(output):
        (content / file).parent.mkdir(exist_ok=True)
        (content / file).write_bytes((output / file).read_bytes())
    declarations, diagnostics = build.check(content)
    assert [document.year for document in declarations.documents] == [2024, 2025]
    assert not [d for d in diagnostics if d.severity == "错误"]
    assert cli.main(["incoming", str(content), "-o", str(output)]) == 0  # again, over what was offered before


def results(**said: object) -> bytes:
    """Return results of 2024 of the small declaration as a workbook, their indicator under another heading."""
    outcomes = {"产出指标": {"质量指标": {"演练场次": {"实际完成值": "2次", "年度指标值": "≥1.00(次)"}}}}
    data = {"年度": "2024", "部门名称": "某区示例局", "指标完成情况": outcomes, "总分": "98"} | said
    return xlsx.xlsx(Results.model_validate(data))


def outcomes_of(file: Path) -> object:
    data = yaml_reader.load(file.read_bytes(), file.name).data
    assert isinstance(data, dict)
    return data["指标完成情况"]


AT_ITS_PROMISE = {"产出指标": {"数量指标": {"演练场次": {"实际完成值": "2次", "年度指标值": "≥1.00(次)"}}}}


def test_a_form_of_results_becomes_results_of_its_promises(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, output = small(), tmp_path / "imported"
    wait(content, "自评表.xlsx", results())
    assert cli.main(["incoming", str(content), "-o", str(output)]) == 0
    assert files_below(output) == ["some-bureau/2024.results.yaml", "some-bureau/sources/2024.results.xlsx"]
    report = capsys.readouterr().out.replace("\\", "")
    assert "→ some-bureau/2024.results.yaml，" in report
    assert "### 某区示例局 2024 年度结果" in report
    assert "新增。1 项指标的结果。" in report
    assert outcomes_of(output / "some-bureau/2024.results.yaml") == AT_ITS_PROMISE
    text = (output / "some-bureau/2024.results.yaml").read_text(encoding="utf-8")
    assert text.startswith(json_schema.modeline("results"))
    shutil.copytree(output, content, dirs_exist_ok=True)
    found, diagnostics = build.check(content)
    assert [result.year for result in found.results] == [2024]
    assert not [d for d in diagnostics if d.severity == "错误"]


def test_results_that_come_with_their_declaration_answer_it(small: Small, tmp_path: Path) -> None:
    content, output = small(), tmp_path / "imported"
    (content / "some-bureau/2024.yaml").unlink()
    wait(content, "2024.results.xlsx", results())  # before the declaration, by its name
    wait(content, "2024.xlsx", form(2024))
    received, _ = incoming.receive(content, output)
    assert incoming.is_complete(received)
    assert outcomes_of(output / "some-bureau/2024.results.yaml") == AT_ITS_PROMISE


@pytest.mark.parametrize("name", ["2024.results.xlsx", "2024年绩效自评表.xlsx", "2024.xlsx"])
def test_the_name_says_a_year_that_the_form_does_not(small: Small, tmp_path: Path, name: str) -> None:
    content = small()
    book = openpyxl.load_workbook(BytesIO(results()))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if "2024" in str(cell.value):
                cell.value = "（    年度）"
    book.save(wait(content, name, b""))
    incoming.receive(content, tmp_path / "imported")
    assert files_below(tmp_path / "imported")[0] == "some-bureau/2024.results.yaml"


def test_two_forms_of_one_year(small: Small, tmp_path: Path) -> None:
    content = small()
    wait(content, "2025.xlsx", form(2025))
    wait(content, "2025（定稿）.xlsx", form(2025, duties=["另一职责"]))
    received, report = incoming.receive(content, tmp_path / "imported")
    assert [bool(one.files) for one in received] == [True, False]
    assert "都会成为 some-bureau/2025.yaml" in report.replace("\\", "")
    assert "另一职责" not in (tmp_path / "imported/some-bureau/2025.yaml").read_text(encoding="utf-8")


def test_a_form_of_a_new_department(small: Small, tmp_path: Path) -> None:
    content, output = small(), tmp_path / "imported"
    before = build.check(content)[1]
    folder = content / "civil-affairs-bureau/incoming"
    folder.mkdir(parents=True)
    (folder / "2025.xlsx").write_bytes(form(2025, department_name="某区民政局(汇总)"))
    assert build.check(content)[1] == before  # what waits is no content, and no department
    _, report = incoming.receive(content, output)
    assert "新部门的 department.yaml" in report
    head = (output / "civil-affairs-bureau/department.yaml").read_text(encoding="utf-8")
    assert head == f"{json_schema.modeline('department')}部门名称: 某区民政局\n"
    shutil.copytree(output, content, dirs_exist_ok=True)
    found, diagnostics = build.check(content)
    assert [f.department.name for f in found.departments] == ["某区民政局", "某区示例局"]
    assert not [d for d in diagnostics if d.severity == "错误"]


def test_a_year_that_is_there_is_compared(small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = small(files={"some-bureau/2024.yaml": SMALL.replace("演练场次: ≥1.00(次)", "演练场次: ≥3.00(次)")})
    wait(content, "2024.xlsx", form(2024))
    assert cli.main(["incoming", str(content), "-o", str(tmp_path / "imported")]) == 0
    assert "**要求放宽** 指标“演练场次”：≥3.00(次) → ≥1.00(次)" in capsys.readouterr().out.replace("\\", "")


@pytest.mark.parametrize(
    ("name", "document", "why"),
    [
        ("2024.xlsx", b"PK\x03\x04 no workbook", "I801"),
        ("form.exe", b"MZ", "不认识“.exe”文件"),
        ("空.xlsx", b"", "I801"),
    ],
)
def test_what_cannot_be_read_is_said(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, document: bytes, why: str
) -> None:
    content = small()
    wait(content, name, document)
    assert cli.main(["incoming", str(content), "-o", str(tmp_path / "imported")]) == 1
    out = capsys.readouterr().out
    assert "没有导入" in out
    assert why in out
    assert not (tmp_path / "imported").exists()


def test_untrusted_names_and_links_do_no_harm(small: Small, tmp_path: Path) -> None:
    content, secret = small(), tmp_path / "secret.txt"
    secret.write_text("不可外传", encoding="utf-8")
    link = wait(content, "<img src=x> [a](b) @all.xlsx", b"no").with_name("link.txt")
    link.symlink_to(secret)
    received, report = incoming.receive(content, tmp_path / "imported")
    assert not incoming.is_complete(received)
    assert "这是一个链接" in report
    assert "不可外传" not in report
    assert "<img" not in report
    assert "[a](b)" not in report
    assert "@all" not in report
    assert not (tmp_path / "imported").exists()


def test_what_waits_is_no_content(small: Small, tmp_path: Path) -> None:
    content = small()
    before = build.check(content)[1]
    wait(content, "2025.xlsx", form(2025))
    assert build.check(content)[1] == before
    build.build(content, tmp_path / "docs")
    assert not [path for path in files_below(tmp_path / "docs") if "incoming" in path or "2025" in path]


def test_nothing_waits(small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["incoming", str(small()), "-o", str(tmp_path / "imported")]) == 0
    assert "没有文件" in capsys.readouterr().err
    assert not (tmp_path / "imported").exists()
    content = small()
    wait(content, "2025.xlsx", form(2025))
    assert cli.main(["incoming", str(content), "-o", str(content / "some-bureau")]) == 2  # nothing is put in place


def test_a_preview_leaves_out_what_has_an_error(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = small(
        files={
            "some-bureau/2025.yaml": SMALL.replace("2024", "2025").replace("财政拨款: 60.00", "财政拨款: 61.00"),
            "broken/department.yaml": "部门名字: 某局\n",
            "broken/2024.yaml": SMALL,
        }
    )
    arguments = ["site", str(content), "-d", str(tmp_path / "docs"), "-o", str(tmp_path / "site")]
    assert cli.main(arguments) == 1
    assert not (tmp_path / "site").exists()
    assert cli.main([*arguments, "--preview"]) == 0
    told = capsys.readouterr().err
    assert "content/broken/department.yaml" in told
    assert "content/some-bureau/2025.yaml" in told
    assert (tmp_path / "site/some-bureau/2024/index.html").is_file()
    assert not (tmp_path / "site/some-bureau/2025").exists()
    assert not (tmp_path / "site/broken").exists()
    (content / "site.yaml").write_text("网站名字: 某区\n", encoding="utf-8")
    assert cli.main([*arguments, "--preview"]) == 1
    assert "无法预览" in capsys.readouterr().err


CODE_QUALITY = {  # https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer"}}},
                },
            },
        },
    },
}


def test_gitlab_gets_a_code_quality_report(small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = SMALL.replace("财政拨款: 60.00", "财政拨款: 61.00").replace("职责一", "职责一XX")

    def report(text: str) -> list[dict[str, object]]:
        content, file = small(files={"some-bureau/2024.yaml": text}), tmp_path / "report.json"
        cli.main(["check", str(content), "--format", "gitlab", "--output", str(file)])
        assert capsys.readouterr().out == ""  # nox adds what is said on standard error to what is printed
        found: list[dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
        jsonschema.validate(found, CODE_QUALITY)
        return found

    found = report(wrong)
    assert {entry["check_name"]: entry["severity"] for entry in found}["A401"] == "critical"
    place = next(entry["location"] for entry in found if entry["check_name"] == "A401")
    assert place == {"path": "content/some-bureau/2024.yaml", "lines": {"begin": 13}}
    below = report("# 一行\n" + wrong)
    prints = [[entry["fingerprint"] for entry in entries] for entries in (found, below)]
    assert prints[0] == prints[1]  # the same findings, a line further down
    assert len(set(prints[0])) == len(prints[0])
    assert report(SMALL) == []
