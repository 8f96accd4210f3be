"""Words with their places → a grid: a page or a text that has a form's columns but no ruling lines.

A line is a row. Below the heads of the indicators a word stands in the column of the nearest head; elsewhere words are
counted from the left. Cells in several lines cannot be told from rows, so that nothing of such a grid is certain.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from generator.forms.grid import Cell
from generator.importers.labels import COLUMNS, named


class Word(NamedTuple):
    """The text of one cell in one line, from `left` to `right` in any unit."""

    text: str
    left: float
    right: float


def placed(lines: list[list[Word]], first_row: int = 1, part: str = "", heads: tuple[Word, ...] = ()) -> list[Cell]:
    """Return the words of lines as cells; `heads` are the heads of an earlier page that still hold."""
    cells: list[Cell] = []
    for row, words in enumerate(lines, first_row):
        heads = heads_of(words) or heads
        columns = [_nearest(word, heads) for word in words] if heads else []
        if len(set(columns)) < len(words):
            columns = list(range(1, len(words) + 1))
        cells += [Cell(word.text, row, column, part=part) for word, column in zip(words, columns, strict=True)]
    return cells


def heads_of(words: list[Word]) -> tuple[Word, ...]:
    """Return the words if they are the heads of the indicators."""
    labels = {named(word.text, COLUMNS) for word in words}
    return tuple(words) if {"二级目标", "三级目标"} <= labels else ()


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes: an ideograph takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _nearest(word: Word, heads: tuple[Word, ...]) -> int:
    """Return the column of the head that a word stands under, or else is nearest to."""

    def distance(head: Word) -> float:
        overlap = min(word.right, head.right) - max(word.left, head.left)
        return -overlap if overlap > 0 else abs((word.left + word.right) - (head.left + head.right)) / 2

    return min(range(len(heads)), key=lambda place: distance(heads[place])) + 1
