"""Indicators: names, units, deadlines, baselines, and targets that can be checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from generator.analysis.identity import traced
from generator.analysis.polarity import polarity
from generator.content.corpus import Corpus, Document
from generator.declaration.model import HEADINGS, PlacedIndicator
from generator.diagnostics.model import Severity
from generator.rules import Finding, Outcome, document_rule, rule
from generator.rules.places import AGAIN, LABELS, MEASURED, at_target, bare, each_target, texts
from generator.rules.text import PLACEHOLDER

# Figures without a unit: zero, whatever is counted, ratios of one thing to another of its kind, and rates whose name
# says of what they are: 十万人口火灾死亡率.
_DIMENSIONLESS = re.compile(
    "系数|指数|容积率|倍数|倍率|备付率|(?:[BC]MI|DDDs)值?$|(?:亿元|[十百]?万).{0,12}率$|[pP][hH]值?|比$|比值|[率度]比$|利率$|(?:流动|速动|负债|杠杆)比?率|分数|得分|评分|评级|等级|级别|排名|名次|位次"
)


@document_rule("N505", Severity.WARNING)
def a_number_has_a_unit(document: Document) -> Iterator[Outcome]:
    """写了数字的目标值要有单位。

    原因：没有单位，读者不知道是次、是人还是万元。
    不符：220
    相符：220人次
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        lacking = bool(reading.number) and reading.unit is None and not _DIMENSIONLESS.search(placed.name)
        if lacking and not _is_one_for_a_rate(placed):
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”没有单位。")


def _is_one_for_a_rate(placed: PlacedIndicator) -> bool:
    reading = placed.indicator.reading
    share = reading.unit is None and reading.number is not None and 0 < reading.number <= 1
    rate = share and re.search("率|满意度|知晓度", placed.name) and not _DIMENSIONLESS.search(placed.name)
    return bool(rate) and polarity(placed.name) != -1


@document_rule("N506", Severity.WARNING)
def a_rate_is_in_percent(document: Document) -> Iterator[Outcome]:
    """比率写成百分数。

    原因：表格软件会把 100% 存成 1，照抄就成了“1”。
    不符：合格率 1
    相符：合格率 100%
    """
    for placed, target in each_target(document):
        if _is_one_for_a_rate(placed):
            percent = (placed.indicator.reading.number or Decimal(0)) * 100
            repair = f"对照原表；是的话写成 {percent.normalize():f}%。"
            yield at_target(document, placed, f"“{placed.name}”是比率，目标值写成了“{target}”。", repair)


@document_rule("N507", Severity.WARNING)
def no_name_twice(document: Document) -> Iterator[Outcome]:
    """同一份表里，指标名称不重复；只差标点和空格的也算重复。

    原因：两个同名指标，读者和历年台账都分不清。
    不符：“演练 场次”和“演练场次”
    相符：“演练场次”和“演练人数”
    """
    names = Counter(bare(placed.name) for placed, _ in each_target(document))
    seen: set[str] = set()
    for placed, _ in each_target(document):
        name = bare(placed.name)
        if names[name] > 1 and name in seen:
            message = f"指标名称“{placed.name}”在这份表里出现了 {names[name]} 次。"
            yield Finding(document.tree.key(*placed.path), message, AGAIN)
        seen.add(name)


@document_rule("N508", Severity.WARNING)
def deadlines_are_in_the_year(document: Document) -> Iterator[Outcome]:
    """期限在本年度之内；年终的结算、报送等，可以到下一年六月底。

    原因：年份不对，多半是从上一年复制的。
    不符：2024 年度，及时(2023年9月底前)
    相符：2024 年度，及时(2024年9月底前)，2025年1月31日前报送
    """
    for placed, target in each_target(document):
        deadline = placed.indicator.reading.deadline
        if deadline and not date(document.year, 1, 1) <= deadline <= date(document.year + 1, 6, 30):
            yield at_target(document, placed, f"“{placed.name}”的期限“{target}”不在 {document.year} 年度。")


@rule("N509", Severity.NOTICE)
def a_baseline_is_published(corpus: Corpus) -> Iterator[Outcome]:
    """与往年相比的目标，那一年的数值应已公布。

    原因：“较2023年提升”要知道 2023 年是多少，才能核对是否提升。
    不符：较2023年提升，而 2023 年没有公布数值
    相符：较2023年提升，2023 年的目标值是 ≥85%
    """
    for folder in corpus.departments:
        for document in folder.documents:
            for placed, target in each_target(document):
                baseline = placed.indicator.reading.baseline
                year = document.year - 1 if baseline == "上年" else baseline
                if year is None or not document.year - 5 <= year < document.year:  # an odd year is told by N510
                    continue
                back = [d.declaration for d in reversed(folder.documents) if year <= d.year <= document.year]
                declared = back[-1].year == year
                if why := _unknown(year, traced(placed, back) if declared else None, declared):
                    message = f"“{placed.name}”的目标是“{target}”，{why[0]}，无法核对。"
                    yield at_target(document, placed, message, f"{why[1]}不用改，网页会照实注明。")


