"""A promise through the years as a step line, and what was reached as marks on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.analysis.fulfilment import State
from generator.pages.charts import Tone
from generator.pages.drawing import SMALL, WIDTH, Label, Layout, Mark, Shape, box, centred, width_of

_PLOT = 56.0  # from the lowest value to the highest
_MARK = 4.0  # half a mark


class Step(NamedTuple):
    """A year: the target's number and the target as printed, what was reached in the same unit, and its state.

    A number is None where the target or the result states none, `said` is empty where nothing was promised.
    """

    year: int
    target: Decimal | None
    said: str
    actual: Decimal | None
    state: State | None


@dataclass(frozen=True)
class StepChart:
    """The steps of one promise, the oldest first, every year of them. The words of a target stand where it begins."""

    id: str
    title: str
    steps: tuple[Step, ...]
    label_head: str = "年度"
    value_head: str = "目标值和实际完成值"

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return the target and the number that was reached, for every year."""
        reached = [f"，实际 {s.actual:f}（{s.state}）" if s.actual is not None else "" for s in self.steps]
        return [(f"{s.year}年", f"{s.said or '没有这项目标'}{r}") for s, r in zip(self.steps, reached, strict=True)]

    def layout(self) -> Layout:
        """Put the years side by side, the numbers on one scale."""
        slot = WIDTH / len(self.steps)
        marks: list[Mark] = []
        taken: list[tuple[float, float, float]] = []  # (left, right, baseline) of the words
        lines: list[list[tuple[float, float]]] = [[]]
        said = ""
        for place, step in enumerate(self.steps):
            left, middle = place * slot, (place + 0.5) * slot
            marks.append(centred(middle, 21, str(step.year), "chart-quiet"))
            if step.target is None:
                lines.append([])
                continue
            y = self._height(step.target)
            lines[-1] += [(left, y), (left + slot, y)]
            if step.said != said:
                marks.append(_placed(centred(middle, y - 6, step.said), taken))
            said = step.said
            if step.actual is not None:
                marks.append(_reached(middle, self._height(step.actual), step.state))
        marks += [Shape(tuple(dict.fromkeys(line)), "chart-step") for line in lines if line]
        marks.append(Shape(((0, 6), (WIDTH, 6)), "chart-line"))
        top = min((y for _, _, y in taken), default=-_PLOT) - 14
        return Layout(marks, min(top, -_PLOT - 8), 26.0)

    def _height(self, value: Decimal) -> float:
        numbers = [n for step in self.steps for n in (step.target, step.actual) if n is not None]
        low, high = min(numbers), max(numbers)
        return -float((value - low) / (high - low)) * _PLOT - 4 if high > low else -_PLOT / 2


def _placed(label: Label, taken: list[tuple[float, float, float]]) -> Label:
    """Move a text up until it covers no other."""
    half = width_of(label.text, SMALL) / 2
    left, right, y = label.x - half, label.x + half, label.y
    while any(a < right + 4 and b > left - 4 and abs(other - y) < 14 for a, b, other in taken):
        y -= 1
    taken.append((left, right, y))
    return label._replace(y=y)


def _reached(x: float, y: float, state: State | None) -> Shape:
    """Mark what was reached: a square where the target was met, a diamond where it was missed, else hollow."""
    if state is State.MISSED:
        points = ((x, y - _MARK - 2), (x + _MARK + 2, y), (x, y + _MARK + 2), (x - _MARK - 2, y))
        return Shape(points, Tone.MISSED.role)
    role = Tone.NUMBER.role if state is State.MET else "chart-line"
    return box(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK, role)
