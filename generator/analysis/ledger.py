"""A promise's life across the years: the ledger of a department.

What continues what is decided by `identity`, what became of a target by `verdicts`; here the years are strung together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.analysis import identity, verdicts
from generator.analysis.identity import Key
from generator.analysis.verdicts import Kind, Verdict
from generator.declaration.model import Declaration, PlacedIndicator


class Entry(NamedTuple):
    """An indicator in one declaration, and what became of it since the one before."""

    year: int
    placed: PlacedIndicator
    verdict: Verdict


@dataclass
class Promise:
    """One promise: its entries by year, oldest first, and the declared years in which it was found ended, with why.

    `split_from` is the promise that it was split out of.
    """

    entries: dict[int, Entry] = field(default_factory=dict)
    ended: dict[int, Verdict] = field(default_factory=dict)
    split_from: Promise | None = None

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
        """Return the permanent anchors of the promise: one for each name that it ever had, the newest first."""
        entries = sorted(self.entries.items(), reverse=True)
        return list(dict.fromkeys(identity.anchor(entry.placed) for _, entry in entries))

    @property
    def identifier(self) -> str:
        """Return the name under which data knows the promise: its oldest anchor, which a rename does not change."""
        return self.anchors[-1]

    @property
    def ancestors(self) -> Iterator[Promise]:
        """Yield the promise that this one was split out of, the one that that one was, and so on."""
        if self.split_from:
            yield self.split_from
            yield from self.split_from.ancestors

    def verdict(self, year: int) -> Verdict | None:
        """Return what happened in a declared year: a change, an end, or None while it is not there."""
        return self.entries[year].verdict if year in self.entries else self.ended.get(year)


def ledger(declarations: Sequence[Declaration]) -> list[Promise]:
    """Follow every indicator through the declarations of a department, given oldest first.

    Promises stand in the order of the newest declaration, then those that have ended, the latest ended first.
    """
    promises: list[Promise] = []
    present: dict[Key, Promise] = {}  # in the declaration before
    gone: dict[Key, Promise] = {}  # in an earlier one
    for declaration in declarations:
        year, placed = declaration.year, list(declaration.indicators())
        going_on = identity.succession((p.newest for p in present.values()), placed)
        others = [p for p in placed if identity.key(p) not in going_on.continued.keys() | going_on.parts.keys()]
        returning = identity.succession((p.newest for p in gone.values()), others)
        here: dict[Key, Promise] = {}
        for indicator in placed:
            key = identity.key(indicator)
            if key in going_on.continued:
                promise = present[going_on.continued[key]]
                verdict = _judged(promise.newest, indicator, max(promise.entries), year)
            elif key in returning.continued:
                promise = gone.pop(returning.continued[key])
                verdict = _resumed(_judged(promise.newest, indicator, max(promise.entries), year))
            else:
                origin = going_on.parts.get(key)
                promise = Promise(split_from=present[origin] if origin else None)
                promises.append(promise)
                verdict = _begun(promise, is_first=not present and not gone)
            promise.entries[year] = Entry(year, indicator, verdict)
            here[key] = promise
        for key in going_on.ended(present):
            present[key].ended[year] = Verdict(Kind.DROPPED, "")
        for old in dict.fromkeys(going_on.parts.values()):
            parts = [here[new].newest for new, of in going_on.parts.items() if of == old]
            present[old].ended[year] = verdicts.judge_split(present[old].newest, parts)
        gone |= {key: promise for key, promise in present.items() if year in promise.ended}
        present = here
    position = {id(promise): place for place, promise in enumerate(present.values())}
    return sorted(promises, key=lambda p: (position.get(id(p), len(promises)), -max(p.entries)))


def identifiers(promises: Sequence[Promise]) -> list[str]:
    """Return the promises' identifiers, in their order: of those with the same, all but the earliest add a year.

    A name that one promise gave up may be taken by another, later.
    """
    found = [promise.identifier for promise in promises]
    begun = [min(promise.entries) for promise in promises]
    earliest = {name: min(year for n, year in zip(found, begun, strict=True) if n == name) for name in found}
    return [name if year == earliest[name] else f"{name}-{year}" for name, year in zip(found, begun, strict=True)]


def anchors(promises: Sequence[Promise]) -> list[list[str]]:
    """Return every anchor of the promises on one page, in their order: the identifier, then those of other names.

    No anchor comes twice: one that another promise has taken stays with that one.
    """
    found = [[name] for name in identifiers(promises)]
    taken = {name for [name] in found}
    for own, promise in zip(found, promises, strict=True):
        own += (free := [name for name in promise.anchors if name not in taken])
        taken |= {*free}
    return found


def _judged(old: PlacedIndicator, new: PlacedIndicator, old_year: int, new_year: int) -> Verdict:
    """Judge the change of a target, and say where its heading changed too."""
    verdict = verdicts.judge(old, new, old_year, new_year)
    if (old.first_level, old.second_level) == (new.first_level, new.second_level):
        return verdict
    moved = f"分类由“{old.second_level}”改为“{new.second_level}”"
    kind = Kind.REWORDED if verdict.kind is Kind.SAME else verdict.kind
    return Verdict(kind, "；".join(filter(None, (verdict.proof, moved))))


def _resumed(change: Verdict) -> Verdict:
    compared = "目标值与停止前相同" if change.kind is Kind.SAME else f"与停止前相比：{change.kind}"
    return Verdict(Kind.RESUMED, "；".join(filter(None, (compared, change.proof))))


def _begun(promise: Promise, is_first: bool) -> Verdict:
    if promise.split_from:
        return Verdict(Kind.SPLIT, f"由“{promise.split_from.newest.name}”拆分")
    return Verdict(Kind.SAME if is_first else Kind.NEW, "")


class Change(NamedTuple):
    """A promise in two years (None: not declared in that year) and what became of it between them."""

    promise: Promise
    old: PlacedIndicator | None
    new: PlacedIndicator | None
    verdict: Verdict


def between(promises: Sequence[Promise], old_year: int, new_year: int) -> list[Change]:
    """Compare any two declared years; unchanged promises are kept, those in neither year left out.

    What a promise was split into stands in the verdict on that promise, not as something new.
    """
    return [change for promise in promises for change in _between(promise, old_year, new_year)]


def _between(promise: Promise, old_year: int, new_year: int) -> Iterator[Change]:
    old, new = promise.entries.get(old_year), promise.entries.get(new_year)
    if old and new:
        verdict = _judged(old.placed, new.placed, old_year, new_year)
        yield Change(promise, old.placed, new.placed, verdict)
    elif new:
        if not any(old_year in ancestor.entries for ancestor in promise.ancestors):
            earlier = any(year < old_year for year in promise.entries)
            yield Change(promise, None, new.placed, Verdict(Kind.RESUMED if earlier else Kind.NEW, ""))
    elif old:
        splits = (v for year, v in promise.ended.items() if old_year < year <= new_year and v.kind is Kind.SPLIT)
        yield Change(promise, old.placed, None, next(splits, Verdict(Kind.DROPPED, "")))


def by_kind(changes: Sequence[Change]) -> dict[Kind, list[Change]]:
    """Sort changes by their kind, in the order of the kinds, without the unchanged ones and empty kinds."""
    kinds = {kind: [change for change in changes if change.verdict.kind is kind] for kind in Kind}
    return {kind: some for kind, some in kinds.items() if some and kind not in verdicts.UNCHANGED}
