"""A grid of cells → the declaration that the form states, with a note of every repair and guess.

The form is recognised by its labels, not by its columns: documents lose merged cells, shift columns and break
blocks over pages. What is missing is marked 待确认, what has no place is kept; nothing is invented.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from generator.diagnostics import Diagnostic, Severity
from generator.draft import MARK
from generator.grid import Cell, Grid
from generator.importers import UnreadableError
from generator.importers.labels import AMOUNTS, BLOCKS, COLUMNS, FIGURES, HEAD, NOTES, TASK_HEAD, Notes, bare, named
from generator.importers.targets import targets
from generator.model import Declaration
from generator.yamltree import Data

Row: TypeAlias = list[Cell]
WAITING = f"{MARK}未公开"


@dataclass
class Imported:
    """What a document states: the data of a declaration's YAML, notes, and the texts that have no place."""

    data: dict[str, Data] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)


def read(grid: Grid, file: str) -> Imported:
    """Read a form out of the grid of a document named `file`; UnreadableError when it is no such form."""
    made = Imported()
    notes = Notes(file, made.notes)
    known = HEAD | BLOCKS | AMOUNTS | FIGURES
    if len({label for cell in grid.cells if (label := named(_label_part(cell.text), known))}) < 5:
        message = "没有找到申报表的项目（部门名称、部门职责、预算总额、分解目标等）。"
        raise UnreadableError(message, "核对是不是选错了文件：要导入的是《部门（单位）整体支出绩效目标申报表》。")
    total = {"总额": AMOUNTS["部门整体预算总额"]}
    totals = [cell for cell in grid.cells if cell.column <= 2 and named(cell.text, total)]
    if len(totals) > 1:
        message = f"文件里有 {len(totals)} 份申报表。"
        raise UnreadableError(message, "一份申报表另存为一个文件（Excel 里删去其他工作表），逐份导入。")
    blocks = _blocks(grid)
    data: dict[str, Data] = {"年度": _year(grid)}
    data |= _head(blocks["head"], made, notes)
    data["年度重点任务"] = _tasks(blocks["年度重点任务"], made, notes)
    data |= _money(blocks["预算情况"], made, notes)
    tree = targets(blocks["分解目标"], grid.has_spans, made.unplaced, notes)
    data["分解目标"] = dict(tree) or {"产出指标": {"数量指标": WAITING}}
    data |= _notes(blocks["附注"], data)
    for cell in made.unplaced:
        notes.unplaced(cell)
    for label in ["年度", *HEAD, *BLOCKS, *FIGURES]:
        if MARK.strip() in str(data.get(label, "")):
            message = f"没有找到“{label}”，或它没有内容。"
            notes.add(Cell("", 1, 1), "I803", Severity.WARNING, message, f"对照原表填写，删去“{MARK.strip()}”。")
    made.data = {
        label: data[label] for entry in Declaration.model_fields.values() if (label := str(entry.alias)) in data
    }
    return made


def _label_part(text: str) -> str:
    return re.split("[:：]", text.split("\n")[0])[0] if len(text) > 30 else text


def clean(text: str) -> str:
    """Turn the paragraphs of a web page into lines; other text stays as it is."""
    lines = re.sub(r"\s*</?(?:p|br|div)\b[^<>]*>\s*", "\n", text, flags=re.I).replace("&nbsp;", " ")
    return "\n".join(line.strip() for line in lines.split("\n") if line.strip())


def _tokens(row: Row) -> Row:
    return [cell for cell in row if cell.text.strip()]


def _blocks(grid: Grid) -> dict[str, list[Row]]:
    """Cut the rows into blocks, at their headings or, where one is missing, at the first label inside.

    Rows without text stay, as they tell of breaks. Blocks come in the form's order: an indicator that is called
    like a block does not begin one.
    """
    order = ["head", *BLOCKS, *NOTES]
    inside = {
        "年度重点任务": {"任务名称": TASK_HEAD["任务名称"]},
        "预算情况": AMOUNTS | FIGURES,
        "分解目标": {"一级目标": COLUMNS["一级目标"]},
    }
    blocks: dict[str, list[Row]] = {block: [] for block in order}
    here = "head"
    for row in grid.rows:
        tokens = _tokens(row)
        heading = named(tokens[0].text, BLOCKS | NOTES) if len(tokens) == 1 else None
        begun = (block for block, labels in inside.items() if tokens and named(tokens[0].text, labels))
        begins = heading or next(begun, here)
        here = begins if order.index(begins) > order.index(here) else here
        if heading is None or heading != here:
            blocks[here].append(row)
    return blocks


