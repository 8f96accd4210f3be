"""Sound content, odd but real: no rule may say anything of it, for a false warning forces a public 说明事项.

tests/sound/targets.yaml holds legal targets by field and heading, texts.yaml legal paragraphs and names, and
declarations.yaml cases as in tests/rules/, of figures, dates, weights and years beside each other.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from support import ROOT
from test_rules import Case, cases, written

from generator import build
from generator.declaration.model import HEADINGS
from generator.diagnostics.model import Diagnostic

FOLDER = ROOT / "tests/sound"
FIRST_LEVEL = {second: first for first, seconds in reversed(HEADINGS.items()) for second in seconds}
TARGETS: dict[str, dict[str, dict[str, str]]] = yaml.load(
    (FOLDER / "targets.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
TEXTS: dict[str, list[str]] = yaml.load((FOLDER / "texts.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
CASES = list(cases(FOLDER / "declarations.yaml"))


def dumped(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


def reports(case: Case, tmp_path: Path) -> list[str]:
    """Return what is said, but for what is true of targets that name a year: that its value is not published."""
    content = written(case, tmp_path / "content")
    found = build.check(content)[1]
    lines = {str(d.mark): _line(content, d) for d in found}
    return [str(d) for d in found if d.code != "N509" or not re.search(r"年|同比|水平|同期|标准", lines[str(d.mark)])]


def _line(content: Path, diagnostic: Diagnostic) -> str:
    file = content.parent / diagnostic.mark.file
    return file.read_text(encoding="utf-8").splitlines()[diagnostic.mark.line - 1]


def test_the_corpus_is_wide() -> None:
    targets = sum(len(names) for headings in TARGETS.values() for names in headings.values())
    assert targets + sum(map(len, TEXTS.values())) + len(CASES) >= 600
    assert targets >= 500


@pytest.mark.parametrize("field", TARGETS)
def test_legal_targets(field: str, tmp_path: Path) -> None:
    tree: dict[str, dict[str, dict[str, str]]] = {}
    for second, names in TARGETS[field].items():
        tree.setdefault(FIRST_LEVEL[second], {})[second] = names
    assert reports(Case("", "holds", field, {"2025.yaml": dumped({"分解目标": tree})}), tmp_path) == []


@pytest.mark.parametrize("kind", TEXTS)
def test_legal_texts(kind: str, tmp_path: Path) -> None:
    if kind in ("部门名称", "网站标识码", "ICP备案号", "公安备案号"):
        for place, name in enumerate(TEXTS[kind]):
            head = {"bureau/department.yaml": dumped({"部门名称": name}), "2025.yaml": dumped({"部门名称": name})}
            if kind != "部门名称":
                head = {"site.yaml": dumped({"网站名称": "测试站", kind: name}), "2025.yaml": ""}
            assert reports(Case("", "holds", name, head), tmp_path / str(place)) == []
        return
    assert reports(Case("", "holds", kind, {"2025.yaml": dumped({"年度履职目标": TEXTS[kind]})}), tmp_path) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_legal_declarations(case: Case, tmp_path: Path) -> None:
    assert reports(case, tmp_path) == []
