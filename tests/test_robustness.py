"""No traceback for any input: each case ended in one, or in a program that hung or filled the memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from fuzz import fuzz_content
from support import ROOT, SMALL, git

from generator import build, checking, cli
from generator.content import yaml_reader
from generator.diagnostics import fix
from generator.diagnostics.model import Diagnostic, Severity, has_errors

LAST = "      演练场次: ≥1.00(次)\n"
NAME = "部门名称: 某区示例局\n"
ASSETS = "年末资产总额: 5.00\n"
# What stands there, what stands there instead, and what is said of it: code, line, column.
TEXTS = {
    "a weight with a separator": (LAST, "      演练: {指标目标值: ≥1次, 权重: '1,000'}\n", ("F204", 22, 28)),
    "an amount of 27 digits": (ASSETS, f"年末资产总额: {'9' * 27}\n", ("F204", 18, 9)),
    "an amount of 16 digits and separators": (ASSETS, "年末资产总额: 1,000,000,000,000,000.00\n", ("F204", 18, 9)),
    "a count of 5,000 digits": (ASSETS, f"年末在职人数: {'9' * 5000}\n", ("F204", 18, 9)),
    "a file name that no system takes": (LAST, f"{LAST}来源: {{文件: sources/{'x' * 300}}}\n", ("F204", 23, 10)),
    "a file name with NUL": (LAST, LAST + '来源: {文件: "a\\0b"}\n', ("Y104", 23, 10)),
    "a day that no workbook holds": (LAST, LAST + "来源: {批复日期: 0001-01-01}\n", ("F204", 23, 12)),
    "a line break in a name": (NAME, '部门名称: "某区\\n示例局"\n', ("F204", 2, 7)),
    "a tab in the name of an indicator": (LAST, '      "演练\\t场次": ≥1次\n', ("F204", 22, 7)),
    "twenty levels of brackets": (LAST, f"      演练场次: {'[' * 3000}\n", ("Y103", 22, 29)),
}


def errors(content: Path) -> list[Diagnostic]:
    return [d for d in build.check(content)[1] if d.severity is Severity.ERROR]


def at(found: list[Diagnostic]) -> list[tuple[str, str, int, int]]:
    return [(d.mark.file, d.code, d.mark.line, d.mark.column) for d in found]


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_that_no_form_prints(small: Callable[..., Path], case: str) -> None:
    old, new, (code, line, column) = TEXTS[case]
    found = errors(small((old, new)))
    # Where the bracket stands, or where it is too deep: the place is the line in any case.
    assert [(d.code, d.mark.line) for d in found] == [(code, line)]
    assert code == "Y103" or found[0].mark.column == column
    assert len(found[0].message) < 600
    assert found[0].repair


def test_fifteen_digits_are_fine(small: Callable[..., Path]) -> None:
    assert errors(small((ASSETS, "年末资产总额: 999,999,999,999,999.99\n年末在职人数: 999999999999999\n"))) == []


@pytest.mark.parametrize(
    "escape",
    [r"\0", r"\a", r"\x1B", r"\x7F", r"\x85", r"\x9F", r"\uFFFE", r"\uFFFF", r"\uFDD0", r"\U0001FFFF", r"\uFEFF"],
)
@pytest.mark.parametrize("name", [True, False])
def test_an_escaped_control_character_is_an_error_at_its_place(
    small: Callable[..., Path], escape: str, name: bool
) -> None:
    change = (LAST, f'      "演练{escape}场次": ≥1次\n') if name else (NAME, f'部门名称: "某区{escape}示例局"\n')
    place = (22, 7) if name else (2, 7)
    assert at(errors(small(change))) == [("content/some-bureau/2024.yaml", "Y104", *place)]


def test_control_characters_in_the_heads_of_a_site(small: Callable[..., Path]) -> None:
    files = {"site.yaml": '网站名称: "站\\a"\n', "some-bureau/department.yaml": '部门名称: "局\\x7f"\n'}
    assert at(errors(small(files=files))) == [
        ("content/site.yaml", "Y104", 1, 7),
        ("content/some-bureau/department.yaml", "Y104", 1, 7),
    ]


@pytest.mark.parametrize("character", "\u00ad\u200b\u200f\u202a\u202e\u2060\u2066\u2069\u3164\ufe0f\U000e0041")
def test_an_invisible_character_is_a_warning_wherever_it_stands_and_is_taken_out(
    small: Callable[..., Path], character: str
) -> None:
    dirty = {
        "site.yaml": f"网站名称: 测{character}试站\n",
        "some-bureau/department.yaml": f"部门名称: 某区{character}示例局\n",
    }
    content = small(
        (LAST, LAST.replace("场次", f"场{character}次")), (NAME, NAME.replace("区", f"区{character}")), files=dirty
    )
    found = [d for d in build.check(content)[1] if d.code == "T605"]
    assert at(found) == [
        ("content/site.yaml", "T605", 1, 8),
        ("content/some-bureau/2024.yaml", "T605", 2, 9),
        ("content/some-bureau/2024.yaml", "T605", 22, 10),
        ("content/some-bureau/department.yaml", "T605", 1, 9),
    ]
    assert set(fix.fix(found, content.parent)) == set(found)
    assert (content / "some-bureau/2024.yaml").read_text(encoding="utf-8") == SMALL
    assert [d for d in build.check(content)[1] if d.code == "T605"] == []


@pytest.mark.parametrize(("escaped", "code"), [(r"职\u200b责", "T605"), (r"\u5f85\u786e\u8ba4 职责", "F209")])
def test_what_is_written_as_an_escape_is_found_as_well(small: Callable[..., Path], escaped: str, code: str) -> None:
    found = [(d.code, d.mark.line) for d in build.check(small(("  - 职责一", f'  - "{escaped}"')))[1]]
    assert (code, 4) in found


def test_a_raw_control_character_is_taken_out_where_it_stands(small: Callable[..., Path]) -> None:
    """Some editors show U+0085 and U+000C as line breaks; lines are counted as everywhere else."""
    content = small((NAME, NAME + "# 注\x0c释\n"), (ASSETS, "年末资产总额: 5.\x0700\n"))
    found = errors(content)
    assert [(d.code, d.mark.line, d.mark.column) for d in found if d.code == "Y104"] == [
        ("Y104", 3, 4),
        ("Y104", 19, 11),
    ]
    fix.fix(found, content.parent)
    assert (content / "some-bureau/2024.yaml").read_text(encoding="utf-8") == SMALL.replace(NAME, NAME + "# 注释\n")


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _looping(path: Path) -> None:
    path.symlink_to(path.name)


def _huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 2 * 1024**3)  # takes no room on the disk


ODD = {"folder": _folder, "pipe": _pipe, "dangling link": _dangling, "looping link": _looping, "2 GB": _huge}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("name", ["site.yaml", "some-bureau/department.yaml", "some-bureau/2023.yaml"])
def test_only_regular_files_of_a_sane_size_are_read(small: Callable[..., Path], kind: str, name: str) -> None:
    content = small()
    (content / name).unlink(missing_ok=True)
    ODD[kind](content / name)
    assert at(errors(content)) == [(f"content/{name}", "Y105" if kind == "2 GB" else "Y107", 1, 1)]
    assert cli.main(["check", str(content)]) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("kind", ["pipe", "dangling link", "looping link"])
def test_a_department_and_a_source_that_are_none(small: Callable[..., Path], kind: str) -> None:
    content = small((LAST, LAST + "来源: {文件: sources/a.pdf}\n"))
    (content / "some-bureau/sources").mkdir()
    ODD[kind](content / "some-bureau/sources/a.pdf")
    ODD[kind](content / "another")
    assert [(d.code, d.mark.file) for d in errors(content)] == [
        ("Y107", "content/another"),
        ("S301", "content/some-bureau/2024.yaml"),
    ]


def test_a_source_is_named_without_a_way_around(small: Callable[..., Path]) -> None:
    for file in ("sources/../2024.yaml", "{content}/some-bureau/2024.yaml"):
        content = small()
        named = file.format(content=content)
        content = small((LAST, f"{LAST}来源: {{文件: {named}}}\n"))
        assert [d.code for d in errors(content)] == ["S301"]


def test_names_that_are_not_utf8(small: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    content = small()
    try:
        os.mkdir(os.fsencode(content) + b"/\xff")
        Path(os.fsdecode(os.fsencode(content) + b"/some-bureau/\xfe.yaml")).touch()
    except OSError:
        pytest.skip("this system takes no such name")
    for form in ("text", "json", "sarif", "github"):
        assert cli.main(["check", str(content), "--format", form]) == 1
    assert "F207" in capsys.readouterr().out


MANY = {
    "unknown names": ("F201", "\n".join(f"不知道的项目{i}: x" for i in range(20_000))),
    "repeated names": ("Y102", "年度: 2024\n" * 5000),
    "conflicts": ("Y106", "<<<<<<< a\n" * 5000),
    "control characters": ("Y104", "a: " + "\x07" * 5000),
}


def test_unconfirmed_values_are_one_report(small: Callable[..., Path]) -> None:
    found = errors(small(files={"some-bureau/2024.yaml": "部门职责:\n" + "  - 待确认 x\n" * 5000}))
    [waiting] = [d for d in found if d.code == "F209"]
    assert (waiting.mark.line, waiting.message) == (
        2,
        "有 5000 个值还没有确认（从上一年或申报表带来，或由导入认定）：第 2—5001 行。",
    )


@pytest.mark.parametrize("kind", MANY)
def test_many_of_a_kind_are_listed_two_hundred_times_and_counted(small: Callable[..., Path], kind: str) -> None:
    code, text = MANY[kind]
    found = [d for d in errors(small(files={"some-bureau/2024.yaml": text})) if d.code in (code, "F203")]
    assert 190 <= sum(d.code == code for d in found) <= 201  # what is missing in the file counts as well
    assert sum(d.message.startswith("其余 ") for d in found) == 1


def test_many_findings_of_a_rule(small: Callable[..., Path]) -> None:
    _, diagnostics = build.check(small(("职责一", "好," * 5000 + "好")))
    found = [d for d in diagnostics if d.code == "T606"]
    assert len(found) == 101
    assert found[-1].message.startswith("这样的问题多于 100 处")


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"\x00" * 100, b"[" * 100_000, b"? " * 1000, b"- " * 5000, b"{a: " * 2000]
)
def test_bytes_that_are_no_yaml(raw: bytes) -> None:
    assert yaml_reader.load(raw, "content/a/2024.yaml").diagnostics


COMMANDS = {
    "schema into a file": ["schema", "-o", "{file}"],
    "demo into a file": ["demo", "{file}"],
    "build into a file": ["build", "{content}", "-d", "{file}"],
    "build below a file": ["build", "{content}", "-d", "{file}/docs"],
    "build over the content": ["build", "{content}", "-d", "{content}"],
    "build over what holds the content": ["build", "{content}", "-d", "{content}/.."],
    "build among other files": ["build", "{content}", "-d", "{others}"],
    "diff into a missing folder": ["diff", "HEAD", "--content", "{content}", "--output", "{file}-none/x.md"],
}


@pytest.mark.parametrize("case", COMMANDS)
def test_a_place_that_cannot_be_written_is_one_sentence(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    file, others = tmp_path / "file", tmp_path / "others"
    file.write_text("x", encoding="utf-8")
    others.mkdir()
    (others / "thesis.txt").write_text("x", encoding="utf-8")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and ".git" not in p.parts}
    places = {"file": str(file), "content": str(repository), "others": str(others)}
    assert cli.main([word.format(**places) for word in COMMANDS[case]]) == 2
    assert capsys.readouterr().err.strip().count("\n") == 0
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and ".git" not in p.parts} == before


USAGE = [
    ["check", ""],
    ["check", "x" * 5000],
    ["build", "{content}", "-d", ""],
    ["diff", "--content", "{content}", "--", "-l"],
    ["diff", "--content", "{content}", "--", "--output=injected"],
    ["diff", "--content", "{content}", ""],
    ["import", "{content}/site.yaml", "-o", ""],
    *(
        ["new", "some-bureau", year, "--content", "{content}"]
        for year in ("1989", "2101", "99999", "-5", "9" * 5000, "x")
    ),
    *(["demo", "{content}/d", option, "0"] for option in ("--departments", "--years")),
    ["demo", "{content}/d", "--years", "3000"],
]


@pytest.mark.parametrize("command", USAGE)
def test_wrong_usage_is_2(small: Callable[..., Path], command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    content = small()
    monkeypatch.chdir(content)
    with pytest.raises(SystemExit) as stop:
        cli.main([word.format(content=content) for word in command])
    assert stop.value.code == 2
    assert not list(content.glob("injected*"))


@pytest.mark.parametrize("year", ["1990", "2100"])
def test_the_first_and_the_last_year_of_new(small: Callable[..., Path], year: str) -> None:
    content = small()
    assert cli.main(["new", "some-bureau", year, "--content", str(content)]) == 0
    assert (content / f"some-bureau/{year}.yaml").is_file()


def _damaged(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "x" * 100)
    raw = bytearray(file.read_bytes())
    raw[-10:-4] = b"\xff" * 6  # size and place of the directory
    file.write_bytes(raw)


def _far_corner(file: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "部门名称"
    book.active.cell(1_048_576, 16_384, "x")
    book.save(file)


DOCUMENTS: dict[str, Callable[[Path], object]] = {
    "damaged.docx": _damaged,
    "damaged.xlsx": _damaged,
    "corner.xlsx": _far_corner,
    "pipe.xls": _pipe,
    "folder.txt": _folder,
    "noise.pdf": lambda file: file.write_bytes(bytes(range(256)) * 20),
    "empty.html": lambda file: file.write_bytes(b""),
}


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_is_none_is_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    DOCUMENTS[name](tmp_path / name)
    assert cli.main(["import", str(tmp_path / name)]) == 1
    out = capfd.readouterr()
    assert (out.out, out.err.count("\n"), "错误 I801" in out.err) == ("", 1, True), out.err


def test_formats_at_the_far_corner_do_not_matter(tmp_path: Path) -> None:
    from generator.importers.containers import excel

    book = openpyxl.Workbook()
    book.active["A1"], book.active["C2"] = "部门名称", "某局"
    book.active.cell(1_048_576, 16_384).number_format = "0.00"
    book.save(tmp_path / "form.xlsx")
    grid = excel.read(tmp_path / "form.xlsx")
    assert [(c.row, c.column, c.text) for c in grid.cells if c.text] == [(1, 1, "部门名称"), (2, 3, "某局")]
    assert len(grid.cells) == 6


@pytest.mark.parametrize(
    "target", ["≥" + "9" * 400 + "次", "≥0." + "1" * 400 + "%", "≥12345678901234567次", "=" + "9" * 60]
)
def test_a_target_of_many_digits_becomes_a_site(small: Callable[..., Path], target: str, tmp_path: Path) -> None:
    content = small((LAST, f"      演练场次: '{target}'\n"))
    declarations, diagnostics = build.check(content)
    if not has_errors(diagnostics):
        build.make(declarations, None, tmp_path / "made")
        assert (tmp_path / "made/data/performance-targets.xlsx").is_file()


def test_odd_folders(small: Callable[..., Path], tmp_path: Path) -> None:
    odd = tmp_path / "名 字#?&%20" / "内容"
    odd.parent.mkdir()
    small().rename(odd)
    assert cli.main(["build", str(odd), "-d", str(odd.parent / "文 档#")]) == 0
    assert (odd.parent / "文 档#/some-bureau/2024/index.md").is_file()


def run(*words: str, **more: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(os.name == "nt", reason="pipes end differently on Windows")
def test_a_reader_who_has_seen_enough(small: Callable[..., Path]) -> None:
    content = small(files={"some-bureau/2024.yaml": "\n".join(f"未知{i}: x" for i in range(3000))})
    for form in ("text", "github", "json"):
        process = run("check", str(content), "--format", form)
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read().decode()
        process.stderr.close()
        assert process.wait() != 0
        assert "Traceback" not in said
        assert "Exception" not in said


def test_an_interruption_is_130(
    small: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        time.sleep(1)

    monkeypatch.setattr(checking, "findings", interrupt)
    assert cli.main(["check", str(small())]) == 130
    assert capsys.readouterr().err == "已中断。\n"


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (PermissionError(13, "Permission denied", "a.yaml"), "a.yaml：没有权限。"),
        (OSError(28, "No space left on device", "a.yaml"), "a.yaml：磁盘已满。"),
        (OSError(30, "Read-only file system", "a.yaml"), "a.yaml：这里只能读，不能写。"),
        (OSError(5, "Input/output error"), "系统拒绝了：Input/output error。"),
    ],
)
def test_what_the_machine_refuses(
    small: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failed: OSError,
    said: str,
) -> None:
    def fail(*_: object) -> None:
        raise failed

    monkeypatch.setattr(checking, "findings", fail)
    assert cli.main(["check", str(small())]) == 2
    assert capsys.readouterr().err.startswith(said)


def test_a_fault_of_the_program_is_not_hidden(small: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(checking, "findings", fail)
    with pytest.raises(KeyError):
        cli.main(["check", str(small())])


def test_a_revision_is_never_an_option(repository: Path) -> None:
    git(repository.parent, "tag", "v1")
    assert cli.main(["diff", "v1", "--content", str(repository)]) == 0


def test_the_fuzzer_finds_nothing(tmp_path: Path) -> None:
    """A taste of nox -s fuzz."""
    found = fuzz_content.run(100, 1, 2024, tmp_path)
    assert found.crashes == {}
    assert found.tried == 100
    assert found.in_order > 5
    assert len(found.codes) > 15
