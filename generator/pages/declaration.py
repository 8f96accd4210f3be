"""What the page of one declaration shows: figures, shares, checks, charts and promises, ready for its template."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from hashlib import sha256
from itertools import groupby

from generator.analysis import figures, identity, messages, proof
from generator.analysis.identity import Key
from generator.analysis.ledger import Entry, Promise
from generator.content.corpus import Document
from generator.declaration import glossary
from generator.declaration.fields import budget_lines
from generator.declaration.model import Declaration, PlacedIndicator
from generator.declaration.quantity import Amount
from generator.pages.charts import Bar, Chart, Tone
from generator.pages.department import Timeline
from generator.pages.stacks import Stack, StackChart
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


@dataclass(frozen=True)
class Declared:
    """An indicator of the page as a promise: its life, and the entry of it in the declaration before, if any."""

    promise: Promise
    entry: Entry
    before: Entry | None


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
        "declared": declared(document, timeline),
        "budget_terms": [line.label for d in divisions for line in d.lines if line.label in glossary.BY_WORD],
        "budget_message": messages.budget(declaration),
        "budget_chart": budget_chart(declaration),
        "years_chart": _years_chart(document, timeline),
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


def declared(document: Document, timeline: Timeline) -> dict[Key, Declared]:
    """Return the life of every indicator of a declaration, by its key."""
    earlier = timeline.beside(document, -1)
    found = {}
    for promise in timeline.promises:
        if entry := promise.entries.get(document.year):
            before = promise.entries.get(earlier.year) if earlier else None
            found[identity.key(entry.placed)] = Declared(promise, entry, before)
    return found


_TONES = {"财政拨款": Tone.FISCAL, "基本支出": Tone.BASIC, "项目支出": Tone.PROJECT}


def budget_chart(declaration: Declaration) -> StackChart | None:
    """Draw the budget once, by source and by structure, unless not one of its parts is stated as a number."""
    divisions = [d for d in budget_divisions(declaration) if any(line.amount.value is not None for line in d.lines)]
    total = declaration.budget.total
    whole = str(total) if total.value is None else f"{total} 元"
    stacks = [
        Stack(
            f"按{division.heading}",
            whole,
            tuple(
                Bar(line.label, line.amount.value, _shown(line), _TONES.get(line.label, Tone.OTHER))
                for line in division.lines
            ),
        )
        for division in divisions
    ]
    title = messages.budget(declaration) or "预算总额和它的划分"
    return StackChart("chart-budget", title, tuple(stacks)) if stacks else None


def _years_chart(document: Document, timeline: Timeline) -> Chart | None:
    comparison = timeline.before(document)
    if comparison is None:
        return timeline.through_years("历年预算总额和指标")
    return timeline.through_years(messages.difference(comparison.old.year, document.year, comparison.total))


def _shown(line: BudgetLine) -> str:
    unit = "" if line.amount.value is None else " 元"
    share = "" if line.share is None else f" · {line.share}%"
    return f"{line.amount}{unit}{share}"


def indicator_chart(declaration: Declaration) -> StackChart | None:
    """Draw how many indicators stand under each second-level heading, and how many of them state a number."""
    stacks = []
    for heading in headings(declaration):
        every = len(heading.indicators)
        numbers = sum(placed.indicator.reading.measurable for placed in heading.indicators)
        parts = (
            Bar("写明数字", Decimal(numbers), f"{numbers} 项", Tone.NUMBER),
            Bar("文字要求", Decimal(every - numbers), f"{every - numbers} 项", 0),
        )
        stacks.append(Stack(heading.second_level, f"{every} 项中 {numbers} 项", parts))
    if not stacks:
        return None
    title = messages.promises(sum(1 for _ in declaration.indicators()), figures.measurable(declaration))
    legend = (("写明数字的指标", Tone.NUMBER), ("文字要求", None))
    return StackChart("chart-indicators", title, tuple(stacks), "类别", "其中写明数字", legend)


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
