"""What is drawn as PDF, workbook and page: the form of a declaration, or that of its results."""

from __future__ import annotations

from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms import layout, result_layout


def form(stated: Declaration | Results) -> layout.Form:
    """Return the form in its layout."""
    return layout.form(stated) if isinstance(stated, Declaration) else result_layout.form(stated)
