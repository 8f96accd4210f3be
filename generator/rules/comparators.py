"""Comparators, numbers and limits of target values: what typing and scanning do to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.analysis.measures import measure
from generator.analysis.polarity import polarity
from generator.content.corpus import DepartmentFolder, Document
from generator.declaration.target_words import PREFIX, fold
from generator.diagnostics.model import Edit, Severity
from generator.rules import Finding, Outcome, document_rule, years_rule
from generator.rules.places import at_target, continued, each_target, is_unit, target_place

_BARE = re.compile(
    rf"\s*(?!不?超[支标期时限编员])(?:{PREFIX})\s*[(（]?\s*(?P<unit>[^\d≥≤<>=()]{{0,6}}?)\s*[)）]?\s*[。；;]?\s*"
)
_RATES = ("%", "百分比", "‰")
# Shares that are never more than the whole; 执行率, 收缴率 and 负荷率 can be, 流动比率 is by nature.
_GOOD = re.compile(
    "满意|合格|达标|准确|及格|完成|覆盖|知晓|普及|参与|通过|及时|优良|优秀|完好|就业|入学|办结|回复|处置|落实|认可|正确|合规"
)
_PARTS = re.compile(
    "(?:满意|合格|及格|达标|准确|正确|及时|知晓|优良|优秀|完好|通过|认可|出勤|公开|办结|回复|受理|验收|参与|合规|规范)(?:率|度)$"
)
# What is waited for: the names that a longer time makes worse, and those that a longer time makes better.
_WAITED = re.compile(
    "办结|办理|办文|审批|审核|处置|处理|响应|到场|到达|答复|回复|反馈|等候|等待|候诊|整改|抢修|修复|出具|拨付|送达|受理|完成时|及时|(?<!可)用时"
)
_KEPT = re.compile(
    "提前|公[示告]|开放|营业|运[行营]|保[存管修留质]|质保|存放|持续|服务时间|值[班守]|预留|期满|有效期|后续"
)
_COSTS = re.compile("成本|费用|造价|单价|支出|用$|价格?$|费$")
_CONTROLLED = re.compile("(?:三公”?|经费|支出|费用|预算|成本|人员|编制)[一-鿿]{0,4}控制率$")
_NO_COSTS = re.compile(
    "节[约省支]|压[减降]|[降减核]|收入|筹|争取|投入|补[助贴偿]|标准|[人生户亩床]均[^成]*(?:经费|支出|费$)|保障|效益|增[收加]"
)


@document_rule("N501", Severity.WARNING)
def a_comparator_has_a_number(document: Document) -> Iterator[Outcome]:
    """写了比较符（≥、不少于等），后面要有数字，或者写明与什么相比。

    原因：后面什么也没有的比较符无法核对。
    不符：≥(次)
    相符：≥1.00(次)，不低于上年，不低于国家标准
    """
    for placed, target in each_target(document):
        if (bare := _BARE.fullmatch(fold(target))) and is_unit(bare["unit"]):
            yield at_target(
                document, placed, f"“{placed.name}”的目标值“{target}”有比较符，没有数字。", "照原表补上数字。"
            )


@years_rule("N502", Severity.WARNING)
def no_comparator_became_a_digit(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """“≥”被误认成数字 2 的，要改回来。

    原因：扫描识别时“≥280次”常变成“2280次”。
    不符：去年 ≥280次，今年 2280次
    相符：去年 ≥280次，今年 ≥300次
    """
    for before, placed in continued(earlier, later):
        old, new = before.indicator.reading, placed.indicator.reading
        if old.comparator not in ("≥", ">") or new.comparator or old.number is None or new.number is None:
            continue
        if f"{new.number:f}" == f"2{old.number:f}":
            was, target = before.indicator.target_value, placed.indicator.target_value
            message = f"“{placed.name}”去年是“{was}”，今年写成“{target}”：比较符是不是被认成了 2？"
            yield at_target(
                later, placed, message, f"对照原表；是的话改成 {old.comparator}{old.number:f}{new.unit or ''}。"
            )


@years_rule("N530", Severity.NOTICE)
def a_lost_comparator_may_be_a_digit(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """去年有“≥”，今年没有，去掉首位的 2 又与去年相近的，请再看一眼原表。

    原因：扫描识别时，“≥38次”常变成“238次”。
    不符：去年 ≥36次，今年 238次
    相符：去年 ≥36次，今年 ≥38次
    """
    for before, placed in continued(earlier, later):
        old, new = before.indicator.reading, placed.indicator.reading
        if old.comparator not in ("≥", ">") or new.comparator or not old.number or not new.number:
            continue
        digits = f"{new.number:f}"
        if not re.match(r"2[1-9]", digits) or new.baseline or old.unit != new.unit:
            continue
        if Decimal(7) / 10 <= Decimal(digits[1:]) / old.number <= Decimal(3) / 2:
            was, target = before.indicator.target_value, placed.indicator.target_value
            message = f"“{placed.name}”去年是“{was}”，今年是“{target}”：会不会是“{old.comparator}{digits[1:]}”？"
            yield at_target(later, placed, message, "看一眼原表；原表如此的，不用改。")


@document_rule("N503", Severity.WARNING)
def no_share_over_the_whole(document: Document) -> Iterator[Outcome]:
    """满意度、合格率、知晓率等是一部分占全部的比例，不超过 100%。

    原因：超过的，多半是“≥”被认成了数字。执行率、增长率、流动比率等可以超过 100%。
    不符：合格率 292%
    相符：合格率 ≥92%
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        over = reading.unit in ("%", "百分比") and reading.number is not None and reading.number > 100
        if over and reading.baseline is None and _PARTS.search(placed.name):
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
        limited = reading.comparator in ("≤", "<") and reading.unit in _RATES and reading.baseline is None
        if limited and _GOOD.search(placed.name) and polarity(placed.name) == 1:
            yield at_target(document, placed, f"“{placed.name}”越高越好，目标值却是“{target}”。")


