"""An Atom feed of new declarations and corrections, newest first; what is older stands in archives (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from lxml import etree

from generator.analysis import change_log
from generator.analysis.change_log import Revision
from generator.analysis.changes import Difference
from generator.content.corpus import Document, ResultDocument
from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.declaration.site import Site
from generator.exports.dossier import Dossier, Log

_ATOM, _HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"
_NAMES = UUID("6f1c0f5e-8f4b-4a55-9b1a-0d3f7c2e9a41")  # ids are names in here, whatever address the site has
_LIMIT = 100  # entries of a document


class Entry(NamedTuple):
    """Something that a subscriber hears of: the day, the address it stands at, what is new, and in which version.

    `origin` is the address that it had first, if the department's has changed since.
    """

    day: str
    address: str
    title: str
    text: str
    version: str
    origin: str


def of_department(dossier: Dossier) -> Iterator[Entry]:
    """Yield what became known of a department; a declaration without any date is left out."""
    folder = dossier.folder
    first = next(iter(folder.department.former_addresses), folder.address)
    for file in folder.files:
        yield from _publication(file, dossier.log.get(file.file, []), first)
    for path, revisions in dossier.log.items():
        yield from (entry for r in revisions for entry in _revision(path, r, folder.department.name, first))


def of_site(name: str, log: Log) -> Iterator[Entry]:
    """Yield what became known of the site, and of departments that are gone; `name` is the site's."""
    for path, revisions in log.items():
        yield from (entry for r in revisions for entry in _revision(path, r, name, path.split("/")[0]))


def _publication(file: Document | ResultDocument, known: Sequence[Revision], first: str) -> Iterator[Entry]:
    source, place = file.source, f"{first}/{file.year}"
    day = str(source.published) if source and source.published else known[0].day if known else None
    if not day:
        return
    if isinstance(file, Document):
        d = file.declaration
        text = f"预算总额 {d.budget.total} 元，{len(list(d.indicators()))} 项绩效指标。"
        yield Entry(day, f"{file.address}/", f"公布：{_name(d)}", text, "first", place)
    elif file.results.published:
        text = f"{len(list(file.results.results()))} 项绩效指标的结果。"
        yield Entry(day, f"{file.address}/", f"公布：{_name(file.results)}", text, "first results", place)


def _revision(path: str, revision: Revision, name: str, first: str) -> Iterator[Entry]:
    if revision.kind == "first":
        return
    address = change_log.address(path)
    section = revision.section
    called = _name(section) if isinstance(section, Declaration | Results) else name
    kinds = {"changed": "更正", "withdrawn": "撤回", "restored": "重新公布"}
    reported = "；".join(_said(difference) for difference in revision.differences)
    yield Entry(
        *(revision.day, f"{address}/" if address else "", f"{kinds[revision.kind]}：{called}"),
        *(f"{reported}。" if reported else "", revision.commit),
        "/".join([first, *address.split("/")[1:]]) if address else "",
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


def documents(site: Site, entries: Iterable[Entry]) -> dict[str, bytes]:
    """Return feed.xml (RFC 4287) with the newest entries, and all in archives, by path; none when there is no entry.

    An archive is full and holds the same entries for ever, unless an earlier day becomes known: the first holds the
    oldest. Links are relative where the site has no address.
    """
    known = sorted(entries, key=lambda entry: (entry.day, entry.address, entry.version))
    if not known:
        return {}
    full = (len(known) - 1) // _LIMIT
    made = {"feed.xml": _atom(site, known[-_LIMIT:], "feed.xml", {"prev-archive": full})}
    for number in range(1, full + 1):
        around = {"prev-archive": number - 1, "next-archive": number + 1 if number < full else 0}
        path = _archive(number)
        made[path] = _atom(site, known[(number - 1) * _LIMIT : number * _LIMIT], path, around)
    return made


def _archive(number: int) -> str:
    return f"feed-archive-{number}.xml"


def _atom(site: Site, entries: Sequence[Entry], path: str, archives: dict[str, int]) -> bytes:
    """Return a document of the feed, its newest entry first; of `archives` by relation, 0 is none."""
    base = f"{site.address.rstrip('/')}/" if site.address else ""
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}" xmlns:fh="{_HISTORY}"/>')

    def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        element.text = text
        return element

    def identity(words: str) -> str:
        return f"urn:uuid:{uuid5(_NAMES, f'{site.name}#{words}')}"

    add(feed, "id", identity("feed"))
    add(feed, "title", f"{site.name}：公布和更正")
    add(feed, "updated", f"{entries[-1].day}T00:00:00Z")
    if path != "feed.xml":
        etree.SubElement(feed, f"{{{_HISTORY}}}archive")
        add(feed, "link", rel="current", href=f"{base}feed.xml")
    add(feed, "link", rel="self", href=f"{base}{path}")
    for relation, number in archives.items():
        if number:
            add(feed, "link", rel=relation, href=f"{base}{_archive(number)}")
    add(feed, "link", rel="alternate", href=base or "./")
    add(add(feed, "author"), "name", site.publisher or site.name)
    for known in reversed(entries):
        entry = add(feed, "entry")
        add(entry, "id", identity(f"{known.origin}#{known.version}"))
        add(entry, "title", known.title)
        add(entry, "updated", f"{known.day}T00:00:00Z")
        add(entry, "link", rel="alternate", href=f"{base}{known.address}" or "./")
        add(entry, "summary", known.text)
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made
