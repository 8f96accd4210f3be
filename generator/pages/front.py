"""What the front page shows: a row for each department, in the order of Chinese names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.analysis import pinyin
from generator.analysis.balance import Direction
from generator.analysis.coverage import Coverage, coverage
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.pages.year import Called, Compared, YearPage

MANY = 30  # departments; a longer table has a list of initial letters above it


def shared_prefix(names: Collection[str]) -> str:
    """Return the longest beginning that more than half of several names share, such as 闵行区."""
    counts = Counter(name[:length] for name in names for length in range(2, len(name)))
    shared = (prefix for prefix, count in counts.items() if count > 1 and count * 2 > len(names))
    return max(shared, key=len, default="")


def spelt(name: str, prefix: str = "") -> str:
    """Return a name as pinyin without tones, without the beginning that most names share; other characters stay."""
    return " ".join(pinyin.syllables(name.removeprefix(prefix)))


def initial(name: str, prefix: str = "") -> str:
    """Return the capital letter with which that begins, # where there is none."""
    first = spelt(name, prefix)[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


@dataclass(frozen=True)
class Row:
    """A department: its declarations called to account and compared with those before, by year; where forms miss."""

    folder: DepartmentFolder
    called: Mapping[int, Called]
    compared: Mapping[int, Compared]
    is_missing: bool  # in any year of the site

    @property
    def newest(self) -> Document | None:
        """Return the newest declaration, if there is any."""
        return self.folder.documents[-1] if self.folder.documents else None

    @property
    def account(self) -> Called | None:
        """Return what is known of the promises of the newest declaration."""
        return self.called[self.newest.year] if self.newest else None

    @property
    def comparison(self) -> Compared | None:
        """Return what became of the declaration before."""
        return self.compared.get(self.newest.year) if self.newest else None

    @property
    def reported(self) -> Called | None:
        """Return the newest year with published results, if there is any."""
        found = [year for year, called in self.called.items() if called.found]
        return self.called[max(found)] if found else None

    @property
    def totals(self) -> list[Decimal | None]:
        """Return the total of the budget from the first declared year to the last, None where there is no number."""
        known = {document.year: document.declaration.budget.total.value for document in self.folder.documents}
        return [known.get(year) for year in range(min(known, default=0), max(known, default=-1) + 1)]

    @property
    def marks(self) -> list[str]:
        """Return by what a reader may look for it: a promise relaxed, dropped or missed in any year, a form missing."""
        found = {
            "looser": any(compared.balance[Direction.LOOSER] for compared in self.compared.values()),
            "dropped": any(compared.balance[Direction.DROPPED] for compared in self.compared.values()),
            "missed": any(called.missed for called in self.called.values()),
            "missing": self.is_missing,
        }
        return [mark for mark, holds in found.items() if holds]


def rows(corpus: Corpus, years: Iterable[YearPage]) -> list[Row]:
    """Return a row for each department, in the order of pinyin; of equal names the address decides."""
    shown = list(years)
    prefix = shared_prefix(corpus.names.values())
    key = {f.address: (spelt(f.department.name, prefix), f.department.name) for f in corpus.departments}
    ordered = sorted(corpus.departments, key=lambda folder: (key[folder.address], folder.address))
    return [_row(folder, corpus.span, shown) for folder in ordered]


def _row(folder: DepartmentFolder, span: range, years: Sequence[YearPage]) -> Row:
    called = {page.year: page.called[folder.address] for page in years if folder.address in page.called}
    compared = {page.year: page.compared[folder.address] for page in years if folder.address in page.compared}
    return Row(folder, called, compared, any(coverage(folder, year) is Coverage.MISSING for year in span))


def letters(rows: Sequence[Row]) -> dict[str, Row]:
    """Return the first row of each initial letter, where the rows are many; nothing where a glance finds a name."""
    first: dict[str, Row] = {}
    prefix = shared_prefix([row.folder.department.name for row in rows])
    for row in rows:
        first.setdefault(initial(row.folder.department.name, prefix), row)
    return first if len(rows) > MANY else {}


class Extremes(NamedTuple):
    """The departments with the most of something in the newest year; several where they are equal, none where none is.

    Of a budget's growth, in percent; of the share of promises in numbers; of promises that say less than before.
    """

    grown: list[Row]
    measurable: list[Row]
    less: list[Row]


def extremes(rows: Sequence[Row]) -> Extremes:
    """Return who stands out among the departments that have declared the newest year."""
    newest = max((row.newest.year for row in rows if row.newest), default=None)
    declared = [row for row in rows if row.newest and row.newest.year == newest]
    compared = [row for row in declared if row.comparison]
    return Extremes(
        _most(compared, lambda row: row.comparison and row.comparison.total.percent),
        _most(declared, lambda row: _share(row.account) if row.account else None),
        _most(compared, lambda row: row.comparison and Decimal(row.comparison.less)),
    )


def _share(called: Called) -> Decimal | None:
    return Decimal(called.measurable) / called.promises if called.promises else None


def _most(rows: Sequence[Row], of: Callable[[Row], Decimal | None]) -> list[Row]:
    known = [(value, row) for row in rows if (value := of(row)) is not None and value > 0]
    highest = max((value for value, _ in known), default=None)
    return [row for value, row in known if value == highest]
