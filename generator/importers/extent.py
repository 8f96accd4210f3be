"""Where in a document the form stands: a page or workbook often holds more, and other forms with the same labels."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

from generator.diagnostics.model import Severity
from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.head import is_furniture
from generator.importers.labels import AMOUNTS, HEAD, Notes, Row, bare, filled, named

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NAME = {label: HEAD[label] for label in ("部门名称", "填报单位")}


def form_in(grid: Grid, notes: Notes) -> Grid:
    """Return the part of a document that is the form, with the lines just above it; UnreadableError for two forms.

    The form begins at its title, or else at the department's name. It ends before the title of another form; the same
    title on a later page is only a repeated head. What is left out, and what the document hides, is noted.
    """
    titles = [(number, _title(row)) for number, row in enumerate(grid.rows) if _title(row)]
    own = next((title for title in titles if "整体" in title[1]), titles[0] if titles else None)
    begin, title = own or (next((n for n, row in enumerate(grid.rows) if _has_name(row)), 0), "")
    while not own and begin > 0 and all(is_furniture(cell.text) for cell in filled(grid.rows[begin - 1])):
        begin -= 1
    end = next((number for number, other in titles if number > begin and other != title), len(grid.rows))
    rows = grid.rows[begin:end]
    totals = [row for row in rows if filled(row) and named(filled(row)[0].text, AMOUNTS) == "部门整体预算总额"]
    if len(totals) > 1:
        message = f"文件里有 {len(totals)} 份申报表。"
        raise UnreadableError(message, "一份申报表另存为一个文件（Excel 里删去其他工作表），逐份导入。")
    for left_out, where in ((grid.rows[:begin], "之前"), (grid.rows[end:], "之后")):
        if cells := [cell for row in left_out for cell in filled(row)]:
            message = f"申报表{where}还有 {len(left_out)} 行（从“{cells[0].text[:20]}”起），不是这份表的，没有导入。"
            notes.add(cells[0], "I814", Severity.WARNING, message)
    repeated = {number - begin for number, other in titles if begin < number < end}
    for number in sorted(repeated):
        notes.mended(rows[number][0], "I807", "跳过了重复的标题。")
    _note_hidden(grid, notes)
    return Grid([cell for n, row in enumerate(rows) if n not in repeated for cell in row], _above(grid.around))


def year(form: Grid) -> str | None:
    """Return the year of the form: the one of its title, or named in its first rows."""
    first = [cell.text for row in form.rows[:8] for cell in row]
    texts = [*first, *form.around] if any(_title(row) for row in form.rows[:1]) else [*form.around, *first]
    labelled = [b.text for row in form.rows[:8] for a, b in pairwise(row) if _is_year_label(a)]
    for pattern, places in (
        (r"((?:19|20)\d\d)\s*年度?$", labelled),
        (r"^((?:19|20)\d\d)$", labelled),
        (r"((?:19|20)\d\d)\s*年度", texts),
        (r"((?:19|20)\d\d)\s*年(?!\d)", texts),
    ):
        for text in places:
            said = unicodedata.normalize("NFKC", text)
            for read in (said, said.translate(_CHINESE_DIGITS)):
                if len(text) < 60 and (match := re.search(pattern, read)):
                    return match[1]
    return None


def _title(row: Row) -> str:
    """Return the title of a form that a row is, without its year, or an empty text."""
    tokens = filled(row)
    said = re.sub(r"\d|年度?", "", bare(tokens[0].text)) if len(tokens) == 1 else ""
    match = re.fullmatch("([^。，；：]{0,30}(?:申报表|绩效目标(?:批复)?表))(?:续表?)?", said)
    return match[1] if match else ""


def _has_name(row: Row) -> bool:
    tokens = filled(row)
    return bool(tokens and named(re.split("[:：]", tokens[0].text)[0], _NAME))


def _is_year_label(cell: Cell) -> bool:
    return re.fullmatch("(预算|申报|填报)?(年度|年份)", bare(cell.text)) is not None


def _above(around: list[str]) -> list[str]:
    """Return the text around that belongs to the form: its title and the few lines after it, where it is there."""
    place = next((number for number, line in enumerate(around) if "申报表" in line and len(line) < 60), None)
    return around if place is None else around[place : place + 5]


def _note_hidden(grid: Grid, notes: Notes) -> None:
    rows: dict[tuple[str, int], Row] = {}
    for cell in grid.hidden:
        if cell.text.strip():
            rows.setdefault((cell.part, cell.row), []).append(cell)
    for cells in rows.values():
        said = " | ".join(" ".join(cell.text.split()) for cell in cells)
        message = f"这里有隐藏的内容，没有导入：“{said[:60]}{'……' if len(said) > 60 else ''}”"
        notes.add(cells[0], "I814", Severity.WARNING, message)
    for cell, doubt in grid.doubts:
        notes.add(cell, "I814", Severity.WARNING, doubt)


def visible(grid: Grid, notes: Notes) -> Grid:
    """Take out the characters that nobody sees, such as zero-width spaces, and note where."""
    cells = [replace(cell, text=_INVISIBLE.sub("", cell.text)) for cell in grid.cells]
    for before, after in zip(grid.cells, cells, strict=True):
        if before.text != after.text:
            notes.mended(after, "I808", "文字里有看不见的字符，已经去掉。")
    return replace(grid, cells=cells, around=[_INVISIBLE.sub("", line) for line in grid.around])
