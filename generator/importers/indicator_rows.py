"""The rows of 分解目标 → which cell is a heading, a name, a target: by the table's head, or else by order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from generator.declaration.model import HEADINGS
from generator.forms.grid import Cell
from generator.importers.labels import COLUMNS, OUTCOMES, Row, bare, filled, named, one_line

SECONDS = {second for seconds in HEADINGS.values() for second in seconds}
SPLIT = ("符号", "数值", "单位")
_COMPARATOR = re.compile(r"[≥≤＝=><＞＜≧≦═]|定性|大于(等于)?|小于(等于)?|等于|正向|反向")
_TARGET_LIKE = re.compile(r"[≥≤＝=><＞＜≧≦═].*|[\d.,]+\D{0,4}|定性")
_POINTS = r"(?:权重|分值)?[:：]?\s*\d+(?:\.\d+)?\s*(?:分|%|％)"
_WEIGHT = re.compile(
    rf"[(（\[【]\s*{_POINTS}\s*[)）\]】]$|(?<=指标)[(（]\s*\d+(?:\.\d+)?\s*[)）]$|(?<=指标)\s*\d+(?:\.\d+)?\s*分?$|^\d+(?:\.\d+)?\s*分$"
)


@dataclass(frozen=True)
class Head:
    """A table head: label → its cell. Heads that are not ours stand under their own text."""

    cells: dict[str, Cell] = field(default_factory=dict)
    doubt: str = ""  # why the column of the target is not certain

    def column(self, label: str) -> int:
        """Return the column of a label, 0 for none."""
        return self.cells[label].column if label in self.cells else 0

    @property
    def value_column(self) -> int:
        """Return the first of the columns that make up the target; without a target, that of the actual value."""
        own = [self.column(label) for label in ("指标目标值", *SPLIT) if label in self.cells]
        return min(own, default=self.column("实际完成值"))

    @property
    def last(self) -> int:
        """Return the last column of the head."""
        return max((cell.last_column for cell in self.cells.values()), default=0)

    def label(self, column: int) -> str | None:
        """Return the label of a column; a second line of the head names it more closely than the first."""
        return next((label for label, cell in reversed(self.cells.items()) if cell.column == column), None)


def is_head(tokens: Row, before: Row | None) -> bool:
    """Tell a table head; beside the columns that are known it may have others (备注, 评分标准).

    A second line of it stands under the head of the target and parts that into columns (长期目标 | 年度目标).
    """
    labels = [named(cell.text, COLUMNS) for cell in tokens]
    if (all(labels) and (len(tokens) > 1 or "级" in tokens[0].text)) or {"二级目标", "三级目标"} <= set(labels):
        return True
    wide = next((cell for cell in before or [] if cell.columns > 1 and _is_value(cell)), None)
    within = wide and all(wide.column <= cell.column <= wide.last_column for cell in tokens)
    return bool(within and all(re.search("目标|值|年|期|符号|单位", cell.text) for cell in tokens))


def joined(head: Head, tokens: Row) -> Head:
    """Return the head with the cells of one more line; of several columns of targets the year's is taken."""
    values = [cell for cell in tokens if _is_value(cell)]
    parts = [cell for cell in tokens if cell not in values and _rank(cell) != 1] if "指标目标值" in head.cells else []
    candidates = sorted(values or parts, key=_rank)
    doubt = head.doubt
    if len(candidates) > 1 and _rank(candidates[0]) == _rank(candidates[1]):
        doubt = f"“{one_line(candidates[0].text)}”和“{one_line(candidates[1].text)}”两列，不能确定哪一列是年度目标值"
    cells = dict(head.cells)
    for cell in tokens:
        label = named(cell.text, COLUMNS)
        if cell in candidates:
            label = "指标目标值" if cell is candidates[0] else None
        key = label or f"{bare(cell.text)}#{cell.column}"
        if label in OUTCOMES and label in cells:  # 分值 of the headings stands before that of the indicators
            cells[f"{label}#{cells[label].column}"] = cells.pop(label)
            cells[label] = cell
            continue
        if key not in {named(other.text, COLUMNS) for other in tokens[: tokens.index(cell)]} or cell in candidates:
            cells[key] = cell
        else:
            cells[f"{bare(cell.text)}#{cell.column}"] = cell
    return Head(cells, doubt)


