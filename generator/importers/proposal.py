"""An imported form → the files that are proposed for content/: the YAML, and the document it was taken from."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

from generator import importers
from generator.content import json_schema, yaml_writer
from generator.diagnostics.model import Diagnostic, Mark, error
from generator.importers import UnreadableError, form

_YEAR = re.compile(r"(19|20)\d{2}", re.ASCII)


def propose(document: Path, into: Path | None) -> tuple[dict[Path, bytes], list[Diagnostic]]:
    """Read a document; returns the files to write and the notes. A fault is one error (I801) and no file.

    `into` is the YAML file to be written, content/DEPARTMENT/2024.yaml, or the department's folder: then the form's
    year names the file, else the document's name; None when it is only to be shown (then its path is empty). The
    document goes to `sources/` beside it, and is registered there with its SHA-256.
    """
    try:
        made = form.read(importers.read(document), document.name)
    except UnreadableError as refused:
        return {}, [error(Mark(document.name), "I801", refused.message, refused.repair)]
    data, raw = dict(made.data), document.read_bytes()
    if into and into.is_dir():
        year = next((y for y in (str(data["年度"]), document.stem) if _YEAR.fullmatch(y)), None)
        if year is None:
            repair = "把文件名改成年度，如 2025.xlsx。"
            return {}, [
                *made.notes,
                error(Mark(document.name), "I801", "没有找到年度，不知道是哪一年的申报表。", repair),
            ]
        into, data["年度"] = into / f"{year}.yaml", year
    source = f"sources/{data['年度'] if into is None else into.stem}{document.suffix.lower()}"
    files: dict[Path, bytes] = {}
    if "来源" not in data:
        data["来源"] = {"文件": source, "SHA-256": sha256(raw).hexdigest()}
        files = {into.parent / source: raw} if into else {}
    text = json_schema.modeline("declaration") + yaml_writer.dump(data)
    if made.unplaced:
        lines = [f"# 第 {c.row} 行第 {c.column} 列：{' '.join(c.text.split())}\n" for c in made.unplaced]
        text += "# 以下内容在原文件里，不知道放在哪里：\n" + "".join(lines)
    return {into or Path(): text.encode(), **files}, made.notes


def write(files: dict[Path, bytes], force: bool) -> list[Path]:
    """Write the proposed files; returns those that stand in the way, and then writes nothing (unless `force`)."""
    there = [file for file, content in files.items() if file.exists() and file.read_bytes() != content]
    if there and not force:
        return there
    for file, content in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f".{file.name}.new")
        half.write_bytes(content)
        os.replace(half, file)
    return []
