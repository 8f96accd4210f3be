"""What search engines and data catalogues read in a page: schema.org Dataset, in the manner of DCAT-AP."""

from __future__ import annotations

from typing import Any

from generator.content.corpus import Document
from generator.declaration.site import Site

_FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "sqlite": "application/vnd.sqlite3",
    "json": "application/json",
    "zip": "application/zip",
}


def declaration(document: Document, site: Site, addresses: dict[str, str]) -> dict[str, Any]:
    """Describe one declaration; `addresses` are its downloads by kind. Without a site address, urls are relative."""
    d, source = document.declaration, document.declaration.source
    name = f"{d.department_name}{d.year}年度部门整体支出绩效目标申报表"
    made = _dataset(site, name, f"{len(list(d.indicators()))} 项绩效指标和目标值，预算总额 {d.budget.total} 元。")
    made |= {"url": _url(site, f"{document.address}/", 2), "temporalCoverage": str(d.year)}
    made["creator"] = {"@type": "GovernmentOrganization", "name": d.department_name}
    if source and source.published:
        made["datePublished"] = source.published.isoformat()
    if source and source.address:
        made["isBasedOn"] = source.address
    given = {kind: _url(site, address, 2) for kind, address in addresses.items()}
    return made | {"distribution": _distributions(given)}


def catalogue(site: Site, files: dict[str, str]) -> dict[str, Any]:
    """Describe the open data of the whole site; `files` are its downloads by kind."""
    made = _dataset(site, site.name, "全部部门、全部年度的申报表、预算、任务和绩效指标。")
    given = {kind: _url(site, address, 1) for kind, address in files.items()}
    return made | {"url": _url(site, "data/", 1), "distribution": _distributions(given)}


def _dataset(site: Site, name: str, description: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": description + (f" {site.sample}" if site.sample else ""),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "keywords": ["预算", "绩效目标"],
    }
    if site.licence:
        made["license"] = site.licence.address or site.licence.name
    if site.publisher:
        made["publisher"] = {"@type": "Organization", "name": site.publisher}
    return made


def _url(site: Site, address: str, depth: int) -> str:
    return f"{site.address.rstrip('/')}/{address}" if site.address else "../" * depth + address


def _distributions(addresses: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"@type": "DataDownload", "encodingFormat": _FORMATS[kind], "contentUrl": address}
        for kind, address in addresses.items()
        if kind in _FORMATS
    ]
