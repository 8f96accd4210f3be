"""What readers can search for: every promise, duty, goal, task, statement, department and term is one entry.

A text that stands in several years is one entry, which leads to the newest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from generator.analysis import coverage, identity, kinds
from generator.analysis.fulfilment import State
from generator.analysis.ledger import Promise
from generator.analysis.themes import Theme
from generator.content.corpus import DepartmentFolder, Document
from generator.declaration import glossary
from generator.declaration.fields import FIGURES
from generator.exports.dossier import Dossier


class Kind(StrEnum):
    """What an entry is; the values are what readers see."""

    INDICATOR = "指标"
    TASK = "重点任务"
    GOAL = "履职目标"
    DUTY = "部门职责"
    STATEMENT = "文字要求"
    ANSWER = "说明事项"
    DECLARATION = "申报表"
    DEPARTMENT = "部门"
    TERM = "名词"
    THEME = "主题"
    PAGE = "网页"


class Entry(NamedTuple):
    """One thing that can be found: `text` is searched beside the title, `address` leads to its place on the site.

    A paragraph has no title. `former` are titles that it had; `target` and `verdict` are those of the newest year,
    `outcome` is the newest year of the promise whose results are published, and what became of it then.
    """

    kind: Kind
    title: str
    text: str
    address: str
    years: tuple[int, ...] = ()
    former: tuple[str, ...] = ()
    target: str = ""
    verdict: kinds.Kind | None = None
    outcome: tuple[int, State] | None = None


def names(folder: DepartmentFolder) -> list[str]:
    """Return the names that a department had, the present one first."""
    known = [folder.department.name, *(renaming.former_name for renaming in folder.department.renamings)]
    return list(dict.fromkeys([*known, *(document.declaration.department_name for document in folder.documents)]))


def of_site(themes: Iterable[Theme]) -> list[Entry]:
    """Return the entries of the site itself, which belong to no department; `themes` are those with a page."""
    return [*_terms(), *map(_theme, themes), *_PAGES]


_PAGES = [
    Entry(Kind.PAGE, "主题", "跨部门比较同一类承诺：谁要求最低，谁多年不变", "themes/"),
    Entry(Kind.PAGE, "年度", "每年全部部门的申报表、没有公布的部门、放宽和取消的指标", "years/"),
    Entry(Kind.PAGE, "开放数据", "下载全部数据：CSV、Excel、SQLite、JSON 接口", "data/"),
    Entry(Kind.PAGE, "关于本站", "数据从哪里来，目标的变化和是否做到怎样判断", "about/"),
    Entry(Kind.PAGE, "检查规则", "申报表和结果按哪些规则检查", "rules/"),
]


def _theme(theme: Theme) -> Entry:
    return Entry(Kind.THEME, theme.name, f"跨部门比较：{'、'.join(theme.words)}", f"themes/{theme.slug}/")


def of_department(known: Dossier) -> list[Entry]:
    """Return the entries of a department."""
    return list(_department(known))


def _terms() -> Iterator[Entry]:
    for term in glossary.TERMS:
        yield Entry(Kind.TERM, term.word, term.explanation, f"about/#{term.anchor}")
    for kind, meaning in kinds.DEFINITIONS.items():
        yield Entry(Kind.TERM, kind.value, meaning, f"about/#verdict-{kind.name.lower()}")
    for known, meaning in coverage.DEFINITIONS.items():
        yield Entry(Kind.TERM, known.value, meaning, "about/#coverage")


def _department(known: Dossier) -> Iterator[Entry]:
    folder, (name, *former) = known.folder, names(known.folder)
    # The headings of its targets: with each indicator they would be half of the index.
    headings = [
        f"{first}，{second}"
        for document in folder.documents
        for first, below in document.declaration.targets.items()
        for second in below
    ]
    years = tuple(document.year for document in folder.documents)
    yield Entry(Kind.DEPARTMENT, name, _joined(headings), f"{folder.address}/", years, tuple(former))
    for document in reversed(folder.documents):
        yield _declaration(document)
    for promise in known.promises:
        yield _promise(known, promise)
    yield from _paragraphs(folder)


def _declaration(document: Document) -> Entry:
    declaration = document.declaration
    figures = [f"{f.label} {known}" for f in FIGURES if (known := f.of(declaration)) is not None]
    title = f"{declaration.department_name} {document.year}年度"
    return Entry(Kind.DECLARATION, title, _joined(figures), f"{document.address}/", (document.year,))


def _promise(known: Dossier, promise: Promise) -> Entry:
    placed = [entry.placed for _, entry in sorted(promise.entries.items(), reverse=True)]
    words = [p.indicator.target_value for p in placed]
    words += [p.indicator.explanation for p in placed if p.indicator.explanation]
    verdict = promise.verdict(known.folder.documents[-1].year)
    return Entry(
        Kind.INDICATOR,
        promise.newest.name,
        _joined(words),
        f"{known.folder.address}/indicators/#{known.identifier(promise)}",
        tuple(sorted(promise.entries)),
        tuple(promise.names[1:]),
        promise.newest.indicator.target_value,
        verdict.kind if verdict else None,
        next(
            (
                (year, judged[identity.key(promise.entries[year].placed)].state)
                for year, judged in reversed(list(known.fulfilments.items()))
                if year in promise.entries
            ),
            None,
        ),
    )


def _paragraphs(folder: DepartmentFolder) -> Iterator[Entry]:
    """Yield every text that is no promise, the newest first."""
    years: dict[tuple[Kind, str, str], list[int]] = {}
    places: dict[tuple[Kind, str, str], str] = {}
    for document in reversed(folder.documents):
        for section, kind, title, text in _texts(document):
            found = years.setdefault((kind, title, text), [])
            if document.year not in found:
                found.append(document.year)
            places.setdefault((kind, title, text), f"{document.address}/#{section}")
    for (kind, title, text), declared in years.items():
        yield Entry(kind, title, text, places[kind, title, text], tuple(sorted(declared)))


def _texts(document: Document) -> Iterator[tuple[str, Kind, str, str]]:
    """Yield the texts of a declaration, each with its section on the page, kind and title."""
    declaration = document.declaration
    for first_level, headings in declaration.targets.items():
        for second_level, statement in headings.items():
            if isinstance(statement, str):
                yield "indicators", Kind.STATEMENT, f"{first_level} {second_level}", statement
    for task in declaration.tasks:
        yield "tasks", Kind.TASK, task.name, task.content
    for goal in declaration.annual_goals:
        yield "goals", Kind.GOAL, "", goal
    for duty in declaration.duties:
        yield "duties", Kind.DUTY, "", duty
    for answer in declaration.answers:
        yield "answers", Kind.ANSWER, answer.subject or answer.rule, answer.reason


def _joined(words: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(words))
