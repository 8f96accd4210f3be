"""Declarations → Markdown pages, by the templates in site_templates/pages/.

Whatever comes out of an expression in a template is escaped, unless it is Markup: every ASCII punctuation
character becomes an entity, which neither Markdown nor HTML nor a template reads as its own syntax.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator import charts, declaration_page, figures, target
from generator.corpus import Corpus, DepartmentFolder, Document, Track, silently

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\n\r]")


def escape(value: object) -> Markup:
    """Make any value safe in Markdown, in HTML text and in a quoted attribute: it appears as its characters."""
    if isinstance(value, Markup):
        return value
    return Markup(_PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", str(value)))


def drawing(chart: charts.BarChart | charts.Trend) -> Markup:
    """Draw a chart; a heading with a character that no font has stays without a drawing, its data table remains."""
    try:
        return Markup(charts.svg(chart))
    except charts.MissingGlyphError:
        return Markup("")


def oneline(text: str) -> Markup:
    """Fold a block of HTML into one line, which Markdown passes through untouched."""
    return Markup("".join(line.strip() for line in text.split("\n")))


def front_matter(title: str, description: str, **more: object) -> Markup:
    """Return a page's YAML head; MkDocs puts title and description into the page as they are: escaped here."""
    head = {"title": escape(title), "description": escape(description), "hide": ["navigation"], **more}
    return Markup("---\n" + "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in head.items()) + "---\n")


def newest_of_each(corpus: Corpus) -> list[tuple[DepartmentFolder, Document | None]]:
    """Pair each department with its newest declaration, if it has any."""
    return [(folder, folder.documents[-1] if folder.documents else None) for folder in corpus.departments]


def render(corpus: Corpus, templates: Path, track: Track = silently) -> dict[str, str]:
    """Return the Markdown of every page by its path below the docs folder."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["oneline"] = oneline
    environment.globals = {
        "site": corpus.site,
        "money": figures.money,
        "wan": figures.in_wan,
        "svg": drawing,
        "chart_rows": charts.rows,
        "explain": target.explain,
        "front_matter": front_matter,
    }

    def page(template: str, depth: int, **context: object) -> str:
        root = "../" * depth or "./"
        return environment.get_template(template).render(root=Markup(root), **context)

    made = {"index.md": page("home.md.j2", 0, departments=newest_of_each(corpus))}
    for folder in track(corpus.departments, "生成网页"):
        made[f"{folder.address}/index.md"] = page("department.md.j2", 1, folder=folder)
        for document in folder.documents:
            made[f"{document.address}.md"] = page(
                "declaration.md.j2", 2, folder=folder, **declaration_page.context(document)
            )
    return made


def source_address(document: Document) -> str:
    """Return where the site keeps the source document for download: DEPARTMENT/sources/NAME."""
    source = document.declaration.source
    assert source is not None
    return f"{document.path.parent.name}/{source.file}"
