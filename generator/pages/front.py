"""What the front page shows: the balance of each year, and a row for each department, in the order of Chinese names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from generator.analysis import figures, pinyin
from generator.analysis.balance import Direction
from generator.analysis.coverage import Coverage
from generator.analysis.fulfilment import State
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.pages.department import Comparison, Timeline
from generator.pages.results import Account

MANY = 30  # departments; a longer table has a list of initial letters above it


def shared_prefix(names: Collection[str]) -> str:
    """Return the longest beginning that more than half of several names share: 闵行区, by which nobody looks them up."""
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
    """A department with its newest declaration, if any, and its newest year with published results, if any."""

    folder: DepartmentFolder
    timeline: Timeline
    document: Document | None
    kept: Account | None
    missed: bool  # a promise of any year

    @property
    def comparison(self) -> Comparison | None:
        """Return what became of the declaration before."""
        return self.timeline.before(self.document) if self.document else None

    @cached_property
    def promises(self) -> int:
        """Count the promises of the newest declaration."""
        return len(list(self.document.declaration.indicators())) if self.document else 0

    @property
    def measurable(self) -> int:
        """Count those of them that state a number."""
        return figures.measurable(self.document.declaration) if self.document else 0

    @property
    def share(self) -> Decimal | None:
        """Return the share of the measurable ones in whole percent."""
        return figures.percent(self.measurable, self.promises)

    @property
    def less(self) -> int | None:
        """Count the promises that were relaxed, weakened or dropped since the declaration before; None: there is none."""
        if self.comparison is None:
            return None
        return self.comparison.balance[Direction.LOOSER] + self.comparison.balance[Direction.DROPPED]

    @property
    def met(self) -> int:
        """Count the promises that were kept in the newest year with results."""
        return self.kept.counts.get(State.MET, 0) if self.kept else 0

    @property
    def marks(self) -> list[str]:
        """Return by what a reader may look for it: a promise relaxed, dropped or missed in any year, a form missing."""
        compared = [comparison.balance for comparison in self.timeline.comparisons.values()]
        found = {
            "looser": any(balance[Direction.LOOSER] for balance in compared),
            "dropped": any(balance[Direction.DROPPED] for balance in compared),
            "missed": self.missed,
            "missing": Coverage.MISSING in self.timeline.absent,
        }
        return [mark for mark, holds in found.items() if holds]

    @property
    def totals(self) -> list[tuple[int, Decimal | None]]:
        """Return the total of the budget by year, None where there is no number."""
        declared = self.timeline.by_year
        return [(y, declared[y].declaration.budget.total.value if y in declared else None) for y in self.timeline.years]


def context(corpus: Corpus, timelines: Mapping[str, Timeline], accounts: Mapping[str, Account]) -> dict[str, Any]:
    """Return what the front page shows: its rows, their letters, the newest year with results, and of one department more."""
    shown = rows(corpus, timelines, accounts)
    reported = max((account.document.year for account in accounts.values() if account.found), default=None)
    made: dict[str, Any] = {"rows": shown, "letters": letters(shown), "reported": reported}
    if len(shown) == 1 and shown[0].document:
        declared = shown[0].document.declaration
        made["shares"] = figures.budget_shares(declared)
        made["headings"] = figures.indicators_by_heading(declared)
    return made


def rows(corpus: Corpus, timelines: Mapping[str, Timeline], accounts: Mapping[str, Account]) -> list[Row]:
    """Return a row for each department, in the order of pinyin; of equal names the address decides."""
    prefix = shared_prefix(corpus.names.values())
    key = {f.address: (spelt(f.department.name, prefix), f.department.name) for f in corpus.departments}
    ordered = sorted(corpus.departments, key=lambda folder: (key[folder.address], folder.address))
    return [_row(folder, timelines[folder.address], accounts) for folder in ordered]


def _row(folder: DepartmentFolder, timeline: Timeline, accounts: Mapping[str, Account]) -> Row:
    called = [accounts[document.address] for document in folder.documents]
    reported = [account for account in called if account.found]
    newest = folder.documents[-1] if folder.documents else None
    missed = any(account.missed for account in called)
    return Row(folder, timeline, newest, reported[-1] if reported else None, missed)


def letters(rows: Sequence[Row]) -> dict[str, Row]:
    """Return the first row of each initial letter, where the rows are many; nothing where a glance finds a name."""
    first: dict[str, Row] = {}
    prefix = shared_prefix([row.folder.department.name for row in rows])
    for row in rows:
        first.setdefault(initial(row.folder.department.name, prefix), row)
    return first if len(rows) > MANY else {}
