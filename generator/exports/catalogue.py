"""Everything that can be downloaded, with its address: made and written one department at a time.

    DEPARTMENT/YEAR/DEPARTMENT-YEAR.pdf .xlsx .csv, form.html    the official form, and all of it as a table
    DEPARTMENT/YEAR/DEPARTMENT-YEAR.yaml                         the file itself, where the site has a page for editing
    DEPARTMENT/YEAR/DEPARTMENT-YEAR-results.pdf .xlsx, results-form.html    the form of results, where there are any
    DEPARTMENT/DEPARTMENT.zip                                    all years of a department, as CSV and JSON
    api/v1/…                                                     JSON, its schemas, its OpenAPI description
    data/TABLE.csv, performance-targets.xlsx .sqlite             all tables
    data/datapackage.json, performance-targets.zip               the CSV tables as a data package
    data/SHA256SUMS                                              the sum of each of these
    feed.xml, feed-archive-N.xml                                 new declarations and corrections

An address, once published, keeps its meaning.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from generator.analysis.change_log import Versions
from generator.content.corpus import Corpus, DepartmentFolder, Document, ResultDocument, Track, silently
from generator.exports import api, api_results, bundle, csvs, datapackage, feed, table_files
from generator.exports.dossier import Dossier, Log, dossier, log_of_the_rest
from generator.exports.table_files import CSVS, FILES, NAME, TableFiles
from generator.forms import html, pdf, xlsx
from generator.forms.origin import Origin

WATERMARK = "示例"


@dataclass(frozen=True)
class Published:
    """A file that was made: how big it is, and its SHA-256."""

    size: int
    sha256: str


class Told(NamedTuple):
    """What a department adds to the downloads of the whole site: to the tables and to the feed."""

    tables: table_files.Part
    news: list[feed.Entry]


def told(known: Dossier) -> Told:
    """Tell what a department adds to the downloads of the whole site."""
    return Told(table_files.of_department(known), list(feed.of_department(known)))


def write(corpus: Corpus, history: Versions | None, site: Path, track: Track = silently) -> Mapping[str, Published]:
    """Write every file below the folder `site`; returns them by their paths, in the order in which they were made."""
    published: dict[str, Published] = {}

    def each() -> Iterator[Told]:
        for folder in track(corpus.departments, "生成下载文件"):
            known = dossier(corpus, folder, history)
            published.update(of_department(corpus, known, site))
            yield told(known)

    of_all = of_site(corpus, history, site, published, each())
    return {**published, **of_all}


def of_department(corpus: Corpus, known: Dossier, site: Path) -> Mapping[str, Published]:
    """Write the files of a department below `site`; of the others they know what `Corpus.alone` says."""
    return {**_put(site, _department(corpus, known)), **_copied(site, corpus, known.folder)}


def of_site(
    corpus: Corpus,
    history: Versions | None,
    site: Path,
    of_departments: Mapping[str, Published],
    parts: Iterable[Told],
) -> Mapping[str, Published]:
    """Write what belongs to no department, with what each adds to it; returns the files.

    `of_departments` are the files of all departments, once the last part was given.
    """
    (site / "data").mkdir(parents=True)
    news: list[feed.Entry] = []
    with TableFiles(site / "data", corpus.site.name) as tables:
        for part in parts:
            tables.add(part.tables)
            news += part.news
        rest = log_of_the_rest(corpus, history)
        tables.add(table_files.of_site(corpus, rest))
        news += feed.of_site(corpus.site.name, rest)
    published = _put(site, _interface(corpus))
    published |= _site_data(corpus, history, site)
    published |= _put(site, feed.documents(corpus.site, news))
    sums = bundle.sums({path: file.sha256 for path, file in {**of_departments, **published}.items()})
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
        "yaml": f"{stem}.yaml",
    }


def result_addresses(found: ResultDocument) -> dict[str, str]:
    """Return where the downloads of a file of results stand, by kind; of progress alone there is only the JSON."""
    stem = f"{found.address}/{found.address.replace('/', '-')}-results"
    answer = {"json": f"{api.ROOT}/results/{found.address}.json"}
    forms = {"pdf": f"{stem}.pdf", "xlsx": f"{stem}.xlsx", "html": f"{found.address}/results-form.html"}
    return forms | answer if found.results.published else answer


def _put(site: Path, files: Mapping[str, bytes]) -> dict[str, Published]:
    for folder in {(site / path).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (site / path).write_bytes(content)
    return {path: Published(bundle.size(content), bundle.digest(content)) for path, content in files.items()}


def _noted(site: Path, paths: Iterable[str]) -> dict[str, Published]:
    return {path: Published(bundle.size(site / path), bundle.digest(site / path)) for path in paths}


def _department(corpus: Corpus, known: Dossier) -> dict[str, bytes]:
    """Make the files of a department: the forms of its years, its answers of the interface, its bundle."""
    folder = known.folder
    sample, watermark = corpus.site.sample, WATERMARK if corpus.site.sample else None
    made: dict[str, bytes] = {}
    packed: dict[str, bytes] = {}
    for document in folder.documents:
        at = addresses(document)
        forms = {
            "pdf": pdf.pdf(document.declaration, watermark, _day(document, known.log)),
            "xlsx": xlsx.xlsx(document.declaration, watermark, _origin(document)),
            "csv": csvs.declaration(document),
            "html": html.html(document.declaration, "../../", watermark, sample).encode(),
            "json": _json(api.declaration(document, known, sample).model_dump(mode="json")),
        }
        stem = document.address.replace("/", "-")
        made |= {at[kind]: content for kind, content in forms.items()}
        # PDF and workbook are compressed already: packed again, they would only be published twice.
        packed |= {f"{stem}.{kind}": forms[kind] for kind in ("csv", "json")}
    for found in folder.results:
        at, declared = result_addresses(found), folder.document_of(found.year)
        forms = {"json": _json(api_results.results(found, declared, known, sample).model_dump(mode="json"))}
        if found.results.published:
            forms |= {
                "pdf": pdf.pdf(found.results, watermark, _day(found, known.log)),
                "xlsx": xlsx.xlsx(found.results, watermark),
                "html": html.html(found.results, "../../", watermark, sample).encode(),
            }
        made |= {at[kind]: content for kind, content in forms.items()}
        packed[f"{found.address.replace('/', '-')}-results.json"] = forms["json"]
    for kind, answer in api.of_department(known).items():
        made[f"{api.ROOT}/{kind}/{folder.address}.json"] = _json(answer.model_dump(mode="json"))
    if folder.documents:
        what = f"{folder.department.name}历年的申报表和结果：csv 可用 Excel 打开，json 供程序使用。"
        what += "PDF 和 xlsx 在各年度的网页。"
        made[f"{folder.address}/{folder.address}.zip"] = bundle.packed(packed | bundle.papers(corpus, what))
    return made


def _day(document: Document | ResultDocument, log: Log) -> date | None:
    """Return the day of a document's content: of its last change, or else on which it was published or approved."""
    if revisions := log.get(document.file):
        return date.fromisoformat(revisions[-1].day)
    return (document.source.published or document.source.approved) if document.source else None


