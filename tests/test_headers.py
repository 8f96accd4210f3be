"""The security policy of a built site."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from pathlib import Path

from support import parse

from generator import headers
from generator.cli import main

PAGE = '<!doctype html><head><meta charset="utf-8">{}<script src="a.js"></script></head>'


def sha256(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def scripts(policy: str) -> list[str]:
    return next(d for d in policy.split("; ") if d.startswith("script-src ")).split()[1:]


def test_inline_scripts_are_allowed_by_their_hash_and_data_needs_none() -> None:
    pages = [
        PAGE.format("<script>one()</script><script type='module'>two(\n)</script>"),
        PAGE.format('<script>one()</script><script type="application/ld+json">{}</script>'),
        PAGE.format('<script id="c" type="application/json">{"a": 1}</script>'),
    ]
    policy = headers.policy(page.encode() for page in pages)
    assert scripts(policy) == ["'self'", *sorted([sha256("one()"), sha256("two(\n)")])]
    assert headers.policy([PAGE.format("").encode()]).count("sha256") == 0


def test_the_policy_of_a_site_forbids_what_it_does_not_need(real_site: Path, tmp_path: Path) -> None:
    policy = headers.write(shutil.copytree(real_site, tmp_path / "site"))
    assert policy.startswith("default-src 'self'; ")
    assert not re.search(r"unsafe|https?:|\*", policy)
    for page in real_site.rglob("*.html"):
        assert not parse(page).xpath("//script[not(@src) and not(starts-with(@type, 'application/'))]"), page
    assert scripts(policy) == ["'self'"]
    assert f'"{policy}"' in (tmp_path / "site/_headers.nginx").read_text()
    assert f'"{policy}"' in (tmp_path / "site/_headers.apache").read_text()


def test_no_page_has_inline_style_or_handlers(real_site: Path) -> None:
    for page in real_site.rglob("*.html"):
        assert not parse(page).xpath("//style | //@style | //@*[starts-with(name(), 'on')]"), page


def test_pages_can_carry_the_policy_themselves(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE.format("<script>one()</script>"))
    for _ in range(2):  # a second time changes nothing
        assert main(["headers", str(tmp_path), "--meta"]) == 0
    [said] = parse(tmp_path / "index.html").xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert said == headers.policy([PAGE.format("<script>one()</script>").encode()]).partition("; frame-ancestors")[0]
    assert (tmp_path / "index.html").read_text().index("<meta http-equiv") < 100