def _is_value(cell: Cell) -> bool:
    return named(cell.text, COLUMNS) == "指标目标值"


def _rank(cell: Cell) -> int:
    """Rank a head among several columns of targets: the year's first, those of another time last."""
    said = unicodedata.normalize("NFKC", cell.text)
    if re.search("长期|中期|实施期|上年|前年|历史|近[两二三]年|总体", said):
        return 3
    if re.search("年度|年初|当年|本年|预算年", said):
        return 0
    return 2 if re.search("预期|全年|计划", said) else 1


@dataclass(frozen=True)
class Placed:
    """A row with its cells told apart: `heads` from the left, the name, and what stands behind it.

    `statement` is set instead of a name for one cell in place of indicators. `is_certain` is False where the columns
    were wrong and the order decided; `doubt` says why a person has to decide.
    """

    heads: Row
    name: Cell | None
    rest: Row
    statement: Cell | None = None
    others: Row = field(default_factory=list)
    is_certain: bool = True
    has_target: bool = True
    doubt: str = ""


def aligned(row: Row, head: Head, has_spans: bool, known: set[str]) -> Row:
    """Return the row under its heads: where merged cells were lost with their columns, they are missing at the left."""
    missing = head.last - max(cell.last_column for cell in row)
    if has_spans or missing <= 0 or not head.cells:
        return row
    moved = [replace(cell, column=cell.column + missing) for cell in row]
    return moved if _fits(moved, head, known) else row


def _fits(row: Row, head: Head, known: set[str]) -> bool:
    at = {cell.column: cell.text.strip() for cell in filled(row)}
    heads = {cell.column: heading(cell)[0] for cell in filled(row)}
    first, second = (heads.get(head.column(label), "") for label in ("一级目标", "二级目标"))
    name = at.get(head.column("三级目标"), "")
    if not name or name in known or _TARGET_LIKE.fullmatch(name) or not at.get(head.value_column):
        return False
    if first and first not in known:
        return False
    if second in HEADINGS and second not in SECONDS:
        return False
    sign = at.get(head.column("符号"), "") if "符号" in head.cells else ""
    points = [at.get(head.column(label), "") for label in ("分值", "得分", "复核分") if label in head.cells]
    return (not sign or bool(_COMPARATOR.fullmatch(sign))) and all(is_points(text) for text in points)


def has_slipped(row: Row, head: Head) -> bool:
    """Tell a row of results whose cells do not stand under their heads: one too few or too many, or points in words."""
    at = {cell.column: cell.text.strip() for cell in filled(row)}
    points = [at.get(head.column(label), "") for label in ("分值", "得分", "复核分", "权重") if label in head.cells]
    reason = at.get(head.column("原因"), "")
    if not all(is_points(text) for text in points) or (reason and is_points(reason)) or max(at) > head.last:
        return True
    return max(cell.last_column for cell in row) < head.last and not all(points)


def is_points(text: str) -> bool:
    """Tell what can stand in a column of points: a number, a dash, nothing."""
    return re.fullmatch(r"\d*(\.\d+)?分?|[-—－/]+", unicodedata.normalize("NFKC", text)) is not None


def in_columns(tokens: Row, head: Head, cover: dict[tuple[int, int], Cell], has_spans: bool) -> Placed | None:
    """Place a row whose texts stand where the table head says; None when they do not."""
    third, row = head.column("三级目标"), tokens[0].row
    name, value = cover.get((row, third)), cover.get((row, head.value_column))
    columns = {head.column("一级目标"), head.column("二级目标")}
    heads = [cell for cell in tokens if cell.column in columns]
    rest = [cell for cell in tokens if cell.column > third]
    others = [cell for cell in tokens if cell.column < third and cell.column not in columns | {head.column("序号")}]
    if name is None:
        return None
    if name is value or (name.row < row and not rest):  # one cell instead of indicators
        return Placed(heads, None, [], statement=name, others=others)
    if not name.text.strip() or name.row != row or (not has_spans and _is_misplaced(name, heads, head)):
        return None
    without_target = not rest and has_spans and value is not None and value.row == row
    if not without_target and not any(cell.column >= head.value_column for cell in rest):
        return None
    targets = [cell for cell in rest if cell.column <= head.value_column <= cell.last_column]
    behind = targets + [cell for cell in rest if cell not in targets]
    return Placed(heads, name, behind, others=others, has_target=bool(targets))


