"""What several test modules share: the real content, a small made-up one, and a site built from either."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from support import CONTENT, SMALL, git, mkdocs_build

from generator import importers, originals
from generator.forms.grid import Grid

# A machine that is busy with other tests is no failure.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")

_IN_A_PROCESS = importers._apart

# The browser tests have a session of their own (nox -s browser), with what they need.
collect_ignore = [] if find_spec("playwright") else ["browser"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden cases; look at the diff")


@pytest.fixture(autouse=True, scope="session")
def _documents_are_read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what registered documents state in one place for all tests of this process."""
    folder = tmp_path_factory.mktemp("originals")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(originals, "folder", lambda _content: folder)
        yield


def _read_here(kind: str, file: Path) -> Grid:
    outcome = importers._outcome(kind, file)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


@pytest.fixture(autouse=True, scope="session")
def _documents_are_read_here() -> Iterator[None]:
    """Read documents in the process of the tests: to start one for each takes longer than to read most of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importers, "_apart", _read_here)
        yield


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read documents in a process of their own, as users do: for hostile ones, and to see that it works."""
    monkeypatch.setattr(importers, "_apart", _IN_A_PROCESS)


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Make a content folder with one small declaration, after replacing texts in it; returns the folder."""

    def make(*replacements: tuple[str, str], files: dict[str, str] | None = None) -> Path:
        content = tmp_path / "content"
        text = SMALL
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        all_files = {
            "site.yaml": "网站名称: 测试站\n",
            "some-bureau/department.yaml": "部门名称: 某区示例局\n",
            "some-bureau/2024.yaml": text,
        } | (files or {})
        for name, body in all_files.items():
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_text(body, encoding="utf-8")
        return content

    return make


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """Copy the real content to a place where a test may change it."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real content."""
    return mkdocs_build(CONTENT, tmp_path_factory.mktemp("real"))


@pytest.fixture
def repository(small: Callable[..., Path]) -> Path:
    """The small content, committed; returns the content folder."""
    content = small()
    git(content.parent, "init", "-q")
    git(content.parent, "add", ".")
    git(content.parent, "commit", "-qm", "first")
    return content
