"""The block 分解目标 of a form: rows of headings, names and target values, whatever has become of the columns."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import TypeAlias

from generator.content.yaml_reader import Data, Path
from generator.declaration.model import HEADINGS
from generator.forms.grid import Cell
from generator.importers.indicator_rows import (
    SECONDS,
    SPLIT,
    Head,
    Placed,
    aligned,
    by_order,
    covered,
    has_slipped,
    heading,
    in_columns,
    is_head,
    joined,
    over_pages,
)
from generator.importers.labels import COLUMNS, WAITING, Row, filled, is_closing, named, one_line
from generator.importers.reading import Part, Remark, all_marked, marked, questioned, repaired

Tree: TypeAlias = dict[str, dict[str, Data]]
_FURTHER = ("原名", "权重", "指标解释")
_OTHER_TIME = re.compile(
    r"(中?长期|中期|实施期|总体)(绩效)?目标[\d一二三四五六七八九十]*[:：]?(?![\u4e00-\u9fff]).{0,200}", re.S
)
_THIS_YEAR = re.compile(r"(年度|当年|本年)(绩效)?目标[\d一二三四五六七八九十]*[:：]?(?![\u4e00-\u9fff]).{0,200}", re.S)


def targets(
    rows: list[Row],
    has_spans: bool,
    cuts: frozenset[int] = frozenset(),
    further: Collection[str] = _FURTHER,
    needed: bool = True,
) -> Part[Tree]:
    """Read the rows of the block into headings → headings → names → target values, as in the YAML.

    `has_spans`: merged cells survived, so that an empty cell is empty; `cuts`: rows that may go on from a page before;
    `further`: the columns that are read beside the target; `needed`: an indicator without a target is asked for.
    """
    return _Reader(has_spans, cuts, further, needed).read(rows)


class _Reader:
    """Where reading has got to: the table head, the headings, and what was read so far."""

    def __init__(self, has_spans: bool, cuts: frozenset[int], further: Collection[str], needed: bool) -> None:
        self.cuts = cuts
        self.further, self.needed = further, needed
        self.has_spans = has_spans  # merged cells survived: an empty cell is really empty
        self.head = Head()
        self.tree: Tree = {}
        self.unplaced: Row = []
        self.remarks: list[Remark] = []
        self.places: dict[Path, Cell] = {}
        self.joined: set[Path] = set()
        self.printed: dict[Cell, Cell] = {}  # the cells of a row whose columns were moved, as they are in the document
        self.first, self.second = "", ""
        self.doubt = ""  # why the place of what follows is not certain
        self.without_heading = 0

    @property
    def entries(self) -> Data:
        return self.tree.get(self.first, {}).get(self.second)

    @property
    def path(self) -> Path:
        return "分解目标", self.first, self.second

    @property
    def known(self) -> set[str]:
        return {*HEADINGS, *SECONDS, *self.tree}

    def read(self, rows: list[Row]) -> Part[Tree]:
        cover = covered(rows)
        blank: Cell | None = None
        above: Row | None = None
        part = rows[0][0].part if rows else ""
        is_other_time = False
        for row in over_pages(rows, self._first_head(rows)):
            cover |= covered([row])
            tokens = filled(row)
            if not tokens:
                blank = row[0] if self.tree else None
                continue
            if blank is not None:
                self.remarks.append(repaired(blank, "I806", "这里有一个空行，跳过，上下仍是同一类别。"))
                blank = None
            if _OTHER_TIME.fullmatch(tokens[0].text) or _THIS_YEAR.fullmatch(tokens[0].text):
                was, is_other_time = is_other_time, not _THIS_YEAR.fullmatch(tokens[0].text)
                if is_other_time and not was:
                    message = f"“{one_line(tokens[0].text)[:20]}”以下不是年度目标，没有录入，保留在文件末尾的注释里。"
                    self.remarks.append(questioned(tokens[0], "I814", message))
                self.unplaced += tokens if len(tokens) == 1 else []
                tokens = tokens[1:]
            if not tokens:
                continue
            if is_head(tokens, above):
                self._head(tokens)
                above = tokens
            elif is_other_time or is_closing(tokens[0].text):
                self.unplaced += tokens
            else:
                self._row(row if len(tokens) == len(filled(row)) else tokens, cover, tokens[0].part != part)
                above = None
            part = tokens[0].part
        return Part(self.tree, self.unplaced, self.remarks, self.places, self.joined)

    def _first_head(self, rows: list[Row]) -> Head:
        return next((joined(Head(), filled(row)) for row in rows if filled(row) and is_head(filled(row), None)), Head())

    def _head(self, tokens: Row) -> None:
        if self.tree:
            self.remarks.append(repaired(tokens[0], "I807", "跳过了重复的表头。"))
        begins = "三级目标" in [named(cell.text, COLUMNS) for cell in tokens]
        self.head = joined(Head() if begins else self.head, tokens)
        if self.head.doubt:
            self.remarks.append(questioned(tokens[0], "I810", f"表头有{self.head.doubt}，目标值标了“待确认”。"))

    def _row(self, row: Row, cover: dict[tuple[int, int], Cell], new_part: bool) -> None:
        moved = aligned(row, self.head, self.has_spans, self.known)
        tokens = filled(moved)
        here = cover if moved is row else {at: cell for at, cell in cover.items() if cell not in row} | covered([moved])
        before = self.without_heading
        placed = in_columns(tokens, self.head, here, self.has_spans)
        if placed is None and new_part and self._goes_on(tokens):
            return
        placed = placed or by_order(tokens, self.head, self.known)
        self.printed = dict(zip(tokens, filled(row), strict=True))
        if not placed.is_certain:  # what stands behind the name was put under the heads
            self.printed |= dict(zip(placed.rest[::-1], filled(row)[::-1], strict=False))
        if tokens[0].row in self.cuts and placed.name:
            placed = replace(placed, doubt="可能是上一页末行的下半行")
            self._question_last()
        if not self.needed and not self.has_spans and placed.name and not placed.doubt:
            strayed = any(heading(cell)[0] in self.known for cell in placed.others)
            slipped = strayed or has_slipped(moved, self.head)
            placed = replace(placed, doubt="这一行的各列与表头没有对齐" if slipped else "")
        name = placed.name or placed.statement
        if name and is_closing(name.text) and not (placed.statement and placed.rest):
            self.unplaced += tokens
            return
        self.unplaced += placed.others
        stated = here.get((tokens[0].row, self.head.column("一级目标")))
        self._headings(placed, bool(stated and stated.text.strip()))
        self._place(placed)
        if new_part and self.without_heading > before > 0:
            message = f"换页后的第一行“{tokens[0].text.strip()}”，核对是不是上一页末行的下半行。"
            self.remarks.append(repaired(tokens[0], "I811", message))

    def _place(self, placed: Placed) -> None:
        if placed.name is None:
            if placed.statement is None:
                self._lost_statement(placed.heads[-1])
            elif placed.is_certain or placed.heads:
                self._statement(placed.statement)
            else:
                self.unplaced.append(placed.statement)
            return
        if not placed.is_certain and self.second:
            words = placed.name.text.strip()
            message = f"“{words}”这一行的各列错开了，按先名称、后目标值认定，归入“{self.second}”。"
            self.remarks.append(repaired(placed.name, "I804", message))
        self._indicator(placed.name, placed.rest, placed.has_target, placed.doubt)

    def _headings(self, placed: Placed, is_stated: bool) -> None:
        """Go to the headings of a row; `is_stated`: the first level stands beside the row, it is not inherited."""
        for place, cell in enumerate(placed.heads):
            text, weight = heading(cell)
            if weight:
                self.unplaced.append(cell)
                message = f"“{text or self.first}”后面的权重“{weight}”保留在文件末尾的注释里。"
                self.remarks.append(repaired(cell, "I813", message))
            if not text:
                continue
            if self._is_first(cell, text, placed.heads[place + 1 :]):
                self.first, self.second, self.doubt = text, "", ""
                self.tree.setdefault(text, {})
            elif self.first or text in SECONDS:
                self._prove_first(cell, text, is_stated)
                self.second = text
                self.tree.setdefault(self.first, {}).setdefault(text, None)
                self.places.setdefault(self.path, cell)
            else:
                self.unplaced.append(cell)
            self.without_heading = 0

    def _is_first(self, cell: Cell, text: str, behind: Row) -> bool:
        """Tell a first-level heading; what may be either (成本指标) is one only with a second level behind it."""
        in_first = cell.column == self.head.column("一级目标")
        in_second = cell.column == self.head.column("二级目标")
        if text in HEADINGS and text in SECONDS and not self.has_spans and in_first:
            return bool(behind) or self.first not in HEADINGS or text not in HEADINGS[self.first]
        if in_first:
            return text in HEADINGS or text not in SECONDS
        return text in HEADINGS and not in_second and not (text in SECONDS and self.first)

    def _prove_first(self, cell: Cell, second: str, is_stated: bool) -> None:
        """Leave an inherited first level that cannot hold this second level, as far as the known forms prove it."""
        if is_stated or second in HEADINGS.get(self.first, ()) or second not in SECONDS:
            return
        if self.first and self.first not in HEADINGS:
            return
        firsts = [first for first, seconds in HEADINGS.items() if second in seconds]
        self.doubt = f"一级目标没有印在这一页，“{second}”不属于“{self.first}”，归入“{firsts[0]}”"
        self.remarks.append(questioned(cell, "I805", f"{self.doubt}，以下各项标了“待确认”。"))
        self.first = firsts[0]
        self.tree.setdefault(self.first, {})

    def _statement(self, cell: Cell) -> None:
        """Note what stands under a heading in place of indicators: a sentence, or nothing."""
        text = one_line(cell.text)
        if self.second and self.entries is None:
            self.tree[self.first][self.second] = text or None
            self.places[self.path] = cell
        elif text:
            self.unplaced.append(cell)

    def _target(self, name: Cell, rest: Row, has_target: bool) -> tuple[str, dict[str, Cell], bool]:
        """Return the target of a row, the cells of its further columns by label, and whether columns were composed."""
        label = {cell.column: self.head.label(cell.column) for cell in rest}
        if {"符号", "单位"} & set(self.head.cells) and "数值" not in self.head.cells:
            label |= {self.head.column("指标目标值"): "数值"}  # 指标性质 | 指标值 | 度量单位
        given = {str(label[cell.column]): cell for cell in rest if label[cell.column] in (*SPLIT, *self.further)}
        parts = [given[name].text.strip() for name in SPLIT if name in given]
        if parts[:1] == ["定性"] and len(parts) > 1:
            target = "".join(parts[1:])
        elif len(parts) == 3:
            target = " | ".join(parts)
        else:
            alone = "指标目标值" in self.head.cells or not self.head.cells or self.needed
            target = "".join(parts) or (one_line(rest[0].text) if has_target and rest and alone else "")
        if len(parts) > 1:
            words = one_line(name.text)
            message = f"“{words}”的目标值由 {len(parts)} 列（{' | '.join(parts)}）合成：{target}"
            self.remarks.append(repaired(name, "I810", message))
        return target, given, bool(parts)

    def _indicator(self, name: Cell, rest: Row, has_target: bool, doubt: str) -> None:
        """Add an indicator; its target is the first cell of `rest`, or composed of the columns for its parts."""
        words = one_line(name.text)
        target, given, is_composed = self._target(name, rest, has_target)
        if not target and self.needed:
            target = WAITING
            self.remarks.append(questioned(name, "I803", f"“{words}”没有目标值。", "对照原表填写，删去“待确认”。"))
        more: dict[str, Data] = {label: given[label].text.strip() for label in self.further if label in given}
        entries = self.entries
        if self.second and isinstance(entries, str) and not self.has_spans:  # no sentence, but a name without target
            message = f"“{entries}”没有目标值。"
            self.remarks.append(questioned(name, "I803", message, "对照原表填写，删去“待确认”。"))
            entries = {entries: WAITING}
        if not self.second or isinstance(entries, str) or (entries and words in entries):
            self.unplaced += [name, *rest]
            return
        if doubt:
            self.remarks.append(questioned(name, "I804", f"“{words}”：{doubt}，标了“待确认”。"))
        if doubt or self.doubt or self.head.doubt:
            target = marked(target) if target else ""
            more = {label: marked(str(value)) for label, value in more.items()}
        inside = entries if isinstance(entries, dict) else {}
        entry: dict[str, Data] = {"指标目标值": target, **more} if target else more
        inside[words] = entry if more else target
        self.tree[self.first][self.second] = inside
        self._note_places(name, rest, given, has_target, is_composed)
        is_alone = bool(target) and has_target and not is_composed
        used = [*given.values(), *(rest[:1] if is_alone or not self.needed else [])]
        self.unplaced += [cell for cell in rest if cell not in used]
        self.without_heading += 1
        if self.without_heading == 2 and not self.has_spans:
            message = f"没有写类别的各行，按合并单元格归入“{self.first}”的“{self.second}”。"
            self.remarks.append(repaired(name, "I805", message))

    def _note_places(self, name: Cell, rest: Row, given: dict[str, Cell], has_target: bool, is_composed: bool) -> None:
        """Note in which cells an indicator's target and what is said of it stand; without a target, its name."""
        path = (*self.path, one_line(name.text))
        parts = [given[label] for label in SPLIT if label in given] if is_composed else rest[:1] if has_target else []
        cells = {path: next(iter(parts), name)}
        cells |= {(*path, label): given[label] for label in self.further if label in given}
        self.places |= {path: self.printed.get(cell, cell) for path, cell in cells.items()}

    def _question_last(self) -> None:
        """Mark the target of the last indicator: a page break may have cut its row."""
        if isinstance(self.entries, dict) and self.entries:
            name, entry = list(self.entries.items())[-1]
            self.entries[name] = all_marked(entry)

    def _lost_statement(self, head: Cell) -> None:
        """A heading with nothing beside it: in a text, the sentence of the merged cell above holds for it too."""
        seconds = list(self.tree.get(self.first, {}).items())
        below = len(seconds) > 1 and isinstance(seconds[-2][1], str) and seconds[-1][1] is None
        if not self.has_spans and below and heading(head)[0] == self.second:
            self.tree[self.first][self.second] = seconds[-2][1]
            self.places[self.path] = self.places["分解目标", self.first, seconds[-2][0]]
            message = f"“{self.second}”右边空着，按合并单元格认定，与“{seconds[-2][0]}”相同。"
            self.remarks.append(repaired(head, "I805", message))

    def _goes_on(self, tokens: Row) -> bool:
        """Join a row that a page break has cut off from the last name or target; False for a row of its own."""
        entries = self.entries
        if not isinstance(entries, dict) or len(tokens) != 1 or one_line(tokens[0].text) in self.known:
            return False
        [cell] = tokens
        name = list(entries)[-1]
        entry, more = entries[name], one_line(cell.text)
        label = self.head.label(cell.column)
        if cell.column >= self.head.value_column and isinstance(entry, str):
            entries[name] = entry + more
            self.joined.add((*self.path, name))
        elif isinstance(entry, dict) and label in entry:
            entry[label] = f"{entry[label]}{more}"
            self.joined.add((*self.path, name, label))
        elif cell.column > self.head.column("三级目标") and not self.needed:
            return False
        else:
            del entries[name]
            entries[name + more] = entry
            old, new = (*self.path, name), (*self.path, name + more)
            self.places = {(*new, *p[4:]) if p[:4] == old else p: cell for p, cell in self.places.items()}
            self.joined.add(new)
        self.remarks.append(repaired(cell, "I811", f"“{name}”在换页以后接着写，当作同一格。"))
        return True
