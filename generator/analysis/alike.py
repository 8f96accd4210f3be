"""Which names or paragraphs of two files may be one and the same, written differently: the most alike are paired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_ALIKE = 0.5  # of two names or paragraphs that may be one and the same
_COMPARED = 200  # characters of each
_MOST_PAIRS = 4_000  # beyond them nothing is alike: the files have nothing to do with each other


def paired(own: dict[str, str], theirs: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that may be one, of those given with what stands under them: the most alike first.

    A name with the very same under it need be less alike.
    """
    if len(own) * len(theirs) > _MOST_PAIRS:
        return
    found = [
        (_likeness(mine, other) + (_ALIKE / 2 if said == printed else 0), mine, other)
        for mine, said in own.items()
        for other, printed in theirs.items()
    ]
    used: tuple[set[str], set[str]] = set(), set()
    for likeness, mine, other in sorted(found, key=lambda one: -one[0]):
        if likeness >= _ALIKE and mine not in used[0] and other not in used[1]:
            used[0].add(mine)
            used[1].add(other)
            yield mine, other


def in_order(own: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Pair the items of two lists: the same ones in their order, between them the most alike."""
    pairs: dict[int, int] = {}
    for how, a, b, c, d in SequenceMatcher(None, own, theirs, autojunk=False).get_opcodes():
        if how == "equal":
            pairs |= dict(zip(range(a, b), range(c, d), strict=True))
        elif how == "replace" and b - a == d - c == 1:
            pairs[a] = c
        elif how == "replace" and (b - a) * (d - c) <= _MOST_PAIRS:
            start = c
            for n in range(a, b):
                likeness, m = max(((_likeness(own[n], theirs[m]), -m) for m in range(start, d)), default=(0.0, 0))
                if likeness >= _ALIKE:
                    pairs[n], start = -m, 1 - m
    return pairs


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _ALIKE / 2 else 0.0
