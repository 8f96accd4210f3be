"""An Atom feed of new declarations and corrections, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from generator.analysis import change_log
from generator.analysis.change_log import Correction, History
from generator.content.corpus import Corpus, Document

_ATOM = "http://www.w3.org/2005/Atom"
_LIMIT = 100  # entries; what is older stands on the pages


class Entry(NamedTuple):
    """Something that a subscriber is told: the day, what is new, and where."""

    day: str
    document: Document
    title: str
    text: str
    version: str


def entries(corpus: Corpus, history: History | None) -> list[Entry]:
    """Return what became known, newest first; a declaration without any date is left out."""
    found = [entry for document in corpus.documents for entry in _of(document, history)]
    return sorted(found, key=lambda entry: (entry.day, entry.document.label, entry.version), reverse=True)[:_LIMIT]


def _of(document: Document, history: History | None) -> Iterator[Entry]:
    d, source = document.declaration, document.declaration.source
    name = f"{d.department_name}{d.year}年度绩效目标"
    known = change_log.revisions((history or {}).get(document.label, []))
    text = f"预算总额 {d.budget.total} 元，{len(list(d.indicators()))} 项绩效指标。"
    if source and source.published:
        yield Entry(str(source.published), document, f"公布：{name}", text, "first")
    elif known and known[0].first:
        yield Entry(known[0].day, document, f"公布：{name}", text, "first")
    for revision in known:
        if revision.corrections:
            told = "；".join(_said(correction) for correction in revision.corrections)
            yield Entry(revision.day, document, f"更正：{name}", f"{told}。", revision.commit)


def _said(correction: Correction) -> str:
    if correction.old is None:
        return f"{correction.label}：增加“{correction.new}”"
    if correction.new is None:
        return f"{correction.label}：删去“{correction.old}”"
    return f"{correction.label}：{correction.old} → {correction.new}"


def atom(corpus: Corpus, history: History | None) -> bytes | None:
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
        add(entry, "id", identity(f"{known_entry.document.address}#{known_entry.version}"))
        add(entry, "title", known_entry.title)
        add(entry, "updated", f"{known_entry.day}T00:00:00Z")
        add(entry, "link", rel="alternate", href=f"{base}{known_entry.document.address}/")
        add(entry, "summary", known_entry.text)
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made