def _origin(document: Document) -> Origin:
    return Origin(document.address.partition("/")[0], str(document.year), bundle.digest(document.path))


def _copied(site: Path, corpus: Corpus, folder: DepartmentFolder) -> dict[str, Published]:
    """Copy the source documents of a department, and its declarations as they stand in the content."""
    sources = {
        f"{folder.address}/{document.source.file}": document.source_file
        for document in folder.files
        if document.source_file and document.source
    }
    if corpus.site.has_editing:
        sources |= {addresses(document)["yaml"]: document.path for document in folder.documents}
    for path, file in sources.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, site / path)
    return _noted(site, sources)


def _interface(corpus: Corpus) -> dict[str, bytes]:
    return {
        f"{api.ROOT}/index.json": _json(api.index(corpus).model_dump(mode="json")),
        f"{api.ROOT}/coverage.json": _json(api.coverage(corpus).model_dump(mode="json")),
        f"{api.ROOT}/openapi.json": _json(api.openapi(corpus)),
        **{f"{api.ROOT}/schemas/{name}.schema.json": _json(api.schema(name)) for name in api.ANSWERS},
    }


def _site_data(corpus: Corpus, history: Versions | None, site: Path) -> dict[str, Published]:
    """Describe the written tables as a data package, and pack both."""
    known = _noted(site / "data", CSVS)
    package = datapackage.descriptor(corpus, history, {name: (file.size, file.sha256) for name, file in known.items()})
    (site / "data/datapackage.json").write_bytes(package)
    what = "全部部门、全部年度的数据表（CSV，UTF-8）。datapackage.json 说明每个表和每一列。"
    packed = {name: site / "data" / name for name in [*CSVS, "datapackage.json"]}
    bundle.write(site / f"data/{NAME}.zip", {**packed, **bundle.papers(corpus, what)})
    names = [*CSVS, "datapackage.json", *FILES[len(CSVS) :], f"{NAME}.zip"]
    return _noted(site, [f"data/{name}" for name in names])


def _json(answer: Any) -> bytes:
    return (json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
