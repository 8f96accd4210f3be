"""The results of a year → the answer of /api/v1/results/DEPARTMENT/YEAR.json.

Only what was published is in it, and what follows from that: whether results are late depends on the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.analysis import identity
from generator.analysis.fulfilment import Fulfilment
from generator.content.corpus import Document, ResultDocument
from generator.declaration import actual, model
from generator.declaration import results as stated
from generator.declaration.model import PlacedIndicator
from generator.declaration.quantity import Figure
from generator.declaration.results import PlacedResult, Result
from generator.exports import provenance
from generator.exports.answers import Answer, PromiseResult, Source
from generator.exports.dossier import Dossier
from generator.exports.result_answers import (
    CategoryWeight,
    Goal,
    Measured,
    MoneyRow,
    Outcome,
    Printed,
    Progress,
    Results,
)

_NOTHING = Result.model_construct()  # of a promise that the results leave out


def results(found: ResultDocument, document: Document | None, known: Dossier, sample: str | None) -> Results:
    """Return the answer for a file of results; `document` is the declaration of its year, `known` the department's."""
    r = found.results
    return Results(
        department=known.folder.address,
        department_name=r.department_name,
        year=r.year,
        page=f"{found.address}/",
        sample=sample,
        evaluated=r.evaluated,
        published=r.published,
        money=_money(r.money),
        goals=_goals(r.goals),
        category_weights=[
            CategoryWeight(heading=heading, weight=_given(weight)) for heading, weight in r.category_weights.items()
        ],
        outcomes=list(_outcomes(r, document, known)) if r.published else [],
        total_score=_printed(r.total_score),
        grade=r.grade,
        conclusion=r.conclusion,
        problems=r.problems,
        measures=r.measures,
        scoring_note=r.scoring_note,
        progress=[_progress(part) for part in r.progress],
        source=_source(r.source),
        answers=[Answer(rule=a.rule, subject=a.subject, reason=a.reason) for a in r.answers],
        proof=provenance.answer(found),
    )


def of_promise(known: Dossier, document: Document, placed: PlacedIndicator) -> PromiseResult | None:
    """Return what was published of a promise in a year, None where no results are."""
    file = known.folder.results_of(document.year)
    if file is None:
        return None
    state = known.fulfilments[document.year][identity.key(placed)]
    result = next((p.result for p in file.results.results() if p.key == identity.key(placed)), _NOTHING)
    return PromiseResult(
        actual_published=result.actual,
        state=_name(state),
        state_reason=state.reason,
        attainment_percent=state.attainment,
    )


def _outcomes(r: stated.Results, document: Document | None, known: Dossier) -> Iterator[Outcome]:
    published = {placed.key: placed for placed in r.results()}
    states = known.fulfilments.get(r.year, {})
    for placed in document.declaration.indicators() if document else ():
        key = identity.key(placed)
        found = published.pop(key, PlacedResult(*key, _NOTHING))
        promise = known.identifier(known.promise_of(r.year, placed))
        target = placed.indicator.target_value
        yield _outcome(found, target, promise, identity.anchor(placed), states.get(key))
    for rest in published.values():
        yield _outcome(rest, None, None, None, None)


def _outcome(
    placed: PlacedResult, target: str | None, promise: str | None, anchor: str | None, state: Fulfilment | None
) -> Outcome:
    result = placed.result
    reached = actual.read(result.actual, target).reading if result.actual and target else None
    measured = reached if reached and reached.baseline is None else None
    return Outcome(
        first_level=placed.first_level,
        second_level=placed.second_level,
        name=placed.name,
        promise=promise,
        anchor=anchor,
        target_published=target,
        target_in_results=result.target_value,
        actual_published=result.actual,
        actual_number=measured and measured.number,
        actual_unit=measured and measured.unit,
        state=state and _name(state),
        state_reason=state and state.reason,
        attainment_percent=state and state.attainment,
        weight=_printed(result.weight),
        score=_printed(result.score),
        reviewed_score=_printed(result.reviewed_score),
        reason=result.reason,
    )


def _name(state: Fulfilment) -> str:
    return state.state.name.lower()


def _money(money: stated.Money | None) -> list[MoneyRow]:
    rows = {"年度资金总额": money.total, **money.parts} if money else {}
    names = stated.MoneyRow.model_fields
    return [
        MoneyRow(line=label, **{name: _printed(getattr(row, name)) for name in names}) for label, row in rows.items()
    ]


def _goals(goals: list[stated.Goal]) -> list[Goal]:
    return [Goal(expected=goal.expected, achieved=goal.achieved) for goal in goals]


def _progress(part: stated.Progress) -> Progress:
    return Progress(
        until=part.until,
        money=_money(part.money),
        goals=_goals(part.goals),
        outcomes=[
            Measured(
                first_level=p.first_level, second_level=p.second_level, name=p.name, actual_published=p.result.actual
            )
            for p in part.results()
        ],
        source=_source(part.source),
    )


def _source(source: model.Source | None) -> Source | None:
    if source is None:
        return None
    return Source(address=source.address, sha256=source.sha256, approved=source.approved, published=source.published)


def _given(figure: Figure[Decimal]) -> Printed:
    return Printed(published=figure.text, value=figure.value)


def _printed(figure: Figure[Decimal] | None) -> Printed | None:
    return None if figure is None else _given(figure)
