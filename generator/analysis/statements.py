"""Two targets of which one or both state no number → what became of the promise.

Words are ranked only where the order is beyond dispute, and these are all the orders there are: none of a harm
(无投诉) is more than less of it (投诉减少); a strong degree (显著) more than a slight one (有所), and either more than
none said; a rise or a fall that is wanted more than standing still.
"""

from __future__ import annotations

import re
from fractions import Fraction

from generator.analysis.kinds import Kind, Verdict
from generator.analysis.measures import Interval, interval, measure
from generator.analysis.polarity import polarity
from generator.analysis.wording import (
    all_of_it,
    counted,
    degree,
    estimated,
    harm_lessened,
    harm_ruled_out,
    plain,
    synonymous,
)
from generator.declaration.reading import Reading
from generator.declaration.target import read

_NO_ORDER = "都没有写明数字，文字要求不同，比不出高低"


def number_lost(before: Reading, words: str) -> Verdict:
    """Judge a number that gave way to words."""
    if harm := harm_ruled_out(words):
        return _zero(before, words, harm, now_zero=True)
    if all_of_it(words):
        full = _is_full(before)
        said = f"“{words}”即100%，写法不同" if full else f"“{words}”没有写明数字，不能与原来的数字比较"
        return Verdict(Kind.REWORDED if full else Kind.NOT_COMPARABLE, said)
    if blurred := estimated(words):
        return _estimate(before, read(blurred), words)
    if counted(words):
        return Verdict(Kind.NOT_COMPARABLE, f"“{words}”里的数字不能确切地读出，无法比较")
    return Verdict(Kind.WEAKENED, "不再写明数字")


def number_gained(after: Reading, words: str) -> Verdict:
    """Judge words that gave way to a number."""
    if harm := harm_ruled_out(words):
        return _zero(after, words, harm, now_zero=False)
    if all_of_it(words):
        full = _is_full(after)
        said = f"“{words}”即100%，写法不同" if full else f"原来的“{words}”没有写明数字，不能与现在的数字比较"
        return Verdict(Kind.REWORDED if full else Kind.NOT_COMPARABLE, said)
    if (blurred := estimated(words)) and (number := interval(read(blurred))):
        same = {number.low, number.high} & {*_bounds(interval(after))}
        if not same:
            return Verdict(Kind.NOT_COMPARABLE, f"原来的“{words}”是约数，数字也不同，无法比较")
        return Verdict(Kind.SHARPENED, "由约数改为写明的数字")
    if counted(words):
        return Verdict(Kind.NOT_COMPARABLE, f"原来的“{words}”里的数字不能确切地读出，无法比较")
    return Verdict(Kind.SHARPENED, "新写明了数字")


def _bounds(span: Interval | None) -> list[Fraction]:
    return [bound for bound in (span.low, span.high) if bound is not None] if span else []


def _is_full(reading: Reading) -> bool:
    span = interval(reading)
    return span is not None and span.dimension == "%" and span.low == 100


_SOME_KIND = re.compile("重大|特大|较大|严重|恶性|群体|有责|有效|责任|[一-三]级")


def _zero(number: Reading, words: str, harm: str, *, now_zero: bool) -> Verdict:
    """Hold none of a harm against a number of it: none is zero in any unit, and an upper limit above it is more.

    The number must be of the same harm: it says so (投诉≤5起 after 无投诉), or it says nothing of what it counts and
    the harm is not of one kind only (无重大事故 says nothing of accidents as such).
    """
    span, unit = interval(number), measure(number.unit)
    same = number.remark.startswith(harm) if number.remark else not _SOME_KIND.search(harm)
    limited = number.comparator in ("≤", "<") or bool(number.remark)
    if span is None or span.high is None or not same or not (unit.counts or unit.dimension in ("%", "")):
        return Verdict(Kind.NOT_COMPARABLE, f"“{words}”是一件也不许有，另一个数字是否指同一件事，看不出来")
    if span.high == 0:
        return Verdict(Kind.REWORDED, f"“{words}”即 0，写法不同")
    if not limited:
        return Verdict(Kind.NOT_COMPARABLE, f"“{words}”是一件也不许有，另一个数字没有写明是不是上限")
    if now_zero:
        return Verdict(Kind.TIGHTENED, f"由允许有改为“{words}”，即由上限改为 0")
    return Verdict(Kind.RELAXED, f"“{words}”是一件也不许有，现在允许有")


