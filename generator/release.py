"""A site as it is published: made beside the one that readers see, with its manifest, and put in place in one step.

The manifest, release.json, lists the SHA-256 of every file, the content's commit and the generator's version.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from generator import build, git, headers, mkdocs_pages, store, swap
from generator.content import corpus
from generator.content.corpus import Track, silently
from generator.diagnostics.model import Diagnostic, has_errors
from generator.resources import DISTRIBUTION

MANIFEST = "release.json"


class Outcome(NamedTuple):
    """What came of a build: what was found in the content, and whether the site is another one now."""

    diagnostics: list[Diagnostic]
    changed: bool


def make(content: Path, docs: Path, site: Path, track: Track = silently) -> Outcome:
    """Turn `content` into the folder `site`, with what is kept beside `docs`; nothing changes if there is an error.

    Nothing is done where the site was made of the same content by the same code, and is whole. Raises OSError where
    the machine refuses, and BlockingIOError while another process does the same; the site is the old one then.
    """
    made_from = _made_from(content)
    with swap.beside(site, build.cache_folder(docs) / "spare") as new:
        if _stands(site, made_from):
            return Outcome([], False)
        made, diagnostics = build.prepare(content, docs, track)
        if made is None:
            return Outcome(diagnostics, False)
        mkdocs_pages.render(docs, made, new, track, again=True)
        headers.write(new)
        manifest = {
            "generator": version(DISTRIBUTION),
            "code": store.code(),
            "content": git.last_commit(content),
            "made_from": made_from,
            "files": _sums(new, _known(site)),
        }
        (new / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8", newline="\n")
        return Outcome(diagnostics, swap.replace(site, new))


def verify(site: Path, content: Path | None = None) -> list[str]:
    """Compare a published folder with its manifest, and with what `content` gives now; returns what differs, in words.

    Raises OSError, and ValueError for a manifest that is none.
    """
    stated = _manifest(site)
    found = _sums(site)
    differences = _differences(stated["files"], found, "清单")
    if content is not None:
        if stated["code"] != store.code():
            differences.append("生成这个网站的代码或软件包与现在的不同：逐字节的差别可能由此而来。")
        with TemporaryDirectory() as work:
            again = Path(work, "site")
            if has_errors(make(content, Path(work, "docs"), again).diagnostics):
                return [*differences, "内容有错误，无法重新生成。"]
            differences += _differences(_manifest(again)["files"], found, "重新生成的网站")
    return differences


def renew(site: Path) -> None:
    """Write the sums into the manifest again, where there is one, after files of the site were changed on purpose."""
    if (site / MANIFEST).is_file():
        stated = {**_manifest(site), "files": _sums(site)}
        (site / MANIFEST).write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8", newline="\n")


File: TypeAlias = tuple[int, int, int, int]  # which it is, and that it is untouched: disk, number, size, time


def _sums(site: Path, known: Mapping[File, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the SHA-256 of each file of a site; `known` are those of files that need not be read again."""
    paths = [path for path in swap.files(site) if not _is_foreign(path)]
    return {path: known.get(_file(f"{site}/{path}")) or store.digest(site / path) for path in paths}


def _known(site: Path) -> dict[File, str]:
    """Return the sums of files that are in the manifest of a site and were not touched since."""
    try:
        written, sums = os.stat(site / MANIFEST).st_mtime_ns, _manifest(site)["files"]
        files = {_file(f"{site}/{path}"): known for path, known in sums.items()}
    except (OSError, ValueError):
        return {}
    return {file: known for file, known in files.items() if file[-1] < written}


def _file(path: str) -> File:
    known = os.stat(path)
    return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns


def _differences(expected: Mapping[str, str], found: Mapping[str, str], what: str) -> list[str]:
    return [
        *(f"{path}：{what}里有，网站里没有。" for path in expected if path not in found),
        *(f"{path}：网站里有，{what}里没有。" for path in found if path not in expected),
        *(f"{path}：与{what}不同。" for path in expected if found.get(path, expected[path]) != expected[path]),
    ]


def _manifest(site: Path) -> dict[str, Any]:
    stated = json.loads((site / MANIFEST).read_bytes())
    if not isinstance(stated, dict) or not isinstance(stated.get("files"), dict):
        raise ValueError(MANIFEST)
    return {"code": None, "made_from": None} | stated


def _is_foreign(path: str) -> bool:
    """Say whether a file of a site is not in its manifest: the manifest itself, and what begins with a dot."""
    return path == MANIFEST or path.startswith(".")


def _made_from(content: Path) -> str:
    """Return the hash of all that a site depends on."""
    files = [f"{path} {store.digest(content / path)}\n" for path in swap.files(content)]
    settings = [content.resolve().name, os.environ.get("REPO_BRANCH", ""), str(git.last_commit(content))]
    settings += [str(due) for due in _due(content)]
    return store.key("site", *settings, "".join(files))


def _due(content: Path) -> list[int]:
    """Return the years whose results have been due: from that day on the pages say that they are missed."""
    site, today = corpus.frame(content)[0].site, date.today()
    years = {int(file.name[:4]) for file in content.glob("*/*.yaml") if corpus.YEAR_FILE.fullmatch(file.name)}
    return sorted(year for year in years if today > site.results_expected(year))


def _stands(site: Path, made_from: str) -> bool:
    """Say whether the site was made of just that, and no file of it has gone, come or changed its size since."""
    try:
        stated = _manifest(site)
    except (OSError, ValueError):
        return False
    return stated["made_from"] == made_from and not verify(site)
