"""The indicators of a form of results at the paths that their promises have in the declaration."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from generator.analysis.identity import Key, key
from generator.content.yaml_reader import Data, Path
from generator.declaration.model import Declaration
from generator.forms.grid import Cell
from generator.importers.reading import Part, Remark, questioned, repaired
from generator.importers.targets import Tree

BLOCK = "指标完成情况"


def aligned(read: Part[Tree], declaration: Declaration, at: Mapping[str, Cell]) -> Part[Tree]:
    """Return the tree with the headings and names of the declaration; `at` leads from a name to its cell.

    The same path in other widths, spaces or brackets is the same; so is the only indicator of its name, where the form
    has it under another heading. Whatever else stands in the form keeps its path, with a remark; which promise it
    answers is not certain.
    """
    tree = read.value
    promised = [key(placed) for placed in declaration.indicators()]
    printed = list(_keys(tree))
    names = Counter(_folded(*path[2:]) for path in printed)
    made: Tree = {}
    remarks: list[Remark] = []
    paths: dict[Path, Key] = {}
    unknown: set[Path] = set()
    taken = {path for path in printed if path in promised}
    for path in printed:
        first, second, name = path
        cell = at.get(name, Cell(name, 1, 1))
        found, remark = _promise(path, promised, names, cell) if path not in taken else (path, None)
        if found in taken and found != path:
            found, remark = path, questioned(cell, "I804", f"“{name}”与另一行同是申报表的“{found[2]}”，没有对上。")
        taken.add(found)
        paths[path] = found
        unknown |= {(BLOCK, *path)} if remark and found == path else set()
        remarks += [remark] if remark else []
        entries = tree[first][second]
        assert isinstance(entries, dict)
        inside = made.setdefault(found[0], {}).setdefault(found[1], {})
        assert isinstance(inside, dict)
        inside[found[2]] = entries[name]

    def moved(noted: Path) -> Path:
        return (noted[0], *paths.get(noted[1:4], noted[1:4]), *noted[4:])

    places = {moved(noted): cell for noted, cell in read.places.items()}
    return Part(made, remarks=remarks, places=places, joined={moved(noted) for noted in read.joined} | unknown)


def _promise(path: Key, promised: list[Key], names: Counter[str], cell: Cell) -> tuple[Key, Remark | None]:
    name = _folded(path[2])
    same = [other for other in promised if _folded(*other) == _folded(*path)]
    if len(same) == 1:
        said = " / ".join(same[0])
        return same[0], repaired(cell, "I805", f"“{path[2]}”的写法按申报表改成“{said}”。")
    namesakes = [other for other in promised if _folded(other[2]) == name]
    if len(namesakes) == 1 and names[name] == 1:
        said = "”的“".join(namesakes[0][:2])
        message = f"“{path[2]}”在自评表上归入“{path[0]}”的“{path[1]}”，按申报表归入“{said}”。"
        return namesakes[0], questioned(cell, "I805", message)
    if namesakes:
        return path, questioned(cell, "I804", f"申报表里“{path[2]}”不止一项，看不出是哪一项，没有对上。")
    return path, questioned(cell, "I804", f"申报表里没有“{path[2]}”，照自评表录入。", "核对名称，与申报表一致。")


def _folded(*words: str) -> str:
    return "\n".join(re.sub(r"[\s()\[\]“”\"'、,，。.：:]", "", unicodedata.normalize("NFKC", word)) for word in words)


def _keys(tree: Tree) -> Iterator[Key]:
    for first, seconds in tree.items():
        for second, entries in seconds.items():
            yield from ((first, second, name) for name in _names(entries))


def _names(entries: Data) -> list[str]:
    return list(entries) if isinstance(entries, dict) else []
