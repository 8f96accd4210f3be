"""Which findings only follow from what could not be read: told as an error already, and once is enough.

A rule on results looks at an indicator, at the money, or at the whole. Where something of that could not be read, what
it finds is left out; the other rules speak. So it is with promises that could not be read, and with warnings that an
answer may settle which could not be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.content.corpus import DepartmentFolder, ResultDocument
from generator.content.yaml_reader import Path
from generator.diagnostics.model import Diagnostic, Mark, Severity

Unread = Mapping[str, Sequence[Path]]
_MONEY, _OUTCOMES, _SCORING = ("资金情况",), ("指标完成情况",), ("评分",)
_TOTAL, _GRADE, _WEIGHTS = ("总分",), ("等级",), ("类别分值",)
# What a rule adds up or counts; every other looks at one indicator or one row of the money.
_READS: dict[str, tuple[Path, ...]] = {
    "R903": (_OUTCOMES,),
    "R911": (_MONEY,),
    "R914": (_MONEY, _OUTCOMES),
    "R915": (_WEIGHTS, _OUTCOMES),
    "R916": (_MONEY, _OUTCOMES, _TOTAL),
    "R917": (_TOTAL, _GRADE, _SCORING),
    "R919": (_SCORING,),
    "R921": (_SCORING, _MONEY, _OUTCOMES),
}
_NO_POINTS = ("实际完成值", "年度指标值", "原因")  # of an indicator; no sum reads them
_PROMISES = ("分解目标",)
_ON_PROMISES = ("R901", "R902", "R903", "R904")  # compare names and targets with those promised


def only_echoes(folder: DepartmentFolder, unread: Unread, found: list[Diagnostic]) -> set[Diagnostic]:
    """Return which of the findings follow from what is `unread`, by the file's name in messages."""
    wrong = [d.mark for d in found if d.severity is Severity.ERROR]
    open_ = {label for label, places in unread.items() if any(map(_is_answer, places))}
    echoes = {d for d in found if d.mark.file in open_ and d.severity is Severity.WARNING}
    for file in folder.results:
        here = [d for d in found if d.mark.file == file.label and d.code[0] == "R"]
        if not _are_promises_read(folder, file, wrong):
            echoes |= {d for d in here if d.code in _ON_PROMISES}
        if places := unread.get(file.label):
            echoes |= {d for d in here if any(_touches(d, place, _path(file, d.mark)) for place in places)}
    return echoes


def _is_answer(unread: Path) -> bool:
    """Tell whether it is not known which warning is answered; a reason alone may be missing."""
    return unread[:1] == ("说明事项",) and unread[-1] != "理由"


def _touches(finding: Diagnostic, unread: Path, path: Path) -> bool:
    """Tell whether what is unread may be among what a finding at `path` follows from."""
    own = path[:4] if path[:1] == _OUTCOMES else path[:2]
    is_added = not (len(unread) > 4 and unread[-1] in _NO_POINTS)
    reads = [part for part in (own, *(_READS.get(finding.code, ()) if is_added else ())) if part]
    return any(part[: len(unread)] == unread[: len(part)] for part in reads)


def _path(file: ResultDocument, mark: Mark) -> Path:
    """Return which entry stands at a mark."""
    at = (mark.line, mark.column)
    starts = ((line, column, path) for path, (line, column, *_) in file.tree.places.items())
    return max((start for start in starts if start[:2] <= at), default=(0, 0, ()))[2]


def _are_promises_read(folder: DepartmentFolder, file: ResultDocument, wrong: list[Mark]) -> bool:
    promised = folder.document_of(file.year)
    places = promised.tree.places if promised else {}
    heads = sorted(place[0] for path, place in places.items() if len(path) == 1)
    begin = places[_PROMISES][0] if _PROMISES in places else 0
    end = next((line for line in heads if line > begin > 0), None)
    label = f"{file.label.removesuffix('.results.yaml')}.yaml"
    return not any(m.file == label and begin <= m.line and (end is None or m.line < end) for m in wrong)
