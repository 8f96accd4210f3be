"""Diagnostics as text for people, as annotations for GitHub and GitLab, as JSON and as SARIF for machines."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics.model import Diagnostic, Severity, counts

if TYPE_CHECKING:
    from rich.text import Text

Lines = Callable[[str], list[str]]  # the lines of a file by its name in messages; empty when it cannot be read

MAX_SHOWN = 2_000_000  # bytes of a file from which lines are shown

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # a terminal would obey them
_COLOUR = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTICE: "bold cyan"}
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}
_GITLAB_LEVEL = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTICE: "info"}
_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def lines_below(folder: Path) -> Lines:
    """Return a reader of source lines; names in messages are relative to `folder`."""
    read: dict[str, list[str]] = {}

    def lines(name: str) -> list[str]:
        if name not in read:
            text = _begin(folder / name).decode("utf-8-sig", "replace")
            read[name] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return read[name]

    return lines


def _begin(file: Path) -> bytes:
    """Return as much of a file as content may have; nothing of what cannot be read, which is reported elsewhere."""
    try:
        if file.is_file():
            with file.open("rb") as opened:
                return opened.read(MAX_SHOWN)
    except OSError:
        pass
    return b""


def text(diagnostics: Sequence[Diagnostic], lines: Lines) -> Text:
    """Print for a person: place, sentence, the line with a caret under the place, the repair.

    File by file, those with errors first, and in each file the errors, the warnings, the notices.
    """
    from rich.text import Text  # slow to import, rich: only where something is shown

    page = Text()
    files: dict[str, list[Diagnostic]] = {}
    rank = list(Severity).index
    for diagnostic in sorted(diagnostics, key=lambda d: rank(d.severity)):
        files.setdefault(diagnostic.mark.file, []).append(diagnostic)
    for file, here in sorted(files.items(), key=lambda item: rank(item[1][0].severity)):
        if len(files) > 1:
            page.append(f"{file}：{counts(here)}\n", style="bold underline")
        page.append_text(_of_file(here, lines))
    return page


def notices(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield one line for each code of the notices among `diagnostics`: how many, and how to see them."""
    for code, count in sorted(Counter(d.code for d in diagnostics if d.severity is Severity.NOTICE).items()):
        yield f"提示 {count} 处（{code}），check --notices 逐条列出"


def statistics(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield one line for each severity and code, errors first and the most frequent first: 错误 A401 3 处."""
    found = Counter((d.severity, d.code) for d in diagnostics)
    for (severity, code), count in sorted(found.items(), key=lambda i: (list(Severity).index(i[0][0]), -i[1], i[0][1])):
        yield f"{severity} {code} {count} 处"


def _of_file(diagnostics: Sequence[Diagnostic], lines: Lines) -> Text:
    from rich.cells import cell_len
    from rich.text import Text

    page = Text()
    for diagnostic in diagnostics:
        page.append(str(diagnostic.mark), style="bold")
        page.append(": ")
        page.append(f"{diagnostic.severity} {diagnostic.code}", style=_COLOUR[diagnostic.severity])
        page.append(f" {diagnostic.message}\n")
        source = lines(diagnostic.mark.file)
        line = source[diagnostic.mark.line - 1] if diagnostic.mark.line <= len(source) else ""
        shown, column = _window(line, diagnostic.mark.column)
        shown = _CONTROL.sub(" ", shown)  # after the cut: a line may have a million characters
        if shown.strip(" …"):
            page.append(f"    {shown}\n", style="dim")
            page.append(f"    {' ' * cell_len(shown[: column - 1])}^\n", style=_COLOUR[diagnostic.severity])
        page.append(f"    改法：{diagnostic.repair}\n")
    return page


def _window(line: str, column: int) -> tuple[str, int]:
    """Cut a long line down to the surroundings of a column."""
    start = max(0, column - 31)
    shown = line[start : column + 40]
    before, after = "…" if start else "", "…" if len(line) > column + 40 else ""
    return before + shown + after, column - start + len(before)


def github(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Print workflow commands: annotations at the line of a pull request."""
    for d in diagnostics:
        place = f"file={_property(d.mark.file)},line={d.mark.line},col={d.mark.column},title={d.severity} {d.code}"
        yield f"::{_LEVEL[d.severity]} {place}::{_data(f'{d.message} 改法：{d.repair}')}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """Print a code quality report, which GitLab shows beside a merge request.

    A finding's fingerprint leaves its line out, so that it stays the same finding when lines are added above it.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    records = []
    for d in diagnostics:
        what = (d.mark.file, d.code, d.message)
        seen[what] += 1
        records.append(
            {
                "description": f"{d.message} 改法：{d.repair}",
                "check_name": d.code,
                "fingerprint": sha256("\0".join([*what, str(seen[what])]).encode()).hexdigest(),
                "severity": _GITLAB_LEVEL[d.severity],
                "location": {"path": d.mark.file, "lines": {"begin": d.mark.line}},
            }
        )
    return json.dumps(records, ensure_ascii=False, indent=2)


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Print a JSON list of flat records."""
    records = [
        {
            **{"file": d.mark.file, "line": d.mark.line, "column": d.mark.column},
            **{"code": d.code, "severity": _LEVEL[d.severity], "message": d.message, "repair": d.repair},
        }
        for d in diagnostics
    ]
    return json.dumps(records, ensure_ascii=False, indent=2)


def sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """Print a SARIF 2.1.0 log, as code hosts take it."""
    results = [
        {
            "ruleId": d.code,
            "level": _SARIF_LEVEL[d.severity],
            "message": {"text": f"{d.message} 改法：{d.repair}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": d.mark.file},
                        "region": {"startLine": d.mark.line, "startColumn": d.mark.column},
                    }
                }
            ],
        }
        for d in diagnostics
    ]
    rules = [{"id": code} for code in sorted({d.code for d in diagnostics})]
    driver = {"name": "performance-targets-site", "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def show(
    diagnostics: Sequence[Diagnostic],
    form: str,
    lines: Lines,
    colour: bool | None = None,
    each_notice: bool = True,
) -> None:
    """Print diagnostics on standard output as text, github, gitlab, json or sarif; colours only on a terminal.

    Without `each_notice` people get a line for each code of the notices, code hosts none (GitHub takes ten a step);
    JSON and SARIF are always complete.
    """
    listed = [d for d in diagnostics if each_notice or d.severity is not Severity.NOTICE]
    if form == "text":
        if listed:
            from rich.console import Console

            console = Console(highlight=False, soft_wrap=True, force_terminal=colour)
            console.print(text(listed, lines), end="")
        print("".join(f"{line}\n" for line in ([] if each_notice else notices(diagnostics))), end="")
    elif form == "github":
        print(*github(listed), sep="\n", end="\n" if listed else "")
    elif form == "gitlab":
        print(gitlab(listed))
    else:
        print(as_json(diagnostics) if form == "json" else sarif(diagnostics))
