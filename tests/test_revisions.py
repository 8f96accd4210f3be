"""The history of a page: what a reader saw change, from real commits; without git it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import SMALL, git

from generator.analysis import change_log
from generator.analysis.change_log import Correction
from generator.git import Version

NAME = "content/some-bureau/2024.yaml"


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
    assert list(history) == [NAME]
    first, second = change_log.revisions(history[NAME])
    assert (first.day, first.first) == ("2024-02-05", True)
    assert second.day == "2024-04-01"
    assert len(second.commit) == 40
    assert second.corrections == (
        Correction("年末资产总额", "5.00", "5.10"),
        Correction("指标“演练场次”", "≥1.00(次)", "≥2.00(次)"),
    )
    assert second.reworded == ("部门职责",)


def test_added_and_dropped_indicators_are_corrections() -> None:
    two = SMALL.replace("演练场次: ≥1.00(次)", "参训人数: ≥9人")
    _, change = change_log.revisions([Version("a", "1", SMALL.encode()), Version("b", "2", two.encode())])
    assert change.corrections == (
        Correction("指标“参训人数”", None, "≥9人"),
        Correction("指标“演练场次”", "≥1.00(次)", None),
    )


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
