"""The official form as an HTML page that prints true; below it what this site adds, as a table of its own.

The indicators are a table of their own, right below the rest: only the head of a table is repeated after a page break.
"""

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
    above, head, targets = layout.parted(layout.rows(declaration))
    notes = layout.notes(declaration)
    name, year = declaration.department_name, declaration.year
    regions = [(layout.TITLE, [(layout.TITLE, [], above), ("分解目标", [head], targets)])]
    if notes:
        regions.append(("附注", [("本站附注，不属于申报表", [], notes)]))
    return _template().render(
        title=layout.TITLE,
        name=name,
        year=year,
        root=root,
        regions=regions,
        scope=_scope,
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
