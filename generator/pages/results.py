"""What pages show of results: each promise with what came of it, the money, the counts, the calendar of the cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.analysis import fulfilment, identity, proof, scoring
from generator.analysis.fulfilment import Fulfilment, State
from generator.analysis.identity import Key
from generator.analysis.ledger import Promise
from generator.content.corpus import Corpus, DepartmentFolder, Document, ResultDocument
from generator.declaration.model import PlacedIndicator
from generator.declaration.results import MoneyRow, Progress, Result
from generator.declaration.site import Scoring
from generator.pages.charts import Bar, BarChart, Tone
from generator.pages.department import Timeline
from generator.rules.proof import reasons

# What stands before the word of a state: no state is told by its colour alone.
SIGNS = {State.MET: "✓", State.MISSED: "✕", State.CANNOT_TELL: "？", State.NO_RESULT: "－", State.NOT_DUE: "…"}
STRIP = 5  # years


class Kept(NamedTuple):
    """A promise of a year, what became of it, and the result that says so, if one is published."""

    placed: PlacedIndicator
    fulfilment: Fulfilment
    result: Result | None


class MoneyLine(NamedTuple):
    """A row of the money as printed, and what its rate is of each base, for those that differ from the printed one."""

    label: str
    row: MoneyRow
    computed: list[tuple[str, Decimal]]


@dataclass(frozen=True)
class Account:
    """A declared year of a department called to account: every promise with its state.

    `found` are its results, None while none are published; `progress` is what was published within the year;
    `expected` is the day until which results are not missed yet, `scored_by` what is known of how scores are made.
    """

    folder: DepartmentFolder
    document: Document
    found: ResultDocument | None
    progress: list[Progress]
    expected: date
    kept: dict[Key, Kept]
    scored_by: Scoring | None

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """Return how many promises are in each state, in the order of the states, without those that do not occur."""
        return fulfilment.count(kept.fulfilment for kept in self.kept.values())

    @property
    def missed(self) -> list[Kept]:
        """Return the promises that were not kept, in the order of the form."""
        return [kept for kept in self.kept.values() if kept.fulfilment.state is State.MISSED]

    @property
    def due(self) -> str:
        """Say until when the results are expected: 2025年6月底前."""
        last = self.expected.month != (date.fromordinal(self.expected.toordinal() + 1)).month
        return f"{self.expected.year}年{self.expected.month}月" + ("底前" if last else f"{self.expected.day}日前")

    @property
    def sentence(self) -> str:
        """Say what became of the promises: 40 项承诺：做到 31，没做到 2，无法判断 5，未公布结果 2."""
        if self.found is None:
            return f"结果未公布（预计 {self.due}）"
        return f"{len(self.kept)} 项承诺：{'，'.join(f'{state} {n}' for state, n in self.counts.items())}"

    @property
    def money(self) -> list[MoneyLine]:
        """Return the rows of the money."""
        money = self.found.results.money if self.found else None
        rows = {"年度资金总额": money.total, **money.parts} if money else {}
        return [MoneyLine(label, row, _computed(row)) for label, row in rows.items()]

    @property
    def shares(self) -> scoring.Shares:
        """Return the share of the points that was claimed and of the money that was spent."""
        return scoring.shares(self.found.results) if self.found else scoring.Shares(None, None)

    @cached_property
    def proven(self) -> proof.Proof:
        """Return what was found of the results in their registered document."""
        return proof.of(self.found) if self.found else proof.Proof()

    @property
    def proof_reasons(self) -> list[tuple[proof.Entry, str]]:
        """Return what is not as printed, with the department's reason."""
        return reasons(self.proven, self.found.answers) if self.found else []

    def recomputed(self, kept: Kept) -> scoring.Recomputed | None:
        """Say what an indicator's printed score follows from; None where no score is printed."""
        if kept.result is None or kept.result.score is None or kept.result.score.value is None:
            return None
        return scoring.recomputed(
            scoring.of_indicator(kept.placed, kept.result, self.scored_by), kept.result.score.value
        )

    @property
    def chart(self) -> BarChart | None:
        """Draw the attainment of every promise that has one, in percent of its target."""
        bars = [
            Bar(kept.placed.name, kept.fulfilment.attainment, _attained(kept.fulfilment), _TONES[kept.fulfilment.state])
            for kept in self.kept.values()
            if kept.fulfilment.attainment is not None
        ]
        title = f"{self.sentence}。各项完成程度（目标值为 100%；目标是上限的，倒过来算）"
        return BarChart("chart-attainment", title, tuple(bars), "指标", "完成程度", Decimal(100)) if bars else None


