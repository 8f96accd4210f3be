"""The JSON Schemas by which a text editor completes and checks the YAML files while one types.

Made from the model, so that both say the same; editors get Chinese titles, descriptions, examples and messages. The
schema is wider than the model where YAML itself guesses types: an unquoted 2024 or 0.00 is a number to an editor.
`patternErrorMessage`, `errorMessage`, `deprecationMessage` and `enumDescriptions` are what VS Code's YAML
extension (yaml-language-server) knows beyond the standard; the page for editing reads the same words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from generator.declaration.model import HEADINGS, Declaration, Department, Section
from generator.declaration.results import Results
from generator.declaration.site import Site

Headings: TypeAlias = Mapping[str, Sequence[str]]
# The first line of a YAML file: by it an editor finds the schema.
MODELINE = "# yaml-language-server: $schema={}schemas/{}.schema.json\n"
MODELS: dict[str, type[Section]] = {
    "declaration": Declaration,
    "results": Results,
    "department": Department,
    "site": Site,
}
# The trees of indicators: in which file, what stands at each indicator, and under which label.
TREES = (("declaration", "Indicator", "分解目标"), ("results", "Result", "指标完成情况"))
# What is said where something of another shape stands, or nothing at all.
_SHAPES = {
    "array": "这里逐行写，每行以“- ”开头，一行一项；没有的写 []。",
    "object": "这里逐行写“名称: 内容”，下一行起缩进两格。",
    "text": "这里写一段文字，不能空着；原表这一格空白时写“未公开”。",
}
_UNKNOWN = "系统尚未收录的分类：核对是不是写错；表上确实有的，在 site.yaml 的“补充指标分类”登记，再运行 schema 命令。"


def modeline(name: str) -> str:
    """Return the first line of a `declaration`, `results`, `department` or `site` file in content/."""
    return MODELINE.format("../" if name == "site" else "../../", name)


def schema(name: str, answerable: Mapping[str, str], headings: Headings = HEADINGS) -> dict[str, Any]:
    """Return the JSON Schema of `declaration`, `results`, `department` or `site`.

    `answerable` are the codes that 说明事项 may answer, each with a sentence; `headings` are those of indicators, the
    second level by the first. Editors complete both.
    """
    made: dict[str, Any] = MODELS[name].model_json_schema(by_alias=True)
    for section in [made, *made.get("$defs", {}).values()]:
        section.pop("description", None)  # the docstrings are for programmers
        section.pop("title", None)
        for label, entry in section.get("properties", {}).items():
            entry["title"] = label
            entry.pop("default", None)
            stated = [option for option in entry.get("anyOf", []) if option != {"type": "null"}]
            if len(stated) == 1:  # an optional entry is left out, never left blank
                del entry["anyOf"]
                entry |= stated[0]
        _in_chinese(section)
    if answers := made.get("$defs", {}).get("Answer"):
        answers["properties"]["规则"] |= {
            "enum": list(answerable),
            "enumDescriptions": list(answerable.values()),
            "errorMessage": "没有这个编号的警告；编号写在警告里，如 N504。",
        }
    for kind, short, tree in TREES:
        if kind == name:
            _short_forms(made, short, tree, headings)
    renamed: dict[str, Any] = _with_messages(_draft_7(made))
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | renamed


def _in_chinese(section: dict[str, Any]) -> None:
    """Say what may stand in a section, and for each required entry that it is missing: a schema has one message."""
    if labels := section.get("properties"):
        section["errorMessage"] = f"这里逐行写“名称: 内容”，可用的名称：{'、'.join(labels)}。"
    if needed := section.pop("required", []):
        section["allOf"] = [{"required": [label], "errorMessage": f"缺少“{label}”。"} for label in needed]


def _short_forms(made: dict[str, Any], short: str, tree: str, headings: Headings) -> None:
    """An indicator may be written in one line; known headings are offered, others are doubted."""
    definitions = made["$defs"]
    definitions[short] = {"anyOf": [{"type": ["string", "number"]}, definitions[short]]}
    for section in (made, *definitions.values()):  # results hold a second tree, of the progress within the year
        if not (targets := section.get("properties", {}).get(tree)):
            continue
        second = targets["additionalProperties"]["additionalProperties"]
        unknown = second | {"deprecationMessage": _UNKNOWN}
        targets["properties"] = {
            first: {"type": "object", "properties": dict.fromkeys(below, second), "additionalProperties": unknown}
            for first, below in headings.items()
        }
        targets["additionalProperties"]["deprecationMessage"] = _UNKNOWN


def _with_messages(node: Any) -> Any:
    """Say for each entry in Chinese what shape it has, where nothing more is said."""
    if isinstance(node, list):
        return [_with_messages(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _with_messages(value) for key, value in node.items()}
    shape = node.get("type")
    if not isinstance(shape, str | list):
        return made
    said = _SHAPES.get(str(shape), _SHAPES["text"])
    return {"errorMessage": node.get("patternErrorMessage", said)} | made


def _draft_7(node: Any) -> Any:
    """Write draft 7, which editors' YAML extensions know best: `definitions`, and no discriminators."""
    if isinstance(node, list):
        return [_draft_7(item) for item in node]
    if not isinstance(node, dict):
        return node.replace("#/$defs/", "#/definitions/") if isinstance(node, str) else node
    renamed = {"$defs": "definitions", "oneOf": "anyOf"}
    return {renamed.get(key, key): _draft_7(value) for key, value in node.items() if key != "discriminator"}


def text(name: str, answerable: Mapping[str, str], headings: Headings = HEADINGS) -> str:
    """Return the schema as the file that stands in schemas/; arguments as for `schema`."""
    return json.dumps(schema(name, answerable, headings), ensure_ascii=False, indent=2) + "\n"
