"""Plain text with cells separated by tabs, as one copies it from a published page."""

from __future__ import annotations

import re
from pathlib import Path

from generator.forms.grid import Grid, spread
from generator.importers import UnreadableError

_CELL = re.compile(r'(?P<cell>"(?P<quoted>(?:[^"]|"")*)"(?=[\t\n]|\Z)|[^\t\n]*)(?P<end>[\t\n]|\Z)')


def decoded(raw: bytes) -> str:
    """Decode UTF-8, UTF-16 with a mark, or GB 18030 (with GBK and GB 2312); UnreadableError for anything else."""
    for encoding in ("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("文件的编码认不出来。", "用编辑器“另存为 UTF-8”。")


def read(file: Path) -> Grid:
    """Read a text: a line is a row. Merged cells are lost; a sheet copies a cell with line breaks in quotes."""
    text = re.sub("\r\n?|\f", "\n", decoded(file.read_bytes()))
    rows: list[list[tuple[str, int, int]]] = [[]]
    for match in _CELL.finditer(text):
        quoted = match["quoted"]
        copied = quoted is not None and ("\n" in quoted or '""' in quoted)
        words = quoted.replace('""', '"') if copied else match["cell"]
        rows[-1].append((re.sub("[\v\u2028]", "\n", words).strip(), 1, 1))
        if match["end"] == "\n":
            rows.append([])
    return Grid(spread(rows))
