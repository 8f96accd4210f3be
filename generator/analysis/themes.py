"""Themes: the promises of one kind across all departments, held beside each other by what they count.

What belongs to a theme is told by words in the indicator's name and, where the theme asks for it, by the dimension of
the target's unit. Numbers stand on one scale only where they are in one dimension and point the same way; who asks
least of itself stands first. Departments count different things under like names: the scale ranks targets, not work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.analysis import quantities
from generator.analysis.kinds import UNCHANGED
from generator.analysis.ledger import Entry, Promise
from generator.analysis.measures import interval, measure
from generator.analysis.pinyin import syllables
from generator.content.corpus import DepartmentFolder
from generator.declaration.model import PlacedIndicator
from generator.declaration.site import Site

STILL = 3  # declarations with the same target, from which on it is said that a target never moved


class Theme(NamedTuple):
    """A theme: its name, the words of which an indicator's name holds one, and the units of its targets (any if none).

    Targets without a unit belong to it by their words alone.
    """

    name: str
    words: tuple[str, ...]
    units: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Return the name as it stands in the address of the theme's page: 满意度 → manyidu."""
        return "".join("".join(character for character in s if character.isalnum()) for s in syllables(self.name))

    def holds(self, placed: PlacedIndicator) -> bool:
        """Tell whether an indicator belongs to the theme."""
        if not any(word in placed.name for word in self.words):
            return False
        reading = placed.indicator.reading
        dimensions = {measure(unit).dimension for unit in self.units}
        return not dimensions or reading.unit is None or measure(reading.unit).dimension in dimensions


_SHARES = ("%",)
# What departments of every kind promise; a site adds its own in site.yaml (主题).
KNOWN = (
    Theme("满意度", ("满意",), _SHARES),
    Theme("办理时限", ("办结", "办理", "处理", "响应", "答复", "受理", "审批", "时限"), ("天", "个工作日", "个月")),
    Theme("人均和单位成本", ("人均", "单位成本", "每人", "次均", "户均", "单价"), ()),
    Theme("合格率", ("合格", "达标", "优良"), _SHARES),
    Theme("完成率", ("完成率", "执行率", "完成比例"), _SHARES),
    Theme("及时率", ("及时率", "按时", "按期", "准时"), _SHARES),
    Theme("覆盖率", ("覆盖",), _SHARES),
    Theme("知晓率", ("知晓", "知悉"), _SHARES),
    Theme("培训", ("培训",), ()),
    Theme("投诉", ("投诉", "举报"), ()),
)


def of_site(site: Site) -> list[Theme]:
    """Return the themes of a site: the known ones, and its own; one of the same name takes the known one's place."""
    own = {name: Theme(name, tuple(words)) for name, words in site.themes.items()}
    known = [own.pop(theme.name, theme) for theme in KNOWN]
    return [*known, *own.values()]


class Member(NamedTuple):
    """A promise that its department makes in its newest declaration, with the entries of the years before."""

    folder: DepartmentFolder
    promise: Promise

    @property
    def entries(self) -> list[Entry]:
        """Return its entries, the newest first."""
        return [entry for _, entry in sorted(self.promise.entries.items(), reverse=True)]

    @property
    def still_since(self) -> int | None:
        """Return the year since which the target has been the same, in at least STILL declarations; else None."""
        same = self.entries[:1]
        for entry, before in zip(self.entries, self.entries[1:], strict=False):
            if entry.verdict.kind not in UNCHANGED:
                break
            same.append(before)
        return same[-1].year if len(same) >= STILL else None

    def position(self, year: int) -> Decimal | None:
        """Return the number of a year's target in the base unit of its dimension; of a range the end nearest to none.

        None where it states no number, or was not declared.
        """
        entry = self.promise.entries.get(year)
        span = interval(entry.placed.indicator.reading) if entry else None
        bound = None if span is None else span.low if span.low is not None else span.high
        return None if bound is None else Decimal(bound.numerator) / Decimal(bound.denominator)


@dataclass(frozen=True)
class Scale:
    """The targets of a theme that can be put on one scale: one dimension, one way (1 more is stricter, -1 less).

    With way 0, for which neither comparator nor name says what is stricter, the order says nothing.
    """

    dimension: str
    way: int
    members: list[Member]

    @cached_property
    def positions(self) -> list[Decimal]:
        """Return the number of each member's newest target, in the base unit of the dimension."""
        return [position for m in self.members if (position := m.position(m.entries[0].year)) is not None]

    @property
    def units(self) -> list[str]:
        """Return the units as the declarations print them, each once."""
        found = (member.promise.newest.indicator.reading.unit for member in self.members)
        return list(dict.fromkeys(unit for unit in found if unit))

    @property
    def still(self) -> int:
        """Count the targets that have not moved."""
        return sum(member.still_since is not None for member in self.members)


@dataclass(frozen=True)
class Shown:
    """A theme with its promises: those on scales, the largest scale first, and those whose targets state no number."""

    theme: Theme
    scales: list[Scale]
    in_words: list[Member]

    @property
    def members(self) -> list[Member]:
        """Return all its promises."""
        return [*(member for scale in self.scales for member in scale.members), *self.in_words]

    @property
    def departments(self) -> int:
        """Count the departments with a promise of this kind."""
        return len({member.folder.address for member in self.members})


def shown(
    themes: Iterable[Theme], promises: Mapping[str, Sequence[Promise]], folders: Iterable[DepartmentFolder]
) -> list[Shown]:
    """Put the promises of all departments under the themes; `promises` by department's address. Empty themes go."""
    members = [Member(folder, promise) for folder in folders for promise in current(folder, promises[folder.address])]
    found = [_shown(theme, [m for m in members if theme.holds(m.promise.newest)]) for theme in themes]
    return [one for one in found if one.members]


def of_promise(themes: Iterable[Theme], promise: Promise) -> list[Theme]:
    """Return the themes that a promise belongs to by its newest declaration."""
    return [theme for theme in themes if theme.holds(promise.newest)]


def current(folder: DepartmentFolder, promises: Sequence[Promise]) -> Iterator[Promise]:
    """Yield the promises that a department makes in its newest declaration."""
    newest = folder.documents[-1].year if folder.documents else None
    return (promise for promise in promises if newest in promise.entries)


def _shown(theme: Theme, members: Sequence[Member]) -> Shown:
    scales: dict[tuple[str, int], list[Member]] = defaultdict(list)
    in_words = []
    for member in members:
        placed = member.promise.newest
        reading = placed.indicator.reading
        if reading.number is None:
            in_words.append(member)
            continue
        dimension = measure(reading.unit).dimension
        # A change against a baseline (较上年提升≥5%) is no level: it has scales of its own.
        scales[f"{dimension}{'（变化）' if reading.baseline is not None else ''}", quantities.sense(placed).way].append(
            member
        )
    made = [Scale(dimension, way, _ordered(some, way)) for (dimension, way), some in scales.items()]
    return Shown(theme, sorted(made, key=lambda scale: -len(scale.members)), in_words)


def _ordered(members: list[Member], way: int) -> list[Member]:
    """Put the least demanding target first; without a way, by what stands in the declarations."""
    if way == 0:
        return members
    return sorted(members, key=lambda member: way * (member.position(member.entries[0].year) or Decimal(0)))
