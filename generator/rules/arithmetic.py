"""Amounts and counts: sums to the cent, slips of 元 and 万元, impossible numbers, weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.analysis.figures import adds_up, money, rounded
from generator.content import yaml_reader
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.declaration.fields import BY_LABEL
from generator.declaration.quantity import Amount
from generator.diagnostics.model import Mark, Severity
from generator.rules import CannotTell, Finding, Outcome, document_rule, rule, years_rule
from generator.rules.places import amounts


@document_rule("A401", Severity.ERROR)
def sources_add_up(document: Document) -> Iterator[Outcome]:
    """财政拨款、其他资金和“其他项目”各行之和等于部门整体预算总额，精确到分；有一项未公开的，其余不大于总额。

    原因：读者首先核对合计；一分钱的差错也会使人怀疑全表。
    不符：总额 100.00，财政拨款 60.00，其他资金 39.99
    相符：总额 100.00，财政拨款 60.00，其他资金 40.00
    """
    budget = document.declaration.budget
    if stated := _both_give(document):
        message = f"资金来源和资金结构各项合计都是 {money(stated)} 元，预算总额写的是 {budget.total} 元。"
        yield Finding(document.tree.value("预算情况", "部门整体预算总额"), message, "对照原表改正预算总额。")
    else:
        yield from _sum(document, "资金来源", budget.sources.amounts())


@document_rule("A402", Severity.ERROR)
def structure_adds_up(document: Document) -> Iterator[Outcome]:
    """基本支出、项目支出和“其他项目”各行之和等于部门整体预算总额，精确到分；有一项未公开的，其余不大于总额。

    原因：按来源和按结构是同一笔钱的两种分法，合计必须相同。
    不符：总额 100.00，基本支出 70.01，项目支出 30.00
    相符：总额 100.00，基本支出 70.00，项目支出 30.00
    """
    if not _both_give(document):
        yield from _sum(document, "资金结构", document.declaration.budget.structure.amounts())


def _both_give(document: Document) -> Decimal | None:
    """Return the sum on which both divisions agree against the total: then the total is what is wrong."""
    budget = document.declaration.budget
    sums = [adds_up(budget.total, [*part.amounts().values()]) for part in (budget.sources, budget.structure)]
    (one, stated), (other, again) = sums
    return stated if one == other == "fails" and stated == again else None


def _sum(document: Document, heading: str, parts: dict[str, Amount | None]) -> Iterator[Outcome]:
    total = document.declaration.budget.total
    outcome, stated = adds_up(total, [*parts.values()])
    mark = document.tree.key("预算情况", heading)
    if outcome == "cannot tell":
        yield CannotTell(mark, f"“{heading}”有金额没有写明数字")
    elif outcome == "fails" and total.value is not None:
        gap = money(abs(stated - total.value))
        message = f"“{heading}”各项合计 {money(stated)} 元，与预算总额 {total} 元相差 {gap} 元。"
        if label := _culprit(parts, stated - total.value):
            own = label in BY_LABEL
            mark = document.tree.value("预算情况", heading, *([] if own else ["其他项目"]), label)
        yield Finding(mark, message, f"先对照原表核对“{label}”。" if label else "对照原表改正写错的一项。")


def _culprit(parts: dict[str, Amount | None], excess: Decimal) -> str | None:
    """Return the one part that a single slip explains: all of it, a digit, two exchanged, one too many, 万元 for 元."""
    given = {label: part.value for label, part in parts.items() if part is not None and part.value is not None}
    for explains in (lambda was, now: not now, _is_a_slip):
        fitting = [label for label, value in given.items() if value and explains(value, value - excess)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _is_a_slip(wrong: Decimal, right: Decimal) -> bool:
    if right <= 0:
        return False
    one, other = (f"{rounded(value)}" for value in (wrong, right))
    if len(one) == len(other):
        places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        exchanged = len(places) == 2 and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
        return exchanged or (len(places) == 1 and abs(wrong - right) >= 1)  # cents are lost anywhere
    short, long = sorted((one, other), key=len)
    added = any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    return added or any(abs(_ratio(wrong, right) / power - 1) < Decimal("0.001") for power in (10, 100, 1000, 10_000))


@years_rule("A403", Severity.WARNING)
def no_slip_of_ten_thousand(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """金额与上一年相差约一万倍的，多半是元和万元弄混了。

    原因：表上以元为单位，文稿常以万元为单位，抄错就差一万倍。
    不符：去年 5,513,159.84，今年 551.32
    相符：去年 5,513,159.84，今年 5,900,000.00
    """
    slipped = [pair for pair in _pairs(earlier, later) if 5000 <= _ratio(*pair[1:]) <= 20000]
    for label, old, new in slipped[:1]:
        message = (
            f"“{label}”由 {money(old)} 元变为 {money(new)} 元，{_others(slipped)}相差约一万倍：是不是把万元当成了元？"
        )
        yield Finding(later.tree.value(*BY_LABEL[label].path), message, "核对原表的单位，一律换算成元。")


@years_rule("A404", Severity.WARNING)
def no_tenfold_jump(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """金额比上一年涨到十倍以上或跌到十分之一以下的，要核对或说明。

    原因：这样大的变化少见，常常是多写或少写了一位；总额没有这样变化、合计又相等的，不是笔误，不在此列。
    不符：去年 1,000,000.00，今年 10,000,000.00
    相符：去年 1,000,000.00，今年 3,000,000.00；项目结束，项目支出由 400 万元降到 30 万元
    """
    slipped = [pair for pair in _pairs(earlier, later) if 10 <= _ratio(*pair[1:]) < 5000]
    if all(label != "部门整体预算总额" for label, *_ in slipped):
        budget = later.declaration.budget
        parts = [part.amounts() for part in (budget.sources, budget.structure)]
        judged = [part for part in parts if adds_up(budget.total, [*part.values()])[0] != "cannot tell"]
        slipped = [pair for pair in slipped if not any(pair[0] in part for part in judged)]  # told by A401 or A402
    if not slipped and _exchanged(earlier, later):
        message = f"“基本支出”和“项目支出”与 {earlier.year} 年的正好对调：是不是填反了？"
        yield Finding(later.tree.value(*BY_LABEL["基本支出"].path), message, "核对原表，改正填反的两项。")
    for label, old, new in slipped[:1]:
        message = f"“{label}”由 {money(old)} 元变为 {money(new)} 元，{_others(slipped)}相差十倍以上。"
        yield Finding(later.tree.value(*BY_LABEL[label].path), message, "核对原表；属实的，在“说明事项”写明理由。")


def _exchanged(earlier: Document, later: Document) -> bool:
    """Tell whether basic and project expenditure, far apart, are each about what the other was a year before."""
    old, new = amounts(earlier), amounts(later)
    pairs = [(old.get(a), new.get(b)) for a, b in (("基本支出", "项目支出"), ("项目支出", "基本支出"))]
    close = all(was and now and _ratio(was, now) < Decimal("1.06") for was, now in pairs)
    return close and _ratio(new["基本支出"], new["项目支出"]) > 2


def _others(slipped: list[tuple[str, Decimal, Decimal]]) -> str:
    """Name the further amounts that slipped with the first: one cause, one report."""
    rest = "、".join(f"“{label}”" for label, *_ in slipped[1:])
    return f"{rest}也一样，" if rest else ""


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

    原因：总额这样小，多半是以万元填写的；总额有百万元以上而每人不到两千元的，多半是人数错了。
    不符：在职 9 人，预算总额 551.32；在职 9000 人，预算总额 5,513,159.84
    相符：在职 9 人，预算总额 5,513,159.84
    """
    total, staff = document.declaration.budget.total.value, document.declaration.staff
    if not total or not staff or not staff.value:
        return
    is_year = abs(staff.value - document.year) <= 1 and total < 20_000 * staff.value
    if is_year or (total >= 1_000_000 and total < 2_000 * staff.value):
        message = f"在职 {staff} 人，预算总额 {money(total)} 元：人数是不是写错了？"
        repair = "核对原表，改正人数；多半写成了年份。" if is_year else "核对原表，改正写错的一项。"
        yield Finding(document.tree.value("年末在职人数"), message, repair)
    elif total < 1_000 * staff.value:
        message = f"预算总额 {money(total)} 元，在职 {staff} 人，平均每人不到一千元：是不是以万元填写的？"
        mark = document.tree.value(*BY_LABEL["部门整体预算总额"].path)
        yield Finding(mark, message, "核对原表的单位，一律换算成元。")


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
    """在职人数与上一年相差不到三十倍（预算没有跟着变的，八倍），不是多了或少了一位数字，也不是年份。

    原因：人员编制变化慢，多写一位数字就差十倍。
    不符：去年 9 人，今年 900 人
    相符：去年 9 人，今年 12 人
    """
    old, new = earlier.declaration.staff, later.declaration.staff
    divisions = later.declaration.divisions
    if not old or not new or not old.value or not new.value or ((divisions and divisions.value) or 0) > new.value:
        return  # the last is told by A411
    small, large = sorted((old.value, new.value))
    long = str(large)
    digit = large >= 50 and any(long[:i] + long[i + 1 :] == str(small) for i in range(len(long)))
    is_year = abs(new.value - later.year) <= 1 and not 0.7 <= new.value / old.value <= 1.3
    budgets = [d.declaration.budget.total.value for d in (earlier, later)]
    moved = _ratio(budgets[0], budgets[1]) if budgets[0] and budgets[1] else None  # a merger moves both
    odd = large >= (8 if moved and moved < 2 and large >= 50 else 30) * small
    if odd or (digit and large >= 5 * small and (moved is None or moved < 2)) or is_year:
        message = f"在职人数由 {old} 人变为 {new} 人。"
        yield Finding(later.tree.value("年末在职人数"), message, "核对原表；属实的，在“说明事项”写明理由。")


