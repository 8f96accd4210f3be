"""Marks → SVG: texts and shapes with a role each, measured with the wheel's font and drawn by matplotlib.

The drawing has no colour and no font family of its own: classes name the roles (chart-ink, chart-tone-1 …), and the
site's CSS colours them for light, dark and paper. Text is drawn by the browser
with the reader's font. matplotlib is imported when first needed (it takes a second), and its settings are not for
threads.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from io import StringIO
from typing import Any, Literal, NamedTuple, TypeAlias
from xml.etree import ElementTree

from generator.resources import SANS

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its cache folder and the user's settings do not matter

WIDTH = 340.0  # a phone's column; 12 to 13 units of text stay legible in it
TEXT, SMALL, LINE, GAP = 13.0, 12.0, 18.0, 10.0  # text sizes, a line of text, the least room between texts
_SLACK = 1.08  # the reader's font may run wider than ours
_LINES = ("chart-line", "chart-step")
_CLASSES = ("chart-ink", "chart-quiet", "chart-track", *_LINES, *(f"chart-tone-{n}" for n in range(1, 9)))
_COLOURS = {name: f"#0000{number:02x}" for number, name in enumerate(_CLASSES, 1)}  # matplotlib needs colours
_ROLES = {colour: name for name, colour in _COLOURS.items()}
# A word that keeps together: opening brackets, an ASCII run or one character, closing marks and spaces.
_WORD = re.compile(r"[(\[（《“【]*(?:[A-Za-z0-9.,%+/<>=-]+|.)[)\],.%、，。；：？！）》”】]*\s*", re.DOTALL)


class MissingGlyphError(ValueError):
    """The font has no glyph for a character of the drawing, so its text cannot be measured."""


class Label(NamedTuple):
    """A text and the point at which it is anchored."""

    x: float
    y: float  # the baseline
    text: str
    anchor: Literal["left", "center", "right"] = "left"
    role: str = "chart-ink"
    size: float = TEXT


class Shape(NamedTuple):
    """A line or an area."""

    points: tuple[tuple[float, float], ...]  # two are a line, more an area, unless it is a step line
    role: str
    dashed: bool = False


Mark: TypeAlias = Label | Shape


class Layout(NamedTuple):
    """The marks of a drawing, its top and its bottom; y grows downward."""

    marks: list[Mark]
    top: float
    bottom: float


def box(x: float, y: float, width: float, height: float, role: str, dashed: bool = False) -> Shape:
    """Return a rectangle by its upper left corner."""
    return Shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), role, dashed)


def centred(middle: float, y: float, text: str, role: str = "chart-ink") -> Label:
    """Return a small text over a middle, all of it in the drawing."""
    half = width_of(text, SMALL) / 2  # at an edge it moves inward rather than be cut
    return Label(min(max(middle, half), WIDTH - half), y, text, "center", role, SMALL)


def wrap(text: str, limit: float, size: float = TEXT) -> list[str]:
    """Break a text into lines no wider than `limit`, of about equal length; joined they are the text again."""
    lines = _fill(text, limit, size)
    even = _fill(text, min(width_of(text, size) / len(lines) + 1.5 * size, limit), size)
    return even if len(even) == len(lines) else lines


def _fill(text: str, limit: float, size: float) -> list[str]:
    lines = [""]
    for word in [text] if width_of(text, size) <= limit else _WORD.findall(text):
        for piece in [word] if width_of(word.rstrip(), size) <= limit else word:
            if lines[-1] and width_of(lines[-1] + piece.rstrip(), size) > limit:
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


@lru_cache(10_000)  # labels and figures come again and again
def width_of(text: str, size: float = TEXT) -> float:
    """Return how wide a text may come out; raises MissingGlyphError (matplotlib would warn, and draw a box)."""
    if missing := "".join(dict.fromkeys(character for character in text if _advance(character) is None)):
        raise MissingGlyphError(f"字体中没有这些字：{missing}")
    return sum(_advance(character) or 0 for character in text) * size * _SLACK


def elements(layout: Layout) -> list[ElementTree.Element]:
    """Draw the marks of a layout where they are, shapes below texts."""
    return [_element(mark) for mark in sorted(layout.marks, key=lambda mark: isinstance(mark, Label))]


@lru_cache(50_000)  # two of three marks are drawn again: in another year, on another page
def _element(mark: Mark) -> ElementTree.Element:
    """Draw a mark, with classes for colours, and nothing else of what matplotlib writes."""
    found = ElementTree.fromstring(_drawn(mark))
    role, kept = _style(found.get("style", ""))
    element = ElementTree.Element(found.tag, {"class": role})
    element.text = found.text
    element.attrib |= {name: compact(found.attrib[name]) for name in ("x", "y", "d") if name in found.attrib}
    element.attrib |= kept
    return element


def _drawn(mark: Mark) -> str:
    """Return matplotlib's own SVG of a mark, in the colour that stands for its role.

    The renderer is called as matplotlib's figures call it; without their layers a chart costs a fifth.
    """
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    renderer, output, font, place = _renderer()
    output.seek(0)
    output.truncate()
    style = renderer.new_gc()
    style.set_foreground(_COLOURS[mark.role])
    if isinstance(mark, Label):
        font.set_size(mark.size)
        place.set_position((mark.x, -mark.y))
        place.set_horizontalalignment(mark.anchor)
        with _text_as_text():
            renderer.draw_text(style, mark.x, mark.y, mark.text, font, 0, mtext=place)
    else:
        line = mark.role in _LINES
        style.set_linewidth(1 if line else 0)
        style.set_dashes(0, (3, 3) if mark.dashed else None)
        closed = len(mark.points) > 2 and mark.role != "chart-step"
        path = Path((*mark.points, mark.points[0]) if closed else mark.points, closed=closed)
        renderer.draw_path(style, path, Affine2D().scale(1, -1), None if line else style.get_rgb())
    return output.getvalue()


@cache
def _renderer() -> tuple[Any, StringIO, Any, Any]:
    """Return a renderer whose y grows upward from 0, where it writes, a font, and whom it asks where a text is."""
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

    output = StringIO()
    metadata = {"Date": None, "Creator": None}
    renderer = RendererSVG(WIDTH, 0, output, metadata=metadata)  # type: ignore[no-untyped-call]
    renderer.writer.flush()  # type: ignore[no-untyped-call]
    return renderer, output, FontProperties(), Text()


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


@cache
def _style(stated: str) -> tuple[str, dict[str, str]]:
    """Return the role that an element's colour stands for, and what of its style stays."""
    style = dict(re.findall(r"([\w-]+): ([^;]+)", stated))
    names = {"font-size", "text-anchor", "stroke-dasharray", *(["fill"] if style["fill"] == "none" else [])}
    return _ROLES[style.get("stroke") or style["fill"]], {name: style[name] for name in style if name in names}


@lru_cache(10_000)  # the same places come again and again
def compact(numbers: str) -> str:
    """Round the numbers of an attribute to two decimals, and drop what a path does not need."""
    rounded = re.sub(r"-?\d+\.?\d*(e-?\d+)?", lambda m: f"{round(float(m[0]), 2) + 0:.10g}", numbers)
    return re.sub(r"\s*([MLz]|$)\s*", r"\1", rounded)
