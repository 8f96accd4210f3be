"""The same promise in another declaration: the one place that decides it.

An indicator goes on as the one of the same name under the same headings; else as the one that its 原名 names; else
as the only one of the same name, where it stands under another heading now. Nothing else is the same: never a
guess. Several indicators with the same 原名 are a split of the one they name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TypeAlias

from generator.declaration.model import Declaration, PlacedIndicator

Key: TypeAlias = tuple[str, str, str]  # first level, second level, name


@dataclass(frozen=True)
class Succession:
    """How one set of indicators goes on in a later one.

    `continued` leads from a later indicator to the earlier one that it continues, `parts` from a later indicator to
    the earlier one that was split into it and others. What is in neither is new, or has ended.
    """

    continued: Mapping[Key, Key]
    parts: Mapping[Key, Key]

    def ended(self, earlier: Iterable[Key]) -> list[Key]:
        """Return those of the earlier indicators that go on in no way, in their order."""
        going_on = {*self.continued.values(), *self.parts.values()}
        return [key for key in earlier if key not in going_on]


def key(placed: PlacedIndicator) -> Key:
    """Return what tells an indicator from the others of its declaration: its headings and its name."""
    return placed.first_level, placed.second_level, placed.name


def anchor(placed: PlacedIndicator) -> str:
    """Return the anchor that a name under its headings has for ever: `i-` and ten hexadecimal digits."""
    words = "\n".join(key(placed))
    return f"i-{sha256(words.encode()).hexdigest()[:10]}"


def succession(earlier: Iterable[PlacedIndicator], later: Iterable[PlacedIndicator]) -> Succession:
    """Match the indicators of two declarations (of two years, or of two versions of one year)."""
    before, after = [key(placed) for placed in earlier], {key(placed): placed for placed in later}
    known = set(before)
    continued = {new: new for new in after if new in known}
    claims: dict[Key, list[Key]] = {}
    for new, placed in after.items():
        old = _named(placed, before) if new not in continued else None
        if old and old not in continued:
            claims.setdefault(old, []).append(new)
    parts = {new: old for old, claimants in claims.items() if len(claimants) > 1 for new in claimants}
    continued |= {claimants[0]: old for old, claimants in claims.items() if len(claimants) == 1}
    free = Succession(continued, parts).ended(before)
    moved = [new for new in after if new not in continued and new not in parts]
    for new in moved:
        fitting = [old for old in free if old[2] == new[2]]
        if len(fitting) == 1 and [other[2] for other in moved].count(new[2]) == 1:
            continued[new] = fitting[0]
    return Succession(continued, parts)


def traced(placed: PlacedIndicator, declarations: Sequence[Declaration]) -> PlacedIndicator | None:
    """Follow an indicator back through `declarations`, its own first, to the last of them; None: not there."""
    found: PlacedIndicator | None = placed
    for later, earlier in pairwise(declarations):
        before = {key(old): old for old in earlier.indicators()}
        continued = succession(before.values(), later.indicators()).continued
        found = before.get(continued.get(key(found), ("", "", ""))) if found else None
    return found


def _named(placed: PlacedIndicator, before: list[Key]) -> Key | None:
    """Find the earlier indicator that an indicator's 原名 means: under its own headings, else the only one so named."""
    former = placed.indicator.former_name
    here = (placed.first_level, placed.second_level, former)
    fitting = [old for old in before if old == here] or [old for old in before if former and old[2] == former]
    return fitting[0] if len(fitting) == 1 else None
