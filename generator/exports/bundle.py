"""Zip files with the same bytes for the same content, each with its README, licence and checksums."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO, TypeAlias

from generator.content.corpus import Corpus

Content: TypeAlias = bytes | Path
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell


def digest(content: Content) -> str:
    """Return the SHA-256 of bytes or of a file."""
    if isinstance(content, bytes):
        return sha256(content).hexdigest()
    with content.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def size(content: Content) -> int:
    """Return the number of bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def sums(digests: Mapping[str, str]) -> bytes:
    """Return a SHA256SUMS file, as `sha256sum -c` reads it."""
    return "".join(f"{known}  {path}\n" for path, known in sorted(digests.items())).encode()


def packed(entries: Mapping[str, bytes]) -> bytes:
    """Return the entries and their SHA256SUMS as the bytes of a zip file."""
    made = io.BytesIO()
    write(made, entries)
    return made.getvalue()


def write(file: Path | BinaryIO, entries: Mapping[str, Content]) -> None:
    """Write a zip file with the entries and their SHA256SUMS."""
    checked = {**entries, "SHA256SUMS": sums({path: digest(content) for path, content in entries.items()})}
    with zipfile.ZipFile(file, "w") as archive:
        for path, content in checked.items():
            info = zipfile.ZipInfo(path, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            with archive.open(info, "w") as out, _opened(content) as given:
                shutil.copyfileobj(given, out)


def _opened(content: Content) -> BinaryIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def papers(corpus: Corpus, what: str) -> dict[str, bytes]:
    """Return README and licence of a bundle; `what` says in Chinese what is in it."""
    site = corpus.site
    address = f"网址：{site.address}\n" if site.address else ""
    sample = f"{site.sample}\n\n" if site.sample else ""
    readme = (
        f"{site.name}\n{'=' * 40}\n\n{sample}{what}\n\n{address}"
        "金额单位为元。带“原文”（_published）的列照录公布的文字；空格子表示没有写明，与零不同。\n"
        "SHA256SUMS 列出每个文件的校验值，可用 sha256sum -c SHA256SUMS 核对。\n"
        f"引用时请注明：{site.name}，申报表的部门和年度，以及取得的日期。\n"
    )
    licence = site.licence
    terms = f"{licence.name}\n{licence.address or ''}\n" if licence else "发布者没有写明数据的使用许可。\n"
    return {"README.txt": readme.encode(), "LICENSE.txt": terms.encode()}
