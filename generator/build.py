"""START HERE: the whole flow, from content/ to the files that an engine turns into the site.

    content/*.yaml → trees with places → Declaration (typed) → diagnostics
                   → ledger (a promise through the years), verdicts, figures
                   → downloads, charts, Markdown pages, search index → the store in build/cache
                   → MkDocs → site/ (mkdocs_pages.py, release.py); or build/docs, build/docs.yml for any engine

Everything between reading content/ and writing to the store is a pure function; this module holds the two edges.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from generator import originals, swap
from generator.analysis import change_log, themes
from generator.analysis.change_log import Versions
from generator.checking import check as check
from generator.content.corpus import Corpus, Track, silently
from generator.diagnostics.model import Diagnostic, has_errors
from generator.resources import TEMPLATES
from generator.store import Store, key

if TYPE_CHECKING:
    from generator.departments import Task
    from generator.exports.catalogue import Published


class Made(NamedTuple):
    """What an engine is given: the content, and what the store keeps the files under: `own` those of the whole site,
    `tables` its downloads, `departments` those of each department.
    """

    corpus: Corpus
    own: str
    tables: str
    departments: list[str]

    @property
    def entries(self) -> list[str]:
        """Return all keys."""
        return [self.own, self.tables, *self.departments]


def build(content: Path, docs: Path, track: Track = silently) -> tuple[Corpus, list[Diagnostic]]:
    """Turn `content` into the folder `docs` for an engine, with its configuration; returns what was read, all findings.

    When any of them is an error nothing is written: `docs` stays as it was.
    """
    from generator import departments, engine  # slow to import, these: a check goes without

    store = store_of(docs)
    declarations, diagnostics = check(content, track, store=store)
    if not has_errors(diagnostics):
        with swap.beside(docs) as new:
            made = _made(declarations, change_log.read(content), store, date.today(), track)
            departments.place(made.entries, store, new)
            swap.replace(docs, new)
            _prune(content, docs, declarations, store)
        written = engine.configuration(declarations, docs.resolve().name, set(swap.files(docs)))
        configuration_file(docs).write_text(written, encoding="utf-8", newline="\n")
    return declarations, diagnostics


def prepare(
    content: Path, docs: Path, track: Track = silently, late: bool = False
) -> tuple[Made | None, list[Diagnostic]]:
    """Make what `build` would write to `docs`, and leave it in the store: an engine that runs at once needs little.

    Returns all findings, and nothing else when any of them is an error. `late`: for a look at the pages, the tables of
    all departments may be those of an earlier state.
    """
    store = store_of(docs)
    declarations, diagnostics = check(content, track, store=store)
    if has_errors(diagnostics):
        return None, diagnostics
    made = _made(declarations, change_log.read(content), store, date.today(), track, late)
    _prune(content, docs, declarations, store)
    return made, diagnostics


def _prune(content: Path, docs: Path, declarations: Corpus, store: Store) -> None:
    store.prune(docs.resolve().name)
    originals.prune(declarations, originals.folder(content))


def store_of(docs: Path) -> Store:
    """Return the store of what is made for an engine."""
    return Store(cache_folder(docs) / "docs")


def configuration_file(docs: Path) -> Path:
    """Return where the configuration for the Markdown in `docs` stands: build/docs.yml beside build/docs."""
    return docs.resolve().with_name(f"{docs.resolve().name}.yml")


def cache_folder(docs: Path) -> Path:
    """Return where the store for the Markdown in `docs` lies: build/cache beside build/docs."""
    return docs.resolve().with_name("cache")


def make(declarations: Corpus, history: Versions | None, folder: Path, today: date = date.max) -> None:
    """Write every file of the engine's source folder into the empty `folder`; `history` is what git knows, if anything.

    Results that are not due `today` are not missed; without a day, all are due.
    """
    from generator import departments

    with TemporaryDirectory() as none_kept:
        store = Store(Path(none_kept))
        made = _made(declarations, history, store, today)
        departments.place(made.entries, store, folder)


def _made(
    corpus: Corpus, history: Versions | None, store: Store, today: date, track: Track = silently, late: bool = False
) -> Made:
    """See to it that the store has all files, one department after the other: never is the whole site in memory."""
    from generator import departments

    tasks = departments.tasks(corpus, history, today)
    published = departments.made(tasks, store, track)
    state = departments.state(tasks, corpus, history)
    tables = departments.tables(state, tasks, corpus, history, published, store, late)
    own = key("own", state, tables)
    if store.get(own) is None:
        with store.put(own) as entry:
            published = {**published, **departments.downloads(store, tables)}
            _write_own(tasks, corpus, history, published, store, entry / "own")
    return Made(corpus, own, tables, [task.key for task in tasks])


def _write_own(
    tasks: list[Task],
    corpus: Corpus,
    history: Versions | None,
    published: Mapping[str, Published],
    store: Store,
    folder: Path,
) -> None:
    """Write the pages of the whole site, its search index, its site map and its assets."""
    from generator import departments
    from generator.exports import entries, search_index
    from generator.pages import editing, render, site_map

    pages = render.Pages(corpus, history, published, TEMPLATES / "pages")
    parts = list(departments.years(tasks, store))
    held = {member.theme for part in parts for member in part.members}
    own = search_index.part([], entries.of_site(t for t in themes.of_site(corpus.site) if t in held))
    index = search_index.files(chain([own], departments.index(tasks, store)), corpus.site.synonyms)
    render.write(chain(render.of_site(pages, published, parts), index), folder)
    if address := corpus.site.address:
        paths = sorted({*swap.files(folder), *departments.paths(tasks, store)})
        of_content = (path for path in paths if path.endswith(".md") and path != editing.PAGE)
        made = site_map.site_map(f"{address.rstrip('/')}/", of_content)
        (folder / "sitemap.xml").write_text(made, encoding="utf-8", newline="\n")
    # With a time of their own: those of a package may all be the same, whatever its files say.
    shutil.copytree(TEMPLATES / "assets", folder / "assets", copy_function=shutil.copyfile)
    if corpus.site.has_editing:
        unwanted = shutil.ignore_patterns("README.md")
        shutil.copytree(TEMPLATES / "edit", folder / "assets/edit", ignore=unwanted, copy_function=shutil.copyfile)
