"""How diagnostics look: a caret under the place, right for wide characters; annotations, JSON, SARIF."""

from __future__ import annotations

import json

from rich.cells import cell_len

from generator.diagnostics import output
from generator.diagnostics.model import Diagnostic, Mark, Severity

LINE = "    其他资金: 40.00"
FOUND = [Diagnostic(Mark("content/a/2024.yaml", 2, 11), "A401", Severity.ERROR, "差 1%。", "改正：甲,乙")]


def lines(name: str) -> list[str]:
    return ["年度: 2024", LINE, "x" * 200] if name == "content/a/2024.yaml" else []


def test_the_caret_stands_under_the_place() -> None:
    head, source, caret, repair = output.text(FOUND, lines).plain.splitlines()
    assert head == "content/a/2024.yaml:2:11: 错误 A401 差 1%。"
    assert source == "    " + LINE
    assert caret.index("^") == cell_len("    " + LINE[:10])
    assert repair == "    改法：改正：甲,乙"


def test_a_long_line_is_cut_around_the_place() -> None:
    found = [Diagnostic(Mark("content/a/2024.yaml", 3, 150), "T1", Severity.NOTICE, "长", "短")]
    _, source, caret, _ = output.text(found, lines).plain.splitlines()
    assert source.startswith("    …x")
    assert source.endswith("x…")
    assert len(source) < 90
    assert caret.index("^") < len(source)


def test_several_files_are_grouped_and_counted() -> None:
    other = Diagnostic(Mark("content/b/2024.yaml", 1, 1), "N509", Severity.NOTICE, "提示。", "不用改。")
    shown = output.text([*FOUND, other, *FOUND], lines).plain.splitlines()
    assert [line for line in shown if not line.startswith(" ")] == [
        "content/a/2024.yaml：错误 2 处",
        *["content/a/2024.yaml:2:11: 错误 A401 差 1%。"] * 2,
        "content/b/2024.yaml：提示 1 处",
        "content/b/2024.yaml:1:1: 提示 N509 提示。",
    ]


def test_a_missing_file_has_no_caret() -> None:
    found = [Diagnostic(Mark("content/b/department.yaml"), "F207", Severity.ERROR, "缺少。", "新建。")]
    assert len(output.text(found, lines).plain.splitlines()) == 2


def test_annotations_escape_what_would_end_them() -> None:
    assert list(output.github(FOUND)) == [
        "::error file=content/a/2024.yaml,line=2,col=11,title=错误 A401::差 1%25。 改法：改正：甲,乙"
    ]


def test_json_and_sarif() -> None:
    [record] = json.loads(output.as_json(FOUND))
    assert (record["file"], record["line"], record["column"], record["code"]) == ("content/a/2024.yaml", 2, 11, "A401")
    run = json.loads(output.sarif(FOUND))["runs"][0]
    [result] = run["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 11}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["A401"]


def test_files_with_errors_come_first() -> None:
    file = "content/a/2024.yaml"
    first = Diagnostic(Mark("content/A/2024.yaml", 1, 1), "N509", Severity.NOTICE, "提示。", "不用改。")
    warning = Diagnostic(Mark(file, 1, 1), "N504", Severity.WARNING, "警告。", "改。")
    shown = [line for line in output.text([first, warning, *FOUND], lines).plain.splitlines() if line[0] != " "]
    assert shown == [
        f"{file}：错误 1 处、警告 1 处",
        f"{file}:2:11: 错误 A401 差 1%。",
        f"{file}:1:1: 警告 N504 警告。",
        "content/A/2024.yaml：提示 1 处",
        "content/A/2024.yaml:1:1: 提示 N509 提示。",
    ]


def test_a_line_is_shown_without_what_a_terminal_would_obey() -> None:
    found = [Diagnostic(Mark("f", 1, 3), "Y104", Severity.ERROR, "控制字符。", "删去。")]
    assert (
        output.text(found, lambda _: ["a:\x1b[31m\x9b红" + "x" * 10**6])
        .plain.splitlines()[1]
        .startswith("    a: [31m 红x")
    )
    assert len(output.text(found, lambda _: ["\0" * 10**6]).plain.splitlines()) == 2


def test_a_message_of_a_million_characters_is_cut_in_the_middle() -> None:
    found = Diagnostic(Mark("f"), "T601", Severity.ERROR, f"始{'x' * 10**6}终", "改" * 10**6)
    assert (found.message[0], found.message[-1], len(found.message)) == ("始", "终", 501)
    assert len(found.repair) == 501
