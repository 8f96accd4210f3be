"""What of damaged files can still be judged: their sound parts, so that one slip does not silence every rule.

Only rules see it. The corpus that pages and exports are made of holds whole files, and an error stops the build.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.content import corpus, draft, yaml_reader
from generator.content.corpus import DepartmentFolder, Document, ResultDocument
from generator.content.validation import nearest
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
_WHOLE = ("来源", "说明事项")


def judged(path: Path, whole: DepartmentFolder | None, faults: list[Diagnostic]) -> DepartmentFolder:
    """Return the department in the folder `path` with the sound parts of its files that have `faults`."""
    root, address = path.parent, path.name
    wrong = {d.mark.file.rpartition("/")[2] for d in faults if d.severity is Severity.ERROR}
    documents = {document.year: document for document in whole.documents} if whole else {}
    results = [*whole.results] if whole else []
    known = {document.path for document in documents.values()}
    head = whole.tree if whole else _read(path / "department.yaml", root)
    department = whole.department if whole else salvaged(Department, head, {"部门名称": UNDISCLOSED})
    for file in sorted(path.iterdir()):
        if whole and (file in known or file.name not in wrong):
            continue
        read = corpus.document(file, root, [])
        if isinstance(read, ResultDocument):
            results += [] if whole else [read]
        elif read is None and corpus.YEAR_FILE.fullmatch(file.name):
            own = {"年度": file.name[:4], "部门名称": department.name if department else UNDISCLOSED}
            tree, page = _read(file, root), f"{address}/{file.name[:4]}"
            if file.name.endswith(".results.yaml"):
                found = salvaged(Results, tree, own)
                results += [ResultDocument(tree.file, file, page, found, tree)] if found else []
            elif declaration := salvaged(Declaration, tree, own):
                read = Document(tree.file, file, page, declaration, tree)
        if isinstance(read, Document):
            documents.setdefault(read.year, read)
    in_order = tuple(document for _, document in sorted(documents.items()))
    if department is None or (whole is None and department.name == UNDISCLOSED):
        department = Department(部门名称=in_order[-1].declaration.department_name if in_order else address)
    return DepartmentFolder(address, department, in_order, head, path, tuple(results))


def _read(file: Path, root: Path) -> Tree:
    tree = yaml_reader.read(file, file.relative_to(root.parent).as_posix())
    draft.unconfirmed(tree)
    return tree


def salvaged(model: type[AnySection], tree: Tree, known: dict[str, str]) -> AnySection | None:
    """Return the sound parts of a tree, with 未公开 for figures that cannot be read and `known` for what must be there.

    None: too little is left. Of a file with damaged lines any figure that is absent may have stood there.
    """
    if not isinstance(tree.data, dict):
        return None
    data: Any = deepcopy(tree.data)
    for label, value in known.items():
        data.setdefault(label, value)
    if tree.diagnostics and model is Declaration:
        for field in FIGURES:
            inside: Any = data
            for key in field.path[:-1]:
                inside = inside.get(key) if isinstance(inside, dict) else None
            if isinstance(inside, dict):
                inside.setdefault(field.label, UNDISCLOSED)
    tried: dict[tuple[int | str, ...], int] = {}
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as failed:
            for fault in failed.errors(include_url=False):
                if not _replaced(data, fault, tried, known):
                    return None
    return None


def _replaced(data: Any, fault: ErrorDetails, tried: dict[tuple[int | str, ...], int], known: dict[str, str]) -> bool:
    """Put the next stand-in where the fault is; False where none is left."""
    path: tuple[int | str, ...] = ()
    inside: Any = data
    for step in fault["loc"]:
        below = (isinstance(inside, dict) and step in inside) or (isinstance(inside, list) and isinstance(step, int))
        if below:
            path, inside = (*path, step), inside[step]
    if fault["type"] == "missing":
        path = (*path, fault["loc"][-1])
    if not path:
        return False
    if path[0] in _WHOLE:  # a source of which something cannot be read says nothing
        data.pop(path[0], None)
        return True
    unwanted = fault["type"] == "extra_forbidden" or fault["loc"][-1] == "[key]"
    place = len(_STAND_INS) - 1 if unwanted else tried.get(path, 0)
    tried[path] = place + 1
    if place >= len(_STAND_INS):
        return False
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    stand_in = known.get(str(path[-1]), _STAND_INS[place]) if place == 0 and len(path) == 1 else _STAND_INS[place]
    if stand_in is not _NOTHING:
        holder[path[-1]] = deepcopy(stand_in)
    elif isinstance(holder, dict):
        holder.pop(path[-1], None)
        labels = [field.label for field in FIGURES if field.path[:-1] == path[:-1] and field.label not in holder]
        if unwanted and (near := nearest(str(path[-1]), labels)):
            holder[near] = UNDISCLOSED  # misspelt
    else:
        holder[path[-1]] = UNDISCLOSED
    return True
