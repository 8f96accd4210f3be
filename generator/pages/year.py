"""What the page of one year across all departments shows: a line a department, a sum that counts nothing twice.

Each department's part of it is made with the department's own pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.analysis import balance, figures, fulfilment
from generator.analysis.balance import OF_KIND, Direction
from generator.analysis.coverage import Coverage, coverage
from generator.analysis.figures import FigureChange
from generator.analysis.fulfilment import State
from generator.analysis.kinds import Verdict
from generator.analysis.themes import Member
from generator.analysis.verdicts import Kind
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.declaration.model import Declaration
from generator.pages.department import Timeline
from generator.pages.results import Account, Kept


class Called(NamedTuple):
    """A declared year of a department called to account, as the pages of the whole site say it.

    `department` is the address of the department, `department_name` its present name; `address` is the declaration's
    page, `name` the department's on it; `measurable` counts the promises with a number; `found`: results are published.
    """

    department: str
    department_name: str
    year: int
    address: str
    name: str
    measurable: int
    found: bool
    total_score: str | None
    sentence: str
    due: str
    counts: Mapping[State, int]
    missed: list[Kept]

    @property
    def promises(self) -> int:
        """Return how many promises there are."""
        return sum(self.counts.values())

    @property
    def met(self) -> int:
        """Return how many of them were kept."""
        return self.counts.get(State.MET, 0)


class Compared(NamedTuple):
    """A declared year of a department compared with the one before; `address` is the page that does so."""

    department: str
    year: int
    old_year: int
    address: str
    total: FigureChange
    balance: Mapping[Direction, int]

    @property
    def less(self) -> int:
        """Return how many promises were relaxed, weakened or dropped."""
        return sum(self.balance[direction] for direction in _LESS)


class Shift(NamedTuple):
    """A promise that asks for more or for less than before, or is no longer made; `address` compares the years."""

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


class Newest(NamedTuple):
    """What more the front page says of the newest declaration where a department is the only one.

    The names of its tasks, the shares of its budget in percent, how many promises stand under each heading.
    """

    tasks: list[str]
    shares: Mapping[str, Decimal]
    headings: Mapping[tuple[str, str], int]


class Part(NamedTuple):
    """What a department adds to the pages of the whole site; without a declaration there is no newest one."""

    newest: Newest | None
    called: list[Called]
    compared: list[Compared]
    shifts: list[Shift]
    members: list[Member]


_LESS = (Direction.LOOSER, Direction.DROPPED)
# In a list of changes what asks for less comes first: it is what a reader looks for.
SHIFTS = (Kind.RELAXED, Kind.WEAKENED, Kind.DROPPED, Kind.TIGHTENED, Kind.SHARPENED)


@dataclass(frozen=True)
class Line:
    """A department's declaration in the year; `within` is the department whose 汇总 includes it, if declared too."""

    folder: DepartmentFolder
    document: Document
    within: DepartmentFolder | None


@dataclass(frozen=True)
class YearPage:
    """A year: its lines, the sum in 元, who is without a number, who is absent and what is known of it, the years
    called to account and compared with the one before by department, how many promises are in each state and went in
    each direction, what asks for more or less than before.
    """

    year: int
    lines: list[Line]
    total: Decimal
    unknown: list[DepartmentFolder]
    absent: dict[Coverage, list[DepartmentFolder]]
    called: dict[str, Called]
    counts: Mapping[State, int]
    compared: dict[str, Compared]
    balance: Mapping[Direction, int]
    shifts: list[Shift]

    @property
    def regressions(self) -> list[Shift]:
        """Return the promises that say less than before: relaxed, weakened or dropped."""
        return [shift for shift in self.shifts if OF_KIND[shift.verdict.kind] in _LESS]

    @property
    def promises(self) -> int:
        """Return how many promises there are."""
        return sum(called.promises for called in self.called.values())

    @property
    def without_before(self) -> int:
        """Return how many promises stand in declarations with none before them to be compared with."""
        return sum(called.promises for address, called in self.called.items() if address not in self.compared)

    @property
    def measurable(self) -> int:
        """Return how many of them state a number."""
        return sum(called.measurable for called in self.called.values())

    @property
    def reported(self) -> bool:
        """Tell whether any department has published results."""
        return any(called.found for called in self.called.values())

    @property
    def missing(self) -> list[DepartmentFolder]:
        """Return the departments of which a form was to be expected and is not there."""
        return self.absent.get(Coverage.MISSING, [])

    @property
    def unclear(self) -> list[DepartmentFolder]:
        """Return the departments without a form of which nobody said whether one was to be expected."""
        return self.absent.get(Coverage.UNKNOWN, [])


def part(timeline: Timeline, accounts: Iterable[Account], members: list[Member]) -> Part:
    """Return what a department adds to the pages of the whole site: of its years, of these called to account, of its
    promises under themes.
    """
    compared = [
        Compared(timeline.folder.address, c.new.year, c.old.year, c.address, c.total, c.balance)
        for c in timeline.comparisons.values()
    ]
    newest = _newest(timeline.folder.documents[-1].declaration) if timeline.folder.documents else None
    return Part(newest, [called(account) for account in accounts], compared, list(_shifts(timeline)), members)


def _newest(declared: Declaration) -> Newest:
    tasks = [task.name for task in declared.tasks]
    return Newest(tasks, figures.budget_shares(declared), figures.indicators_by_heading(declared))


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
        measurable=figures.measurable(document.declaration),
        found=results is not None,
        total_score=None if score is None else str(score),
        sentence=account.sentence,
        due=account.due,
        counts=account.counts,
        missed=account.missed,
    )


def _shifts(timeline: Timeline) -> Iterator[Shift]:
    folder = timeline.folder
    for (old_year, year), compared in timeline.comparisons.items():
        for kind in SHIFTS:
            for change in compared.changes.get(kind, []):
                assert change.old
                named = change.new or change.old
                yield Shift(
                    *(folder.address, folder.department.name, year, old_year, compared.address),
                    *(str(timeline.anchor(change.promise)), named.name, change.old.indicator.target_value),
                    *(change.new.indicator.target_value if change.new else None, change.verdict),
                )


def years(corpus: Corpus, parts: Sequence[Part]) -> list[YearPage]:
    """Return a page for every year that any department has declared, the newest first; `parts` are in their order."""
    declared = sorted({document.year for document in corpus.documents}, reverse=True)
    return [_page(corpus, parts, year) for year in declared]


def _page(corpus: Corpus, parts: Sequence[Part], year: int) -> YearPage:
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
    compared = {c.department: c for p in parts for c in p.compared if c.year == year}
    moved = balance.add(c.balance for c in compared.values())
    shifts = [shift for p in parts for shift in p.shifts if shift.year == year]
    unnumbered = [folders[a] for a in unknown]
    return YearPage(year, lines, total, unnumbered, absent, called, counts, compared, moved, shifts)
