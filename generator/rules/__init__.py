"""The rules that content must keep: small functions, a module a family.

A rule yields findings, or CannotTell where a figure is 未公开 (told as a notice): three outcomes, and silence
means that it holds. Its docstring is its public documentation (see documentation.py). Errors stop the build;
a warning wants a change or a reason (说明事项 in the declaration); a notice informs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import import_module
from itertools import islice, pairwise
from typing import NamedTuple, TypeAlias, TypeVar

from generator.analysis import identity
from generator.analysis.scoring import governing
from generator.content.corpus import Corpus, DepartmentFolder, Document, ResultDocument
from generator.content.yaml_reader import Tree
from generator.declaration.fields import BY_LABEL
from generator.declaration.model import Answer, PlacedIndicator
from generator.declaration.results import PlacedResult, Results
from generator.declaration.site import Scoring
from generator.diagnostics.model import Diagnostic, Edit, Mark, Severity
from generator.diagnostics.model import at_most as at_most_alike
from generator.rules.causes import one_of_a_place, without_consequences

MAX_FINDINGS = 100  # of one rule on one file

FAMILIES = {
    "arithmetic": "金额和人数",
    "agreement": "文字和表",
    "form": "表的结构",
    "indicators": "指标和目标值",
    "comparators": "比较符和限度",
    "slips": "输入和识别",
    "cells": "格子的内容",
    "history": "历年之间",
    "series": "同一指标的两年",
    "text": "文字",
    "publication": "公布和来源",
    "proof": "与原始文件核对",
    "results": "结果",
    "scores": "得分",
}


class Finding(NamedTuple):
    """What a rule has found: the place, a sentence and its repair; `subject` is the name that an answer must give.

    `alone`: until it is put right or answered, of its file nothing else is told but errors.
    """

    mark: Mark
    message: str
    repair: str
    edit: Edit | None = None
    subject: str | None = None
    alone: bool = False


class CannotTell(NamedTuple):
    """A rule that could not be applied here, and why."""

    mark: Mark
    why: str


Outcome: TypeAlias = Finding | CannotTell
Check: TypeAlias = Callable[[Corpus], Iterator[Outcome]]


@dataclass(frozen=True)
class Rule:
    """A registered rule; `documentation` is its docstring, `is_local`: it looks at one department at a time.

    `may_be_answered`: a reason under 说明事项 settles what it finds; of an error, one that names its subject.
    """

    code: str
    severity: Severity
    family: str
    documentation: str
    check: Check
    is_local: bool
    may_be_answered: bool


RULES: dict[str, Rule] = {}


def _register(
    code: str,
    severity: Severity,
    function: Callable[..., Iterator[Outcome]],
    check: Check,
    is_local: bool,
    may_be_answered: bool = False,
) -> None:
    assert code not in RULES, f"{code} is taken"
    family = function.__module__.rsplit(".", 1)[-1]
    may_be_answered = may_be_answered or severity is Severity.WARNING
    RULES[code] = Rule(code, severity, family, function.__doc__ or "", check, is_local, may_be_answered)


def rule(code: str, severity: Severity, *, is_local: bool = True) -> Callable[[Check], Check]:
    """Register a check under a code that is never used again for another rule.

    Unless it compares departments with each other it is given one at a time, and of the rest only the site.
    """

    def register(function: Check) -> Check:
        _register(code, severity, function, function, is_local)
        return function

    return register


def at_most(outcomes: Iterator[Outcome], most: int = MAX_FINDINGS) -> Iterator[Outcome]:
    """Yield the first `most` outcomes of a rule on one file, and then that there are more, once."""
    yield from islice(outcomes, most)
    if further := next(outcomes, None):
        repair = f"先处理前面的 {most} 处，再检查一次。"
        yield Finding(further.mark, f"这样的问题多于 {most} 处，其余的没有逐个列出。", repair)


@dataclass(frozen=True, eq=False)
class Case:
    """The results of a year with the declaration that they answer, if there is one, and the rules of scoring."""

    folder: DepartmentFolder
    file: ResultDocument
    document: Document | None
    scoring: Scoring | None

    @property
    def results(self) -> Results:
        """Return the results themselves."""
        return self.file.results

    @cached_property
    def pairs(self) -> tuple[tuple[PlacedIndicator, PlacedResult], ...]:
        """Return every promise that has a result, with the result, in the order of the results."""
        promises = {identity.key(p): p for p in self.document.declaration.indicators()} if self.document else {}
        return tuple((promises[placed.key], placed) for placed in self.results.results() if placed.key in promises)


OfDocument: TypeAlias = Callable[[Document], Iterator[Outcome]]
OfFile: TypeAlias = Callable[[Document | ResultDocument], Iterator[Outcome]]
OfResults: TypeAlias = Callable[["Case"], Iterator[Outcome]]
OfYears: TypeAlias = Callable[[DepartmentFolder, Document, Document], Iterator[Outcome]]


def document_rule(code: str, severity: Severity) -> Callable[[OfDocument], OfDocument]:
    """Register a check of each declaration."""
    return _of_each(code, severity, lambda corpus: ((document,) for document in corpus.documents))


def file_rule(code: str, severity: Severity, may_be_answered: bool = False) -> Callable[[OfFile], OfFile]:
    """Register a check of each declaration and of each file of results."""
    return _of_each(code, severity, lambda corpus: ((file,) for file in corpus.files), may_be_answered)


def results_rule(code: str, severity: Severity) -> Callable[[OfResults], OfResults]:
    """Register a check of the results of each year against their declaration."""
    return _of_each(code, severity, _cases)


@lru_cache(1)  # the same for one rule after the other
def _cases(corpus: Corpus) -> list[tuple[Case]]:
    return [
        (Case(folder, file, folder.document_of(file.year), governing(file.results, corpus.site.scoring)),)
        for folder in corpus.departments
        for file in folder.results
    ]


def years_rule(code: str, severity: Severity) -> Callable[[OfYears], OfYears]:
    """Register a check of each declaration (third) against the one before it (second)."""

    def pairs(corpus: Corpus) -> Iterator[tuple[DepartmentFolder, Document, Document]]:
        return ((f, earlier, later) for f in corpus.departments for earlier, later in pairwise(f.documents))

    return _of_each(code, severity, pairs)


Given = TypeVar("Given", bound=Callable[..., Iterator[Outcome]])


def _of_each(
    code: str,
    severity: Severity,
    things: Callable[[Corpus], Iterable[tuple[object, ...]]],
    may_be_answered: bool = False,
) -> Callable[[Given], Given]:
    """Register a check that is given one thing of the content at a time, as its arguments."""

    def register(function: Given) -> Given:
        def check(corpus: Corpus) -> Iterator[Outcome]:
            return (outcome for given in things(corpus) for outcome in at_most(function(*given)))

        _register(code, severity, function, check, is_local=True, may_be_answered=may_be_answered)
        return function

    return register


def load() -> dict[str, Rule]:
    """Return all rules by code."""
    for family in FAMILIES:
        import_module(f"generator.rules.{family}")  # importing registers
    return RULES


def compared(corpus: Corpus, only: str | None = None) -> set[str]:
    """Return the addresses of the departments whose declarations the rules of the whole look at.

    They hold a department against those that it includes, and against those of the same name. With `only`, those that
    are held against that department, itself included.
    """
    groups: list[set[str | None]] = [{f.address, f.department.parent} for f in corpus.departments]
    called: dict[str, set[str | None]] = {}
    for folder in corpus.departments:
        called.setdefault(plain_name(folder.department.name), set()).add(folder.address)
    groups += called.values()
    groups = [group - {None} for group in groups]
    return {a for group in groups if len(group) > 1 and only in (None, *group) for a in group if a}


def plain_name(name: str) -> str:
    """Return a department's name without what does not tell it from another: spaces and （汇总）."""
    return re.sub(r"\s|[(（]汇总[)）]", "", name)


