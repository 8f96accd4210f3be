"""What is made of each department and of all of them: from the store, or anew, departments by several processes."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.analysis.change_log import Versions
from generator.content.corpus import Corpus, DepartmentFolder, Track
from generator.exports import catalogue
from generator.exports.catalogue import Published
from generator.pages import editing, render
from generator.resources import TEMPLATES
from generator.store import Store, digest, key

_WORTH_A_PROCESS = 8  # departments; a process takes a second to start
_DOWNLOADS, _PAGES = "downloads", "pages"


class Task(NamedTuple):
    """A department to be made: all that its files depend on, and the key of just that."""

    key: str
    corpus: Corpus
    history: Versions | None
    today: date


def tasks(corpus: Corpus, history: Versions | None, today: date) -> list[Task]:
    """Return a task for each department, in their order."""
    return [_task(corpus, folder, history, today) for folder in corpus.departments]


def _task(corpus: Corpus, folder: DepartmentFolder, history: Versions | None, today: date) -> Task:
    here = {folder.address, *folder.department.former_addresses}
    known = None if history is None else {p: found for p, found in history.items() if p.split("/")[0] in here}
    depends_on = [
        *(corpus.name, corpus.tree.data, list(corpus.span), dict(corpus.names)),
        *(folder.address, folder.tree.data, [(file.file, file.tree.data) for file in folder.files]),
        [digest(file.source_file) for file in folder.files if file.source_file],
        corpus.site.has_editing and [digest(file) for file in editing.files(folder)],
        [today > corpus.site.results_expected(document.year) for document in folder.documents],
        known and [(path, v.day, v.commit, str(v.content)) for path, found in known.items() for v in found],
    ]
    return Task(key(json.dumps(depends_on)), corpus.alone(folder), known, today)


def make(task: Task, store: Store) -> None:
    """Make the files of a department and put them into the store."""
    (folder,) = task.corpus.departments
    with store.put(task.key) as entry:
        published = catalogue.of_department(task.corpus, folder, task.history, entry / _DOWNLOADS)
        pages = render.Pages(task.corpus, task.history, published, TEMPLATES / "pages", task.today)
        render.write(render.of_department(pages, folder), entry / _PAGES)


def put(tasks: list[Task], store: Store, site: Path, track: Track) -> Mapping[str, Published]:
    """Put the files of all departments below `site`, those not in the store made first; returns the downloads."""
    _make_all([task for task in tasks if store.get(task.key) is None], store, track)
    return {path: file for task in tasks for path, file in _linked(store, task.key, site).items()}


def put_tables(
    tasks: list[Task],
    corpus: Corpus,
    history: Versions | None,
    published: Mapping[str, Published],
    store: Store,
    site: Path,
    track: Track,
    late: bool,
) -> Mapping[str, Published]:
    """Put the downloads that belong to no department below `site`; returns all downloads, `published` first.

    `late`: those of an earlier state will do. Of 2,000 declarations they take half a minute, and nobody who looks at
    a page while writing waits for that.
    """
    rest = sorted((path, v.day, v.commit, str(v.content)) for path, found in (history or {}).items() for v in found)
    now = key("tables", json.dumps([corpus.tree.data, history is None, rest]), *(task.key for task in tasks))
    known = now if store.get(now) is not None else store.latest("tables") if late else None
    if known is None:
        with store.put(now) as entry:
            catalogue.of_site(corpus, history, entry / _DOWNLOADS, published, track)
        known = now
    store.note("tables", known)
    return {**published, **_linked(store, known, site)}


def _linked(store: Store, key: str, site: Path) -> dict[str, Published]:
    """Put the files of an entry below `site`; returns those that are downloads."""
    published = {}
    for path, file in store.take(key).items():
        kind, _, address = path.partition("/")
        store.link(key, path, site / address)
        if kind == _DOWNLOADS:
            published[address] = Published(file.size, file.sha256)
    return published


def _make_all(missing: list[Task], store: Store, track: Track) -> None:
    """Make all, by as many processes as there are processors; where the machine allows none, by this one."""
    processes = min(_processors(), len(missing) // _WORTH_A_PROCESS)
    if processes > 1:
        with (
            suppress(BrokenProcessPool, PermissionError, NotImplementedError),
            ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool,
        ):
            futures = [pool.submit(make, task, store) for task in missing]
            for future in track(as_completed(futures), "生成各部门的文件"):
                future.result()
            return
    for task in track(missing, "生成各部门的文件"):
        if store.get(task.key) is None:
            make(task, store)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
