"""An indicator's life across the years: the promise ledger of a department.

Identity from one declaration to the next: the same name under the same headings, else what `原名:` says, else it
is another indicator: never a silent guess. Two indicators that name the same 原名 are a split: the old one ends,
each new one says where it comes from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from generator.analysis import compare
from generator.analysis.compare import Kind, Verdict
from generator.declaration.model import Declaration, PlacedIndicator

Key = tuple[str, str, str]  # first level, second level, name


class Entry(NamedTuple):
    """An indicator in one declaration, and what became of it since the one before."""

    year: int
    placed: PlacedIndicator
    verdict: Verdict


@dataclass
class Row:
    """One promise: its entries by year, oldest first, and the years in which it was dropped.

    `split_from` names the indicator that it was split out of; `split_into` what it was split into.
    """

    entries: dict[int, Entry] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    split_from: str | None = None
    split_into: tuple[str, ...] = ()

    @property
    def newest(self) -> PlacedIndicator:
        """Return the indicator as it was last declared."""
        return self.entries[max(self.entries)].placed

    @property
    def names(self) -> list[str]:
        """Return every name that it ever had, the newest first."""
        return list(dict.fromkeys(entry.placed.name for _, entry in sorted(self.entries.items(), reverse=True)))

    @property
    def anchors(self) -> list[str]:
        """Return the permanent anchors of the row: one for each name that it ever had, the newest first."""
        placed = [entry.placed for _, entry in sorted(self.entries.items(), reverse=True)]
        return list(dict.fromkeys(anchor(p) for p in placed))

    def verdict(self, year: int) -> Verdict | None:
        """Return what happened in a declared year: a change, a drop, or None while it is not there."""
        if year in self.entries:
            return self.entries[year].verdict
        if year in self.dropped:
            return Verdict(Kind.DROPPED, f"拆分为{'、'.join(self.split_into)}" if self.split_into else "")
        return None


def anchor(placed: PlacedIndicator) -> str:
    """Return the anchor that a name under its headings has for ever: `i-` and ten hexadecimal digits."""
    words = "\n".join((placed.first_level, placed.second_level, placed.name))
    return f"i-{sha256(words.encode()).hexdigest()[:10]}"


def ledger(declarations: Sequence[Declaration]) -> list[Row]:
    """Follow every indicator through the declarations of a department, given oldest first.

    Rows stand in the order of the newest declaration, then those that have ended, the latest ended first.
    """
    rows: list[Row] = []
    present: dict[Key, Row] = {}  # in the declaration before
    gone: dict[Key, Row] = {}  # in an earlier one
    for number, declaration in enumerate(declarations):
        placed = {_key(p): p for p in declaration.indicators()}
        splits = _splits(placed, present)
        here: dict[Key, Row] = {}
        for key, indicator in placed.items():
            row, verdict = _predecessor(key, indicator, placed, splits, present, gone)
            if row is None:
                row = Row(split_from=splits.get(key))
                rows.append(row)
                verdict = Verdict(Kind.NEW, _origin(row)) if number else Verdict(Kind.SAME)
            row.entries[declaration.year] = Entry(declaration.year, indicator, verdict)
            here[key] = row
        continuing = set(map(id, here.values()))
        for key, row in present.items():
            if id(row) not in continuing:
                row.dropped.append(declaration.year)
                row.split_into = tuple(k[2] for k, old in splits.items() if old == key[2] and k[:2] == key[:2])
                gone[key] = row
        present = here
    position = {id(row): place for place, row in enumerate(present.values())}
    return sorted(rows, key=lambda row: (position.get(id(row), len(rows)), -max(row.entries)))


def _key(placed: PlacedIndicator) -> Key:
    return placed.first_level, placed.second_level, placed.name


def _splits(placed: dict[Key, PlacedIndicator], present: dict[Key, Row]) -> dict[Key, str]:
    """Return the indicators whose 原名 is named more than once, with that name."""
    named = {key: p.indicator.former_name for key, p in placed.items() if p.indicator.former_name}
    times = Counter((*key[:2], former) for key, former in named.items())
    return {k: old for k, old in named.items() if times[(*k[:2], old)] > 1 and (*k[:2], old) in present}


def _predecessor(
    key: Key,
    indicator: PlacedIndicator,
    placed: dict[Key, PlacedIndicator],
    splits: dict[Key, str],
    present: dict[Key, Row],
    gone: dict[Key, Row],
) -> tuple[Row | None, Verdict]:
    """Find the row that an indicator continues, and judge its change."""
    former = indicator.indicator.former_name
    candidates = [key]
    if former and key not in splits and (*key[:2], former) not in placed:
        candidates.append((*key[:2], former))
    for candidate in candidates:
        if row := present.get(candidate):
            return row, compare.targets(row.newest, indicator)
    for candidate in candidates:
        if row := gone.pop(candidate, None):
            change = compare.targets(row.newest, indicator)
            reason = "目标值与停止前相同" if change.kind is Kind.SAME else f"与停止前相比：{change.kind}"
            return row, Verdict(Kind.RESUMED, reason)
    return None, Verdict(Kind.NEW)


class Change(NamedTuple):
    """A promise in two years (None: not declared in that year) and what became of it between them."""

    row: Row
    old: PlacedIndicator | None
    new: PlacedIndicator | None
    verdict: Verdict


def between(rows: Sequence[Row], old_year: int, new_year: int) -> list[Change]:
    """Compare any two declared years; rows that are in neither are left out, unchanged ones are kept."""
    found = []
    for row in rows:
        old, new = row.entries.get(old_year), row.entries.get(new_year)
        if old and new:
            verdict = compare.targets(old.placed, new.placed)
        elif new:
            earlier = any(year < old_year for year in row.entries)
            verdict = Verdict(Kind.RESUMED if earlier else Kind.NEW, _origin(row))
        elif old:
            verdict = Verdict(Kind.DROPPED, f"拆分为{'、'.join(row.split_into)}" if row.split_into else "")
        else:
            continue
        found.append(Change(row, old and old.placed, new and new.placed, verdict))
    return found


def _origin(row: Row) -> str:
    return f"由“{row.split_from}”拆分" if row.split_from else ""


def by_kind(changes: Sequence[Change]) -> dict[Kind, list[Change]]:
    """Sort changes by their kind, in the order of the kinds, without the unchanged ones and empty kinds."""
    kinds = {kind: [change for change in changes if change.verdict.kind is kind] for kind in Kind}
    return {kind: some for kind, some in kinds.items() if some and kind is not Kind.SAME}
