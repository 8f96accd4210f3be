"""What the ledger of a department shows: every promise with its whole life, at an address that it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.analysis import identity, messages
from generator.analysis.coverage import Coverage
from generator.analysis.ledger import Promise
from generator.analysis.themes import Theme
from generator.analysis.verdicts import Verdict
from generator.content.corpus import Document
from generator.declaration import actual
from generator.declaration.model import PlacedIndicator
from generator.pages.department import Timeline
from generator.pages.results import Account, Kept
from generator.pages.steps import Step, StepChart


@dataclass(frozen=True)
class Year:
    """A year in the life of a promise.

    Without a declaration `known` says what is known of it; `placed` is None where there is none, or it does not hold
    the promise; `before` is the indicator as it was declared last before; `kept` is there where results are published.
    """

    year: int
    known: Coverage
    document: Document | None
    placed: PlacedIndicator | None = None
    verdict: Verdict | None = None
    kept: Kept | None = None
    before: PlacedIndicator | None = None


@dataclass(frozen=True)
class Life:
    """A promise from its first year to its last.

    `anchors`: the first is its permanent address, the others lead to it too. `years` are those from its first on, the
    newest first, up to the one that ended it; under `themes` the same kind of promise stands in other departments.
    """

    promise: Promise
    anchors: list[str]
    years: list[Year]
    themes: list[Theme]

    @property
    def stretches(self) -> list[tuple[int, int, str]]:
        """Return its target values through the years: first year, last year, value; the newest first."""
        entries = sorted(self.promise.entries.items())
        return messages.lasting([(year, e.placed.indicator.target_value) for year, e in entries])[::-1]

    @property
    def judged(self) -> Verdict | None:
        """Return what last became of it, None while it stands as it began."""
        return self.years[0].verdict if len(self.promise.entries) + len(self.promise.ended) > 1 else None

    @cached_property
    def chart(self) -> StepChart | None:
        """Draw its numbers, where two years or more state one, all in one unit, and they differ."""
        steps = [_step(year) for year in reversed(self.years)]
        readings = [year.placed.indicator.reading for year in self.years if year.placed]
        stated = [step for step in steps if step.target is not None]
        numbers = {number for step in stated for number in (step.target, step.actual) if number is not None}
        if len(stated) < 2 or len(numbers) < 2 or len({r.unit for r in readings if r.number is not None}) > 1:
            return None
        return StepChart(f"steps-{self.anchors[0]}", f"{self.promise.newest.name}历年的目标值", tuple(steps))


def _step(year: Year) -> Step:
    if year.placed is None:
        return Step(year.year, None, "" if year.document else f"申报表{year.known}", None, None)
    said, aim = year.placed.indicator.target_value, year.placed.indicator.reading
    if aim.kind != "quantity" or aim.upper is not None:
        return Step(year.year, None, said, None, None)
    result = year.kept.result if year.kept else None
    reached = actual.read(result.actual, said).reading if result and result.actual is not None else None
    number = reached.number if reached and reached.unit == aim.unit else None
    return Step(year.year, aim.number, said, number, year.kept.fulfilment.state if year.kept else None)


def lives(timeline: Timeline, accounts: Mapping[str, Account], known: Sequence[Theme]) -> list[Life]:
    """Follow every promise of a department, in the order of its ledger; `known` are the themes of the site."""
    newest = timeline.folder.documents[-1].year
    return [
        Life(
            promise,
            timeline.anchors[id(promise)],
            _years(promise, timeline, accounts),
            [theme for theme in known if newest in promise.entries and theme.holds(promise.newest)],
        )
        for promise in timeline.promises
    ]


def _years(promise: Promise, timeline: Timeline, accounts: Mapping[str, Account]) -> list[Year]:
    last = max([*promise.entries, *promise.ended])
    return [
        _year(promise, year, timeline, accounts)
        for year in reversed(timeline.years)
        if min(promise.entries) <= year <= last
    ]


def _year(promise: Promise, year: int, timeline: Timeline, accounts: Mapping[str, Account]) -> Year:
    document, entry = timeline.by_year.get(year), promise.entries.get(year)
    account = accounts[document.address] if document else None
    kept = account.kept[identity.key(entry.placed)] if account and account.found and entry else None
    verdict = promise.verdict(year)
    earlier = max((other for other in promise.entries if other < year), default=None)
    before = promise.entries[earlier].placed if earlier else None
    return Year(year, timeline.coverage[year], document, entry and entry.placed, verdict, kept, before)