def _year(grid: Grid) -> str:
    texts = [*grid.around, *(cell.text for row in grid.rows[:8] for cell in row)]
    for pattern in (r"[(（]?((?:19|20)\d\d)\s*年度", r"((?:19|20)\d\d)\s*年(?!\d)"):
        for text in texts:
            if len(text) < 60 and (match := re.search(pattern, unicodedata.normalize("NFKC", text))):
                return match[1]
    return MARK.strip()


def _head(rows: list[Row], made: Imported, notes: Notes) -> dict[str, Data]:
    found: dict[str, list[str]] = {}
    open_label = ""
    blank: Cell | None = None
    for row in rows:
        tokens = _tokens(row)
        if not tokens:
            blank = row[0] if open_label else None
            continue
        label = ""
        for cell in tokens:
            if known := named(cell.text, HEAD):
                label = known
                found.setdefault(label, [])
            elif label:
                _take(found[label], cell, notes)
            elif open_label in ("部门职责", "年度履职目标") and not re.search("申报表|年度[)）]", cell.text):
                message = f"“{open_label}”在这里接着写，当作同一格。"
                notes.mended(cell, "I811", message)
                _take(found[open_label], cell, notes, goes_on=True)
            elif not re.search(r"申报表|年度[)）]?$|单位[:：]|^\d+$", cell.text):
                made.unplaced.append(cell)
        if blank and not label:
            notes.mended(blank, "I806", "这里有一个空行，跳过。")
        open_label, blank = label or open_label, None
    data: dict[str, Data] = {"部门名称": "".join(found.get("部门名称", [])) or WAITING}
    if "下属预算单位个数" in found:
        data["下属预算单位个数"] = _count("".join(found["下属预算单位个数"]))
    for label in ("部门职责", "年度履职目标"):
        data[label] = list(found.get(label) or [WAITING])
    return data


def _take(texts: list[str], cell: Cell, notes: Notes, goes_on: bool = False) -> None:
    """Add the paragraphs of a cell; where it `goes_on` after a break, an open sentence is completed first."""
    lines = clean(cell.text)
    if goes_on and texts and not texts[-1].endswith(("。", "；", "：", "！", "？")):
        lines = texts.pop() + lines
    if re.search(r"</?(p|br|div)\b", cell.text, re.I):
        notes.mended(cell, "I808", f"网页标签改成了分段：{lines.count(chr(10)) + 1} 段。")
    texts += lines.split("\n") if lines else []


def _tasks(rows: list[Row], made: Imported, notes: Notes) -> list[Data]:
    tasks: list[tuple[str, str]] = []
    for row in rows:
        tokens = _tokens(row)
        if tokens and all(named(cell.text, TASK_HEAD) for cell in tokens):
            if tasks:
                notes.mended(tokens[0], "I807", "跳过了重复的表头。")
        elif len(tokens) == 2:
            tasks.append((clean(tokens[0].text), clean(tokens[1].text)))
        elif len(tokens) == 1 and tasks and tokens[0].column > 1:
            name, content = tasks.pop()
            notes.mended(tokens[0], "I811", f"任务“{name}”的内容在这里接着写，当作同一格。")
            tasks.append((name, content + clean(tokens[0].text)))
        elif not tokens and tasks and row is not rows[-1]:
            notes.mended(row[0], "I806", "这里有一个空行，跳过。")
        else:
            made.unplaced += tokens
    return [{"任务名称": name, "主要内容": content} for name, content in tasks]


def _money(rows: list[Row], made: Imported, notes: Notes) -> dict[str, Data]:
    """Read the budget and the figures at the year's end: a value stands after its label, or below it."""
    found: dict[str, str] = {}
    above: Row = []
    for place, row in enumerate(rows):
        tokens = _tokens(row)
        if not tokens and found and place + 1 < len(rows):
            notes.mended(row[0], "I806", "这里有一个空行，跳过。")
        labels = [named(cell.text, AMOUNTS | FIGURES) for cell in tokens]
        if labels and all(label in FIGURES for label in labels):
            above = tokens
            found |= {str(label): WAITING for label in labels}
        elif above and tokens and not any(labels):
            made.unplaced += _below(above, tokens, found, notes)
            above = []
        else:
            made.unplaced += _pairs(tokens, found, notes)
    money: dict[str, Data] = {"部门整体预算总额": found.get("部门整体预算总额", WAITING)}
    for part, first, second in (("资金来源", "财政拨款", "其他资金"), ("资金结构", "基本支出", "项目支出")):
        given: dict[str, Data] = {label: found[label] for label in (first, second) if label in found}
        money[part] = given if first in given else {first: WAITING, **given}
    return {"预算情况": money, **{label: found[label] for label in FIGURES if label in found}}


