"""Sums, to the cent."""

from __future__ import annotations

from collections.abc import Iterator

from generator.corpus import Corpus, Document
from generator.diagnostics import Diagnostic, Severity, error
from generator.figures import adds_up, money
from generator.quantity import Amount
from generator.rules import rule


@rule("A401", Severity.ERROR)
def sources_add_up(corpus: Corpus) -> Iterator[Diagnostic]:
    """财政拨款与其他资金之和应等于部门整体预算总额，精确到分。

    读者首先核对合计；一分钱的差错也会使人怀疑全表。
    """
    for document in corpus.documents:
        sources = document.declaration.budget.sources
        yield from _sum(document, "A401", "资金来源", [sources.appropriation, sources.other])


@rule("A402", Severity.ERROR)
def structure_adds_up(corpus: Corpus) -> Iterator[Diagnostic]:
    """基本支出与项目支出之和应等于部门整体预算总额，精确到分。

    按来源和按结构是同一笔钱的两种分法，合计必须相同。
    """
    for document in corpus.documents:
        structure = document.declaration.budget.structure
        yield from _sum(document, "A402", "资金结构", [structure.basic, structure.project])


def _sum(document: Document, code: str, heading: str, parts: list[Amount | None]) -> Iterator[Diagnostic]:
    total = document.declaration.budget.total
    outcome, stated = adds_up(total, parts)
    if outcome == "fails" and total.value is not None:
        yield error(
            document.tree.key("预算情况", heading),
            code,
            f"“{heading}”各项合计 {money(stated)} 元，与预算总额 {total} 元"
            f"相差 {money(abs(stated - total.value))} 元。",
            "对照原表改正写错的一项。",
        )
