"""The key tasks of a form, and the sums of the amounts that some forms give beside them."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.content.yaml_reader import Data, Path
from generator.forms.grid import Cell
from generator.importers.labels import SUMS, TASK_HEAD, Row, bare, clean, filled, named, own_unit
from generator.importers.reading import Part, Remark, repaired

Sums = dict[str, tuple[Cell, str | None]]


def tasks(rows: list[Row]) -> Part[tuple[list[Data], Sums]]:
    """Read the key tasks; returns them, and the sums of the amounts beside them by label, each with its unit.

    A declaration has no amounts by task: these, and their heads, have no place. The sums are the budget's.
    """
    found: list[tuple[str, str]] = []
    places: dict[Path, Cell] = {}
    joined: set[Path] = set()
    unplaced: Row = []
    remarks: list[Remark] = []
    columns: dict[int, str | None] = {}
    amounts: dict[int, str] = {}
    sums: Sums = {}
    unit: str | None = None
    for row in rows:
        tokens = _under(columns, filled(row))
        labels = [named(cell.text, TASK_HEAD) for cell in tokens]
        amount_labels = {cell.column: label for cell in tokens if (label := named(cell.text, SUMS))}
        by_column = {columns.get(cell.column): cell for cell in tokens}
        if {"任务名称", "主要内容"} <= set(labels):
            if found:
                remarks.append(repaired(tokens[0], "I807", "跳过了重复的表头。"))
            columns = {cell.column: label for cell, label in zip(tokens, labels, strict=True)}
            others = [cell for cell, label in zip(tokens, labels, strict=True) if label is None]
            unplaced += others if not found else []
            unit = next((unit for cell in others if (unit := own_unit(cell))), None)
        elif tokens and len(amount_labels) == len(tokens) > 1:
            amounts = amount_labels
        elif re.fullmatch("(预算)?(金额|资金)?(合计|总计)", bare(tokens[0].text) if tokens else ""):
            sums |= {amounts[cell.column]: (cell, unit) for cell in tokens[1:] if cell.column in amounts}
            unplaced += [
                cell for cell in tokens if cell.column not in amounts and (not amounts or cell is not tokens[0])
            ]
        elif "任务名称" in by_column and "主要内容" in by_column:
            places |= _places(len(found), by_column["任务名称"], by_column["主要内容"])
            found.append((clean(by_column["任务名称"].text), clean(by_column["主要内容"].text)))
            unplaced += [cell for cell in tokens if columns.get(cell.column) is None]
        elif len(tokens) == 2:
            places |= _places(len(found), *tokens)
            found.append((clean(tokens[0].text), clean(tokens[1].text)))
        elif len(tokens) == 1 and found and tokens[0].column > 1:
            name, content = found.pop()
            remarks.append(repaired(tokens[0], "I811", f"任务“{name}”的内容在这里接着写，当作同一格。"))
            joined.add((*_task(len(found)), "主要内容"))
            found.append((name, content + clean(tokens[0].text)))
        elif not tokens and found and row is not rows[-1]:
            remarks.append(repaired(row[0], "I806", "这里有一个空行，跳过。"))
        else:
            unplaced += tokens
    made: list[Data] = [{"任务名称": name, "主要内容": content} for name, content in found]
    return Part((made, sums), unplaced, remarks, places, joined)


def _task(number: int) -> Path:
    return "年度重点任务", number


def _places(number: int, name: Cell, content: Cell) -> dict[Path, Cell]:
    return {(*_task(number), "任务名称"): name, (*_task(number), "主要内容"): content}


def _under(columns: dict[int, str | None], tokens: Row) -> Row:
    """Return the cells under their heads: a row copied from a page lost the cell that a merged label covers."""
    names = next((column for column, label in columns.items() if label == "任务名称"), 1)
    if not tokens or not columns or tokens[0].column in columns or tokens[0].column > names:
        return tokens
    shift = min(columns) - tokens[0].column
    return [replace(cell, column=cell.column + shift) for cell in tokens]
