"""What the pages of themes show: scales with a small plot for each row, drawn on the scale of all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.analysis import figures
from generator.analysis.ledger import Entry
from generator.analysis.measures import measure
from generator.analysis.themes import Member, Scale, Shown, Theme

WIDTH, HEIGHT, MARGIN = 160, 18, 7  # of a row's plot, in CSS pixels
_TENTH = Decimal("0.1")


class Row(NamedTuple):
    """A promise on a scale: its newest entry, the one before if any, and its plot."""

    member: Member
    newest: Entry
    before: Entry | None
    plot: Markup


def context(shown: Shown) -> dict[str, Any]:
    """Return what the page of a theme shows."""
    return {"shown": shown, "scales": [(scale, _rows(scale)) for scale in shown.scales], "said": said}


def said(scale: Scale) -> str:
    """Say in words what stands on a scale: which units, and in which order."""
    unit = "、".join(scale.units) or "不带单位的数"
    order = {1: "越多要求越严，要求最低的在前", -1: "越少要求越严，要求最低的在前", 0: "看不出多好还是少好，不排先后"}
    changes = "与以前相比的变化，" if scale.dimension.endswith("（变化）") else ""
    return f"{changes}单位：{unit}；{order[scale.way]}"


def words_of(theme: Theme) -> str:
    """Say which indicators belong to a theme."""
    units = f"，目标值以{'、'.join(theme.units)}计或者没有单位" if theme.units else ""
    return f"指标名称里有“{'”或“'.join(theme.words)}”{units}"


def _rows(scale: Scale) -> list[Row]:
    spots = [_spots(member) for member in scale.members]
    known = [spot for pair in spots for spot in pair if spot is not None]
    low, high = min(known), max(known)
    return [
        Row(member, entries[0], entries[1] if len(entries) > 1 else None, _plot(*pair, low, high))
        for member, pair in zip(scale.members, spots, strict=True)
        if (entries := member.entries)
    ]


def _spots(member: Member) -> tuple[Decimal | None, Decimal | None]:
    """Return where a promise's newest target stands, and the one before it, if both are in one dimension."""
    entries = member.entries
    now = member.position(entries[0].year)
    same = len(entries) > 1 and _dimension(entries[0]) == _dimension(entries[1])
    return now, member.position(entries[1].year) if same else None


def _dimension(entry: Entry) -> tuple[str, bool]:
    reading = entry.placed.indicator.reading
    return measure(reading.unit).dimension, reading.baseline is None


def _plot(now: Decimal | None, before: Decimal | None, low: Decimal, high: Decimal) -> Markup:
    """Draw a dot for the target, and a ring with a line for the one before where it differs; decoration: the figures
    stand in the row.
    """
    if now is None or low == high:
        return Markup("")

    def x(value: Decimal) -> Decimal:
        return figures.rounded(MARGIN + (WIDTH - 2 * MARGIN) * (value - low) / (high - low), _TENTH)

    middle = HEIGHT // 2
    drawn = [f'<path class="dots-axis" d="M{MARGIN} {middle}H{WIDTH - MARGIN}"/>']
    if before is not None and before != now:
        drawn.append(f'<path class="dots-way" d="M{x(before)} {middle}H{x(now)}"/>')
        drawn.append(f'<circle class="dots-before" cx="{x(before)}" cy="{middle}" r="4"/>')
    drawn.append(f'<circle class="dots-now" cx="{x(now)}" cy="{middle}" r="5"/>')
    head = f'<svg class="dots" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
    return Markup(f"{head}{''.join(drawn)}</svg>")


class Summary(NamedTuple):
    """A theme in the list of all: how many promises and departments, and how many never moved."""

    shown: Shown
    still: int


def summaries(shown: Sequence[Shown]) -> list[Summary]:
    """Return the themes for their list."""
    return [Summary(one, sum(scale.still for scale in one.scales)) for one in shown]
