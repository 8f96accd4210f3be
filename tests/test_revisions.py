"""The history of a page: what a reader saw change, from real commits; without git it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import SMALL, git

from generator.analysis import change_log
from generator.analysis.changes import Difference
from generator.analysis.verdicts import Kind
from generator.git import Version

NAME = "some-bureau/2024.yaml"


def test_a_later_correction_shows_old_and_new(repository: Path) -> None:
    file = repository / "some-bureau/2024.yaml"
    text = file.read_text(encoding="utf-8")
    for day, changed in {
        "2024-03-01": text.replace("  - 职责一", "  -   职责一"),  # no reader sees it
        "2024-04-01": text.replace("≥1.00(次)", "≥2.00(次)").replace("5.00\n", "5.10\n").replace("职责一", "职责二"),
        "2024-05-01": text.replace("年度", "年  度"),  # cannot be read: passed over
    }.items():
        file.write_text(changed, encoding="utf-8")
        git(repository.parent, "commit", "-qam", "change", day=day)
    history = change_log.read(repository)
    assert history is not None
    assert sorted(history) == ["site.yaml", "some-bureau/2024.yaml", "some-bureau/department.yaml"]
    first, second = change_log.revisions(NAME, history[NAME])
    assert (first.day, first.kind) == ("2024-02-05", "first")
    assert second.day == "2024-04-01"
    assert len(second.commit) == 40
    assert [d[:3] for d in second.differences] == [
        ("部门职责第1段", "职责一", "职责二"),
        ("年末资产总额", "5.00", "5.10"),
        ("指标“演练场次”", "≥1.00(次)", "≥2.00(次)"),
    ]
    assert second.differences[-1].verdict is not None
    assert second.differences[-1].verdict.kind is Kind.TIGHTENED


def test_added_and_dropped_indicators_are_corrections() -> None:
    two = SMALL.replace("演练场次: ≥1.00(次)", "参训人数: ≥9人")
    _, change = change_log.revisions(NAME, [Version("a", "1", SMALL.encode()), Version("b", "2", two.encode())])
    assert change.differences == (
        Difference("指标“参训人数”", None, "≥9人"),
        Difference("指标“演练场次”", "≥1.00(次)", None),
    )


def test_a_withdrawn_year_and_its_return() -> None:
    there, gone = SMALL.encode(), None
    found = change_log.revisions(
        NAME, [Version("a", "1", there), Version("b", "2", gone), Version("c", "3", there.replace(b"60.00", b"59.00"))]
    )
    assert [(r.day, r.kind) for r in found] == [("a", "first"), ("b", "withdrawn"), ("c", "restored")]
    assert found[1].section == found[0].section
    assert [d[:3] for d in found[2].differences] == [("财政拨款", "60.00", "59.00")]


def test_without_git_there_is_no_history(
    small: Callable[..., Path], repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow = tmp_path / "shallow"
    file = repository / "some-bureau/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    git(repository.parent, "commit", "-qam", "second")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.parent}", str(shallow))
    assert change_log.read(shallow / "content") is None
    monkeypatch.setenv("PATH", "")
    assert change_log.read(repository) is None


def test_a_folder_outside_any_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert change_log.read(tmp_path) is None
