"""A folder replaced in one step: readers see all files of before or all files of now, whenever the process is killed.

What is new is made beside the folder, in .NAME.new. Linux and macOS exchange two folders in one step; elsewhere it
takes two renames, and what a kill between them leaves is put right when the next build begins.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def beside(folder: Path, spare: Path | None = None) -> Iterator[Path]:
    """Yield an empty folder in which to make what will replace `folder`; it is gone afterwards, whatever happens.

    With `spare`, where what was replaced is put by, it holds that of the last time: most of it will do again. Raises
    BlockingIOError while another process does the same, OSError where the machine refuses.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        new, old = _new(folder), _old(folder)
        if old.exists() and not folder.exists():  # killed between the two renames
            old.rename(folder)
        _remove(old)
        _remove(new)
        if spare and _is_moved(spare, new):
            for entry in new.glob(".*"):  # not ours: as it is in `folder` now, or not at all
                _remove(entry)
        else:
            new.mkdir()
        try:
            yield new
            if spare and new.exists():
                _remove(spare)
                _is_moved(new, spare)
        finally:
            _remove(new)


def replace(folder: Path, made: Path) -> bool:
    """Put the files of `made`, the folder that `beside` yielded, in the place of `folder`; say if anything changed.

    An equal file stays the file that it was, with its time: web servers and `rsync` see what has changed. What begins
    with a dot (.gitkeep, .well-known) is not ours and stays.
    """
    folder = folder.resolve()
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.name.startswith("."):
            _take_along(entry, made / entry.name)
    if _keep_equal(folder, made):
        return False
    if not folder.exists():
        made.rename(folder)
    elif not _exchange(made, folder):
        folder.rename(_old(folder))
        made.rename(folder)
        _remove(_old(folder))
    return True


def place(there: Path, files: Mapping[str, str], here: Path) -> None:
    """Make files below `here` the same as files below `there`, by their paths there → here."""
    for folder in {path.rpartition("/")[0] for path in files.values()}:
        (here / folder).mkdir(parents=True, exist_ok=True)
    for old, new in files.items():
        link(f"{there}/{old}", f"{here}/{new}")


def renew(folder: Path, wanted: Iterable[tuple[str, str]]) -> None:
    """Make `folder` hold just these files, given by their paths in it and where they lie.

    What is there already stays: to make thousands of folders and links anew takes seconds. What begins with a dot is
    not ours and stays.
    """
    files_here = dict(wanted)
    for path in [path for path in files(folder) if path not in files_here and not path.startswith(".")]:
        (folder / path).unlink()
        for above in (folder / path).parents:
            if above == folder or any(above.iterdir()):
                break
            above.rmdir()
    for path, there in files_here.items():
        _renew(f"{folder}/{path}", there)


def _renew(here: str, there: str) -> None:
    known = os.stat(there)
    try:
        found = os.stat(here)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(here), exist_ok=True)
        link(there, here)
        return
    if (found.st_size, found.st_mtime_ns) != (known.st_size, known.st_mtime_ns):
        beside = f"{here}.new"
        Path(beside).unlink(missing_ok=True)  # what a full disk left
        link(there, beside)
        os.replace(beside, here)


def link(there: str | Path, here: str | Path) -> None:
    """Make `here` the same file as `there`; a copy where the disk has no links, or it is another disk."""
    try:
        os.link(there, here)
    except OSError as refused:
        if refused.errno in (errno.EEXIST, errno.ENOSPC, errno.EDQUOT, errno.ENOENT, errno.EROFS):
            raise
        shutil.copy2(there, here)


def files(folder: Path) -> Iterator[str]:
    """Yield the paths below `folder` of all its files, in order, as they stand in addresses."""
    for inside, folders, names in os.walk(folder):
        folders.sort()
        start = os.path.relpath(inside, folder).replace(os.sep, "/") if inside != os.fspath(folder) else ""
        yield from (f"{start}/{name}" if start else name for name in sorted(names))


_LOCKED: list[IO[str]] = []  # the files that this process holds a lock on


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other process in at the same time; the system takes the lock away from a process that was killed."""
    file = folder.with_name(f".{folder.name}.lock")
    with file.open("a") as opened:
        try:
            _lock(opened)
            if not (file.exists() and os.path.samestat(file.stat(), os.fstat(opened.fileno()))):
                raise BlockingIOError  # another process has just let go of it
        except OSError as taken:
            raise BlockingIOError(errno.EAGAIN, "locked", str(folder)) from taken
        _LOCKED.append(opened)
        try:
            yield
        finally:
            _LOCKED.remove(opened)
            with suppress(OSError):
                file.unlink()


def _let_go() -> None:
    """Close the files that are locked: a copy of the process would hold on to them when this one is killed."""
    for opened in _LOCKED:
        opened.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def _lock(opened: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk cannot."""
    here, there = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(system.renamex_np(here, there, 2) == 0)  # RENAME_SWAP
        return bool(system.renameat2(-100, here, -100, there, 2) == 0)  # AT_FDCWD, RENAME_EXCHANGE
    except (AttributeError, OSError, TypeError):  # an older system, another one, Windows
        return False


def _keep_equal(folder: Path, made: Path) -> bool:
    """Put the files of `folder` in the place of equal ones in `made`; say whether the folders are equal."""
    paths = list(files(made))
    changed = False
    for path in paths:
        old, new = f"{folder}/{path}", Path(f"{made}/{path}")
        if not os.path.isfile(old):
            changed = True
        elif not os.path.samefile(old, new):
            if filecmp.cmp(old, new, shallow=False):
                kept = new.with_name(f".{new.name}.kept")
                link(Path(old), kept)
                kept.replace(new)
            else:
                changed = True
    return not changed and folder.is_dir() and len(paths) == sum(1 for _ in files(folder))


def _take_along(entry: Path, to: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(entry, to, symlinks=True, copy_function=link)
    else:
        link(entry, to)


def _is_moved(folder: Path, there: Path) -> bool:
    """Move a folder where it is on the same disk; tell whether it is there now."""
    try:
        folder.rename(there)
    except OSError:
        return False
    return True


def _remove(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _new(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.new")


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")
