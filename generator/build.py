"""START HERE: the whole flow, from content/ to the files that MkDocs turns into the site.

    content/*.yaml → trees with places → Declaration (typed) → diagnostics
                   → ledger (a promise through the years), verdicts, figures
                   → downloads, charts, Markdown pages, search index → build/docs, build/docs.yml
                   → MkDocs → site/

Everything between reading content/ and writing build/docs is a pure function; this module holds the two edges.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator import originals, swap
from generator.analysis import change_log, themes
from generator.analysis.change_log import Versions
from generator.checking import check as check
from generator.content.corpus import Corpus, Track, silently
from generator.diagnostics.model import Diagnostic, has_errors
from generator.resources import TEMPLATES
from generator.store import Store


class Made(NamedTuple):
    """What an engine is given: the content, the folder `own` with the files that belong to no department, and by the
    address of each department what the store keeps its files under.
    """

    corpus: Corpus
    own: Path
    entries: Mapping[str, str]


def build(content: Path, docs: Path, track: Track = silently) -> tuple[Corpus, list[Diagnostic]]:
    """Turn `content` into the folder `docs` for an engine, with its configuration; returns what was read, all findings.

    When any of them is an error nothing is written: `docs` stays as it was.
    """
    from generator import departments, engine  # slow to import, these: a check goes without

    store = store_of(docs)
    declarations, diagnostics = check(content, track, store=store)
    if not has_errors(diagnostics):
        with swap.beside(docs) as new:
            entries = _own(declarations, change_log.read(content), new, track, store, False, date.today())
            departments.place(entries.values(), store, new)
            swap.replace(docs, new)
            _prune(content, declarations, store)
        made = engine.configuration(declarations, docs.resolve().name, set(swap.files(docs)))
        configuration_file(docs).write_text(made, encoding="utf-8", newline="\n")
    return declarations, diagnostics


def prepare(
    content: Path, docs: Path, track: Track = silently, late: bool = False
) -> tuple[Made | None, list[Diagnostic]]:
    """Make what `build` would write to `docs`, and leave it where it is: an engine that runs at once needs few of these
    files. Returns all findings, and nothing else when any of them is an error.

    `late`: for a look at the pages, the tables of all departments may be those of an earlier state.
    """
    store, own = store_of(docs), cache_folder(docs) / f"own-{docs.resolve().name}"
    declarations, diagnostics = check(content, track, store=store)
    if has_errors(diagnostics):
        return None, diagnostics
    with swap.beside(own) as new:
        entries = _own(declarations, change_log.read(content), new, track, store, late, date.today())
        swap.replace(own, new)
        _prune(content, declarations, store)
    return Made(declarations, own, entries), diagnostics


def _prune(content: Path, declarations: Corpus, store: Store) -> None:
    store.prune()
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
        entries = _own(declarations, history, folder, silently, store, False, today)
        departments.place(entries.values(), store, folder)


def _own(
    declarations: Corpus,
    history: Versions | None,
    folder: Path,
    track: Track,
    store: Store,
    late: bool,
    today: date,
) -> Mapping[str, str]:
    """Write the files that belong to no department into the empty `folder`; returns where the store has the others.

    One department after the other: the whole site is never in memory.
    """
    from generator import departments
    from generator.exports import entries, search_index
    from generator.pages import editing, render, site_map

    tasks = departments.tasks(declarations, history, today)
    published = departments.made(tasks, store, track)
    published = departments.put_site(tasks, declarations, history, published, store, folder, late)
    pages = render.Pages(declarations, history, published, TEMPLATES / "pages")
    parts = list(departments.years(tasks, store))
    held = {member.theme for part in parts for member in part.members}
    own = search_index.part([], entries.of_site(t for t in themes.of_site(declarations.site) if t in held))
    index = search_index.files(chain([own], departments.index(tasks, store)), declarations.site.synonyms)
    render.write(chain(render.of_site(pages, published, parts), index), folder)
    if address := declarations.site.address:
        paths = sorted({*swap.files(folder), *departments.paths(tasks, store)})
        of_content = (path for path in paths if path.endswith(".md") and path != editing.PAGE)
        made = site_map.site_map(f"{address.rstrip('/')}/", of_content)
        (folder / "sitemap.xml").write_text(made, encoding="utf-8", newline="\n")
    shutil.copytree(TEMPLATES / "assets", folder / "assets", dirs_exist_ok=True)
    if declarations.site.has_editing:
        shutil.copytree(TEMPLATES / "edit", folder / "assets/edit", ignore=shutil.ignore_patterns("README.md"))
    return {task.address: task.key for task in tasks}
