"""What was made before of the same input by the same code is not made again: build/cache, safe to delete.

An entry is a folder of files under the name of its key, a hash of all that the files depend on. It comes whole, by a
rename; a file of it that was touched since makes it worthless.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator import swap
from generator.resources import TEMPLATES

_INDEX = "index.json"
_YOUNG = 3600  # seconds; another build may be making or using it
_MAX_HASHED = 100_000_000  # bytes of a file; no published document is as large, and a huge file takes minutes to read


class Kept(NamedTuple):
    """A file of an entry: its size in bytes, its SHA-256, its time in nanoseconds."""

    size: int
    sha256: str
    time: int


class Store:
    """The entries below a folder, which need not exist; notes which are used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._used: set[str] = set()
        self._whole: dict[str, Mapping[str, Kept]] = {}  # entries that were looked at

    def __reduce__(self) -> tuple[type[Store], tuple[Path]]:
        return Store, (self.folder,)  # to another process goes where it is, not what of it was looked at

    def get(self, key: str) -> Mapping[str, Kept] | None:
        """Return the files of an entry by path, or None if there is none that is whole."""
        self._used.add(key)
        if key in self._whole:
            return self._whole[key]
        entry = self.folder / key
        try:
            files = {path: Kept(*known) for path, known in json.loads((entry / _INDEX).read_bytes()).items()}
            untouched = all(_state(f"{entry}/{path}") == (kept.size, kept.time) for path, kept in files.items())
        except (OSError, ValueError, TypeError, AttributeError):
            return None
        if not untouched:
            return None
        self._whole[key] = files
        return files

    @contextmanager
    def put(self, key: str) -> Iterator[Path]:
        """Yield a folder to make the files of an entry in; without an exception they are the entry afterwards."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".", dir=self.folder) as beside:
            new = Path(beside, key)
            new.mkdir()
            yield new
            files = {path: Kept(size, digest(new / path), time) for path, (size, time) in _states(new)}
            (new / _INDEX).write_text(json.dumps(files), encoding="utf-8")
            shutil.rmtree(self.folder / key, ignore_errors=True)
            self._whole.pop(key, None)
            try:
                new.rename(self.folder / key)
            except OSError:  # another process was faster, with the same
                if self.get(key) is None:
                    raise

    def take(self, key: str) -> Mapping[str, Kept]:
        """Return the files of an entry that was just made."""
        if (files := self.get(key)) is None:
            raise FileNotFoundError(errno.ENOENT, "gone", str(self.folder / key))
        return files

    def read(self, key: str, path: str) -> bytes:
        """Return the bytes of a file of an entry."""
        return (self.folder / key / path).read_bytes()

    def where(self, key: str, path: str) -> str:
        """Return where a file of an entry lies."""
        return f"{self.folder}/{key}/{path}"

    def place(self, key: str, paths: Mapping[str, str], there: Path) -> None:
        """Put files of an entry below another folder as well, by their paths here and there."""
        swap.place(self.folder / key, paths, there)

    def note(self, name: str, key: str) -> None:
        """Remember an entry as the newest of its name."""
        (self.folder / f"{name}.txt").write_text(key, encoding="utf-8")

    def latest(self, name: str) -> str | None:
        """Return the key of the newest entry of a name, if there is one that is whole."""
        try:
            key = (self.folder / f"{name}.txt").read_text(encoding="utf-8")
        except OSError:
            return None
        return key if key and self.get(key) is not None else None

    def prune(self, name: str = "build") -> None:
        """Drop what neither this build nor the one before it of that name, or of another, has used, and what a killed
        one left; what is young stays.
        """
        used = self.folder / f"used-{name}.txt"
        others = set[str]()
        for known in self.folder.glob("used-*.txt"):
            others |= {*known.read_text(encoding="utf-8").split()}
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            if entry.is_dir() and entry.name not in others | self._used and _age(entry) > _YOUNG:
                shutil.rmtree(entry, ignore_errors=True)
        if self._used:
            used.write_text("\n".join(sorted(self._used)), encoding="utf-8")


def key(*parts: str | bytes) -> str:
    """Return the hash of texts and bytes, and of the code that works on them."""
    made = sha256(code().encode())
    for part in parts:
        given = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        made.update(b"%d:" % len(given) + given)
    return made.hexdigest()


@cache
def code() -> str:
    """Return the hash of all that is neither content nor setting: our code, templates and fonts, packages, Python."""
    made = sha256(sys.version.encode())
    for root in (Path(__file__).parent, TEMPLATES):
        for path in swap.files(root):
            if not path.endswith(".pyc"):
                made.update(f"{path} {digest(root / path)}\n".encode())
    for folder in sys.path:
        made.update("\n".join(sorted(info.name for info in Path(folder).glob("*.dist-info"))).encode())
    return made.hexdigest()


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def fingerprint(folder: Path) -> str:
    """Return the hash of all files below a folder; nothing where one is a link, a pipe, huge or cannot be read."""
    made = sha256()
    for inside, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*folders, *names]):
            entry = os.path.join(inside, name)
            made.update(f"{os.path.relpath(entry, folder)}\n".encode(errors="surrogatepass"))
            if name in folders and not os.path.islink(entry):
                continue
            known = os.lstat(entry)
            if not stat.S_ISREG(known.st_mode) or known.st_size > _MAX_HASHED or not os.access(entry, os.R_OK):
                return ""
            with open(entry, "rb") as opened:
                made.update(file_digest(opened, "sha256").digest())
    return made.hexdigest()


def _states(folder: Path) -> list[tuple[str, tuple[int, int]]]:
    return [(path, _state(folder / path)) for path in swap.files(folder)]


def _age(entry: Path) -> float:
    try:
        return time.time() - entry.stat().st_mtime
    except OSError:  # gone
        return 0


def _state(file: str | Path) -> tuple[int, int]:
    known = os.stat(file)
    return known.st_size, known.st_mtime_ns
