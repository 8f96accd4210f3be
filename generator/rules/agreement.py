"""The words against the table: shares, changes, amounts and counts that are said in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from generator.analysis.figures import adds_up, money
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.declaration.fields import BY_LABEL
from generator.declaration.quantity import Count
from generator.diagnostics.model import Mark, Severity
from generator.rules import Finding, Outcome, at_most, document_rule, rule, years_rule
from generator.rules.places import A_DEPARTMENT, amounts, texts


@lru_cache(A_DEPARTMENT)
def _settled(document: Document) -> dict[str, Decimal]:
    """Return the amounts that words can be held against: not those of a sum that fails, which is told by itself."""
    budget = document.declaration.budget
    failing = {
        label
        for part in (budget.sources.amounts(), budget.structure.amounts())
        if adds_up(budget.total, [*part.values()])[0] == "fails"
        for label in part
    }
    both = failing >= {"财政拨款", "基本支出"}
    return {
        label: amount
        for label, amount in amounts(document).items()
        if label not in failing and not (both and label == "部门整体预算总额")
    }


# A line of the budget, its amount, and its share of the whole; a share of anything else is not meant.
_SHARE = re.compile(
    r"(财政拨款|其他资金|基本支出|项目支出)(?:合计|共计|共|为|是)?[\d,.万亿元\s()（）]{0,30}[，,]?"
    r"占(?:部门|单位|年度|全年|整体|全部)*(?:预算总额|总预算|预算|总额|总支出|支出总额|比)?(?:的|为|约)?(\d+(?:\.\d+)?)[%％]"
)


_NAMED = re.compile(
    r"(?<![较比与同])(?:(?P<year>(?:19|20)\d\d)年(?![^，。；]{0,6}基础)|(?P<last>上一?年|去年)|本年|今年|当年)"
)


_CLAUSE = "[，。；]"  # a total is named with its year, the lines below it are not


def _of_another_year(text: str, start: int, year: int, ends: str = "[。；]") -> bool:
    """Tell whether the words up to a place speak of another year: 2023年……, 上年……; a comparison does not.

    What is said of a year goes on to the end of its sentence, or to what else is in `ends`.
    """
    named = [*_NAMED.finditer(re.split(ends, text[:start])[-1])]
    return bool(named) and (named[-1]["last"] is not None or named[-1]["year"] not in (None, str(year)))


@document_rule("A407", Severity.WARNING)
def printed_shares_are_right(document: Document) -> Iterator[Outcome]:
    """文字里写的占比应与表上的金额算出来的一致。

    原因：同一份表里两个数对不上，读者不知道信哪一个。
    不符：基本支出占 74.16%，而表上算出来是 70.00%
    相符：基本支出占 70%
    """
    total, given = document.declaration.budget.total.value, _settled(document)
    if not total or "部门整体预算总额" not in given:
        return
    for path, text in texts(document):
        for match in _SHARE.finditer(text):
            amount = _LINE.search(text, match.start())
            is_told = amount and amount.start() == match.start() and _differs(given.get(match[1], total), amount)
            if match[1] in given and not is_told:  # by A414
                exact = given[match[1]] * 100 / total
                yield from _printed(document, path, match, exact, f"{match[1]}占比")


_CHANGE = re.compile(
    r"(?<!基金)(?<!采购)(?<!公共)(?<!资金)(?<!项目)(?<!经费)预算(?:总额|总数)[^。；]{0,30}?(?:同比|[比较](?:上年|去年)|与(?:上年|去年)相比)(增长|增加|减少|下降)[^0-9。；]{0,4}(\d+(?:\.\d+)?)[%％]"
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
            if _of_another_year(text, match.start(), later.year, _CLAUSE):
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


_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>亿元|万元|元)"
_TOTAL_IN_TEXT = re.compile(
    rf"(?:部门|单位|年度|整体|全年|本年|\d年)(?:整体)?(?:收支|收入|支出)?(?:预算总额|总预算|预算总计|预算资金总额|预算合计)(?:为|是|共|约|合计)*\s*{_AMOUNT}"
)
_SCALE = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


@document_rule("A413", Severity.WARNING)
def the_same_total_everywhere(document: Document) -> Iterator[Outcome]:
    """文字里写的预算总额应与表上的相同。

    原因：同一个数在同一份表里应处处相同；文字用万元时只差四舍五入。
    不符：表上 1,350,000.00，文字写“部门预算总额105.00万元”
    相符：表上 1,350,000.00，文字写“部门预算总额135.00万元”
    """
    total = _settled(document).get("部门整体预算总额")
    if total is None:
        return
    for path, text in texts(document):
        for match in _TOTAL_IN_TEXT.finditer(text):
            if _differs(total, match) and not _of_another_year(text, match.start(), document.year, _CLAUSE):
                message = f"文字写预算总额 {match['amount']}{match['scale']}，表上是 {money(total)} 元。"
                yield Finding(_at_fault(document, path, match, total), message, "核对原表，改正写错的一处。")


# The form's own line in words: at the start of a clause, or after words for the whole department and year.
_BEGINS = (
    r"(?:^|(?<=[，。；：、,;:（(\s和])|(?<=\d年)"
    r"|(?<=其中|本年|年度|部门|单位|安排|年末|我局|预算)|(?<=我[委办处]))"
)
_LINE = re.compile(
    rf"{_BEGINS}(?P<label>财政拨款|其他资金|基本支出|项目支出|(?:年末)?资产总额)"
    rf"(?:预算|收入|支出|安排|总额|合计|共计|金额)*(?:为|是|共|约)*\s*{_AMOUNT}"
)
# Where the whole budget is laid out; elsewhere 财政拨款 or 项目支出 may be those of a single project.
_LAID_OUT = re.compile(
    "预算(?:总额|总数|总计|合计|收入|支出|收支)|(?:部门|单位|整体|年度|全年|本年|安排)(?:支出)?预算|基本支出|收支"
)
_PROJECT = re.compile("项目总|总投资|[该本此]项目|[该本此]工程|工程总|上级|中央|省级|市级")


@document_rule("A414", Severity.WARNING)
def the_same_lines_everywhere(document: Document) -> Iterator[Outcome]:
    """文字里写的财政拨款、基本支出、项目支出、资产总额等，与表上的相同。

    原因：同一个数在同一份表里应处处相同；文字用万元时只差四舍五入。
    不符：表上基本支出 4,088,773.84，文字写“基本支出508.88万元”
    相符：表上基本支出 4,088,773.84，文字写“基本支出408.88万元”
    """
    given = _settled(document)
    for path, text in texts(document):
        for match in _LINE.finditer(text):
            label = "年末资产总额" if "资产" in match["label"] else match["label"]
            alone = label in ("基本支出", "年末资产总额")
            of_the_form = label in given and (alone or (_LAID_OUT.search(text) and not _PROJECT.search(text)))
            if (
                of_the_form
                and _differs(given[label], match)
                and not _of_another_year(text, match.start(), document.year)
            ):
                said = f"{match['amount']}{match['scale']}"
                message = f"文字写{match['label']} {said}，表上是 {money(given[label])} 元。"
                yield Finding(_at_fault(document, path, match, given[label]), message, "核对原表，改正写错的一处。")


def _at_fault(document: Document, path: tuple[str | int, ...], match: re.Match[str], amount: Decimal) -> Mark:
    """Return where a difference is told: in the text, unless all of the table is in 万元, then at its total."""
    said = Decimal(match["amount"].replace(",", "")) * _SCALE[match["scale"]]
    in_ten_thousands = amount and Decimal(9990) < said / amount < Decimal(10010)
    if in_ten_thousands:
        return document.tree.value(*BY_LABEL["部门整体预算总额"].path)
    return document.tree.within(match.start("amount"), *path)


def _differs(amount: Decimal, match: re.Match[str]) -> bool:
    """Tell whether an amount in 元 is not the printed one, which may be rounded in its last digit."""
    printed = Decimal(match["amount"].replace(",", ""))
    return abs(amount / _SCALE[match["scale"]] - printed) > Decimal(1).scaleb(int(printed.as_tuple().exponent))


_NUMBER = r"(?P<number>\d+|[一二两三四五六七八九十百零]{1,7})"
_OTHER = _NUMBER.replace("number", "other")
_COUNTS = {
    "年末在职人数": re.compile(
        rf"(?:^|(?<=[，。；：、（(])|(?<=现有|实有|共有|年末|部门|单位))(?:实有|现有|共有)?"
        rf"在职(?:人员|职工|人数|干部职工)?(?:共|为|是|有|总数)*{_NUMBER}[人名]"
    ),
    "下属预算单位个数": re.compile(
        rf"(?:下设|下属|所属|下辖)(?:共|有)*{_NUMBER}[个家](?:下属|所属|基层|二级|独立)?预算单位"
        rf"|(?:下属|所属|二级)预算单位(?:共|有|为)*{_OTHER}[个家]"
    ),
    "内设机构数": re.compile(
        rf"内设(?:机构|科室|处室|股室)?(?:共|有|为)*{_NUMBER}个(?=[职业]?能?(?:机构|科室|处室|股室|部门)|内设|[，。；、]|$)|{_OTHER}个内设(?:机构|科室|处室|股室)"
    ),
}


@rule("A415", Severity.WARNING)
def the_same_counts_everywhere(corpus: Corpus) -> Iterator[Outcome]:
    """文字里写的在职人数、下属预算单位和内设机构的个数，与表上的相同。

    原因：同一个数在同一份表里应处处相同。
    不符：表上在职 9 人，文字写“现有在职人员19人”
    相符：表上在职 9 人，文字写“现有在职人员9人”
    """
    for folder in corpus.departments:
        for document in folder.documents:
            yield from at_most(_other_counts(document, folder.document_of(document.year - 1)))


def _other_counts(document: Document, earlier: Document | None) -> Iterator[Outcome]:
    for label, pattern in _COUNTS.items():
        stated = BY_LABEL[label].of(document.declaration)
        if not isinstance(stated, Count) or stated.value is None:
            continue
        before = BY_LABEL[label].of(earlier.declaration) if earlier else None
        for path, text in texts(document):
            for match in pattern.finditer(text):
                number = match["number"] or match.groupdict().get("other")
                said = _count(number or "")
                if said != stated.value and not _of_another_year(text, match.start(), document.year):
                    message = f"文字写“{match[0]}”，表上“{label}”是 {stated}。"
                    at_fault = _is_odd(stated.value, document.year, said, before)
                    mark = document.tree.value(label) if at_fault else document.tree.within(match.start(), *path)
                    yield Finding(mark, message, "核对原表，改正写错的一处。")


def _is_odd(stated: int, year: int, said: int | None, before: object) -> bool:
    """Tell whether it is the table that is wrong: a year stands there, or the text and last year agree against it."""
    if abs(stated - year) <= 1:
        return True
    old = before.value if isinstance(before, Count) else None
    return bool(old and said and max(old, said) <= 1.2 * min(old, said) and not 0.7 * old <= stated <= 1.4 * old)


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


def _count(words: str) -> int | None:
    """Read a number in digits, or in Chinese up to 999: 十二, 二十, 四百零六."""
    if words.isdecimal():
        return int(words)
    hundreds, hundred, rest = words.partition("百")
    if hundred:
        return 100 * _DIGITS.get(hundreds, 1) + (_count(rest.lstrip("零")) or 0)
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS.get(words)
    return 10 * _DIGITS.get(tens or "一", 1) + _DIGITS.get(ones or "零", 0)
