"""What the tables, the interface and the feed tell of a department, worked out once: its promises and its log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise
from typing import TypeAlias

from generator.analysis import change_log, fulfilment, ledger, themes
from generator.analysis.change_log import Revision, Versions
from generator.analysis.fulfilment import Fulfilment
from generator.analysis.identity import Key
from generator.analysis.ledger import Change, Promise
from generator.analysis.themes import Member
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.declaration.model import PlacedIndicator
from generator.declaration.site import Site

Log: TypeAlias = Mapping[str, Sequence[Revision]]  # by the file's path below content/


@dataclass(frozen=True)
class Dossier:
    """A department, its promises, those under the site's themes, its log, all years of the site, the site's terms."""

    folder: DepartmentFolder
    promises: list[Promise]
    members: list[Member]
    log: Log
    years: range
    site: Site

    @cached_property
    def identifiers(self) -> list[str]:
        """Return the promises' identifiers, in their order."""
        return ledger.identifiers(self.promises)

    @cached_property
    def _places(self) -> dict[int, str]:
        return {id(promise): name for promise, name in zip(self.promises, self.identifiers, strict=True)}

    @cached_property
    def _entries(self) -> dict[tuple[int, tuple[str, ...]], Promise]:
        return {(year, e.placed.path): p for p in self.promises for year, e in p.entries.items()}

    @cached_property
    def fulfilments(self) -> Mapping[int, Mapping[Key, Fulfilment]]:
        """Return what became of the promises of each year whose results are published.

        Of no other year: whether its results are late depends on the day, and data must not.
        """
        return {
            document.year: fulfilment.of_declaration(self.folder, document, date.max, date.max)
            for document in self.folder.documents
            if self.folder.results_of(document.year)
        }

    @cached_property
    def changes(self) -> Mapping[tuple[int, int], Sequence[Change]]:
        """Return what became of the promises between every two declarations, by their years."""
        years = [(old.year, new.year) for old, new, _ in self.pairs]
        return {(old, new): ledger.between(self.promises, old, new) for old, new in years}

    def identifier(self, promise: Promise) -> str:
        """Return the name under which data knows a promise of this department."""
        return self._places[id(promise)]

    def promise_of(self, year: int, placed: PlacedIndicator) -> Promise:
        """Find the promise that an indicator of a year's declaration is."""
        return self._entries[year, placed.path]

    @property
    def pairs(self) -> Iterator[tuple[Document, Document, str]]:
        """Yield every two declarations, the older first, and whether they are `consecutive` or `apart`."""
        following = {(old.year, new.year) for old, new in pairwise(self.folder.documents)}
        for old, new in combinations(self.folder.documents, 2):
            yield old, new, "consecutive" if (old.year, new.year) in following else "apart"


def dossier(corpus: Corpus, folder: DepartmentFolder, history: Versions | None) -> Dossier:
    """Work out what is told of a department; without a history its log is empty."""
    former = folder.department.former_addresses
    places = [path.split("/") for path in history or {} if "/" in path]
    names = dict.fromkeys(name for address, name in places if address in (folder.address, *former))
    paths = [f"{folder.address}/{name}" for name in names]
    log = {path: change_log.log(history or {}, path, former) for path in paths}
    promises = ledger.ledger([document.declaration for document in folder.documents])
    members = themes.members(themes.of_site(corpus.site), folder, promises)
    return Dossier(folder, promises, members, log, corpus.span, corpus.site)


def log_of_the_rest(corpus: Corpus, history: Versions | None) -> Log:
    """Return the log of what belongs to no department that is there: the site, and departments that are gone."""
    there = {address for f in corpus.departments for address in (f.address, *f.department.former_addresses)}
    rest = {path: v for path, v in (history or {}).items() if path.split("/")[0] not in there}
    return {path: change_log.revisions(path, known) for path, known in rest.items()}
