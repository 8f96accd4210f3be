"""The Content-Security-Policy that a built site needs, for the web server that publishes it.

Everything comes from the site itself. There is no inline style and, with our frame, no inline script; those of another
theme are allowed by their SHA-256 (CSP Level 3); data: only for the images in style sheets.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator import swap

_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_DATA = re.compile(rb"""\stype=["']?application/(ld\+)?json""")  # is not run, and needs no permission
_CHARSET = re.compile(rb"<meta charset=[^>]*>")
_IN_A_PAGE = b'<meta http-equiv="Content-Security-Policy" content="%s">'


def policy(pages: Iterable[bytes]) -> str:
    """Return the one policy under which all these pages work."""
    inline = {script for page in pages for tag, script in _SCRIPT.findall(page) if not _DATA.search(tag)}
    hashes = sorted(base64.b64encode(hashlib.sha256(script).digest()).decode() for script in inline)
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def files(policy: str) -> Mapping[str, str]:
    """Return what says so to nginx, to Apache, and to hosts that read _headers, by the names of the files."""
    header = "Content-Security-Policy"
    return {
        "_headers": f"/*\n  {header}: {policy}\n",
        "_headers.nginx": f'add_header {header} "{policy}" always;\n',
        "_headers.apache": f'Header always set {header} "{policy}"\n',
    }


def write(site: Path) -> str:
    """Write the files into the folder of a built site; returns the policy."""
    needed = policy((site / path).read_bytes() for path in swap.files(site) if path.endswith(".html"))
    for name, text in files(needed).items():
        (site / name).write_text(text, encoding="utf-8", newline="\n")
    return needed


def write_into_pages(site: Path, policy: str) -> None:
    """Put the policy into every page, for hosts on which nobody can set a header (but frame-ancestors, void there)."""
    said = _IN_A_PAGE % policy.partition("; frame-ancestors")[0].encode()
    for file in site.rglob("*.html"):
        page = file.read_bytes()
        if said not in page:
            file.unlink()  # it may be linked to what is kept for the next build
            file.write_bytes(_CHARSET.sub(lambda charset: charset[0] + said, page, count=1))
