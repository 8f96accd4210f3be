"""What an editor meets: every mistake named at its line and column, all in one run, nothing written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, cli
from generator.diagnostics.model import Diagnostic, Severity

# Ten mistakes in one copy of the real declaration: what stands there, what an editor makes of it, what is said.
DEFECTS = [
    (
        "  部门整体预算总额: 5,513,159.84",
        "  部门整体预算总额: 5,513,159.83",
        ["A401"],
    ),  # a missing cent: both divisions agree, so the total is wrong
    ("下属预算单位个数: 2", "年度: 2024", ["Y102"]),  # a repeated key
    ("  - 开展备灾救灾，依法募集物资和款项。", "\t- 开展备灾救灾", ["Y101"]),  # a tab
    ("      应急救援演练场次: ≥1.00(次)", "      应急救援演练场次: >=90", ["Y101"]),
    ("    基本支出: 4,088,773.84", "    基本支处: 4,088,773.84", ["F201"]),  # a misspelt key
    ("部门职责:", None, ["F202"]),  # a missing section (taken out by the test)
    ("年末资产总额: 562,882.03", "年末资产总额: 五十六万元", ["F204"]),  # text in a number
    ("    服务对象满意度指标:", "    服务对象满意指标:", ["F205"]),  # an unknown heading
    ("    项目支出: 1,424,386.00", "    项目支出: -1,424,386.00", ["F204"]),  # a negative amount
    ("    数量指标:", "    数量指标: [", ["Y101"]),  # an unclosed bracket
]


def problems(content: Path) -> list[Diagnostic]:
    """Return what is wrong, without what is only not as printed (test_proof.py)."""
    found = build.check(content)[1]
    return [d for d in found if d.severity is not Severity.NOTICE and d.code not in ("D101", "D102", "D103")]


def found(content: Path, file: str = "2024.yaml") -> dict[tuple[int, int], list[str]]:
    diagnostics = problems(content)
    places: dict[tuple[int, int], list[str]] = {}
    for d in diagnostics:
        assert d.mark.file.endswith(file), d
        places.setdefault((d.mark.line, d.mark.column), []).append(d.code)
    return places


@pytest.mark.parametrize(("old", "new", "codes"), DEFECTS, ids=[str(i) for i in range(10)])
def test_a_seeded_defect_is_named_at_its_place(real: Path, old: str, new: str | None, codes: list[str]) -> None:
    file = real / "minhang-red-cross/2024.yaml"
    text = file.read_text(encoding="utf-8").partition("\n来源:")[0] + "\n"  # no document that tells more
    assert text.count(old + "\n") == 1
    if new is None:
        section = re.search(r"部门职责:\n(  - .*\n)+", text)
        assert section
        file.write_text(text.replace(section[0], ""), encoding="utf-8")
        assert found(real) == {(2, 1): ["F202"]}
        return
    file.write_text(text.replace(old + "\n", new + "\n"), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    places = found(real)
    assert sorted(code for place in places.values() for code in place) == codes
    # A missing entry is told where it should stand, all else at the line itself.
    expected = {"F202": line - 1}
    for (at, column), named in places.items():
        assert all(at == expected.get(code, line) for code in named)
        if named == ["F204"]:
            assert column == new.index(":") + 3
        elif named in (["Y102"], ["F205"], ["F201"]):
            assert column == len(new) - len(new.lstrip()) + 1
        elif named == ["Y101"]:
            assert column == {"\t": 1}.get(new[0], len(new) if new.endswith("[") else new.find(":") + 3)


def test_all_ten_in_one_run(real: Path) -> None:
    """Rules on sums and headings need a form in order: these two defects stand in a file of their own."""
    broken, orderly = real / "minhang-red-cross/2024.yaml", real / "minhang-red-cross/2023.yaml"
    text = broken.read_text(encoding="utf-8").partition("\n来源:")[0] + "\n"
    texts = {broken: text, orderly: re.sub("(?<!/)202[34]", lambda year: str(int(year[0]) - 1), text)}
    expected = set()
    for old, new, codes in DEFECTS:
        file = orderly if codes[0] in ("A401", "F205") else broken
        if new is None:  # the missing section: its lines become blank, so that the others keep their numbers
            section = re.search(r"年度履职目标:\n(  - .*\n)+", texts[file])
            assert section
            texts[file] = texts[file].replace(section[0], "\n" * section[0].count("\n"))
            expected.add((file.name, 2, "F202"))
            continue
        line = texts[file][: texts[file].index(old + "\n")].count("\n") + 1
        texts[file] = texts[file].replace(old + "\n", new + "\n")
        at = {"F202": line - 1}
        expected |= {(file.name, at.get(code, line), code) for code in codes}
    for file, changed in texts.items():
        file.write_text(changed, encoding="utf-8")
    diagnostics = problems(real)
    assert {(Path(d.mark.file).name, d.mark.line, d.code) for d in diagnostics} == expected
    assert len(diagnostics) == len(expected) == 10


def test_check_prints_and_exits_with_1(
    small: Callable[..., Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    content = small(("财政拨款: 60.00", "财政拨款: 59.99"))
    assert cli.main(["check", str(content)]) == 1
    out = capsys.readouterr()
    assert (
        "content/some-bureau/2024.yaml:12:3: 错误 A401 “资金来源”各项合计 99.99 元，与预算总额 100.00 元"
        "相差 0.01 元。\n"
        "      资金来源:\n"
        "      ^\n"
        "    改法：对照原表改正写错的一项。\n"
    ) in out.out
    assert out.err == "共发现错误 1 处、提示 2 处。\n"
    assert cli.main(["build", str(content), "--docs", str(tmp_path / "docs")]) == 1
    assert not (tmp_path / "docs").exists()


def test_check_of_good_content(capsys: pytest.CaptureFixture[str], small: Callable[..., Path]) -> None:
    assert cli.main(["check", str(small())]) == 0
    assert capsys.readouterr().err == "共发现提示 2 处。\n"  # no source, no 效益 and 满意度


def test_an_unanswered_warning_is_1(small: Callable[..., Path]) -> None:
    wrong = ("演练场次: ≥1.00(次)", "合格率: ≤90%")
    content = small(wrong)
    assert cli.main(["check", str(content)]) == 1
    assert build.build(content, content.parent / "docs")[1]  # a warning does not stop the site
    assert (content.parent / "docs/index.md").exists()
    answer = "说明事项:\n  - 规则: N504\n    对象: 合格率\n    理由: 原表如此\n分解目标:"
    assert cli.main(["check", str(small(wrong, ("分解目标:", answer)))]) == 0
    for other in ("别的", "合格", "格率"):  # a part of the name is not the name
        settled_nothing = small(wrong, ("分解目标:", answer.replace("合格率", other)))
        assert list(found(settled_nothing).values()) == [["F210"], ["N504"]]


def test_an_answer_hides_no_other_warning(small: Callable[..., Path]) -> None:
    """Two are of one place, and the first is told; once that is answered, the second is."""
    wrong = ("演练场次: ≥1.00(次)", "合格率: ≤130%")
    assert list(found(small(wrong)).values()) == [["N503"]]
    answer = "说明事项:\n  - 规则: N503\n    对象: 合格率\n    理由: 原表如此\n分解目标:"
    assert list(found(small(wrong, ("分解目标:", answer))).values()) == [["N504"]]


def test_check_of_a_part(small: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    wrong = (
        (small() / "some-bureau/2024.yaml")
        .read_text(encoding="utf-8")
        .replace("60.00", "59.99")
        .replace("示例局", "另一局")
    )
    files = {
        "other/department.yaml": "部门名称: 某区另一局\n上级部门: some-bureau\n",
        "other/2023.yaml": wrong.replace("2024", "2023"),
        "other/2024.yaml": wrong,
        "site.yaml": "网站名称: 站\n网站: 甲\n",
    }
    content = small(files=files)
    parts = {"": 3, "some-bureau": 0, "some-bureau/2024.yaml": 0, "other": 2, "other/2024.yaml": 1, "site.yaml": 1}
    for part, errors in parts.items():
        assert cli.main(["check", str(content / part)]) == bool(errors)
        assert capsys.readouterr().out.count(": 错误 ") == errors, part


def test_usage_error_is_2(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["check", str(tmp_path / "nowhere")])
    assert stop.value.code == 2


def test_an_error_leaves_what_was_built(small: Callable[..., Path], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    build.build(small(), docs)
    before = {p: p.read_bytes() for p in docs.rglob("*") if p.is_file()}
    build.build(small(("财政拨款: 60.00", "财政拨款: 59.99")), docs)
    assert {p: p.read_bytes() for p in docs.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("files", "place", "code"),
    [
        ({"some-bureau/2024.yml": "x"}, "content/some-bureau/2024.yml", "F207"),
        ({"some-bureau/说明.docx": "x"}, "content/some-bureau/说明.docx", "F207"),
        ({"Some_Bureau/department.yaml": "部门名称: 甲\n"}, "content/Some_Bureau", "F207"),
        ({"years/department.yaml": "部门名称: 甲\n"}, "content/years", "F207"),
        ({"other/2024.yaml": ""}, "content/other/2024.yaml", "F203"),
        ({"some-bureau/department.yaml": "部门名: 甲\n"}, "content/some-bureau/department.yaml", "F201"),
        ({"site.yaml": "- 网站名称\n"}, "content/site.yaml", "F203"),
    ],
)
def test_files_that_do_not_belong(small: Callable[..., Path], files: dict[str, str], place: str, code: str) -> None:
    _, diagnostics = build.check(small(files=files))
    assert (place, code) in [(d.mark.file, d.code) for d in diagnostics]


def test_the_year_is_the_name_of_the_file(small: Callable[..., Path]) -> None:
    assert found(small(("年度: 2024", "年度: 2023"))) == {(1, 5): ["F206"]}


def test_further_headings_are_registered_in_the_site_file(small: Callable[..., Path]) -> None:
    change = ("    数量指标:", "    口径指标:")
    assert list(found(small(change)).values()) == [["F205"]]
    site_file = "网站名称: 测试站\n补充指标分类:\n  产出指标:\n    - 口径指标\n"
    assert found(small(change, files={"site.yaml": site_file})) == {}


def test_the_source_document_is_the_registered_one(real: Path) -> None:
    assert found(real) == {}
    source = real / "minhang-red-cross/sources/2024.txt"
    source.write_bytes(source.read_bytes() + b"\n")
    assert list(found(real).values()) == [["S301"]]
    source.unlink()
    assert list(found(real).values()) == [["S301"]]


def test_a_source_outside_the_department_is_refused(small: Callable[..., Path]) -> None:
    tail = "\n来源:\n  文件: ../../secret.txt\n  SHA-256: " + "0" * 64 + "\n"
    content = small(("      演练场次: ≥1.00(次)\n", "      演练场次: ≥1.00(次)" + tail), files={"../secret.txt": "s"})
    assert list(found(content).values()) == [["S301"]]


def test_a_probable_rename_is_proposed_and_never_made(small: Callable[..., Path]) -> None:
    later = (small() / "some-bureau/2024.yaml").read_text(encoding="utf-8").replace("年度: 2024", "年度: 2025")
    later = later.replace("年末资产总额: 5.00", "年末资产总额: 6.00")
    renamed = later.replace("演练场次: ≥1.00(次)", "应急演练场次: ≥1.00(次)")
    registered = later.replace("演练场次: ≥1.00(次)", "应急演练场次: {指标目标值: ≥1.00(次), 原名: 演练场次}")
    another = later.replace("演练场次: ≥1.00(次)", "参训人数: ≥9人")
    for text, expected in ((renamed, 1), (registered, 0), (another, 0)):
        _, diagnostics = build.check(small(files={"some-bureau/2025.yaml": text}))
        assert [(d.mark.line, d.mark.column) for d in diagnostics if d.code == "H701"] == [(22, 7)] * expected
    content = small(files={"some-bureau/2025.yaml": renamed})
    [notice] = [d for d in build.check(content)[1] if d.code == "H701"]
    assert "原名: 演练场次" in notice.repair
    assert cli.main(["check", str(content)]) == 0


def test_notices_are_a_line_for_each_code_until_they_are_asked_for(
    small: Callable[..., Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Two warnings of one code, notices of two codes: who builds or checks sees the warnings in full."""
    content = small(("      演练场次: ≥1.00(次)", "      合格率: ≤90%\n      达标合格率: ≤80%"))
    folded = ["提示 1 处（N512），check --notices 逐条列出", "提示 1 处（S302），check --notices 逐条列出"]
    commands = (["check", str(content)], ["build", str(content), "--docs", str(tmp_path / "docs")])
    for code, command in zip((1, 0), commands, strict=True):
        assert cli.main(command) == code
        out = capsys.readouterr().out.splitlines()
        assert out[-2:] == folded
        assert sum(": 警告 N504 " in line for line in out) == 2
        assert not [line for line in out if ": 提示 " in line]
    assert cli.main(["check", str(content), "--notices"]) == 1
    shown = [re.search(": (警告|提示) ([A-Z]\\d+) ", line) for line in capsys.readouterr().out.splitlines()]
    assert [match[2] for match in shown if match] == ["N504", "N504", "S302", "N512"]  # the warnings first


def test_statistics_are_a_line_for_each_code(small: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    content = small(
        ("      演练场次: ≥1.00(次)", "      合格率: ≤90%\n      达标合格率: ≤80%"), ("财政拨款: 60", "财政拨款: 61")
    )
    assert cli.main(["check", str(content), "--statistics"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["错误 A401 1 处", "警告 N504 2 处", "提示 N512 1 处", "提示 S302 1 处"]


def test_what_machines_get(small: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    """GitHub shows ten annotations a step: none for notices; JSON and SARIF are complete."""
    content = small(("演练场次: ≥1.00(次)", "合格率: ≤90%"))

    def said(*options: str) -> str:
        cli.main(["check", str(content), *options])
        return capsys.readouterr().out

    assert [line.split(" ")[0] for line in said("--format", "github").splitlines()] == ["::warning"]
    assert said("--format", "github", "--notices").count("::notice ") == 2
    assert [d["code"] for d in json.loads(said("--format", "json"))] == ["S302", "N512", "N504"]
    results = json.loads(said("--format", "sarif"))["runs"][0]["results"]
    assert [result["level"] for result in results] == ["note", "note", "warning"]