def _is_misplaced(name: Cell, heads: Row, head: Head) -> bool:
    """Tell a target under the head of the names, or a second-level heading under that of the first level."""
    first = next((one_line(cell.text) for cell in heads if cell.column == head.column("一级目标")), "")
    return bool(_TARGET_LIKE.fullmatch(name.text.strip())) or (first in SECONDS and first not in HEADINGS)


def by_order(tokens: Row, head: Head, known: set[str]) -> Placed:
    """Place a row whose columns are wrong: known headings from the left, then a name and its target.

    Of columns that part a target, the comparator tells where they begin, or else their number.
    """
    heads, rest = Row(), list(tokens)
    while rest and len(heads) < 2 and _is_heading(rest[0], head, known, alone=len(rest) == 1):
        heads.append(rest.pop(0))
    if len(rest) < 2:
        return Placed(heads, None, [], statement=rest[0] if rest else None, is_certain=False)
    name, behind = rest[0], rest[1:]
    split = [label for label in ("符号", "指标目标值", "数值", "单位", *OUTCOMES) if label in head.cells]
    if len(split) < 2:
        return Placed(heads, name, behind, is_certain=False)
    columns = sorted(head.column(label) for label in head.cells if head.column(label) > head.column("三级目标"))
    sign = bool(_COMPARATOR.fullmatch(behind[0].text.strip())) == (head.value_column == head.column("符号"))
    moved = [replace(cell, column=column) for cell, column in zip(behind, columns, strict=False)]
    doubt = "" if sign and len(behind) == len(columns) else "各列少了一格，不能确定哪一格是目标值"
    return Placed(heads, name, moved + behind[len(columns) :], is_certain=False, doubt=doubt)


def _is_heading(cell: Cell, head: Head, known: set[str], alone: bool) -> bool:
    return heading(cell)[0] in {"", *known} or (alone and cell.column == head.column("二级目标"))


def heading(cell: Cell) -> tuple[str, str]:
    """Return a heading's name, and the weight that some forms write behind it: 产出指标(50分); or either alone."""
    text = one_line(cell.text)
    name = _WEIGHT.sub("", text).strip()
    return name, text[len(name) :].strip()


def over_pages(rows: list[Row], head: Head) -> list[Row]:
    """Return the rows with a heading in both of its pieces where a page break has cut its cell.

    A printer puts the words of a merged cell into one of the pieces. A blank piece at the foot of a page belongs to the
    text at the head of the next one, unless blank cells stand in the middle of pages as well: then nothing is merged.
    """
    columns = [head.column(label) for label in ("一级目标", "二级目标") if label in head.cells]
    pages = [list(page) for _, page in groupby(rows, key=lambda row: row[0].part)]
    if len(pages) < 2 or not all(page[0][0].part.endswith("页") for page in pages):
        return rows
    for column in columns:
        cells = [[cell for row in page for cell in row if cell.column == column] for page in pages]
        middle = [cell for page in cells for cell in page[1:-1]]
        if any(not cell.text.strip() for cell in middle):
            continue
        for number in range(len(pages) - 1):
            below = [cell for cell in cells[number + 1] if named(cell.text, COLUMNS) is None]
            foot = cells[number][-1] if len(cells[number]) > 1 else None
            if foot and not foot.text.strip() and below and below[0].text.strip():
                whole = replace(foot, text=below[0].text)
                pages[number] = [[whole if cell is foot else cell for cell in row] for row in pages[number]]
    return [row for page in pages for row in page]


def covered(rows: list[Row]) -> dict[tuple[int, int], Cell]:
    """Return the cell that covers each place."""
    return {place: cell for row in rows for cell in row for place in _places(cell)}


def _places(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.last_column + 1):
            yield row, column
