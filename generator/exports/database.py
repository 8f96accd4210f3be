"""All tables in one SQLite file, with their primary and foreign keys; the same bytes for the same content."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.exports.tables import TABLES
from generator.exports.tables.model import Cell, Table

# SQLite has no decimals: NUMERIC holds a number exactly up to 15 digits, amounts to the cent below ten trillion 元.
_TYPES = {"string": "TEXT", "number": "NUMERIC", "integer": "INTEGER", "date": "TEXT"}


class Database:
    """Takes the rows of each table as they come; its memory does not grow with them. `close` finishes the file."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        for setting in ("page_size = 4096", "auto_vacuum = NONE", "encoding = 'UTF-8'", "journal_mode = OFF"):
            self.connection.execute(f"PRAGMA {setting}")
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute("BEGIN")
        for table in TABLES:
            self.connection.execute(_create(table))

    def add(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        """Insert rows; SQLite makes a number of a decimal's digits by the column's type."""
        places = ", ".join("?" * len(table.columns))
        self.connection.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)

    def close(self) -> None:
        """Write the file, without a page that is not needed."""
        self.connection.execute("COMMIT")
        self.connection.execute("VACUUM")
        self.connection.close()


def _create(table: Table) -> str:
    """Return the statement that makes a table; only names of our own stand in it."""
    columns = [f'"{c.name}" {_TYPES[c.type]}{" NOT NULL" if c.required else ""}' for c in table.columns]
    keys = [f"PRIMARY KEY ({_names(table.key)})"]
    keys += [f'FOREIGN KEY ({_names(r.columns)}) REFERENCES "{r.table}" ({_names(r.others)})' for r in table.references]
    return f'CREATE TABLE "{table.name}" ({", ".join([*columns, *keys])}) WITHOUT ROWID'


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
