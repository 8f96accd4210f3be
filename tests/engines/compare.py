"""Compare the sites that two engines made of the same Markdown: python -m tests.engines.compare SITE OTHER.

Of every page its text, ids, links, meta tags and JSON-LD; of every other file that the generator wrote, its bytes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree, html

Facts = dict[str, list[str]]


def facts(file: Path, address: str) -> Facts:
    """Return what a page says, by kind, each in the order of the page; links as they lead from its `address`."""
    page = html.fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    data = [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]
    etree.strip_elements(page, "script", "style", with_tail=False)
    for code in page.xpath("//pre"):
        etree.strip_tags(code, "*")  # the colours of its words
    [body] = page.xpath("//body")
    links = page.xpath("//a/@href | //link[@rel='canonical' or starts-with(@rel, 'alternate')]/@href")
    return {
        "title": page.xpath("//title/text()"),
        "text": [" ".join(text.split()) for text in body.itertext(etree.Element) if text.strip()],
        "id": page.xpath("//@id"),
        "link": [urljoin(address, link) for link in links],
        "meta": [f"{m.get('name') or m.get('property')}: {m.get('content')}" for m in page.xpath("//meta[@content]")],
        "JSON-LD": [json.dumps(found, ensure_ascii=False, sort_keys=True) for found in data],
    }


def differences(docs: Path, one: Path, other: Path) -> Iterator[str]:
    """Yield, a line each, what differs between two sites that were made of the Markdown in `docs`."""
    pages = [{path.relative_to(site).as_posix() for path in site.rglob("*.html")} for site in (one, other)]
    yield from (f"{path}: only in {one}" for path in sorted(pages[0] - pages[1]))
    yield from (f"{path}: only in {other}" for path in sorted(pages[1] - pages[0]))
    for path in sorted(pages[0] & pages[1]):
        address = f"https://www.example.org/{path}"
        before, after = facts(one / path, address), facts(other / path, address)
        for kind in before:
            less, more = Counter(before[kind]), Counter(after[kind])
            yield from (f"{path}: {kind} − {value}" for value in (less - more).elements())
            yield from (f"{path}: {kind} + {value}" for value in (more - less).elements())
            if less == more and before[kind] != after[kind]:
                yield f"{path}: {kind} in another order"
    for file in sorted(path for path in docs.rglob("*") if path.is_file() and path.suffix != ".md"):
        path = file.relative_to(docs).as_posix()
        if not (other / path).is_file() or (other / path).read_bytes() != file.read_bytes():
            yield f"{path}: not as the generator wrote it"
