"""The registered documents of a content folder, read again: from the store, or anew, each in a process with limits.

The one place where checking opens documents. Without the packages that a kind of document takes, those of that kind
are not read, and the check says so once.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from generator import store
from generator.analysis import identity
from generator.content import original
from generator.content.corpus import Corpus, DepartmentFolder, Document, ResultDocument
from generator.content.original import Original, Registered, Spot
from generator.content.yaml_reader import Data, Tree
from generator.content.yaml_reader import Path as PathInFile
from generator.declaration.fields import FIGURES
from generator.declaration.model import Declaration, Section, Source
from generator.declaration.results import Results
from generator.store import Store

if TYPE_CHECKING:
    from generator.forms.grid import Cell, Grid
    from generator.importers.reading import Imported

_FILE = "registered.json"
_MOST = 100_000  # characters beside the form that are kept
_AMOUNTS = {field.path[0] for field in FIGURES if field.unit == "元"} | {"资金情况"}

AnyDocument = TypeVar("AnyDocument", Document, ResultDocument)


def folder(content: Path) -> Path:
    """Return where what was read of the documents of `content` is kept: build/cache beside it, whatever is built."""
    return content.resolve().parent / "build/cache/originals"


def attached(department: DepartmentFolder, kept: Store) -> DepartmentFolder:
    """Return a department with what is known of the registered document of each declaration and of its results.

    Which promises a form of results answers is not certain without the declaration of its year: then it is not read.
    Only a document with its registered SHA-256 is read: of another one the check says that it was exchanged.
    """
    documents = tuple(_with_registered(document, department, kept) for document in department.documents)
    results = tuple(_with_registered(document, department, kept) for document in department.results)
    return replace(department, documents=documents, results=results)


def _with_registered(document: AnyDocument, department: DepartmentFolder, kept: Store) -> AnyDocument:
    declared = department.document_of(document.year)
    file = _unchanged(document) if declared else None
    return replace(document, registered=_known(file, document, declared, kept)) if file and declared else document


def prune(corpus: Corpus, there: Path) -> None:
    """Drop from the folder `there` what neither this content nor that of the build before it has registered."""
    kept = Store(there)
    for department in corpus.departments:
        for document in department.files:
            if document.registered:
                kept.get(document.registered.key)
    kept.prune()


def read(file: Path, is_results: bool = False, declared: Declaration | None = None) -> Registered:
    """Read a document anew, as importing does: a declaration, or results of what was `declared`."""
    from generator import importers  # slow to import: only where a document is read
    from generator.importers import form, results

    try:
        importers.load(file)
        grid = importers.read(file)
        made = results.read(grid, file.name, declared) if is_results else form.read(grid, file.name)
        return Registered(original.to_json(stated(grid, made, Results if is_results else Declaration)))
    except ModuleNotFoundError as missing:
        return Registered(lacks=missing.name or "")
    except importers.UnreadableError as refused:
        return Registered(fault=refused.message, is_final=not isinstance(refused, importers.StoppedError))
    except Exception as failed:  # whatever lies beside a declaration, the others go on
        return Registered(fault=f"读取时出错（{type(failed).__name__}）。", is_final=False)


def stated(grid: Grid, made: Imported, model: type[Section] = Declaration) -> Original:
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
    doubtful = frozenset(made.joined | _refused(made.data, model))
    return Original(dict(made.data), places, doubtful, () if left_out else tuple(unplaced), left_out)


def _refused(data: dict[str, Data], model: type[Section]) -> set[PathInFile]:
    """Return the entries that no file may hold as they are printed (562,882.03元整): it must say them otherwise."""
    try:
        model.model_validate(data)
    except ValidationError as failed:
        return {_path(fault["loc"], data) for fault in failed.errors(include_url=False)}
    return set()


def _path(location: tuple[int | str, ...], data: Data) -> PathInFile:
    """Drop from a location what is not in the data: pydantic's names of unions."""
    path: PathInFile = ()
    here: Any = data
    for step in location:
        if step in (here if isinstance(here, dict) else range(len(here)) if isinstance(here, list) else ()):
            path, here = (*path, step), here[step]
    return path


def _said(cell: Cell, path: PathInFile, made: Imported) -> str:
    """Return the text of an amount's cell, where it is not the amount in 元."""
    value: Any = made.data
    for step in path if path[0] in _AMOUNTS else ():
        value = value[step]
    return cell.text.strip() if isinstance(value, str) and value != cell.text.strip() else ""


def _unchanged(document: Document | ResultDocument) -> Path | None:
    """Return the registered document of a file, if it is there and the one that was registered."""
    file, source = document.source_file, document.source
    with suppress(OSError):
        if file and source and source.sha256 and file.is_file() and store.digest(file) == source.sha256:
            return file
    return None


def _key(document: Document | ResultDocument, declared: Document) -> str:
    """Return what a reading depends on: the document, and for results the paths of the promises that they answer."""
    source = document.source or Source()
    of_document = (source.sha256 or "", Path(source.file or "").suffix.lower())
    if isinstance(document, Document):
        return store.key("original", *of_document)
    promised = [identity.key(placed) for placed in declared.declaration.indicators()]
    return store.key("original", *of_document, "results", json.dumps(promised))


def _known(file: Path, document: Document | ResultDocument, declared: Document, kept: Store) -> Registered:
    """Return what is known of a document, from the store or read now, and then kept as far as the machine allows."""
    key = _key(document, declared)
    with suppress(OSError, ValueError, TypeError):
        if kept.get(key) is not None:
            return replace(Registered(**json.loads(kept.read(key, _FILE))), key=key)
    made = replace(read(file, isinstance(document, ResultDocument), declared.declaration), key=key)
    with suppress(OSError):
        if made.is_final:
            with kept.put(key) as entry:
                (entry / _FILE).write_text(json.dumps(asdict(made)), encoding="utf-8")
    return made
