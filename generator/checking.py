"""content/ read and checked, a department at a time: from the store, or anew, many by several processes."""

from __future__ import annotations

import json
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
_FILE = "checked.pickle"


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

    What `store` has of a department is not found out again; it is kept there under all that its findings depend on.
    What registered documents state is kept in the folder `kept`, by default beside the content.
    """
    frame, found, folders = corpus.frame(content)
    keys = _keys(frame, folders) if store else {}
    known = {path: pickle.loads(store.read(k, _FILE)) for path, k in keys.items() if store and store.get(k) is not None}
    missing = [path for path in folders if path not in known]
    work = partial(department, frame, only, kept or originals.folder(content))
    worth = _WORTH_A_PROCESS if only is None else len(folders) + 1  # of the others, only the heads are read
    for path, checked in zip(missing, track(workers.each(work, missing, worth), "检查申报表"), strict=True):
        known[path] = checked
        if store and path in keys and checked.is_final:
            with store.put(keys[path]) as entry:
                (entry / _FILE).write_bytes(pickle.dumps(checked))
    each: list[Checked] = [known[path] for path in folders]
    whole = frame.of(checked.folder for checked in each if checked.folder)
    found += rules.of_whole(whole) + [d for checked in each for d in checked.found]
    # Last year's values (F209), or those of a year that is wrong (F206), say nothing about this year yet.
    waiting = {d.mark.file for d in found if d.code in ("F209", "F206")}
    return whole, in_order([d for d in found if d.severity is Severity.ERROR or d.mark.file not in waiting])


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
        or (
            d.severity is not Severity.NOTICE
            and d.code[0] != "R"  # what is absent of results may be what cannot be read
            and d.code != "F210"
            and (d.mark.file, d.mark.line) not in errors
        )
    ]
    return Checked(folder and folder.without_trees(), found)


def _keys(frame: Corpus, folders: list[Path]) -> Mapping[Path, str]:
    """Return the key of each department whose files can be told to be the same as before."""
    site = json.dumps([str(frame.tree.file), frame.tree.data, str(frame.read_on)])
    prints = {path: corpus.fingerprint(path) for path in folders}
    return {path: key("checked", site, str(path), known) for path, known in prints.items() if known}
