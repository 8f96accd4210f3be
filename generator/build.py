"""START HERE: the whole flow, from content/ to the files that MkDocs turns into the site.

    content/*.yaml → nodes with positions → Declaration (typed) + places → diagnostics
                   → ledger (an indicator through the years), changes, figures
                   → charts, Markdown pages → build/docs, build/docs.yml → MkDocs → site/ → search index

Everything between reading content/ and writing build/docs is a pure function; this module holds the two edges.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from generator import rules
from generator.analysis import change_log
from generator.analysis.change_log import History
from generator.content import corpus
from generator.content.corpus import Corpus, Track, silently
from generator.diagnostics.model import Diagnostic, Severity, has_errors, in_order
from generator.resources import TEMPLATES

Content: TypeAlias = bytes | Path


def build(content: Path, docs: Path, track: Track = silently) -> tuple[Corpus, list[Diagnostic]]:
    """Turn `content` into the folder `docs` for MkDocs, with its configuration; returns what was read, all diagnostics.

    When any of them is an error nothing is written: `docs` stays as it was.
    """
    from generator import engine  # slow to import: a check goes without

    declarations, diagnostics = check(content, track)
    if not has_errors(diagnostics):
        write(docs, files(declarations, change_log.read(content), track))
        made = engine.configuration(declarations.site, docs.resolve().name, (docs / "feed.xml").is_file())
        configuration_file(docs).write_text(made, encoding="utf-8", newline="\n")
    return declarations, diagnostics


def configuration_file(docs: Path) -> Path:
    """Return where the configuration for the Markdown in `docs` stands: build/docs.yml beside build/docs."""
    return docs.resolve().with_name(f"{docs.resolve().name}.yml")


def check(content: Path, track: Track = silently, only: str | None = None) -> tuple[Corpus, list[Diagnostic]]:
    """Read `content`, or of its declarations those of one department only, and apply every rule."""
    declarations, faults = corpus.load(content, track, only)
    found = faults + rules.run(declarations)
    # Last year's values (F209), or those of a year that is wrong (F206), say nothing about this year yet.
    waiting = {d.mark.file for d in found if d.code in ("F209", "F206")}
    return declarations, in_order([d for d in found if d.severity is Severity.ERROR or d.mark.file not in waiting])


def files(declarations: Corpus, history: History | None, track: Track = silently) -> Iterator[tuple[str, Content]]:
    """Yield every file of the MkDocs source folder with its path; `history` is what git knows, None without it.

    One at a time, so that the whole site is never in memory. A Path is there only until the next one is asked for.
    """
    from generator.exports import catalogue
    from generator.pages import render  # slow to import, these two: a check goes without

    published: dict[str, catalogue.Published] = {}
    yield from catalogue.files(declarations, history, published, track)
    for path, text in render.render(declarations, history, published, TEMPLATES / "pages", track):
        yield path, text.encode()
    for asset in sorted(p for p in (TEMPLATES / "assets").rglob("*") if p.is_file()):
        yield f"assets/{asset.relative_to(TEMPLATES / 'assets').as_posix()}", asset


def write(folder: Path, made: Iterable[tuple[str, Content]]) -> None:
    """Make `folder` hold exactly the files in `made`, touching only what differs.

    A file is replaced in one step, and an equal one is left alone: `mkdocs serve` watches the folder and would
    rebuild for ever otherwise. Dot files (.gitkeep) are not ours.
    """
    paths = set()
    for path, content in made:
        paths.add(path)
        file = folder / path
        if file.is_file() and _same(file, content):
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f".{file.name}.new")
        if isinstance(content, Path):
            shutil.copyfile(content, half)
        else:
            half.write_bytes(content)
        os.replace(half, file)
    for old in sorted(folder.rglob("*"), reverse=True):
        path = old.relative_to(folder).as_posix()
        if old.is_dir():
            if not any(old.iterdir()):
                old.rmdir()
        elif path not in paths and not old.name.startswith("."):
            old.unlink()


def _same(file: Path, content: Content) -> bool:
    return filecmp.cmp(file, content, False) if isinstance(content, Path) else file.read_bytes() == content