def _below(above: Row, tokens: Row, found: dict[str, str], notes: Notes) -> Row:
    """Take the figures below their labels, by column or else by order; returns what fits neither."""
    labels = {column: cell for cell in above for column in range(cell.column, cell.last_column + 1)}
    pairs = [(labels.get(token.column), token) for token in tokens]
    if None in [label for label, _ in pairs]:
        if len(tokens) != len(above):
            return tokens
        pairs = list(zip(above, tokens, strict=True))
        notes.mended(tokens[0], "I804", "数字与上一行的项目没有对齐，按次序认定。")
    for cell, token in pairs:
        label = named(cell.text, FIGURES) if cell else None
        if cell and label:
            found[label] = _figure(label, token, notes, cell.text)
    return []


def _pairs(tokens: Row, found: dict[str, str], notes: Notes) -> Row:
    """Take the amounts that stand beside their labels; returns what is neither, and what comes a second time."""
    rest: Row = []
    waiting = list(tokens)
    while waiting:
        cell = waiting.pop(0)
        label = named(cell.text, AMOUNTS | FIGURES)
        value = waiting.pop(0) if label and waiting and not named(waiting[0].text, AMOUNTS | FIGURES) else None
        if label is None:
            rest += [] if bare(cell.text) in ("内容", "预算情况", "资金来源", "资金结构") else [cell]
        elif label in found:
            rest += [cell, value] if value else [cell]
        else:
            found[label] = _figure(label, _beside(cell, value, label, notes), notes, cell.text) if value else WAITING
    return rest


def _beside(cell: Cell, value: Cell, label: str, notes: Notes) -> Cell:
    """Return the value beside a label, after noting what is odd about either."""
    if value.column != cell.last_column + 1:
        notes.mended(value, "I804", f"“{label}”的数字不在紧邻的一列（右移了），按同一行认定。")
    if re.match(r"\s*[(]\d[)]", cell.text):
        notes.mended(cell, "I813", f"“{cell.text}”的写法与表式不同，认作“{label}”。")
    return value


def _figure(label: str, cell: Cell, notes: Notes, unit: str = "") -> str:
    text = clean(cell.text)
    folded = unicodedata.normalize("NFKC", text).replace("，", ",").replace(" ", "")
    digits = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(元|万元|人|个)?", folded)
    if digits is None:
        return text if text not in ("/", "-", "—") else WAITING
    value = digits[1]
    if digits[2] == "万元" or (digits[2] is None and "万元" in unit):
        value = f"{Decimal(value.replace(',', '')) * 10_000:,.2f}"
        notes.mended(cell, "I809", f"“{label}”原表以万元为单位（{text}），换算成 {value} 元。")
    elif value != text:
        notes.mended(cell, "I809", f"“{label}”写成 {value}（原文“{text}”）。")
    return value


def _count(text: str) -> str:
    return re.sub(r"(?<=\d)个$", "", unicodedata.normalize("NFKC", text).strip()) or WAITING


def _notes(rows: list[Row], data: dict[str, Data]) -> dict[str, Data]:
    """Read what this site adds below the form: 来源 and 说明事项, as `kind | words…` a row."""
    source: dict[str, Data] = {}
    answers: list[Data] = []
    for kind, *words in ([cell.text.strip() for cell in _tokens(row)] for row in rows if _tokens(row)):
        if kind == "来源" and len(words) == 2:
            source[words[0]] = words[1]
        elif kind == "说明事项" and len(words) in (2, 3):
            labels = ("规则", "对象", "理由") if len(words) == 3 else ("规则", "理由")
            answers.append(dict(zip(labels, words, strict=True)))
    return ({"来源": source} if source else {}) | ({"说明事项": answers} if answers else {})
