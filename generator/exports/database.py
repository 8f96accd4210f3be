"""All tables in one SQLite file, with their primary and foreign keys; the same bytes for the same content."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.exports.tables import TABLES
from generator.exports.tables.model import Line, Table, Value

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

    def add(self, table: Table, rows: Iterable[Line]) -> None:
        """Insert rows."""
        places = ", ".join("?" * len(table.columns))
        given = ([_held(value) for value in row] for row in rows)
        self.connection.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', given)

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


def _held(value: Value) -> str | int | None:
    """Return a value as it is handed to SQLite, which makes a number of a decimal's digits by the column's type."""
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value
