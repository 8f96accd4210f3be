"""What a change of content/ means to readers, as Markdown for a pull request.

Both sides are read by the same code as the site; a side that is a git revision comes out of git's objects, so
nothing is checked out. A change that no reader sees (layout, comments) is no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from generator import git
from generator.analysis import change_log, compare
from generator.analysis.change_log import Correction
from generator.content.corpus import Corpus, Document
from generator.diagnostics.model import Diagnostic, Severity


class UnknownRevisionError(ValueError):
    """There is no such revision, or it has no content folder."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what was read and what is wrong with it."""

    corpus: Corpus
    diagnostics: list[Diagnostic]


@dataclass(frozen=True)
class Report:
    """The Markdown, and the problems that the change brings (errors and unanswered warnings)."""

    markdown: str
    new_problems: list[Diagnostic]


def extract(content: Path, revision: str, into: Path) -> Path:
    """Write the content folder as it is in a git revision below `into`; returns the folder."""
    folder = into / content.resolve().name
    try:
        git.extract(content, revision, folder)
    except git.GitError as failed:
        raise UnknownRevisionError(f"取不到版本 {revision}：{str(failed) or '没有这个版本。'}") from failed
    return folder


def report(base: Side, head: Side) -> Report:
    """Say what readers will see differently, which problems are new, and which are settled."""
    before = {d.address: d for d in base.corpus.documents}
    after = {d.address: d for d in head.corpus.documents}
    sections = [part for address in sorted(after.keys() | before.keys()) for part in _section(before, after, address)]
    new, settled, old = _problems(
        *([d for d in s.diagnostics if d.severity is not Severity.NOTICE] for s in (base, head))
    )
    parts = sections or ["读者看到的内容没有变化。\n"]
    parts += _listed("新出现的问题", new) + _listed("已经解决的问题", settled)
    if old:
        parts.append(f"<details><summary>原有问题 {len(old)} 处</summary>\n\n{_lines(old)}\n</details>\n")
    return Report("\n".join(parts), new)


def _section(before: dict[str, Document], after: dict[str, Document], address: str) -> Iterator[str]:
    old, new = before.get(address), after.get(address)
    named = (new or old).declaration  # type: ignore[union-attr]  # one of them is there
    title = f"### {_safe(named.department_name)} {named.year} 年度\n\n页面：`/{address}/`\n\n"
    if old is None:
        count = len(list(named.indicators()))
        yield f"{title}- 新增这一年度的申报表：预算总额 {_safe(named.budget.total)} 元，{count} 项指标。\n"
    elif new is None:
        yield f"{title}- **删除**这一年度的申报表。\n"
    elif lines := list(_changes(old, new)):
        yield title + "".join(f"- {line}\n" for line in lines)


def _changes(old: Document, new: Document) -> Iterator[str]:
    differences = {change.label: change for change in compare.figures(old.declaration, new.declaration)}
    former = {placed.path: placed for placed in old.declaration.indicators()}
    present = {placed.path: placed for placed in new.declaration.indicators()}
    renamed = {
        (*path[:-1], placed.indicator.former_name): path
        for path, placed in present.items()
        if placed.indicator.former_name and path not in former
    }
    for correction in change_log.correct(old.declaration, new.declaration):
        if correction.label in differences:
            yield _figure(new.year, correction, differences[correction.label].percent)
    for path, placed in present.items():
        earlier = former.get(path)
        if earlier is None:
            origin = next((o for o, p in renamed.items() if p == path and o in former), None)
            if origin:
                verdict = compare.targets(former[origin], placed)
                yield f"改名：指标“{_safe(origin[-1])}”改为“{_safe(path[-1])}”，目标值{verdict.kind.value}"
            else:
                yield f"新增指标“{_safe(path[-1])}”：{_safe(placed.indicator.target_value)}"
        elif (verdict := compare.targets(earlier, placed)).kind is not compare.Kind.SAME:
            values = f"{_safe(earlier.indicator.target_value)} → {_safe(placed.indicator.target_value)}"
            yield f"**{verdict.kind.value}** 指标“{_safe(path[-1])}”：{values}" + (
                f"（{_safe(verdict.reason)}）" if verdict.reason else ""
            )
    for path in former.keys() - present.keys() - renamed.keys():
        yield f"**取消** 指标“{_safe(path[-1])}”（原为 {_safe(former[path].indicator.target_value)}）"
    for label in change_log.reworded(old.declaration, new.declaration):
        yield f"“{label}”的文字有修改"


def _figure(year: int, correction: Correction, percent: Decimal | None) -> str:
    old, new = (_safe(text) if text is not None else "无此项" for text in (correction.old, correction.new))
    share = "" if percent is None else f"（{percent:+.2f} %）"
    return f"{year} 年{correction.label} {old} → {new}{share}"


def _problems(
    base: Sequence[Diagnostic], head: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], list[Diagnostic], list[Diagnostic]]:
    """Sort problems into new, settled and old; one that only moved to another line is old, a notice is none."""
    base, head = ([d for d in side if d.severity is not Severity.NOTICE] for side in (base, head))

    def identity(d: Diagnostic) -> tuple[str, str, str]:
        return d.mark.file, d.code, d.message

    known, remaining = Counter(map(identity, base)), Counter(map(identity, head))
    new, old = [], []
    for diagnostic in head:
        if known[identity(diagnostic)] > 0:
            known[identity(diagnostic)] -= 1
            old.append(diagnostic)
        else:
            new.append(diagnostic)
    settled = []
    for diagnostic in base:
        if remaining[identity(diagnostic)] > 0:
            remaining[identity(diagnostic)] -= 1
        else:
            settled.append(diagnostic)
    return new, settled, old


def _listed(title: str, diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [f"### {title} {len(diagnostics)} 处\n\n{_lines(diagnostics)}"] if diagnostics else []


def _lines(diagnostics: Sequence[Diagnostic]) -> str:
    return "".join(
        f"- `{d.mark}` {d.severity} {d.code}：{_safe(d.message)} 改法：{_safe(d.repair)}\n" for d in diagnostics
    )


def _safe(value: object) -> str:
    """Keep a text from becoming Markdown, HTML or a mention: its marks are escaped, a line stays one line."""
    words = " ".join(str(value).split())
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+!|~$" else f"&#{ord(c)};" if c in "<>&@" else c for c in words)
