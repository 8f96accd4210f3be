"""Which content a workbook of the form was made from: it carries this, so that a form sent back tells what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SHEET = "版本"  # hidden
FORM_VERSION = "1"  # of the layout; a new one where cells of the form move
_LABELS = ("表式版本", "部门文件夹", "年度", "年度文件的 SHA-256")


@dataclass(frozen=True)
class Origin:
    """The declaration's folder, its year, and the SHA-256 of the bytes of its YAML file."""

    department: str
    year: str
    sha256: str

    @property
    def said(self) -> list[tuple[str, str]]:
        """Return what the hidden sheet says, label by label."""
        return list(zip(_LABELS, (FORM_VERSION, self.department, self.year, self.sha256), strict=True))


def read(said: Mapping[str, str]) -> Origin | None:
    """Return the origin that a hidden sheet states label by label; None for any other sheet."""
    if said.keys() != set(_LABELS):
        return None
    _, department, year, sha256 = (said[label] for label in _LABELS)
    return Origin(department, year, sha256)
