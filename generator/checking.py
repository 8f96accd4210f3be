"""content/ read and checked, a department at a time: from the store, or anew, many by several processes.

Where there is a store, it keeps the departments, and only their outlines are in memory: a site may have thousands.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator import originals, rules, workers
from generator.content import corpus, salvage
from generator.content.corpus import Corpus, DepartmentFolder, Track, silently
from generator.diagnostics.model import Diagnostic, Severity, in_order
from generator.rules.proof import without_repairs
from generator.store import Store, key

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
    content: Path,
    track: Track = silently,
    only: str | None = None,
    store: Store | None = None,
    kept: Path | None = None,
) -> tuple[Corpus, list[Diagnostic]]:
    """Read `content`, or of its declarations those of the department `only`, and apply every rule.

    What `store` has of a department is not found out again; it is kept there under all that its findings depend on,
    and the corpus has the outlines of the departments (see `whole`). What registered documents state is kept in the
    folder `kept`, by default beside the content.
    """
    frame, found, folders = corpus.frame(content)
    keys = _keys(frame, folders) if store else {}
    known = {path: _kept(store, k) for path, k in keys.items() if store and store.get(k) is not None}
    missing = [path for path in folders if path not in known]
    work = partial(_judged, frame, only, kept or originals.folder(content), store, keys)
    worth = _WORTH_A_PROCESS if only is None else len(folders) + 1  # of the others, only the heads are read
    for path, checked in zip(missing, track(workers.each(work, missing, worth), "检查申报表"), strict=True):
        known[path] = checked
        if store and checked.folder:
            store.get(checked.folder.whole)  # a process of its own has made it: used here
    each: list[Checked] = [known[path] for path in folders]
    whole = frame.of(checked.folder for checked in each if checked.folder)
    found += rules.of_whole(whole) + [d for checked in each for d in checked.found]
    # Last year's values (F209), or those of a year that is wrong (F206), say nothing about this year yet.
    waiting = {d.mark.file for d in found if d.code in ("F209", "F206")}
    return whole, in_order([d for d in found if d.severity is Severity.ERROR or d.mark.file not in waiting])


def whole(folder: DepartmentFolder, store: Store) -> DepartmentFolder:
    """Return all of a department that `check` has read with this store, by its outline."""
    if not folder.whole:
        return folder
    read: DepartmentFolder = pickle.loads(store.read(folder.whole, _WHOLE))  # put there by the same code
    return read


def _kept(store: Store, key: str) -> Checked:
    checked: Checked = pickle.loads(store.read(key, _OUTLINE))  # put there by the same code
    return checked


def _judged(
    frame: Corpus, only: str | None, kept: Path, store: Store | None, keys: Mapping[Path, str], path: Path
) -> Checked:
    """Judge a department, and put it into the store; what may be judged otherwise another time, for this time only."""
    checked = department(frame, only, kept, path)
    if store is None or checked.folder is None:
        return checked
    key = keys.get(path, "") if checked.is_final else ""
    key = key or os.urandom(32).hex()
    outline = checked._replace(folder=checked.folder.outline(key))
    with store.put(key) as entry:
        (entry / _WHOLE).write_bytes(pickle.dumps(checked.folder))
        (entry / _OUTLINE).write_bytes(pickle.dumps(outline))
    return outline


def department(frame: Corpus, only: str | None, kept: Path, path: Path) -> Checked:
    """Read a department and its registered documents, and apply the rules that look at one alone.

    Of damaged files the sound parts are judged: what is told already is not told again, and no guess is made.
    """
    asked = only in (None, path.name)
    folder, found = corpus.department(frame, path, asked)
    if folder:
        folder = originals.attached(folder, Store(kept))
    errors = {(d.mark.file, d.mark.line) for d in found if d.severity is Severity.ERROR}
    damaged = {file for file, _ in errors}
    judged = salvage.judged(path, folder, found) if errors and asked else folder
    told = without_repairs(judged.files, rules.of_department(frame.of([judged]))) if judged else ()
    found += [
        d
        for d in told
        if d.mark.file not in damaged
        or (d.severity is not Severity.NOTICE and d.code != "F210" and (d.mark.file, d.mark.line) not in errors)
    ]
    return Checked(folder and folder.without_trees(), found)


def _keys(frame: Corpus, folders: list[Path]) -> Mapping[Path, str]:
    """Return the key of each department whose files can be told to be the same as before."""
    site = json.dumps([str(frame.tree.file), frame.tree.data, str(frame.read_on)])
    prints = {path: corpus.fingerprint(path) for path in folders}
    return {path: key("checked", site, str(path), known) for path, known in prints.items() if known}
