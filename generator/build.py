"""START HERE: the whole flow, from content/ to the files that MkDocs turns into the site.

    content/*.yaml → trees with places → Declaration (typed) → diagnostics
                   → ledger (a promise through the years), verdicts, figures
                   → downloads, charts, Markdown pages → build/docs, build/docs.yml
                   → MkDocs → site/ → search index

Everything between reading content/ and writing build/docs is a pure function; this module holds the two edges.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import rules
from generator.analysis import change_log
from generator.analysis.change_log import Versions
from generator.content import corpus
from generator.content.corpus import Corpus, Track, silently
from generator.diagnostics.model import Diagnostic, Severity, has_errors, in_order
from generator.resources import TEMPLATES


def build(content: Path, docs: Path, track: Track = silently) -> tuple[Corpus, list[Diagnostic]]:
    """Turn `content` into the folder `docs` for MkDocs, with its configuration; returns what was read, all diagnostics.

    When any of them is an error nothing is written: `docs` stays as it was.
    """
    from generator import engine  # slow to import: a check goes without

    declarations, diagnostics = check(content, track)
    if not has_errors(diagnostics):
        docs.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{docs.name}-", dir=docs.parent) as beside:
            make(declarations, change_log.read(content), Path(beside), track, date.today())
            replace(docs, Path(beside))
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


def make(
    declarations: Corpus, history: Versions | None, folder: Path, track: Track = silently, today: date = date.max
) -> None:
    """Write every file of the MkDocs source folder into the empty `folder`; `history` is what git knows, if anything.

    `today` tells which results are not due yet (without it, all are). One file after the other: the whole site is
    never in memory.
    """
    from generator.exports import catalogue  # slow to import, these two: a check goes without
    from generator.pages import render

    published = catalogue.write(declarations, history, folder, track)
    for path, text in render.render(declarations, history, published, TEMPLATES / "pages", track, today):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    shutil.copytree(TEMPLATES / "assets", folder / "assets", dirs_exist_ok=True)


def replace(folder: Path, made: Path) -> None:
    """Make `folder` hold exactly the files of `made`, which are moved; both lie on one disk.

    An equal file is left alone: `mkdocs serve` watches the folder and would rebuild for ever otherwise. Dot files
    (.gitkeep) are not ours.
    """
    new = {file.relative_to(made): file for file in made.rglob("*") if file.is_file()}
    for path, file in new.items():
        there = folder / path
        if not (there.is_file() and filecmp.cmp(there, file, shallow=False)):
            there.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file, there)
    for old in sorted(folder.rglob("*"), reverse=True):
        if old.is_dir():
            if not any(old.iterdir()):
                old.rmdir()
        elif old.relative_to(folder) not in new and not old.name.startswith("."):
            old.unlink()
