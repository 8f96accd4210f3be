"""Where in a document the form stands: a page or workbook often holds more, and other forms with the same labels."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.declaration import glyphs
from generator.forms.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.head import is_boilerplate
from generator.importers.kinds import WANTED, Kind, begins_other, kind_of_title, refuse_other, title
from generator.importers.labels import (
    AMOUNTS,
    BLOCKS,
    COLUMNS,
    DIVISIONS,
    EXECUTION,
    FIGURES,
    FOOT,
    GOALS,
    HEAD,
    NOTES,
    SOURCES,
    TASK_HEAD,
    Row,
    bare,
    filled,
    named,
)
from generator.importers.reading import Part, Remark, questioned, repaired

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NAME = {label: HEAD[label] for label in ("部门名称", "填报单位")}
_GOES_ON = {
    Kind.DECLARATION: HEAD | BLOCKS | AMOUNTS | FIGURES | NOTES | DIVISIONS | TASK_HEAD | COLUMNS,
    Kind.RESULTS: HEAD | EXECUTION | SOURCES | GOALS | NOTES | COLUMNS | FOOT,
}


@dataclass(frozen=True)
class _Title:
    row: int  # the place among the rows
    name: str

    @property
    def kind(self) -> Kind:
        return kind_of_title(self.name)


def form_in(grid: Grid, wanted: Kind = Kind.DECLARATION) -> Part[Grid]:
    """Return the part of a document that is the form, with the lines just above it; UnreadableError for two forms.

    `wanted` is the kind of form: the declaration, or the results.

    The form begins at its title, or else at the department's name. It ends before the title or the first labels of
    another form; the same title on a later page is only a repeated head. Other sheets and tables belong to it where
    they go on with its labels. What is left out, and what the document hides, is remarked.
    """
    rows = grid.rows
    titles = [_Title(number, name) for number, row in enumerate(rows) if (name := title(row))]
    ours = [one for one in titles if one.kind is wanted]
    own = next((one for one in ours if "整体" in one.name), ours[0] if ours else None)
    named_at = next((n for n, row in enumerate(rows) if _has_name(row)), None)
    if own is None and named_at is None:
        refuse_other(rows, titles[0].name if titles else "", wanted)
    begin = own.row if own else named_at or 0
    kind = WANTED[wanted][0].removeprefix("整体支出")
    while not own and begin > 0 and all(is_boilerplate(cell.text) for cell in filled(rows[begin - 1])):
        begin -= 1
    above = _above(grid.around, wanted)
    name = own.name if own else next((t.name for t in titles if t.row in (begin, begin - 1)), _named_in(above))
    ends = [one.row for one in titles if one.row > begin and one.name != name and _ends(one, rows)]
    end = min([*ends, _other_begins(rows, begin, wanted)], default=len(rows))
    inside, outside = _parts(rows[begin:end], _GOES_ON[wanted])
    refuse_other(inside, name, wanted)
    totals = [row for row in inside if filled(row) and named(filled(row)[0].text, AMOUNTS) == "部门整体预算总额"]
    names = [row for row in inside if _has_name(row) and named(filled(row)[0].text, _NAME) == "部门名称"]
    if (forms := max(len(totals) if len(names) != 1 else 1, len(names))) > 1:
        message = f"文件里有 {forms} 份{kind}。"
        raise UnreadableError(message, f"一份{kind}另存为一个文件（Excel 里删去其他工作表），逐份导入。")
    remarks = [
        questioned(cells[0], "I814", f"{kind}{where}还有 {len(left)} 行（从“{cells[0].text[:20]}”起），{_NOT_OURS}")
        for left, where in ((rows[:begin], "之前"), (outside, "中间"), (rows[end:], "之后"))
        if (cells := [cell for row in left for cell in filled(row)])
    ]
    repeated = [row for row in inside[1:] if own and title(row) == own.name]
    remarks += [repaired(row[0], "I807", "跳过了重复的标题。") for row in repeated]
    kept = [cell for row in inside if row not in repeated for cell in row]
    remarks += [repaired(cell, "I811", f"“{cell.text[:20]}”在换页以后接着写，当作同一格。") for cell in grid.joined]
    return Part(Grid(kept, above, cuts=grid.cuts), remarks=[*remarks, *_hidden(grid)])


_NOT_OURS = "不是这份表的，没有导入。"


def _ends(one: _Title, rows: list[Row]) -> bool:
    """Tell whether a title ends the form: in the first column, or centred over a table of its own."""
    [cell] = filled(rows[one.row])
    return cell.column == 1 or one.kind is not Kind.OTHER


def _other_begins(rows: list[Row], begin: int, wanted: Kind) -> int:
    """Return the place of the row where another form or table begins without a title."""
    has_tree = False
    for place in range(begin, len(rows)):
        labels = {named(cell.text, COLUMNS) for cell in filled(rows[place])}
        has_tree = has_tree or {"二级目标", "三级目标"} <= labels
        tokens = filled(rows[place])
        may_begin = bool(tokens) and place > begin and (has_tree or bare(tokens[0].text) == "项目名称")
        if may_begin and begins_other(rows[place : place + 6], wanted):
            return place
    return len(rows)


def _parts(rows: list[Row], known: dict[str, str]) -> tuple[list[Row], list[Row]]:
    """Part the rows of the form from those of other sheets and tables between them."""
    inside: list[Row] = []
    outside: list[Row] = []
    by_part: dict[str, list[Row]] = {}
    for row in rows:
        by_part.setdefault(row[0].part, []).append(row)
    width = 0
    for number, (part, own) in enumerate(by_part.items()):
        across = max(cell.last_column for row in own for cell in row)
        first = [row for row in own if filled(row)][:3]
        goes_on = any(named(cell.text, known) for row in first for cell in filled(row)[:2])
        if number == 0 or part.endswith("页") or goes_on or (part.endswith("表") and across == width):
            inside += own
            width = across
        else:
            outside += own
    return inside, outside


def year(form: Grid) -> Part[str | None]:
    """Return the year of the form: that of its title, a line of its own, or behind a label; never of a column's head.

    Where these name different years there is none, with a remark.
    """
    first = form.rows[:8]
    cells = [filled(row)[0] for row in first if len(filled(row)) == 1]
    lines = [Cell(line, 1, 1) for line in form.around] + cells
    labelled = [b for row in first for a, b in pairwise(filled(row)) if _is_year_label(a)]
    found = [(cell, value) for cell in labelled if (value := _year_in(cell.text, r"((?:19|20)\d\d)\s*年?度?"))]
    for cell in lines if not found else []:
        is_title = bool(title([cell])) or "表" in cell.text
        for piece in re.split(r"\t|\u3000|\s{2,}|[,，;；]|\s(?=\S*单位)", cell.text):
            line = r"\W*(?:(?:预算|申报|填报)?(?:年度|年份)[:：]?)?\s*((?:19|20)\d\d)\s*(?:年度?)?\W*"
            within = r".*?(?<!\d)((?:19|20)\d\d)\s*年度?.*"
            if value := _year_in(piece, line) or (
                _year_in(piece, within) if is_title and len(cell.text) < 60 else None
            ):
                found.append((cell, value))
                break
    if len({value for _, value in found}) > 1:
        said = "、".join(dict.fromkeys(value for _, value in found))
        return Part(None, remarks=[questioned(found[1][0], "I803", f"标题里有不同的年度（{said}），没有录入。")])
    if not found:
        return Part(None)
    cell, value = found[0]
    return Part(value, places={("年度",): cell} if cell in form.cells else {})


def _year_in(text: str, pattern: str) -> str | None:
    said = unicodedata.normalize("NFKC", text).strip()
    matches = (re.fullmatch(pattern, read, re.S) for read in (said, said.translate(_CHINESE_DIGITS)))
    return next((match[1] for match in matches if match), None)


def _named_in(lines: list[str]) -> str:
    return next((name for line in lines if (name := title([Cell(line, 1, 1)]))), "")


def _has_name(row: Row) -> bool:
    tokens = filled(row)
    return bool(tokens and named(re.split("[:：]", tokens[0].text)[0], _NAME))


def _is_year_label(cell: Cell) -> bool:
    return re.fullmatch("(预算|申报|填报)?(年度|年份)", bare(cell.text)) is not None


def _above(around: list[str], wanted: Kind) -> list[str]:
    """Return the text around that belongs to the form: its title and the few lines after it, where it is there."""
    titles = [(number, name) for number, line in enumerate(around) if (name := title([Cell(line, 1, 1)]))]
    ours = [number for number, name in titles if kind_of_title(name) is wanted]
    place = next(iter(ours or [number for number, _ in titles]), None)
    return around if place is None else around[place : place + 5]


def _hidden(grid: Grid) -> list[Remark]:
    rows: dict[tuple[str, int], Row] = {}
    for cell in grid.hidden:
        if cell.text.strip():
            rows.setdefault((cell.part, cell.row), []).append(cell)
    remarks = []
    for cells in rows.values():
        said = " | ".join(" ".join(cell.text.split()) for cell in cells)
        message = f"这里有隐藏的内容，没有导入：“{said[:60]}{'……' if len(said) > 60 else ''}”"
        remarks.append(questioned(cells[0], "I814", message))
    return remarks + [questioned(cell, "I814", doubt) for cell, doubt in grid.doubts]


def as_read(grid: Grid) -> Part[Grid]:
    """Return the document with ordinary ideographs and without characters that nobody sees, with a remark where."""

    def text(given: str) -> str:
        return glyphs.visible(glyphs.folded(given))

    cells = [replace(cell, text=text(cell.text)) for cell in grid.cells]
    loose = [replace(cell, text=text(cell.text)) for cell in grid.loose]
    remarks = []
    for before, after in zip([*grid.cells, *grid.loose], [*cells, *loose], strict=True):
        if glyphs.folded(before.text) != before.text:
            remarks.append(repaired(after, "I808", "文字里有部首一类的字形（如⼊、⻔），换成了通用汉字。"))
        if glyphs.visible(before.text) != before.text:
            remarks.append(repaired(after, "I808", "文字里有看不见的字符，已经去掉。"))
    return Part(replace(grid, cells=cells, loose=loose, around=[text(line) for line in grid.around]), remarks=remarks)
