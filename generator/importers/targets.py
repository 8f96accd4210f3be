"""The block 分解目标 of a form: rows of headings, names and target values, whatever has become of the columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.content.yaml_reader import Data
from generator.declaration.model import HEADINGS
from generator.diagnostics.model import Severity
from generator.forms.grid import Cell
from generator.importers.labels import COLUMNS, WAITING, Notes, Row, filled, named

Tree: TypeAlias = dict[str, dict[str, Data]]
_SECONDS = {second for seconds in HEADINGS.values() for second in seconds}
_SPLIT = ("符号", "数值", "单位")
_MORE = ("原名", "权重", "指标解释")


@dataclass
class _Reader:
    """Where reading has got to: the table head, the headings, and what was read so far."""

    has_spans: bool  # merged cells survived: an empty cell is really empty
    unplaced: list[Cell]
    notes: Notes
    columns: dict[str, int] = field(default_factory=dict)
    tree: Tree = field(default_factory=dict)
    first: str = ""
    second: str = ""
    without_heading: int = 0

    @property
    def value_column(self) -> int:
        return min((self.columns[label] for label in ("指标目标值", *_SPLIT) if label in self.columns), default=0)

    @property
    def entries(self) -> Data:
        return self.tree.get(self.first, {}).get(self.second)


def targets(rows: list[Row], has_spans: bool, unplaced: list[Cell], notes: Notes) -> Tree:
    """Read the rows of the block into headings → headings → names → target values, as in the YAML."""
    reader = _Reader(has_spans, unplaced, notes)
    cover = {
        (row, column): cell
        for cells in rows
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.last_column + 1)
    }
    blank: Cell | None = None
    part = rows[0][0].part if rows else ""
    for row in rows:
        tokens = filled(row)
        if not tokens:
            blank = row[0] if reader.tree else None
            continue
        if blank is not None:
            notes.mended(blank, "I806", "这里有一个空行，跳过，上下仍是同一类别。")
            blank = None
        if _is_head(tokens):
            if reader.tree:
                notes.mended(tokens[0], "I807", "跳过了重复的表头。")
            reader.columns |= {named(cell.text, COLUMNS) or cell.text: cell.column for cell in tokens}
        else:
            known = reader.without_heading
            if not _in_its_columns(reader, tokens, cover):
                _slipped(reader, tokens, tokens[0].part != part)
            if tokens[0].part != part and reader.without_heading > known > 0:
                message = f"换页后的第一行“{tokens[0].text.strip()}”，核对是不是上一页末行的下半行。"
                notes.mended(tokens[0], "I811", message)
        part = tokens[0].part
    return reader.tree


def _is_head(tokens: Row) -> bool:
    """Tell a table head; beside the columns that are known it may have others (备注, 评分标准)."""
    labels = [named(cell.text, COLUMNS) for cell in tokens]
    return (all(labels) and (len(tokens) > 1 or "级" in tokens[0].text)) or {"二级目标", "三级目标"} <= set(labels)


def _in_its_columns(reader: _Reader, tokens: Row, cover: dict[tuple[int, int], Cell]) -> bool:
    """Place a row whose texts stand where the table head says; False when they do not."""
    third = reader.columns.get("三级目标", 0)
    name = cover.get((tokens[0].row, third))
    value = cover.get((tokens[0].row, reader.value_column))
    columns = {reader.columns.get("一级目标"), reader.columns.get("二级目标")}
    heads = [cell for cell in tokens if cell.column in columns]
    rest = [cell for cell in tokens if cell.column > third]
    if name is None:
        return False
    expected = columns | {reader.columns.get("序号")}
    reader.unplaced += [cell for cell in tokens if cell.column < third and cell.column not in expected]
    if name is value or (name.row < tokens[0].row and not rest):  # one cell instead of indicators
        _headings(reader, heads)
        _statement(reader, name)
        return True
    if name.text.strip() and name.row == tokens[0].row:
        without_target = not rest and reader.has_spans and value is not None and value.row == name.row
        if without_target or any(cell.column >= reader.value_column for cell in rest):
            _headings(reader, heads)
            targets = [cell for cell in rest if cell.column <= reader.value_column <= cell.last_column]
            _indicator(reader, name, targets + [cell for cell in rest if cell not in targets], bool(targets))
            return True
    return False


def _slipped(reader: _Reader, tokens: Row, new_part: bool) -> None:
    """Place a row whose columns are wrong: known headings from the left, then a name and its target."""
    heads, rest = Row(), list(tokens)
    while rest and len(heads) < 2 and _is_heading(reader, rest[0], alone=len(rest) == 1):
        heads.append(rest.pop(0))
    _headings(reader, heads)
    if not rest:
        _lost_statement(reader, heads[-1])
    elif len(rest) == 1 and heads:
        _statement(reader, rest[0])
    elif len(rest) == 1 and new_part and isinstance(reader.entries, dict):
        _continuation(reader, reader.entries, rest[0])
    elif len(rest) > 1 and reader.second:
        message = f"“{rest[0].text.strip()}”这一行的各列错开了，按先名称、后目标值认定，归入“{reader.second}”。"
        reader.notes.mended(rest[0], "I804", message)
        _indicator(reader, rest[0], rest[1:])
    else:
        reader.unplaced += rest


def _is_heading(reader: _Reader, cell: Cell, alone: bool) -> bool:
    text = cell.text.strip()
    known = text in HEADINGS or text in _SECONDS or text in reader.tree
    return known or (alone and cell.column == reader.columns.get("二级目标"))


def _headings(reader: _Reader, heads: Row) -> None:
    for cell in heads:
        text = "".join(cell.text.split("\n")).strip()
        in_first = cell.column == reader.columns.get("一级目标") and (text in HEADINGS or text not in _SECONDS)
        in_second = cell.column == reader.columns.get("二级目标")
        if in_first or (text in HEADINGS and not in_second):
            reader.first, reader.second = text, ""
            reader.tree.setdefault(text, {})
        elif reader.first:
            reader.second = text
            reader.tree[reader.first].setdefault(text, None)
        else:
            reader.unplaced.append(cell)
        reader.without_heading = 0


def _statement(reader: _Reader, cell: Cell) -> None:
    """Note what stands under a heading in place of indicators: a sentence, or nothing."""
    text = "".join(cell.text.split("\n")).strip()
    if reader.second and reader.entries is None:
        reader.tree[reader.first][reader.second] = text or None
    elif text:
        reader.unplaced.append(cell)


def _indicator(reader: _Reader, name: Cell, rest: Row, has_target: bool = True) -> None:
    """Add an indicator; its target is the first cell of `rest`, or composed of the columns for its parts."""
    words = "".join(name.text.split("\n")).strip()
    labels = {column: label for label, column in reader.columns.items()}
    if {"符号", "单位"} & set(reader.columns) and "数值" not in reader.columns:
        labels |= {reader.columns.get("指标目标值", 0): "数值"}  # 指标性质 | 指标值 | 度量单位
    given = {labels[cell.column]: cell for cell in rest if labels.get(cell.column) in (*_SPLIT, *_MORE)}
    parts = [given[label].text.strip() for label in _SPLIT if label in given]
    if parts[:1] == ["定性"] and len(parts) > 1:
        target = "".join(parts[1:])
    elif len(parts) == 3:
        target = " | ".join(parts)
    else:
        target = "".join(parts) or ("".join(rest[0].text.split("\n")).strip() if has_target and rest else "")
    if len(parts) > 1:
        reader.notes.mended(name, "I810", f"“{words}”的目标值由 {len(parts)} 列（{' | '.join(parts)}）合成：{target}")
    if not target:
        target = WAITING
        reader.notes.add(name, "I803", Severity.WARNING, f"“{words}”没有目标值。", "对照原表填写，删去“待确认”。")
    more: dict[str, Data] = {label: given[label].text.strip() for label in _MORE if label in given}
    entries = reader.entries
    if reader.second and isinstance(entries, str) and not reader.has_spans:  # no sentence, but a name without target
        message = f"“{entries}”没有目标值。"
        reader.notes.add(name, "I803", Severity.WARNING, message, "对照原表填写，删去“待确认”。")
        entries = {entries: WAITING}
    if not reader.second or isinstance(entries, str) or (entries and words in entries):
        reader.unplaced += [name, *rest]
        return
    inside = reader.tree[reader.first][reader.second] = entries if isinstance(entries, dict) else {}
    inside[words] = {"指标目标值": target, **more} if more else target
    used = [*given.values(), *(rest[:1] if has_target and not parts else [])]
    reader.unplaced += [cell for cell in rest if cell not in used]
    reader.without_heading += 1
    if reader.without_heading == 2 and not reader.has_spans:
        message = f"没有写类别的各行，按合并单元格归入“{reader.first}”的“{reader.second}”。"
        reader.notes.mended(name, "I805", message)


def _lost_statement(reader: _Reader, head: Cell) -> None:
    """A heading with nothing beside it: in a text, the sentence of the merged cell above holds for it too."""
    seconds = list(reader.tree.get(reader.first, {}).items())
    if not reader.has_spans and len(seconds) > 1 and isinstance(seconds[-2][1], str) and seconds[-1][1] is None:
        reader.tree[reader.first][reader.second] = seconds[-2][1]
        message = f"“{reader.second}”右边空着，按合并单元格认定，与“{seconds[-2][0]}”相同。"
        reader.notes.mended(head, "I805", message)


def _continuation(reader: _Reader, entries: dict[str, Data], cell: Cell) -> None:
    """Join text that a page break has cut off from the last name or target."""
    name = list(entries)[-1]
    entry, more = entries[name], re.sub(r"\n", "", cell.text).strip()
    if cell.column >= reader.value_column and isinstance(entry, str):
        entries[name] = entry + more
    else:
        del entries[name]
        entries[name + more] = entry
    reader.notes.mended(cell, "I811", f"“{name}”在换页以后接着写，当作同一格。")
