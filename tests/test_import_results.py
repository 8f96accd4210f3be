"""Forms of results of several makes, in the containers and with the damage they come in: right, marked, or refused.

tests/forms/results/NAME.html is a form, NAME.yaml what it states.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from test_import_forms import CONTAINERS, PLAIN, leaves

from generator import importers
from generator.content import yaml_reader
from generator.content.yaml_reader import Data
from generator.declaration.results import Results
from generator.forms.grid import Cell
from generator.importers import form, results
from generator.importers.containers import html
from generator.importers.reading import Imported

FORMS = Path(__file__).parent / "forms/results"
NAMES = sorted(file.stem for file in FORMS.glob("*.html"))


def read(file: Path) -> Imported:
    reader = import_module(f"generator.importers.containers.{importers.READERS[file.suffix]}")
    return results.read(reader.read(file), file.name)


def stated(name: str) -> Data:
    return yaml_reader.load((FORMS / f"{name}.yaml").read_bytes(), name).data


def cells_of(name: str) -> list[Cell]:
    return html.read(FORMS / f"{name}.html").cells


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_read_to_the_letter(name: str) -> None:
    made = read(FORMS / f"{name}.html")
    assert dict(leaves(dict(made.data))) == dict(leaves(stated(name)))
    assert made.unplaced == []
    Results.model_validate(made.data)


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_form_in_every_container(name: str, container: str, tmp_path: Path) -> None:
    CONTAINERS[container](cells_of(name), tmp_path / container)
    made = read(tmp_path / container)
    right = dict(leaves(stated(name)))
    found = dict(leaves(dict(made.data)))
    assert {path: value for path, value in found.items() if value != right.get(path) and value[:3] != "待确认"} == {}
    assert right.keys() - found.keys() == set()