@rule("A411", Severity.WARNING)
def divisions_have_people(corpus: Corpus) -> Iterator[Outcome]:
    """内设机构数不应多于年末在职人数。

    原因：一个机构至少一个人；两个数可能填反了。
    不符：在职 1 人，内设机构 9 个
    相符：在职 9 人，内设机构 1 个
    """
    for folder in corpus.departments:
        for document in folder.documents:
            staff, divisions = document.declaration.staff, document.declaration.divisions
            if staff and divisions and staff.value is not None and divisions.value and divisions.value > staff.value:
                message = f"内设机构 {divisions} 个，在职 {staff} 人：是不是填反了？"
                before = folder.document_of(document.year - 1)
                as_before = before and before.declaration.divisions == divisions  # then it is the staff that is wrong
                mark = document.tree.value("年末在职人数" if as_before else "内设机构数")
                yield Finding(mark, message, "核对原表，改正写错的一项。")


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
    if len(stated) == len(weights) - 1 and len(stated) > _MANY and total < 100:
        placed = next(placed for placed in document.declaration.indicators() if placed.indicator.weight is None)
        message = f"别的指标都写了权重，合计 {total}，“{placed.name}”没有写。"
        yield Finding(document.tree.key(*placed.path), message, "照原表补上权重。")
    elif total > 100 or (len(stated) == len(weights) and total % 5):
        yield Finding(document.tree.key("分解目标"), f"权重之和是 {total}，不是 100。", "核对原表的权重。")


