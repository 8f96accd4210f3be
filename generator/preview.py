"""Content with errors → what of it can be shown: a preview for a pull request, never a site to be published."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import checking, originals
from generator.diagnostics.model import Severity


def without_errors(content: Path, into: Path) -> list[str]:
    """Copy `content` to the new folder `into`, without the files that have an error; returns their names in messages.

    A department whose department.yaml has one is left out whole. What is left out may be missed elsewhere, so this
    goes on until nothing is wrong. Raises ValueError where nothing of it can be shown: site.yaml itself is at fault.
    """
    shutil.copytree(content, into, symlinks=True)
    left_out: list[str] = []
    while wrong := sorted(
        {d.mark.file for d in checking.findings(into, kept=originals.folder(content)) if d.severity is Severity.ERROR}
    ):
        for label in wrong:
            path = into.parent / label
            if path.name == "site.yaml" or path == into:
                raise ValueError(label)
            path = path.parent if path.name == "department.yaml" else path
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        left_out += wrong
    return left_out
