"""The log of what was published: when a file came, what changed in it for a reader, when it was withdrawn; from git.

`read` is the edge that asks git; what a change means is told from the declarations themselves, not from lines.
Without git, or where the content is not in a repository, there is no log and pages say so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from generator import git
from generator.analysis.changes import Difference, differences
from generator.content import validation, yaml_reader
from generator.declaration.model import Declaration, Department, Section
from generator.declaration.results import Results
from generator.declaration.site import Site
from generator.git import Version

Versions: TypeAlias = Mapping[str, Sequence[Version]]  # by the file's path below content/, oldest first


@dataclass(frozen=True)
class Revision:
    """What became of a file in a commit: it came, changed, was withdrawn or came back; `section` is what it held."""

    day: str
    commit: str
    kind: Literal["first", "changed", "withdrawn", "restored"]
    section: Section
    differences: tuple[Difference, ...] = ()


def read(content: Path) -> Versions | None:
    """Ask git for all versions of all files below `content`; None without git or with a cut-off history."""
    found: dict[str, list[Version]] = {}
    try:
        if not git.is_complete(content):
            return None
        for path, version in git.versions(content, "site.yaml", "*/department.yaml", "*/[12]*.yaml"):
            found.setdefault(path, []).append(version)
    except git.GitError:
        return None
    return found


def log(history: Versions, path: str, former: Sequence[str] = ()) -> list[Revision]:
    """Return the revisions of a file that once stood in other folders, the `former` addresses of its department."""
    name = path.rsplit("/", 1)[-1]
    before = [v for address in former for v in history.get(f"{address}/{name}", ()) if v.content is not None]
    return revisions(path, [*before, *history.get(path, ())])


def withdrawn(history: Versions, present: Collection[str]) -> dict[str, list[Revision]]:
    """Return the revisions of every file below a department that was published once and is no more, by its path.

    Results have no page of their own: that of their declaration says what became of them.

    `present` are the addresses at which something stands, or from which one is led on.
    """
    own = (path for path in sorted(history) if "/" in path and not path.endswith(".results.yaml"))
    logs = {path: revisions(path, history[path]) for path in own}
    gone = {path: found for path, found in logs.items() if found and found[-1].kind == "withdrawn"}
    return {path: found for path, found in gone.items() if address(path) not in present}


def address(path: str) -> str:
    """Return the address of the page that shows a file: DEPARTMENT/2024, DEPARTMENT, or nothing for the site."""
    name = path.removesuffix("site.yaml").removesuffix("department.yaml").removesuffix(".yaml")
    return name.removesuffix(".results").rstrip("/")


def revisions(path: str, versions: Sequence[Version]) -> list[Revision]:
    """Return what readers saw of the file at `path` below content/, oldest first.

    A version that cannot be read was never published: it is passed over.
    """
    models: dict[str, type[Section]] = {"site.yaml": Site, "department.yaml": Department, "results.yaml": Results}
    name = path.rsplit("/", 1)[-1]
    model = models.get(name, models.get(name.partition(".")[2], Declaration))
    found: list[Revision] = []
    for version in versions:
        before = found[-1] if found else None
        if version.content is None:
            if before and before.kind != "withdrawn":
                found.append(Revision(version.day, version.commit, "withdrawn", before.section))
            continue
        section = _section(model, version)
        if section is None:
            continue
        if before is None:
            found.append(Revision(version.day, version.commit, "first", section))
            continue
        changed = differences(before.section, section)
        if before.kind == "withdrawn":
            found.append(Revision(version.day, version.commit, "restored", section, changed))
        elif changed:
            found.append(Revision(version.day, version.commit, "changed", section, changed))
    return found


def _section(model: type[Section], version: Version) -> Section | None:
    tree = yaml_reader.load(version.content or b"", version.commit)
    return None if tree.diagnostics else validation.validate(model, tree)[0]
