"""Markdown pages come out the same with and without the extension that passes ready HTML on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Markdown
from test_golden import CASES

OURS = "generator.pages.ready_html"
PAGES = sorted(CASES.glob("*/expected/**/*.md"))


def converter(*extensions: str) -> Markdown:
    return Markdown(extensions=["toc", "tables", "fenced_code", "attr_list", *extensions])


def body(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CASES).as_posix())
def test_a_page_comes_out_the_same(page: Path) -> None:
    text = body(page.read_text(encoding="utf-8"))
    plain, ours = converter(), converter(OURS)
    without, with_it = (re.sub(r">\s*\n\s*<", "><", md.convert(text)) for md in (plain, ours))
    assert with_it == without
    assert ours.toc_tokens == plain.toc_tokens


def test_every_block_of_our_html_is_passed_on() -> None:
    """No line that begins with a tag is left for Markdown to take apart."""
    md = converter(OURS)
    for page in PAGES:
        lines = md.preprocessors["ready_html"].run(body(page.read_text(encoding="utf-8")).split("\n"))
        assert [line for line in lines if line.startswith("<")] == []
    assert len(md.htmlStash.rawHtmlBlocks) > 100


def test_other_html_stays_markdowns() -> None:
    text = "a <b>bold</b> word\n\n<div>\n\nnot on one line\n\n</div>\n\n```\n<p>code</p>\n```\n"
    assert converter(OURS).convert(text) == converter().convert(text)
