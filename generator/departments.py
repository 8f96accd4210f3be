"""What is made of each department and of all of them: from the store, or anew, departments by several processes."""

from __future__ import annotations

import errno
import json
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator import checking, workers
from generator.analysis.change_log import Versions
from generator.content.corpus import Corpus, DepartmentFolder, Track
from generator.exports import catalogue, entries, search_index
from generator.exports.catalogue import Published, Told
from generator.exports.dossier import dossier
from generator.git import Version
from generator.pages import department, render, results, year
from generator.resources import TEMPLATES
from generator.store import Store, digest, fingerprint, key

_WORTH_A_PROCESS = 8  # departments
_DOWNLOADS, _PAGES = "downloads", "pages"
# What a department adds to the files of the whole site.
_DATA, _INDEX, _YEARS = "data.pickle", "index.pickle", "years.pickle"


class Task(NamedTuple):
    """A department to be made: all that its files depend on, and the key of just that."""

    key: str
    corpus: Corpus
    history: Versions | None
    today: date


def tasks(corpus: Corpus, history: Versions | None, today: date) -> list[Task]:
    """Return a task for each department, in their order."""
    of_folder: dict[str, dict[str, Sequence[Version]]] = {}
    for path, found in (history or {}).items():
        of_folder.setdefault(path.split("/")[0], {})[path] = found

    def known(folder: DepartmentFolder) -> Versions | None:
        here = (of_folder.get(old, {}) for old in (folder.address, *folder.department.former_addresses))
        return None if history is None else dict(chain.from_iterable(found.items() for found in here))

    return [_task(corpus, folder, known(folder), today) for folder in corpus.departments]


def _task(corpus: Corpus, folder: DepartmentFolder, known: Versions | None, today: date) -> Task:
    alone = corpus.alone(folder)
    depends_on = [
        *(corpus.name, corpus.tree.data, list(corpus.span), dict(alone.names)),
        *(folder.address, folder.fingerprint or os.urandom(16).hex()),  # what may have changed is made anew
        [digest(file.source_file) for file in folder.files if file.source_file],
        [repr(file.registered) for file in folder.files],  # also what could not be read this time
        [today > corpus.site.results_expected(document.year) for document in folder.documents],
        known and [(path, v.day, v.commit, str(v.content)) for path, found in known.items() for v in found],
    ]
    return Task(key(json.dumps(depends_on)), alone, known, today)


def make(task: Task, store: Store) -> None:
    """Make the files of a department, and what it adds to those of the whole site, and put them into the store."""
    (outline,) = task.corpus.departments
    folder = checking.whole(outline, store)
    corpus = replace(task.corpus, departments=(folder,))
    known = dossier(corpus, folder, task.history)
    with store.put(task.key) as entry:
        published = catalogue.of_department(corpus, known, entry / _DOWNLOADS)
        pages = render.Pages(corpus, task.history, published, TEMPLATES / "pages")
        years, accounts = department.timeline(known), results.accounts(corpus, folder, task.today)
        render.write(render.of_department(pages, years, accounts), entry / _PAGES)
        index = search_index.part(entries.names(folder), entries.of_department(known))
        of_years = year.part(years, accounts.values(), known.members)
        for name, part in {_DATA: catalogue.told(known), _INDEX: index, _YEARS: of_years}.items():
            (entry / name).write_bytes(pickle.dumps(part))
        if folder.fingerprint and fingerprint(folder.path) != folder.fingerprint:  # files were copied as they are now
            raise OSError(errno.ESTALE, "changed", str(folder.path))


def made(tasks: list[Task], store: Store, track: Track) -> Mapping[str, Published]:
    """See to it that the store has the files of all departments; returns the downloads."""
    missing = [task for task in tasks if store.get(task.key) is None]
    for _ in track(workers.each(partial(make, store=store), missing, _WORTH_A_PROCESS), "生成各部门的文件"):
        pass
    return {path: file for task in tasks for path, file in downloads(store, task.key).items()}


def paths(tasks: list[Task], store: Store) -> Iterator[str]:
    """Yield the paths of the files of all departments, as `place` puts them."""
    return (path for task in tasks for path in places(store, task.key).values())


def place(keys: Iterable[str], store: Store, site: Path) -> None:
    """Put the files of departments below `site`."""
    for entry in keys:
        store.place(entry, places(store, entry), site)


def places(store: Store, key: str) -> dict[str, str]:
    """Return where the files of an entry belong, by their paths in it; what is for the whole site belongs nowhere."""
    parted = ((path, path.partition("/")[2]) for path in store.take(key))
    return {path: address for path, address in parted if address}


def told(tasks: list[Task], store: Store) -> Iterator[Told]:
    """Yield what each department adds to the downloads of the whole site, one after the other."""
    return (pickle.loads(store.read(task.key, _DATA)) for task in tasks)  # made above, by the same code


def index(tasks: list[Task], store: Store) -> Iterator[search_index.Part]:
    """Yield what each department adds to the search index."""
    return (pickle.loads(store.read(task.key, _INDEX)) for task in tasks)  # made above, by the same code


def years(tasks: list[Task], store: Store) -> Iterator[year.Part]:
    """Yield what each department adds to the pages of the whole site."""
    return (pickle.loads(store.read(task.key, _YEARS)) for task in tasks)  # made above, by the same code


def state(tasks: list[Task], corpus: Corpus, history: Versions | None) -> str:
    """Return the hash of all that the files of the whole site depend on."""
    rest = sorted((path, v.day, v.commit, str(v.content)) for path, found in (history or {}).items() for v in found)
    known = json.dumps([corpus.name, corpus.tree.data, history is None, rest])
    return key("site", known, *(task.key for task in tasks))


def tables(
    now: str,
    tasks: list[Task],
    corpus: Corpus,
    history: Versions | None,
    published: Mapping[str, Published],
    store: Store,
    late: bool,
) -> str:
    """See to it that the store has the downloads of the whole site, in the state `now`; returns their key.

    `published` are those of the departments. `late`: those of an earlier state will do: nobody who looks at a page
    while writing waits for tables.
    """
    here = key("tables", now)
    known = here if store.get(here) is not None else store.latest("tables") if late else None
    if known is None:
        with store.put(here) as entry:
            catalogue.of_site(corpus, history, entry / _DOWNLOADS, published, told(tasks, store))
        known = here
    store.note("tables", known)
    return known


def downloads(store: Store, key: str) -> dict[str, Published]:
    """Return the downloads of an entry by their addresses."""
    parted = ((*path.partition("/")[::2], file) for path, file in store.take(key).items())
    return {address: Published(file.size, file.sha256) for kind, address, file in parted if kind == _DOWNLOADS}
