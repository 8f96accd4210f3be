"""The kinds of verdict on a promise, what each means to a reader, and how findings make one verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happened to a promise from one declaration to the next."""

    SAME = "未变"
    ROLLED = "照旧（年份顺延）"
    NEW = "新增"
    RESUMED = "恢复"
    DROPPED = "取消"
    SPLIT = "拆分"
    TIGHTENED = "要求更严"
    RELAXED = "要求放宽"
    WEAKENED = "弱化"
    SHARPENED = "明确"
    REWORDED = "改写"
    UNIT_CHANGED = "单位改变"
    NOT_COMPARABLE = "无法比较"


UNCHANGED = frozenset({Kind.SAME, Kind.ROLLED})

DEFINITIONS: Mapping[Kind, str] = {
    Kind.SAME: "目标值与上一次逐字相同。",
    Kind.ROLLED: "要求相同，只是期限或对比的年份随年度顺延，不算变化。",
    Kind.NEW: "上一份申报表没有这项指标。",
    Kind.RESUMED: "以前有过、中断以后又列入的指标。",
    Kind.DROPPED: "上一份申报表有、这一份没有的指标。",
    Kind.SPLIT: "一项指标分成了几项，按各部分之和比较，不算取消。",
    Kind.TIGHTENED: "比上一次更难达到：该多的更多、该少的更少，或者期限更早。",
    Kind.RELAXED: "比上一次更容易达到：该多的变少、该少的变多，或者期限更晚。",
    Kind.WEAKENED: "原来写明的数字、比较符、单位、期限或条件，有的不再写明。",
    Kind.SHARPENED: "原来没有写明的数字、比较符、单位、期限或条件，现在写明了。",
    Kind.REWORDED: "要求相同，只是写法不同。",
    Kind.UNIT_CHANGED: "计量单位换成了不能换算的另一种，数字不能直接比大小。",
    Kind.NOT_COMPARABLE: "从两个目标值本身看不出是更严还是更宽，原因写在旁边。",
}


@dataclass(frozen=True)
class Verdict:
    """A kind and its proof: one sentence in Chinese that a reader can check against the two targets."""

    kind: Kind
    proof: str


_GAINS, _LOSSES = {Kind.TIGHTENED, Kind.SHARPENED}, {Kind.RELAXED, Kind.WEAKENED}
# Of several findings the first of these is the verdict; gains and losses do not stand together.
_ORDER = (
    Kind.NOT_COMPARABLE,
    Kind.UNIT_CHANGED,
    Kind.WEAKENED,
    Kind.RELAXED,
    Kind.TIGHTENED,
    Kind.SHARPENED,
    Kind.REWORDED,
    Kind.ROLLED,
)


def combined(findings: Sequence[Verdict]) -> Verdict:
    """Return the verdict of what was found about the parts of a target; the proofs are joined."""
    kinds = {finding.kind for finding in findings}
    said = "；".join(dict.fromkeys(finding.proof for finding in findings))
    if kinds & _GAINS and kinds & _LOSSES and Kind.NOT_COMPARABLE not in kinds:
        return Verdict(Kind.NOT_COMPARABLE, f"{said}；有的更严或更明确，有的相反，合起来不作判断")
    kind = next((kind for kind in _ORDER if kind in kinds), None)
    return Verdict(kind, said) if kind else Verdict(Kind.REWORDED, "要求相同，只是写法不同")
