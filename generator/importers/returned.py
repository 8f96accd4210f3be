"""A workbook of ours that was filled in and sent back: what was changed in it since it was made.

It says from which content it was made (generator/forms/origin.py); that is sought in the content folder, then in git.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from generator import git
from generator.analysis.changes import differences
from generator.content import validation, yaml_reader, yaml_writer
from generator.content.yaml_reader import Data
from generator.declaration.model import Declaration
from generator.diagnostics.model import Diagnostic, Mark, Severity
from generator.forms.origin import Origin

CODE = "I815"


def changed(origin: Origin, data: Data, into: Path | None, document: str) -> list[Diagnostic]:
    """Say how the imported `data` differ from the content that the `document` was made from, field by field.

    `into` is the YAML file that they shall be written to. Where that content is not found, or has changed meanwhile,
    that is said.
    """
    notes = list(_places(origin, into, document))
    before = _declaration(content) if into and (content := _content(origin, into.parent.parent)) else None
    after = _declaration(yaml_writer.dump(data).encode())
    if before is None or after is None:
        why = _WHY["into"] if into is None else _WHY["before"] if before is None else _WHY["after"]
        return [*notes, _note(document, f"这份表由本站生成（{origin.department}/{origin.year}），{why}", "逐项对照。")]
    found = differences(before, after)
    message = f"这份表由本站生成（{origin.department}/{origin.year}），自那以后改动 {len(found)} 处。"
    notes.append(_note(document, message, "逐处核对下面列出的改动。" if found else "不用再导入。"))
    for label, old, new, *_ in found:
        words = f"{label}：{_said(old)} → {_said(new)}"
        notes.append(_note(document, words, "核对这处改动是不是部门的意思。", Severity.NOTICE))
    return notes


_WHY = {
    "into": "没有写明导入到哪里，不能说明改了什么。加上 -o content/部门文件夹/年度.yaml 再看。",
    "before": "内容文件夹和版本库里都没有生成它的那个版本，不能说明改了什么。",
    "after": "有些项目没有读出来，不能说明改了什么。",
}


def _places(origin: Origin, into: Path | None, document: str) -> Iterator[Diagnostic]:
    """Say where the file to be written is another one, or is no more what the document was made from."""
    if into is None:
        return
    if (into.parent.name, into.stem) != (origin.department, origin.year):
        made, there = f"{origin.department}/{origin.year}", f"{into.parent.name}/{into.stem}"
        yield _note(document, f"这份表由 {made} 生成，却要写到 {there}。", "核对是不是选错了文件或位置。")
    elif into.is_file() and sha256(into.read_bytes()).hexdigest() != origin.sha256:
        message = f"{into.name} 在这份表发出以后也改过，导入会覆盖那些改动。"
        yield _note(document, message, "先不加 -o 导入，与现在的文件比较，再决定写哪一份。")


def _content(origin: Origin, folder: Path) -> bytes | None:
    """Find the bytes of the YAML file that an origin names, in the content folder or among its versions in git."""
    name = f"{origin.department}/{origin.year}.yaml"
    there = [(folder / name).read_bytes()] if (folder / name).is_file() else []
    try:
        earlier = [version.content for _, version in git.versions(folder, name) if version.content is not None]
    except git.GitError:
        earlier = []
    return next((bytes_ for bytes_ in there + earlier if sha256(bytes_).hexdigest() == origin.sha256), None)


def _declaration(content: bytes) -> Declaration | None:
    return validation.validate(Declaration, yaml_reader.load(content, "f"))[0]


def _said(text: str | None) -> str:
    return "（没有）" if text is None else f"“{text}”"


def _note(document: str, message: str, repair: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(Mark(document), CODE, severity, message, repair)
