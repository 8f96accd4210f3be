"""The rules that a content must keep: pure functions of the corpus, one small module a family.

A rule yields findings; what it cannot tell (a figure 未公开) it passes over. Its docstring is its public
documentation: what it expects, then why it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity

Check = Callable[[Corpus], Iterator[Diagnostic]]


@dataclass(frozen=True)
class Rule:
    """A registered rule."""

    code: str
    severity: Severity
    check: Check


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity) -> Callable[[Check], Check]:
    """Register a check under a code that is never used again for another rule."""

    def register(check: Check) -> Check:
        assert code not in RULES, f"{code} is taken"
        RULES[code] = Rule(code, severity, check)
        return check

    return register


def run(corpus: Corpus) -> list[Diagnostic]:
    """Apply every rule to the corpus."""
    from generator.rules import arithmetic, form, history, publication  # noqa: F401  (importing registers)

    return [finding for code in sorted(RULES) for finding in RULES[code].check(corpus)]
