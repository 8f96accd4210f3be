"""Forms of several places, in the containers and with the damage they come in: right, marked, or refused — never wrong.

tests/forms/NAME.html is a form, NAME.yaml what it states. PDF files beside them are the same forms as printers make
them: NAME.chromium.pdf and NAME.libreoffice.pdf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import docx
import openpyxl
import pytest

from generator import importers
from generator.content import yaml_reader
from generator.content.yaml_reader import Data
from generator.forms.grid import Cell
from generator.importers import form
from generator.importers.containers import html
from generator.importers.form import Imported

FORMS = Path(__file__).parent / "forms"
NAMES = sorted(file.stem for file in FORMS.glob("*.html"))
PRINTED = sorted(file.name for file in FORMS.glob("*.pdf"))


def read(file: Path) -> Imported:
    """Import a document in this process, which is faster; test_import.py goes the whole way."""
    reader = import_module(f"generator.importers.containers.{importers.READERS[file.suffix]}")
    return form.read(reader.read(file), file.name)


def leaves(data: Data, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every value with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, str(place)))
    else:
        yield path, str(data)


def stated(name: str) -> Data:
    return yaml_reader.load((FORMS / f"{name}.yaml").read_bytes(), name).data


def wrong(made: Imported, name: str) -> dict[tuple[str, ...], tuple[str, str | None]]:
    """Return what an import states, without a mark, that its form does not: the value, and the right one."""
    right = dict(leaves(stated(name)))
    found = {path: value for path, value in leaves(dict(made.data)) if not value.startswith("待确认")}
    return {path: (value, right.get(path)) for path, value in found.items() if right.get(path) != value}


def missing(made: Imported, name: str) -> set[tuple[str, ...]]:
    """Return the places of the form that an import neither states nor marks."""
    return {path for path, _ in leaves(stated(name))} - {path for path, _ in leaves(dict(made.data))}


def cells_of(name: str) -> list[Cell]:
    return html.read(FORMS / f"{name}.html").cells


def lines(cells: list[Cell], covered: bool) -> list[list[str]]:
    """Return the rows of a copy: with empty texts for covered cells, or without these cells."""
    rows = []
    for row in range(1, max(cell.row for cell in cells) + 1):
        at = {cell.column: cell.text for cell in cells if cell.row == row}
        width = max((cell.last_column for cell in cells), default=0)
        rows.append([at.get(c, "") for c in range(1, width + 1)] if covered else list(at.values()))
    return rows


def excel_copy(cells: list[Cell], file: Path) -> None:
    quoted = [[f'"{text}"' if "\n" in text else text for text in row] for row in lines(cells, covered=True)]
    file.write_text("\n".join("\t".join(row) for row in quoted), encoding="utf-8")


def browser_copy(cells: list[Cell], file: Path) -> None:
    file.write_text("\n".join("\t".join(row) for row in lines(cells, covered=False)), encoding="utf-8")


def workbook(cells: list[Cell], file: Path, merged: bool = True) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cell in cells:
        sheet.cell(cell.row, cell.column, cell.text).data_type = "s"
        if merged and (cell.rows, cell.columns) != (1, 1):
            sheet.merge_cells(None, cell.row, cell.column, cell.row + cell.rows - 1, cell.last_column)
    book.save(file)


def document(cells: list[Cell], file: Path) -> None:
    word = docx.Document()
    table = word.add_table(max(c.row + c.rows - 1 for c in cells), max(c.last_column for c in cells))
    for cell in cells:
        first, last = table.cell(cell.row - 1, cell.column - 1), None
        last = table.cell(cell.row + cell.rows - 2, cell.last_column - 1)
        into = first.merge(last) if (cell.rows, cell.columns) != (1, 1) else first
        into.text = cell.text
    word.save(str(file))


CONTAINERS: dict[str, Callable[[list[Cell], Path], None]] = {
    "excel_copy.txt": excel_copy,
    "browser_copy.txt": browser_copy,
    "merged.xlsx": workbook,
    "unmerged.xlsx": lambda cells, file: workbook(cells, file, merged=False),
    "word.docx": document,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_read_to_the_letter(name: str) -> None:
    made = read(FORMS / f"{name}.html")
    assert dict(leaves(dict(made.data))) == dict(leaves(stated(name)))


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_form_in_every_container(name: str, container: str, tmp_path: Path) -> None:
    CONTAINERS[container](cells_of(name), tmp_path / container)
    made = read(tmp_path / container)
    assert wrong(made, name) == {}
    assert missing(made, name) == set()


@pytest.mark.parametrize("file", PRINTED)
def test_a_printed_form(file: str) -> None:
    made = read(FORMS / file)
    assert wrong(made, file.split(".")[0]) == {}
