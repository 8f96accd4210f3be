"""Defects that a careful clerk would want caught, one at a time in sound content: where each is reported, and once.

tests/defects.py lists them; the content itself is quiet. The real declaration is looked at among them, from content/.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from defects import DEFECTS, Defect
from support import RED_CROSS, ROOT

from generator import build
from generator.diagnostics.model import Diagnostic

FOLDER = ROOT / "tests/seeded/content"
FLOOR = 0.95  # of the defects are reported at the right line
CEILING = 0.01  # of them are told more than once: where the reports name different repairs
TOGETHER = {"site.yaml": "health-commission", "cdc": "health-commission"}  # whose content is checked together


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the content that a department is checked in, by its address: its own, to be quick."""
    made: dict[str, Path] = {}
    for folder in (*FOLDER.iterdir(), RED_CROSS):
        content = made.setdefault(TOGETHER.get(folder.name, folder.name), tmp_path_factory.mktemp("seeded") / "content")
        copy = shutil.copytree if folder.is_dir() else shutil.copy
        content.mkdir(exist_ok=True)
        copy(folder, content / folder.name)
        shutil.copy(FOLDER / "site.yaml", content / "site.yaml")
    return made


def of(defect: Defect, contents: dict[str, Path]) -> Path:
    address = defect.file.partition("/")[0]
    return contents[TOGETHER.get(address, address)]


def reports(content: Path, defect: Defect, known: set[tuple[str, str, str]]) -> tuple[list[Diagnostic], int]:
    """Return what is said of a defect beside what is `known`, and the line that a clerk must change."""
    file = content / defect.file
    before = file.read_text(encoding="utf-8")
    assert defect.old in before, defect
    after = before.replace(defect.old, defect.new, 1)
    lines, was = after.splitlines(), [*before.splitlines(), ""]
    changed = next(i for i, (a, b) in enumerate(zip([*lines, ""], was, strict=False)) if a != b)
    named = next((i for i, line in enumerate(lines) if defect.at and defect.at in line), changed)
    file.write_text(after, encoding="utf-8")
    try:
        found = build.check(content)[1]
    finally:
        file.write_text(before, encoding="utf-8")
    return [d for d in found if said(d) not in known], 1 + (changed if defect.at == "原名" else named)


def said(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.mark.file, diagnostic.code, diagnostic.message


def test_the_content_is_quiet(contents: dict[str, Path]) -> None:
    found = {d.code for content in contents.values() for d in build.check(content)[1]}
    assert found == {"N509"}  # true: the values of the years before are words


def test_defects_are_reported_where_they_are_and_once(contents: dict[str, Path]) -> None:
    assert len(DEFECTS) == len({defect[1:] for defect in DEFECTS}) >= 950
    known = {content: set(map(said, build.check(content)[1])) for content in contents.values()}
    counts: Counter[str] = Counter()
    for defect in DEFECTS:
        content = of(defect, contents)
        found, line = reports(content, defect, known[content])
        right = any(d.mark.line == line and d.mark.file == f"content/{defect.file}" for d in found)
        counts["right" if right else "elsewhere" if found else "missed"] += 1
        counts["several"] += len(found) > 1
    assert counts["right"] >= FLOOR * len(DEFECTS), counts
    assert counts["several"] <= CEILING * len(DEFECTS), counts