def _unknown(year: int, base: PlacedIndicator | None, declared: bool) -> tuple[str, str] | None:
    """Say why the value of a baseline year is not known, and what can be done."""
    if not declared:
        return f"本站没有 {year} 年度的申报表", f"能补上 {year} 年度申报表的补上；不能的，"
    if base is None:
        return f"{year} 年度的申报表没有这项指标", "当时是别的名称的，登记“原名”；不是的，"
    if base.indicator.reading.measurable:
        return None
    return f"{year} 年度的目标“{base.indicator.target_value}”没有写明数字", ""


# The year that something is compared with, in any words; the start of a year lies before its end.
_COMPARED = re.compile(
    r"[较比](?:本|今|当)年(?!初|[一二三四\d]|上半年|预算|计划|[年]?初|度?[预计])|(?:[较比与同于在以]|相比|对比|对照)\s*(?P<year>(?:19|20)\d\d)年(?:度)?(?!初|[一二三四\d]+季|上半年|[\d至到-]|预算|[年]?初)"
    r"(?=同期|水平|全年|底|末|基础|基数|相比|[^，。；\d前后内]{0,8}(?:升|增|提高|高|扩大|加|降|减|少|下|缩|持平|稳定|不变|改善|好转|多|基础|翻番))"
)


@document_rule("N510", Severity.WARNING)
def a_baseline_is_in_the_past(document: Document) -> Iterator[Outcome]:
    """对比的年份早于本年度。

    原因：与本年度或将来相比没有意义，多半是忘了改年份。
    不符：2024 年度，较2024年提升，在2024年基础上增长
    相符：2024 年度，较2023年提升，较2005年下降
    """
    for placed, target in each_target(document):
        for match in (*_COMPARED.finditer(target), *_LEVEL.finditer(target)):
            if not match["year"] or not FOUNDED <= int(match["year"]) < document.year:
                message = f"“{placed.name}”的目标“{target}”对比的年份不对：本年度是 {document.year}。"
                yield at_target(document, placed, message)
                break
        else:
            named = _COMPARED.search(placed.name)
            if named and named["year"] and not FOUNDED <= int(named["year"]) < document.year:
                message = f"指标“{placed.name}”对比的年份不对：本年度是 {document.year}。"
                yield Finding(document.tree.key(*placed.path), message, AGAIN)
    yield from _compared_in_text(document)


_NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_PLANNED = re.compile("(?:工作)?(?:要点|计划|方案|安排|任务|部署|规划|目标)")


def _compared_in_text(document: Document) -> Iterator[Outcome]:
    """Find comparisons with this year; what is planned for later years is compared with it by right."""
    for path, text in texts(document):
        for match in _COMPARED.finditer(text) if _NAMED_YEAR.search(text) else ():
            year, before, after = int(match["year"] or 0), text[: match.start()], text[match.end() :]
            around = re.split("[。；]", before)[-1] + "，" + re.split("[。；]", after)[0]
            is_latest = all(int(named) <= year for named in _NAMED_YEAR.findall(around))
            if year >= document.year and is_latest and match[0][0] != "以" and not _PLANNED.match(after):
                message = f"文字里写“{match[0]}”，对比的年份不对：本年度是 {document.year}。"
                yield Finding(document.tree.within(match.start(), *path), message, AGAIN)


_LEVEL = re.compile(r"^\s*不?[低高]于(?P<year>(?:19|20)\d\d)年度?\s*$")
FOUNDED = 1949  # before, no department has anything to compare with


_EMPTY = re.compile(
    r"(积极|大力|努力|不断|持续|进一步|着力|扎实|稳步|全力)?(加强|推进|开展|推动|完善|深化|落实|做好|抓好|促进)(工作|落实|建设)?"
)


@document_rule("N511", Severity.WARNING)
def a_target_can_be_checked(document: Document) -> Iterator[Outcome]:
    """目标值说明要达到什么，不只说要做什么。

    原因：“加强”“积极推进”没有可以核对的结果；人数、收入、比率写“达到要求”，也读不出是多少。
    不符：积极推进；旅游收入: 达到要求
    相符：及时(2024年9月底前)
    """
    for placed, target in each_target(document):
        vague = _VAGUE.fullmatch(target.strip(" 。")) and MEASURED.search(placed.name)
        if vague or _EMPTY.fullmatch(target.strip()):
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”没有可以核对的结果。")


