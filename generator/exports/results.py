"""The rows of the tables on results: what was published of each promise and of the money, and what follows from it.

Only years with published results are in them: whether results are late depends on the day, and data must not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from generator.analysis import fulfilment, identity, scoring
from generator.content.corpus import DepartmentFolder, Document, ResultDocument
from generator.declaration import actual
from generator.declaration.quantity import Figure
from generator.declaration.reading import Reading
from generator.declaration.results import Result

Line: TypeAlias = tuple[str | int | Decimal | date | None, ...]
_NOTHING = Result.model_construct()  # of a promise that the results leave out


def results(folder: DepartmentFolder) -> Iterator[Line]:
    """Yield a row for every promise of a year that has results."""
    for document, found in _years(folder):
        published = {placed.key: placed.result for placed in found.results.results()}
        judged = fulfilment.of_declaration(folder, document, date.max, date.max)
        for position, placed in enumerate(document.declaration.indicators(), 1):
            key = identity.key(placed)
            result, state = published.get(key, _NOTHING), judged[key]
            reached = actual.read(result.actual, placed.indicator.target_value) if result.actual else None
            read = reached.reading if reached else None
            reading = read if read and read.baseline is None else Reading()
            yield (
                *(folder.address, document.year, position, *key, placed.indicator.target_value),
                *(result.actual, reading.number, reading.unit),
                *(state.state.name.lower().replace("_", " "), state.reason, state.attainment),
                *(_number(result.weight), _number(result.score)),
                *(_number(result.reviewed_score), result.reason),
                identity.anchor(placed),
            )


def money(folder: DepartmentFolder) -> Iterator[Line]:
    """Yield a row for every row of the money of a year that has results."""
    for document, found in _years(folder):
        money_ = found.results.money
        rows = {"年度资金总额": money_.total, **money_.parts} if money_ else {}
        for label, row in rows.items():
            computed = next((scoring.percent(share) for _, share in scoring.rates_of(row)), None)
            yield (
                *(folder.address, document.year, label),
                *(_number(row.initial), _number(row.adjusted), _number(row.executed)),
                *(str(row.rate) if row.rate else None, computed, _number(row.weight), _number(row.score)),
            )


def _years(folder: DepartmentFolder) -> Iterator[tuple[Document, ResultDocument]]:
    for document in folder.documents:
        if found := folder.results_of(document.year):
            yield document, found


def _number(figure: Figure[Decimal] | None) -> Decimal | None:
    return None if figure is None else figure.value
