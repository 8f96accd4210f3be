"""The tables in all their files at once (CSV, workbook, database), written department by department.

No table is ever in memory as a whole: the rows of a department go to every file before the next department is begun.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from generator.content.corpus import Corpus
from generator.exports import workbook
from generator.exports.database import Database
from generator.exports.dossier import Dossier, Log
from generator.exports.tables import TABLES
from generator.exports.tables.model import Cell, Line, cells
from generator.exports.workbook import Workbook

NAME = "performance-targets"
CSVS = tuple(f"{table.name}.csv" for table in TABLES)
FILES = (*CSVS, f"{NAME}.xlsx", f"{NAME}.sqlite")


class Part(NamedTuple):
    """What every table says of a department, by the table's name: its rows, and these as a workbook holds them."""

    rows: Mapping[str, list[list[Cell]]]
    sheets: Mapping[str, list[str]]


def of_department(dossier: Dossier) -> Part:
    """Return what every table says of a department."""
    return _part({table.name: table.rows(dossier) for table in TABLES})


def of_site(corpus: Corpus, log: Log) -> Part:
    """Return what the tables say of the site as a whole; `log` is that of what belongs to no department."""
    return _part({table.name: table.rows_of_site(corpus, log) for table in TABLES})


def _part(lines: Mapping[str, Iterable[Line]]) -> Part:
    rows = {name: list(map(cells, some)) for name, some in lines.items()}
    return Part(rows, {table.name: workbook.rows(table, rows[table.name]) for table in TABLES})


class TableFiles:
    """Opens the files below `folder`; as a context manager it finishes them at its end."""

    def __init__(self, folder: Path, title: str) -> None:
        self.opened = ExitStack()
        files = [(folder / name).open("w", encoding="utf-8", newline="") for name in CSVS]
        opened = [csv.writer(self.opened.enter_context(file), lineterminator="\n") for file in files]
        self.csvs = {table.name: file for table, file in zip(TABLES, opened, strict=True)}
        for table in TABLES:
            self.csvs[table.name].writerow([column.name for column in table.columns])
        self.book = Workbook(folder / f"{NAME}.xlsx", title)
        self.database = Database(folder / f"{NAME}.sqlite")

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.opened.close()
        self.book.close()
        self.database.close()

    def add(self, part: Part) -> None:
        """Write the rows of each table."""
        for table in TABLES:
            self.csvs[table.name].writerows(part.rows[table.name])
            self.book.add(table, part.sheets[table.name])
            self.database.add(table, part.rows[table.name])
