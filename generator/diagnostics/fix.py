"""`check --fix`: carry out the repairs that are safe, and touch nothing else in the file."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics.model import Diagnostic


def fix(diagnostics: Sequence[Diagnostic], folder: Path) -> list[Diagnostic]:
    """Repair the files that diagnostics name (relative to `folder`); return the diagnostics that were settled.

    A repair is left out when its place does not hold the text it was made for (a quoted value, say). Comments,
    layout and line ends stay as they are; a file is replaced in one step.
    """
    settled: list[Diagnostic] = []
    for name in dict.fromkeys(d.mark.file for d in diagnostics if d.edit):
        file = folder / name
        lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", file.read_bytes().decode("utf-8"))
        before, end = list(lines), lines[0][len(lines[0].rstrip("\r\n")) :] or "\n"
        # From the end of a line to its start, so that places further left keep their columns.
        here = [d for d in diagnostics if d.edit and d.mark.file == name]
        for diagnostic in sorted(here, key=lambda d: d.mark, reverse=True):
            line, start = lines[diagnostic.mark.line - 1], diagnostic.mark.column - 1
            edit = diagnostic.edit
            if edit and line.startswith(edit.old, start):
                new = edit.new.replace("\n", end)
                lines[diagnostic.mark.line - 1] = line[:start] + new + line[start + len(edit.old) :]
                settled.append(diagnostic)
        if lines != before:
            half = file.with_name(f".{file.name}.new")
            half.write_bytes("".join(lines).encode())
            os.replace(half, file)
    return settled
