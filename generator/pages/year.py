"""What the page of one year across all departments shows: a line a department, a sum that counts nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.analysis import figures
from generator.analysis.coverage import Coverage, coverage
from generator.analysis.ledger import Change
from generator.analysis.verdicts import Kind
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.pages.department import Comparison, Timeline


@dataclass(frozen=True)
class Line:
    """A department's declaration in the year; `within` is the department whose 汇总 includes it, if declared too."""

    folder: DepartmentFolder
    document: Document
    within: DepartmentFolder | None


@dataclass(frozen=True)
class Regression:
    """A promise that says less than the year before: relaxed, weakened or dropped."""

    folder: DepartmentFolder
    comparison: Comparison
    change: Change


@dataclass(frozen=True)
class YearPage:
    """A year: its lines, the sum in 元, who is without a number, who is absent and what is known of it, what was
    taken back.
    """

    year: int
    lines: list[Line]
    total: Decimal
    unknown: list[DepartmentFolder]
    absent: dict[Coverage, list[DepartmentFolder]]
    regressions: list[Regression]


def years(corpus: Corpus, timelines: Mapping[str, Timeline]) -> list[YearPage]:
    """Return a page for every year that any department has declared, the newest first; timelines by address."""
    declared = sorted({document.year for document in corpus.documents}, reverse=True)
    return [_page(corpus, timelines, year) for year in declared]


def _page(corpus: Corpus, timelines: Mapping[str, Timeline], year: int) -> YearPage:
    folders = {folder.address: folder for folder in corpus.departments}
    documents = {a: d for a, folder in folders.items() for d in folder.documents if d.year == year}
    amounts = {a: (d.declaration.budget.total, folders[a].department.parent) for a, d in documents.items()}
    total, included, unknown = figures.whole(amounts)
    lines = [
        Line(folders[a], document, folders[amounts[a][1] or ""] if a in included else None)
        for a, document in documents.items()
    ]
    regressions = [
        Regression(folders[a], comparison, change)
        for a, document in documents.items()
        if (comparison := timelines[a].before(document))
        for kind in (Kind.RELAXED, Kind.WEAKENED, Kind.DROPPED)
        for change in comparison.changes.get(kind, [])
    ]
    absent: dict[Coverage, list[DepartmentFolder]] = {}
    for address, folder in folders.items():
        if address not in documents:
            absent.setdefault(coverage(folder, year), []).append(folder)
    return YearPage(year, lines, total, [folders[a] for a in unknown], absent, regressions)
