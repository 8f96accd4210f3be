"""Everything that can be downloaded, with its address: made one department at a time, and passed on at once.

    DEPARTMENT/YEAR/DEPARTMENT-YEAR.pdf .xlsx .csv, form.html    the official form, and all of it as a table
    DEPARTMENT/DEPARTMENT.zip                                    all years of a department, as CSV and JSON
    api/v1/…                                                     JSON, its schemas, its OpenAPI description
    data/TABLE.csv, datapackage.json, performance-targets.xlsx, performance-targets.zip, SHA256SUMS
    feed.xml                                                     new declarations and corrections

An address, once published, keeps its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.analysis.change_log import History
from generator.content.corpus import Corpus, DepartmentFolder, Document, Track, silently
from generator.exports import api, bundle, csvs, datapackage, feed, workbook
from generator.exports.bundle import Content
from generator.exports.tables import TABLES
from generator.forms import html, pdf, xlsx

WATERMARK = "示例"
NAME = "performance-targets"


@dataclass(frozen=True)
class Published:
    """A file that was made: how big it is, and its SHA-256."""

    size: int
    sha256: str


def files(
    corpus: Corpus, history: History | None, published: dict[str, Published], track: Track = silently
) -> Iterator[tuple[str, Content]]:
    """Yield every file by its path below the site; notes each in `published`, from which the pages tell sizes.

    A Path is a file on disk that is there only until the next one is asked for.
    """

    def noted(path: str, content: Content) -> tuple[str, Content]:
        published[path] = Published(bundle.size(content), bundle.digest(content))
        return path, content

    with TemporaryDirectory() as work:
        folder_of_tables = Path(work)
        book = workbook.Workbook(folder_of_tables / f"{NAME}.xlsx", corpus.site.name)
        for table in TABLES:
            heads = [tuple(column.name for column in table.columns)]
            (folder_of_tables / f"{table.name}.csv").write_text("".join(csvs.lines(heads)), "utf-8", newline="\n")
        for folder in track(corpus.departments, "生成下载文件"):
            for path, content in _department(corpus, folder, folder_of_tables / "department.zip"):
                yield noted(path, content)
            for table in TABLES:
                rows = list(table.rows(folder))
                book.add(table.name, rows)
                with (folder_of_tables / f"{table.name}.csv").open("a", encoding="utf-8", newline="\n") as file:
                    file.writelines(csvs.lines(rows))
        book.close()
        for path, content in _site(corpus, history, folder_of_tables):
            yield noted(path, content)
    yield noted("data/SHA256SUMS", bundle.sums({path: known.sha256 for path, known in published.items()}))


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


def _json(answer: Any) -> bytes:
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()


def _department(corpus: Corpus, folder: DepartmentFolder, packed: Path) -> Iterator[tuple[str, Content]]:
    sample, watermark = corpus.site.sample, WATERMARK if corpus.site.sample else None
    kept: dict[str, Content] = {}
    for document in folder.documents:
        at = addresses(document)
        made = {
            at["pdf"]: pdf.pdf(document.declaration, watermark),
            at["xlsx"]: xlsx.xlsx(document.declaration, watermark),
            at["csv"]: csvs.declaration(document),
            at["html"]: html.html(document.declaration, "../../", watermark, sample).encode(),
            at["json"]: _json(api.declaration(document, sample).model_dump(mode="json")),
        }
        yield from made.items()
        if document.source_file and document.declaration.source:
            yield f"{folder.address}/{document.declaration.source.file}", document.source_file
        stem = document.address.replace("/", "-")
        # PDF and workbook are compressed already: packed again, they would only be published twice.
        kept |= {f"{stem}.{kind}": made[at[kind]] for kind in ("csv", "json")}
    yield f"{api.ROOT}/departments/{folder.address}.json", _json(api.department(folder).model_dump(mode="json"))
    if folder.documents:
        what = (
            f"{folder.department.name}历年的申报表：csv 可用 Excel 打开，json 供程序使用。PDF 和 xlsx 在各年度的网页。"
        )
        bundle.write(packed, kept | bundle.papers(corpus, what))
        yield f"{folder.address}/{folder.address}.zip", packed


def _site(corpus: Corpus, history: History | None, tables: Path) -> Iterator[tuple[str, Content]]:
    yield f"{api.ROOT}/index.json", _json(api.index(corpus).model_dump(mode="json"))
    yield f"{api.ROOT}/openapi.json", _json(api.openapi(corpus))
    for name in api.ANSWERS:
        yield f"{api.ROOT}/schemas/{name}.schema.json", _json(api.schema(name))
    packed: dict[str, Content] = {f"{table.name}.csv": tables / f"{table.name}.csv" for table in TABLES}
    known = {name: (bundle.size(content), bundle.digest(content)) for name, content in packed.items()}
    packed["datapackage.json"] = datapackage.descriptor(corpus, known)
    for name, content in packed.items():
        yield f"data/{name}", content
    yield f"data/{NAME}.xlsx", tables / f"{NAME}.xlsx"
    what = "全部部门、全部年度的数据表（CSV，UTF-8）。datapackage.json 说明每个表和每一列。"
    bundle.write(tables / f"{NAME}.zip", packed | bundle.papers(corpus, what))
    yield f"data/{NAME}.zip", tables / f"{NAME}.zip"
    if atom := feed.atom(corpus, history):
        yield "feed.xml", atom
