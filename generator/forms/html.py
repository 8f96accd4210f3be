"""The official form as an HTML page that prints true; below it what this site adds, as a table of its own.

The indicators are a table of their own, right below the rest: only the head of a table is repeated after a page break.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import drawn, layout
from generator.forms.layout import Box, Row
from generator.resources import TEMPLATES


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES / "form")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("form.html.j2")


def html(stated: Declaration | Results, root: str, watermark: str | None = None, notice: str | None = None) -> str:
    """Return the page; `root` leads to the site's top, `watermark` and `notice` mark sample content."""
    form = drawn.form(stated)
    above, head, targets = layout.parted(form.rows)
    tables = [(form.title, [], above), *([("指标", head, targets)] if head else [])]
    regions = [(form.title, tables)]
    if form.notes:
        regions.append(("附注", [(f"本站附注，不属于{form.sheet}", [], form.notes)]))
    return _template().render(
        title=form.title,
        sheet=form.sheet,
        name=form.name,
        year=form.year,
        landscape=form.landscape,
        root=root,
        regions=regions,
        scope_of=_scope,
        watermark=watermark,
        notice=notice,
    )


def _scope(row: Row, box: Box) -> str:
    """Return what a head is the head of, as HTML's `scope` says it; nothing for a cell that is none."""
    if box.kind not in ("title", "label"):
        return ""
    if all(other.kind == box.kind for other in row):
        return "col" if len(row) > 1 else "colgroup"
    return "rowgroup" if box.rows > 1 else "row"
