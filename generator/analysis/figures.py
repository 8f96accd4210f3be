"""Totals, shares and counts of a declaration, all in Decimal; every computed figure of the site comes from here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Literal

from generator.declaration import fields
from generator.declaration.fields import budget_lines
from generator.declaration.model import Declaration
from generator.declaration.quantity import Amount, Count

Outcome = Literal["holds", "fails", "cannot tell"]


CENT = Decimal("0.01")


def rounded(value: Decimal, unit: Decimal = CENT) -> Decimal:
    """Round half up (四舍五入), the one rounding of this site: 0.125 → 0.13, -0.125 → -0.13."""
    return value.quantize(unit, ROUND_HALF_UP)


def money(value: Decimal) -> str:
    """Print 元 with two decimals and separators: 5,513,159.84."""
    return f"{rounded(value):,}"


def in_wan(value: Decimal) -> str:
    """Print an amount in 元 as 万元 with two decimals, rounded half up: 5513159.84 → 551.32."""
    return f"{rounded(value / 10_000):,}"


def shares(parts: list[Decimal]) -> list[Decimal] | None:
    """Return each part's share in percent, two decimals, adding up to exactly 100.00; None if all are zero.

    Largest-remainder method (Hamilton): round all down, then give the missing hundredths to the largest
    remainders; of equal remainders the earlier part gets it.
    """
    total = sum(parts)
    if not total:
        return None
    exact = [part * 100 / total for part in parts]
    floors = [share.quantize(CENT, ROUND_DOWN) for share in exact]
    missing = int((100 - sum(floors)) / CENT)
    by_remainder = sorted(range(len(parts)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_remainder[:missing]:
        floors[i] += CENT
    return floors


def percent(part: int, whole: int) -> Decimal | None:
    """Return what `part` is of `whole` in whole percent, rounded half up; None of nothing: 1 of 8 → 13."""
    return rounded(Decimal(part) * 100 / whole, Decimal(1)) if whole else None


def budget_shares(declaration: Declaration) -> dict[str, Decimal]:
    """Return the shares of the budget's lines in percent of the sum of their division, by label, where known.

    They are unknown for a division of which a stated line has no number, or all are zero. The total's is 100.00
    where the shares of the sources are known.
    """
    found: dict[str, Decimal] = {}
    for division, group in groupby(budget_lines(declaration), key=lambda line: line[0].division):
        stated = {field.label: amount.value for field, amount in group if amount is not None}
        values = [value for value in stated.values() if value is not None]
        known = shares(values) if division != "合计" and len(values) == len(stated) else None
        found |= zip(stated, known or [], strict=False)
    whole = {"部门整体预算总额": Decimal("100.00")} if "财政拨款" in found else {}
    return whole | found


def adds_up(total: Amount, parts: list[Amount | None]) -> tuple[Outcome, Decimal]:
    """Check parts against their total to the cent; second comes the sum of the stated parts, in 元.

    An absent part counts as nothing; a part or total without a number (未公开, 见附件) leaves it open, unless
    the stated parts alone exceed the total.
    """
    given = [part for part in parts if part is not None]
    stated = sum((part.value for part in given if part.value is not None), Decimal(0))
    if total.value is None:
        return "cannot tell", stated
    if any(part.value is None for part in given):
        return ("fails" if stated > total.value else "cannot tell"), stated
    return ("holds" if stated == total.value else "fails"), stated


def indicators_by_heading(declaration: Declaration) -> dict[tuple[str, str], int]:
    """Count the indicators under each (first-level, second-level) heading that has any, in form order."""
    return dict(Counter((i.first_level, i.second_level) for i in declaration.indicators()))


def measurable(declaration: Declaration) -> int:
    """Count the indicators whose target value states a number."""
    return sum(i.indicator.reading.measurable for i in declaration.indicators())


def whole(amounts: dict[str, tuple[Amount, str | None]]) -> tuple[Decimal, list[str], list[str]]:
    """Add up departments' totals of one year, in 元, counting nothing twice.

    `amounts` holds by department address its total and the address of the department whose 汇总 includes it. A
    department is left out when that one is among them. Returns the sum, the addresses left out because they
    are in a 汇总, and those without a number, which no sum can hold.
    """
    included = [a for a, (_, parent) in amounts.items() if parent in amounts and parent != a]
    unknown = [a for a, (amount, _) in amounts.items() if a not in included and amount.value is None]
    counted = [amount.value for a, (amount, _) in amounts.items() if a not in included and amount.value is not None]
    return sum(counted, Decimal(0)), included, unknown


def days_to_publication(declaration: Declaration) -> int | None:
    """Count the calendar days from approval to publication (预算法 art. 14: within 20); None if a date is missing."""
    source = declaration.source
    if source is None or source.approved is None or source.published is None:
        return None
    return (source.published - source.approved).days


@dataclass(frozen=True)
class FigureChange:
    """A figure of the form in two years: as printed in each (None: absent) and the difference of the numbers.

    `percent` is the difference in percent of the old number, two decimals, rounded half up; None when a number is
    missing or the old one is zero.
    """

    label: str
    old: Amount | Count | None
    new: Amount | Count | None
    difference: Decimal | None
    percent: Decimal | None

    @property
    def changed(self) -> bool:
        """Tell whether the number, or the words in its place, changed."""
        return self.difference != 0 if self.difference is not None else str(self.old) != str(self.new)


def changes(old: Declaration, new: Declaration) -> list[FigureChange]:
    """Compare every figure of the form, in its order; labels are the form's."""
    before, after = ({field.path: value for field, value in fields.figures(d)} for d in (old, new))
    return [_change(path[-1], before.get(path), after.get(path)) for path in dict.fromkeys([*after, *before])]


def _change(label: str, old: Amount | Count | None, new: Amount | Count | None) -> FigureChange:
    if old is None or new is None or old.value is None or new.value is None:
        return FigureChange(label, old, new, None, None)
    difference = Decimal(new.value) - Decimal(old.value)
    percent = rounded(difference * 100 / Decimal(old.value)) if old.value else None
    return FigureChange(label, old, new, difference, percent)