@document_rule("N512", Severity.NOTICE)
def every_kind_has_an_indicator(document: Document) -> Iterator[Outcome]:
    """产出指标、效益指标、满意度指标都有指标。

    原因：只写产出，看不出做了有什么用、服务对象满不满意。
    不符：只有产出指标
    相符：产出、效益、满意度都有
    """
    targets = document.declaration.targets
    missing = [kind for kind in ("产出指标", "效益指标", "满意度指标") if not any(targets.get(kind, {}).values())]
    if missing and targets.keys() <= HEADINGS.keys():  # a misspelt heading is told by F205
        message = f"没有任何{'、'.join(missing)}。"
        yield Finding(document.tree.key("分解目标"), message, "核对原表有没有漏录；原表没有的，不用改。")


_VAGUE = re.compile(
    "(?:基本)?(?:达到|符合|满足)(?:规定|相关|有关|上级|工作|考核|既定|预期)*的?(?:要求|目标|预期)|已?完成|按照?(?:期|计划)"
    "(?:完成|执行|推进|进行)?"
)
_SEVERAL = re.compile(r"\d[\d,.]*\s*[^\d\s，,；;、。%]{0,6}[%％]?[^\d，,；;、。]{0,4}[，,；;、][^\d，,；;、。]{0,10}\d")
_NOT_COUNTED = re.compile(
    r"(?<=\d),(?=\d{3})|[(（].*?[)）]|第\d+(?:[、，,]\d+)*|\d+\s*(?:[年月日号时点:：]|[x×]\s*\d+)"
)


@document_rule("N513", Severity.WARNING)
def one_target_a_cell(document: Document) -> Iterator[Outcome]:
    """一个指标一个目标值。

    原因：一格里写几个目标，只完成一个算不算完成就说不清。
    不符：检测1000人次以上,筛查600人次以上
    相符：分成两个指标
    """
    for placed, target in each_target(document):
        if _SEVERAL.search(_NOT_COUNTED.sub("", target)):
            yield at_target(
                document, placed, f"“{placed.name}”的目标值“{target}”里有几个目标。", "原表如此的，在“说明事项”写明。"
            )


@document_rule("N516", Severity.WARNING)
def a_name_is_no_target(document: Document) -> Iterator[Outcome]:
    """目标值不是指标名称，也不是表上的标题。

    原因：多半是两格抄串了。
    不符：演练场次: 演练场次；演练场次: 数量指标
    相符：演练场次: ≥1.00(次)
    """
    declaration = document.declaration
    called = [placed.name for placed, _ in each_target(document)] + [task.name for task in declaration.tasks]
    called.append(re.sub(r"[(（]汇总[)）]", "", declaration.department_name))
    names = {bare(name) for name in called if len(bare(name)) > 3 and not PLACEHOLDER.search(name)}  # told by T601
    for placed, target in each_target(document):
        if bare(target) == bare(placed.name) and not placed.indicator.reading.measurable:  # else told by N525
            yield at_target(document, placed, f"“{placed.name}”的目标值与名称相同。", "照原表填写目标值。")
        elif bare(target) != bare(placed.name) and (bare(target) in names | LABELS - {"单位"} or _is_its_tail(placed)):
            yield at_target(
                document, placed, f"“{placed.name}”的目标值“{target}”是指标、任务或标题的名称。", "照原表填写目标值。"
            )


def _is_its_tail(placed: PlacedIndicator) -> bool:
    tail = bare(placed.indicator.target_value)
    return placed.name.endswith(tail) and re.search("(?:率|满意度|数|量|额|人次|场次|面积|长度)$", tail) is not None


@document_rule("N518", Severity.NOTICE)
def no_near_repeated_name(document: Document) -> Iterator[Outcome]:
    """同一类别下，没有名称只差一个字、目标值又相同的指标。

    原因：多半是同一项指标抄了两遍，其中一遍有错字。
    不符：“应急救援演练场次: 2场”和“应急救援演习场次: 2场”
    相符：名称不同，或目标值不同
    """
    seen: dict[tuple[str, str, str], list[str]] = {}
    for placed, target in each_target(document):
        others = seen.setdefault((placed.first_level, placed.second_level, target), [])
        for other in others:
            if _one_slip_apart(bare(other), bare(placed.name)):
                message = f"“{placed.name}”与“{other}”只差一个字，目标值相同：是不是同一项？"
                yield Finding(document.tree.key(*placed.path), message, "核对原表；确是两项的，不用改。")
        others.append(placed.name)


def _one_slip_apart(one: str, other: str) -> bool:
    """Tell whether two long names differ in one letter: changed, added or left out."""
    if min(len(one), len(other)) < 6 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = {(one[start + i :], other[start + j :]) for i, j in ((1, 1), (1, 0), (0, 1))}
    return any(a == b for a, b in rests)
