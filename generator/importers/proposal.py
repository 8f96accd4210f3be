"""An imported form → the files that are proposed for content/: the YAML, and the document it was taken from."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from generator import importers
from generator.content import draft, json_schema, validation, yaml_reader, yaml_writer
from generator.declaration.model import Declaration
from generator.diagnostics.model import Diagnostic, Mark, error
from generator.forms.grid import Grid
from generator.importers import UnreadableError, form, results, returned
from generator.importers.places import with_places
from generator.importers.reading import Imported

_YEAR = re.compile(r"(19|20)\d{2}", re.ASCII)
_YEAR_IN_NAME = re.compile(rf"(?<!\d){_YEAR.pattern}(?!\d)", re.ASCII)  # 2024.results.xlsx, 2024年自评表.xlsx


def propose(
    document: Path, into: Path | None, beside: Mapping[Path, bytes] = MappingProxyType({})
) -> tuple[dict[Path, bytes], list[Diagnostic]]:
    """Read a document; returns the files to write and the notes. A fault is one error (I801) and no file.

    `into` is the YAML file to be written, content/DEPARTMENT/2024.yaml or 2024.results.yaml, or the department's
    folder: then what the document is and its year, else the document's name, name the file; None when it is only to be
    shown (then its path is empty, and the document tells what it is). The document goes to `sources/` beside it, and is
    registered there with its SHA-256. Results answer the declaration of their year, which may itself be proposed: then
    it is among the files `beside`.
    """
    try:
        grid = importers.read(document)
        model, made = _read(grid, document.name, None if into and into.is_dir() else into, beside)
    except UnreadableError as refused:
        return {}, [error(Mark(document.name), "I801", refused.message, refused.repair)]
    if into and into.is_dir():
        named = _YEAR_IN_NAME.search(document.stem)
        year = next((y for y in (str(made.data["年度"]), named[0] if named else "") if _YEAR.fullmatch(y)), None)
        if year is None:
            missing = error(
                Mark(document.name), "I801", "没有找到年度，不知道是哪一年的表。", "把文件名改成年度，如 2025.xlsx。"
            )
            return {}, [*made.notes, missing]
        into = into / f"{year}{'.results' if model == 'results' else ''}.yaml"
        if model == "results":  # now it is known what they answer
            _, made = _read(grid, document.name, into, beside)
        made.data["年度"] = year
    since = [note for origin in grid.origins for note in returned.changed(origin, made.data, into, document.name)]
    data, raw = dict(made.data), document.read_bytes()
    year = str(data["年度"]).removeprefix(draft.MARK) if into is None else into.stem
    source = f"sources/{year}{document.suffix.lower()}"
    files: dict[Path, bytes] = {}
    if "来源" not in data:
        data["来源"] = {"文件": source, "SHA-256": sha256(raw).hexdigest()}
        files = {into.parent / source: raw} if into else {}
    text = yaml_writer.dump(data)
    text = json_schema.modeline(model) + (with_places(text, grid.cells) if grid.doubtful else text)
    if made.unplaced:
        lines = [f"# 第 {c.row} 行第 {c.column} 列：{' '.join(c.text.split())}\n" for c in made.unplaced]
        text += "# 以下内容在原文件里，不知道放在哪里：\n" + "".join(lines)
    return {into or Path(): text.encode(), **files}, since + made.notes


def _read(grid: Grid, name: str, into: Path | None, beside: Mapping[Path, bytes]) -> tuple[str, Imported]:
    """Read a document as what the file is for, or else as what it is: a declaration, or results."""
    if into and into.stem.endswith(".results"):
        return "results", results.read(grid, name, declared(into, beside))
    try:
        return "declaration", form.read(grid, name)
    except UnreadableError:
        if into is None:
            with suppress(UnreadableError):
                return "results", results.read(grid, name)
        raise


def declared(file_of_results: Path, beside: Mapping[Path, bytes] = MappingProxyType({})) -> Declaration | None:
    """Return the declaration that some results answer, of their year and beside them, if it is there and in order."""
    file = file_of_results.with_name(f"{file_of_results.name[:4]}.yaml")
    if not file.is_file() and file not in beside:
        return None
    tree = yaml_reader.load(beside[file], file.name) if file in beside else yaml_reader.read(file, file.name)
    draft.unconfirmed(tree)
    return validation.validate(Declaration, tree)[0]


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
