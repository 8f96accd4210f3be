"""The goals of a form of results: what was expected beside what came of it, text beside text."""

from __future__ import annotations

from dataclasses import replace

from generator.content.yaml_reader import Data, Path
from generator.forms.grid import Cell
from generator.importers.labels import GOALS, Row, clean, filled, named
from generator.importers.reading import Part, marked

_BLOCK = "目标完成情况"
_EXPECTED, _ACHIEVED = GOALS


def is_goals_head(tokens: Row) -> bool:
    """Tell the head of the goals: both of its columns."""
    return set(GOALS) <= {named(cell.text, GOALS) for cell in tokens}


def is_goals(tokens: Row) -> bool:
    """Tell a row of goals without a head: the label, and the text behind it."""
    return len(tokens) == 2 and named(tokens[0].text, GOALS) is not None and named(tokens[1].text, GOALS) is None


def goals(rows: list[Row], has_spans: bool) -> Part[list[Data]]:
    """Read the goals, a row an entry: under a head with both columns, or each behind its label."""
    found: list[Data] = []
    places: dict[Path, Cell] = {}
    unplaced: Row = []
    columns: dict[str, Cell] = {}
    last = 0
    waiting: dict[str, Data] = {}
    for row in rows:
        tokens = filled(row)
        if is_goals_head(tokens):
            named_cells = [(cell, label) for cell in tokens if (label := named(cell.text, GOALS))]
            columns = {label: cell for cell, label in named_cells}  # 年度总体目标 | 预期目标 | …: the nearer one heads
            last = max(cell.last_column for cell in row)
            continue
        if not columns and is_goals(tokens):
            label = str(named(tokens[0].text, GOALS))
            if label in waiting:
                found.append(waiting)
                waiting = {}
            waiting[label] = clean(tokens[1].text)
            places[_BLOCK, len(found), label] = tokens[1]
            continue
        missing = last - max(cell.last_column for cell in row)
        shift = missing if missing > 0 and not has_spans else 0
        cells, others = _in_columns([replace(cell, column=cell.column + shift) for cell in tokens], columns)
        texts: dict[str, Data] = {label: clean(cell.text) for label, cell in cells.items()}
        unplaced += others
        if others and not has_spans:
            texts = {label: marked(str(text)) for label, text in texts.items()}
        at = {label: replace(cell, column=cell.column - shift) for label, cell in cells.items()}
        places |= {(_BLOCK, len(found), label): cell for label, cell in at.items()}
        if texts:
            found.append(texts)
    return Part([*found, waiting] if waiting else found, unplaced, places=places)


def _in_columns(tokens: Row, columns: dict[str, Cell]) -> tuple[dict[str, Cell], Row]:
    found: dict[str, Cell] = {}
    others: list[Cell] = []
    for cell in tokens:
        label = next((name for name, head in columns.items() if head.column <= cell.column <= head.last_column), None)
        if label and label not in found:
            found[label] = cell
        elif columns and cell.column < columns[_EXPECTED].column and named(cell.text, GOALS):
            continue  # the label of the block, at the left of each row
        else:
            others.append(cell)
    return {label: found[label] for label in (_EXPECTED, _ACHIEVED) if label in found}, others
