"""What a declaration, or a file of results, says against its registered document, read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from generator.analysis import proof
from generator.analysis.proof import Entry, Kind, Proof
from generator.content.corpus import Corpus, Document, ResultDocument
from generator.content.yaml_reader import Tree
from generator.declaration.model import Answer
from generator.diagnostics.model import Diagnostic, Mark, Severity
from generator.rules import Finding, Outcome, file_rule, rule
from generator.rules.places import A_DEPARTMENT

_SHOWN, _AROUND = 60, 10  # characters of a text, and of what stands around a difference in it
_NAMED = 5  # of the entries that could not be compared


@file_rule("D101", Severity.ERROR, may_be_answered=True)
def every_entry_is_as_printed(document: Document | ResultDocument) -> Iterator[Outcome]:
    """每一项与登记的原始文件逐字相同：数值、文字、名称和所在的类别。

    原因：原始文件就在旁边；改动一个数字，承诺就变了。部门更正原表错误的，在“说明事项”写明，与这一项一起公布。
    不符：表上第 43 行是 ≥300.00(人)，文件写的是 ≥200.00(人)
    相符：文件写的也是 ≥300.00(人)
    """
    return _found(document, Kind.DIFFERENT)


@file_rule("D102", Severity.ERROR, may_be_answered=True)
def nothing_printed_is_missing(document: Document | ResultDocument) -> Iterator[Outcome]:
    """登记的原始文件里有的，文件里都有。

    原因：漏录一项指标，读者就不知道有过这项承诺。
    不符：表上第 43 行有“入库人数”，文件里没有
    相符：表上的每一项都在文件里
    """
    return _found(document, Kind.MISSING)


@file_rule("D103", Severity.ERROR, may_be_answered=True)
def nothing_is_added(document: Document | ResultDocument) -> Iterator[Outcome]:
    """文件里有的，登记的原始文件里都有。

    原因：原始文件没有写的，不是部门公布的承诺。
    不符：文件里有“演练场次”，表上没有
    相符：文件里的每一项都在表上
    """
    return _found(document, Kind.ADDITIONAL)


@file_rule("D104", Severity.NOTICE)
def every_entry_can_be_compared(document: Document | ResultDocument) -> Iterator[Outcome]:
    """每一项都能与登记的原始文件核对。

    原因：扫描、没有画线、换页断开的地方，程序读不准；没有核对的不说相符，也不说不同。
    不符：84 项中有 2 项在原始文件里换页断开
    相符：84 项都核对过
    """
    known = _of(document)
    unsure = [entry for entry in known.entries if entry.kind is Kind.UNSURE]
    if unsure:
        names = "；".join(f"“{entry.name}”（{entry.why}）" for entry in unsure[:_NAMED])
        more = "等" if len(unsure) > _NAMED else ""
        message = f"{len(known.entries)} 项中 {len(unsure)} 项未能与原始文件核对：{names}{more}。"
        yield Finding(document.tree.value("来源", "文件"), message, "由人对照原始文件核对。")


@rule("D105", Severity.NOTICE, is_local=False)
def every_document_is_read(corpus: Corpus) -> Iterator[Outcome]:
    """登记的原始文件读得出来，可以逐项核对。

    原因：没有读的文件，不能说申报表与它相符。
    不符：原始文件是扫描件，没有文字
    相符：原始文件是有文字的 PDF、Word、Excel、网页或文本
    """
    lacking: dict[str, list[Document | ResultDocument]] = {}
    for document in corpus.files:
        known = document.registered
        if known and known.lacks:
            lacking.setdefault(known.lacks, []).append(document)
        elif known and known.fault:
            message = f"没有与原始文件核对：{known.fault}"
            yield Finding(Mark(document.label), message, "由人对照原始文件逐项核对。")
    if lacking:
        first, count = next(iter(lacking.values()))[0], sum(map(len, lacking.values()))
        message = f"没有安装 {'、'.join(lacking)}，{count} 份原始文件没有核对。"
        repair = "安装导入文件所需的软件包（扩展 [import]），再检查一次。"
        yield Finding(Mark(first.label), message, repair)


def findings(tree: Tree, known: Proof, *kinds: Kind) -> Iterator[Finding]:
    """Yield a finding for each entry that is not as printed, of some kinds or all, at its place in the file."""
    for entry in known.entries:
        if entry.kind in (kinds or (Kind.DIFFERENT, Kind.MISSING, Kind.ADDITIONAL)):
            yield _finding(tree, entry)


def _found(document: Document | ResultDocument, kind: Kind) -> Iterator[Finding]:
    return findings(document.tree, _of(document), kind)


def without_repairs(
    documents: Iterable[Document | ResultDocument], found: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Yield diagnostics without the repairs of what is just as printed: the file must go on saying it."""
    printed = {
        place
        for document in documents
        for entry in _of(document).entries
        if entry.kind is Kind.SAME
        for place in (_line(document.tree.key(*entry.path)), _line(document.tree.value(*entry.path)))
    }
    for diagnostic in found:
        is_printed = diagnostic.edit is not None and _line(diagnostic.mark) in printed
        yield replace(diagnostic, edit=None, repair=_REPAIRS[diagnostic.severity]) if is_printed else diagnostic


