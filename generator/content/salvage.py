"""What of damaged files can still be judged: their sound parts, so that one slip does not silence every rule.

What cannot be read is 未公开, and where an entry is lost, so is each figure that is absent beside it.
Only rules see it. The corpus that pages and exports are made of holds whole files, and an error stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.content import corpus, draft, validation, yaml_reader
from generator.content.corpus import DepartmentFolder, Document, ResultDocument
from generator.content.validation import nearest
from generator.content.yaml_reader import Path as Place
from generator.content.yaml_reader import Tree
from generator.declaration.fields import FIGURES
from generator.declaration.model import Declaration, Department, Section
from generator.declaration.quantity import UNDISCLOSED
from generator.declaration.results import Results
from generator.diagnostics.model import Diagnostic, Severity

AnySection = TypeVar("AnySection", bound=Section)
_NOTHING = object()
# What stands in for a faulty entry, one after the other until the model takes it; then the entry is left out.
_STAND_INS: tuple[Any, ...] = (UNDISCLOSED, [], {}, _NOTHING)
_ROUNDS = 40
_WHOLE = ("来源", "评分", "进度")  # of which a part says nothing


class Judged(NamedTuple):
    """A department with the sound parts of its files, and by a file's name in messages the places left unread."""

    folder: DepartmentFolder
    unread: dict[str, list[Place]]


def judged(path: Path, whole: DepartmentFolder | None, faults: list[Diagnostic]) -> Judged:
    """Return the department in the folder `path` with the sound parts of its files that have `faults`."""
    wrong = {d.mark.file.rpartition("/")[2] for d in faults if d.severity is Severity.ERROR}
    known = {file.path for file in whole.files} if whole else set()
    head = whole.tree if whole else _read(path / "department.yaml", path.parent)
    department = whole.department if whole else salvaged(Department, head, {"部门名称": UNDISCLOSED}, [])
    name = department.name if department else UNDISCLOSED
    files: list[Document | ResultDocument] = [*whole.files] if whole else []
    unread: dict[str, list[Place]] = {}
    for file in sorted(path.iterdir()):
        if corpus.YEAR_FILE.fullmatch(file.name) and not (whole and (file in known or file.name not in wrong)):
            read = corpus.document(file, path.parent, []) or _document(file, name, unread)
            files += [read] if read else []
    documents = {file.year: file for file in reversed(files) if isinstance(file, Document)}
    in_order = tuple(document for _, document in sorted(documents.items()))
    results = tuple(file for file in files if isinstance(file, ResultDocument))
    if department is None or (whole is None and department.name == UNDISCLOSED):
        department = Department(部门名称=in_order[-1].declaration.department_name if in_order else path.name)
    return Judged(DepartmentFolder(path.name, department, in_order, head, path, results), unread)


def _document(file: Path, name: str, unread: dict[str, list[Place]]) -> Document | ResultDocument | None:
    """Return the sound parts of a year's file of the department called `name`."""
    tree, year = _read(file, file.parent.parent), file.name[:4]
    own, address, lost = (
        {"年度": year, "部门名称": name},
        f"{file.parent.name}/{year}",
        unread.setdefault(tree.file, []),
    )
    if ".results." in file.name:
        results = salvaged(Results, tree, own, lost)
        return ResultDocument(tree.file, file, address, results, tree) if results else None
    declaration = salvaged(Declaration, tree, own, lost)
    return Document(tree.file, file, address, declaration, tree) if declaration else None


def _read(file: Path, root: Path) -> Tree:
    tree = yaml_reader.read(file, file.relative_to(root.parent).as_posix())
    draft.unconfirmed(tree)
    return tree


