"""Where on its page a value of a proposed file stands, as a comment behind it: for documents that are doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from generator.content import yaml_reader
from generator.content.draft import MARK
from generator.content.yaml_reader import Data
from generator.forms.grid import Cell
from generator.importers.labels import one_line

_Test: TypeAlias = Callable[[str], bool]


def with_places(text: str, cells: list[Cell]) -> str:
    """Return the YAML with the place behind each marked value whose text, or else name, stands in one cell alone."""
    known = [(one_line(cell.text), cell.place) for cell in cells if cell.place]
    return "".join(_with_place(line, known) for line in text.splitlines(keepends=True)) if known else text


def _with_place(line: str, known: list[tuple[str, str]]) -> str:
    tree = yaml_reader.load(line.encode(), "line")  # a value of several lines is no YAML line by line, and stays
    found = [] if tree.diagnostics or "#" in line else list(_values(tree.data))
    if len(found) != 1 or not found[0][1].startswith(MARK):
        return line
    key, value = found[0][0], found[0][1].removeprefix(MARK)
    tests: list[_Test] = [value.__eq__, key.__eq__, lambda text: value in text, lambda text: bool(key) and key in text]
    for test in tests:
        if len(places := [place for text, place in known if test(text)]) == 1:
            return f"{line.rstrip()}  # {places[0]}\n"
    return line


def _values(data: Data, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text with the name it stands under."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _values(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value, key)
    elif data is not None:
        yield key, data
