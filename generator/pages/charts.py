"""A chart specification → its drawing (inline SVG), its data table and its text alternative.

The three come from the same record, so they cannot differ. A colour stands for the same thing in every chart (Tone),
and never alone: every part has its name, and its amount beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum
from typing import Protocol
from xml.etree import ElementTree

from generator.pages import drawing
from generator.pages.drawing import GAP, LINE, SMALL, WIDTH, Label, Layout, Mark, Shape, box, centred, width_of, wrap

ABSENT = "无申报"  # stands for a year that a trend does not name
_BAR, _PLOT, _COLUMN = 10.0, 104.0, 40.0  # a bar's height, the tallest column, the widest column
_COUNTED = 44.0  # the tallest column of promises
_ALL_LABELLED = 6  # up to so many years, each column has its value; beyond, first, last, highest and lowest


class Tone(IntEnum):
    """What a colour stands for, in all charts: blues are money, greens are promises, ambers what became less of them.

    Less is a missed promise or a looser one (MISSED), and one that was dropped; greys are what cannot be told.
    """

    TOTAL = 1
    MISSED = 2
    PROJECT = 3
    OPEN = 4
    BASIC = 5
    FISCAL = 6
    OTHER = 7
    NUMBER = 8
    DROPPED = 9
    NEW = 10

    @property
    def role(self) -> str:
        """Return the class of what has this colour."""
        return f"chart-tone-{self:d}"


class Chart(Protocol):
    """What every chart specification has; `rows` are its data table: a label and the figure as printed."""

    @property
    def id(self) -> str:
        """Return the id that tells it from the others of a page."""

    @property
    def title(self) -> str:
        """Return what it says."""

    @property
    def label_head(self) -> str:
        """Return the head of the labels."""

    @property
    def value_head(self) -> str:
        """Return the head of the figures."""

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return the data table."""

    def layout(self) -> Layout:
        """Return what is drawn where."""


def rows(chart: Chart) -> list[tuple[str, str]]:
    """Return the data table: a label and the figure as printed, for every bar or year."""
    return chart.rows


def alternative(chart: Chart) -> str:
    """Return what the chart says, in one Chinese sentence: the title and every figure."""
    return f"{chart.title}：{'；'.join(f'{label} {shown}' for label, shown in chart.rows)}。"


def svg(chart: Chart, told: bool = False) -> str:
    """Draw the chart as one line of inline SVG; raises MissingGlyphError when a text cannot be measured.

    `told`: what stands beside it says all of it already, so that nobody needs to hear it twice.
    """
    width_of("".join(map("".join, chart.rows)) + getattr(chart, "unit", ""))  # an error names every character
    layout = chart.layout()
    height = layout.bottom - layout.top
    root = ElementTree.Element(
        "svg", {"class": "chart", "viewBox": drawing.compact(f"0 {layout.top} {WIDTH} {height}")}
    )
    root.attrib |= {"aria-hidden": "true"} if told else {"role": "img", "aria-label": alternative(chart)}
    root.extend(drawing.elements(layout))
    return ElementTree.tostring(root, encoding="unicode")


