"""The same indicator and the same field in two years: turned round, tenfold, gone, and names that are claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from generator.analysis.measures import measure
from generator.analysis.polarity import polarity
from generator.content.corpus import DepartmentFolder, Document
from generator.declaration.fields import BY_LABEL
from generator.declaration.target import read
from generator.declaration.target_words import PREFIX, PREFIXES, fold
from generator.diagnostics.model import Severity
from generator.rules import Finding, Outcome, years_rule
from generator.rules.places import at_target, continued, going_on

_UP, _DOWN = ("≥", ">"), ("≤", "<")


@years_rule("H709", Severity.WARNING)
def a_former_name_is_given_up(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """登记的“原名”今年没有别的指标还在用。

    原因：原来的指标还在，就不是改名；两项都接上去年，读者分不清。
    不符：今年有“演练场次”，又有“应急演练场次”登记原名: 演练场次
    相符：今年只有“应急演练场次”
    """
    before, after, _succession = going_on(earlier, later)
    for new, placed in after.items():
        former = (*new[:2], placed.indicator.former_name or "")
        if former in before and former in after:
            message = f"“{placed.name}”登记的原名“{former[2]}”今年还有指标在用。"
            yield Finding(later.tree.value(*placed.path, "原名"), message, "不是改名的，删去“原名”；重复的，删去一项。")


@years_rule("H713", Severity.NOTICE)
def a_former_name_is_claimed_once(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """几项指标登记同一个“原名”，表示去年的一项分成了几项。

    原因：网页按拆分显示；其实只有一项改名的，要删去多余的“原名”。
    不符：“应急演练场次”和“消防演练场次”都登记原名: 演练场次
    相符：只有一项登记
    """
    before, after, _succession = going_on(earlier, later)
    claimed: set[tuple[str, str, str]] = set()
    for new, placed in after.items():
        former = (*new[:2], placed.indicator.former_name or "")
        if former in before and former not in after:
            if former in claimed:
                message = f"“{placed.name}”和别的指标都登记了原名“{former[2]}”。"
                repair = "确是一项分成几项的，不用改；不是的，删去多余的“原名”。"
                yield Finding(later.tree.value(*placed.path, "原名"), message, repair)
            claimed.add(former)


@lru_cache(8192)
def _sign(target: str) -> int:
    """Tell whether a target asks for at least (1) or at most (-1) of something; 0: for neither, in a sign or word."""
    found = re.match(rf"\s*({PREFIX})\s*[0-9]", fold(target))
    comparator = PREFIXES[found[1]] if found else read(target).comparator
    return 1 if comparator in _UP else -1 if comparator in _DOWN else 0


@years_rule("H710", Severity.WARNING)
def a_comparator_is_not_turned_round(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """同一指标的比较符不由“≥”变成“≤”，也不反过来。

    原因：方向反了，目标就变成相反的意思，多半是写错了。
    不符：去年 ≥20场，今年 ≤20场
    相符：去年 ≥20场，今年 ≥15场
    """
    for before, placed in continued(earlier, later):
        old, new = before.indicator.reading, placed.indicator.reading
        was, is_now = _sign(before.indicator.target_value), _sign(placed.indicator.target_value)
        if not was or was != -is_now or old.baseline or new.baseline:
            continue
        right = is_now
        if polarity(placed.name) != right:  # else last year's was wrong, and is put right
            message = (
                f"“{placed.name}”{earlier.year} 年是“{before.indicator.target_value}”，"
                f"今年是“{placed.indicator.target_value}”：比较符的方向反了。"
            )
            yield at_target(later, placed, message)


@years_rule("H711", Severity.WARNING)
def a_target_is_not_ten_times_another(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """同一指标的目标值不恰好是上一年的十倍、百倍，或十分之一、百分之一。

    原因：有效数字相同、只差一位的，多半是多打或漏打了一个 0，或小数点点错了。
    不符：去年 ≥300人，今年 ≥3000人
    相符：去年 ≥300人，今年 ≥3200人
    """
    for before, placed in continued(earlier, later):
        old, new = before.indicator.reading, placed.indicator.reading
        if not old.number or not new.number or old.baseline or new.baseline or old.upper or new.upper:
            continue
        if old.unit == new.unit and not max(old.number / new.number, new.number / old.number) >= 10:
            continue
        one, other = measure(old.unit), measure(new.unit)
        small, large = sorted((Fraction(old.number) * one.factor, Fraction(new.number) * other.factor))
        marked = max(old.number, new.number) >= 20 or len(old.number.normalize().as_tuple().digits) > 1
        exactly = one == other and large / small in (10, 100, 1000) and marked
        of_ten_thousand = one != other and 5000 <= large / small <= 20000  # 万 left out
        if one.dimension == other.dimension and (exactly or of_ten_thousand):
            times = f"恰好相差 {large / small} 倍" if exactly else "相差约一万倍"
            message = (
                f"“{placed.name}”{earlier.year} 年是“{before.indicator.target_value}”，"
                f"今年是“{placed.indicator.target_value}”，{times}。"
            )
            yield at_target(later, placed, message)


_BESIDE = ("年末资产总额", "年末在职人数", "内设机构数")


@years_rule("H712", Severity.NOTICE)
def no_figure_is_left_out(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """去年有的年末资产总额、在职人数、内设机构数、下属预算单位个数，今年也有。

    原因：少一行，多半是漏录；年末各项都没有了的，是表式变了，不在此列。
    不符：去年有年末资产总额，今年只有在职人数和内设机构数
    相符：今年三项都有；没有数字的写“不适用”“未公开”
    """
    if all(BY_LABEL[label].of(later.declaration) is None for label in _BESIDE):
        return
    for label in (*_BESIDE, "下属预算单位个数"):
        field = BY_LABEL[label]
        if field.of(earlier.declaration) is not None and field.of(later.declaration) is None:
            message = f"{earlier.year} 年有“{label}”，今年没有。"
            repair = f"漏录的，补上“{label}:”一行；原表没有的，不用改。"
            yield Finding(later.tree.key(*field.path), message, repair)
