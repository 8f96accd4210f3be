"""Plain text with cells separated by tabs, as one copies it from a published page."""

from __future__ import annotations

from pathlib import Path

from generator.grid import Grid, spread
from generator.importers import UnreadableError


def decoded(raw: bytes) -> str:
    """Decode UTF-8, UTF-16 with a mark, or GB 18030 (with GBK and GB 2312); UnreadableError for anything else."""
    for encoding in ("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("文件的编码认不出来。", "用编辑器“另存为 UTF-8”。")


def read(file: Path) -> Grid:
    """Read a text: a line is a row. Merged cells are lost in text."""
    lines = decoded(file.read_bytes()).splitlines()
    return Grid(spread([(cell.strip(), 1, 1) for cell in line.split("\t")] for line in lines))
