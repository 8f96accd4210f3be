"""From one year to the next: names, missing years, copies, what was taken back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.declaration import glyphs
from generator.declaration.fields import figures
from generator.diagnostics.model import Severity
from generator.rules import Finding, Outcome, document_rule, rule, years_rule
from generator.rules.places import all_texts, amounts, going_on, texts
from generator.rules.slips import LOOK_ALIKE

ALIKE = 0.8  # of the letters of both names, in order


def _likeness(one: str, other: str) -> float:
    """Return the share of letters that two names have in common, in order; 0 where it cannot reach ALIKE."""
    matcher = SequenceMatcher(None, one, other)
    return 0.0 if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE else matcher.ratio()


@years_rule("H701", Severity.NOTICE)
def probable_rename(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """指标改名的，新一年登记“原名”。

    原因：系统不替人猜，名称不同就当作两个指标；登记了原名，历年的目标值才接得上。
    不符：去年“演练场次”，今年“应急演练场次”，没有登记原名
    相符：今年“应急演练场次”，原名: 演练场次
    """
    before, after, succeeding = going_on(earlier, later)
    gone = [before[old] for old in succeeding.ended(before)]
    for new, placed in after.items():
        if new in succeeding.continued or new in succeeding.parts or placed.indicator.former_name:
            continue
        if glyphs.visible(placed.name) != placed.name or LOOK_ALIKE.search(placed.name):
            continue  # told by T605 or T616: put right, it may be last year's name
        likeness = {_likeness(old.name, placed.name): old for old in gone if old.path[:-1] == placed.path[:-1]}
        if max(likeness, default=0.0) < ALIKE:
            continue
        best = likeness[max(likeness)]
        yield Finding(
            later.tree.key(*placed.path),
            f"“{placed.name}”是新指标，{earlier.year} 年的“{best.name}”不见了：是不是改了名？",
            f"是改名的，在这个指标下写“指标目标值: {placed.indicator.target_value}”和“原名: {best.name}”；"
            "不是的，不用改。",
        )


@years_rule("H702", Severity.NOTICE)
def no_year_is_missing(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """各年度连续，中间不缺。

    原因：缺一年，读者就无法逐年比较；网页会写明“未公布”。
    不符：有 2022 和 2024，没有 2023
    相符：有 2022、2023 和 2024
    """
    missing = "、".join(str(year) for year in range(earlier.year + 1, later.year))
    if missing:
        message = f"{earlier.year} 年与 {later.year} 年之间缺少 {missing} 年度的申报表。"
        yield Finding(later.tree.value("年度"), message, "已公布的，补上文件；没有公布的，不用改。")


@years_rule("H703", Severity.WARNING)
def not_a_copy_of_last_year(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """新一年的申报表不是上一年的复制：金额全部相同时，文字和目标值不应几乎全部相同。

    原因：多半是存错了文件，或者还没有改完。
    不符：金额相同，九成以上的文字和目标值也相同
    相符：金额有变化，或者文字和目标值改了很多
    """
    if amounts(earlier) != amounts(later) or len(amounts(later)) <= 3:
        return
    old, new = (Counter(re.sub(r"(19|20)\d\d", "", text) for _, text in all_texts(d)) for d in (earlier, later))
    same, count = (old & new).total(), max(old.total(), new.total())
    if same >= 0.9 * count:
        whole = same == count and _is_copy(earlier, later)
        said = "除了年份，" if whole else f"{count} 处文字和目标值中有 {same} 处相同，金额也全部相同，"
        message = f"{said}与 {earlier.year} 年的申报表{'完全相同' if whole else '几乎一样'}。"
        repair = "核对是不是存错了文件；确实如此的，在“说明事项”写明。"
        yield Finding(later.tree.value("年度"), message, repair, alone=whole)


def _is_copy(earlier: Document, later: Document) -> bool:
    """Tell whether figures and names of two years are the same, too."""
    one, other = (
        ([str(value) for _, value in figures(d.declaration)], [placed.path for placed in d.declaration.indicators()])
        for d in (earlier, later)
    )
    return one == other


# A plan that is followed, at the start of its sentence or after a word that says so; one that is looked back on is not.
_STALE = re.compile(
    r"(?:(?:根据|按照|按|依据|围绕|完成|落实|贯彻|执行|实施|实现)[^，。；：、\d]{0,16}|^(?=[^，]{0,24}，))"
    r"(?P<plan>((?:19|20)\d\d)年(?:度)?(?:工作(?:目标|计划|任务|要点)|年度目标|重点工作|预算(?:安排|编制)|绩效目标))"
    r"(?![^，。；]{0,12}?(?:自评|评价|评估|考核|总结|情况|结[余转]|续建|审计|决算|收[官尾]|复盘|回顾|清理|验收|调整"
    r"|后续|遗留|未完|规范|编制))"
)


@document_rule("H704", Severity.WARNING)
def no_stale_year(document: Document) -> Iterator[Outcome]:
    """写的是本年度的工作目标、计划和预算安排，年份就应是本年度。

    原因：从上一年复制过来、忘了改年份，读者会以为是旧表。
    不符：2024 年度的表写“2023年工作计划”
    相符：2024 年度的表写“2024年工作计划”
    """
    for path, text in texts(document):
        for match in _STALE.finditer(text):
            if int(match[2]) < document.year:
                message = f"{document.year} 年度的表里写着“{match['plan']}”。"
                repair = "核对年份；原表如此的，在“说明事项”写明。"
                yield Finding(document.tree.within(match.start("plan"), *path), message, repair)


@rule("H706", Severity.WARNING)
def a_new_name_is_noted(corpus: Corpus) -> Iterator[Outcome]:
    """部门改名的，在 department.yaml 的“更名”中登记。

    原因：不登记，读者会以为是两个部门。
    不符：去年“某区旧局”，今年“某区新局”，没有登记
    相符：更名: 原名 某区旧局，沿用至 2023
    """
    for folder in corpus.departments:
        noted = {renaming.former_name for renaming in folder.department.renamings}
        for earlier, later in zip(folder.documents, folder.documents[1:], strict=False):
            old, new = (_without_summary(d.declaration.department_name) for d in (earlier, later))
            if old != new and old not in noted:
                message = f"部门名称由“{old}”变为“{new}”，没有登记更名。"
                repair = (
                    f"名称写错的，改正；确已更名的，在 department.yaml 的“更名”写原名: {old}，沿用至: {earlier.year}。"
                )
                yield Finding(later.tree.value("部门名称"), message, repair)


@years_rule("H707", Severity.WARNING)
def a_former_name_was_there(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """“原名”是上一年同一类别下的指标名称。

    原因：原名写错，历年的目标值就接不上。
    不符：原名: 演练次数，而去年的指标叫“演练场次”
    相符：原名: 演练场次
    """
    before, after, succeeding = going_on(earlier, later)
    for new, placed in after.items():
        former = placed.indicator.former_name
        if former is None:
            continue
        origin = succeeding.continued.get(new) or succeeding.parts.get(new)
        if former not in {old[2] for old in before if old[:2] == new[:2] or old == origin}:
            message = f"{earlier.year} 年的“{placed.second_level}”里没有“{former}”。"
            yield Finding(later.tree.value(*placed.path, "原名"), message, f"照录 {earlier.year} 年的指标名称。")


@rule("H708", Severity.WARNING)
def the_newest_name_is_the_department_s(corpus: Corpus) -> Iterator[Outcome]:
    """最新一年申报表上的部门名称，与 department.yaml 的相同（“汇总”除外）。

    原因：首页和目录用 department.yaml 的名称；两处不同，读者会以为是两个部门。
    不符：department.yaml 写“某区民政局”，最新一年写“某区民政和养老局”
    相符：两处都写“某区民政局”
    """
    for folder in corpus.departments:
        if folder.documents:
            newest = folder.documents[-1]
            name = _without_summary(newest.declaration.department_name)
            # A department that was renamed since has its new name there before its first declaration under it.
            former = {r.former_name for r in folder.department.renamings if r.until >= newest.year}
            if name not in {_without_summary(known) for known in (folder.department.name, *former)}:
                message = f"部门名称是“{name}”，department.yaml 写的是“{folder.department.name}”。"
                yield Finding(newest.tree.value("部门名称"), message, "改正写错的一处；已更名的，登记“更名”。")


def _without_summary(name: str) -> str:
    return re.sub(r"[(（]汇总[)）]", "", name)
