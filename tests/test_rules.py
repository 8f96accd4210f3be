"""Every rule: documented, and tried on cases that fail and hold, with what is expected written at the line.

A file tests/rules/CODE.yaml holds cases, each headed `# fails: …`, `# cannot tell: …` or `# holds: …`. A case is a
declaration of 2024 of which only what matters is written (the rest is DEFAULTS), or several files headed
`--- # NAME`, results among them. A line that the rule must report ends in `# ! CODE`; as often as it stands there,
and nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from strategies import DECLARATIONS
from support import CONTENT, ROOT

from generator import build, cli, rules
from generator.content.yaml_writer import to_yaml
from generator.declaration.model import Declaration
from generator.diagnostics.model import Severity
from generator.rules import documentation

FOLDER = ROOT / "tests/rules"
DEFAULTS = {
    "部门名称": "部门名称: 某区示例局\n",
    "部门职责": "部门职责:\n  - 负责全区的示例工作。\n",
    "年度履职目标": "年度履职目标:\n  - 做好示例工作。\n",
    "年度重点任务": "年度重点任务: []\n",
    "预算情况": (
        "预算情况:\n  部门整体预算总额: 1,000,000.00\n  资金来源:\n    财政拨款: 1,000,000.00\n    其他资金: 0.00\n"
        "  资金结构:\n    基本支出: 700,000.00\n    项目支出: 300,000.00\n"
    ),
    "分解目标": (
        "分解目标:\n  产出指标:\n    数量指标:\n      演练场次: ≥1.00(次)\n"
        "  效益指标: {社会效益指标: {知晓率: ≥80%}}\n  满意度指标: {服务对象满意度指标: {服务对象满意度: ≥90%}}\n"
    ),
    "来源": "来源:\n  网址: https://www.example.org/targets.html\n",
}
EXPECTED = re.compile(r"#\s*! ((?:[A-Z]\d{3}\s*)+)$", re.M)


class Case(NamedTuple):
    """One case of a rule."""

    code: str
    outcome: str
    title: str
    files: dict[str, str]


def cases(*files: Path) -> Iterator[Case]:
    """Read the cases of some files, or of all rules."""
    for file in files or sorted(FOLDER.glob("*.yaml")):
        heads = re.split(r"^# (fails|cannot tell|holds): (.*)\n", file.read_text(encoding="utf-8"), flags=re.M)
        for outcome, title, text in zip(heads[1::3], heads[2::3], heads[3::3], strict=True):
            names = re.split(r"^--- # (.*)\n", text, flags=re.M)
            files = dict(zip(names[1::2], names[2::2], strict=True)) or {"2024.yaml": text}
            yield Case(file.stem, outcome, title, files)


CASES = list(cases())


def written(case: Case, content: Path) -> Path:
    """Write the files of a case, completed by DEFAULTS below their own lines."""
    files = {"site.yaml": "网站名称: 测试站\n", "bureau/department.yaml": "部门名称: 某区示例局\n"}
    for name, text in case.files.items():
        path = name if "/" in name or name == "site.yaml" else f"bureau/{name}"
        if year := re.fullmatch(r"(?:.*/)?(\d{4})\.yaml", path):
            own = yaml.compose(text)
            keys = {key.value for key, _ in own.value} if own else set()
            assert keys <= {
                *DEFAULTS,
                "年度",
                "年末资产总额",
                "年末在职人数",
                "内设机构数",
                "未公开原因",
                "说明事项",
                "下属预算单位个数",
            }
            text += "" if "年度" in keys else f"年度: {year[1]}\n"
            text += "".join(body for key, body in DEFAULTS.items() if key not in keys)
        if year := re.fullmatch(r"(?:.*/)?(\d{4})\.results\.yaml", path):
            text += "" if "年度: " in text else f"年度: {year[1]}\n部门名称: 某区示例局\n"
        files[path] = text
    for path, text in files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    return content


def test_every_rule_has_failing_and_holding_cases() -> None:
    known = {(case.code, case.outcome) for case in CASES}
    assert {code for code, _ in known} == set(rules.load())
    assert [code for code in rules.load() if (code, "fails") not in known] == []
    assert [code for code in rules.load() if (code, "holds") not in known] == []
    assert len(rules.RULES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.outcome}-{case.title}")
def test_case(case: Case, tmp_path: Path) -> None:
    content = written(case, tmp_path / "content")
    _, diagnostics = build.check(content)
    expected = Counter(
        (f"content/{name if '/' in name or name == 'site.yaml' else f'bureau/{name}'}", number)
        for name, text in case.files.items()
        for number, line in enumerate(text.splitlines(), 1)
        for match in EXPECTED.finditer(line)
        for code in match[1].split()
        if code == case.code
    )
    assert bool(expected) == (case.outcome != "holds")
    found = [d for d in diagnostics if d.code == case.code]
    assert Counter((d.mark.file, d.mark.line) for d in found) == expected, "\n".join(map(str, diagnostics))
    if case.outcome == "cannot tell":
        assert all(d.severity is Severity.NOTICE and d.message.startswith("无法核对：") for d in found)
    # Whatever else an editor would have to mend would spoil the case.
    assert [str(d) for d in diagnostics if d.code != case.code and d.severity is Severity.ERROR] == []


@settings(derandomize=True, deadline=None, max_examples=25)
@given(earlier=DECLARATIONS, later=DECLARATIONS)
def test_no_rule_stumbles(earlier: Declaration, later: Declaration) -> None:
    """Whatever the form says, every rule holds, fails or cannot tell; an exception would be ours."""
    with TemporaryDirectory() as work:
        content = Path(work) / "content"
        files = {
            "site.yaml": "网站名称: 测试站\n",
            "bureau/department.yaml": "部门名称: 甲\n",
            "bureau/2023.yaml": to_yaml(earlier.model_copy(update={"year": 2023})),
            "bureau/2024.yaml": to_yaml(later.model_copy(update={"year": 2024})),
        }
        for name, text in files.items():
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_text(text, encoding="utf-8")
        read, diagnostics = build.check(content)
        assert len(read.documents) == 2, diagnostics
        for diagnostic in diagnostics:
            assert diagnostic.code in documentation.documentations()
            lines = files[diagnostic.mark.file.removeprefix("content/")].splitlines()
            assert 1 <= diagnostic.mark.line <= len(lines)
            assert 1 <= diagnostic.mark.column <= len(lines[diagnostic.mark.line - 1]) + 1


def test_documentation() -> None:
    found = documentation.documentations()
    assert set(rules.load()) < set(found)
    assert len({d.expects for d in found.values()}) == len(found)
    for d in found.values():
        assert d.family in documentation.FAMILIES
        for sentence in (d.expects, d.why):
            assert sentence.endswith("。"), d.code


def test_every_code_that_is_used_is_documented() -> None:
    used = {
        code
        for file in (ROOT / "generator").rglob("*.py")
        for code in re.findall(r'"([A-Z]\d{3})"', file.read_text(encoding="utf-8"))
    }
    assert used == set(documentation.documentations())


@pytest.mark.parametrize("text", ["期望。", "期望。\n原因：一\n不符：二", "期望。\n原因：一\n不符：\n相符：三"])
def test_an_incomplete_documentation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="X001"):
        documentation.parse("X001", Severity.ERROR, "form", text)


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "n504"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("N504 警告（改正，或在“说明事项”写明理由）· 比较符和限度\n")
    assert "不符：服务对象满意度 ≤90%\n" in out
    assert cli.main(["explain", "N999"]) == 2


def test_the_real_declaration_gives_seven_notices_and_no_more() -> None:
    """Each is true: a target relative to 2023, and no value of 2023 is published."""
    _, diagnostics = build.check(CONTENT)
    assert {(d.code, d.severity) for d in diagnostics} == {("N509", Severity.NOTICE)}
    text = (CONTENT / "minhang-red-cross/2024.yaml").read_text(encoding="utf-8").splitlines()
    relative = [number for number, line in enumerate(text, 1) if ": 较2023年" in line]
    assert [d.mark.line for d in diagnostics] == relative
    assert len(relative) == 7
