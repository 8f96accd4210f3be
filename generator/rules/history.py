"""From one year to the next."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.corpus import Corpus, Document
from generator.diagnostics import Diagnostic, Severity
from generator.rules import rule

ALIKE = 0.8  # of the letters of both names, in order


@rule("H701", Severity.NOTICE)
def probable_rename(corpus: Corpus) -> Iterator[Diagnostic]:
    """指标改名的，新一年应登记“原名”，历年的目标值才接得上。

    系统不替人猜：名称不同就当作两个指标。名称很像、一个消失一个新出现的，在这里提出，由编辑人员决定。
    """
    for folder in corpus.departments:
        for earlier, later in zip(folder.documents, folder.documents[1:], strict=False):
            yield from _between(earlier, later)


def _between(earlier: Document, later: Document) -> Iterator[Diagnostic]:
    before = {placed.path: placed for placed in earlier.declaration.indicators()}
    after = {placed.path: placed for placed in later.declaration.indicators()}
    gone = [placed for path, placed in before.items() if path not in after]
    named = {(*path[:-1], placed.indicator.former_name) for path, placed in after.items()}
    for path, placed in after.items():
        if path in before or placed.indicator.former_name:
            continue
        candidates = [old for old in gone if old.path[:-1] == path[:-1] and old.path not in named]
        likeness = [SequenceMatcher(None, old.name, placed.name).ratio() for old in candidates]
        if max(likeness, default=0.0) < ALIKE:
            continue
        best = candidates[likeness.index(max(likeness))]
        yield Diagnostic(
            later.tree.key(*path),
            "H701",
            Severity.NOTICE,
            f"“{placed.name}”是新指标，{earlier.year} 年的“{best.name}”不见了：是不是改了名？",
            f"是改名的，在这个指标下写“指标目标值: {placed.indicator.target_value}”和“原名: {best.name}”；"
            "不是的，不用改。",
        )
