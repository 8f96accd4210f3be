"""Declarations → Markdown pages, everything escaped; a module a kind of page."""
