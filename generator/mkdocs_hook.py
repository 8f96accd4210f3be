"""Runs the generator before MkDocs reads build/docs; the only module that knows MkDocs.

Nothing else depends on it: with an engine that has no hooks, `python -m generator build` does the same.
"""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator import build, cli
from generator.diagnostics.model import has_errors
from generator.pages.render import escape

# The same content gives the same bytes: without this, MkDocs writes today's date into the site map.
os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")


_serving = False


def on_startup(command: str, dirty: bool) -> None:
    """Note whether this is the live preview."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Turn content/ into the docs folder; errors in the content stop the build before the site is touched.

    The live preview goes on showing the last good state instead: MkDocs would answer no request until all is well.
    """
    root = Path(config.config_file_path).parent
    content = root / config.extra.get("content", "content")
    try:
        corpus, diagnostics = build.build(content, Path(config.docs_dir), cli.show_progress)
    except OSError as failed:
        raise Abort(cli.refusal(failed)) from failed
    if diagnostics:
        cli.tell(diagnostics, content)
    if has_errors(diagnostics) and not (_serving and (Path(config.docs_dir) / "index.md").is_file()):
        raise Abort("content/ 中有错误，网站没有改动。")
    # The theme puts these into its pages as they are.
    config.site_name = escape(corpus.site.name)
    config.site_url = corpus.site.address and f"{corpus.site.address.rstrip('/')}/"
    config.repo_url = corpus.site.repository and corpus.site.repository.rstrip("/")
    config.repo_name = "版本库"
    config.extra["feed"] = (Path(config.docs_dir) / "feed.xml").is_file()
    labels = corpus.site.model_dump(by_alias=True, exclude_none=True)
    config.extra["site"] = {label: escape(text) for label, text in labels.items() if isinstance(text, str)}
    return config
