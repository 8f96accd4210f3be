"""Forms, also of results, that wait in content/DEPARTMENT/incoming/ → the files that they would become, and a report.

For people who have the form and no tools: a workflow runs this on their pull request, shows the report and offers the
files; a maintainer puts them in place. Nothing in the content is changed, and a document is an untrusted file: it is
read in a process with limits (importers), links are not followed, and its words are escaped in the report.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator import build, originals
from generator.analysis import change_report
from generator.content import corpus, draft, json_schema, yaml_reader, yaml_writer
from generator.content.yaml_reader import Data
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
    received = _all(content)
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


def _all(content: Path) -> list[Received]:
    """Read all documents: declarations first, since results answer them; what two of them become, the first does."""
    waiting = documents(content)
    first = {document: _read(document, content, {}) for document in waiting}
    declarations = {
        path: text
        for one in first.values()
        for path, text in one.files.items()
        if path.suffix == ".yaml" and not _is_results(path)
    }
    received, taken = [], dict[Path, str]()
    for document in waiting:
        one = first[document]
        if any(path.with_name(f"{path.name[:4]}.yaml") in declarations for path in one.files if _is_results(path)):
            one = _read(document, content, declarations)
        if twice := next((path for path in one.files if path.suffix == ".yaml" and path in taken), None):
            message = f"它和 {taken[twice]} 都会成为 {twice.parent.name}/{twice.name}。"
            one = Received(one.label, {}, [error(Mark(one.label), "I801", message, "一年一种表只放一份。")])
        taken |= dict.fromkeys(one.files, one.label)
        received.append(one._replace(files={**_department(one), **one.files}))
    return received


def _department(one: Received) -> Mapping[Path, bytes]:
    """Return the department.yaml of a new department, with the name that its form states."""
    for path, text in one.files.items():
        file = path.with_name("department.yaml")
        if path.suffix == ".yaml" and not file.exists():
            data = yaml_reader.load(text, path.name).data
            name = str(data["部门名称"]) if isinstance(data, dict) else draft.MARK
            if not name.startswith(draft.MARK.strip()):
                head: Data = {"部门名称": re.sub(r"[(（]汇总[)）]$", "", name)}
                return {file: (json_schema.modeline("department") + yaml_writer.dump(head)).encode()}
    return {}


def _is_results(path: Path) -> bool:
    return path.name.endswith(".results.yaml")


def _read(document: Path, content: Path, declarations: Mapping[Path, bytes]) -> Received:
    label = document.relative_to(content.parent).as_posix()
    if document.is_symlink():
        message, repair = "这是一个链接，不是文件。", "放入申报表或自评表的文件本身。"
        return Received(label, {}, [error(Mark(label), "I801", message, repair)])
    return Received(label, *proposal.propose(document, document.parent.parent, declarations))


def _told(one: Received) -> str:
    """Say what a document becomes, and what was taken for granted in it."""
    becomes = next((path for path in one.files if corpus.YEAR_FILE.fullmatch(path.name)), None)
    taken = f"作了 {len(one.notes)} 处认定，逐条核对：" if one.notes else "没有要认定的地方，仍要对照原表核对。"
    new = any(path.name == "department.yaml" for path in one.files)
    with_ = " 和新部门的 department.yaml（核对名称和文件夹名）" if new else ""
    head = f"→ {becomes.parent.name}/{becomes.name}{with_}，{taken}" if becomes else "没有导入："
    lines: Iterable[str] = (f"- {change_report.safe(note)}\n" for note in one.notes)
    return f"### {change_report.safe(one.label)}\n\n{head}\n\n{''.join(lines)}"


def is_complete(received: Iterable[Received]) -> bool:
    """Say whether every document could be read."""
    return not any(has_errors(one.notes) for one in received)
