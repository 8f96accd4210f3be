"""The characters of a PDF's page → lines, words, and the text of a cell with its paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import Any, TypeAlias

from pdfplumber.page import Page

from generator.declaration.glyphs import folded
from generator.importers.containers.positions import Word

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom, in points
Chars: TypeAlias = list[dict[str, Any]]
_ENDED = re.compile(r"[。；：]\s*$")
_ITEM = re.compile(r"\s*(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|目标\s*\d+|第.{1,2}[条项，、])")


def chars_of(page: Page) -> Chars:
    """Return the characters of a page: Chinese PDFs print a bold one twice, and a watermark aslant."""
    return [char for char in page.dedupe_chars().chars if abs(char["matrix"][1]) < 0.01]


def holds(box: Box, char: dict[str, Any]) -> bool:
    """Tell whether the middle of a character lies in a box."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def by_line(chars: Chars) -> list[Chars]:
    """Sort characters into lines, each from left to right."""
    rows: list[Chars] = []
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and abs(middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2) < char["height"] / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [sorted(row, key=lambda c: float(c["x0"])) for row in rows]


def line(row: Chars) -> str:
    """Return the text of a line; a gap between Latin words is a space."""
    text = ""
    for before, char in zip([None, *row], row, strict=False):
        gap = before is not None and char["x0"] - before["x1"] > 0.2 * char["size"]
        if gap and (text[-1:] + char["text"][:1]).isascii() and not text.endswith(" "):
            text += " "  # between Latin words a gap may stand for a space
        text += char["text"]
    return text


def words(chars: Chars) -> list[Word]:
    """Part a line of characters where the gap is wider than a character."""
    groups: list[Chars] = []
    for char in (char for char in chars if char["text"].strip()):
        if groups and char["x0"] - groups[-1][-1]["x1"] < 0.9 * char["size"]:
            groups[-1].append(char)
        else:
            groups.append([char])
    return [Word(line(group), group[0]["x0"], group[-1]["x1"]) for group in groups]


def cell_text(chars: Chars, box: Box) -> str:
    """Join the lines of a cell; an indented line, or one after a sentence that ends early, begins a paragraph."""
    rows = by_line([char for char in chars if char["text"].strip() or char["text"] == " "])
    if not rows:
        return ""
    size = _size(rows)
    right = max(row[-1]["x1"] for row in rows)
    centred = _is_centred(rows, box)
    text = line(rows[0])
    for before, row in pairwise(rows):
        indented = not centred and row[0]["x0"] - box[0] > 1.8 * size
        ends_early = right - before[-1]["x1"] > 3 * size and line(before).rstrip().endswith(("。", "；", "："))
        ends_early = ends_early or bool(_ENDED.search(line(before)) and _ITEM.match(folded(line(row))))
        text = f"{text}\n{line(row)}" if indented or ends_early else text + line(row)
    return "\n".join(one.strip() for one in text.split("\n"))


def is_indented(chars: Chars, box: Box) -> bool:
    """Tell whether the first line in a box begins a paragraph."""
    rows = by_line([char for char in chars if char["text"].strip()])
    return bool(rows) and not _is_centred(rows, box) and bool(rows[0][0]["x0"] - box[0] > 1.8 * _size(rows))


def _size(rows: list[Chars]) -> float:
    return float(median(char["size"] for row in rows for char in row))


def _is_centred(rows: list[Chars], box: Box) -> bool:
    return all(abs((row[0]["x0"] - box[0]) - (box[2] - row[-1]["x1"])) < _size(rows) / 2 for row in rows)


def fills(chars: Chars, box: Box) -> bool:
    """Tell whether the last line in a box leaves no room for one more character, so that the text may go on."""
    rows = by_line([char for char in chars if char["text"].strip()])
    if not rows:
        return False
    last = rows[-1]
    return bool((box[2] - box[0]) - (last[-1]["x1"] - last[0]["x0"]) < 1.6 * last[-1]["size"] + 12)
