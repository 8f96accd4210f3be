"""Every promised machine: any encoding of the output, nothing installed but the base, nothing made before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from support import CONTENT, ROOT, git

from generator import cli
from generator.content import starter

RARE = "㐂𬱖🙂"  # in neither GBK nor ASCII


def run(monkeypatch: pytest.MonkeyPatch, encoding: str, *arguments: str) -> tuple[int, bytes]:
    """Run a command with both outputs redirected, in another encoding; returns its code and what it wrote."""
    out, err = (TextIOWrapper(BytesIO(), encoding=encoding, errors="strict") for _ in range(2))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            code = cli.main(list(arguments))
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
    written = b""
    for stream in (out, err):
        stream.flush()
        written += stream.buffer.getvalue()  # type: ignore[attr-defined]
    return code, written


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_no_encoding_of_the_output_breaks_a_command(
    encoding: str, small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = small(("主要内容: 内容一", f"主要内容: {RARE}。。"), ("演练场次", f"{RARE}场次"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    file = content / "some-bureau/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("≥1.00", "≥2.00"), encoding="utf-8")
    form = (CONTENT / "minhang-red-cross/sources/2024.txt").read_text(encoding="utf-8")
    (tmp_path / f"{RARE}.txt").write_text(form.replace("红十字", RARE), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for arguments, code in {
        ("check",): 1,
        ("check", "--format", "json"): 1,
        ("check", "--format", "github"): 1,
        ("explain", "N504"): 0,
        ("explain", RARE): 2,
        ("import", f"{RARE}.txt"): 0,
        ("diff", "HEAD"): 0,
        ("diff", RARE): 2,
        ("new", RARE, "2025"): 1,
        ("build",): 0,
        ("build", RARE): 2,
        ("init", RARE): 0,
        ("--help",): 0,
    }.items():
        assert run(monkeypatch, encoding, *arguments)[0] == code, arguments
    assert rb"\U0001f642" in run(monkeypatch, encoding, "diff", "HEAD")[1]


def test_a_program_of_its_own_whose_output_is_gbk(repository: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "generator", "explain", RARE]
    done = subprocess.run(command, cwd=repository, capture_output=True, env=environment)
    assert done.returncode == 2
    assert done.stderr.decode("gbk").startswith("没有编号“")


BASE = {"pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection", "yaml", "_yaml"}
BASE |= {"rich", "pygments", "markdown_it", "mdurl", "generator", "site_templates"}
BLOCKED = f"""
import sys
from importlib.metadata import packages_distributions
beyond = packages_distributions().keys() - {BASE!r}
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in beyond:
            raise ImportError("not in the base package: " + name)
assert "matplotlib" in beyond
sys.meta_path.insert(0, Blocked())
from generator import cli
for command in sys.argv[1:]:
    assert cli.main(command.split()) == 0, command
"""


def test_what_an_editor_needs_is_in_the_base_package(repository: Path) -> None:
    commands = [
        "check",
        "check --format sarif",
        "check --fix",
        "explain N504",
        "diff HEAD",
        "new some-bureau 2025",
        "schema",
    ]
    command = [sys.executable, "-c", BLOCKED, *commands]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=repository.parent, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_site_is_built_where_nothing_was_before(repository: Path) -> None:
    for path, text in starter.files({}).items():
        file = repository.parent / path
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    for _ in range(2):
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        done = subprocess.run(command, cwd=repository.parent, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    page = (repository.parent / "site/some-bureau/2024/index.html").read_text(encoding="utf-8")
    assert "测试站</title>" in page
    assert [path.name for path in (repository.parent / "build").iterdir() if path.name[0] != "."] == ["cache"]
