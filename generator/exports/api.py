"""The static JSON API, version 1: what stands at /api/v1/, its JSON Schemas and its OpenAPI description.

The promise: an address, once published, keeps its meaning; a field of v1 is never renamed, removed or given
another type. New fields may come. Anything else would be /api/v2/. Amounts are decimal strings in 元, so that no
reader's floating point rounds them; beside them stands the published text.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic.json_schema import models_json_schema

from generator.analysis import coverage as covered
from generator.analysis import figures, identity, ledger, verdicts
from generator.analysis.verdicts import UNCHANGED
from generator.content.corpus import Corpus, Document
from generator.declaration.fields import BY_LABEL, budget_lines
from generator.declaration.model import PlacedIndicator
from generator.declaration.quantity import Amount, Count
from generator.declaration.reading import explain
from generator.exports import answers, api_results, provenance
from generator.exports.answers import (
    Answer,
    BudgetLine,
    Changes,
    Comparison,
    Coverage,
    Declaration,
    Department,
    DepartmentCoverage,
    DepartmentLink,
    Figure,
    FigureChange,
    Index,
    Indicator,
    Listed,
    Meaning,
    Part,
    Promise,
    PromiseChange,
    Promises,
    PromiseYear,
    Renaming,
    Source,
    Statement,
    Task,
    Verdict,
    YearCoverage,
)
from generator.exports.dossier import Dossier
from generator.exports.result_answers import Results
from generator.exports.tables.model import state

__all__ = ["ANSWERS", "ROOT", "coverage", "declaration", "figure", "index", "of_department", "openapi", "schema"]

ROOT = "api/v1"
ANSWERS: dict[str, type[Part]] = {**answers.ANSWERS, "results": Results}


def figure(given: Amount | Count | None) -> Figure:
    """Return a figure with its published text, value and state."""
    value = None if given is None or given.value is None else Decimal(given.value)
    return Figure(published=None if given is None else given.text, value=value, state=state(given))


def index(corpus: Corpus) -> Index:
    """Return the answer of /api/v1/index.json."""
    site = corpus.site
    links = [
        DepartmentLink(
            address=folder.address,
            name=folder.department.name,
            years=[document.year for document in folder.documents],
            url=f"departments/{folder.address}.json",
        )
        for folder in corpus.departments
    ]
    licence = site.licence.name if site.licence else None
    return Index(api="v1", name=site.name, address=site.address, sample=site.sample, licence=licence, departments=links)


def coverage(corpus: Corpus) -> Coverage:
    """Return the answer of /api/v1/coverage.json."""
    years = corpus.span
    return Coverage(
        departments=[
            DepartmentCoverage(
                department=folder.address,
                department_name=folder.department.name,
                years=[
                    YearCoverage(year=year, state=known.name.lower(), title=known.value)
                    for year in years
                    if (known := covered.coverage(folder, year))
                ],
            )
            for folder in corpus.departments
        ]
    )


def of_department(known: Dossier) -> Mapping[str, Part]:
    """Return the answers of /api/v1/…/DEPARTMENT.json, by the folder that they stand in."""
    return {"departments": _department(known), "promises": _promises(known), "changes": _changes(known)}


def _verdict(verdict: verdicts.Verdict) -> Verdict:
    return Verdict(kind=verdict.kind.name.lower(), title=verdict.kind.value, proof=verdict.proof or None)


def _promises(known: Dossier) -> Promises:
    folder = known.folder
    return Promises(
        department=folder.address,
        department_name=folder.department.name,
        promises=[
            Promise(
                promise=identifier,
                name=promise.newest.name,
                former_names=promise.names[1:],
                first_level=promise.newest.first_level,
                second_level=promise.newest.second_level,
                split_from=known.identifier(promise.split_from) if promise.split_from else None,
                anchor=promise.anchors[0],
                years=[
                    _year(known, promise, document.year)
                    for document in folder.documents
                    if document.year in promise.entries or document.year in promise.ended
                ],
            )
            for promise, identifier in zip(known.promises, known.identifiers, strict=True)
        ],
    )


def _year(known: Dossier, promise: ledger.Promise, year: int) -> PromiseYear:
    entry, verdict = promise.entries.get(year), promise.verdict(year)
    first, document = year == known.folder.documents[0].year, known.folder.document_of(year)
    return PromiseYear(
        year=year,
        name=entry and entry.placed.name,
        target_published=entry and entry.placed.indicator.target_value,
        verdict=None if first or verdict is None else _verdict(verdict),
        result=api_results.of_promise(known, document, entry.placed) if entry and document else None,
    )


def _changes(known: Dossier) -> Changes:
    folder = known.folder
    return Changes(
        department=folder.address,
        department_name=folder.department.name,
        comparisons=[_comparison(known, old, new, pair) for old, new, pair in known.pairs],
    )


def _comparison(known: Dossier, old: Document, new: Document, pair: str) -> Comparison:
    changes = known.changes[old.year, new.year]
    return Comparison(
        from_year=old.year,
        to_year=new.year,
        pair=pair,
        figures=[
            FigureChange(
                line=change.label,
                unit=BY_LABEL[change.label].unit,
                old=figure(change.old),
                new=figure(change.new),
                difference=change.difference,
                percent=change.percent,
            )
            for change in figures.changes(old.declaration, new.declaration)
        ],
        unchanged=sum(change.verdict.kind in UNCHANGED for change in changes),
        changes=[
            PromiseChange(
                promise=known.identifier(change.promise),
                name=named.name,
                old_published=change.old and change.old.indicator.target_value,
                new_published=change.new and change.new.indicator.target_value,
                verdict=_verdict(change.verdict),
            )
            for change in changes
            if change.verdict.kind not in UNCHANGED and (named := change.new or change.old)
        ],
    )


def _department(dossier: Dossier) -> Department:
    folder = dossier.folder
    listed = [
        Listed(
            department=folder.address,
            year=document.year,
            total=figure(document.declaration.budget.total),
            indicators=len(list(document.declaration.indicators())),
            url=f"declarations/{document.address}.json",
            results_url=_results_url(dossier, document.year),
        )
        for document in folder.documents
    ]
    known = folder.department
    return Department(
        address=folder.address,
        name=known.name,
        parent=known.parent,
        renamings=[Renaming(former_name=r.former_name, until=r.until) for r in known.renamings],
        established=known.established,
        abolished=known.abolished,
        expected_since=known.expected_since,
        former_addresses=known.former_addresses,
        declarations=listed,
        promises_url=f"promises/{folder.address}.json",
        changes_url=f"changes/{folder.address}.json",
    )


def declaration(document: Document, known: Dossier, sample: str | None) -> Declaration:
    """Return the answer of /api/v1/declarations/DEPARTMENT/YEAR.json; `known` is the department's."""
    d, source = document.declaration, document.declaration.source
    shares = figures.budget_shares(d)
    return Declaration(
        department=document.path.parent.name,
        department_name=d.department_name,
        year=d.year,
        page=f"{document.address}/",
        sample=sample,
        subordinate_units=figure(d.subordinate_units),
        duties=d.duties,
        annual_goals=d.annual_goals,
        tasks=[Task(name=task.name, content=task.content) for task in d.tasks],
        budget=[
            BudgetLine(
                division=str(line.division),
                line=line.label,
                amount=figure(amount),
                share_percent=shares.get(line.label),
            )
            for line, amount in budget_lines(d)
        ],
        assets=figure(d.assets),
        staff=figure(d.staff),
        divisions=figure(d.divisions),
        indicators=[_indicator(placed, d.year, known) for placed in d.indicators()],
        statements=[
            Statement(first_level=first, second_level=second, statement=entry)
            for first, seconds in d.targets.items()
            for second, entry in seconds.items()
            if not isinstance(entry, dict)
        ],
        source=source
        and Source(address=source.address, sha256=source.sha256, approved=source.approved, published=source.published),
        answers=[Answer(rule=a.rule, subject=a.subject, reason=a.reason) for a in d.answers],
        proof=provenance.answer(document),
        undisclosed=d.undisclosed,
        results_url=_results_url(known, d.year),
    )