def of_whole(corpus: Corpus) -> list[Diagnostic]:
    """Apply the rules that compare departments with each other, and to site.yaml those that look at one file."""
    site = replace(corpus, departments=())
    parts = ((rule, site if rule.is_local else corpus) for rule in _in_order())
    return [_diagnostic(rule, outcome) for rule, part in parts for outcome in rule.check(part)]


def of_department(corpus: Corpus) -> list[Diagnostic]:
    """Apply the rules that look at one department at a time to the only one of the corpus.

    What a file answers under 说明事项 is settled and left out; an answer to nothing is F210. What is not as printed is
    told as that alone: put right, it may be sound.
    """
    part = replace(corpus, tree=Tree(corpus.tree.file))
    answers = {file.label: file.answers for file in corpus.files if file.answers}
    made: list[Diagnostic] = []
    settled: dict[Diagnostic, Answer] = {}
    applied = ((rule, outcome) for rule in _in_order() if rule.is_local for outcome in rule.check(part))
    alone: set[Diagnostic] = set()
    mistyped: set[str] = set()  # files with a figure that is not as printed, which nothing else can be judged by
    for of_rule, outcome in applied:
        made.append(diagnostic := _diagnostic(of_rule, outcome))
        if answer := _answer(of_rule, outcome, diagnostic, answers.get(diagnostic.mark.file, [])):
            settled[diagnostic] = answer
        elif isinstance(outcome, Finding):
            if outcome.alone:
                alone.add(diagnostic)
            if of_rule.code == "D101" and outcome.subject in BY_LABEL:
                mistyped.add(diagnostic.mark.file)
    used = {(d.mark.file, id(answer)) for d, answer in settled.items()}
    idle = [
        _idle(file, place, answer)
        for file in corpus.files
        for place, answer in enumerate(file.answers)
        if (file.label, id(answer)) not in used and not _is_open(file, answer)
    ]
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in idle:
        by_file.setdefault(diagnostic.mark.file, []).append(diagnostic)
    told = without_consequences([d for d in made if d not in settled], alone, mistyped)
    return one_of_a_place(told) + [d for here in by_file.values() for d in at_most_alike(here)]


