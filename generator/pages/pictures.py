"""The two small pictures that stand inside tables, as SVG text: a stacked bar and a sparkline.

They only repeat what the cell beside them says in words, so screen readers pass them over. Widths are in percent: a bar
fills its cell. Colours are the roles of charts.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from markupsafe import Markup

_LEGIBLE = Decimal(7)  # percent of the width that a number needs
_WIDTH, _HEIGHT, _EDGE = 72, 20, 3


def bar(parts: Sequence[tuple[int, str]]) -> Markup:
    """Draw counts beside each other, each with the role of its colour; nothing where there is nothing."""
    whole = sum(count for count, _ in parts)
    if not whole:
        return Markup("")
    ends = [Decimal(end) * 100 / whole for end in accumulate(count for count, _ in parts)]
    drawn = ""
    for (count, role), start, end in zip(parts, [Decimal(0), *ends], ends, strict=False):
        if count:
            drawn += f'<rect class="{role}" x="{start:.2f}%" width="{end - start:.2f}%" height="100%"/>'
            if end - start >= _LEGIBLE:
                drawn += f'<text class="on-{role}" x="{(start + end) / 2:.2f}%" y="50%">{count}</text>'
    return Markup(f'<svg class="stacked" aria-hidden="true" focusable="false">{drawn}</svg>')


def sparkline(values: Sequence[Decimal | None]) -> Markup:
    """Draw numbers as a line that begins at zero, None as a gap; a number on its own is a dot, as is the last one."""
    highest = max((value for value in values if value is not None), default=None)
    if not highest:
        return Markup("")
    step = Decimal(_WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)
    room = _HEIGHT - 2 * _EDGE
    path, pen, last = "", "M", ""
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        x, y = _EDGE + place * step, _HEIGHT - _EDGE - value / highest * room
        path += f"{pen}{x:.1f} {y:.1f}{'h0' if pen == 'M' else ''}"  # a number between gaps is a dot
        pen, last = "L", f'<circle class="chart-tone-1" cx="{x:.1f}" cy="{y:.1f}" r="2"/>'
    return Markup(
        f'<svg class="sparkline" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true" focusable="false">'
        f'<path class="spark" d="{path}"/>{last}</svg>'
    )
