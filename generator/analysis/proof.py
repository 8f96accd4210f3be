"""Whether a file says what its registered document says: every entry found there, to the letter, or named as not.

Two trees of text are compared, the file's and the document's as importing reads it: an entry agrees where importing
would produce just it. The document's reading may be unsure of an entry (待确认, joined over a page break, spaces on a
page): then nothing is said of it. Names are entries' paths; a name without its like is paired with the most similar
one that is left, so that a misspelt name is one difference and not two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from generator.analysis.alike import in_order, paired
from generator.content import original
from generator.content.corpus import Document, ResultDocument
from generator.content.draft import MARK
from generator.content.original import Original, Registered, Spot
from generator.content.yaml_reader import Data, Path

OF_THE_FILE = ("来源", "说明事项", "未公开原因", "评分", "进度")  # what the site adds to a form
# Where names are those of indicators: what stands behind a name that has nothing else.
_TREES = {"分解目标": "指标目标值", "指标完成情况": "实际完成值"}
_ROWS = ("资金情况", "类别分值")  # of which a name alone does not say what it is
_ADDED = "原名"  # what the site adds to an indicator


class Kind(StrEnum):
    """What is found of an entry."""

    SAME = "相符"
    DIFFERENT = "不同"
    MISSING = "未收录"
    ADDITIONAL = "原始文件里没有"
    UNSURE = "未能核对"


@dataclass(frozen=True)
class Entry:
    """An entry of the file, or of the document only: its path, what the file and the document say, and where.

    `written` is None for what the file lacks, `printed` for what the document lacks; `why` says what is different or
    unsure, where the texts do not; `called` is its name where another one has the same.
    """

    path: Path
    kind: Kind
    written: str | None
    printed: str | None
    spot: Spot | None
    why: str = ""
    called: str = ""

    @property
    def quoted(self) -> str:
        """Quote what the document says; of an amount in another unit also the figure that stands there."""
        return f"“{self.printed}”" + (f"（原文“{self.spot.said}”）" if self.spot and self.spot.said else "")

    @property
    def steps(self) -> list[str]:
        """Return the path as text, numbers in lists counted from 1."""
        return [str(step + 1) if isinstance(step, int) else step for step in self.path]

    @property
    def name(self) -> str:
        """Return what a person calls it: an indicator's name, 部门职责第 3 段."""
        *above, last = self.path
        if self.called:
            return self.called
        if isinstance(last, int):
            return f"{above[-1]}第 {last + 1} 段"
        if above and isinstance(above[-1], int):
            return f"{above[-2]}第 {above[-1] + 1} 项{last}"
        return f"{above[-1]}的{last}" if len(above) == 4 or (above and above[0] in _ROWS) else last


@dataclass(frozen=True)
class Proof:
    """All entries, in the order of the file; `fault` says why the document could not be read."""

    entries: tuple[Entry, ...] = ()
    fault: str = ""

    @cached_property
    def counts(self) -> Counter[Kind]:
        """Return how many entries there are of each kind."""
        return Counter(entry.kind for entry in self.entries)

    @property
    def sentence(self) -> str:
        """Say in one sentence what was found."""
        if not self.entries:
            return "没有与原始文件逐项核对"
        rest = "".join(f"，{n} 项{kind}" for kind in list(Kind)[1:] if (n := self.counts[kind]))
        return f"{len(self.entries)} 项中 {self.counts[Kind.SAME]} 项与原始文件逐字相符{rest}"


def of(document: Document | ResultDocument) -> Proof:
    """Compare a declaration, or a file of results, with its registered document."""
    known = document.registered or Registered()
    if not known.stated:
        return Proof(fault=known.fault)
    section = document.declaration if isinstance(document, Document) else document.results
    return prove(section.model_dump(by_alias=True, exclude_unset=True), original.from_json(known.stated))


def prove(written: Data, stated: Original) -> Proof:
    """Compare the data of a file with what its document states."""
    own = {k: v for k, v in written.items() if k not in OF_THE_FILE} if isinstance(written, dict) else written
    printed = stated.data
    theirs = {k: v for k, v in printed.items() if k not in OF_THE_FILE} if isinstance(printed, dict) else printed
    entries = list(_unclaimed(list(_moved(list(_Comparison(stated).compare(own, theirs, (), ()))))))
    names = Counter(entry.name for entry in entries)
    return Proof(tuple(_by_headings(entry) if names[entry.name] > 1 else entry for entry in entries))


def _by_headings(entry: Entry) -> Entry:
    return replace(entry, called="的".join([*entry.steps[1:-1], entry.name]))


