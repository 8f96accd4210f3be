"""What the page of one declaration shows: figures, shares, checks and charts, ready for its template."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from hashlib import sha256
from itertools import groupby

from generator.analysis import figures, proof
from generator.content.corpus import Document
from generator.declaration.fields import budget_lines
from generator.declaration.model import Declaration, PlacedIndicator
from generator.declaration.quantity import Amount
from generator.pages.charts import Bar, BarChart
from generator.pages.department import Timeline
from generator.rules.proof import reasons


@dataclass(frozen=True)
class BudgetLine:
    """A line of the budget table: its label, the amount as printed, its share in percent where it can be told."""

    label: str
    amount: Amount
    share: Decimal | None


@dataclass(frozen=True)
class BudgetDivision:
    """One way of dividing the total, by source or by structure, and whether it adds up to the cent."""

    heading: str
    lines: tuple[BudgetLine, ...]
    outcome: figures.Outcome


@dataclass(frozen=True)
class Heading:
    """A second-level heading with the indicators under it."""

    first_level: str
    second_level: str
    indicators: tuple[PlacedIndicator, ...]


def context(document: Document, timeline: Timeline) -> dict[str, object]:
    """Return everything that the template of a declaration page names."""
    declaration = document.declaration
    divisions = budget_divisions(declaration)
    indicators = list(declaration.indicators())
    known = proof.of(document)
    return {
        "document": document,
        "comparison": timeline.before(document),
        "earlier": timeline.beside(document, -1),
        "later": timeline.beside(document, 1),
        "baseline": partial(timeline.baseline, document),
        "declaration": declaration,
        "divisions": divisions,
        "headings": headings(declaration),
        "statements": merged_statements(declaration),
        "indicators": indicators,
        "measurable": figures.measurable(declaration),
        "has_weight": any(i.indicator.weight is not None for i in indicators),
        "has_explanation": any(i.indicator.explanation is not None for i in indicators),
        "budget_charts": [
            chart for division in divisions if (chart := budget_chart(division, declaration.budget.total.value))
        ],
        "indicator_chart": indicator_chart(declaration),
        "source_sha256": source_sha256(document),
        "proof": known,
        "proof_reasons": reasons(known, declaration.answers),
        "days_to_publication": figures.days_to_publication(declaration),
        "title": f"{declaration.department_name} {declaration.year}年度 绩效目标",
    }


def budget_divisions(declaration: Declaration) -> list[BudgetDivision]:
    """Divide the budget by source and by structure, each with shares of its own sum."""
    lines = groupby(budget_lines(declaration)[1:], key=lambda line: line[0].division)
    return [_division(declaration, str(d), {field.label: amount for field, amount in group}) for d, group in lines]


def _division(declaration: Declaration, heading: str, parts: dict[str, Amount | None]) -> BudgetDivision:
    stated = [(label, amount) for label, amount in parts.items() if amount is not None]
    shares = figures.budget_shares(declaration)
    outcome, _ = figures.adds_up(declaration.budget.total, list(parts.values()))
    return BudgetDivision(
        heading, tuple(BudgetLine(label, amount, shares.get(label)) for label, amount in stated), outcome
    )


def budget_chart(division: BudgetDivision, total: Decimal | None) -> BarChart | None:
    """Draw a division of the budget against its total, unless not one of its parts is stated as a number."""
    if all(line.amount.value is None for line in division.lines):
        return None
    bars = [
        Bar(line.label, line.amount.value, _shown(line), 1 + place % 4) for place, line in enumerate(division.lines)
    ]
    identity = {"资金来源": "chart-sources", "资金结构": "chart-structure"}[division.heading]
    return BarChart(identity, f"预算按{division.heading}划分", tuple(bars), of=total)


def _shown(line: BudgetLine) -> str:
    unit = "" if line.amount.value is None else " 元"
    share = "" if line.share is None else f" · {line.share}%"
    return f"{line.amount}{unit}{share}"


def indicator_chart(declaration: Declaration) -> BarChart | None:
    """Draw how many indicators stand under each second-level heading."""
    counts = figures.indicators_by_heading(declaration)
    tones = {first: 1 + place % 4 for place, first in enumerate(dict.fromkeys(first for first, _ in counts))}
    bars = [Bar(second, Decimal(n), f"{n} 项", tones[first]) for (first, second), n in counts.items()]
    return BarChart("chart-indicators", "绩效指标按类别的项数", tuple(bars), "类别", "项数") if bars else None


def headings(declaration: Declaration) -> list[Heading]:
    """Return the second-level headings that have indicators, in form order."""
    return [
        Heading(first, second, tuple(group))
        for (first, second), group in groupby(declaration.indicators(), key=lambda i: (i.first_level, i.second_level))
    ]


def merged_statements(declaration: Declaration) -> list[tuple[str, list[str], str | None]]:
    """Return headings without indicators as (first level, second levels, statement or None).

    Neighbours with the same statement come together: on the form it is one merged cell.
    """
    without = [
        (first, second, entry)
        for first, seconds in declaration.targets.items()
        for second, entry in seconds.items()
        if not isinstance(entry, dict)
    ]
    return [
        (first, [second for _, second, _ in group], statement)
        for (first, statement), group in groupby(without, key=lambda e: (e[0], e[2]))
    ]


def source_sha256(document: Document) -> str | None:
    """Return the SHA-256 of the source document as it lies in content/, if there is one."""
    file = document.source_file
    return sha256(file.read_bytes()).hexdigest() if file else None
