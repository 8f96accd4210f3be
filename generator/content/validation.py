"""A tree of text against a model: the typed value, or diagnostics at the line and column of each fault."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.content.yaml_reader import Path, Tree
from generator.diagnostics.model import Diagnostic, Edit, Mark, error

Model = TypeVar("Model", bound=BaseModel)

MAX_FAULTS = 200  # reported of a file; who has more has saved something else, or the same mistake all over
MAX_NAME = 60  # characters of a name that is looked for among the known ones


def validate(model: type[Model], tree: Tree) -> tuple[Model | None, list[Diagnostic]]:
    """Check `tree` against `model`; the value is None when anything is wrong.

    Faults on lines that are already reported as damaged YAML are left out: one mistake, one message.
    """
    if tree.data is None and tree.diagnostics:
        return None, []
    if tree.data is None:
        return None, [error(Mark(tree.file), "F203", "文件是空的。", "写上内容，或删去这个文件。")]
    try:
        return model.model_validate(tree.data), []
    except ValidationError as failed:
        faults = _without_misspelt(failed.errors(include_url=False), tree)
        found = [_diagnostic(fault, model, tree) for fault in faults[:MAX_FAULTS]]
        if rest := len(faults) - len(found):
            repair = f"先改正前面的 {len(found)} 处，再检查一次。"
            found.append(
                error(
                    tree.key(*_path_in_file(faults[len(found)]["loc"], tree)),
                    "F203",
                    f"其余 {rest} 处从这里开始，没有逐个列出。",
                    repair,
                )
            )
        return None, [d for d in found if d.mark.line not in tree.damaged]


def _without_misspelt(faults: list[ErrorDetails], tree: Tree) -> list[ErrorDetails]:
    """Return the faults without what is missing only because its name is misspelt or its line damaged: told there."""
    damaged = tuple(tree.lines[number - 1].strip() for number in tree.damaged if number <= len(tree.lines))
    missing = {
        tuple(fault["loc"]): fault
        for fault in faults
        if fault["type"] == "missing" and not any(line.startswith(str(fault["loc"][-1])) for line in damaged)
    }
    for fault in faults if missing else ():
        if fault["type"] == "extra_forbidden":
            *above, name = fault["loc"]
            lacking = [str(place[-1]) for place in missing if list(place[:-1]) == above]
            if near := nearest(str(name), lacking):
                del missing[(*above, near)]
    return [fault for fault in faults if fault["type"] != "missing" or tuple(fault["loc"]) in missing]


def nearest(word: str, known: list[str]) -> str | None:
    """Return the known name most like `word`, or None when none is alike; a very long word is like none."""
    if len(word) > MAX_NAME:
        return None
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.5)), None)


def _diagnostic(fault: ErrorDetails, model: type[BaseModel], tree: Tree) -> Diagnostic:
    path = _path_in_file(fault["loc"], tree)
    name = str(fault["loc"][-1]) if fault["loc"] else ""
    kind = fault["type"]
    if kind == "missing":
        inside = f"“{path[-1]}”中" if path else "文件中"
        return error(
            tree.key(*path),
            "F202",
            f"{inside}缺少“{name}”。",
            f"补上“{name}:”一项；名称写错的，改成“{name}”。",
        )
    if kind == "extra_forbidden":
        siblings = _labels(model, path[:-1])
        near = nearest(name, siblings)
        repair = f"是否应为“{near}”？" if near else f"可用的名称：{'、'.join(siblings)}。"
        return error(tree.key(*path), "F201", f"这里没有“{name}”这一项。", repair)
    if kind == "form":
        corrected = fault["ctx"]["corrected"]
        edit = Edit(str(fault["input"]), corrected) if corrected is not None else None
        mark = tree.key(*path) if name == "[key]" else tree.value(*path)
        return error(mark, "F204", fault["ctx"]["message"], fault["ctx"]["repair"], edit)
    message, repair = _SHAPES[kind]
    return error(tree.value(*path), "F203", message.format(name=path[-1] if path else "文件"), repair)


# Every other kind of fault that the models can raise; a test throws random trees at them to prove it.
_SHAPES = {
    "model_type": ("“{name}”下面应是若干项目。", "下一行起缩进两格，逐行写“名称: 内容”。"),
    "dict_type": ("“{name}”下面应是若干“名称: 内容”。", "下一行起缩进两格，逐行写“名称: 内容”。"),
    "list_type": ("“{name}”应是列表。", "下一行起缩进两格，每项一行，以“- ”开头。"),
}


def _path_in_file(location: tuple[int | str, ...], tree: Tree) -> Path:
    """Drop what pydantic adds to a location (union tags, "[key]") and what is not in the file."""
    path: Path = ()
    for step in location:
        if (*path, step) in tree.places:
            path = (*path, step)
    return path


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _labels(model: type[BaseModel], path: Path) -> list[str]:
    """Return the labels known where `path` leads, by walking the model's schema."""
    node = schema = _schema(model)
    for step in path:
        node = _resolve(node, schema)
        node = node.get("items", {}) if isinstance(step, int) else _child(node, step, schema)
    return list(_resolve(node, schema).get("properties", {}))


def _child(node: dict[str, Any], step: str, schema: dict[str, Any]) -> dict[str, Any]:
    options = [_resolve(option, schema) for option in node.get("anyOf", node.get("oneOf", [node]))]
    for option in options:
        if step in option.get("properties", {}):
            return dict(option["properties"][step])
        if isinstance(option.get("additionalProperties"), dict):
            return dict(option["additionalProperties"])
    return {}


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    options = [o for o in node.get("anyOf", node.get("oneOf", [])) if o.get("type") != "null"]
    return _resolve(options[0], schema) if options and "properties" not in node else node
