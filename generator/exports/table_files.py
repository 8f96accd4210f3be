"""The tables in all their files at once (CSV, workbook, database), written department by department.

No table is ever in memory as a whole: the rows of a department go to every file before the next department is begun.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from generator.content.corpus import Corpus
from generator.exports import csvs
from generator.exports.database import Database
from generator.exports.dossier import Dossier, Log
from generator.exports.tables import TABLES
from generator.exports.tables.model import Line, Table
from generator.exports.workbook import Workbook

NAME = "performance-targets"
CSVS = tuple(f"{table.name}.csv" for table in TABLES)
FILES = (*CSVS, f"{NAME}.xlsx", f"{NAME}.sqlite")


class TableFiles:
    """Opens the files below `folder`; as a context manager it finishes them at its end."""

    def __init__(self, folder: Path, title: str) -> None:
        self.opened = ExitStack()
        files = [(folder / name).open("w", encoding="utf-8", newline="\n") for name in CSVS]
        self.csvs = {table.name: self.opened.enter_context(file) for table, file in zip(TABLES, files, strict=True)}
        for table in TABLES:
            self.csvs[table.name].writelines(csvs.lines([tuple(column.name for column in table.columns)]))
        self.book = Workbook(folder / f"{NAME}.xlsx", title)
        self.database = Database(folder / f"{NAME}.sqlite")

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.opened.close()
        self.book.close()
        self.database.close()

    def add_department(self, dossier: Dossier) -> None:
        """Write what every table says of a department."""
        for table in TABLES:
            self._add(table, list(table.rows(dossier)))

    def add_site(self, corpus: Corpus, log: Log) -> None:
        """Write what the tables say of the site as a whole; `log` is that of what belongs to no department."""
        for table in TABLES:
            self._add(table, list(table.rows_of_site(corpus, log)))

    def _add(self, table: Table, rows: list[Line]) -> None:
        self.csvs[table.name].writelines(csvs.lines(rows))
        self.book.add(table, rows)
        self.database.add(table, rows)
