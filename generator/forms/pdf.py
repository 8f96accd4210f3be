"""The official form as PDF (A4), set by typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache

import typst

from generator.declaration.model import Declaration
from generator.forms import layout
from generator.resources import FONTS, TEMPLATES


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATES / "form/form.typ"), font_paths=[str(FONTS)], ignore_system_fonts=True)


def pdf(declaration: Declaration, watermark: str | None = None) -> bytes:
    """Set the form; the same declaration gives the same bytes. `watermark` stands behind every page."""
    title, _, *rows = layout.rows(declaration)
    head = next(i for i, row in enumerate(rows) if row[0].text == "一级目标")
    data = {
        "title": title[0].text,
        "year": str(declaration.year),
        "name": declaration.department_name,
        "width": layout.width(declaration),
        "watermark": watermark,
        "above": [[asdict(box) for box in row] for row in rows[:head]],
        "head": [[asdict(box) for box in rows[head]]],
        "targets": [[asdict(box) for box in row] for row in rows[head + 1 :]],
    }
    made = _compiler().compile(format="pdf", sys_inputs={"form": json.dumps(data)}, timestamp=0)
    assert isinstance(made, bytes)
    return made
