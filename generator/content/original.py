"""What a registered document states, as importing reads it: data with the place of every entry.

The counterpart of a YAML file's tree, so that the two can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.content.yaml_reader import Data, Path


class Spot(NamedTuple):
    """A cell of a document, counted from 1 within its sheet or page; `part` names that, as a person would.

    `said` is the cell's own text, where importing makes something else of it: 80 (万元) → 800,000.00.
    """

    row: int
    column: int
    part: str = ""
    said: str = ""

    def __str__(self) -> str:
        return f"{self.part}{'，' if self.part else ''}第 {self.row} 行第 {self.column} 列"

    @property
    def is_on_page(self) -> bool:
        """Tell a page, where spaces are gaps between characters, from a text or a sheet, where they are characters."""
        return self.part.endswith("页")


@dataclass(frozen=True)
class Original:
    """A document as read: what `data` is not sure of is marked 待确认 there.

    The entries at `doubtful` were put together of pieces, or no file may hold them as they are printed. `unplaced` are
    texts of the document that are no entries, its labels among them; `left_out`: there is more, too much to be kept or
    not to be told apart.
    """

    data: Data = None
    places: Mapping[Path, Spot] = field(default_factory=dict)
    doubtful: frozenset[Path] = frozenset()
    unplaced: tuple[str, ...] = ()
    left_out: bool = False

    def spot(self, path: Path) -> Spot | None:
        """Return where the entry at `path` stands, or the nearest enclosing one that has a place."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path)


def to_json(original: Original) -> str:
    """Write an original as JSON."""
    places = [[path, *spot] for path, spot in original.places.items()]
    doubtful = sorted(original.doubtful, key=str)
    rest = {name: getattr(original, name) for name in ("data", "unplaced", "left_out")}
    return json.dumps({"places": places, "doubtful": doubtful, **rest}, ensure_ascii=False)


def from_json(text: str | bytes) -> Original:
    """Read what `to_json` has written."""
    known = json.loads(text)
    known["places"] = {tuple(path): Spot(*spot) for path, *spot in known["places"]}
    known["doubtful"] = frozenset(tuple(path) for path in known["doubtful"])
    known["unplaced"] = tuple(known["unplaced"])
    return Original(**known)


@dataclass(frozen=True)
class Registered:
    """What is known of a registered document: what it states, as JSON, as many are in memory; or why it was not read.

    `fault` says what is wrong with it, `lacks` names the package that reading it takes; `is_final`: it would be read so
    again. `key` is what it is kept under.
    """

    stated: str = ""
    fault: str = ""
    lacks: str = ""
    is_final: bool = True
    key: str = ""
