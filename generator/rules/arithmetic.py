"""Amounts and counts: sums to the cent, slips of 元 and 万元, impossible numbers, printed shares and changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from generator.analysis.figures import adds_up, money
from generator.content.corpus import DepartmentFolder, Document
from generator.declaration.fields import BY_LABEL
from generator.declaration.quantity import Amount
from generator.diagnostics.model import Severity
from generator.rules import CannotTell, Finding, Outcome, document_rule, years_rule
from generator.rules.places import amounts, texts


@document_rule("A401", Severity.ERROR)
def sources_add_up(document: Document) -> Iterator[Outcome]:
    """财政拨款、其他资金和“其他项目”各行之和等于部门整体预算总额，精确到分；有一项未公开的，其余不大于总额。

    原因：读者首先核对合计；一分钱的差错也会使人怀疑全表。
    不符：总额 100.00，财政拨款 60.00，其他资金 39.99
    相符：总额 100.00，财政拨款 60.00，其他资金 40.00
    """
    yield from _sum(document, "资金来源", list(document.declaration.budget.sources.amounts().values()))


@document_rule("A402", Severity.ERROR)
def structure_adds_up(document: Document) -> Iterator[Outcome]:
    """基本支出、项目支出和“其他项目”各行之和等于部门整体预算总额，精确到分；有一项未公开的，其余不大于总额。

    原因：按来源和按结构是同一笔钱的两种分法，合计必须相同。
    不符：总额 100.00，基本支出 70.01，项目支出 30.00
    相符：总额 100.00，基本支出 70.00，项目支出 30.00
    """
    yield from _sum(document, "资金结构", list(document.declaration.budget.structure.amounts().values()))


def _sum(document: Document, heading: str, parts: list[Amount | None]) -> Iterator[Outcome]:
    total = document.declaration.budget.total
    outcome, stated = adds_up(total, parts)
    mark = document.tree.key("预算情况", heading)
    if outcome == "cannot tell":
        yield CannotTell(mark, f"“{heading}”有金额没有写明数字")
    elif outcome == "fails" and total.value is not None:
        gap = money(abs(stated - total.value))
        message = f"“{heading}”各项合计 {money(stated)} 元，与预算总额 {total} 元相差 {gap} 元。"
        yield Finding(mark, message, "对照原表改正写错的一项。")


@years_rule("A403", Severity.WARNING)
def no_slip_of_ten_thousand(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """金额与上一年相差约一万倍的，多半是元和万元弄混了。

    原因：表上以元为单位，文稿常以万元为单位，抄错就差一万倍。
    不符：去年 5,513,159.84，今年 551.32
    相符：去年 5,513,159.84，今年 5,900,000.00
    """
    for label, old, new in _pairs(earlier, later):
        if 5000 <= _ratio(old, new) <= 20000:
            message = f"“{label}”由 {money(old)} 元变为 {money(new)} 元，相差约一万倍：是不是把万元当成了元？"
            yield Finding(later.tree.value(*BY_LABEL[label].path), message, "核对原表的单位，一律换算成元。")


@years_rule("A404", Severity.WARNING)
def no_tenfold_jump(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """金额比上一年涨到十倍以上或跌到十分之一以下的，要核对或说明。

    原因：这样大的变化少见，常常是多写或少写了一位。
    不符：去年 1,000,000.00，今年 10,000,000.00
    相符：去年 1,000,000.00，今年 3,000,000.00
    """
    for label, old, new in _pairs(earlier, later):
        if 10 <= _ratio(old, new) < 5000:
            message = f"“{label}”由 {money(old)} 元变为 {money(new)} 元，相差十倍以上。"
            yield Finding(later.tree.value(*BY_LABEL[label].path), message, "核对原表；属实的，在“说明事项”写明理由。")


def _pairs(earlier: Document, later: Document) -> Iterator[tuple[str, Decimal, Decimal]]:
    before = amounts(earlier)
    for label, value in amounts(later).items():
        if label != "其他资金" and before.get(label) and value:
            yield label, before[label], value


def _ratio(one: Decimal, other: Decimal) -> Decimal:
    return max(one, other) / min(one, other)


@document_rule("A405", Severity.WARNING)
def total_is_in_yuan(document: Document) -> Iterator[Outcome]:
    """有在职人员的部门，一年的预算总额不会少于每人一千元。

    原因：数字这样小，多半是以万元填写的。
    不符：在职 9 人，预算总额 551.32
    相符：在职 9 人，预算总额 5,513,159.84
    """
    total, staff = document.declaration.budget.total.value, document.declaration.staff
    if total and staff and staff.value and total < 1_000 * staff.value:
        message = f"预算总额 {money(total)} 元，在职 {staff} 人，平均每人不到一千元：是不是以万元填写的？"
        yield Finding(
            document.tree.value(*BY_LABEL["部门整体预算总额"].path), message, "核对原表的单位，一律换算成元。"
        )


@document_rule("A406", Severity.WARNING)
def one_unit_in_all_fields(document: Document) -> Iterator[Outcome]:
    """年末资产总额不是只有几百元，不到预算总额的万分之一。

    原因：多半是资产以万元填写的。资产比预算大得多的（园区、水利、路网）不在此列。
    不符：预算总额 5,513,159.84，年末资产总额 56.29
    相符：预算总额 5,513,159.84，年末资产总额 562,882.03
    """
    total, assets = document.declaration.budget.total.value, document.declaration.assets
    if total and assets and assets.value and assets.value < 10_000 and total >= 10_000 * assets.value:
        message = f"年末资产总额 {assets} 元，不到预算总额 {money(total)} 元的万分之一：是不是以万元填写的？"
        yield Finding(document.tree.value("年末资产总额"), message, "核对两个金额的单位，一律换算成元。")


# A line of the budget, its amount, and its share of the whole; a share of anything else is not meant.
_SHARE = re.compile(
    r"(财政拨款|其他资金|基本支出|项目支出)(?:合计|共计|共|为|是)?[\d,.万亿元\s()（）]{0,30}[，,]?"
    r"占(?:部门|单位|年度|全年|整体|全部)*(?:预算总额|总预算|预算|总额|总支出|支出总额|比)?(?:的|为|约)?(\d+(?:\.\d+)?)[%％]"
)


def _of_another_year(text: str, start: int, year: int) -> bool:
    """Tell whether the words before a place speak of another year: 2023年……, 上年……."""
    named = re.search(r"(?:((?:19|20)\d\d)|上一?|去)年(?:度)?[^，。；]{0,4}$", text[:start])
    return named is not None and named[1] != str(year)


@document_rule("A407", Severity.WARNING)
def printed_shares_are_right(document: Document) -> Iterator[Outcome]:
    """文字里写的占比应与表上的金额算出来的一致。

    原因：同一份表里两个数对不上，读者不知道信哪一个。
    不符：基本支出占 74.16%，而表上算出来是 70.00%
    相符：基本支出占 70%
    """
    total, given = document.declaration.budget.total.value, amounts(document)
    if not total:
        return
    for path, text in texts(document):
        for match in _SHARE.finditer(text):
            if match[1] in given:
                exact = given[match[1]] * 100 / total
                yield from _printed(document, path, match, exact, f"{match[1]}占比")


_CHANGE = re.compile(
    r"预算(?:总额|总数)[^。；]{0,30}?(?:同比|比上年)(增长|增加|减少|下降)[^0-9。；]{0,4}(\d+(?:\.\d+)?)[%％]"
)


@years_rule("A408", Severity.WARNING)
def printed_changes_are_right(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """文字里写的预算同比增减应与两年的预算总额算出来的一致。

    原因：同比写错，会让人误解花钱的方向和幅度。
    不符：去年总额 100.00，今年 150.00，文字写“预算总额同比减少1.10%”
    相符：去年总额 100.00，今年 150.00，文字写“预算总额同比增长50%”
    """
    old, new = earlier.declaration.budget.total.value, later.declaration.budget.total.value
    if later.year - earlier.year != 1 or not old or new is None:
        return
    change = (new - old) * 100 / old
    for path, text in texts(later):
        for match in _CHANGE.finditer(text):
            if _of_another_year(text, match.start(), later.year):
                continue
            up = match[1] in ("增长", "增加")
            yield from _printed(later, path, match, change if up else -change, f"预算总额同比{match[1]}")


def _printed(
    document: Document, path: tuple[str | int, ...], match: re.Match[str], exact: Decimal, what: str
) -> Iterator[Finding]:
    printed = Decimal(match[2])
    unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    right = exact.quantize(unit, ROUND_HALF_UP)
    if abs(right - printed) > unit:
        message = f"文字写{what} {match[2]}%，按表上的金额应是 {right}%。"
        yield Finding(document.tree.within(match.start(2), *path), message, "核对原表；原表如此的，在“说明事项”写明。")


@document_rule("A409", Severity.WARNING)
def a_summary_has_units(document: Document) -> Iterator[Outcome]:
    """部门名称写“汇总”的，下属预算单位个数不应为零。

    原因：汇总数包含下属单位；没有下属单位就谈不上汇总。
    不符：部门名称 某局(汇总)，下属预算单位个数 0
    相符：部门名称 某局(汇总)，下属预算单位个数 2
    """
    units = document.declaration.subordinate_units
    if "汇总" in document.declaration.department_name and units and units.value == 0:
        message = "部门名称写着“汇总”，下属预算单位个数却是 0。"
        yield Finding(document.tree.value("下属预算单位个数"), message, "核对原表，改正其中一处。")


@years_rule("A410", Severity.WARNING)
def staff_changes_slowly(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """在职人数比上一年多到三十倍或少到三十分之一的，要核对。

    原因：人员编制变化慢，多写一位数字就差十倍以上。
    不符：去年 9 人，今年 900 人
    相符：去年 9 人，今年 12 人
    """
    old, new = earlier.declaration.staff, later.declaration.staff
    if old and new and old.value and new.value and max(old.value, new.value) >= 30 * min(old.value, new.value):
        message = f"在职人数由 {old} 人变为 {new} 人。"
        yield Finding(later.tree.value("年末在职人数"), message, "核对原表；属实的，在“说明事项”写明理由。")


@document_rule("A411", Severity.WARNING)
def divisions_have_people(document: Document) -> Iterator[Outcome]:
    """内设机构数不应多于年末在职人数。

    原因：一个机构至少一个人；两个数可能填反了。
    不符：在职 1 人，内设机构 9 个
    相符：在职 9 人，内设机构 1 个
    """
    staff, divisions = document.declaration.staff, document.declaration.divisions
    if staff and divisions and staff.value is not None and divisions.value and divisions.value > staff.value:
        message = f"内设机构 {divisions} 个，在职 {staff} 人：是不是填反了？"
        yield Finding(document.tree.value("内设机构数"), message, "核对原表，改正写错的一项。")


@document_rule("A412", Severity.WARNING)
def weights_add_up(document: Document) -> Iterator[Outcome]:
    """写明的权重之和不超过 100；每项指标都写了的，是 100，或者整数地留出预算执行率等的分值（如 90）。

    原因：权重用来计算得分，加起来不对就算不出总分。
    不符：两项指标，权重 60 和 50；权重 49 和 48
    相符：两项指标，权重 60 和 40；权重 50 和 40，另 10 分是预算执行率
    """
    weights = [placed.indicator.weight for placed in document.declaration.indicators()]
    stated = [weight for weight in weights if weight is not None]
    total = sum(stated)
    if total > 100 or (len(stated) == len(weights) and total % 5):
        yield Finding(document.tree.key("分解目标"), f"权重之和是 {total}，不是 100。", "核对原表的权重。")


_TOTAL_IN_TEXT = re.compile(r"(?:部门|单位|年度|整体)预算总额(?:为|是|共)?(\d[\d,]*(?:\.\d+)?)(亿元|万元|元)")
_SCALE = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


@document_rule("A413", Severity.WARNING)
def the_same_total_everywhere(document: Document) -> Iterator[Outcome]:
    """文字里写的预算总额应与表上的相同。

    原因：同一个数在同一份表里应处处相同；文字用万元时只差四舍五入。
    不符：表上 1,350,000.00，文字写“部门预算总额105.00万元”
    相符：表上 1,350,000.00，文字写“部门预算总额135.00万元”
    """
    total = document.declaration.budget.total.value
    if total is None:
        return
    for path, text in texts(document):
        for match in _TOTAL_IN_TEXT.finditer(text):
            printed = Decimal(match[1].replace(",", ""))
            unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
            differs = abs(total / _SCALE[match[2]] - printed) > unit
            if differs and not _of_another_year(text, match.start(), document.year):
                message = f"文字写预算总额 {match[1]}{match[2]}，表上是 {money(total)} 元。"
                yield Finding(document.tree.within(match.start(1), *path), message, "核对原表，改正写错的一处。")