def _in_order() -> list[Rule]:
    return [rule for _, rule in sorted(load().items())]


def _diagnostic(rule: Rule, outcome: Outcome) -> Diagnostic:
    if isinstance(outcome, CannotTell):
        message, repair = f"无法核对：{outcome.why}。", "未公开的不要补造；原表有数字的，照录。"
        return Diagnostic(outcome.mark, rule.code, Severity.NOTICE, message, repair)
    return Diagnostic(outcome.mark, rule.code, rule.severity, outcome.message, outcome.repair, outcome.edit)


def _answer(rule: Rule, outcome: Outcome, finding: Diagnostic, answers: list[Answer]) -> Answer | None:
    if isinstance(outcome, CannotTell) or not rule.may_be_answered:
        return None
    own = (answer for answer in answers if answer.rule == rule.code)
    if outcome.subject is not None:
        return next((answer for answer in own if answer.subject == outcome.subject), None)
    return next((answer for answer in own if answer.subject is None or names(finding.message, answer.subject)), None)


def _is_open(file: Document | ResultDocument, answer: Answer) -> bool:
    """Tell an answer to a difference from a document that could not be read here, so that nobody knows of it."""
    was_read = file.registered is not None and bool(file.registered.stated)
    return answer.rule in RULES and RULES[answer.rule].family == "proof" and not was_read


def names(message: str, subject: str) -> bool:
    """Tell whether a message speaks of `subject`: the whole name in quotes, or words that stand by themselves."""
    return f"“{subject}”" in message or bool(
        re.search(rf"(?<![^\s，。：；]){re.escape(subject)}(?![^\s，。：；])", message)
    )


def _idle(file: Document | ResultDocument, place: int, answer: Answer) -> Diagnostic:
    known = answer.rule in RULES and RULES[answer.rule].may_be_answered
    why = "现在没有这样的警告" if known else "没有这个编号的警告"
    mark = file.tree.value("说明事项", place, "规则")
    repair = "删去这一项，或改正“规则”和“对象”。"
    return Diagnostic(mark, "F210", Severity.WARNING, f"对 {answer.rule} 的说明没有对应的警告：{why}。", repair)
