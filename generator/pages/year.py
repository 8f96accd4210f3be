"""What the page of one year across all departments shows: a line a department, a sum that counts nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.analysis import balance, figures
from generator.analysis.balance import OF_KIND, Direction
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
class Shift:
    """A promise that asks for more or for less than in the declaration before, or is no longer made."""

    folder: DepartmentFolder
    comparison: Comparison
    change: Change


@dataclass(frozen=True)
class YearPage:
    """A year: its lines, the sum in 元, who is without a number, who is absent and what is known of it.

    `shifts` are the promises that ask for more or for less than before, `balance` the directions of all of them, in
    `compared` departments that had declared before; `promises` are all of the year, `measurable` those with a number.
    """

    year: int
    lines: list[Line]
    total: Decimal
    unknown: list[DepartmentFolder]
    absent: dict[Coverage, list[DepartmentFolder]]
    shifts: list[Shift]
    balance: dict[Direction, int]
    compared: int
    promises: int
    measurable: int

    @property
    def regressions(self) -> list[Shift]:
        """Return the promises that say less than the year before: relaxed, weakened or dropped."""
        return [shift for shift in self.shifts if OF_KIND[shift.change.verdict.kind] in _LESS]

    @property
    def published(self) -> int:
        """Return how many forms are there."""
        return len(self.lines)

    @property
    def missing(self) -> list[DepartmentFolder]:
        """Return the departments of which a form was to be expected and is not there."""
        return self.absent.get(Coverage.MISSING, [])

    @property
    def unknown_coverage(self) -> list[DepartmentFolder]:
        """Return the departments without a form of which nobody said whether one was to be expected."""
        return self.absent.get(Coverage.UNKNOWN, [])


_LESS = (Direction.LOOSER, Direction.DROPPED)
# In a list of changes what asks for less comes first: it is what a reader looks for.
SHIFTS = (Kind.RELAXED, Kind.WEAKENED, Kind.DROPPED, Kind.TIGHTENED, Kind.SHARPENED)


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
    compared = {a: comparison for a, document in documents.items() if (comparison := timelines[a].before(document))}
    shifts = [
        Shift(folders[a], comparison, change)
        for a, comparison in compared.items()
        for kind in SHIFTS
        for change in comparison.changes.get(kind, [])
    ]
    absent: dict[Coverage, list[DepartmentFolder]] = {}
    for address, folder in folders.items():
        if address not in documents:
            absent.setdefault(coverage(folder, year), []).append(folder)
    declared = [document.declaration for document in documents.values()]
    return YearPage(
        year,
        lines,
        total,
        [folders[a] for a in unknown],
        absent,
        shifts,
        balance.add(comparison.balance for comparison in compared.values()),
        len(compared),
        sum(len(list(d.indicators())) for d in declared),
        sum(map(figures.measurable, declared)),
    )
