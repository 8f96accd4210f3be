"""Markdown → the pages of a site, by MkDocs: those of departments from the store, or anew, many by several processes.

MkDocs holds all pages that it makes in memory. So it makes the pages of a few departments at a time, each time as if
these were the site, and in the end the few dozen pages of the whole site, to which the others are added.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import Mapping
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

from generator import build, store, swap, workers
from generator.content.corpus import Corpus, Track, silently
from generator.store import Store

_TOGETHER = 20  # departments
_WORTH_A_PROCESS = 2  # times as many


class Task(NamedTuple):
    """A department whose pages are to be made: their key, and where their Markdown lies below the docs folder."""

    key: str
    paths: list[str]


def render(docs: Path, declarations: Corpus, site: Path, track: Track = silently) -> None:
    """Turn the Markdown in `docs` into the files of a site in the folder `site`; what is amiss ends the command."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        run(configuration(docs, declarations, site, strict=True, track=track))
    except Abort as failed:
        raise SystemExit(str(failed)) from failed


def configuration(docs: Path, declarations: Corpus, site: Path, strict: bool, track: Track = silently) -> MkDocsConfig:
    """Return the configuration for the pages that MkDocs is to make; the plugin in it adds the others.

    Where many are to be made, those of departments are made first. Raises Abort where MkDocs does.
    """
    plugin = Pages(docs.resolve(), [folder.address for folder in declarations.departments])
    return _configured(docs.resolve(), plugin.begin(strict, track), site, strict, plugin)


def _configured(docs: Path, here: Path, site: Path, strict: bool, plugin: Pages | Bare) -> MkDocsConfig:
    file = build.configuration_file(docs)
    made = load_config(str(file), docs_dir=str(here), site_dir=str(site), strict=strict)
    made.markdown_extensions.append("generator.pages.ready_html")  # saves time: an engine alone does without
    made.plugins["performance-targets"] = plugin
    return made


def _make(docs: Path, strict: bool, kept: Store, tasks: list[Task]) -> None:
    """Make the pages of some departments, and put them into the store."""
    with TemporaryDirectory(prefix="some", dir=_work(docs)) as work:
        here, site = Path(work, "docs"), Path(work, "site")
        swap.place(docs, {path: path for task in tasks for path in task.paths}, here)
        made = _configured(docs, here, site, strict, Bare())
        made.nav = None  # it names the site's own pages only
        run(made)
        for task in tasks:
            _keep(kept, task, site)
    gc.collect()  # MkDocs' pages hold each other: nothing else would give their memory back soon


def _keep(kept: Store, task: Task, site: Path) -> None:
    with kept.put(task.key) as entry:
        pages = (f"{path.removesuffix('md')}html" for path in task.paths)
        swap.place(site, {page: page for page in pages}, entry)


def _work(docs: Path) -> Path:
    return build.cache_folder(docs) / "changed"


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

    def __init__(self, docs: Path, departments: list[str]) -> None:
        self._docs, self._departments = docs, departments
        self._store = Store(build.cache_folder(docs) / "pages")
        self._open = ExitStack()
        self._tasks: list[Task] = []
        self._plain: list[str] = []

    def begin(self, strict: bool, track: Track) -> Path:
        """Return a folder with the Markdown that MkDocs is to read; it is there until the build has ended."""
        self._open.enter_context(swap.alone(self._docs))  # nobody replaces it in the meantime
        here = _work(self._docs)
        shutil.rmtree(here, ignore_errors=True)  # of a killed build
        here.mkdir(parents=True)
        self._open.callback(shutil.rmtree, here, ignore_errors=True)
        paths = list(swap.files(self._docs))
        self._plain = [path for path in paths if not path.endswith(".md") and not path.startswith(".")]
        pages: dict[str, list[str]] = {}
        for path in paths:
            if path.endswith(".md"):
                pages.setdefault(path.split("/")[0], []).append(path)
        self._tasks = self._keyed({department: pages.pop(department, []) for department in self._departments})
        changed = [task for task in self._tasks if self._store.get(task.key) is None]
        if len(changed) > _TOGETHER:
            some = [changed[place : place + _TOGETHER] for place in range(0, len(changed), _TOGETHER)]
            made = workers.each(partial(_make, self._docs, strict, self._store), some, _WORTH_A_PROCESS)
            for _ in track(made, "生成网页"):
                pass
            changed = []
        own = [path for paths in pages.values() for path in paths]
        folders = {os.path.dirname(path) for path in own}  # the site's own pages lead to files beside them
        own += [path for path in self._plain if os.path.dirname(path) in folders]
        own += [path for task in changed for path in task.paths]
        swap.place(self._docs, {path: path for path in own}, here / "docs")
        return here / "docs"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep the pages of departments that were made, and add those that were not, and all that is no page."""
        site = Path(config.site_dir)
        for task in self._tasks:
            files = self._store.get(task.key)
            if files is None:
                _keep(self._store, task, site)
            else:
                self._store.place(task.key, {path: path for path in files}, site)
        swap.place(self._docs, {path: path for path in self._plain if not os.path.exists(f"{site}/{path}")}, site)
        self._store.prune()
        self._open.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Clear up."""
        self._open.close()

    def _keyed(self, pages: Mapping[str, list[str]]) -> list[Task]:
        configuration = build.configuration_file(self._docs).read_bytes()
        made = []
        for paths in pages.values():
            sums = "".join(f"{path} {store.digest(self._docs / path)}\n" for path in paths)
            made.append(Task(store.key("pages", configuration, sums), paths))
        return made
