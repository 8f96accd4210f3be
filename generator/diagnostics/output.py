"""Diagnostics as text for people, as annotations for GitHub, as JSON and as SARIF for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from generator.diagnostics.model import Diagnostic, Severity, counts

Lines = Callable[[str], list[str]]  # the lines of a file by its name in messages; empty when it cannot be read

_COLOUR = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTICE: "bold cyan"}
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}
_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def lines_below(folder: Path) -> Lines:
    """Return a reader of source lines; names in messages are relative to `folder`."""
    read: dict[str, list[str]] = {}

    def lines(name: str) -> list[str]:
        if name not in read:
            file = folder / name
            text = file.read_bytes().decode("utf-8-sig", "replace") if file.is_file() else ""
            read[name] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return read[name]

    return lines


def text(diagnostics: Sequence[Diagnostic], lines: Lines) -> Text:
    """Print for a person, file by file: place, sentence, the line with a caret under the place, the repair."""
    page = Text()
    files = dict.fromkeys(diagnostic.mark.file for diagnostic in diagnostics)
    for file in files:
        here = [diagnostic for diagnostic in diagnostics if diagnostic.mark.file == file]
        if len(files) > 1:
            page.append(f"{file}：{counts(here)}\n", style="bold underline")
        page.append_text(_of_file(here, lines))
    return page


def _of_file(diagnostics: Sequence[Diagnostic], lines: Lines) -> Text:
    page = Text()
    for diagnostic in diagnostics:
        page.append(str(diagnostic.mark), style="bold")
        page.append(": ")
        page.append(f"{diagnostic.severity} {diagnostic.code}", style=_COLOUR[diagnostic.severity])
        page.append(f" {diagnostic.message}\n")
        source = lines(diagnostic.mark.file)
        if diagnostic.mark.line <= len(source) and (line := source[diagnostic.mark.line - 1]).strip():
            shown, column = _window(line.replace("\t", " "), diagnostic.mark.column)
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


def show(diagnostics: Sequence[Diagnostic], form: str, lines: Lines, colour: bool | None = None) -> None:
    """Print diagnostics on standard output as text, github, json or sarif; colours only on a terminal."""
    if form == "text":
        console = Console(highlight=False, soft_wrap=True, force_terminal=colour)
        console.print(text(diagnostics, lines), end="")
    elif form == "github":
        print(*github(diagnostics), sep="\n", end="\n" if diagnostics else "")
    else:
        print(as_json(diagnostics) if form == "json" else sarif(diagnostics))
