"""The description of the open data as a Frictionless data package (datapackage.org, version 2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.content.corpus import Corpus
from generator.exports.tables import TABLES, Table

_SEES = {"budget_lines", "tasks", "indicators", "statements"}  # these name a declaration in each row


def descriptor(corpus: Corpus, files: Mapping[str, tuple[int, str]]) -> bytes:
    """Return datapackage.json; `files` gives each table's size in bytes and SHA-256 by its file name."""
    site = corpus.site
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "performance-targets",
        "title": site.name,
        "description": "部门整体支出绩效目标申报表：申报表、预算、任务、绩效指标。金额单位为元。"
        + (f" {site.sample}" if site.sample else ""),
        "keywords": ["预算", "绩效目标", "budget", "performance targets"],
    }
    if site.address:
        package["homepage"] = site.address
    if site.publisher:
        package["contributors"] = [{"title": site.publisher, "roles": ["publisher"]}]
    if site.licence:
        package["licenses"] = [{"title": site.licence.name, "name": site.licence.name.replace(" ", "-")}]
        package["licenses"][0] |= {"path": site.licence.address} if site.licence.address else {}
    package["resources"] = [_resource(table, *files[f"{table.name}.csv"]) for table in TABLES]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table, size: int, digest: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": schema(table),
    }


def schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table; amounts carry their unit."""
    fields = []
    for column in table.columns:
        field: dict[str, Any] = {
            "name": column.name,
            "type": column.type,
            "title": column.title,
            "description": column.description,
        }
        if column.required:
            field["constraints"] = {"required": True}
        if column.name.endswith("_yuan"):
            field["unit"] = "CNY"
        fields.append(field)
    made: dict[str, Any] = {"fields": fields, "missingValues": [""], "primaryKey": list(table.key)}
    if table.name in _SEES:
        pair = ["department", "year"]
        made["foreignKeys"] = [{"fields": pair, "reference": {"resource": "declarations", "fields": pair}}]
    return made
