"""Runs the generator inside `mkdocs build` and `mkdocs serve`, as a plugin; the only module that knows MkDocs.

MkDocs' docs_dir is content/, which always exists and is watched. The plugin turns it into Markdown, and hands MkDocs
the configuration that the generator wrote beside it: `python -m generator build && mkdocs build -f build/docs.yml` does
the same without the plugin. With it, MkDocs is given only the pages that have changed; the others are in the store.
"""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import ExitStack
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from mkdocs.commands.build import build as run
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator import build, store, swap, terminal, workers
from generator.content.corpus import Corpus
from generator.diagnostics.model import has_errors


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin's options: where the Markdown goes, relative to mkdocs.yml."""

    docs = Type(str, default="build/docs")


class Plugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """What MkDocs calls; the methods have the names of its events."""

    _serving = False
    _last: Corpus | None = None  # the last good state

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is the live preview."""
        terminal.print_any_character()
        workers.collect_rarely()
        Plugin._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Turn content/ into Markdown; errors in the content stop the build before the site is touched.

        The live preview goes on showing the last good state instead: MkDocs would answer no request until all is well.
        """
        content, docs = Path(config.docs_dir), Path(config.config_file_path).parent / self.config.docs
        docs = docs.with_name("preview") if self._serving else docs
        try:
            declarations, diagnostics = build.build(content, docs, terminal.show_progress, late=self._serving)
            if diagnostics:
                terminal.tell(diagnostics, content)
            if not has_errors(diagnostics):
                Plugin._last = declarations
            elif not (self._serving and Plugin._last):
                raise Abort(f"{content.name}/ 中有错误，网站没有改动。")
            return _configuration(docs, Plugin._last or declarations, Path(config.site_dir), config.strict)
        except OSError as failed:
            raise Abort(terminal.refusal(failed)) from failed


def render(docs: Path, declarations: Corpus, site: Path) -> None:
    """Turn the Markdown in `docs` into the files of a site in the folder `site`; what is amiss ends the command."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        run(_configuration(docs, declarations, site, strict=True))
    except Abort as failed:
        raise SystemExit(str(failed)) from failed


def _configuration(docs: Path, declarations: Corpus, site: Path, strict: bool) -> MkDocsConfig:
    """Return the configuration for the pages that MkDocs is to make; the plugin in it adds the others."""
    pages = Pages(docs.resolve(), [folder.address for folder in declarations.departments])
    made = load_config(
        str(build.configuration_file(docs)), docs_dir=str(pages.begin()), site_dir=str(site), strict=strict
    )
    made.markdown_extensions.append("generator.pages.ready_html")  # saves time: an engine alone does without
    made.plugins["performance-targets"] = pages
    return made


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """What MkDocs wants of a plugin that has none."""


class Pages(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Has MkDocs make the site's own pages, a few dozen, and those of departments that have changed."""

    def __init__(self, docs: Path, departments: list[str]) -> None:
        self._docs, self._departments = docs, departments
        self._store = store.Store(build.cache_folder(docs) / "pages")
        self._open = ExitStack()
        self._keys: dict[str, str] = {}
        self._paths: list[str] = []

    def begin(self) -> Path:
        """Return a folder with the Markdown that MkDocs is to read; it is there until the build has ended."""
        self._open.enter_context(swap.alone(self._docs))  # nobody replaces it in the meantime
        here = build.cache_folder(self._docs) / "changed"
        shutil.rmtree(here, ignore_errors=True)  # of a killed build
        self._paths = list(swap.files(self._docs))
        configuration = build.configuration_file(self._docs).read_bytes()
        pages: dict[str, list[str]] = {}
        for path in self._paths:
            if path.endswith(".md"):
                pages.setdefault(path.split("/")[0], []).append(path)
        known = {department: pages.pop(department, []) for department in self._departments}
        for department, paths in known.items():
            sums = [f"{path} {store.digest(self._docs / path)}\n" for path in paths]
            self._keys[department] = store.key("pages", configuration, "".join(sums))
        self._open.callback(shutil.rmtree, here, ignore_errors=True)
        changed = [paths for department, paths in known.items() if self._store.get(self._keys[department]) is None]
        own = [path for paths in pages.values() for path in paths]
        folders = {os.path.dirname(path) for path in own}  # the site's own pages lead to files beside them
        own += [path for path in self._paths if os.path.dirname(path) in folders and not path.endswith(".md")]
        here.mkdir(parents=True)
        swap.place(self._docs, {path: path for path in (*own, *(path for paths in changed for path in paths))}, here)
        return here

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what Material brings along and no page loads: source maps, the languages of a search not used."""
        unused = ("*.map", "assets/javascripts/lunr/*")
        return Files([file for file in files if not any(fnmatch(file.src_uri, pattern) for pattern in unused)])

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep the pages of departments that were made, and add those that were not, and all that is no page."""
        site = Path(config.site_dir)
        for department, key in self._keys.items():
            files = self._store.get(key)
            if files is None:
                with self._store.put(key) as entry:
                    for path in self._of(department):
                        (entry / path).parent.mkdir(parents=True, exist_ok=True)
                        shutil.copyfile(site / path, entry / path)
            else:
                self._store.place(key, {path: path for path in files}, site)
        plain = (path for path in self._paths if not path.endswith(".md") and not path.startswith("."))
        swap.place(self._docs, {path: path for path in plain if not os.path.exists(f"{site}/{path}")}, site)
        self._store.prune()
        self._open.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Clear up."""
        self._open.close()

    def _of(self, department: str) -> list[str]:
        here = (path for path in self._paths if path.endswith(".md") and path.startswith(f"{department}/"))
        return [f"{path.removesuffix('md')}html" for path in here]
