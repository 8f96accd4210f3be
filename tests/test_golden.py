"""Golden cases: tests/cases/NAME/content must give exactly tests/cases/NAME/expected.

`expected` holds the Markdown of every page, or diagnostics.txt where the content is not in order.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from test_site import tree

from generator import build
from generator.diagnostics.model import has_errors

CASES = Path(__file__).parent / "cases"


def outcome(content: Path, folder: Path) -> dict[str, str]:
    corpus, diagnostics = build.check(content)
    made = {"diagnostics.txt": "".join(f"{d}\n" for d in diagnostics)} if diagnostics else {}
    if not has_errors(diagnostics):
        build.make(corpus, None, folder, today=date(2026, 11, 25))
        made |= {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*.md")}
        # The rules and the description of the interface are the same for any content; editing is tried in a browser.
        made = {path: text for path, text in made.items() if not path.startswith(("rules/", "api/", "edit/"))}
    return made


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir()))
def test_golden(case: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    expected = CASES / case / "expected"
    made = outcome(CASES / case / "content", tmp_path)
    if request.config.getoption("--update-golden"):
        assert not os.environ.get("CI"), "golden cases are never rewritten by CI"
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text, encoding="utf-8", newline="\n")
    known = {p.relative_to(expected).as_posix() for p in expected.rglob("*") if p.is_file()}
    assert sorted(made.keys() - known) == [], "made, but not expected"
    assert sorted(known - made.keys()) == [], "expected, but not made"
    for path, text in made.items():
        assert text == (expected / path).read_text(encoding="utf-8"), path


@pytest.mark.parametrize("case", ["results", "years"])
def test_outlines_say_all_that_the_site_shows(case: str, tmp_path: Path) -> None:
    """A build has only the outlines of departments in memory; the same comes of them as of the whole."""
    content = shutil.copytree(CASES / case / "content", tmp_path / "content")
    build.build(content, tmp_path / "docs")
    build.make(build.check(content)[0], None, tmp_path / "whole", today=date.today())
    assert tree(tmp_path / "docs") == tree(tmp_path / "whole")
