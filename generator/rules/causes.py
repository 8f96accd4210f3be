"""One cause, one report: what may only follow from something that is told is left out until that is put right."""

from __future__ import annotations

from generator.diagnostics.model import Diagnostic, Mark, Severity


def without_consequences(told: list[Diagnostic], alone: set[Diagnostic], mistyped: set[str]) -> list[Diagnostic]:
    """Leave out what may only follow: beside what is told alone, on a line that is not as printed, of mistyped sums."""
    files = {d.mark.file for d in alone}
    amiss = {(d.mark.file, d.mark.line) for d in told if d.code in ("D101", "D103")}
    return [
        d
        for d in told
        if (d in alone or d.severity is Severity.ERROR or d.mark.file not in files)
        and (
            d.code[0] == "D"
            or d.edit is not None  # put right of itself
            or ((d.mark.file, d.mark.line) not in amiss and (d.code[0] != "A" or d.mark.file not in mistyped))
        )
    ]


def one_of_a_place(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Keep what the first rule says of a place, and no notice on a target that is warned of: one cause, one report."""
    first: dict[Mark, str] = {}
    for d in sorted(diagnostics, key=lambda d: (list(Severity).index(d.severity), d.code[0] == "H", d.code)):
        if not _of_another_cause(d):
            first.setdefault(d.mark, d.code)
    nameless = {(d.mark.file, d.mark.line) for d in diagnostics if d.code == "N525"}  # no name to judge a target by
    return [
        d
        for d in diagnostics
        if (first.get(d.mark, d.code) == d.code or _of_another_cause(d))
        and (d.code == "N525" or d.code[0] != "N" or (d.mark.file, d.mark.line) not in nameless)
    ]


def _of_another_cause(diagnostic: Diagnostic) -> bool:
    of_other_kinds = diagnostic.severity is Severity.NOTICE and not diagnostic.code.startswith("N5")
    return of_other_kinds or diagnostic.code.startswith("D")  # what the registered document says stands by itself
