"""What the pages on open data show: the tables and their columns, the addresses and fields of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.analysis.change_log import Versions
from generator.content.corpus import Corpus
from generator.exports import api, datapackage, jsonld, table_files
from generator.exports.catalogue import Published
from generator.exports.tables import TABLES, TYPES

_SHAPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "是或否", "null": "null", "array": "列表"}


def data(corpus: Corpus, published: Mapping[str, Published], history: Versions | None) -> dict[str, Any]:
    """Return what /data/ shows."""
    newest = max(corpus.documents, key=lambda d: d.year, default=None)
    name = newest.declaration.department_name if newest else "某部门"
    created = datapackage.edition(corpus, history).get("created")
    files = {kind: f"data/{table_files.NAME}.{kind}" for kind in ("xlsx", "sqlite", "zip")}
    return {
        "tables": TABLES,
        "types": TYPES,
        "has_feed": "feed.xml" in published,
        "example": {"department": name, "year": newest.year if newest else "某"},
        "jsonld": jsonld.catalogue(corpus, files, created[:10] if created else None),
    }


def interface(corpus: Corpus) -> dict[str, Any]:
    """Return what /api/v1/ shows."""
    described = api.openapi(corpus)
    summaries = {entry["get"]["operationId"]: entry["get"]["summary"] for entry in described["paths"].values()}
    documents = corpus.documents
    schemas = {name: api.schema(name) for name in api.ANSWERS}
    parts = {part: shape for schema in schemas.values() for part, shape in schema.get("$defs", {}).items()}
    return {
        "openapi": described,
        "answers": [(name, summaries[name], schema["properties"]) for name, schema in schemas.items()],
        "parts": [(part.lower(), part, shape["properties"]) for part, shape in sorted(parts.items())],
        "shape_name": shape_name,
        "example": {"url": f"declarations/{documents[-1].address}.json" if documents else None},
    }


def shape_name(shape: dict[str, Any]) -> str:
    """Say in Chinese what type a field of a JSON Schema has."""
    if "anyOf" in shape:
        return " 或 ".join(shape_name(option) for option in shape["anyOf"])
    if "$ref" in shape:
        return str(shape["$ref"].rsplit("/", 1)[-1])
    if shape.get("type") == "array":
        return f"{shape_name(shape['items'])} 的列表"
    return _SHAPES.get(shape.get("type", ""), "固定值" if "const" in shape or "enum" in shape else "任意")
