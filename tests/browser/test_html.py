"""The Nu HTML checker finds no error in what our templates wrote."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path


def test_no_error(site: Path, tmp_path: Path) -> None:
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
    wrong = tmp_path / "wrong.html"  # proves that the checker has looked
    wrong.write_text('<!doctype html><html lang="zh-CN"><title>x</title><p><table></table></p>', encoding="utf-8")
    command = ["java", "-jar", jar, "--errors-only", "--format", "json", *map(str, [*pages, wrong])]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    found = json.loads(done.stderr)["messages"]
    assert any(m["url"].endswith("wrong.html") for m in found)
    assert Counter(m["message"] for m in found if not m["url"].endswith("wrong.html")) == Counter()
