"""The JSON Schemas by which a text editor completes and checks the YAML files while one types.

Made from the model, so that both say the same; editors get Chinese titles, descriptions and examples. The schema
is wider than the model where YAML itself guesses types: an unquoted 2024 or 0.00 is a number to an editor.
"""

from __future__ import annotations

import json
from typing import Any

from generator.declaration.model import HEADINGS, Declaration, Department, Section
from generator.declaration.results import Results
from generator.declaration.site import Site

# The first line of a YAML file: by it an editor finds the schema.
MODELINE = "# yaml-language-server: $schema={}schemas/{}.schema.json\n"
MODELS: dict[str, type[Section]] = {
    "declaration": Declaration,
    "results": Results,
    "department": Department,
    "site": Site,
}


def modeline(name: str) -> str:
    """Return the first line of a `declaration`, `results`, `department` or `site` file in content/."""
    return MODELINE.format("../" if name == "site" else "../../", name)


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of `declaration`, `results`, `department` or `site`."""
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
    for short, tree in (("Indicator", "分解目标"), ("Result", "指标完成情况")):
        if short in made.get("$defs", {}):
            _short_forms(made, short, tree)
    renamed: dict[str, Any] = _draft_7(made)
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | renamed


def _short_forms(made: dict[str, Any], short: str, tree: str) -> None:
    """An indicator may be written in one line; known headings are offered, others remain possible."""
    definitions = made["$defs"]
    definitions[short] = {"anyOf": [{"type": ["string", "number"]}, definitions[short]]}
    targets = made["properties"][tree]
    second = targets["additionalProperties"]["additionalProperties"]
    targets["properties"] = {
        first: {"type": "object", "properties": dict.fromkeys(headings, second), "additionalProperties": second}
        for first, headings in HEADINGS.items()
    }


def _draft_7(node: Any) -> Any:
    """Write draft 7, which editors' YAML extensions know best: `definitions`, and no discriminators."""
    if isinstance(node, list):
        return [_draft_7(item) for item in node]
    if not isinstance(node, dict):
        return node.replace("#/$defs/", "#/definitions/") if isinstance(node, str) else node
    renamed = {"$defs": "definitions", "oneOf": "anyOf"}
    return {renamed.get(key, key): _draft_7(value) for key, value in node.items() if key != "discriminator"}


def text(name: str) -> str:
    """Return the schema as the file that stands in schemas/."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
