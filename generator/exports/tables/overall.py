"""Tables of results as a whole: when they are expected, how many promises were kept, their texts, progress in the year.

When results are expected is a date; whether they are late depends on the day, and no table says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.analysis import fulfilment, scoring
from generator.declaration.results import Goal, Money, MoneyRow
from generator.exports.bundle import digest
from generator.exports.dossier import Dossier
from generator.exports.tables.model import (
    FIRST,
    SECOND,
    TO_DECLARATION,
    TO_DEPARTMENT,
    YEAR,
    Column,
    Line,
    of_department,
)

_ONE_OF_A_YEAR = (TO_DEPARTMENT, TO_DECLARATION)
_UNTIL = Column("until", "截至日期", "date", "进度统计到哪一天", True)
_LINE = Column("line", "资金", "string", "表上的项目名称", True)


def _years(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        found = dossier.folder.results_of(document.year)
        results, source = (found.results, found.source) if found else (None, None)
        file = found.source_file if found else None
        shares = scoring.shares(results) if results else scoring.Shares(None, None)
        score = results.total_score if results else None
        known = digest(file) if file else source.sha256 if source else None
        yield (
            *(document.year, dossier.site.results_expected(document.year), "yes" if results else "no"),
            results.evaluated if results else None,
            *((source.file, known, source.address, source.published) if source else (None,) * 4),
            *(score.text if score else None, score.value if score else None, results.grade if results else None),
            *(shares.claimed, shares.spent),
        )


RESULT_YEARS = of_department(
    "result_years",
    "各年度的结果",
    "一行一个申报的年度：结果预计哪一天前公布，公布了没有，总分和等级",
    (
        YEAR,
        Column("expected_by", "预计公布", "date", "结果公布期限：这一天以前没有结果，不算未公布", True),
        Column("is_published", "已公布", "string", "yes 本站有这一年度的结果，no 没有", True),
        Column("evaluated", "自评日期", "date", "自评表上的填表日期；没有登记的为空"),
        Column("file", "原始文件", "string", "本站保存的原始文件：/部门/sources/……"),
        Column("sha256", "SHA-256", "string", "本站保存的原始文件的校验值"),
        Column("address", "发布网址", "string", "原始文件的发布网址"),
        Column("published", "公开日期", "date", "结果公开的日期；没有登记的为空"),
        Column("total_score_published", "总分（原文）", "string", "照录；没有的为空"),
        Column("total_score", "总分", "number", "没有写明数字的为空"),
        Column("grade", "等级", "string", "照录；没有的为空"),
        Column("claimed_percent", "指标得分占分值", "number", "各指标得分之和占分值之和的百分比；有一项没有写的为空"),
        Column("spent_percent", "实际花的钱占预算", "number", "全年执行数占预算数的百分比；没有写的为空"),
    ),
    ("year",),
    _years,
    _ONE_OF_A_YEAR,
)


def _counts(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        judged = dossier.fulfilments.get(document.year)
        if judged is None:
            yield (document.year, "not published", len(document.declaration.placed))
            continue
        for state, count in fulfilment.count(judged.values()).items():
            yield (document.year, state.name.lower().replace("_", " "), count)


STATE_COUNTS = of_department(
    "state_counts",
    "承诺结果的项数",
    "一行一个年度里一种结果的项数",
    (
        YEAR,
        Column(
            "state",
            "状态",
            "string",
            "met 做到，missed 没做到，cannot tell 无法判断，no result 没有实际完成值，not published 没有公布结果",
            True,
        ),
        Column("promise_count", "项数", "integer", "有多少项承诺", True),
    ),
    ("year", "state"),
    _counts,
    _ONE_OF_A_YEAR,
)


def _texts(dossier: Dossier) -> Iterator[Line]:
    for found in dossier.folder.results:
        results = found.results
        weights = [f"{heading} {weight}" for heading, weight in results.category_weights.items()]
        parts: dict[str, Iterable[str | None]] = {
            **_of_goals(results.goals),
            "类别分值": weights,
            "评价结论": [results.conclusion],
            "存在问题": results.problems,
            "改进措施": results.measures,
            "评分说明": [results.scoring_note],
        }
        for progress in results.progress:
            until = f"{progress.until} 的进度："
            parts |= {until + part: texts for part, texts in _of_goals(progress.goals).items()}
        for part, texts in parts.items():
            yield from ((found.year, part, place, text) for place, text in enumerate(texts, 1) if text is not None)


def _of_goals(goals: list[Goal]) -> dict[str, list[str | None]]:
    return {"预期目标": [goal.expected for goal in goals], "实际完成情况": [goal.achieved for goal in goals]}


RESULT_TEXTS = of_department(
    "result_texts",
    "结果的文字",
    "一行一段文字：预期目标和实际完成情况（序号相同的是一对）、评价结论、存在问题、改进措施、评分说明",
    (
        YEAR,
        Column("part", "部分", "string", "表上的哪一部分", True),
        Column("position", "序号", "integer", "在这一部分里的第几段", True),
        Column("text", "原文", "string", "照录", True),
    ),
    ("year", "part", "position"),
    _texts,
)


def _progress(dossier: Dossier) -> Iterator[Line]:
    for found in dossier.folder.results:
        for part in found.results.progress:
            for placed in part.results():
                yield (found.year, part.until, *placed.key, placed.result.actual)


PROGRESS = of_department(
    "progress",
    "年中进度",
    "一行一项指标到某一天的完成值；不判断是否做到",
    (
        *(YEAR, _UNTIL, FIRST, SECOND),
        Column("name", "指标名称", "string", "照录", True),
        Column("actual_published", "完成值（原文）", "string", "到这一天的完成值，照录；没有写的为空"),
    ),
    ("year", "until", "first_level", "second_level", "name"),
    _progress,
)


def _progress_money(dossier: Dossier) -> Iterator[Line]:
    for found in dossier.folder.results:
        for part in found.results.progress:
            for label, row in _rows(part.money):
                amounts = [figure.value if figure else None for figure in (row.initial, row.adjusted, row.executed)]
                yield (found.year, part.until, label, *amounts, str(row.rate) if row.rate else None)


def _rows(money: Money | None) -> list[tuple[str, MoneyRow]]:
    return list({"年度资金总额": money.total, **money.parts}.items()) if money else []


PROGRESS_MONEY = of_department(
    "progress_money",
    "年中预算执行",
    "一行一种资金到某一天的执行数",
    (
        *(YEAR, _UNTIL, _LINE),
        Column("initial_yuan", "年初预算数", "number", "单位：元；没有写明数字的为空"),
        Column("adjusted_yuan", "全年预算数", "number", "单位：元；没有写明数字的为空"),
        Column("executed_yuan", "执行数", "number", "单位：元；没有写明数字的为空"),
        Column("rate_published", "执行率（原文）", "string", "照录；没有写的为空"),
    ),
    ("year", "until", "line"),
    _progress_money,
)