def _line(mark: Mark) -> tuple[str, int]:
    return mark.file, mark.line


_REPAIRS = {
    Severity.ERROR: "原始文件如此；部门更正了的，改正，并在“说明事项”写明。",
    Severity.WARNING: "原始文件如此，不改；在“说明事项”写明理由。",
    Severity.NOTICE: "原始文件如此，不改。",
}
_CODES = {Kind.DIFFERENT: "D101", Kind.MISSING: "D102", Kind.ADDITIONAL: "D103"}


def _answer_to(entry: Entry, answers: list[Answer]) -> Answer | None:
    own = (answer for answer in answers if answer.rule == _CODES.get(entry.kind) and answer.subject == entry.name)
    return next(own, None)


def reasons(known: Proof, answers: list[Answer]) -> list[tuple[Entry, str]]:
    """Return the entries that are not as printed and for which a file gives a reason, each with that."""
    return [(entry, answer.reason) for entry in known.entries if (answer := _answer_to(entry, answers))]


@lru_cache(A_DEPARTMENT)
def _of(document: Document | ResultDocument) -> Proof:
    return proof.of(document)


def _finding(tree: Tree, entry: Entry) -> Finding:
    where = f"表上{entry.spot}" if entry.spot else "表上"
    repair = f"照原始文件改正；部门更正原表的，在“说明事项”写明，“对象”写“{entry.name}”。"
    if entry.kind is Kind.MISSING:
        message = f"“{entry.name}”{where}是“{_short(entry.printed or '')}”，文件里没有。"
        mark = tree.key(*takewhile(lambda step: isinstance(step, str), entry.path))
        return Finding(mark, message, f"照原始文件补上；{repair.partition('；')[2]}", subject=entry.name)
    if entry.kind is Kind.ADDITIONAL:
        message = f"文件里有“{entry.name}”，登记的原始文件里没有。"
        return Finding(tree.key(*entry.path), message, f"删去这一项；{repair.partition('；')[2]}", subject=entry.name)
    if entry.why:
        message = f"“{entry.name}”与原始文件不同：{entry.why}（{where}）。"
        return Finding(tree.key(*entry.path), message, repair, subject=entry.name)
    printed, written = _apart(entry.printed or "", entry.written or "")
    quoted = entry.quoted if printed == entry.printed else f"“{printed}”"
    message = f"“{entry.name}”{where}是{quoted}，文件写的是“{written}”。"
    return Finding(tree.value(*entry.path), message, repair, subject=entry.name)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two texts, of long ones what is different with what stands around it."""
    if max(len(one), len(other)) <= _SHOWN:
        return one, other
    least = min(len(one), len(other))
    begin = next((n for n in range(least) if one[n] != other[n]), least)
    end = next((n for n in range(least - begin) if one[-1 - n] != other[-1 - n]), least - begin)
    start, rest = max(begin - _AROUND, 0), max(end - _AROUND, 0)
    head, tail = "……" if start else "", "……" if rest else ""
    return head + _short(one[start : len(one) - rest]) + tail, head + _short(other[start : len(other) - rest]) + tail


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