@dataclass(frozen=True)
class Bar:
    """A figure: `value` sets the length (None: not stated), `shown` is the text as the page prints it."""

    label: str
    value: Decimal | None
    shown: str
    tone: int = 1


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars; `of` is the whole that a full-width bar stands for, if more than the largest value."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    label_head: str = "项目"
    value_head: str = "金额"
    of: Decimal | None = None

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return a label and a figure for every bar."""
        return [(bar.label, bar.shown) for bar in self.bars]

    def layout(self) -> Layout:
        """Put each bar below its label and its figure."""
        return _bars(self)


@dataclass(frozen=True)
class Trend:
    """Columns by year: (year, value, shown) each; None is a gap. A year that is left out is a gap as well.

    `counts` are the promises of a year: how many state a number, how many there are; they stand below the years.
    """

    id: str
    title: str
    unit: str
    points: tuple[tuple[int, Decimal | None, str], ...]
    label_head: str = "年度"
    value_head: str = "金额"
    counts: tuple[tuple[int, int, int], ...] = ()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return the figure of every year, and what its promises are."""
        counted = {year: f"；{every} 项指标，{numbers} 项写明数字" for year, numbers, every in self.counts}
        return [(f"{year}年", shown + counted.get(year, "")) for year, _, shown in self.years]

    def layout(self) -> Layout:
        """Put the columns of the amounts above those of the promises."""
        amounts = _columns(self)
        return _counted(self, amounts) if self.counts else amounts

    @property
    def years(self) -> list[tuple[int, Decimal | None, str]]:
        """Return the points in order of years, from the first year to the last without a hole."""
        stated = {point[0]: point for point in self.points}
        every = range(min(stated, default=0), max(stated, default=-1) + 1)
        return [stated.get(year, (year, None, ABSENT)) for year in every]


def length(value: Decimal, full: Decimal, room: float) -> float:
    """Return the length of a bar; little is not nothing, so all but zero can be seen."""
    if value < 0:
        raise ValueError(f"a chart draws no negative value: {value}")
    return max(float(value / full) * room, 1.0) if value else 0.0


def _bars(chart: BarChart) -> Layout:
    full = max(filter(None, [chart.of, *(bar.value for bar in chart.bars)]), default=Decimal(0))
    marks: list[Mark] = []
    y = -3.0
    for bar in chart.bars:
        labels, shown = wrap(bar.label, WIDTH), wrap(bar.shown, WIDTH)
        together = width_of(labels[-1]) + GAP + width_of(shown[0]) <= WIDTH  # then they share a line
        y += LINE
        marks += [Label(0, y + n * LINE, line) for n, line in enumerate(labels)]
        y += LINE * (len(labels) - together)
        marks += [Label(WIDTH, y + n * LINE, line, "right", "chart-quiet") for n, line in enumerate(shown)]
        y += LINE * (len(shown) - 1) + 7
        if bar.value is None:  # not stated, which is not zero
            marks.append(box(0.5, y + 0.5, WIDTH - 1, _BAR - 1, "chart-line", dashed=True))
        else:
            marks.append(box(0, y, WIDTH, _BAR, "chart-track"))
        if bar.value:
            marks.append(box(0, y, length(bar.value, full, WIDTH), _BAR, f"chart-tone-{bar.tone:d}"))
        y += _BAR + 9
    return Layout(marks, 0.0, max(y - 6, LINE))


