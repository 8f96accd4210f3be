"""Comparators, numbers and limits of target values: what typing and scanning do to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content.corpus import Document
from generator.diagnostics.model import Edit, Severity
from generator.rules import Finding, Outcome, document_rule, years_rule
from generator.rules.places import at_target, each_target, target_place

_SIGN = re.compile(r"^\s*(≥|≤|＞|＜|>|<|=|＝|≧|≦|不少于|不低于|不超过|不高于)")
_RATES = ("%", "百分比", "‰")
_GOOD = re.compile("满意|合格|达标|准确率|及格|完成率|覆盖率|知晓率|普及率|参与率|通过率")
_TIMES = ("天", "日", "个工作日", "工作日", "小时", "分钟", "个月", "周")


@document_rule("N501", Severity.WARNING)
def a_comparator_has_a_number(document: Document) -> Iterator[Outcome]:
    """写了比较符（≥、不少于等），后面要有数字。

    原因：没有数字的比较符无法核对。
    不符：≥(次)
    相符：≥1.00(次)
    """
    for placed, target in each_target(document):
        if _SIGN.match(target) and not re.search(r"\d", target):
            yield at_target(
                document, placed, f"“{placed.name}”的目标值“{target}”有比较符，没有数字。", "照原表补上数字。"
            )


@years_rule("N502", Severity.WARNING)
def no_comparator_became_a_digit(_: object, earlier: Document, later: Document) -> Iterator[Outcome]:
    """“≥”被误认成数字 2 的，要改回来。

    原因：扫描识别时“≥280次”常变成“2280次”。
    不符：去年 ≥280次，今年 2280次
    相符：去年 ≥280次，今年 ≥300次
    """
    before = {placed.path: placed.indicator.reading for placed in earlier.declaration.indicators()}
    for placed, target in each_target(later):
        old, new = before.get(placed.path), placed.indicator.reading
        if not old or not old.comparator or new.comparator or old.number is None or new.number is None:
            continue
        if f"{new.number:f}" == f"2{old.number:f}":
            message = f"“{placed.name}”去年是 ≥{old.number:f}，今年写成“{target}”：“≥”是不是被认成了 2？"
            yield at_target(later, placed, message, f"对照原表；是的话改成 ≥{old.number:f}{new.unit or ''}。")


@document_rule("N503", Severity.WARNING)
def no_rate_over_a_hundred(document: Document) -> Iterator[Outcome]:
    """百分比不超过 100%（增长率等除外）。

    原因：满意度、合格率不会超过 100%；超过的，多半是“≥”被认成了数字。
    不符：合格率 292%
    相符：合格率 ≥92%
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        over = reading.unit in ("%", "百分比") and reading.number is not None and reading.number > 100
        if over and reading.baseline is None and not re.search("增长|增加|提高|提升|完成", placed.name):
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”超过了 100%。")


@document_rule("N504", Severity.WARNING)
def good_rates_are_not_limited(document: Document) -> Iterator[Outcome]:
    """满意度、合格率、覆盖率等越高越好的指标，不用“≤”。

    原因：“≤99%”等于不许更好，多半是“≥”写反了。
    不符：服务对象满意度 ≤90%
    相符：服务对象满意度 ≥90%
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        good = _GOOD.search(placed.name) and not re.search("不满意|不合格|不达标|不及格", placed.name)
        if reading.comparator in ("≤", "<") and reading.unit in _RATES and good:
            yield at_target(document, placed, f"“{placed.name}”越高越好，目标值却是“{target}”。")


@document_rule("N514", Severity.WARNING)
def costs_have_an_upper_limit(document: Document) -> Iterator[Outcome]:
    """成本指标用“≤”，不用“≥”。

    原因：成本越低越好；“≥”等于要求多花钱。
    不符：成本指标 ≥90万元
    相符：成本指标 ≤90万元
    """
    for placed, target in each_target(document):
        cost = "成本" in placed.first_level + placed.second_level
        money = (placed.indicator.reading.unit or "").endswith("元")
        if cost and money and placed.indicator.reading.comparator in ("≥", ">"):
            yield at_target(document, placed, f"成本指标“{placed.name}”的目标值是“{target}”。")


@document_rule("N515", Severity.WARNING)
def times_have_an_upper_limit(document: Document) -> Iterator[Outcome]:
    """时效指标以时间计的，用“≤”，不用“≥”。

    原因：办事越快越好；“≥5个工作日”等于要求更慢。
    不符：办结时限 ≥5个工作日
    相符：办结时限 ≤5个工作日
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        if placed.second_level == "时效指标" and reading.unit in _TIMES and reading.comparator in ("≥", ">"):
            yield at_target(document, placed, f"时效指标“{placed.name}”的目标值是“{target}”。")


@document_rule("N517", Severity.NOTICE)
def a_leading_two_may_be_a_sign(document: Document) -> Iterator[Outcome]:
    """同一张表的目标值大多写“≥”，没有比较符、以 2 开头的四位以上整十数，请再看一眼原表。

    原因：扫描识别时，“≥280次”常变成“2280次”。
    不符：其余都写“≥”，这一项写 2280次
    相符：≥280次，或其余指标也不写比较符
    """
    readings = [placed.indicator.reading for placed, _ in each_target(document)]
    numbers = [reading for reading in readings if reading.measurable]
    if 2 * sum(reading.comparator == "≥" for reading in numbers) <= len(numbers):
        return
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        if reading.comparator is None and reading.number is not None and re.match(r"2[1-9]\d+0$", str(reading.number)):
            rest = f"{reading.number:f}"[1:]
            message = f"“{placed.name}”的目标值“{target}”没有比较符：会不会是“≥{rest}”？"
            yield at_target(document, placed, message, "看一眼原表；原表如此的，不用改。")


_ALIKE = {"≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "＞": ">", "﹥": ">", "＜": "<", "﹤": "<", "═": "=", "＝": "="}


@document_rule("N519", Severity.NOTICE)
def comparators_are_the_usual_ones(document: Document) -> Iterator[Outcome]:
    """比较符写成 ≥、≤、=、>、<，不用样子相近的别的字符。

    原因：“≧”“═”等字符读者搜索不到，看起来又一样；含义相同，可以放心统一。
    不符：≧735人次
    相符：≥735人次
    """
    for placed, target in each_target(document):
        for match in re.finditer(f"[{''.join(_ALIKE)}]", target):
            mark = document.tree.within(match.start(), *target_place(document, placed.path))
            right = _ALIKE[match[0]]
            message = f"“{placed.name}”的目标值用了“{match[0]}”（U+{ord(match[0]):04X}）。"
            yield Finding(mark, message, f"改成“{right}”。", Edit(match[0], right))