def _estimate(before: Reading, blurred: Reading, words: str) -> Verdict:
    was, now = interval(before), interval(blurred)
    if now is None or was is None or now.dimension != was.dimension:
        return Verdict(Kind.NOT_COMPARABLE, f"改为约数“{words}”，无法比较")
    bound = was.high if was.low is None else was.low
    moved = ((now.high if now.low is None else now.low) or Fraction(0)) - (bound or Fraction(0))
    if (moved > 0) == (was.low is not None) and moved:
        return Verdict(Kind.NOT_COMPARABLE, f"数字改了，又只是约数“{words}”，无法比较")
    return Verdict(Kind.WEAKENED, f"改为约数“{words}”" + ("，数字也改了" if moved else ""))


def compare_statements(before: Reading, after: Reading, old_words: str, new_words: str, name: str) -> Verdict | None:
    """Compare two targets without numbers, by their words without days; None: nothing differs.

    `name` is the indicator's: a rise of what is bad is not wanted.
    """
    if ordered := _harm(old_words, new_words) or _levels(before, after):
        return ordered
    if old_words == new_words:
        return None
    (old_rank, old_rest), (new_rank, new_rest) = degree(old_words), degree(new_words)
    if synonymous(old_rest) == synonymous(new_rest):
        return _degrees(old_rank, new_rank, old_words, new_words)
    if before.direction and after.direction:
        return _directions(before, after, old_words, new_words, name)
    return Verdict(Kind.NOT_COMPARABLE, _NO_ORDER)


def _harm(old: str, new: str) -> Verdict | None:
    was, now = harm_ruled_out(old), harm_ruled_out(new)
    if was and now:
        return Verdict(Kind.REWORDED, "都是一件也不许有，写法不同") if was == now else None
    if was and harm_lessened(new):
        return Verdict(Kind.WEAKENED, f"由“{old}”改为“{new}”，不再要求一件也没有")
    if now and harm_lessened(old):
        return Verdict(Kind.SHARPENED, f"由“{old}”改为“{new}”，明确要求一件也没有")
    return None


def _levels(before: Reading, after: Reading) -> Verdict | None:
    """Compare 不低于2023年水平 with its like and with 较2023年提升; None: neither is one, or they are alike."""
    was, now = _side(before), _side(after)
    if was == now or not ({was, now} & {"≥", "≤"} or {was, now} == {">", "<"}):
        return None
    if {was, now} in ({"≥", ">"}, {"≤", "<"}):
        if now in (">", "<"):
            return Verdict(Kind.TIGHTENED, "由可以与往年相同改为必须有变化")
        return Verdict(Kind.RELAXED, "由必须比往年有变化改为可以与往年相同")
    return Verdict(Kind.NOT_COMPARABLE, "与往年水平比较的要求不同，比不出高低")


def _side(reading: Reading) -> str | None:
    """Return where a target lies beside an earlier year's value, so far as it says only that."""
    if reading.baseline is None or reading.number is not None:
        return None
    if reading.direction is None:
        return reading.comparator
    return {"提升": ">", "下降": "<"}.get(synonymous(reading.statement or ""))


def _degrees(old: int | None, new: int | None, old_words: str, new_words: str) -> Verdict:
    if old == new and old is not None:
        return Verdict(Kind.NOT_COMPARABLE, "程度的用词不同，比不出高低")
    if old == new:
        return Verdict(Kind.REWORDED, f"“{old_words}”与“{new_words}”意思相同")
    if old is None:
        return Verdict(Kind.SHARPENED, "写明了程度")
    if new is None:
        return Verdict(Kind.WEAKENED, "不再写明程度")
    weaker = new > old
    said = f"程度由“{old_words}”{'减弱' if weaker else '加强'}为“{new_words}”"
    return Verdict(Kind.WEAKENED if weaker else Kind.TIGHTENED, said)


def _directions(before: Reading, after: Reading, old_words: str, new_words: str, name: str) -> Verdict:
    directions = {before.direction, after.direction}
    if len(directions) == 1:
        if synonymous(old_words).endswith(synonymous(new_words)) or synonymous(new_words).endswith(
            synonymous(old_words)
        ):
            return Verdict(Kind.REWORDED, "要求的方向相同，措辞不同")
        return Verdict(Kind.NOT_COMPARABLE, "要求的方向相同，其余文字不同，比不出高低")
    moving = (directions - {"steady"}).pop()
    wanted = {"up": 1, "down": -1}[moving or "up"]
    if "steady" not in directions:
        return Verdict(Kind.NOT_COMPARABLE, "要求的方向相反")
    if polarity(name) not in (wanted, None):
        return Verdict(Kind.NOT_COMPARABLE, f"一个要求变化，一个要求持平，从名称“{plain(name)}”看不出哪个更难")
    if after.direction == "steady":
        return Verdict(Kind.RELAXED, f"由要求{'上升' if wanted > 0 else '下降'}改为只要求持平或稳定")
    return Verdict(Kind.TIGHTENED, f"由要求持平或稳定改为要求{'上升' if wanted > 0 else '下降'}")
