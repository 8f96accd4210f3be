"""The site map: the addresses of all pages, for search engines (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape


def site_map(base: str, paths: Iterable[str]) -> str:
    """Return sitemap.xml for the Markdown at `paths`; `base` is the site's address.

    Without lastmod: a build is no change of a page.
    """
    pages = "".join(f"\n  <url><loc>{escape(base + path.removesuffix('index.md'))}</loc></url>" for path in paths)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{pages}\n</urlset>\n"
