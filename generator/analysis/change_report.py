"""What a change of content/ means to readers, as Markdown for a pull request.

Both sides are read by the same code as the site; a side that is a git revision comes out of git's objects, so
nothing is checked out. A change that no reader sees (layout, comments) is no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.analysis import identity, verdicts, wording
from generator.analysis.change_log import address
from generator.analysis.changes import Difference, differences
from generator.analysis.figures import changes as figure_changes
from generator.analysis.verdicts import Kind
from generator.content.corpus import Corpus
from generator.declaration.model import Declaration, Department, Section
from generator.declaration.results import Results
from generator.diagnostics.model import Diagnostic, Severity


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what was read and what is wrong with it."""

    corpus: Corpus
    diagnostics: list[Diagnostic]


@dataclass(frozen=True)
class Report:
    """The Markdown; the problems that the change brings (errors and unanswered warnings); what a person must confirm.

    `to_confirm` holds one sentence for each lost address, withdrawn year and exchanged source document.
    """

    markdown: str
    new_problems: list[Diagnostic]
    to_confirm: list[str]


def report(base: Side, head: Side) -> Report:
    """Say what readers will see differently, what must be confirmed, which problems are new, and which are settled."""
    before, after = _sections(base.corpus), _sections(head.corpus)
    broken = {d.mark.file.split("/", 1)[-1] for d in head.diagnostics if d.severity is Severity.ERROR}
    paths = sorted(before.keys() | after.keys())
    sections = [
        part + _since_last_year(path, after) * (path not in before)
        for path in paths
        for part in _section(path, before.get(path), after.get(path), broken)
    ]
    to_confirm = [part for path in paths for part in _to_confirm(path, before.get(path), after.get(path), head, broken)]
    new, settled, old = _problems(base.diagnostics, head.diagnostics)
    parts = sections or ["读者看到的内容没有变化。\n"]
    if to_confirm:
        listed = "".join(f"- {sentence}\n" for sentence in to_confirm)
        parts.append(f"### 需要人确认 {len(to_confirm)} 处\n\n{listed}\n核实以后由维护者合并。\n")
    parts += _listed("新出现的问题", new) + _listed("已经解决的问题", settled)
    if old:
        parts.append(f"<details><summary>原有问题 {len(old)} 处</summary>\n\n{_lines(old)}\n</details>\n")
    return Report("\n".join(parts), new, to_confirm)


def _sections(corpus: Corpus) -> dict[str, Section]:
    """Return everything that was read, by its path below the content folder."""
    found: dict[str, Section] = {"site.yaml": corpus.site}
    for folder in corpus.departments:
        found[f"{folder.address}/department.yaml"] = folder.department
        found |= {document.file: document.declaration for document in folder.documents}
        found |= {document.file: document.results for document in folder.results}
    return found


def _section(path: str, old: Section | None, new: Section | None, broken: set[str]) -> Iterator[str]:
    title = _title(path, new or old)
    if new is None:
        yield f"{title}- {'**无法读取**，见下面的问题。' if path in broken else '**删除**，网页改为说明撤回。'}\n"
    elif old is None:
        yield f"{title}- 新增。{_size(new)}\n"
    elif lines := [_line(d, percent) for d, percent in _differences(old, new)]:
        yield title + "".join(f"- {line}\n" for line in lines)


def _since_last_year(path: str, sections: Mapping[str, Section]) -> str:
    """Say which promises of a new year are relaxed, weakened or gone since the declaration before it."""
    new = sections.get(path)
    address = path.rpartition("/")[0]
    earlier = [d for file, d in sections.items() if isinstance(d, Declaration) and file.startswith(f"{address}/")]
    before = max((d for d in earlier if isinstance(new, Declaration) and d.year < new.year), key=_year, default=None)
    if before is None or not isinstance(new, Declaration):
        return ""
    was, now = ({identity.key(placed): placed for placed in d.indicators()} for d in (before, new))
    succession = identity.succession(was.values(), now.values())
    lines = []
    for later, former in succession.continued.items():
        verdict = verdicts.judge(was[former], now[later], before.year, new.year)
        if verdict.kind in (Kind.RELAXED, Kind.WEAKENED):
            old, value = was[former].indicator.target_value, now[later].indicator.target_value
            change = f"{safe(old)} → {safe(value)}（{safe(verdict.proof)}）"
            lines.append(f"- 与 {before.year} 年相比**{verdict.kind.value}** {safe(later[2])}：{change}\n")
    lines += [f"- {before.year} 年的指标没有了：{safe(gone[2])}\n" for gone in succession.ended(was)]
    return "".join(lines)


def _year(declaration: Declaration) -> int:
    return declaration.year


