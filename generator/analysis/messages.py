"""What figures say in a few words, for the titles of charts: only what is exactly true of the exact figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from generator.analysis import figures
from generator.declaration.fields import budget_lines
from generator.declaration.model import Declaration

# Shares that readers know by name; a share at most a point of a percent away is said as more or less than it.
_NAMED = {
    Fraction(1, 10): "十分之一",
    Fraction(1, 5): "五分之一",
    Fraction(1, 4): "四分之一",
    Fraction(1, 3): "三分之一",
    Fraction(1, 2): "一半",
    Fraction(2, 3): "三分之二",
    Fraction(3, 4): "四分之三",
    Fraction(4, 5): "五分之四",
    Fraction(9, 10): "十分之九",
}
_NEAR = Fraction(1, 100)


def share(label: str, part: Decimal, whole: Decimal, percent: Decimal) -> str:
    """Say what a part is of the budget: 项目支出超过预算的四分之一.

    `part` and `whole` (more than 0) are in 元; `percent` is the share as the page prints it, for one without a name.
    """
    if not part:
        return f"预算里没有{label}"
    if part == whole:
        return f"预算全部是{label}"
    exact = Fraction(part) / Fraction(whole)
    named = min(_NAMED, key=lambda fraction: abs(fraction - exact))
    if exact == named:
        return f"{label}占预算的{_NAMED[named]}"
    if abs(exact - named) <= _NEAR:
        return f"{label}超过预算的{_NAMED[named]}" if exact > named else f"{label}不到预算的{_NAMED[named]}"
    return f"{label}{'' if exact * 100 == percent else '约'}占预算的 {percent}%"


def budget(declaration: Declaration) -> str | None:
    """Say what the budget is spent on; None unless it is divided by structure to the cent.

    The line that is named is 项目支出; of a budget without that line the first that is stated.
    """
    lines = {field.label: amount for field, amount in budget_lines(declaration) if field.division == "资金结构"}
    total, parts = declaration.budget.total, list(lines.values())
    if not total.value or figures.adds_up(total, parts)[0] != "holds":
        return None
    stated = {label: amount.value for label, amount in lines.items() if amount is not None and amount.value is not None}
    label = "项目支出" if "项目支出" in stated else next(iter(stated))
    return share(label, stated[label], total.value, figures.budget_shares(declaration)[label])


def promises(every: int, numbers: int) -> str:
    """Say how many of a declaration's indicators (at least one) can be measured: their target value has a number."""
    words = every - numbers
    if not words:
        return f"{every} 项指标的目标值都写明了数字"
    if not numbers:
        return f"{every} 项指标都不能用数字衡量"
    return f"{every} 项指标中 {words} 项不能用数字衡量"


def difference(earlier: int, later: int, change: figures.FigureChange) -> str:
    """Say what became of the budget from one year to a later one: 2024年预算比2023年增加 0.93%."""
    if change.difference is None:
        return f"{later}年与{earlier}年的预算无法比较"
    if not change.difference:
        return f"{later}年预算与{earlier}年相同"
    rose = "增加" if change.difference > 0 else "减少"
    by = f"{figures.money(abs(change.difference))} 元" if not change.percent else f"{abs(change.percent)}%"
    return f"{later}年预算比{earlier}年{rose} {by}"


def lasting(targets: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Return the target values of a promise, given by year, oldest first, as stretches: first year, last year, value.

    Neighbours with the same value to the letter come together, also over years without a declaration.
    """
    found: list[tuple[int, int, str]] = []
    for year, target in targets:
        if found and found[-1][2] == target:
            found[-1] = (found[-1][0], year, target)
        else:
            found.append((year, year, target))
    return found
