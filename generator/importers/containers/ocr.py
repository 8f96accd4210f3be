"""A picture of a page → its lines of text with their places, read by RapidOCR, and the boxes that its lines enclose."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
from rapidocr_onnxruntime import RapidOCR

from generator.importers.containers import ruling_lines
from generator.importers.containers.pdf_text import Box, Chars
from generator.importers.containers.picture import POINTS, Picture
from generator.importers.containers.ruled import Page
from generator.importers.containers.text_lines import missed, parted

_TO_FIND = 1200  # pixels of the long side of the picture in which lines of text are sought; they are read in full size


@cache
def _engine() -> RapidOCR:
    return RapidOCR(max_side_len=_TO_FIND)


def page(picture: Picture) -> Page:
    """Read a page. A line of text stands for a character of a PDF, as far as places go."""
    level = ruling_lines.upright(picture)
    tables, text = ruling_lines.tables(level)
    borders = [box for boxes in tables for box in boxes]
    found = [piece for box in _found(text) for piece in parted(box, borders)]
    lines = _read(text, [*found, *missed(text, borders, found)])
    return Page(lines, [[_points(box) for box in boxes] for boxes in tables], picture.shape[0] * POINTS)


def _found(picture: Picture) -> list[Box]:
    corners, _ = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_cls=False, use_rec=False)
    boxes = np.reshape(np.array(corners or []), (-1, 4, 2))
    return [(*box.min(axis=0).tolist(), *box.max(axis=0).tolist()) for box in boxes]


def _read(picture: Picture, boxes: list[Box]) -> Chars:
    crops = [cv2.cvtColor(_crop(picture, box), cv2.COLOR_GRAY2BGR) for box in boxes]
    texts: list[tuple[str, float]] = _engine().text_rec(crops)[0] if crops else []
    return [_char(text, box) for (text, _), box in zip(texts, boxes, strict=True) if text.strip()]


def _crop(picture: Picture, box: Box) -> Any:
    left, top, right, bottom = (max(0, round(value)) for value in box)
    return picture[top : max(bottom, top + 1), left : max(right, left + 1)]


def _points(box: Box) -> Box:
    left, top, right, bottom = (value * POINTS for value in box)
    return left, top, right, bottom


def _char(text: str, box: Box) -> dict[str, Any]:
    left, top, right, bottom = _points(box)
    return {"text": text, "x0": left, "x1": right, "top": top, "bottom": bottom} | dict.fromkeys(
        ("height", "size"), bottom - top
    )
