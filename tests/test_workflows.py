"""The workflows: valid by the published schemas, without a known weakness, pinned, and only calling nox."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

GITHUB = sorted((ROOT / ".github/workflows").glob("*.yml"))


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", GITHUB),
        ("vendor.gitlab-ci", [ROOT / ".gitlab-ci.yml"]),
        ("vendor.github-issue-forms", [ROOT / ".github/ISSUE_TEMPLATE/correction.yml"]),
        ("vendor.github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_they_hold_the_published_schema(schema: str, files: list[Path]) -> None:
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files))


def test_no_known_weakness() -> None:
    run(str(Path(sys.executable).with_name("zizmor")), "--offline", "--quiet", *map(str, GITHUB))


def test_actions_are_pinned_and_forks_get_nothing() -> None:
    for file in GITHUB:
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"uses: (?!\S+@[0-9a-f]{40} # v)", text) == []
        assert "secrets." not in text
        assert "pull_request_target" not in text
        assert re.search(r"^permissions:\n  contents: read\n", text, re.M)


def test_they_only_call_nox() -> None:
    for file in [*GITHUB, ROOT / ".gitlab-ci.yml"]:
        for command in re.findall(r"^\s+(?:- )?run: (.+)$|^    - (.+)$", file.read_text(encoding="utf-8"), re.M):
            words = " ".join(command).split()
            if words and not words[0].startswith(("if:", "uses:")):
                assert words[0] in ("nox", "pip", "git", "mv"), words
