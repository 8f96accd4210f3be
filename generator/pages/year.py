"""What the page of one year across all departments shows: a line a department, a sum that counts nothing twice.

Each department's part of it is made with the department's own pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.analysis import figures, fulfilment
from generator.analysis.coverage import Coverage, coverage
from generator.analysis.fulfilment import State
from generator.analysis.kinds import Verdict
from generator.analysis.themes import Member
from generator.analysis.verdicts import Kind
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.pages.department import Timeline
from generator.pages.results import Account, Kept


class Called(NamedTuple):
    """A declared year of a department called to account, as the pages of the whole site say it.

    `department` is the address of the department, `department_name` its present name; `address` is the declaration's
    page, `name` the department's on it; `found`: results are published.
    """

    department: str
    department_name: str
    year: int
    address: str
    name: str
    found: bool
    total_score: str | None
    sentence: str
    due: str
    counts: Mapping[State, int]
    missed: list[Kept]


class Regression(NamedTuple):
    """A promise that says less than the year before: relaxed, weakened or dropped; `address` compares the years."""

    department: str
    department_name: str
    year: int
    old_year: int
    address: str
    anchor: str
    name: str
    old_target: str
    new_target: str | None
    verdict: Verdict


class Part(NamedTuple):
    """What a department adds to the pages of the whole site."""

    called: list[Called]
    regressions: list[Regression]
    members: list[Member]


@dataclass(frozen=True)
class Line:
    """A department's declaration in the year; `within` is the department whose 汇总 includes it, if declared too."""

    folder: DepartmentFolder
    document: Document
    within: DepartmentFolder | None


@dataclass(frozen=True)
class YearPage:
    """A year: its lines, the sum in 元, who is without a number, who is absent and what is known of it, the years
    called to account by department, how many promises are in each state, what was taken back.
    """

    year: int
    lines: list[Line]
    total: Decimal
    unknown: list[DepartmentFolder]
    absent: dict[Coverage, list[DepartmentFolder]]
    called: dict[str, Called]
    counts: Mapping[State, int]
    regressions: list[Regression]


def part(timeline: Timeline, accounts: Iterable[Account], members: list[Member]) -> Part:
    """Return what a department adds to the pages of the whole site: of its years, of these called to account, of its
    promises under themes.
    """
    return Part([called(account) for account in accounts], list(_regressions(timeline)), members)


def called(account: Account) -> Called:
    """Say what the pages of the whole site say of an account."""
    folder, document, results = account.folder, account.document, account.found and account.found.results
    score = results.total_score if results else None
    return Called(
        department=folder.address,
        department_name=folder.department.name,
        year=document.year,
        address=document.address,
        name=document.declaration.department_name,
        found=results is not None,
        total_score=None if score is None else str(score),
        sentence=account.sentence,
        due=account.due,
        counts=account.counts,
        missed=account.missed,
    )


def _regressions(timeline: Timeline) -> Iterator[Regression]:
    folder = timeline.folder
    for (old_year, year), compared in timeline.comparisons.items():
        for kind in (Kind.RELAXED, Kind.WEAKENED, Kind.DROPPED):
            for change in compared.changes.get(kind, []):
                assert change.old
                named = change.new or change.old
                yield Regression(
                    *(folder.address, folder.department.name, year, old_year, compared.address),
                    *(change.promise.anchors[0], named.name, change.old.indicator.target_value),
                    *(change.new.indicator.target_value if change.new else None, change.verdict),
                )


def years(corpus: Corpus, parts: Iterable[Part]) -> list[YearPage]:
    """Return a page for every year that any department has declared, the newest first; `parts` are in their order."""
    known = list(parts)
    declared = sorted({document.year for document in corpus.documents}, reverse=True)
    return [_page(corpus, known, year) for year in declared]


def _page(corpus: Corpus, parts: list[Part], year: int) -> YearPage:
    folders = {folder.address: folder for folder in corpus.departments}
    documents = {a: d for a, folder in folders.items() for d in folder.documents if d.year == year}
    amounts = {a: (d.declaration.budget.total, folders[a].department.parent) for a, d in documents.items()}
    total, included, unknown = figures.whole(amounts)
    lines = [
        Line(folders[a], document, folders[amounts[a][1] or ""] if a in included else None)
        for a, document in documents.items()
    ]
    absent: dict[Coverage, list[DepartmentFolder]] = {}
    for address, folder in folders.items():
        if address not in documents:
            absent.setdefault(coverage(folder, year), []).append(folder)
    called = {c.department: c for p in parts for c in p.called if c.year == year}
    counts = fulfilment.total(c.counts for c in called.values())
    regressions = [r for p in parts for r in p.regressions if r.year == year]
    return YearPage(year, lines, total, [folders[a] for a in unknown], absent, called, counts, regressions)
