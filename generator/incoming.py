"""Forms that somebody put into content/DEPARTMENT/incoming/ → the files that they would become, and a report.

For people who have the form and no tools: a workflow runs this on their pull request, shows the report and offers the
files; a maintainer puts them in place. Nothing in the content is changed, and a document is an untrusted file: it is
read in a process with limits (importers), links are not followed, and its words are escaped in the report.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator import build, originals
from generator.analysis import change_report
from generator.content import corpus
from generator.diagnostics.model import Diagnostic, Mark, error, has_errors
from generator.importers import proposal


class Received(NamedTuple):
    """A document as it was read: its name in messages, the files that it becomes, by their paths, and the notes."""

    label: str
    files: Mapping[Path, bytes]
    notes: list[Diagnostic]


def documents(content: Path) -> list[Path]:
    """Return the documents that wait in the incoming folders of `content`."""
    found = (path for path in content.glob(f"*/{corpus.INCOMING}/*") if not path.name.startswith("."))
    return sorted(path for path in found if path.is_symlink() or not path.is_dir())


def receive(content: Path, output: Path) -> tuple[list[Received], str]:
    """Read the documents that wait in `content`; returns them, and a report in Markdown of what readers would see.

    The files are written below the folder `output`, each in its place: DEPARTMENT/2025.yaml, DEPARTMENT/sources/….
    """
    received = [_read(document, content) for document in documents(content)]
    for one in received:
        proposal.write({output / path.relative_to(content): text for path, text in one.files.items()}, force=True)
    with TemporaryDirectory() as work:
        then = Path(work, content.resolve().name)
        shutil.copytree(content, then, symlinks=True)
        for one in received:
            proposal.write({then / path.relative_to(content): text for path, text in one.files.items()}, force=True)
        kept = originals.folder(content)
        sides = (change_report.Side(*build.check(folder, kept=kept)) for folder in (content, then))
        changes = change_report.report(*sides)
    return received, "\n".join([*map(_told, received), changes.markdown])


def _read(document: Path, content: Path) -> Received:
    label = document.relative_to(content.parent).as_posix()
    if document.is_symlink():
        return Received(label, {}, [error(Mark(label), "I801", "这是一个链接，不是文件。", "放入申报表的文件本身。")])
    return Received(label, *proposal.propose(document, document.parent.parent))


def _told(one: Received) -> str:
    """Say what a document becomes, and what was taken for granted in it."""
    becomes = next((path for path in one.files if path.suffix == ".yaml"), None)
    taken = f"作了 {len(one.notes)} 处认定，逐条核对：" if one.notes else "没有要认定的地方，仍要对照原表核对。"
    head = f"→ {becomes.parent.name}/{becomes.name}，{taken}" if becomes else "没有导入："
    lines: Iterable[str] = (f"- {change_report.safe(note)}\n" for note in one.notes)
    return f"### {change_report.safe(one.label)}\n\n{head}\n\n{''.join(lines)}"


def is_complete(received: Iterable[Received]) -> bool:
    """Say whether every document could be read."""
    return not any(has_errors(one.notes) for one in received)
