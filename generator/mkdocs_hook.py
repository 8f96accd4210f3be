"""Runs the generator inside `mkdocs build` and `mkdocs serve`, as a plugin.

MkDocs' docs_dir is content/, which always exists and is watched. The plugin makes Markdown of it, and hands MkDocs the
configuration for the pages that have changed (mkdocs_pages.py). `python -m generator build && mkdocs build -f
build/docs.yml` does the same without the plugin.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin

from generator import build, mkdocs_pages, terminal, workers
from generator.build import Made


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin's options: beside `docs`, relative to mkdocs.yml, is kept what was made before."""

    docs = Type(str, default="build/docs")


class Plugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """What MkDocs calls; the methods have the names of its events."""

    _serving = False
    _last: Made | None = None  # the last good state

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
            made, diagnostics = build.prepare(content, docs, terminal.show_progress, late=self._serving)
            if diagnostics:
                terminal.tell(diagnostics, content)
            Plugin._last = made or (Plugin._last if self._serving else None)
            if Plugin._last is None:
                raise Abort(f"{content.name}/ 中有错误，网站没有改动。")
            site = Path(config.site_dir)
            return mkdocs_pages.configuration(docs, Plugin._last, site, config.strict, again=self._serving)
        except OSError as failed:
            raise Abort(terminal.refusal(failed)) from failed
