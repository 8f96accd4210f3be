"""Declarations → Markdown pages, by the templates in site_templates/pages/.

Whatever comes out of an expression in a template is escaped, unless it is Markup: every ASCII punctuation
character becomes an entity, which neither Markdown nor HTML nor a template reads as its own syntax.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.analysis import balance, change_log, figures, identity, themes, wording
from generator.analysis.coverage import DEFINITIONS as COVERAGES
from generator.analysis.coverage import coverage
from generator.analysis.fulfilment import DEFINITIONS as STATES
from generator.analysis.fulfilment import State
from generator.analysis.kinds import DEFINITIONS as KINDS
from generator.content.corpus import Corpus
from generator.declaration import glossary
from generator.declaration.model import Declaration
from generator.declaration.quantity import Amount
from generator.declaration.reading import explain, note
from generator.exports import catalogue, entries, jsonld
from generator.exports.catalogue import Published
from generator.pages import (
    charts,
    citation,
    data,
    declaration,
    drawing,
    editing,
    front,
    ledger,
    pictures,
    results,
    year,
)
from generator.pages import themes as theme_pages
from generator.pages.department import Timeline
from generator.pages.results import Account
from generator.rules import documentation

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\n\r]")


def escape(value: object) -> Markup:
    """Make any value safe in Markdown, in HTML text and in a quoted attribute: it appears as its characters."""
    return value if isinstance(value, Markup) else _escaped(str(value))


@lru_cache(10_000)  # names, years and units come again and again
def _escaped(text: str) -> Markup:
    return Markup(_PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", text))


def amount(figure: Amount | Decimal | None) -> Markup:
    """Show an amount in 元 so that the unit switch finds it; without a number its words, or that it is absent."""
    if figure is None:
        return Markup("表上无此项")
    value = figure.value if isinstance(figure, Amount) else figure
    if value is None:
        return escape(figure)
    shown = escape(figure if isinstance(figure, Amount) else figures.money(figure))
    return Markup(f'<span class="amount" data-yuan="{value}">{shown}</span>')


def signed(value: Decimal) -> str:
    """Print a difference with its sign, a true minus for less: +1,234.50, −0.33, 0.00."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):,}"


def drawn(chart: charts.Chart, told: bool = False) -> Markup:
    """Draw a chart; a heading with a character that no font has stays without a drawing, its data table remains."""
    try:
        return Markup(charts.svg(chart, told))
    except drawing.MissingGlyphError:
        return Markup("")


def oneline(text: str) -> Markup:
    """Fold a block of HTML into one line, which Markdown passes through untouched."""
    return Markup("".join(line.strip() for line in str(text).split("\n")))


