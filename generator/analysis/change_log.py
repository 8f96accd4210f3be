"""The history of a published declaration, from git: when it changed, and what changed for a reader.

`read` is the edge that asks git; what a change means is told from the declarations themselves, figures and
targets, not lines. Without git, or where the content is not in a repository, there is no history and pages say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator import git
from generator.analysis import compare
from generator.content import validation, yaml_reader
from generator.declaration.model import Declaration
from generator.git import Version


class Correction(NamedTuple):
    """A figure or a target that was published as `old` and is `new` now; None: not there."""

    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Revision:
    """A change that a reader sees: what was corrected, and in which sections the text changed."""

    day: str
    commit: str
    first: bool
    corrections: tuple[Correction, ...] = ()
    reworded: tuple[str, ...] = ()


History = dict[str, list[Version]]  # by the file's name in messages (content/DEPARTMENT/2024.yaml), oldest first


def read(content: Path) -> History | None:
    """Ask git for all versions of all declarations below `content`; None without git or with a cut-off history."""
    found: History = {}
    try:
        if not git.is_complete(content):
            return None
        for name, version in git.versions(content, "*/[12]*.yaml"):
            found.setdefault(f"{content.name}/{name}", []).append(version)
    except git.GitError:
        return None
    return found


def revisions(versions: Sequence[Version]) -> list[Revision]:
    """Return what readers saw change, oldest first; a version that cannot be read is passed over."""
    found: list[Revision] = []
    before: Declaration | None = None
    for version in versions:
        after = _declaration(version)
        if after is None:
            continue
        if before is None:
            found.append(Revision(version.day, version.commit, first=True))
        elif (corrections := correct(before, after)) + (texts := reworded(before, after)):
            found.append(Revision(version.day, version.commit, False, corrections, texts))
        before = after
    return found


def _declaration(version: Version) -> Declaration | None:
    if version.content is None:
        return None
    tree = yaml_reader.load(version.content, version.commit)
    return None if tree.diagnostics else validation.validate(Declaration, tree)[0]


def correct(before: Declaration, after: Declaration) -> tuple[Correction, ...]:
    """Return every figure and every target that is printed differently, in the order of the form."""
    figures = [
        Correction(change.label, _printed(change.old), _printed(change.new))
        for change in compare.figures(before, after)
        if str(change.old) != str(change.new)
    ]
    old = {placed.path: placed for placed in before.indicators()}
    new = {placed.path: placed for placed in after.indicators()}
    values = [
        Correction(
            f"指标“{path[-1]}”",
            old[path].indicator.target_value if path in old else None,
            new[path].indicator.target_value if path in new else None,
        )
        for path in dict.fromkeys([*new, *old])
    ]
    return tuple(figures + [value for value in values if value.old != value.new])


def _printed(figure: object) -> str | None:
    return None if figure is None else str(figure)


def reworded(before: Declaration, after: Declaration) -> tuple[str, ...]:
    """Name the sections of plain text that differ."""
    labels = {
        "部门名称": "department_name",
        "部门职责": "duties",
        "年度履职目标": "annual_goals",
        "年度重点任务": "tasks",
        "说明事项": "answers",
    }
    return tuple(label for label, name in labels.items() if getattr(before, name) != getattr(after, name))