@dataclass(frozen=True)
class _Comparison:
    stated: Original

    def compare(self, written: Data, printed: Data, path: Path, there: Path) -> Iterator[Entry]:
        """Compare what stands at `path` in the file with what stands at `there` in the document."""
        written, printed = _alike(written, printed, path)
        if isinstance(written, dict) and isinstance(printed, dict):
            yield from self._names(written, printed, path, there)
        elif isinstance(written, list) and isinstance(printed, list):
            yield from self._items(written, printed, path, there)
        elif isinstance(written, dict | list) or isinstance(printed, dict | list):
            is_sure = not any(_is_marked(text) for _, text in _leaves(printed, there))
            yield from self._additional(written, path, is_sure)
            yield from self._missing(printed, path, there)
        else:
            yield self._leaf(written or "", printed or "", path, there)

    def _leaf(self, written: str, printed: str, path: Path, there: Path) -> Entry:
        spot = self.stated.spot(there)
        if written == printed and not _is_marked(printed):
            return Entry(path, Kind.SAME, written, printed, spot)
        entry = Entry(path, Kind.DIFFERENT, written, printed, spot)
        if _is_marked(printed):
            return replace(entry, kind=Kind.UNSURE, why="读取原始文件时不能确定")
        if _is_marked(written):
            return replace(entry, kind=Kind.UNSURE, why="文件里还标着“待确认”")
        if there in self.stated.doubtful:
            return replace(entry, kind=Kind.UNSURE, why="读取原始文件时不能确定")
        if _solid(written) == _solid(printed):
            kind = Kind.UNSURE if spot and spot.is_on_page else Kind.DIFFERENT
            return replace(entry, kind=kind, why="只有空格不同")
        return entry

    def _is_doubtful(self, there: Path) -> bool:
        return any(there[:n] in self.stated.doubtful for n in range(1, len(there) + 1))

    def _unsure(self, entry: Entry) -> Entry:
        return replace(entry, kind=Kind.UNSURE, why="读取原始文件时不能确定")

    def _names(self, written: dict[str, Data], printed: dict[str, Data], path: Path, there: Path) -> Iterator[Entry]:
        own = [name for name in written if name not in printed]
        theirs = [name for name in printed if name not in written]
        is_sure = not (_is_row(path) and any(_is_marked(text) for _, text in _leaves(printed, ())))
        renamed = dict(paired({n: _words(written[n]) for n in own}, {n: _words(printed[n]) for n in theirs}))
        strange = [name for name in own if name not in renamed]
        lost = [name for name in theirs if name not in renamed.values()]
        if (
            _is_row((*path, ""))
            and len(strange) == len(lost) == 1
            and _words(written[strange[0]]) == _words(printed[lost[0]])
        ):
            renamed[strange[0]] = lost[0]  # the one target that has another name
        for name, data in written.items():
            if name in printed:
                yield from self.compare(data, printed[name], (*path, name), (*there, name))
            elif name in renamed:
                yield from self._renamed(data, printed[renamed[name]], (*path, name), (*there, renamed[name]))
            elif name != _ADDED:
                yield from self._additional(data, (*path, name), is_sure)
        for name in theirs:
            if name not in renamed.values():
                yield from self._missing(printed[name], (*path, name), (*there, name))

    def _renamed(self, written: Data, printed: Data, path: Path, there: Path) -> Iterator[Entry]:
        """Compare what stands under different names: an indicator with its name is one entry, a heading one more."""
        found = list(self.compare(written, printed, path, there))
        own, theirs, spot = str(path[-1]), str(there[-1]), self.stated.spot(there)
        is_spacing = _solid(own) == _solid(theirs)
        is_unsure = (is_spacing and spot is not None and spot.is_on_page) or self._is_doubtful(there)
        if self._is_doubtful(there):
            found = [self._unsure(entry) if entry.kind is Kind.DIFFERENT else entry for entry in found]
        why = f"名称只有空格不同，表上是“{theirs}”" if is_spacing else f"表上的名称是“{theirs}”"
        if len(found) == 1 and found[0].kind in (Kind.SAME, Kind.DIFFERENT):
            [only] = found
            if only.kind is Kind.DIFFERENT and not only.why:
                why += f"，内容是{only.quoted}"
            yield replace(only, kind=Kind.UNSURE if is_unsure else Kind.DIFFERENT, why=why)
            return
        if not (len(found) == 1 or any(entry.kind is Kind.UNSURE for entry in found)):
            yield Entry(path, Kind.UNSURE if is_unsure else Kind.DIFFERENT, own, theirs, spot, why)
        yield from found

    def _items(self, written: list[Data], printed: list[Data], path: Path, there: Path) -> Iterator[Entry]:
        own, theirs = [_words(item) for item in written], [_words(item).removeprefix(MARK) for item in printed]
        pairs = in_order(own, theirs)
        paired = set(pairs.values())
        is_sure = not any(_is_marked(_words(printed[n])) for n in range(len(printed)) if n not in paired)
        for number, item in enumerate(written):
            if number in pairs:
                yield from self.compare(item, printed[pairs[number]], (*path, number), (*there, pairs[number]))
            else:
                yield from self._additional(item, (*path, number), is_sure)
        for number, item in enumerate(printed):
            if number not in paired:
                yield from self._missing(item, (*path, number), (*there, number))

    def _additional(self, written: Data, path: Path, is_sure: bool = True) -> Iterator[Entry]:
        for place, text in _leaves(written, path):
            known = _solid(_known_in_print(place, path) or text)
            elsewhere = any(known in _solid(other) for other in self.stated.unplaced)
            why = "" if is_sure else "读取原始文件时不能确定"
            why = why or ("这些字在原始文件里，不能确定属于哪一项" if elsewhere else "")
            why = why or ("原始文件里还有没有读的内容" if self.stated.left_out else "")
            why = why or ("文件里还标着“待确认”" if _is_marked(text) else "")
            yield Entry(place, Kind.UNSURE if why else Kind.ADDITIONAL, text, None, None, why)

    def _missing(self, printed: Data, path: Path, there: Path) -> Iterator[Entry]:
        for place, text in _leaves(printed, there):
            is_sure = not _is_marked(text) and not self._is_doubtful(place)
            kind, why = (Kind.MISSING, "") if is_sure else (Kind.UNSURE, "读取原始文件时不能确定")
            yield Entry((*path, *place[len(there) :]), kind, None, text, self.stated.spot(place), why)