def front_matter(title: str, description: str, **more: object) -> Markup:
    """Return a page's YAML head; MkDocs puts title and description into the page as they are: escaped here."""
    head: dict[str, object] = {"title": escape(title), "description": escape(description)}
    head |= {key: escape(value) if isinstance(value, str) and key != "source" else value for key, value in more.items()}
    return Markup("---\n" + "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in head.items()) + "---\n")


def ledger_groups(lives: list[ledger.Life]) -> list[tuple[str, str, list[ledger.Life]]]:
    """Put the promises of a ledger together under their newest headings, in the order in which these first come."""
    groups: dict[tuple[str, str], list[ledger.Life]] = {}
    for life in lives:
        newest = life.promise.newest
        groups.setdefault((newest.first_level, newest.second_level), []).append(life)
    return [(*headings, found) for headings, found in groups.items()]


def size(published: Mapping[str, Published], address: str) -> str:
    """Say how big a download is: 59 KB, 1.2 MB (1 KB is 1,000 bytes)."""
    count = published[address].size
    return f"{count} 字节" if count < 1000 else f"{count / 1000:.0f} KB" if count < 1e6 else f"{count / 1e6:.1f} MB"


# Its path below the docs folder, and its Markdown. Each is an index.md: engines differ in what they make of a link in
# HTML, and there it leads from the Markdown to the same place as from the page.
Page: TypeAlias = tuple[str, str]


class Pages:
    """What all pages share: the templates, what they know of the site, and what git knows, if anything.

    `published` are the downloads that the pages name.
    """

    def __init__(
        self,
        corpus: Corpus,
        history: change_log.Versions | None,
        published: Mapping[str, Published],
        templates: Path,
    ) -> None:
        self.corpus, self.history = corpus, history
        self._environment = _environment(templates)
        self._shared = {
            "site": corpus.site,
            "content": corpus.name,
            "repository": corpus.site.repository and corpus.site.repository.rstrip("/"),
            "size": partial(size, published),
            "names": corpus.names,
        }

    def page(self, template: str, path: str, **context: object) -> Page:
        """Render a page by its template; its head says which version of the content it shows."""
        shared = self._shared | {
            "root": Markup("../" * path.count("/") or "./"),
            "front_matter": partial(front_matter, **self._version(path.split("/")[0])),
        }
        return path, self._environment.get_template(template).render(**shared, **context)

    def _version(self, department: str) -> dict[str, str]:
        """Return the newest commit of a department's files and its day; of all files for the site's own pages."""
        known = (self.history or {}).items()
        inside = f"{department}/" if department in self.corpus.names else ""
        versions = [version for path, found in known if path.startswith(inside) for version in found]
        newest = max(versions, key=lambda version: version.place, default=None)
        return {"revised": newest.day, "version": newest.commit[:8]} if newest else {}

    def revisions_of(self, file: str, former: Sequence[str] = ()) -> list[change_log.Revision] | None:
        """Return what became of a file; None without git."""
        return None if self.history is None else change_log.log(self.history, file, former)

    def moved(self, path: str, title: str, there: str) -> Page:
        """Render what leads on from an old address."""
        icon = f"{'../' * (path.count('/') + 1)}assets/favicon.svg"
        return self.page("moved.html.j2", f"{path}/index.html", title=title, there=there, icon=icon)

    def withdrawn(self, present: Collection[str]) -> dict[str, list[change_log.Revision]]:
        """Return the revisions of what was withdrawn."""
        return change_log.withdrawn(self.history or {}, present)


@cache
def _environment(templates: Path) -> Environment:
    """Return the templates with all that they may call; compiled once."""
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
    environment.globals |= {
        "key": identity.key,
        "signs": results.SIGNS,
        "State": State,
        "Tone": charts.Tone,
        "money": figures.money,
        "wan": figures.in_wan,
        "svg": drawn,
        "chart_rows": charts.rows,
        "bar": pictures.bar,
        "sparkline": pictures.sparkline,
        "percent": figures.percent,
        "explain": explain,
        "note": note,
        "term": term,
        "terms": glossary.BY_WORD,
        "amount": amount,
        "signed": signed,
        "coverage": coverage,
        "shift_kinds": year.SHIFTS,
        "word_differences": wording.differences,
        "anchor": lambda placed: Markup(identity.anchor(placed)),  # entities in an id would confuse the search
        "ledger_groups": ledger_groups,
        "rules": documentation.documentations(),
    }
    return environment


def term(word: str, root: str) -> Markup:
    """Link a word of the form to its explanation, which also shows where the pointer rests on it."""
    known = glossary.BY_WORD[word]
    address = f"{root}about/#{known.anchor}"
    return Markup(f'<a class="term" href="{address}" title="{escape(known.explanation)}">{escape(word)}</a>')


def of_department(pages: Pages, years: Timeline, accounts: Mapping[str, Account]) -> Iterator[Page]:
    """Yield the pages of a department, whose years are called to account in `accounts`.

    Of the others they know what `Corpus.alone` says.
    """
    page, folder = pages.page, years.folder
    here = {"folder": folder, "timeline": years, "accounts": accounts}
    former = folder.department.former_addresses
    of_folder = pages.revisions_of(f"{folder.address}/department.yaml", former)
    own = [accounts[document.address] for document in folder.documents]
    of_results = {"own": own, "called": [year.called(account) for account in own], "calendar": results.calendar(own)}
    yield page("department.md.j2", f"{folder.address}/index.md", **here, **of_results, revisions=of_folder)
    if folder.documents:
        lives = ledger.lives(years, accounts, themes.of_site(pages.corpus.site))
        logs = [pages.revisions_of(document.file, former) for document in folder.documents]
        cited = citation.of_ledger(pages.corpus.site, folder.department.name, folder.address, logs)
        strips = results.strip(years, accounts)
        of_ledger = {"own": own, "strips": strips, "lives": lives, "citation": cited}
        yield page("ledger.md.j2", f"{folder.address}/indicators/index.md", **here, **of_ledger)
    if years.comparisons:
        apart = years.apart
        yield page("compare.md.j2", f"{folder.address}/compare/index.md", apart=apart, **here)
        for comparison in apart:  # they had a page of their own once: the address leads on
            old, new = comparison.old.year, comparison.new.year
            title = f"{folder.department.name} {old}与{new}年度比较"
            yield pages.moved(comparison.address, title, f"../index.html#y{old}-{new}")
    for comparison in years.comparisons.values():
        yield page("comparison.md.j2", f"{comparison.address}/index.md", comparison=comparison, **here)
    if pages.corpus.site.has_editing:
        yield from editing.texts(folder)
    for document in folder.documents:
        context = declaration.context(document, years)
        downloads = catalogue.addresses(document)
        context |= {"files": downloads, "jsonld": jsonld.declaration(document, pages.corpus.site, downloads)}
        context |= {
            "account": accounts[document.address],
            "result_files": next(map(catalogue.result_addresses, folder.all_results_of(document.year)), None),
            "results_log": pages.revisions_of(f"{document.address}.results.yaml", former),
        }
        versions = pages.revisions_of(document.file, former)
        context["citation"] = citation.of_declaration(pages.corpus.site, document, versions)
        yield page("declaration.md.j2", f"{document.address}/index.md", **here, **context, revisions=versions)


def of_site(pages: Pages, published: Mapping[str, Published], parts: Sequence[year.Part]) -> Iterator[Page]:
    """Yield the pages that belong to no department; `published` are all downloads, `parts` those of all departments.

    What only leads on to another page is HTML already.
    """
    corpus, page = pages.corpus, pages.page
    years = year.years(corpus, parts)
    rows = front.rows(corpus, years)
    yield page(
        "home.md.j2",
        "index.md",
        rows=rows,
        letters=front.letters(rows),
        most=front.extremes(rows),
        alone=parts[0].newest if len(parts) == 1 else None,
        years=years,
    )
    yield page("years.md.j2", "years/index.md", rows=rows, years=years)
    explained = {"glossary": glossary.TERMS, "kinds": KINDS, "coverages": COVERAGES, "states": STATES}
    balanced = {"directions": balance.Direction, "kinds_of": balance.kinds}
    yield page("about.md.j2", "about/index.md", **explained, **balanced, revisions=pages.revisions_of("site.yaml"))
    yield page("rules.md.j2", "rules/index.md", families=documentation.FAMILIES)
    for family, name in documentation.FAMILIES.items():
        of_family = {"family": family, "name": name, "does": documentation.does}
        yield page("rule_family.md.j2", f"rules/{family}/index.md", **of_family)
    names = [folder.department.name for folder in corpus.departments]
    choices = {
        "departments": names,
        "entry_kinds": entries.Kind,
        "verdicts": KINDS,
        "states": [s for s in STATES if s is not State.NOT_DUE],
    }
    yield page("search.md.j2", "search/index.md", years=years, **choices)
    if corpus.site.has_editing:
        checked = [documentation.documentations()[code] for code in editing.CODES]
        rest = len(documentation.documentations()) - len(checked)
        yield page("edit.md.j2", editing.PAGE, departments=corpus.departments, checked=checked, rest=rest)
        yield "edit/form.js", editing.form(corpus)
    yield page("data.md.j2", "data/index.md", **data.data(corpus, published, pages.history))
    yield page("api.md.j2", "api/v1/index.md", **data.interface(corpus))
    found = themes.shown(themes.of_site(corpus.site), chain.from_iterable(part.members for part in parts))
    words_of = theme_pages.words_of
    yield page("themes.md.j2", "themes/index.md", themes=found, words_of=words_of)
    for theme in found:
        path = f"themes/{theme.theme.slug}/index.md"
        yield page("theme.md.j2", path, **theme_pages.context(theme), words_of=words_of)
    for shown in years:
        yield page("year.md.j2", f"years/{shown.year}/index.md", year=shown, years=years)
    yield from _gone(pages)


def _gone(pages: Pages) -> Iterator[Page]:
    """Yield a page for all that was withdrawn, and one that leads on for each page of a renamed folder."""
    corpus = pages.corpus
    renamed = {old: folder for folder in corpus.departments for old in folder.department.former_addresses}
    for old, folder in renamed.items():
        inside = ["", "indicators", "compare", *(str(document.year) for document in folder.documents)]
        for part in inside if folder.documents else inside[:1]:
            up = "../../" if part else "../"
            there = f"{up}{folder.address}/{part}".rstrip("/") + "/"
            yield pages.moved(f"{old}/{part}".rstrip("/"), folder.department.name, f"{there}index.html")
    present = {document.address for document in corpus.documents} | {f.address for f in corpus.departments}
    for path, revisions in pages.withdrawn(present).items():
        if path.split("/")[0] not in renamed:
            last = revisions[-1].section
            shown = {"section": last, "is_declaration": isinstance(last, Declaration)}
            file = f"{change_log.address(path)}/index.md"
            yield pages.page("withdrawn.md.j2", file, withdrawn=shown, revisions=revisions)


def write(pages: Iterable[Page], docs: Path) -> None:
    """Write pages below `docs`."""
    for path, text in pages:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(text.encode())