_TONES = {state: {State.MET: Tone.NUMBER, State.MISSED: Tone.MISSED}.get(state, Tone.OPEN) for state in State}


def _attained(found: Fulfilment) -> str:
    return f"{found.attainment}% · {found.state}"


def _computed(row: MoneyRow) -> list[tuple[str, Decimal]]:
    rates = [(base, scoring.percent(share)) for base, share in scoring.rates_of(row)]
    printed = row.rate.value if row.rate else None
    return [] if any(share == printed for _, share in rates) else rates


def accounts(corpus: Corpus, folder: DepartmentFolder, today: date) -> dict[str, Account]:
    """Call every declared year of a department to account as of `today`; by the declaration's address."""
    return {document.address: _account(corpus, folder, document, today) for document in folder.documents}


def _account(corpus: Corpus, folder: DepartmentFolder, document: Document, today: date) -> Account:
    expected = corpus.site.results_expected(document.year)
    judged = fulfilment.of_declaration(folder, document, expected, today)
    found = folder.results_of(document.year)
    results = {placed.key: placed.result for placed in found.results.results()} if found else {}
    kept = {
        key: Kept(placed, judged[key], results.get(key))
        for placed in document.declaration.indicators()
        if (key := identity.key(placed))
    }
    progress = [p for file in folder.results if file.year == document.year for p in file.results.progress]
    own = scoring.governing(found.results, corpus.site.scoring) if found else corpus.site.scoring
    return Account(folder, document, found, progress, expected, kept, own)


class Cell(NamedTuple):
    """A year in the strip of a promise: its state, None where the promise was not made, and either in words."""

    year: int
    state: State | None
    said: str


def strip(timeline: Timeline, accounts: Mapping[str, Account]) -> dict[str, list[Cell]]:
    """Return what became of every promise of a department in the last years, by the promise's address in the ledger.

    There is none for a department that never published results.
    """
    of_year = {year: accounts[document.address] for year, document in timeline.by_year.items()}
    if not any(account.found for account in of_year.values()):
        return {}
    years = timeline.years[-STRIP:]
    return {timeline.anchor(p): [_cell(timeline, p, year, of_year) for year in years] for p in timeline.promises}


def _cell(timeline: Timeline, promise: Promise, year: int, of_year: Mapping[int, Account]) -> Cell:
    if year not in of_year:
        return Cell(year, None, f"申报表{timeline.coverage[year]}")
    if year not in promise.entries:
        return Cell(year, None, "没有这项指标")
    state = of_year[year].kept[identity.key(promise.entries[year].placed)].fulfilment.state
    return Cell(year, state, state)


class Cycle(NamedTuple):
    """The days of a year's cycle, as far as they are known: approved, published, evaluated, results published.

    `until` are the days up to which progress was published within the year.
    """

    year: int
    address: str
    approved: date | None
    published: date | None
    until: list[date]
    evaluated: date | None
    reported: date | None
    expected: str  # until when results are expected, where none are published; else empty


def calendar(accounts: Iterable[Account]) -> list[Cycle]:
    """Return the cycles of a department's declared years, the newest first."""
    return [_cycle(account) for account in sorted(accounts, key=lambda a: -a.document.year)]


def _cycle(account: Account) -> Cycle:
    promised, reported = account.document.source, account.found.source if account.found else None
    return Cycle(
        account.document.year,
        account.document.address,
        promised.approved if promised else None,
        promised.published if promised else None,
        [part.until for part in account.progress],
        account.found.results.evaluated if account.found else None,
        reported.published if reported else None,
        "" if account.found else account.due,
    )
