"""The registered documents of a content folder, read again: from the store, or anew, each in a process with limits.

The one place where checking opens documents. Without the packages that a kind of document takes, those of that kind
are not read, and the check says so once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import store
from generator.content import original
from generator.content.corpus import Corpus, Document, Track, silently
from generator.content.original import Original, Spot
from generator.content.yaml_reader import Path as PathInFile
from generator.content.yaml_reader import Tree
from generator.declaration.fields import FIGURES
from generator.store import Store

if TYPE_CHECKING:
    from generator.forms.grid import Cell, Grid
    from generator.importers.form import Imported

_FILE = "original.json"
_MOST = 100_000  # characters beside the form that are kept
_AMOUNTS = {field.path[0] for field in FIGURES if field.unit == "元"}


def folder(content: Path) -> Path:
    """Return where what was read of the documents of `content` is kept: build/cache beside it, whatever is built."""
    return content.resolve().parent / "build/cache/originals"


def attached(corpus: Corpus, kept: Store, track: Track = silently) -> Corpus:
    """Return the corpus with what the registered document of each declaration states.

    Only a document with its registered SHA-256 is read: of another one the check says that it was exchanged.
    """
    files = {document.file: (file, sha) for document in corpus.documents for file, sha in _registered(document)}
    keys = {name: store.key("original", sha, file.suffix.lower()) for name, (file, sha) in files.items()}
    found = {name: known for name, key in keys.items() if (known := _known(kept, key))}
    missing = {keys[name]: files[name][0] for name in files if name not in found}
    made = _read_all(missing, kept, track)
    found |= {name: made[key] for name, key in keys.items() if key in made}

    def of(document: Document) -> Document:
        return replace(document, original=found[document.file]) if document.file in found else document

    departments = (replace(f, documents=tuple(map(of, f.documents))) for f in corpus.departments)
    return replace(corpus, departments=tuple(departments)) if found else corpus


def read(file: Path) -> Original:
    """Read a document anew, as importing does."""
    from generator import importers  # slow to import: only where a document is read
    from generator.importers import form

    try:
        grid = importers.read(file)
        return stated(grid, form.read(grid, file.name))
    except importers.UnreadableError as refused:
        return Original(fault=refused.message, is_final=not isinstance(refused, importers.StoppedError))
    except ModuleNotFoundError as missing:
        return Original(lacks=missing.name or "", is_final=False)
    except Exception as failed:  # whatever lies beside a declaration, the others go on
        return Original(fault=f"读取时出错（{type(failed).__name__}）。", is_final=False)


def stated(grid: Grid, made: Imported) -> Original:
    """Return what was read of a document's grid, with places as a person counts them: within a sheet or page."""
    from generator.importers.extent import as_read

    grid = as_read(grid).value
    first: dict[str, int] = {}
    for cell in [*grid.cells, *grid.hidden]:
        first[cell.part] = min(cell.row, first.get(cell.part, cell.row)) if cell.part else 1
    places = {
        path: Spot(cell.row - first[cell.part] + 1, cell.column, cell.part, _said(cell, path, made))
        for path, cell in made.places.items()
    }
    read = {(cell.part, cell.row, cell.column) for cell in made.places.values()}
    known = {"", *(text for _, _, text in Tree("", dict(made.data)).texts())}  # names and values
    rest = [cell for cell in [*grid.cells, *grid.loose] if (cell.part, cell.row, cell.column) not in read]
    texts = (cell.text.strip() for cell in [*made.unplaced, *grid.hidden, *rest])
    unplaced = dict.fromkeys(text for text in texts if text not in known)
    left_out = bool(grid.doubtful) or sum(map(len, unplaced)) > _MOST
    return Original(dict(made.data), places, frozenset(made.joined), () if left_out else tuple(unplaced), left_out)


def _said(cell: Cell, path: PathInFile, made: Imported) -> str:
    """Return the text of an amount's cell, where it is not the amount in 元."""
    value: Any = made.data
    for step in path if path[0] in _AMOUNTS else ():
        value = value[step]
    return cell.text.strip() if isinstance(value, str) and value != cell.text.strip() else ""


def _registered(document: Document) -> Iterator[tuple[Path, str]]:
    """Yield the document's file with its SHA-256, if it is there and the one that was registered."""
    file, source = document.source_file, document.source
    with suppress(OSError):
        if file and source and source.sha256 and file.is_file() and store.digest(file) == source.sha256:
            yield file, source.sha256


def _known(kept: Store, key: str) -> Original | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return original.from_json((kept.folder / key / _FILE).read_bytes()) if kept.get(key) is not None else None
    return None


def _read_all(missing: dict[str, Path], kept: Store, track: Track) -> dict[str, Original]:
    """Read documents, by as many processes as there are processors; the threads only wait for these."""
    lacking: dict[str, Original] = {}  # kinds of documents whose packages are not installed

    def one(entry: tuple[str, Path]) -> tuple[str, Original]:
        key, file = entry
        made = lacking.get(file.suffix.lower()) or read(file)
        if made.lacks:
            lacking[file.suffix.lower()] = made
        if made.is_final:
            _keep(kept, key, made)
        return key, made

    if not missing:
        return {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        waiting = [pool.submit(one, entry) for entry in missing.items()]
        return dict(done.result() for done in track(waiting, "核对原始文件"))


def _keep(kept: Store, key: str, made: Original) -> None:
    """Keep what was read, where the machine allows it: it is only faster next time."""
    with suppress(OSError), kept.put(key) as entry:
        (entry / _FILE).write_text(original.to_json(made), encoding="utf-8")