def _results_url(known: Dossier, year: int) -> str | None:
    return next((f"results/{found.address}.json" for found in known.folder.all_results_of(year)), None)


def _indicator(placed: PlacedIndicator, year: int, known: Dossier) -> Indicator:
    indicator, reading = placed.indicator, placed.indicator.reading
    meaning = Meaning(
        kind=reading.kind,
        comparator=reading.comparator,
        number=reading.number,
        upper=reading.upper,
        unit=reading.unit,
        remark=reading.remark,
        deadline=reading.due(year),
        baseline_year=year - 1 if reading.baseline == "上年" else reading.baseline,
        direction=reading.direction,
        statement=reading.statement,
        in_words=explain(reading),
    )
    return Indicator(
        first_level=placed.first_level,
        second_level=placed.second_level,
        name=placed.name,
        former_name=indicator.former_name,
        target_published=indicator.target_value,
        meaning=meaning,
        weight=indicator.weight,
        explanation=indicator.explanation,
        anchor=identity.anchor(placed),
        promise=known.identifier(known.promise_of(year, placed)),
    )


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an answer, by its name in ANSWERS."""
    made = ANSWERS[name].model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made


def openapi(corpus: Corpus) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of every kind of address, with the schemas inside."""
    address = {"name": "department", "in": "path", "required": True, "schema": {"type": "string"}}
    year = {"name": "year", "in": "path", "required": True, "schema": {"type": "integer"}}
    paths = {
        "/index.json": ("index", "全部部门", []),
        "/coverage.json": ("coverage", "各部门各年度是否公布", []),
        "/departments/{department}.json": ("department", "一个部门和它的申报表", [address]),
        "/promises/{department}.json": ("promises", "一个部门历年的承诺", [address]),
        "/changes/{department}.json": ("changes", "一个部门各年度之间的变化", [address]),
        "/declarations/{department}/{year}.json": ("declaration", "一份申报表的全部内容", [address, year]),
        "/results/{department}/{year}.json": ("results", "一个年度的结果，每项承诺做到没有", [address, year]),
    }
    where = "#/components/schemas/{model}"
    _, schemas = models_json_schema([(model, "serialization") for model in ANSWERS.values()], ref_template=where)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{corpus.site.name}：开放数据接口",
            "version": "1",
            "description": "只读的静态 JSON。v1 的地址和字段不改名、不删除、不改类型，只会增加；金额以元为单位。",
        },
        "servers": [{"url": "./"}],
        "paths": {
            path: {
                "get": {
                    "operationId": name,
                    "summary": summary,
                    **({"parameters": parameters} if parameters else {}),
                    "responses": {
                        "200": {
                            "description": summary,
                            "content": {
                                "application/json": {"schema": {"$ref": where.format(model=ANSWERS[name].__name__)}}
                            },
                        },
                        "404": {"description": "没有这个地址"},
                    },
                }
            }
            for path, (name, summary, parameters) in paths.items()
        },
        "components": {"schemas": schemas["$defs"]},
    }