def salvaged(model: type[AnySection], tree: Tree, known: dict[str, str], unread: list[Place]) -> AnySection | None:
    """Return the sound parts of a tree, with 未公开 for what cannot be read and `known` for what must be there.

    `unread` gets the place of each entry that cannot be read, or of what holds it, where it is lost. None: too little
    is left.
    """
    if not isinstance(tree.data, dict):
        return None
    data: Any = deepcopy(tree.data)
    for label, value in known.items():
        data.setdefault(label, value)
    for place, word in _damaged(tree):
        unread += _lost(model, data, place, word)
    tried: dict[Place, int] = {}
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as failed:
            for fault in failed.errors(include_url=False):
                faulty = _replaced(data, fault, tried, known)
                if faulty is None:
                    return None
                is_there = _at(data, faulty) is not None
                unread += [faulty] if is_there else _lost(model, data, faulty[:-1], str(faulty[-1]))
    return None


def _damaged(tree: Tree) -> Iterator[tuple[Place, str]]:
    """Yield where each damaged line stood, below the nearest entry above that holds others and is indented less.

    Second comes its first word.
    """
    if not tree.diagnostics:
        return
    keys = [(line, column, path) for path, (line, column, *_) in tree.places.items() if path]
    holders = sorted(
        (line, column, path) for line, column, path in keys if isinstance(_at(tree.data, path), dict | list)
    )
    for line in sorted(tree.damaged | {d.mark.line for d in tree.diagnostics}):
        text = tree.lines[line - 1] if line <= len(tree.lines) else ""
        indent = len(text) - len(text.lstrip(" -"))
        place = next((path for above, column, path in reversed(holders) if above < line and column <= indent), ())
        yield place, re.split(r"[:：\s]", text.strip(), maxsplit=1)[0]


def _lost(model: type[Section], data: Any, place: Place, word: str) -> list[Place]:
    """Return what may be lost at a place: of the file, the entry that is most like a word, else any that is absent.

    Of a declaration, 未公开 is written for each figure that is absent there.
    """
    if model is Declaration:
        for field in FIGURES:
            inside = _at(data, field.path[:-1])
            if field.path[: len(place)] == place and isinstance(inside, dict):
                inside.setdefault(field.label, UNDISCLOSED)
    absent = [str(field.alias) for field in model.model_fields.values() if field.alias not in data]
    if place:
        return [place, (word,)] if word in absent else [place]  # one of the file's own, indented too far
    meant = validation.nearest(word, absent)
    return [(label,) for label in ([meant] if meant else absent) if meant or label != "说明事项"]


def _at(data: Any, place: Place) -> Any:
    for key in place:
        if isinstance(data, dict):
            data = data.get(str(key))
        else:
            data = data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else None
    return data


def _replaced(data: Any, fault: ErrorDetails, tried: dict[Place, int], known: dict[str, str]) -> Place | None:
    """Put the next stand-in where the fault is, or leave it out; returns the place, None where no stand-in is left."""
    path: Place = ()
    inside: Any = data
    if len(fault["loc"]) > 1 and fault["loc"][0] not in data:
        return fault["loc"][:1]  # left out for another fault
    for step in fault["loc"]:
        below = (isinstance(inside, dict) and step in inside) or (isinstance(inside, list) and isinstance(step, int))
        if below:
            path, inside = (*path, step), inside[step]
    if fault["type"] == "missing":
        if not isinstance(inside, dict):
            return path  # something else stands there for another fault
        path = (*path, fault["loc"][-1])
    if not path:
        return None
    if path[0] in _WHOLE:
        data.pop(path[0], None)
        return path[:1]
    unwanted = fault["type"] == "extra_forbidden" or fault["loc"][-1] == "[key]"
    turn = len(_STAND_INS) - 1 if unwanted else tried.get(path, 0)
    tried[path] = turn + 1
    if turn >= len(_STAND_INS):
        return None
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    stand_in = known.get(str(path[-1]), _STAND_INS[turn]) if turn == 0 and len(path) == 1 else _STAND_INS[turn]
    if stand_in is not _NOTHING:
        holder[path[-1]] = deepcopy(stand_in)
    elif isinstance(holder, dict):
        holder.pop(path[-1], None)
        labels = [field.label for field in FIGURES if field.path[:-1] == path[:-1] and field.label not in holder]
        if unwanted and (near := nearest(str(path[-1]), labels)):
            holder[near] = UNDISCLOSED  # misspelt
    else:
        holder[path[-1]] = UNDISCLOSED
    return path
