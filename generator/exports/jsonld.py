"""What search engines and data catalogues read in a page: schema.org Dataset, in the manner of DCAT-AP."""

from __future__ import annotations

from typing import Any

from generator.content.corpus import Corpus, Document
from generator.declaration.site import Site
from generator.exports import datapackage

_CHINA = {"@type": "Country", "name": "中国"}
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
    said = (
        f"{d.department_name}{d.year}年度承诺的 {len(list(d.indicators()))} 项绩效指标和目标值、"
        f"{len(d.tasks)} 项重点任务、年度目标、部门职责和预算，"
        f"预算总额 {d.budget.total} 元；逐字照录公布的申报表，目标值旁边注明含义。"
    )
    made = _dataset(site, name, said)
    made |= {"url": _url(site, f"{document.address}/", 2), "temporalCoverage": str(d.year)}
    made["creator"] = {"@type": "GovernmentOrganization", "name": d.department_name}
    if source and source.published:
        made["datePublished"] = source.published.isoformat()
    if source and source.address:
        made["isBasedOn"] = source.address
    given = {kind: _url(site, address, 2) for kind, address in addresses.items()}
    return made | {"distribution": _distributions(given)}


def catalogue(corpus: Corpus, files: dict[str, str], modified: str | None) -> dict[str, Any]:
    """Describe the open data of the whole site as a catalogue of one dataset (schema.org DataCatalog, DCAT).

    `files` are the downloads by kind, `modified` the day of the newest content, if known.
    """
    site = corpus.site
    said = (
        "全部部门、全部年度的部门整体支出绩效目标申报表：预算、重点任务、绩效指标和目标值，每项承诺历年的变化和公布的结果；"
        "有数据表、数据库、数据包和接口，金额以元为单位。"
    )
    made = _dataset(site, site.name, said)
    given = {kind: _url(site, address, 1) for kind, address in files.items()}
    shared: dict[str, Any] = {
        "identifier": datapackage.identifier(site),
        "spatialCoverage": {"@type": "Place", "name": site.region} if site.region else _CHINA,
        "url": _url(site, "data/", 1),
    }
    if modified:
        shared["dateModified"] = modified
    if corpus.span:
        shared["temporalCoverage"] = f"{corpus.span[0]}/{corpus.span[-1]}"
    dataset = made | shared | {"distribution": _distributions(given)}
    del dataset["@context"]
    return made | shared | {"@type": "DataCatalog", "dataset": [dataset]}


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
