"""A form as PDF (A4), set by typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache

import typst

from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import drawn
from generator.resources import FONTS, TEMPLATES


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATES / "form/form.typ"), font_paths=[str(FONTS)], ignore_system_fonts=True)


def pdf(stated: Declaration | Results, watermark: str | None = None) -> bytes:
    """Set the form; the same content gives the same bytes. `watermark` stands behind every page."""
    form = drawn.form(stated)
    title, _, *rows = form.rows
    head = next((i for i, row in enumerate(rows) if row[0].text in ("一级目标", "一级指标")), len(rows))
    data = {
        "title": title[0].text,
        "year": str(form.year),
        "name": form.name,
        "widths": form.widths,
        "landscape": form.landscape,
        "watermark": watermark,
        "above": [[asdict(box) for box in row] for row in rows[:head]],
        "head": [[asdict(box) for box in row] for row in rows[head : head + 1]],
        "targets": [[asdict(box) for box in row] for row in rows[head + 1 :]],
    }
    made = _compiler().compile(format="pdf", sys_inputs={"form": json.dumps(data)}, timestamp=0)
    assert isinstance(made, bytes)
    return made
