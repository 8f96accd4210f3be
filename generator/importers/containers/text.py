"""Plain text with cells separated by tabs, as one copies it from a published page, or by wide gaps."""

from __future__ import annotations

import re
from pathlib import Path

from generator.forms.grid import Cell, Grid, spread
from generator.importers import UnreadableError
from generator.importers.containers.positions import Word, heads_of, placed, width

_GAP = re.compile(r"(?<=\S)[^\S\n]{2,}(?=\S)")
# Narrow columns leave one space between them; between two Latin words it is a space of the text.
_WORD = re.compile(r"\S+(?:(?<=[!-~]) (?=[!-~])\S+)*")
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
    """Read a text: a line is a row. Merged cells are lost; a sheet copies a cell with line breaks in quotes.

    Without tabs it is a page laid out with spaces, as by pdftotext -layout.
    """
    raw = re.sub("\r\n?", "\n", decoded(file.read_bytes()))
    if "\t" not in raw and len(_GAP.findall(raw)) >= 5:
        return Grid(_laid_out(raw), doubtful="文字靠空格排列，没有制表符，按位置读取")
    text = raw.replace("\f", "\n")
    rows: list[list[tuple[str, int, int]]] = [[]]
    for match in _CELL.finditer(text):
        quoted = match["quoted"]
        copied = quoted is not None and ("\n" in quoted or '""' in quoted)
        words = quoted.replace('""', '"') if copied else match["cell"]
        rows[-1].append((re.sub("[\v\u2028]", "\n", words).strip(), 1, 1))
        if match["end"] == "\n":
            rows.append([])
        elif not match["end"]:
            break
    return Grid(spread(rows))


def _laid_out(text: str) -> list[Cell]:
    """Return the cells of a text laid out with spaces; a form feed begins a page."""
    cells: list[Cell] = []
    heads: tuple[Word, ...] = ()
    row = 1
    for number, page in enumerate(text.split("\f"), 1):
        lines = [_words(line) for line in page.split("\n") if line.strip()]
        cells += placed(lines, row, f"第 {number} 页", heads)
        heads = next((found for line in reversed(lines) if (found := heads_of(line))), heads)
        row += len(lines)
    return cells


def _words(line: str) -> list[Word]:
    return [Word(found[0], width(line[: found.start()]), width(line[: found.end()])) for found in _WORD.finditer(line)]
