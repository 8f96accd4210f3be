"""An Atom feed of new declarations and corrections, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from generator.analysis import change_log
from generator.analysis.change_log import Revision, Versions
from generator.analysis.changes import Difference
from generator.content.corpus import Corpus, Document, ResultDocument
from generator.declaration.model import Declaration
from generator.declaration.results import Results

_ATOM = "http://www.w3.org/2005/Atom"
_LIMIT = 100  # entries; what is older stands on the pages


class Entry(NamedTuple):
    """Something that a subscriber hears of: the day, the address it stands at, what is new, and in which version."""

    day: str
    address: str
    title: str
    text: str
    version: str


def entries(corpus: Corpus, history: Versions | None) -> list[Entry]:
    """Return what became known, newest first; a declaration without any date is left out."""
    known = {path: change_log.revisions(path, versions) for path, versions in (history or {}).items()}
    found = [entry for file in corpus.files for entry in _publication(file, known.get(file.file, []))]
    names = {f"{folder.address}/department.yaml": folder.department.name for folder in corpus.departments}
    for path, revisions in known.items():
        found += [entry for revision in revisions for entry in _revision(path, revision, names, corpus.site.name)]
    return sorted(found, key=lambda entry: (entry.day, entry.address, entry.version), reverse=True)[:_LIMIT]


def _publication(document: Document | ResultDocument, known: list[Revision]) -> Iterator[Entry]:
    source = document.source
    day = str(source.published) if source and source.published else known[0].day if known else None
    if not day:
        return
    if isinstance(document, Document):
        d = document.declaration
        text = f"预算总额 {d.budget.total} 元，{len(list(d.indicators()))} 项绩效指标。"
        yield Entry(day, f"{document.address}/", f"公布：{_name(d)}", text, "first")
    elif document.results.published:
        text = f"{len(list(document.results.results()))} 项绩效指标的结果。"
        yield Entry(day, f"{document.address}/", f"公布：{_name(document.results)}", text, "first results")


def _revision(path: str, revision: Revision, names: dict[str, str], site: str) -> Iterator[Entry]:
    if revision.kind == "first":
        return
    address = change_log.address(path)
    section = revision.section
    name = _name(section) if isinstance(section, Declaration | Results) else names.get(path, site)
    kinds = {"changed": "更正", "withdrawn": "撤回", "restored": "重新公布"}
    reported = "；".join(_said(difference) for difference in revision.differences)
    yield Entry(
        *(revision.day, f"{address}/" if address else "", f"{kinds[revision.kind]}：{name}"),
        *(f"{reported}。" if reported else "", revision.commit),
    )


def _name(section: Declaration | Results) -> str:
    what = "绩效目标" if isinstance(section, Declaration) else "绩效目标的结果"
    return f"{section.department_name}{section.year}年度{what}"


def _said(difference: Difference) -> str:
    if difference.old is None:
        return f"{difference.label}：增加“{difference.new}”"
    if difference.new is None:
        return f"{difference.label}：删去“{difference.old}”"
    return f"{difference.label}：{difference.old} → {difference.new}"


def atom(corpus: Corpus, history: Versions | None) -> bytes | None:
    """Return the feed (RFC 4287), None when nothing has a date; links are relative where the site has no address."""
    known = entries(corpus, history)
    if not known:
        return None
    base = f"{corpus.site.address.rstrip('/')}/" if corpus.site.address else ""
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')

    def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        element.text = text
        return element

    def identity(words: str) -> str:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{base or corpus.site.name}#{words}')}"

    add(feed, "id", identity("feed"))
    add(feed, "title", f"{corpus.site.name}：公布和更正")
    add(feed, "updated", f"{known[0].day}T00:00:00Z")
    add(feed, "link", rel="self", href=f"{base}feed.xml")
    add(feed, "link", rel="alternate", href=base or "./")
    add(add(feed, "author"), "name", corpus.site.publisher or corpus.site.name)
    for known_entry in known:
        entry = add(feed, "entry")
        add(entry, "id", identity(f"{known_entry.address.rstrip('/')}#{known_entry.version}"))
        add(entry, "title", known_entry.title)
        add(entry, "updated", f"{known_entry.day}T00:00:00Z")
        add(entry, "link", rel="alternate", href=f"{base}{known_entry.address}" or "./")
        add(entry, "summary", known_entry.text)
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made