def _is_row(path: Path) -> bool:
    """Tell the path of what has a row of its own, with several columns: an indicator, a row of the money."""
    return len(path) == (4 if path[:1] and path[0] in _TREES else 2 if path[:1] == ("资金情况",) else 0)


def _known_in_print(place: Path, added: Path) -> str:
    """Return the name that what is at `place`, part of what is `added`, would have in the document.

    Nothing where that is only its text: a paragraph, or one more thing about an indicator or a row of the money.
    """
    names = [step for step in place if isinstance(step, str)]
    if len(names) < len(place) or _is_row(added[:-1]):
        return ""
    return next((str(place[n - 1]) for n in range(1, len(place)) if _is_row(place[:n])), names[-1])


def _alike(written: Data, printed: Data, path: Path) -> tuple[Data, Data]:
    """Return both in one form: an indicator is `name: target`, or a mapping where more is said of it."""
    is_long = isinstance(written, dict) or isinstance(printed, dict)
    if not (is_long and len(path) == 4 and path[0] in _TREES):
        return written, printed
    short = _TREES[str(path[0])]
    return {short: written} if isinstance(written, str) else written, (
        {short: printed} if isinstance(printed, str) else printed
    )


def _leaves(data: Data, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text with its path; nothing written is an empty text, but an empty list or mapping is none."""
    if isinstance(data, dict):
        for name, entry in data.items():
            if name != _ADDED:
                yield from _leaves(entry, (*path, name))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _leaves(item, (*path, number))
    else:
        yield path, data or ""


def _words(data: Data) -> str:
    """Return the texts of an entry in one, as what it is known by."""
    return "\n".join(text for _, text in _leaves(data, ()))


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def _is_marked(text: str) -> bool:
    return text.startswith(MARK.strip())


def _moved(entries: list[Entry]) -> Iterator[Entry]:
    """Yield the entries, what is additional at one place and missing at another as one: it was moved."""
    lost = {_known_by(entry): entry for entry in entries if entry.kind is Kind.MISSING}
    extra = Counter(_known_by(entry) for entry in entries if entry.kind is Kind.ADDITIONAL)
    moved = {known for known, count in extra.items() if count == 1 and known in lost}
    for entry in entries:
        known = _known_by(entry) if entry.kind in (Kind.MISSING, Kind.ADDITIONAL) else ()
        if known not in moved:
            yield entry
        elif entry.kind is Kind.ADDITIONAL:
            was = lost[known]
            above = was.path[1:3] if was.path[0] in _TREES else was.path[1:-1]
            heads = "”的“".join(step for step in above if isinstance(step, str))
            why = f"表上归在“{heads}”" if heads else "次序与表上不同"
            if entry.written != was.printed:
                why += f"，内容是{was.quoted}"
            yield replace(entry, kind=Kind.DIFFERENT, printed=was.printed, spot=was.spot, why=why)


def _unclaimed(entries: list[Entry]) -> Iterator[Entry]:
    """Yield the entries; where an indicator was read that is not certain to be one of the file's, nothing is added."""
    unsure = {e.path[0] for e in entries if e.written is None and e.kind is Kind.UNSURE and e.path[0] in _TREES}
    for entry in entries:
        is_open = entry.kind is Kind.ADDITIONAL and entry.path[0] in unsure
        yield replace(entry, kind=Kind.UNSURE, why="原始文件里有一项不能确定是哪一项") if is_open else entry


def _known_by(entry: Entry) -> tuple[object, ...]:
    """Return what tells that two entries at different places are one: an indicator's name, else the text itself."""
    names = tuple(step for step in entry.path if isinstance(step, str))
    if names and names[0] in _TREES and len(names) > 3:
        return names[:1] + names[3:]
    return (*names, entry.written or entry.printed)
