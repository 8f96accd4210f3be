"""A Markdown extension that leaves our ready HTML alone, instead of taking it apart and putting it together again.

Our pages hold each block of HTML on a line of its own. Python-Markdown would parse every tag in it to find where the
block ends, which is three quarters of its work, and MkDocs would once more, for anchors. Only time is saved: without
this extension, or with an engine that does not know it, the pages come out the same.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

# As the generator writes them: the line begins and ends with a tag of the block, which HTML calls block-level.
_BLOCK = re.compile(r"<(blockquote|details|div|dl|figure|form|nav|ol|p|section|table|ul)[ >].*>")


class _Ready(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [f"\n{self.md.htmlStash.store(line)}\n" if _BLOCK.fullmatch(line) else line for line in lines]


class ReadyHtml(Extension):
    """Registered by generator/mkdocs_pages.py."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Look at the lines after fenced code has gone (25) and before HTML blocks are sought (20)."""
        md.preprocessors.register(_Ready(md), "ready_html", 22)


def makeExtension(**settings: object) -> ReadyHtml:  # noqa: N802
    """Return the extension; the name is Python-Markdown's."""
    return ReadyHtml(**settings)
