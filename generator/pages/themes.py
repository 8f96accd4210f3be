"""What the pages of themes show: scales with a small plot for each row, drawn on the scale of all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from generator.analysis import figures
from generator.analysis.themes import Scale, Shown, Theme

WIDTH, HEIGHT, MARGIN = 160, 18, 7  # of a row's plot, in CSS pixels
_TENTH = Decimal("0.1")


def context(shown: Shown) -> dict[str, Any]:
    """Return what the page of a theme shows; beside each promise its plot, none where all targets are the same."""
    return {
        "shown": shown,
        "scales": [(scale, _plots(scale)) for scale in shown.scales],
        "heading": heading,
        "said": said,
    }


def heading(scale: Scale) -> str:
    """Name a scale: %，越多越严."""
    way = {1: "，越多越严", -1: "，越少越严", 0: ""}[scale.way]
    return f"{'、'.join(scale.units) or '不带单位的数'}{way}{'，与以前相比的变化' if scale.of_change else ''}"


def said(scale: Scale) -> str:
    """Say in which order the promises of a scale stand."""
    return {1: "要求最低的在前", -1: "要求最低的（数最大的）在前", 0: "看不出多好还是少好，不排先后"}[scale.way]


def words_of(theme: Theme) -> str:
    """Say which indicators belong to a theme."""
    units = f"，目标值以{'、'.join(theme.units)}计或者没有单位" if theme.units else ""
    return f"指标名称里有“{'”或“'.join(theme.words)}”{units}"


def _plots(scale: Scale) -> list[Markup]:
    spots = [(member.position, member.before.position if member.before else None) for member in scale.members]
    known = [spot for pair in spots for spot in pair if spot is not None]
    low, high = min(known), max(known)
    return [_plot(now, before, low, high) if now is not None and low < high else Markup() for now, before in spots]


def _plot(now: Decimal, before: Decimal | None, low: Decimal, high: Decimal) -> Markup:
    """Draw a dot for the target, and a ring with a line for the one before where it differs; decoration: the figures
    stand in the row.
    """

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
