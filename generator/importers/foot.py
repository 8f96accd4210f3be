"""What a form of results says as a whole: total score, grade, conclusion, problems, measures, its scoring rules."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from generator.content.draft import MARK
from generator.content.yaml_reader import Data, Path
from generator.forms.grid import Cell
from generator.importers.execution import points
from generator.importers.indicator_rows import Head, is_points
from generator.importers.labels import FOOT, SOURCES, Row, bare, clean, filled, named, one_line
from generator.importers.reading import Part, Remark, marked, questioned, repaired

_LISTS = ("存在问题", "改进措施")


@dataclass
class _Reading:
    """What was read so far, by label, with its places; what goes on in a further cell is `joined`."""

    data: dict[str, Data] = field(default_factory=dict)
    unplaced: Row = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    places: dict[Path, Cell] = field(default_factory=dict)
    joined: set[Path] = field(default_factory=set)


def is_foot(tokens: Row, head: Row) -> bool:
    """Tell a row that says something of the whole form: below the indicators with that `head`, or above them."""
    if not tokens:
        return False
    first = _parted(tokens[0])[0]
    if not head:
        return named(first.text, FOOT) is not None and named(first.text, SOURCES) is None
    third = next((cell.column for cell in head if "三级" in cell.text or "指标名称" in cell.text), 1)
    return named(first.text, FOOT) is not None and (first.column < third or first.column == 1)


def foot(rows: list[Row], head: Head, has_spans: bool) -> Part[dict[str, Data]]:
    """Read the rows that hold for the whole form; the total score stands below the scores of the indicators."""
    made = _Reading()
    open_label = ""
    for row in rows:
        missing = head.last - max(cell.last_column for cell in row)
        shift = missing if missing > 0 and not has_spans else 0
        tokens = [piece for cell in filled(row) for piece in _parted(replace(cell, column=cell.column + shift))]
        label: str | None = None
        values: dict[str, Row] = {}
        cells: dict[str, Cell] = {}
        for cell in tokens:
            if known := named(cell.text, FOOT):
                label = known
                cells.setdefault(label, cell)
                values.setdefault(label, [])
            elif label:
                values[label].append(cell)
            elif not (len(tokens) == 1 and _goes_on(open_label, cell, made)):
                made.unplaced.append(cell)
        open_label = label or open_label
        for known, behind in values.items():
            had = known in made.data
            _state(known, cells[known], behind, head, made, shift > 0)
            if known in made.data and not had:
                _note_places(known, [replace(cell, column=cell.column - shift) for cell in behind], made)
    return Part(made.data, made.unplaced, made.remarks, made.places, made.joined)


def _note_places(label: str, values: Row, made: _Reading) -> None:
    """Note the cells of what was just read: of the total its own, of a list that of each line, else the first one."""
    if label in _LISTS:
        lines = [cell for cell in values for _ in clean(cell.text).split("\n")]
        made.places |= {(label, n): cell for n, cell in enumerate(lines)}
        return
    said = str(made.data[label]).removeprefix(MARK)
    made.places[(label,)] = next((c for c in values if label == "总分" and said in c.text), values[0])
    if label in ("评价结论", "评分说明") and len(values) > 1:
        made.joined.add((label,))


def _goes_on(label: str, cell: Cell, made: _Reading) -> bool:
    """Add a line that stands alone below a text to it; False where no text is open."""
    before = made.data.get(label)
    if before is None or label in ("总分", "等级", "自评日期"):
        return False
    if isinstance(before, list):
        made.places[label, len(before)] = cell
        made.data[label] = [*before, clean(cell.text)]
    else:
        made.joined.add((label,))
        made.data[label] = f"{before}\n{clean(cell.text)}"
    made.remarks.append(repaired(cell, "I811", f"“{label}”在这里接着写，当作同一格。"))
    return True


def _parted(cell: Cell) -> Row:
    """Part 总分：98.5 into its label and its value; any other cell stays whole."""
    label, colon, value = cell.text.replace(":", "：").partition("：")
    if colon and value.strip() and named(label, FOOT):
        at = len(cell.text) - len(value)
        return [replace(cell, text=label), replace(cell, text=cell.text[at:].strip())]
    return [cell]


def _state(label: str, cell: Cell, values: Row, head: Head, made: _Reading, shifted: bool) -> None:
    if not values:
        return
    is_note = label == "评分说明"
    if label in made.data or (is_note and bare(cell.text) in ("备注", "注", "说明") and not _scores(values)):
        made.unplaced += [cell, *values]
    elif label == "总分":
        inside = values[0].column == cell.column  # 总分：98.5 in one cell
        _total(values, Head() if inside else head, made, shifted and not inside)
    elif label in _LISTS:
        made.data[label] = [line for value in values for line in clean(value.text).split("\n")]
    elif label == "自评日期":
        _day(values[0], made)
        made.unplaced += values[1:]
    elif label == "等级":
        made.data[label] = one_line(values[0].text)
        made.unplaced += values[1:]
    else:
        made.data[label] = "\n".join(clean(value.text) for value in values)


def _day(cell: Cell, made: _Reading) -> None:
    text = unicodedata.normalize("NFKC", one_line(cell.text)).replace(" ", "")
    match = re.fullmatch(r"((?:19|20)\d\d)[-年./](\d{1,2})[-月./](\d{1,2})日?", text)
    if match:
        made.data["自评日期"] = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    else:
        made.unplaced.append(cell)


def _scores(values: Row) -> bool:
    return any("分" in value.text for value in values)


def _total(values: Row, head: Head, made: _Reading, shifted: bool) -> None:
    """Take the total score: what stands below the scores, or else the only number that is no sum of the weights."""

    def below(label: str) -> Row:
        column = head.column(label)
        return [value for value in values if column and value.column <= column <= value.last_column]

    weights, scores, reviewed = [*below("分值"), *below("权重")], below("得分"), below("复核分")
    others = [value for value in values if value not in [*weights, *scores, *reviewed]]
    made.unplaced += reviewed
    if not scores and len(others) == 1:
        scores, others = others, []
        is_sure = bool(weights) or not head.column("得分")
    else:
        is_alone = shifted and not weights  # it may be the sum of the weights
        is_sure = not is_alone and not any(is_points(value.text.strip()) for value in others)
    made.unplaced += others
    for weight in weights:
        if one_line(weight.text) in ("100", "100分", "100.00", "100.0"):
            made.remarks.append(repaired(weight, "I813", "总分一行的分值 100 是各项之和，没有另外录入。"))
        else:
            made.unplaced.append(weight)
    for score in scores[:1]:
        read = points("总分", score)
        made.remarks += read.remarks
        if read.value:
            made.data["总分"] = read.value if is_sure else marked(read.value)
            if not is_sure:
                message = f"“{one_line(score.text)}”不一定在得分一列，认作总分，标了“待确认”。"
                made.remarks.append(questioned(score, "I804", message))
    made.unplaced += scores[1:]
