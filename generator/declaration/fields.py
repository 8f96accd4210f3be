"""The figures of the form, read off the model: label, place in the file, unit, division of the budget.

Whoever lists the form's figures (tables, comparisons, the official layout, rules) lists these, in the form's order;
a figure added to the model is in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.declaration.model import Budget, Declaration, Section
from generator.declaration.quantity import Amount, Count, Unit


@dataclass(frozen=True)
class Field:
    """A figure of the form.

    `path` holds the keys that lead to it in the YAML file, `names` the attributes of the model; `unit` is 元 for an
    amount; `division` is 合计, 资金来源 or 资金结构 for a line of the budget, None for any other figure.
    """

    label: str
    path: tuple[str, ...]
    names: tuple[str, ...]
    unit: str
    division: str | None

    @property
    def part(self) -> str:
        """Return the part of the form that it stands in: 基本情况 (above the budget), 预算情况, 年末情况 (below it)."""
        if self.division:
            return "预算情况"
        budget = next(place for place, field in enumerate(FIGURES) if field.division)
        return "基本情况" if FIGURES.index(self) < budget else "年末情况"

    def of(self, declaration: Declaration) -> Amount | Count | None:
        """Return the figure in a declaration, None where the form has no such line."""
        found: Any = declaration
        for name in self.names:
            found = getattr(found, name)
        return found  # type: ignore[no-any-return]


def _fields(model: type[Section], path: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        label = info.alias or name
        here, kinds = ((*path, label), (*names, name)), _kinds(info.annotation)
        if kinds & {Amount, Count}:
            division = ("合计" if len(path) == 1 else path[-1]) if path else None
            yield Field(label, *here, _unit(info), division)
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, Section):
                yield from _fields(kind, *here)


def _kinds(annotation: Any) -> set[Any]:
    return set(get_args(annotation)) if get_origin(annotation) in (Union, UnionType) else {annotation}


def _unit(info: FieldInfo) -> str:
    return next((known.name for known in info.metadata if isinstance(known, Unit)), "元")


_DIVISIONS = {info.alias: name for name, info in Budget.model_fields.items() if _kinds(info.annotation) - {Amount}}
FIGURES = tuple(_fields(Declaration, (), ()))
BY_LABEL = {field.label: field for field in FIGURES}


def figures(declaration: Declaration) -> list[tuple[Field, Amount | Count | None]]:
    """Return every figure of the form with its value in a declaration, in the form's order.

    Lines of the budget that only some places print (其他项目) stand behind those of their division.
    """
    found: list[tuple[Field, Amount | Count | None]] = []
    for division, group in groupby(FIGURES, key=lambda field: field.division):
        fields = list(group)
        found += [(field, field.of(declaration)) for field in fields]
        if division in _DIVISIONS:
            path = (*fields[0].path[:-1], "其他项目")
            further: Mapping[str, Amount] = getattr(declaration.budget, _DIVISIONS[division]).further
            found += [(Field(label, (*path, label), (), "元", division), v) for label, v in further.items()]
    return found


def budget_lines(declaration: Declaration) -> list[tuple[Field, Amount | None]]:
    """Return the lines of the budget with their amounts, the total first, None where the form has no such line."""
    return [(f, v) for f, v in figures(declaration) if f.division and not isinstance(v, Count)]
