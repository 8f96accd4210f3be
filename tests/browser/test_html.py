"""The Nu HTML checker finds no error in what our templates wrote."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

# What Material for MkDocs itself writes on every page, and why it stands:
BY_MATERIAL = {
    # base.html turns autocompletion off on its two checkboxes; browsers ignore it
    "Attribute “autocomplete” is only allowed when the input type is",
    # toc.html labels a heading that only the closed drawer uses
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control.",
}


def test_no_error_but_those_of_the_theme(site: Path) -> None:
    jar = os.environ.get("VNU_JAR")
    assert jar, "Run by nox -s browser, which fetches the checker (npm package vnu-jar) and names it in VNU_JAR."
    pages = [
        *site.glob("*.html"),
        *(site / "education-bureau").rglob("*.html"),
        *(site / "health-commission").glob("*.html"),
    ]
    pages += [
        site / name / "index.html"
        for name in ("years", "years/2025", "search", "about", "rules", "rules/text", "data", "api/v1", "edit")
    ]
    command = ["java", "-jar", jar, "--errors-only", "--format", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    messages = [m["message"] for m in json.loads(done.stderr)["messages"]]
    ours = [m for m in messages if not any(m.startswith(known) for known in BY_MATERIAL)]
    assert Counter(ours) == Counter()
    assert len(messages) >= len(pages)  # the theme's own prove that the checker has looked
