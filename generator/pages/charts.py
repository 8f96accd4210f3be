"""A chart specification → its drawing (inline SVG), its data table and its text alternative.

The three come from the same record, so they cannot differ. The drawing has no colour and no font family of its
own: classes name the roles (chart-ink, chart-quiet, chart-track, chart-line, chart-tone-1 … 4), and the site's CSS
colours them for light, dark and paper. Text is measured with the wheel's font and drawn by the browser with the
reader's. matplotlib is imported when first needed (it takes a second), and its settings are not for threads.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import StringIO
from typing import Any, Literal, NamedTuple
from xml.etree import ElementTree

from generator.resources import SANS

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its cache folder and the user's settings do not matter

WIDTH = 340.0  # a phone's column; 12 to 13 units of text stay legible in it
ABSENT = "无申报"  # stands for a year that a trend does not name
_BAR, _PLOT, _COLUMN = 10.0, 104.0, 40.0  # a bar's height, the tallest column, the widest column
_TEXT, _SMALL, _LINE, _GAP = 13.0, 12.0, 18.0, 10.0  # text sizes, a line of text, the least room between texts
_SLACK = 1.08  # the reader's font may run wider than ours
_ALL_LABELLED = 6  # up to so many years, each column has its value; beyond, first, last, highest and lowest
_CLASSES = ("chart-ink", "chart-quiet", "chart-track", "chart-line", *(f"chart-tone-{n}" for n in range(1, 5)))
_COLOURS = {name: f"#0000{number:02x}" for number, name in enumerate(_CLASSES, 1)}  # matplotlib needs colours
_ROLES = {colour: name for name, colour in _COLOURS.items()}
# A word that keeps together: opening brackets, an ASCII run or one character, closing marks and spaces.
_WORD = re.compile(r"[(\[（《“【]*(?:[A-Za-z0-9.,%+/<>=-]+|.)[)\],.%、，。；：？！）》”】]*\s*", re.DOTALL)


class MissingGlyphError(ValueError):
    """The font has no glyph for a character of the drawing, so its text cannot be measured."""


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


@dataclass(frozen=True)
class Trend:
    """Columns by year: (year, value, shown) each; None is a gap. A year that is left out is a gap as well."""

    id: str
    title: str
    unit: str
    points: tuple[tuple[int, Decimal | None, str], ...]
    label_head: str = "年度"
    value_head: str = "金额"

    @property
    def years(self) -> list[tuple[int, Decimal | None, str]]:
        """Return the points in order of years, from the first year to the last without a hole."""
        stated = {point[0]: point for point in self.points}
        every = range(min(stated, default=0), max(stated, default=-1) + 1)
        return [stated.get(year, (year, None, ABSENT)) for year in every]


def rows(chart: BarChart | Trend) -> list[tuple[str, str]]:
    """Return the data table: a label and the figure as printed, for every bar or year."""
    if isinstance(chart, BarChart):
        return [(bar.label, bar.shown) for bar in chart.bars]
    return [(f"{year}年", shown) for year, _, shown in chart.years]


def alternative(chart: BarChart | Trend) -> str:
    """Return what the chart says, in one Chinese sentence: the title and every figure."""
    return f"{chart.title}：{'；'.join(f'{label} {shown}' for label, shown in rows(chart))}。"


def svg(chart: BarChart | Trend) -> str:
    """Draw the chart as one line of inline SVG; raises MissingGlyphError when a text cannot be measured."""
    _width("".join(map("".join, rows(chart))) + getattr(chart, "unit", ""))  # an error names every character
    marks, top, bottom = _bars(chart) if isinstance(chart, BarChart) else _columns(chart)
    root = ElementTree.Element("svg", {"class": "chart", "viewBox": _compact(f"0 0 {WIDTH} {bottom - top}")})
    root.attrib |= {"role": "img", "aria-label": alternative(chart)}
    root.extend(_clean(_draw(marks, top, bottom)))
    return ElementTree.tostring(root, encoding="unicode")


class _Text(NamedTuple):
    x: float
    y: float  # the baseline
    text: str
    anchor: Literal["left", "center", "right"] = "left"
    role: str = "chart-ink"
    size: float = _TEXT


class _Shape(NamedTuple):
    points: tuple[tuple[float, float], ...]  # two are a line, more an area
    role: str
    dashed: bool = False


_Layout = tuple[
    list[_Text | _Shape], float, float
]  # the marks, the top and the bottom of the drawing; y grows downward


def _box(x: float, y: float, width: float, height: float, role: str, dashed: bool = False) -> _Shape:
    return _Shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), role, dashed)


def _centred(middle: float, y: float, text: str, role: str = "chart-ink") -> _Text:
    half = _width(text, _SMALL) / 2  # at an edge it moves inward rather than be cut
    return _Text(min(max(middle, half), WIDTH - half), y, text, "center", role, _SMALL)


def _length(value: Decimal, full: Decimal, room: float) -> float:
    """Return the length of a bar; little is not nothing, so all but zero can be seen."""
    if value < 0:
        raise ValueError(f"a chart draws no negative value: {value}")
    return max(float(value / full) * room, 1.0) if value else 0.0


def _bars(chart: BarChart) -> _Layout:
    full = max(filter(None, [chart.of, *(bar.value for bar in chart.bars)]), default=Decimal(0))
    marks: list[_Text | _Shape] = []
    y = -3.0
    for bar in chart.bars:
        labels, shown = _wrap(bar.label, WIDTH), _wrap(bar.shown, WIDTH)
        together = _width(labels[-1]) + _GAP + _width(shown[0]) <= WIDTH  # then they share a line
        y += _LINE
        marks += [_Text(0, y + n * _LINE, line) for n, line in enumerate(labels)]
        y += _LINE * (len(labels) - together)
        marks += [_Text(WIDTH, y + n * _LINE, line, "right", "chart-quiet") for n, line in enumerate(shown)]
        y += _LINE * (len(shown) - 1) + 7
        if bar.value is None:  # not stated, which is not zero
            marks.append(_box(0.5, y + 0.5, WIDTH - 1, _BAR - 1, "chart-line", dashed=True))
        else:
            marks.append(_box(0, y, WIDTH, _BAR, "chart-track"))
        if bar.value:
            marks.append(_box(0, y, _length(bar.value, full, WIDTH), _BAR, f"chart-tone-{bar.tone}"))
        y += _BAR + 9
    return marks, 0.0, max(y - 6, _LINE)


def _columns(trend: Trend) -> _Layout:
    years = trend.years
    values = {place: value for place, (_, value, _) in enumerate(years) if value is not None}
    heights = {place: _length(value, max(values.values()), _PLOT) for place, value in values.items()}
    slot = WIDTH / max(len(years), 1)
    column = min(slot * 0.6, _COLUMN)
    step = -(-len(years) // 10)  # up to ten years are all named, of more every second, third …
    marks: list[_Text | _Shape] = []
    taken = [(0.0, 0.0, -_PLOT, 0.0)]  # (left, right, top, bottom) of what a label must not cover
    for place, (year, value, shown) in enumerate(years):
        left, middle = place * slot, (place + 0.5) * slot
        marks.append(_Shape(((left, 0), (left + slot, 0)), "chart-line", dashed=value is None))
        if (len(years) - 1 - place) % step == 0:
            marks.append(_centred(middle, 17, str(year)))
        if value:
            marks.append(_box(middle - column / 2, -heights[place], column, heights[place], "chart-tone-1"))
            taken.append((middle - column / 2, middle + column / 2, -heights[place], 0))
        elif value is None:
            upright = len(shown) <= 4 and _width(shown, _SMALL) > slot - 4  # written downward, as Chinese may be
            lines = _wrap(shown, 0 if upright else slot - 4, _SMALL)
            for n, line in enumerate(lines, 1 - len(lines)):
                marks.append(_centred(middle, n * 14 - 6, line, "chart-quiet"))
            taken.append((left, left + slot, -6 - len(lines) * 14, 0))
    unit, labels = _labels(trend.unit, values)
    for place, label in labels.items():
        text, half = _centred((place + 0.5) * slot, -heights[place] - 5, label), _width(label, _SMALL) / 2
        left, right, y = text.x - half, text.x + half, text.y
        while any(a < right and b > left and c < y + 2 and d > y - 11 for a, b, c, d in taken):
            y -= 1
        taken.append((left, right, y - 11, y + 2))
        marks.append(text._replace(y=y))
    top = min(top for _, _, top, _ in taken) - 24
    marks.append(_Text(0, top + 12, f"单位：{unit}", role="chart-quiet", size=_SMALL))
    return marks, top, 22.0


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


def _wrap(text: str, limit: float, size: float = _TEXT) -> list[str]:
    """Break a text into lines no wider than `limit`, of about equal length; joined they are the text again."""
    lines = _fill(text, limit, size)
    even = _fill(text, min(_width(text, size) / len(lines) + 1.5 * size, limit), size)
    return even if len(even) == len(lines) else lines


def _fill(text: str, limit: float, size: float) -> list[str]:
    lines = [""]
    for word in [text] if _width(text, size) <= limit else _WORD.findall(text):
        for piece in [word] if _width(word.rstrip(), size) <= limit else word:
            if lines[-1] and _width(lines[-1] + piece.rstrip(), size) > limit:
                lines.append("")
            lines[-1] += piece
    return lines


@cache
def _advance(character: str) -> float | None:
    """Return the width of a character in text of size 1, None if the font lacks it."""
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    face = get_font(SANS)  # by its path: the machine's own fonts play no part
    index = face.get_char_index(ord(character))
    return face.load_glyph(index, LoadFlags.NO_SCALE).horiAdvance / face.units_per_EM if index else None


def _width(text: str, size: float = _TEXT) -> float:
    """Return how wide a text may come out; raises MissingGlyphError (matplotlib would warn, and draw a box)."""
    if missing := "".join(dict.fromkeys(character for character in text if _advance(character) is None)):
        raise MissingGlyphError(f"字体中没有这些字：{missing}")
    return sum(_advance(character) or 0 for character in text) * size * _SLACK


def _draw(marks: list[_Text | _Shape], top: float, bottom: float) -> str:
    """Return matplotlib's own SVG of the marks, shapes below texts, each in the colour that stands for its role.

    The renderer is called as matplotlib's figures call it; without their layers a chart costs a fifth.
    """
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.text import Text
    from matplotlib.transforms import Affine2D

    output, metadata = StringIO(), {"Date": None, "Creator": None}
    upward = Affine2D().scale(1, -1).translate(0, bottom)
    renderer: Any = RendererSVG(WIDTH, bottom - top, output, metadata=metadata)  # type: ignore[no-untyped-call]
    font, place = FontProperties(), Text()  # the renderer asks `place` where a text is anchored
    for mark in sorted(marks, key=lambda mark: isinstance(mark, _Text)):
        style = renderer.new_gc()
        style.set_foreground(_COLOURS[mark.role])
        if isinstance(mark, _Text):
            font.set_size(mark.size)
            place.set(x=mark.x, y=bottom - mark.y, horizontalalignment=mark.anchor)
            with _text_as_text():
                renderer.draw_text(style, mark.x, mark.y - top, mark.text, font, 0, mtext=place)
        else:
            line = mark.role == "chart-line"
            style.set_linewidth(1 if line else 0)
            style.set_dashes(0, (3, 3) if mark.dashed else None)
            closed = len(mark.points) > 2
            path = Path((*mark.points, mark.points[0]) if closed else mark.points, closed=closed)
            renderer.draw_path(style, path, upward, None if line else style.get_rgb())
    renderer.finalize()
    return output.getvalue()


@contextmanager
def _text_as_text() -> Iterator[None]:
    """Have matplotlib write text as text; its own rc_context copies three hundred settings for one."""
    from matplotlib import rcParams

    kept = rcParams["svg.fonttype"]
    rcParams["svg.fonttype"] = "none"
    try:
        yield
    finally:
        rcParams["svg.fonttype"] = kept


def _clean(drawing: str) -> Iterator[ElementTree.Element]:
    """Yield the shapes and texts of matplotlib's SVG with classes for colours, and nothing else of it."""
    for found in ElementTree.fromstring(drawing).iterfind("./*[@style]"):
        style = dict(re.findall(r"([\w-]+): ([^;]+)", found.get("style", "")))
        role = _ROLES[style.get("stroke") or style["fill"]]
        element = ElementTree.Element(found.tag.rpartition("}")[2], {"class": role})
        element.text = found.text
        element.attrib |= {name: _compact(found.attrib[name]) for name in ("x", "y", "d") if name in found.attrib}
        kept = {"font-size", "text-anchor", "stroke-dasharray", *(["fill"] if style["fill"] == "none" else [])}
        element.attrib |= {name: value for name, value in style.items() if name in kept}
        yield element


def _compact(numbers: str) -> str:
    """Round the numbers of an attribute to two decimals, and drop what a path does not need."""
    rounded = re.sub(r"-?\d+\.?\d*(e-?\d+)?", lambda m: f"{round(float(m[0]), 2) + 0:.10g}", numbers)
    return re.sub(r"\s*([MLz]|$)\s*", r"\1", rounded)
