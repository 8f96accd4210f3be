"""Build the demo with several engines and list where a page is not MkDocs': python -m tests.engines.compare FOLDER.

Each engine gets nothing but build/docs and build/docs.yml. Of every page its text, ids, links, meta tags and JSON-LD
are compared, of every other file that the generator wrote its bytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree, html

from generator import build, swap
from generator.demo import district

QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
BASE = "https://www.example.org/portal/targets/"


def main(folder: Path, *engines: str) -> int:
    """Build into the empty `folder`; `engines` are NAME=PYTHON, the module and an interpreter that has it."""
    docs = folder / "docs"
    district.write_demo(folder / "content", 6, 3)
    with (folder / "content/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"网址: {BASE}\n仓库网址: https://code.example.org/group/site\n")
    build.build(folder / "content", docs)
    yardstick = make(folder, "mkdocs", sys.executable)
    found = 0
    for name, python in (engine.split("=", 1) for engine in engines):
        listed = list(differences(docs, yardstick, make(folder, name, python)))
        print(*listed, f"{name}: {len(listed)} differences", sep="\n")
        found += len(listed)
    return 1 if found else 0


def make(folder: Path, engine: str, python: str) -> Path:
    """Build `folder`/docs.yml with an engine, any warning being an error; returns the folder of the site."""
    command = [python, "-m", engine, "build", "--strict", "--clean", "--config-file", "docs.yml"]
    subprocess.run(command, cwd=folder, env=os.environ | QUIET, check=True)
    return (folder / "site").rename(folder / engine)


def differences(docs: Path, one: Path, other: Path) -> Iterator[str]:
    """Yield, a line each, what differs between two sites that were made of the Markdown in `docs`."""
    pages = [{path for path in swap.files(site) if path.endswith(".html")} for site in (one, other)]
    yield from (f"{path}: - page" for path in sorted(pages[0] - pages[1]))
    yield from (f"{path}: + page" for path in sorted(pages[1] - pages[0]))
    for path in sorted(pages[0] & pages[1]):
        before, after = facts(one, path), facts(other, path)
        for kind in before:
            changes = unified_diff(before[kind], after[kind], n=0, lineterm="")
            yield from (f"{path}: {kind} {line[0]} {line[1:]}" for line in islice(changes, 2, None) if line[0] != "@")
    if addresses(one) != addresses(other):
        yield "sitemap.xml: other addresses"
    for path in swap.files(docs):
        if not path.endswith((".md", "sitemap.xml")):
            made = other / path
            if not made.is_file() or made.read_bytes() != (docs / path).read_bytes():
                yield f"{path}: not as the generator wrote it"


def facts(site: Path, path: str) -> dict[str, list[str]]:
    """Return what a page says, by kind, each in the order of the page; links as they lead from its address."""
    page = html.document_fromstring((site / path).read_text(encoding="utf-8"))
    data = [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]
    etree.strip_elements(page, "script", "style", with_tail=False)
    for code in page.xpath("//pre"):
        etree.strip_tags(code, "*")  # the colours of its words
    links = page.xpath("//a/@href | //link[@rel='canonical' or starts-with(@rel, 'alternate')]/@href")
    return {
        "title": page.xpath("//title/text()"),
        "text": [" ".join(text.split()) for text in page.body.itertext() if text.strip()],
        "id": page.xpath("//@id"),
        "link": [urljoin(BASE + path.removesuffix("index.html"), link) for link in links],
        "meta": [f"{m.get('name') or m.get('property')}: {m.get('content')}" for m in page.xpath("//meta[@content]")],
        "JSON-LD": [json.dumps(found, ensure_ascii=False, sort_keys=True) for found in data],
    }


def addresses(site: Path) -> set[str]:
    """Return the addresses in a site's map."""
    return {found.text for found in etree.parse(site / "sitemap.xml").iter("{*}loc")}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
