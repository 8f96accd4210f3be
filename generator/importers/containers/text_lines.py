"""Lines of text that were found in a picture against the cells of its tables: cut at borders, and those overlooked."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from generator.importers.containers.pdf_text import Box
from generator.importers.containers.picture import Picture

_EDGE = 6  # pixels between a ruling line and what is written beside it
_DARK = 128  # of 255
_LOW, _HIGH = 12, 60  # pixels: the height of one line of text


def parted(line: Box, cells: list[Box]) -> list[Box]:
    """Cut a line of text that was found across cells at their borders."""
    left, top, right, bottom = line
    middle, height = (top + bottom) / 2, bottom - top
    beside = {x for box in cells if box[1] < middle < box[3] for x in (box[0], box[2])}
    cuts = sorted(x for x in beside if left + height / 2 < x < right - height / 2)
    return [(a, top, b, bottom) for a, b in pairwise([left, *cuts, right])]


def missed(picture: Picture, cells: list[Box], lines: list[Box]) -> list[Box]:
    """Return what is written in cells in which no line of text was found: a single digit is often overlooked."""
    boxes = []
    for left, top, right, bottom in cells:
        if any(left < (line[0] + line[2]) / 2 < right and top < (line[1] + line[3]) / 2 < bottom for line in lines):
            continue
        inside = picture[round(top) + _EDGE : round(bottom) - _EDGE, round(left) + _EDGE : round(right) - _EDGE]
        rows, columns = np.nonzero(inside < _DARK)
        if rows.size and _LOW <= np.ptp(rows) <= _HIGH:
            x, y = left + _EDGE, top + _EDGE
            ends = (x + columns.min(), y + rows.min(), x + columns.max(), y + rows.max())
            boxes.append((ends[0] - _EDGE, ends[1] - _EDGE, ends[2] + _EDGE, ends[3] + _EDGE))
    return boxes
