"""Wholes divided into parts that lie side by side: a budget by source and structure, indicators by kind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.pages.charts import Bar, Tone, legend, length
from generator.pages.drawing import GAP, LINE, SMALL, WIDTH, Label, Layout, Mark, box, width_of, wrap

_BAR = 16.0  # a bar's height
_NARROW = 80.0  # a bar beside words is at least so long


@dataclass(frozen=True)
class Stack:
    """A whole with its parts; a part without tone is drawn hollow, one without value leaves the whole undrawn."""

    label: str
    shown: str
    parts: tuple[Bar, ...]


@dataclass(frozen=True)
class StackChart:
    """Wholes below each other. With `legend` they share one scale and the parts are told by it; else each is as wide
    as the drawing, and its parts stand below it by name.
    """

    id: str
    title: str
    stacks: tuple[Stack, ...]
    label_head: str = "项目"
    value_head: str = "金额"
    legend: tuple[tuple[str, Tone | None], ...] = ()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return every whole, and its parts where they stand by name."""
        parts = [[] if self.legend else [(part.label, part.shown) for part in stack.parts] for stack in self.stacks]
        return [
            row for stack, below in zip(self.stacks, parts, strict=True) for row in ((stack.label, stack.shown), *below)
        ]

    def layout(self) -> Layout:
        """Put each whole below its label and its parts below it, or all on one line where the words are short."""
        return _lines(self) if self.legend else _blocks(self)


def _sum(stack: Stack) -> Decimal:
    return sum((part.value or Decimal(0) for part in stack.parts), Decimal(0))


def _blocks(chart: StackChart) -> Layout:
    marks: list[Mark] = []
    y = -4.0
    for stack in chart.stacks:
        y = _pair(marks, y, stack.label, stack.shown) + 7
        marks += _bar(stack, 0, y, _sum(stack), WIDTH)
        y += _BAR + 4
        for part in stack.parts:
            marks.append(_swatch(part, y + 8))
            y = _pair(marks, y, part.label, part.shown, 16)
        y += 8
    return Layout(marks, 0.0, max(y - 4, LINE))


def _lines(chart: StackChart) -> Layout:
    labels = max(width_of(stack.label) for stack in chart.stacks) + GAP
    room = WIDTH - labels - max(width_of(stack.shown, SMALL) for stack in chart.stacks) - GAP
    full = max(map(_sum, chart.stacks))
    marks = legend(10.0, *chart.legend)
    y = 20.0
    for stack in chart.stacks:
        if room < _NARROW:
            y = _pair(marks, y, stack.label, stack.shown) + 7
            marks += _bar(stack, 0, y, full, WIDTH)
        else:
            marks.append(Label(0, y + 13, stack.label))
            marks += _bar(stack, labels, y, full, room)
            marks.append(Label(WIDTH, y + 13, stack.shown, "right", "chart-quiet", SMALL))
        y += _BAR + 8
    return Layout(marks, 0.0, y - 4)


def _bar(stack: Stack, x: float, y: float, full: Decimal, room: float) -> list[Mark]:
    if any(part.value is None for part in stack.parts):  # a whole that is not known is not divided
        return [box(x + 0.5, y + 0.5, room - 1, _BAR - 1, "chart-line", dashed=True)]
    marks: list[Mark] = [] if full else [box(x, y, room, _BAR, "chart-track")]
    start = x
    for part in stack.parts:
        if part.value:
            wide = length(part.value, full, room)
            gap = 2 if x > start else 0  # neighbours are told apart without their colours
            if part.tone:
                marks.append(box(x + gap, y, max(wide - gap, 1), _BAR, f"chart-tone-{part.tone:d}"))
            else:
                marks.append(box(x + gap + 0.5, y + 0.5, max(wide - gap - 1, 1), _BAR - 1, "chart-line"))
            x += wide
    return marks


def _swatch(part: Bar, y: float) -> Mark:
    if part.value is None or not part.tone:
        return box(0.5, y + 0.5, 9, 9, "chart-line", dashed=part.value is None)
    return box(0, y, 10, 10, f"chart-tone-{part.tone:d}")


def _pair(marks: list[Mark], y: float, label: str, shown: str, indent: float = 0) -> float:
    """Put a label and its figure on one line, or below each other; returns where the last line is."""
    labels, figures = wrap(label, WIDTH - indent), wrap(shown, WIDTH - indent)
    y += LINE
    marks += [Label(indent, y + n * LINE, line) for n, line in enumerate(labels)]
    together = indent + width_of(labels[-1]) + GAP + width_of(figures[0]) <= WIDTH
    y += LINE * (len(labels) - together)
    marks += [Label(WIDTH, y + n * LINE, line, "right", "chart-quiet") for n, line in enumerate(figures)]
    return y + LINE * (len(figures) - 1)