def _columns(trend: Trend) -> Layout:
    years = trend.years
    values = {place: value for place, (_, value, _) in enumerate(years) if value is not None}
    heights = {place: length(value, max(values.values()), _PLOT) for place, value in values.items()}
    slot = WIDTH / max(len(years), 1)
    column = min(slot * 0.6, _COLUMN)
    step = -(-len(years) // 10)  # up to ten years are all named, of more every second, third …
    marks: list[Mark] = []
    taken = [(0.0, 0.0, -_PLOT, 0.0)]  # (left, right, top, bottom) of what a label must not cover
    for place, (year, value, shown) in enumerate(years):
        left, middle = place * slot, (place + 0.5) * slot
        marks.append(Shape(((left, 0), (left + slot, 0)), "chart-line", dashed=value is None))
        if (len(years) - 1 - place) % step == 0:
            marks.append(centred(middle, 17, str(year)))
        if value:
            marks.append(box(middle - column / 2, -heights[place], column, heights[place], "chart-tone-1"))
            taken.append((middle - column / 2, middle + column / 2, -heights[place], 0))
        elif value is None:
            upright = len(shown) <= 4 and width_of(shown, SMALL) > slot - 4  # written downward, as Chinese may be
            lines = wrap(shown, 0 if upright else slot - 4, SMALL)
            for n, line in enumerate(lines, 1 - len(lines)):
                marks.append(centred(middle, n * 14 - 6, line, "chart-quiet"))
            taken.append((left, left + slot, -6 - len(lines) * 14, 0))
    unit, labels = _labels(trend.unit, values)
    for place, label in labels.items():
        text, half = centred((place + 0.5) * slot, -heights[place] - 5, label), width_of(label, SMALL) / 2
        left, right, y = text.x - half, text.x + half, text.y
        while any(a < right and b > left and c < y + 2 and d > y - 11 for a, b, c, d in taken):
            y -= 1
        taken.append((left, right, y - 11, y + 2))
        marks.append(text._replace(y=y))
    top = min(top for _, _, top, _ in taken) - 24
    marks.append(Label(0, top + 12, f"单位：{unit}", role="chart-quiet", size=SMALL))
    return Layout(marks, top, 22.0)


def _counted(trend: Trend, amounts: Layout) -> Layout:
    """Add below a layout how many promises each year has: filled those with a number, hollow those in words."""
    slot = WIDTH / len(trend.years)
    width, full = min(slot * 0.6, _COLUMN), max(every for _, _, every in trend.counts) or 1
    ground = amounts.bottom + 3 * LINE + _COUNTED
    marks = [*amounts.marks, *legend(amounts.bottom + LINE, ("写明数字的指标", Tone.NUMBER), ("文字要求", None))]
    for place, (year, _, _) in enumerate(trend.years):
        left = (place + 0.5) * slot - width / 2
        marks.append(Shape(((place * slot, ground), ((place + 1) * slot, ground)), "chart-line"))
        for _, numbers, every in (count for count in trend.counts if count[0] == year and count[2]):
            filled, top = _COUNTED * numbers / full, _COUNTED * every / full
            if every > numbers:
                marks.append(box(left + 0.5, ground - top + 0.5, width - 1, top - filled - 1, "chart-line"))
            if numbers:
                marks.append(box(left, ground - filled, width, filled, Tone.NUMBER.role))
            marks.append(centred(left + width / 2, ground - top - 5, f"{every} 项"))
    return Layout(marks, amounts.top, ground + 4)


def legend(y: float, *entries: tuple[str, Tone | None]) -> list[Mark]:
    """Return what the colours of a chart stand for, side by side; without a tone it is a hollow box."""
    marks: list[Mark] = []
    x = 0.0
    for label, tone in entries:
        swatch = box(x + 0.5, y - 9.5, 9, 9, "chart-line") if tone is None else box(x, y - 10, 10, 10, tone.role)
        marks += [swatch, Label(x + 15, y, label, role="chart-quiet", size=SMALL)]
        x += 15 + width_of(label, SMALL) + 14
    return marks


def _labels(unit: str, values: dict[int, Decimal]) -> tuple[str, dict[int, str]]:
    """Return the unit of the short labels, and the labels by place: ends, extremes and zeros, or all if there is room.

    Large sums of 元 are rounded to 万元 or 亿元, which the unit says; the table and the alternative have them in full.
    """
    highest, size = max(values.values(), default=Decimal(0)), Decimal(1)
    if unit == "元" and highest >= 100_000:
        unit, size = ("亿元", Decimal(10**8)) if highest >= 10**8 else ("万元", Decimal(10**4))
    least = Decimal("0.1" if highest >= 1000 * size else "0.01")
    ranked = sorted(values, key=values.__getitem__)  # places by value; values itself is by year
    chosen = {place for order in (list(values), ranked) for place in (order[:1] + order[-1:])}
    labels = {}
    for place, value in values.items():
        if place in chosen or not value or max(values) < _ALL_LABELLED:
            rounded = value.normalize() if size == 1 else (value / size).quantize(least, ROUND_HALF_UP)
            labels[place] = f"<{least}" if value and not rounded else f"{rounded or Decimal(0):,f}"
    return unit, labels
