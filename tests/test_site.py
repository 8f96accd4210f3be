"""The edges: what is written, what is left alone, and that the same content gives the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import CONTENT, mkdocs_command

from generator import build
from generator.pages import year


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_only_what_changed_is_written(small: Callable[..., Path], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    build.build(small(), docs)
    written = {p: p.stat().st_mtime_ns for p in docs.rglob("*") if p.is_file()}
    build.build(small(), docs)
    assert {p: p.stat().st_mtime_ns for p in docs.rglob("*") if p.is_file()} == written
    build.build(small(("演练场次: ≥1.00(次)", "演练场次: ≥2.00(次)")), docs)
    changed = {p.relative_to(docs).as_posix() for p in docs.rglob("*.md") if p.stat().st_mtime_ns != written[p]}
    assert changed == {"some-bureau/2024/index.md", "some-bureau/indicators/index.md"}


def test_a_failure_half_way_leaves_the_folder_as_it_was(
    small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    build.build(small(), docs)
    before = tree(docs)
    monkeypatch.setattr(year, "years", None)  # the pages fail, after the downloads are made
    with pytest.raises(TypeError):
        build.build(small(("演练场次: ≥1.00(次)", "演练场次: ≥2.00(次)")), docs)
    assert tree(docs) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cache", "content", "docs", "docs.yml"]


def test_what_is_no_longer_made_goes(small: Callable[..., Path], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / ".gitkeep").touch()
    content = small()
    build.build(content, docs)
    shutil.rmtree(content / "some-bureau")
    build.build(content, docs)
    left = sorted(p.name for p in docs.iterdir())
    assert left == [
        ".gitkeep",
        "about",
        "api",
        "assets",
        "data",
        "edit",
        "index.md",
        "rules",
        "search",
        "themes",
        "years",
    ]


def test_same_content_same_bytes(tmp_path: Path) -> None:
    """Whatever the time, the folder, the locale, the time zone or the hash seed."""
    here = shutil.copytree(CONTENT, tmp_path / "here" / "content")
    elsewhere = shutil.copytree(CONTENT, tmp_path / "another place" / "content")
    one = mkdocs_command(here, tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    two = mkdocs_command(
        elsewhere,
        tmp_path / "two" / "deeper",
        PYTHONHASHSEED="2",
        TZ="Asia/Shanghai",
        LC_ALL="C",
        PYTHONUTF8="0",
    )
    assert tree(one) == tree(two)
    assert "minhang-red-cross/2024/index.html" in tree(one)
