"""The balance of a year: did promises rise or fall since the declaration before, and how many can be measured?

Kinds of verdict are put together into the few directions that a picture can hold; each kind belongs to exactly one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from generator.analysis.kinds import Kind
from generator.analysis.ledger import Change


class Direction(StrEnum):
    """Where a promise went from one declaration to the next; the values are what readers see."""

    STRICTER = "更严或更明确"
    KEPT = "照旧"
    LOOSER = "放宽或弱化"
    DROPPED = "取消"
    OPEN = "无法比较"
    NEW = "新增或恢复"


OF_KIND: Mapping[Kind, Direction] = {
    Kind.SAME: Direction.KEPT,
    Kind.ROLLED: Direction.KEPT,
    Kind.REWORDED: Direction.KEPT,
    Kind.TIGHTENED: Direction.STRICTER,
    Kind.SHARPENED: Direction.STRICTER,
    Kind.RELAXED: Direction.LOOSER,
    Kind.WEAKENED: Direction.LOOSER,
    Kind.DROPPED: Direction.DROPPED,
    Kind.SPLIT: Direction.OPEN,
    Kind.UNIT_CHANGED: Direction.OPEN,
    Kind.NOT_COMPARABLE: Direction.OPEN,
    Kind.NEW: Direction.NEW,
    Kind.RESUMED: Direction.NEW,
}


def kinds(direction: Direction) -> list[Kind]:
    """Return the kinds of verdict that a direction stands for."""
    return [kind for kind, of in OF_KIND.items() if of is direction]


def count(changes: Iterable[Change]) -> dict[Direction, int]:
    """Count what became of the promises, by direction, in their order; all are named, with 0 for none."""
    return add([Counter(OF_KIND[change.verdict.kind] for change in changes)])


def add(counts: Iterable[Mapping[Direction, int]]) -> dict[Direction, int]:
    """Add up the counts of several departments."""
    total: Counter[Direction] = Counter()
    for some in counts:
        total.update(some)
    return {direction: total[direction] for direction in Direction}
