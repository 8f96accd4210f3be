"""The official form as one HTML table that prints true; below it what this site adds, as a table of its own."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from generator.declaration.model import Declaration
from generator.forms import layout
from generator.forms.layout import Box, Row
from generator.resources import TEMPLATES


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES / "form")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("form.html.j2")


def html(declaration: Declaration, root: str, watermark: str | None = None, notice: str | None = None) -> str:
    """Return the page; `root` leads to the site's top, `watermark` and `notice` mark sample content."""
    form, notes = layout.rows(declaration), layout.notes(declaration)
    name, year = declaration.department_name, declaration.year
    tables = [(form, layout.TITLE), *([(notes, "本站附注，不属于申报表")] if notes else [])]
    return _template().render(
        title=layout.TITLE,
        name=name,
        year=year,
        root=root,
        tables=tables,
        tag=_tag,
        scope=_scope,
        watermark=watermark,
        notice=notice,
    )


def _tag(box: Box) -> str:
    return "th" if box.kind in ("title", "label") else "td"


def _scope(row: Row, box: Box) -> str | None:
    """Say for which cells a heading holds: those below it where the row has headings only, else those beside it."""
    if _tag(box) == "td":
        return None
    if len(row) == 1 and box.columns > 1:
        return "colgroup"
    return "col" if all(_tag(other) == "th" for other in row) and len(row) > 1 else "row"