def _title(path: str, section: Section | None) -> str:
    if isinstance(section, Declaration):
        return f"### {safe(section.department_name)} {section.year} 年度\n\n页面：`/{address(path)}/`\n\n"
    if isinstance(section, Results):
        return f"### {safe(section.department_name)} {section.year} 年度结果\n\n页面：`/{address(path)}/#results`\n\n"
    if isinstance(section, Department):
        return f"### {safe(section.name)}\n\n页面：`/{address(path)}/`\n\n"
    return "### 整个网站\n\n"


def _size(section: Section) -> str:
    if isinstance(section, Results):
        return f"{len(list(section.results()))} 项指标的结果。"
    if not isinstance(section, Declaration):
        return ""
    return f"预算总额 {safe(section.budget.total)} 元，{len(list(section.indicators()))} 项指标。"


def _differences(old: Section, new: Section) -> Iterator[tuple[Difference, Decimal | None]]:
    """Yield the differences, each figure with its change in percent."""
    percents: dict[str | None, Decimal | None] = {}
    if isinstance(old, Declaration) and isinstance(new, Declaration):
        percents = {change.label: change.percent for change in figure_changes(old, new)}
    for difference in differences(old, new):
        yield difference, percents.get(difference.figure)


def _line(difference: Difference, percent: Decimal | None) -> str:
    label, old, new, verdict, _ = difference
    if old is None:
        return f"新增{safe(label)}：{safe(new)}"
    if new is None:
        split = f"（{safe(verdict.proof)}）" if verdict else ""
        return f"**{verdict.kind.value if verdict else '删去'}** {safe(label)}：原为 {safe(old)}{split}"
    if verdict:
        return f"**{verdict.kind.value}** {safe(label)}：{safe(old)} → {safe(new)}（{safe(verdict.proof)}）"
    if difference.figure or len(old) + len(new) < 40:
        share = "" if percent is None else f"（{percent:+.2f} %）"
        return f"{safe(label)}：{safe(old)} → {safe(new)}{share}"
    return f"{safe(label)}：" + "".join(_piece(piece) for piece in wording.differences(old, new))


def _piece(piece: wording.Piece) -> str:
    if piece.old == piece.new:
        return safe(piece.old)
    return (f"~~{safe(piece.old)}~~" if piece.old else "") + (f"**{safe(piece.new)}**" if piece.new else "")


def _to_confirm(path: str, old: Section | None, new: Section | None, head: Side, broken: set[str]) -> Iterator[str]:
    if new is None and isinstance(old, Results) and path not in broken:
        yield f"`{path}` 不再有内容：{old.year} 年度的结果被撤回。"
    elif new is None and old is not None and path not in broken:
        folder, _, rest = address(path).partition("/")
        moved = {former: f for f in head.corpus.departments for former in f.department.former_addresses}
        if folder not in moved:
            yield f"网址 `/{address(path)}/` 不再有内容：{'这一年度被撤回' if rest else '这个部门被删去'}。"
    before, after = _checksum(old), _checksum(new)
    if new is not None and before and before != after:
        became = f"变为 {after[:12]}" if after else "不再登记"
        yield f"`{path}` 的原始文件换过：SHA-256 由 {before[:12]} {became}。"


def _checksum(section: Section | None) -> str | None:
    return section.source.sha256 if isinstance(section, Declaration | Results) and section.source else None


def _problems(
    base: Sequence[Diagnostic], head: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], list[Diagnostic], list[Diagnostic]]:
    """Sort problems into new, settled and old; one that only moved to another line is old, a notice is none."""
    base, head = ([d for d in side if d.severity is not Severity.NOTICE] for side in (base, head))
    before, after = (Counter((d.mark.file, d.code, d.message) for d in side) for side in (base, head))
    return _beyond(head, before), _beyond(base, after), _within(head, before)


def _within(diagnostics: Sequence[Diagnostic], known: Counter[tuple[str, str, str]]) -> list[Diagnostic]:
    """Return the diagnostics that are among the known, each as often as there."""
    left = known.copy()
    found = []
    for d in diagnostics:
        if left[d.mark.file, d.code, d.message] > 0:
            left[d.mark.file, d.code, d.message] -= 1
            found.append(d)
    return found


def _beyond(diagnostics: Sequence[Diagnostic], known: Counter[tuple[str, str, str]]) -> list[Diagnostic]:
    """Return the diagnostics that are not among the known."""
    within = Counter(map(id, _within(diagnostics, known)))
    return [d for d in diagnostics if not within[id(d)]]


def _listed(title: str, diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [f"### {title} {len(diagnostics)} 处\n\n{_lines(diagnostics)}"] if diagnostics else []


def _lines(diagnostics: Sequence[Diagnostic]) -> str:
    return "".join(
        f"- `{d.mark}` {d.severity} {d.code}：{safe(d.message)} 改法：{safe(d.repair)}\n" for d in diagnostics
    )


def safe(value: object) -> str:
    """Keep a text from becoming Markdown, HTML or a mention: its marks are escaped, a line stays one line."""
    words = " ".join(str(value).split())
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+!|~$" else f"&#{ord(c)};" if c in "<>&@" else c for c in words)
