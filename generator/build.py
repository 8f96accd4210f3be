"""START HERE: the whole flow, from content/ to the files that MkDocs turns into the site.

    content/*.yaml → trees with places → Declaration (typed) → diagnostics
                   → ledger (a promise through the years), verdicts, figures
                   → downloads, charts, Markdown pages, search index → build/docs, build/docs.yml
                   → MkDocs → site/

Everything between reading content/ and writing build/docs is a pure function; this module holds the two edges.
"""

from __future__ import annotations

import shutil
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import originals, swap
from generator.analysis import change_log, themes
from generator.analysis.change_log import Versions
from generator.checking import check as check
from generator.content.corpus import Corpus, Track, silently
from generator.diagnostics.model import Diagnostic, has_errors
from generator.resources import TEMPLATES
from generator.store import Store


def build(content: Path, docs: Path, track: Track = silently, late: bool = False) -> tuple[Corpus, list[Diagnostic]]:
    """Turn `content` into the folder `docs` for MkDocs, with its configuration; returns what was read, all diagnostics.

    When any of them is an error nothing is written: `docs` stays as it was. `late`: for a look at the pages, the
    tables of all departments may be those of an earlier state.
    """
    from generator import engine  # slow to import: a check goes without

    store = Store(cache_folder(docs) / "docs")
    declarations, diagnostics = check(content, track, store=store)
    if not has_errors(diagnostics):
        with swap.beside(docs) as new:
            make(declarations, change_log.read(content), new, track, store, late, date.today())
            swap.replace(docs, new)
            store.prune()
            originals.prune(declarations, originals.folder(content))
        made = engine.configuration(declarations, docs.resolve().name, set(swap.files(docs)))
        configuration_file(docs).write_text(made, encoding="utf-8", newline="\n")
    return declarations, diagnostics


def configuration_file(docs: Path) -> Path:
    """Return where the configuration for the Markdown in `docs` stands: build/docs.yml beside build/docs."""
    return docs.resolve().with_name(f"{docs.resolve().name}.yml")


def cache_folder(docs: Path) -> Path:
    """Return where the store for the Markdown in `docs` lies: build/cache beside build/docs."""
    return docs.resolve().with_name("cache")


def make(
    declarations: Corpus,
    history: Versions | None,
    folder: Path,
    track: Track = silently,
    store: Store | None = None,
    late: bool = False,
    today: date = date.max,
) -> None:
    """Write every file of the MkDocs source folder into the empty `folder`; `history` is what git knows, if anything.

    What `store` has is not made again; `late`: also where the tables of all departments have changed since. Results
    that are not due `today` are not missed; without a day, all are due. One department after the other: the whole site
    is never in memory.
    """
    if store is None:
        with TemporaryDirectory() as none_kept:
            return make(declarations, history, folder, track, Store(Path(none_kept)), today=today)
    from generator import departments  # slow to import, these: a check goes without
    from generator.exports import entries, search_index
    from generator.pages import editing, render, site_map

    tasks = departments.tasks(declarations, history, today)
    published = departments.put(tasks, store, folder, track)
    published = departments.put_site(tasks, declarations, history, published, store, folder, late)
    pages = render.Pages(declarations, history, published, TEMPLATES / "pages")
    parts = list(departments.years(tasks, store))
    held = {member.theme for part in parts for member in part.members}
    own = search_index.part([], entries.of_site(t for t in themes.of_site(declarations.site) if t in held))
    index = search_index.files(chain([own], departments.index(tasks, store)), declarations.site.synonyms)
    render.write(chain(render.of_site(pages, published, parts), index), folder)
    if address := declarations.site.address:
        pages_of_content = (path for path in swap.files(folder) if path.endswith(".md") and path != editing.PAGE)
        made = site_map.site_map(f"{address.rstrip('/')}/", pages_of_content)
        (folder / "sitemap.xml").write_text(made, encoding="utf-8", newline="\n")
    shutil.copytree(TEMPLATES / "assets", folder / "assets", dirs_exist_ok=True)
    if declarations.site.has_editing:
        shutil.copytree(TEMPLATES / "edit", folder / "assets/edit", ignore=shutil.ignore_patterns("README.md"))
    return None
