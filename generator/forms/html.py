"""The official form as one HTML table that prints true; below it what this site adds, as a table of its own."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import drawn
from generator.forms.layout import Box
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
    beside = [(form.notes, f"本站附注，不属于{form.sheet}")] if form.notes else []
    return _template().render(
        title=form.title,
        sheet=form.sheet,
        name=form.name,
        year=form.year,
        landscape=form.landscape,
        root=root,
        tables=[(form.rows, form.title), *beside],
        tag=_tag,
        watermark=watermark,
        notice=notice,
    )


def _tag(box: Box) -> str:
    return "th" if box.kind in ("title", "label") else "td"
