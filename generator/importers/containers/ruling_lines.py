"""The ruling lines in a picture of a page: what they enclose, and the picture without them, turned upright."""

from __future__ import annotations

import math
from statistics import median
from typing import Any, Literal

import cv2
import numpy as np
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from generator.importers.containers.pdf_text import Box
from generator.importers.containers.picture import Picture

_LONG = 120  # pixels at 200 dpi: longer than any stroke of a character, or a dash of several
_TALL = 20  # a row may be as low as this; a stroke of a character is told from it by its ends
_REACH = 9  # pixels that a line may end before or beyond the one it meets
_MOST_ASLANT = 5.0  # degrees
_COARSE = 4  # times: how much smaller the picture is in which a slant is sought


def upright(picture: Picture) -> Picture:
    """Turn a page that was laid aslant so that its long lines are level."""
    height, width = picture.shape
    small = cv2.resize(picture, (width // _COARSE, height // _COARSE), interpolation=cv2.INTER_AREA)
    lines = cv2.HoughLinesP(_ink(small), 1, math.pi / 3600, 100, minLineLength=width // _COARSE // 3, maxLineGap=3)
    ends = np.reshape([] if lines is None else lines, (-1, 4))
    angles = [math.degrees(math.atan2(y1 - y0, x1 - x0)) for x0, y0, x1, y1 in ends]
    aslant = [angle for angle in angles if abs(angle) <= _MOST_ASLANT]
    if not aslant or abs(turn := median(aslant)) < 0.05:
        return picture
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    turned = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, dtype=np.uint8)


def tables(picture: Picture) -> tuple[list[list[Box]], Picture]:
    """Return the boxes of the cells of each table, in pixels, and the picture with their lines wiped out."""
    ink = _ink(picture)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _LONG), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_TALL, 1), np.uint8))
    met = cv2.dilate(across, np.ones((_REACH, _REACH), np.uint8))
    uprights = [edge for edge in _edges(down, "v") if edge["height"] >= _LONG or _meets(edge, met)]
    joined = merge_edges([*_edges(across, "h"), *uprights], _REACH, _REACH, _REACH, _REACH)
    cells = intersections_to_cells(edges_to_intersections(joined, _REACH, _REACH))
    return (cells_to_tables(cells) if cells else []), _wiped(picture, across | down, cells)


def _meets(edge: dict[str, Any], lines: Any) -> bool:
    """Tell whether a short upright ends at a line at both ends: a stroke of a character does not."""
    last = lines.shape[0] - 1
    ends = (int(edge["top"]), min(int(edge["bottom"]), last))
    return all(lines[y, int(edge["x0"])] for y in ends)


def _wiped(picture: Picture, lines: Any, cells: list[Box]) -> Picture:
    """Return the picture without the lines around its cells; strokes of large characters elsewhere stay."""
    around = np.zeros_like(picture)
    for left, top, right, bottom in cells:
        cv2.rectangle(around, (round(left), round(top)), (round(right), round(bottom)), 255, _REACH)
    wiped = picture.copy()
    wiped[(cv2.dilate(lines, np.ones((3, 3), np.uint8)) & around) > 0] = 255
    return wiped


def _ink(picture: Picture) -> Picture:
    """Return what is darker than the paper around it."""
    ink = cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    return np.asarray(ink, dtype=np.uint8)


def _edges(lines: Any, orientation: Literal["h", "v"]) -> list[dict[str, Any]]:
    """Return the pieces of lines as the edges that pdfplumber makes tables of."""
    count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
    edges = []
    for left, top, width, height, _ in boxes[1:count].tolist():
        x0, x1, y0, y1 = float(left), float(left + width), float(top), float(top + height)
        if orientation == "h":
            y0 = y1 = (y0 + y1) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        edge = {"x0": x0, "x1": x1, "top": y0, "bottom": y1, "width": x1 - x0, "height": y1 - y0}
        edges.append({**edge, "orientation": orientation, "object_type": "line"})
    return edges
