"""A form as PDF (A4), set by typst."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import typst

from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import drawn, layout, object_streams
from generator.forms.layout import Row
from generator.resources import FONTS, TEMPLATES


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATES / "form/form.typ"), font_paths=[str(FONTS)], ignore_system_fonts=True)


def pdf(stated: Declaration | Results, watermark: str | None = None, day: date | None = None) -> bytes:
    """Set the form as PDF/UA-1, and also as PDF/A-2a where the `day` of its content is known, which that asks for;
    as neither where a character is in none of our fonts.

    The same content and day give the same bytes. `watermark` stands behind every page.
    """
    form = drawn.form(stated)
    above, head, targets = layout.parted(form.rows)
    title, period, *above = above
    data = {
        "title": title[0].text,
        "period": period[0].text,
        "year": str(form.year),
        "name": form.name,
        "day": day and str(day),
        "widths": form.widths,
        "landscape": form.landscape,
        "watermark": watermark,
        "above": _boxes(above),
        "head": _boxes(head),
        "targets": _boxes(targets),
    }
    inputs = {"form": json.dumps(data)}
    try:
        made = _compiler().compile(
            format="pdf", sys_inputs=inputs, pdf_standards=["ua-1", "a-2a"] if day else ["ua-1"], timestamp=0
        )
    except typst.TypstError:  # a character that our fonts lack, which no standard allows, becomes an empty box
        made = _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=0)
    assert isinstance(made, bytes)
    return object_streams.packed(made)


def _boxes(rows: list[Row]) -> list[list[dict[str, object]]]:
    return [[vars(box) for box in row] for row in rows]
