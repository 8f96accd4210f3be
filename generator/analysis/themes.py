"""Themes: the promises of one kind across all departments, held beside each other by what they count.

What belongs to a theme is told by words in the indicator's name and, where the theme asks for it, by the dimension of
the target's unit. Numbers stand on one scale only where they are in one dimension and point the same way; who asks
least of itself stands first. Departments count different things under like names: the scale ranks targets, not work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from generator.analysis import quantities
from generator.analysis.kinds import UNCHANGED, Kind
from generator.analysis.ledger import Entry, Promise, identifiers
from generator.analysis.measures import interval, measure
from generator.analysis.pinyin import syllables
from generator.content.corpus import DepartmentFolder
from generator.declaration.model import PlacedIndicator
from generator.declaration.site import Site

CHANGE = "（变化）"
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


class Before(NamedTuple):
    """The target of the declaration before: its year, its words and where it stands on the scale, if on the same."""

    year: int
    target: str
    position: Decimal | None


class Member(NamedTuple):
    """A promise that a department makes in its newest declaration, as the pages of all departments say it.

    `department` is the department's address, `promise` the promise's identifier: its anchor in the ledger. `position`
    is the number of the target in the base unit of its `dimension`, of a range the lower end; None where it states no
    number. `way`: 1 more is stricter, -1 less, 0 neither comparator nor name says which. `still_since` is the year
    since which the target has been the same, in at least STILL declarations.
    """

    theme: Theme
    department: str
    department_name: str
    promise: str
    name: str
    year: int
    target: str
    unit: str | None
    dimension: str
    way: int
    position: Decimal | None
    kind: Kind
    before: Before | None
    still_since: int | None


def members(themes: Iterable[Theme], folder: DepartmentFolder, promises: Sequence[Promise]) -> list[Member]:
    """Return the promises of a department's newest declaration, once under each theme that they belong to."""
    newest = folder.documents[-1].year if folder.documents else None
    named = zip(promises, identifiers(promises), strict=True)
    current = [(promise, identifier) for promise, identifier in named if newest in promise.entries]
    return [_member(theme, folder, *one) for theme in themes for one in current if theme.holds(one[0].newest)]


def _member(theme: Theme, folder: DepartmentFolder, promise: Promise, identifier: str) -> Member:
    now, *earlier = (entry for _, entry in sorted(promise.entries.items(), reverse=True))
    reading = now.placed.indicator.reading
    return Member(
        theme=theme,
        department=folder.address,
        department_name=folder.department.name,
        promise=identifier,
        name=now.placed.name,
        year=now.year,
        target=now.placed.indicator.target_value,
        unit=reading.unit,
        dimension=_dimension(now),
        way=quantities.sense(now.placed).way if reading.measurable else 0,
        position=_position(now),
        kind=now.verdict.kind,
        before=_before(now, earlier[0]) if earlier else None,
        still_since=_still_since([now, *earlier]),
    )


def _before(now: Entry, before: Entry) -> Before:
    same = _dimension(now) == _dimension(before)
    return Before(before.year, before.placed.indicator.target_value, _position(before) if same else None)


def _dimension(entry: Entry) -> str:
    """Name what a target measures; a change against a baseline (较上年提升≥5%) is no level and has its own."""
    reading = entry.placed.indicator.reading
    return measure(reading.unit).dimension + (CHANGE if reading.baseline is not None else "")


def _position(entry: Entry) -> Decimal | None:
    span = interval(entry.placed.indicator.reading)
    bound = None if span is None else span.low if span.low is not None else span.high
    return None if bound is None else Decimal(bound.numerator) / Decimal(bound.denominator)


def _still_since(entries: Sequence[Entry]) -> int | None:
    same = entries[:1]
    for entry, before in pairwise(entries):
        if entry.verdict.kind not in UNCHANGED:
            break
        same = [*same, before]
    return same[-1].year if len(same) >= STILL else None


@dataclass(frozen=True)
class Scale:
    """The targets of a theme in one dimension that point the same way, the least demanding first.

    With way 0 the order says nothing.
    """

    dimension: str
    way: int
    members: list[Member]

    @property
    def units(self) -> list[str]:
        """Return the units as the declarations print them, each once."""
        return list(dict.fromkeys(member.unit for member in self.members if member.unit))

    @property
    def of_change(self) -> bool:
        """Tell whether the numbers are changes against a baseline."""
        return self.dimension.endswith(CHANGE)


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
        return len({member.department for member in self.members})

    @property
    def still(self) -> int:
        """Count the promises that have not moved."""
        return sum(member.still_since is not None for member in self.members)


def shown(themes: Iterable[Theme], known: Iterable[Member]) -> list[Shown]:
    """Put the promises of all departments under their themes, in the order of the themes; empty ones go."""
    found: dict[Theme, list[Member]] = {theme: [] for theme in themes}
    for member in known:
        found[member.theme].append(member)
    return [_shown(theme, some) for theme, some in found.items() if some]


def _shown(theme: Theme, known: Sequence[Member]) -> Shown:
    scales: dict[tuple[str, int], list[Member]] = defaultdict(list)
    for member in known:
        if member.position is not None:
            scales[member.dimension, member.way].append(member)
    made = [Scale(dimension, way, _ordered(some, way)) for (dimension, way), some in scales.items()]
    in_words = [member for member in known if member.position is None]
    return Shown(theme, sorted(made, key=lambda scale: -len(scale.members)), in_words)


def _ordered(known: list[Member], way: int) -> list[Member]:
    return sorted(known, key=lambda member: way * (member.position or Decimal(0)))