@document_rule("N514", Severity.WARNING)
def costs_have_an_upper_limit(document: Document) -> Iterator[Outcome]:
    """成本指标里的成本、费用用“≤”，不用“≥”；经费、人员的控制率不是“≥100%”。

    原因：成本越低越好；“≥”等于要求多花钱。节约额、补助标准和投入不在此列。
    不符：培训成本 ≥90万元
    相符：培训成本 ≤90万元，成本节约额 ≥5万元
    """
    for placed, target in each_target(document):
        cost = "成本" in placed.first_level + placed.second_level and _COSTS.search(placed.name)
        money = (placed.indicator.reading.unit or "").partition("/")[0].endswith("元")
        limited = placed.indicator.reading.comparator not in ("≥", ">")
        # 公用经费控制率 is what was spent of what was planned: more than all of it is asked of nobody.
        number = placed.indicator.reading.number
        overspent = _CONTROLLED.search(placed.name) and number is not None and number >= 100 and not limited
        if overspent:
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”等于要求超支。")
        elif cost and money and not limited and not _NO_COSTS.search(placed.name):
            yield at_target(document, placed, f"成本指标“{placed.name}”的目标值是“{target}”。")


@document_rule("N515", Severity.WARNING)
def times_have_an_upper_limit(document: Document) -> Iterator[Outcome]:
    """办理、响应、整改等的时限用“≤”，不用“≥”。

    原因：办事越快越好；“≥5个工作日”等于要求更慢。公示、开放、保存的时间不在此列。
    不符：办结时限 ≥5个工作日
    相符：办结时限 ≤5个工作日，公示天数 ≥5个工作日
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        time = measure(reading.unit).dimension in ("分钟", "个工作日", "个月") and reading.unit is not None
        if time and reading.comparator in ("≥", ">") and _WAITED.search(placed.name) and not _KEPT.search(placed.name):
            yield at_target(document, placed, f"“{placed.name}”越快越好，目标值却是“{target}”。")


@document_rule("N517", Severity.NOTICE)
def a_leading_two_may_be_a_sign(document: Document) -> Iterator[Outcome]:
    """同一张表的目标值大多写“≥”，没有比较符、以 2 开头的四位以上整十数，请再看一眼原表。

    原因：扫描识别时，“≥280次”常变成“2280次”，“≥400.00”常变成“2400.00”。
    不符：其余都写“≥”，这一项写 2280次
    相符：≥280次，或其余指标也不写比较符
    """
    readings = [placed.indicator.reading for placed, _ in each_target(document)]
    numbers = [reading for reading in readings if reading.measurable]
    if 2 * sum(reading.comparator == "≥" for reading in numbers) <= len(numbers):
        return
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        if reading.comparator is None and reading.number is not None:
            whole = re.match(r"2([1-9]\d+0)(?:\.0+)?$", f"{reading.number:f}")
            if whole:
                message = f"“{placed.name}”的目标值“{target}”没有比较符：会不会是“≥{whole[1]}”？"
                yield at_target(document, placed, message, "看一眼原表；原表如此的，不用改。")


_ALIKE = {"≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "＞": ">", "﹥": ">", "＜": "<", "﹤": "<", "═": "=", "＝": "="}
_UNUSUAL = re.compile(f"[{''.join(_ALIKE)}]")


@document_rule("N519", Severity.NOTICE)
def comparators_are_the_usual_ones(document: Document) -> Iterator[Outcome]:
    """比较符写成 ≥、≤、=、>、<，不用样子相近的别的字符。

    原因：“≧”“═”等字符读者搜索不到，看起来又一样；含义相同，可以放心统一。
    不符：≧735人次
    相符：≥735人次
    """
    for placed, target in each_target(document):
        for match in _UNUSUAL.finditer(target):
            mark = document.tree.within(match.start(), *target_place(document, placed.path))
            right = _ALIKE[match[0]]
            message = f"“{placed.name}”的目标值用了“{match[0]}”（U+{ord(match[0]):04X}）。"
            yield Finding(mark, message, f"改成“{right}”。", Edit(match[0], right))
