"""Everything that can be downloaded, with its address: made and written one department at a time.

    DEPARTMENT/YEAR/DEPARTMENT-YEAR.pdf .xlsx .csv, form.html    the official form, and all of it as a table
    DEPARTMENT/DEPARTMENT.zip                                    all years of a department, as CSV and JSON
    api/v1/…                                                     JSON, its schemas, its OpenAPI description
    data/TABLE.csv, datapackage.json, performance-targets.xlsx, performance-targets.zip, SHA256SUMS
    feed.xml                                                     new declarations and corrections

An address, once published, keeps its meaning.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.analysis.change_log import Versions
from generator.content.corpus import Corpus, DepartmentFolder, Document, Track, silently
from generator.exports import api, bundle, csvs, datapackage, feed, workbook
from generator.exports.tables import TABLES
from generator.forms import html, pdf, xlsx

WATERMARK = "示例"
NAME = "performance-targets"


@dataclass(frozen=True)
class Published:
    """A file that was made: how big it is, and its SHA-256."""

    size: int
    sha256: str


def write(corpus: Corpus, history: Versions | None, site: Path, track: Track = silently) -> Mapping[str, Published]:
    """Write every file below the folder `site`; returns them by their paths, in the order in which they were made."""
    (site / "data").mkdir(parents=True)
    published: dict[str, Published] = {}
    for folder in track(corpus.departments, "生成下载文件"):
        published |= _put(site, _department(corpus, folder))
        published |= _copied(site, folder)
    _write_tables(corpus, site)
    published |= _put(site, _interface(corpus))
    published |= _site_data(corpus, site)
    if atom := feed.atom(corpus, history):
        published |= _put(site, {"feed.xml": atom})
    sums = bundle.sums({path: known.sha256 for path, known in published.items()})
    return published | _put(site, {"data/SHA256SUMS": sums})


def addresses(document: Document) -> dict[str, str]:
    """Return where the downloads of a declaration stand, by kind."""
    stem = f"{document.address}/{document.address.replace('/', '-')}"
    return {
        "pdf": f"{stem}.pdf",
        "xlsx": f"{stem}.xlsx",
        "csv": f"{stem}.csv",
        "html": f"{document.address}/form.html",
        "json": f"{api.ROOT}/declarations/{document.address}.json",
    }


def _put(site: Path, files: Mapping[str, bytes]) -> dict[str, Published]:
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    return _noted(site, files)


def _noted(site: Path, paths: Iterable[str]) -> dict[str, Published]:
    return {path: Published(bundle.size(site / path), bundle.digest(site / path)) for path in paths}


def _department(corpus: Corpus, folder: DepartmentFolder) -> dict[str, bytes]:
    """Make the files of a department: the forms of its years, its answers of the interface, its bundle."""
    sample, watermark = corpus.site.sample, WATERMARK if corpus.site.sample else None
    made: dict[str, bytes] = {}
    packed: dict[str, bytes] = {}
    for document in folder.documents:
        at = addresses(document)
        forms = {
            "pdf": pdf.pdf(document.declaration, watermark),
            "xlsx": xlsx.xlsx(document.declaration, watermark),
            "csv": csvs.declaration(document),
            "html": html.html(document.declaration, "../../", watermark, sample).encode(),
            "json": _json(api.declaration(document, sample).model_dump(mode="json")),
        }
        stem = document.address.replace("/", "-")
        made |= {at[kind]: content for kind, content in forms.items()}
        # PDF and workbook are compressed already: packed again, they would only be published twice.
        packed |= {f"{stem}.{kind}": forms[kind] for kind in ("csv", "json")}
    made[f"{api.ROOT}/departments/{folder.address}.json"] = _json(api.department(folder).model_dump(mode="json"))
    if folder.documents:
        what = (
            f"{folder.department.name}历年的申报表：csv 可用 Excel 打开，json 供程序使用。PDF 和 xlsx 在各年度的网页。"
        )
        made[f"{folder.address}/{folder.address}.zip"] = bundle.packed(packed | bundle.papers(corpus, what))
    return made


def _copied(site: Path, folder: DepartmentFolder) -> dict[str, Published]:
    """Copy the source documents of a department."""
    sources = {
        f"{folder.address}/{document.source.file}": document.source_file
        for document in folder.files
        if document.source_file and document.source
    }
    for path, file in sources.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, site / path)
    return _noted(site, sources)


def _interface(corpus: Corpus) -> dict[str, bytes]:
    return {
        f"{api.ROOT}/index.json": _json(api.index(corpus).model_dump(mode="json")),
        f"{api.ROOT}/openapi.json": _json(api.openapi(corpus)),
        **{f"{api.ROOT}/schemas/{name}.schema.json": _json(api.schema(name)) for name in api.ANSWERS},
    }


def _write_tables(corpus: Corpus, site: Path) -> None:
    """Write the tables row by row, as CSV files and as one workbook: no table is ever in memory as a whole."""
    with ExitStack() as opened:
        files = {
            table.name: opened.enter_context(
                (site / f"data/{table.name}.csv").open("w", encoding="utf-8", newline="\n")
            )
            for table in TABLES
        }
        book = workbook.Workbook(site / f"data/{NAME}.xlsx", corpus.site.name)
        for table in TABLES:
            files[table.name].writelines(csvs.lines([tuple(column.name for column in table.columns)]))
            for folder in corpus.departments:
                rows = list(table.rows(folder))
                book.add(table.name, rows)
                files[table.name].writelines(csvs.lines(rows))
        book.close()


def _site_data(corpus: Corpus, site: Path) -> dict[str, Published]:
    """Describe the written tables as a data package, and pack both."""
    tables = [f"{table.name}.csv" for table in TABLES]
    known = _noted(site / "data", tables)
    package = datapackage.descriptor(corpus, {name: (file.size, file.sha256) for name, file in known.items()})
    (site / "data/datapackage.json").write_bytes(package)
    what = "全部部门、全部年度的数据表（CSV，UTF-8）。datapackage.json 说明每个表和每一列。"
    packed = {name: site / "data" / name for name in [*tables, "datapackage.json"]}
    bundle.write(site / f"data/{NAME}.zip", {**packed, **bundle.papers(corpus, what)})
    names = [*tables, "datapackage.json", f"{NAME}.xlsx", f"{NAME}.zip"]
    return _noted(site, [f"data/{name}" for name in names])


def _json(answer: Any) -> bytes:
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()