_MANY = 3  # of whose weights only one is absent by a slip


@rule("A416", Severity.WARNING, is_local=False)
def a_summary_includes_its_units(corpus: Corpus) -> Iterator[Outcome]:
    """上级部门的汇总数不小于它包含的各部门之和。

    原因：汇总数包含下属单位；比下属单位还小，必有一处错了。
    不符：某局(汇总) 总额 100.00，下属某所总额 200.00
    相符：某局(汇总) 总额 300.00，下属某所总额 200.00
    """
    folders = {folder.address: folder for folder in corpus.departments}
    children: dict[tuple[str, int], list[Document]] = {}
    for folder in corpus.departments:
        for document in folder.documents if folder.department.parent != folder.address else ():
            children.setdefault((folder.department.parent or "", document.year), []).append(document)
    for (address, year), units in children.items():
        whole = folders[address].document_of(year) if address in folders else None
        total = whole.declaration.budget.total.value if whole else None
        if whole is None or total is None or "汇总" not in whole.declaration.department_name or _both_give(whole):
            continue
        path = BY_LABEL["部门整体预算总额"].path
        units = [unit for unit in units if not _both_give(unit)]  # told by A401
        larger = [u for u in units if (u.declaration.budget.total.value or 0) > total]
        for unit in larger:
            own = unit.declaration.budget.total
            message = f"预算总额 {own} 元，比包含它的“{whole.declaration.department_name}”的 {money(total)} 元还多。"
            yield Finding(_place(unit, path), message, "核对两份原表，改正写错的一项。")
        parts = sum((unit.declaration.budget.total.value or Decimal(0) for unit in units), Decimal(0))
        if parts > total and not larger:
            message = f"汇总的预算总额 {money(total)} 元，比 {len(units)} 个下属部门之和 {money(parts)} 元还少。"
            yield Finding(_place(whole, path), message, "核对各份原表，改正写错的一项。")


def _place(document: Document, path: tuple[str, ...]) -> Mark:
    """Return a place in a file that is read again: where departments are compared, their files are put away."""
    return yaml_reader.read(document.path, document.label).value(*path)
