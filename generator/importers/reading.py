"""What a reader of a part of the form hands back: its data, the texts that have no place, and remarks at cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from generator.content.draft import MARK
from generator.content.yaml_reader import Data, Path
from generator.declaration.model import Section
from generator.diagnostics.model import Diagnostic, Mark, Severity
from generator.forms.grid import Cell, Grid
from generator.importers.labels import WAITING

T = TypeVar("T")
_SURE = {"来源", "说明事项", "未公开原因"}  # ours, from our own notes


class Remark(NamedTuple):
    """Something that a person should know or compare, at a cell of the document."""

    cell: Cell
    code: str
    severity: Severity
    message: str
    repair: str = "对照原表核对。"

    def diagnostic(self, file: str) -> Diagnostic:
        """Return the remark with its place in a document: row, column, and the sheet or page."""
        where = f"{file}（{self.cell.part}）" if self.cell.part else file
        return Diagnostic(
            Mark(where, self.cell.row or 1, self.cell.column or 1), self.code, self.severity, self.message, self.repair
        )


@dataclass
class Imported:
    """What a document states: the data of a YAML file, notes, and the texts that have no place.

    `places` says in which cell an entry stands, by its path; those at `joined` are of several pieces, or of a part of
    their cell (struck out, hidden).
    """

    data: dict[str, Data] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)
    places: dict[Path, Cell] = field(default_factory=dict)
    joined: set[Path] = field(default_factory=set)


@dataclass(frozen=True)
class Part(Generic[T]):
    """What was read: `value`, the cells that belong to nothing in the form, and the remarks.

    `places` says by its path in the data of the file in which cell an entry stands; the entries at `joined` were put
    together of pieces.
    """

    value: T
    unplaced: list[Cell] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    places: dict[Path, Cell] = field(default_factory=dict)
    joined: set[Path] = field(default_factory=set)


def finished(
    model: type[Section],
    data: dict[str, Data],
    parts: Sequence[Part[Any]],
    remarks: list[Remark],
    unplaced: list[Cell],
    grid: Grid,
    file: str,
) -> Imported:
    """Put together what a grid states, in the order of the model; all is marked if the grid is doubtful."""
    if grid.doubtful:
        doubt = questioned(Cell("", 1, 1), "I814", f"{grid.doubtful}，全部内容标了“待确认”。", "逐项对照原表。")
        remarks = [*remarks, doubt]
        data = {label: value if label in _SURE else all_marked(value) for label, value in data.items()}
    order = [str(entry.alias) for entry in model.model_fields.values()]
    made = {label: data[label] for label in order if label in data}
    return Imported(made, [remark.diagnostic(file) for remark in remarks], unplaced, *_placed(parts, grid))


def _placed(parts: Sequence[Part[Any]], grid: Grid) -> tuple[dict[Path, Cell], set[Path]]:
    """Return the places of all parts, and the paths of what was put together of pieces or is doubtful in the grid."""
    places = {path: cell for part in parts for path, cell in part.places.items() if cell.row}
    doubtful = {(c.part, c.row, c.column) for c in [*grid.joined, *(cell for cell, _ in grid.doubts)]}
    joined = {path for path, cell in places.items() if (cell.part, cell.row, cell.column) in doubtful}
    return places, joined.union(*(part.joined for part in parts))


def repaired(cell: Cell, code: str, message: str) -> Remark:
    """Remark a repair or a guess that is safe."""
    return Remark(cell, code, Severity.NOTICE, message)


def questioned(cell: Cell, code: str, message: str, repair: str = "对照原表核对。") -> Remark:
    """Remark what a person has to decide."""
    return Remark(cell, code, Severity.WARNING, message, repair)


def without_place(cells: list[Cell]) -> list[Remark]:
    """Remark texts that have no place in the declaration, a row at a time; they are kept as comments."""
    rows: dict[tuple[str, int], list[Cell]] = {}
    for cell in cells:
        rows.setdefault((cell.part, cell.row), []).append(cell)
    return [
        questioned(row[0], "I812", f"{_shown(row)}不知道放在哪里，保留在文件末尾的注释里。", _MOVE)
        for row in rows.values()
    ]


_MOVE = "对照原表，移到应有的位置，或删去注释。"


def _shown(row: list[Cell]) -> str:
    texts = (" ".join(cell.text.split()) for cell in row)
    return "、".join(f"“{text if len(text) <= 40 else text[:40] + '……'}”" for text in texts)


def marked(value: str) -> str:
    """Return a value with the mark that a person has to confirm it."""
    return value if value.startswith(MARK.strip()) else MARK + value


def all_marked(data: Data) -> Data:
    """Return data with every value marked."""
    if isinstance(data, dict):
        return {key: all_marked(value) for key, value in data.items()}
    if isinstance(data, list):
        return [all_marked(item) for item in data]
    return WAITING if data is None else marked(data)
