"""content/ read and checked, a department at a time: from the store, or anew, many by several processes.

Where there is a store, it keeps the departments, and only their outlines are in memory: a site may have thousands.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator import originals, rules, workers
from generator.content import corpus, salvage
from generator.content.corpus import Corpus, DepartmentFolder, Document, Item, ResultDocument, Track, silently
from generator.diagnostics.model import Diagnostic, Severity, in_order
from generator.rules.proof import without_repairs
from generator.rules.unread import only_echoes
from generator.store import Store, fingerprint, key

_WORTH_A_PROCESS = 40  # departments
_OUTLINE, _WHOLE = "outline.pickle", "whole.pickle"


class Checked(NamedTuple):
    """A department as read, None if it cannot be, and all that is wrong with it, as far as it alone can tell."""

    folder: DepartmentFolder | None
    found: list[Diagnostic]

    @property
    def is_final(self) -> bool:
        """Tell whether the same would be found again: not where a document was only given up."""
        files = self.folder.files if self.folder else []
        return all(file.registered is None or file.registered.is_final for file in files)


def check(
    content: Path, track: Track = silently, store: Store | None = None, kept: Path | None = None
) -> tuple[Corpus, list[Diagnostic]]:
    """Read `content` and apply every rule.

    What `store` has of a department is not found out again; it is kept there under all that its findings depend on,
    and the corpus has the outlines of the departments (see `whole`). What registered documents state is kept in the
    folder `kept`, by default beside the content.
    """
    frame, found, folders = corpus.frame(content)
    keys = _keys(frame, folders) if store else {}
    known = {path: _kept(store, k) for path, k in keys.items() if store and store.get(k) is not None}
    missing = [path for path in folders if path not in known]
    work = partial(_put, frame, kept or originals.folder(content), store)
    wanted = [(path, keys.get(path)) for path in missing]
    for path, checked in zip(missing, _each(work, wanted, track), strict=True):
        known[path] = checked
        if store and checked.folder:
            store.get(checked.folder.whole)  # a process of its own has made it: used here
    each: list[Checked] = [known[path] for path in folders]
    whole = frame.of(checked.folder for checked in each if checked.folder)
    return whole, _told(found + rules.of_whole(whole), each)


def findings(
    content: Path, track: Track = silently, only: str | None = None, kept: Path | None = None
) -> list[Diagnostic]:
    """Return what `check` finds; with `only`, all of it in that department and in site.yaml ("": just there).

    Declarations stay in the process that checked them, but for the few that rules hold against those of others.
    """
    frame, found, folders = corpus.frame(content)
    known = {path: corpus.department(frame, path, with_declarations=False)[0] for path in folders}
    kin = rules.compared(frame.of(folder for folder in known.values() if folder), only)
    asked = [path for path in folders if only in (None, path.name)]
    work = partial(_found_in, frame, kept or originals.folder(content), kin)
    each = list(_each(work, asked, track))
    known.update(zip(asked, (checked.folder for checked in each), strict=True))
    known.update(
        (path, corpus.department(frame, path)[0]) for path in folders if path.name in kin and path not in asked
    )
    whole = frame.of(folder for folder in known.values() if folder)
    return _told(found + rules.of_whole(whole), each)


def _each(work: Callable[[Item], Checked], folders: list[Item], track: Track) -> Iterable[Checked]:
    return track(workers.each(work, folders, _WORTH_A_PROCESS), "检查申报表")


def _told(found: list[Diagnostic], each: list[Checked]) -> list[Diagnostic]:
    """Return all that is found, in order."""
    found = found + [d for checked in each for d in checked.found]
    # Last year's values (F209), or those of a year that is wrong (F206), say nothing about this year yet.
    waiting = {d.mark.file for d in found if d.code in ("F209", "F206")}
    return in_order([d for d in found if d.severity is Severity.ERROR or d.mark.file not in waiting])


def whole(folder: DepartmentFolder, store: Store) -> DepartmentFolder:
    """Return all of a department that `check` has read with this store, by its outline."""
    if not folder.whole:
        return folder
    read: DepartmentFolder = pickle.loads(store.read(folder.whole, _WHOLE))  # put there by the same code
    return read


def _kept(store: Store, key: str) -> Checked:
    checked: Checked = pickle.loads(store.read(key, _OUTLINE))  # put there by the same code
    return checked


def _put(frame: Corpus, kept: Path, store: Store | None, wanted: tuple[Path, str | None]) -> Checked:
    """Judge a department, and put it into the store under its key; for this time only, if it may be judged otherwise
    another time.
    """
    path, known = wanted
    checked = department(frame, kept, path)
    if store is None or checked.folder is None:
        return checked
    now = _key(frame, path, checked.folder.fingerprint)  # a file may have changed while it was read
    here = now if checked.is_final and now == known else os.urandom(32).hex()
    outline = checked._replace(folder=checked.folder.outline(here))
    with store.put(here) as entry:
        (entry / _WHOLE).write_bytes(pickle.dumps(checked.folder))
        (entry / _OUTLINE).write_bytes(pickle.dumps(outline))
    return outline


def department(frame: Corpus, kept: Path, path: Path) -> Checked:
    """Read a department and its registered documents, and apply the rules that look at one alone.

    Of damaged files the sound parts are judged: what is told already is not told again, and no guess is made.
    """
    folder, found = _judged(frame, kept, path)
    return Checked(folder and replace(folder.without_trees(), fingerprint=fingerprint(path)), found)


def _found_in(frame: Corpus, kept: Path, kin: set[str], path: Path) -> Checked:
    """Do the same, but return of the declarations only what is looked at once more."""
    folder, found = _judged(frame, kept, path)
    if folder and path.name not in kin:
        documents, results = tuple(filter(_is_unread, folder.documents)), tuple(filter(_is_unread, folder.results))
        folder = replace(folder, documents=documents, results=results)
    return Checked(folder and folder.without_trees(), found)


def _is_unread(file: Document | ResultDocument) -> bool:
    return file.registered is not None and bool(file.registered.lacks or file.registered.fault)


def _judged(frame: Corpus, kept: Path, path: Path) -> tuple[DepartmentFolder | None, list[Diagnostic]]:
    folder, found = corpus.department(frame, path)
    if folder:
        folder = originals.attached(folder, Store(kept))
    errors = {(d.mark.file, d.mark.line) for d in found if d.severity is Severity.ERROR}
    damaged = {file for file, _ in errors}
    judged, unread = salvage.judged(path, folder, found) if errors else (folder, {})
    told = without_repairs(judged.files, rules.of_department(frame.of([judged]))) if judged else ()
    found += [
        d
        for d in told
        if d.mark.file not in damaged
        or (d.severity is not Severity.NOTICE and d.code != "F210" and (d.mark.file, d.mark.line) not in errors)
    ]
    echoes = only_echoes(judged, unread, found) if judged else set()
    return folder, [d for d in found if d not in echoes]


def _keys(frame: Corpus, folders: list[Path]) -> Mapping[Path, str]:
    """Return the key of each department whose files can be told to be the same as before."""
    prints = {path: fingerprint(path) for path in folders}
    return {path: _key(frame, path, known) for path, known in prints.items() if known}


def _key(frame: Corpus, path: Path, known: str) -> str:
    site = json.dumps([str(frame.tree.file), frame.tree.data, str(frame.read_on)])
    return key("checked", site, str(path), known)
