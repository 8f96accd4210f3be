"""The description of the open data as a Frictionless data package (datapackage.org, version 2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import generator
from generator.analysis.change_log import Versions
from generator.content.corpus import Corpus
from generator.declaration.site import Site
from generator.exports.tables import TABLES
from generator.exports.tables.model import Reference, Table

# Licences that open data has, by their identifiers at spdx.org/licenses; of the last ones there is one version only.
_LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-3.0", "CC-BY-SA-3.0", "MIT", "Apache-2.0", "MulanPSL-2.0")
_ONE_VERSION = {"CC0": "CC0-1.0", "ODbL": "ODbL-1.0", "ODC-By": "ODC-By-1.0", "PDDL": "PDDL-1.0"}
_WORDS = {
    "creative commons": "cc",
    "attribution": "by",
    "sharealike": "sa",
    "international": "",
    "universal": "",
    "license": "",
}


_NAMES = UUID("0b8e2f0a-3c1d-4f57-8f0e-5a6d1c9b7e32")  # ids are names in here, whatever address the site has


def spdx(name: str) -> str | None:
    """Return the SPDX identifier of a licence by its name (CC BY 4.0 → CC-BY-4.0), None for one that has none."""
    known = {_folded(identifier): identifier for identifier in _LICENCES}
    known |= {_folded(words): identifier for short, identifier in _ONE_VERSION.items() for words in (short, identifier)}
    return known.get(_folded(name))


def _folded(name: str) -> str:
    """Fold a name to letters and digits, its long words to their short ones; what is not ASCII stays."""
    folded = name.lower()
    for word, short in _WORDS.items():
        folded = folded.replace(word, short)
    return re.sub(r"[\s_-]", "", folded)


def identifier(site: Site) -> str:
    """Return the name of the site's data for ever, whatever address it has."""
    return f"urn:uuid:{uuid5(_NAMES, site.name)}"


def descriptor(corpus: Corpus, history: Versions | None, files: Mapping[str, tuple[int, str]]) -> bytes:
    """Return datapackage.json; `files` gives each table's size in bytes and SHA-256 by its file name."""
    site = corpus.site
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "performance-targets",
        "id": identifier(site),
        "title": site.name,
        "description": "部门整体支出绩效目标申报表：申报表、预算、任务、绩效指标，历年的承诺和变化。金额单位为元。"
        + (f" {site.sample}" if site.sample else ""),
        **edition(corpus, history),
        "generator": {"name": "performance-targets-site", "version": generator.__version__},
        "keywords": ["预算", "绩效目标", "budget", "performance targets"],
    }
    if site.address:
        package["homepage"] = site.address
    if site.publisher:
        package["contributors"] = [{"title": site.publisher, "roles": ["publisher"]}]
    if site.licence:
        known = spdx(site.licence.name)
        licence = {"name": known, "path": site.licence.address, "title": site.licence.name}
        package["licenses"] = [{key: value for key, value in licence.items() if value}]
    package["resources"] = [_resource(table, *files[f"{table.name}.csv"]) for table in TABLES]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def edition(corpus: Corpus, history: Versions | None) -> dict[str, str]:
    """Tell how new the content is, not when it was packed: by its newest commit, else by its newest date, if any."""
    versions = [version for known in (history or {}).values() for version in known]
    if versions:
        newest = max(versions, key=lambda version: version.place)
        return _dated(date.fromisoformat(newest.day), f"+{newest.commit[:8]}") | {"commit": newest.commit}
    sources = [d.declaration.source for d in corpus.documents if d.declaration.source]
    days = [day for source in sources for day in (source.approved, source.published) if day]
    return _dated(max(days)) if days else {}


def _dated(day: date, build: str = "") -> dict[str, str]:
    return {"version": f"{day.year}.{day.month}.{day.day}{build}", "created": f"{day}T00:00:00Z"}


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
    required = {column.name for column in table.columns if column.required}
    # A row that names nothing breaks no reference; the package can say so of a single column only.
    keys = [r for r in table.references if len(r.columns) == 1 or required.issuperset(r.columns)]
    if keys:
        made["foreignKeys"] = [_reference(table, key) for key in keys]
    return made


def _reference(table: Table, key: Reference) -> dict[str, Any]:
    resource = {} if key.table == table.name else {"resource": key.table}
    return {"fields": list(key.columns), "reference": resource | {"fields": list(key.others)}}
