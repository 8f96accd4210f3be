"""Runs the generator inside `mkdocs build` and `mkdocs serve`, as a plugin; the only module that knows MkDocs.

MkDocs' docs_dir is content/, which always exists and is watched. The plugin turns it into Markdown, and hands MkDocs
the configuration that the generator wrote beside it: `python -m generator build && mkdocs build -f build/docs.yml` does
the same without the plugin.
"""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator import build, headers, terminal
from generator.diagnostics.model import has_errors

# The same content gives the same bytes: without this, MkDocs writes today's date into the site map.
os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin's options: where the Markdown goes, relative to mkdocs.yml."""

    docs = Type(str, default="build/docs")


class Plugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """What MkDocs calls; the methods have the names of its events."""

    _serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is the live preview."""
        terminal.print_any_character()
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Turn content/ into Markdown; errors in the content stop the build before the site is touched.

        The live preview goes on showing the last good state instead: MkDocs would answer no request until all is well.
        """
        content, docs = Path(config.docs_dir), Path(config.config_file_path).parent / self.config.docs
        try:
            _, diagnostics = build.build(content, docs, terminal.show_progress)
        except OSError as failed:
            raise Abort(terminal.refusal(failed)) from failed
        if diagnostics:
            terminal.tell(diagnostics, content)
        written = build.configuration_file(docs)
        if has_errors(diagnostics) and not (self._serving and written.is_file()):
            raise Abort(f"{content.name}/ 中有错误，网站没有改动。")
        made = load_config(str(written), site_dir=config.site_dir, strict=config.strict)
        made.plugins["performance-targets"] = self
        return made

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what Material brings along and no page loads: source maps, the languages of a search not used."""
        unused = ("*.map", "assets/javascripts/lunr/*")
        return Files([file for file in files if not any(fnmatch(file.src_uri, pattern) for pattern in unused)])

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the security policy that the pages need; the live preview goes without."""
        if not self._serving:
            headers.write(Path(config.site_dir))
