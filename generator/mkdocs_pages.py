"""Markdown → the pages of a site, by MkDocs: those of departments from the store, or anew, many by several processes.

MkDocs holds all pages that it makes in memory. So it makes the pages of a few departments at a time, each time as if
these were the site, and in the end the few dozen pages of the whole site, to which the others are added.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from mkdocs.commands.build import build as run
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.utils import CountHandler

from generator import build, departments, engine, store, swap, workers
from generator.build import Made
from generator.content.corpus import Track, silently
from generator.store import Store

_FILE = "mkdocs.yml"
_TOGETHER = 20  # departments
_WORTH_A_PROCESS = 2  # times as many


class Task(NamedTuple):
    """A department whose pages are to be made: what they are kept under, what the store keeps its Markdown under, and
    where that belongs, by the paths in the store.
    """

    key: str
    entry: str
    paths: Mapping[str, str]


def render(docs: Path, made: Made, site: Path, track: Track = silently, again: bool = False) -> None:
    """Turn what was made for the folder `docs` into the files of a site; what is amiss ends the command.

    `again`: what `site` has already stays there.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        run(configuration(docs, made, site, strict=True, track=track, again=again))
    except Abort as failed:
        raise SystemExit(str(failed)) from failed


def configuration(
    docs: Path, made: Made, site: Path, strict: bool, track: Track = silently, again: bool = False
) -> MkDocsConfig:
    """Return the configuration for the pages that MkDocs is to make; the plugin in it adds the others.

    Where many are to be made, those of departments are made first. Raises Abort where MkDocs does. `again`: MkDocs,
    which would empty `site`, makes its pages elsewhere.
    """
    plugin = Pages(docs.resolve(), made, site)
    here = plugin.begin(strict, track)
    return _configured(here.parent, here, here.with_name("site") if again else site, strict, plugin)


def _configured(work: Path, here: Path, site: Path, strict: bool, plugin: Pages | Bare) -> MkDocsConfig:
    """Return the configuration for the Markdown in the folder `here`; `work` has its file."""
    made = load_config(str(work / _FILE), docs_dir=str(here), site_dir=str(site), strict=strict)
    made.markdown_extensions.append("generator.pages.ready_html")  # saves time: an engine alone does without
    made.plugins["performance-targets"] = plugin
    return made


def _make(work: Path, strict: bool, there: Store, kept: Store, tasks: list[Task]) -> None:
    """Make the pages of some departments, and put them into the store `kept`."""
    with TemporaryDirectory(dir=work) as some:
        here, site = Path(some, "docs"), Path(some, "site")
        for task in tasks:
            there.place(task.entry, task.paths, here)
        made = _configured(work, here, site, strict, Bare())
        made.nav = None  # it names the site's own pages only
        run(made)
        for task in tasks:
            _keep(kept, task, site)
    gc.collect()  # MkDocs' pages hold each other: nothing else would give their memory back soon


def _keep(kept: Store, task: Task, site: Path) -> None:
    with kept.put(task.key) as entry:
        pages = (f"{path.removesuffix('md')}html" for path in task.paths.values())
        swap.place(site, {page: page for page in pages}, entry)


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """What MkDocs wants of a plugin that has none."""


class Bare(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Leaves out what Material brings along and no page loads: the frame, its style and its scripts are ours."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Return the files without these."""
        unused = ("assets/javascripts/*", "assets/stylesheets/*", "assets/images/*")
        return Files([file for file in files if not any(fnmatch(file.src_uri, pattern) for pattern in unused)])


class Pages(Bare):  # type: ignore[no-untyped-call]
    """Has MkDocs make the site's own pages, a few dozen, and those of departments of which only a few have changed."""

    def __init__(self, docs: Path, made: Made, site: Path) -> None:
        self._docs, self._made, self._site = docs, made, site
        self._there, self._kept = build.store_of(docs), Store(build.cache_folder(docs) / "pages")
        self._open = ExitStack()
        self._tasks: list[Task] = []
        self._warnings = CountHandler(level=logging.WARNING)
        self._own: dict[str, str] = {}  # where the files of the whole site lie, by their paths

    def begin(self, strict: bool, track: Track) -> Path:
        """Return a folder with the Markdown that MkDocs is to read; it is there until the build has ended."""
        work = build.cache_folder(self._docs) / f"changed-{self._docs.name}"
        self._open.enter_context(swap.alone(work))
        shutil.rmtree(work, ignore_errors=True)  # of a killed build
        work.mkdir()
        self._open.callback(shutil.rmtree, work, ignore_errors=True)
        self._own = {
            there: self._there.where(key, path)
            for key in (self._made.own, self._made.tables)
            for path, there in departments.places(self._there, key).items()
        }
        configuration = engine.configuration(self._made.corpus, "docs", self._own.keys())
        (work / _FILE).write_text(configuration, encoding="utf-8", newline="\n")
        self._tasks = [self._task(entry, configuration, strict) for entry in self._made.departments]
        changed = [task for task in self._tasks if self._kept.get(task.key) is None]
        if len(changed) > _TOGETHER:
            some = [changed[place : place + _TOGETHER] for place in range(0, len(changed), _TOGETHER)]
            made = workers.each(partial(_make, work, strict, self._there, self._kept), some, _WORTH_A_PROCESS)
            for _ in track(made, "生成网页"):
                pass
            changed = []
        folders = {os.path.dirname(path) for path in self._own if path.endswith(".md")}
        beside = {path: file for path, file in self._own.items() if os.path.dirname(path) in folders}
        swap.renew(work / "docs", beside.items())  # pages lead to files beside them
        for task in changed:
            self._there.place(task.entry, task.paths, work / "docs")
        logging.getLogger("mkdocs").addHandler(self._warnings)
        return work / "docs"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep the pages of departments that were made, and put all files of the site in place."""
        built = Path(config.site_dir)
        is_in_order = not (config.strict and self._warnings.get_counts())  # else MkDocs ends the build after this
        for task in self._tasks if is_in_order else ():
            if self._kept.get(task.key) is None:
                _keep(self._kept, task, built)
        if is_in_order:
            swap.renew(self._site, self._files(built))
            self._kept.prune(self._docs.name)
        self._close()

    def _files(self, built: Path) -> Iterator[tuple[str, str]]:
        """Yield the paths of all files of the site, and where each lies."""
        by_mkdocs, of_departments = {*swap.files(built)}, set()
        for task in self._tasks:
            of_departments |= {*self._kept.take(task.key)}
            yield from ((path, self._kept.where(task.key, path)) for path in self._kept.take(task.key))
            for path, there in departments.places(self._there, task.entry).items():
                if path not in task.paths:
                    yield there, self._there.where(task.entry, path)
        yield from ((path, f"{built}/{path}") for path in by_mkdocs - of_departments)
        own = self._own.items()
        yield from ((path, file) for path, file in own if path not in by_mkdocs and not path.endswith(".md"))

    def on_build_error(self, *, error: Exception) -> None:
        """Clear up."""
        self._close()

    def _close(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        self._open.close()

    def _task(self, entry: str, configuration: str, strict: bool) -> Task:
        files, places = self._there.take(entry), departments.places(self._there, entry)
        paths = {path: there for path, there in places.items() if path.endswith(".md")}
        sums = "".join(f"{there} {files[path].sha256}\n" for path, there in paths.items())
        return Task(store.key("pages", f"{configuration} {strict}", sums), entry, paths)
