"""The workflows: valid by the published schemas, without a known weakness, pinned, and only calling nox."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner
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
    done = CliRunner().invoke(check_jsonschema.main, ["--builtin-schema", schema, *map(str, files)])
    assert done.exit_code == 0, done.output


def test_no_known_weakness() -> None:
    run(str(Path(sys.executable).with_name("zizmor")), "--offline", "--quiet", *map(str, GITHUB))


def test_actions_are_pinned_and_forks_get_nothing() -> None:
    for file in GITHUB:
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"uses: (?!\S+@[0-9a-f]{40} # v)", text) == []
        assert "secrets." not in text
        assert "pull_request_target" not in text
        assert re.search(r"^permissions:\n  contents: read\n", text, re.M)


def test_what_they_install_has_a_version() -> None:
    for file in [*GITHUB, ROOT / ".gitlab-ci.yml", ROOT / ".ci/run"]:
        installs = re.findall(r"pip\"? install (.+)$", file.read_text(encoding="utf-8"), re.M)
        assert installs
        assert all(re.search(r"\bnox==\d", line) for line in installs), (file, installs)


def jobs() -> dict[str, list[str]]:
    """Return what each job of a pull or merge request runs, by its name with the host's."""
    github = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"))["jobs"]
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    found = {f"github {name}": [step.get("run", "") for step in job["steps"]] for name, job in github.items()}
    return found | {f"gitlab {name}": job["script"] for name, job in gitlab.items() if "script" in job}


def test_content_is_judged_by_the_rules_of_main() -> None:
    for job in ("github content", "gitlab content", "gitlab incoming"):
        runs = [line for line in jobs()[job] if line.startswith("nox")]
        assert runs
        assert all(line.startswith("nox -f trusted/noxfile.py -s ") and "/content" in line for line in runs), runs
        judges = [line for line in runs if "-s diff" in line or "-s incoming" in line]
        assert judges
        assert not any("|| true" in line for line in judges)


def test_the_preview_does_not_wait_for_a_check() -> None:
    for job in ("github preview", "gitlab preview"):
        assert "nox -s site -- --preview" in jobs()[job]
        assert not any("check" in line for line in jobs()[job])


def test_gitlab_shows_the_findings_at_their_lines() -> None:
    content = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["content"]
    report = content["artifacts"]["reports"]["codequality"]
    assert any("--format gitlab" in line and f"--output ../{report}" in line for line in content["script"])
    assert content["artifacts"]["when"] == "always"


def test_they_only_call_nox() -> None:
    for file in [*GITHUB, ROOT / ".gitlab-ci.yml"]:
        for command in re.findall(r"^\s+(?:- )?run: (.+)$|^    - (.+)$", file.read_text(encoding="utf-8"), re.M):
            words = " ".join(command).split()
            if words and not words[0].startswith(("if:", "uses:")):
                assert words[0] in ("nox", "pip", "git", "mv"), words
