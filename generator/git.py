"""Every call of git: the versions of a file, many objects at once, and a folder as it was at a revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class GitError(Exception):
    """There is no git, no repository, or not what was asked for; in git's words, which are none for a revision."""


class Version(NamedTuple):
    """A file as it was committed: the day (YYYY-MM-DD), the commit, its bytes (None: deleted), its place in the log."""

    day: str
    commit: str
    content: bytes | None
    place: int = 0


def branch() -> str:
    """Return the branch that is published, as the repository's pages name it: REPO_BRANCH, else main."""
    return os.environ.get("REPO_BRANCH", "main")


def is_complete(folder: Path) -> bool:
    """Say whether the repository of `folder` has its whole history (a shallow clone has not); raises GitError."""
    return _run(folder, "rev-parse", "--is-shallow-repository").strip() == b"false"


def versions(folder: Path, *patterns: str) -> Iterator[tuple[str, Version]]:
    """Yield every version of the files below `folder` that match a pattern, each with its path there, oldest first.

    Renames are a deletion and a new file. Raises GitError.
    """
    log = _run(
        *(folder, "-c", "core.quotePath=false", "log", "--reverse", "--format=%x00%cs %H"),
        *("--name-only", "--no-renames", "--relative", "--", *patterns),
    )
    prefix = _run(folder, "rev-parse", "--show-prefix").decode().strip()
    wanted = []
    for entry in log.decode().split("\0")[1:]:
        head, *names = entry.split("\n")
        day, commit = head.split(" ")
        wanted += [(name, day, commit) for name in names if name]
    contents = _objects(folder, [f"{commit}:{prefix}{name}" for name, _, commit in wanted])
    for place, ((name, day, commit), content) in enumerate(zip(wanted, contents, strict=True)):
        yield name, Version(day, commit, content, place)


def last_commit(folder: Path) -> str | None:
    """Return the commit that last changed anything below `folder`; None without git, or with a cut-off history."""
    try:
        return _run(folder, "log", "-1", "--format=%H", "--", ".").decode().strip() if is_complete(folder) else None
    except GitError:
        return None


def changed(folder: Path, revision: str) -> list[str]:
    """Return the files below `folder` that are not as they were at `revision`, new ones among them; raises GitError."""
    _run(folder, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    known = _run(folder, "diff", "--name-only", "--no-renames", "--relative", "-z", revision, "--", ".")
    new = _run(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return sorted({name.decode(errors="surrogateescape") for name in (known + new).split(b"\0") if name})


def extract(folder: Path, revision: str, into: Path) -> None:
    """Write what `folder` held at `revision` into the folder `into`, which need not exist; raises GitError.

    A symbolic link is written as the file of the repository that it led to; one that led elsewhere is left out.
    """
    found = _run(folder, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    commit, prefix = found.decode().strip(), _run(folder, "rev-parse", "--show-prefix").decode().strip()
    wanted = {}
    for entry in _run(folder, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
        head, _, name = entry.partition(b"\t")
        mode, _, number = head.decode().split(" ")
        path = name.decode(errors="surrogateescape")
        wanted[path] = f"{commit}:{prefix}{path}" if mode == "120000" else number
    if not wanted:
        raise GitError(f"那时没有文件夹 {folder.resolve().name}")
    for path, content in zip(wanted, _objects(folder, wanted.values()), strict=True):
        file = into / path
        if content is not None and file.resolve().is_relative_to(into.resolve()):  # a made-up tree may say ../
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _objects(folder: Path, names: Iterable[str]) -> Iterator[bytes | None]:
    """Yield the bytes of many files in one call of git; None for what is not there, or is no file."""
    asked = list(names)
    given = "".join(f"{name}\n" for name in asked).encode(errors="surrogateescape")
    answer = _run(folder, "cat-file", "--batch", "--follow-symlinks", given=given)
    start = 0
    for _ in asked:
        end = answer.index(b"\n", start)
        head = answer[start:end].split(b" ")
        start = end + 1
        if head[-1] in (b"missing", b"ambiguous"):
            yield None
            continue
        size = int(head[-1])  # an object, or what a link leads to that is not in the repository
        yield answer[start : start + size] if head[-2] == b"blob" else None
        start += size + 1


def _run(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, input=given, capture_output=True, check=True).stdout
    except subprocess.CalledProcessError as failed:
        raise GitError(failed.stderr.decode(errors="replace").strip()) from failed
    except OSError as failed:
        raise GitError(str(failed)) from failed
