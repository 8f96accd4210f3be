"""What the page of one year across all departments shows: a line a department, a sum that counts nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator import figures
from generator.corpus import Corpus, DepartmentFolder, Document


@dataclass(frozen=True)
class Line:
    """A department's declaration in the year; `within` is the department whose 汇总 includes it, if declared too."""

    folder: DepartmentFolder
    document: Document
    within: DepartmentFolder | None


@dataclass(frozen=True)
class YearPage:
    """A year: its lines, the sum in 元, who is without a number, and who has published nothing."""

    year: int
    lines: list[Line]
    total: Decimal
    unknown: list[DepartmentFolder]
    missing: list[DepartmentFolder]


def years(corpus: Corpus) -> list[YearPage]:
    """Return a page for every year that any department has declared, the newest first."""
    declared = sorted({document.year for document in corpus.documents}, reverse=True)
    return [_page(corpus, year) for year in declared]


def _page(corpus: Corpus, year: int) -> YearPage:
    folders = {folder.address: folder for folder in corpus.departments}
    documents = {a: d for a, folder in folders.items() for d in folder.documents if d.year == year}
    amounts = {a: (d.declaration.budget.total, folders[a].department.parent) for a, d in documents.items()}
    total, included, unknown = figures.whole(amounts)
    lines = [
        Line(folders[a], document, folders[amounts[a][1] or ""] if a in included else None)
        for a, document in documents.items()
    ]
    missing = [f for a, f in folders.items() if a not in documents and f.documents]
    return YearPage(year, lines, total, [folders[a] for a in unknown], missing)
