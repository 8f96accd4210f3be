"""The tables of what declarations state: one row a declaration, a line of the budget, a task, an indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.analysis import figures, identity
from generator.analysis.ledger import Promise
from generator.analysis.verdicts import Kind, Verdict
from generator.declaration.fields import budget_lines
from generator.declaration.model import PlacedIndicator, Source
from generator.declaration.reading import explain
from generator.exports.bundle import digest
from generator.exports.dossier import Dossier
from generator.exports.tables.model import (
    FIRST,
    PROMISE,
    SECOND,
    STATES,
    TO_DECLARATION,
    TO_DEPARTMENT,
    TO_PROMISE,
    YEAR,
    Column,
    Line,
    figure,
    figure_columns,
    of_department,
)

_ONE_OF_A_YEAR = (TO_DEPARTMENT, TO_DECLARATION)
VERDICT = (
    Column("verdict", "变化（代码）", "string", "，".join(f"{kind.name.lower()} {kind}" for kind in Kind)),
    Column("verdict_title", "变化", "string", "网页上的说法"),
    Column("proof", "依据", "string", "为什么这样判断，一句话"),
)  # fmt: skip


def told(verdict: Verdict) -> Line:
    """Return the three cells of a verdict: its code, its word on the page, its proof."""
    return verdict.kind.name.lower(), verdict.kind.value, verdict.proof or None


def _declarations(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        d, source = document.declaration, document.declaration.source or Source()
        total = d.budget.total.value
        yield (
            *(d.year, d.department_name, *figure(d.subordinate_units)),
            *("\n".join(d.duties), "\n".join(d.annual_goals)),
            *(*figure(d.budget.total), None if total is None else figures.rounded(total / 10_000)),
            *(*figure(d.assets), *figure(d.staff), *figure(d.divisions)),
            *(len(d.tasks), len(list(d.indicators())), figures.measurable(d)),
            *(source.address, source.sha256, source.approved, source.published, figures.days_to_publication(d)),
        )


DECLARATIONS = of_department(
    "declarations",
    "申报表",
    "一行一份申报表",
    (
        YEAR,
        Column("department_name", "部门名称", "string", "表上的部门名称，照录", True),
        *figure_columns("subordinate_units", "下属预算单位个数", "个"),
        Column("duties", "部门职责", "string", "照录，一段一行", True),
        Column("annual_goals", "年度履职目标", "string", "照录，一段一行", True),
        *figure_columns("total", "预算总额", "元"),
        Column("total_wan", "预算总额（万元）", "number", "由元换算，四舍五入到两位小数；没有写明数字的为空"),
        *figure_columns("assets", "年末资产总额", "元"),
        *figure_columns("staff", "年末在职人数", "人"),
        *figure_columns("divisions", "内设机构数", "个"),
        Column("task_count", "重点任务数", "integer", "表上列出的年度重点任务", True),
        Column("indicator_count", "指标数", "integer", "有目标值的三级指标", True),
        Column("measurable_count", "写明数字的指标数", "integer", "目标值写明了数字的指标；其余是文字要求", True),
        Column("source_address", "发布网址", "string", "原始文件的发布网址"),
        Column("source_sha256", "原始文件 SHA-256", "string", "登记的原始文件校验值"),
        Column("approved", "批复日期", "date", "预算批复的日期"),
        Column("published", "公开日期", "date", "在网上公开的日期"),
        Column("days_to_publication", "批复到公开的天数", "integer", "公开日期减批复日期；缺少一个日期的为空"),
    ),
    ("year",),
    _declarations,
)  # fmt: skip


def _budget(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        shares = figures.budget_shares(document.declaration)
        for line, amount in budget_lines(document.declaration):
            yield (document.year, line.division, line.label, *figure(amount), shares.get(line.label))


BUDGET_LINES = of_department(
    "budget_lines",
    "预算",
    "一行一项金额：总额、按来源、按结构，以及占比",
    (
        YEAR,
        Column("division", "划分", "string", "合计、资金来源、资金结构", True),
        Column("line", "项目", "string", "表上的项目名称", True),
        Column("state", "状态", "string", STATES, True),
        Column("amount_published", "金额（原文）", "string", "照录；表上无此项的为空"),
        Column("amount_yuan", "金额", "number", "单位：元；没有写明数字的为空，零就是 0.00"),
        Column("share_percent", "占比", "number", "占同一划分之和的百分比，最大余数法；无法计算的为空"),
    ),
    ("year", "line"),
    _budget,
    _ONE_OF_A_YEAR,
)  # fmt: skip


def _tasks(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        for position, task in enumerate(document.declaration.tasks, 1):
            yield (document.year, position, task.name, task.content)


TASKS = of_department(
    "tasks",
    "年度重点任务",
    "一行一项任务",
    (
        YEAR,
        Column("position", "序号", "integer", "在表上的次序", True),
        Column("name", "任务名称", "string", "照录", True),
        Column("content", "主要内容", "string", "照录", True),
    ),
    ("year", "position"),
    _tasks,
    _ONE_OF_A_YEAR,
)


def _indicators(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        for position, placed in enumerate(document.declaration.indicators(), 1):
            indicator, reading = placed.indicator, placed.indicator.reading
            promise = dossier.promise_of(document.year, placed)
            baseline = reading.baseline
            yield (
                *(document.year, position, placed.first_level, placed.second_level, placed.name),
                *(indicator.former_name, indicator.target_value, reading.kind, reading.comparator),
                *(reading.number, reading.upper, reading.unit, reading.remark, reading.due(document.year)),
                document.year - 1 if baseline == "上年" else baseline,
                *(reading.direction, reading.statement, explain(reading)),
                *(indicator.weight, indicator.explanation, identity.anchor(placed)),
                *(dossier.identifier(promise), *_become(dossier, promise, document.year)),
            )


def _become(dossier: Dossier, promise: Promise, year: int) -> Line:
    """Return what became of a promise since the declaration before; nothing in the first."""
    if year == dossier.folder.documents[0].year:
        return None, None, None
    return told(promise.entries[year].verdict)


INDICATORS = of_department(
    "indicators",
    "绩效指标",
    "一行一项三级指标：公布的目标值，它的含义，比上一次公布的变化",
    (
        YEAR,
        Column("position", "序号", "integer", "在表上的次序", True),
        *(FIRST, SECOND),
        Column("name", "指标名称", "string", "照录", True),
        Column("former_name", "原名", "string", "改名以前的名称；没有改名的为空"),
        Column("target_published", "目标值（原文）", "string", "照录，一字不差", True),
        Column("kind", "类别", "string", "quantity 数量，relative 与往年相比，qualitative 文字要求", True),
        Column("comparator", "比较符", "string", "≥ ≤ = > <；没有写明的为空"),
        Column("number", "数值", "number", "目标值里的数；区间的为下限；文字要求为空"),
        Column("upper", "上限", "number", "区间的上限；不是区间的为空"),
        Column("unit", "单位", "string", "数值的单位；没有写明的为空"),
        Column("remark", "备注", "string", "括号里的说明"),
        Column("deadline", "期限", "date", "目标值写明的期限"),
        Column("baseline_year", "对比年度", "integer", "与哪一年相比"),
        Column("direction", "方向", "string", "up 提升，down 下降，steady 稳定"),
        Column("statement", "文字要求", "string", "不是数字的目标"),
        Column("in_words", "含义", "string", "用一句话说明目标值", True),
        Column("weight", "权重", "number", "没有写明的为空"),
        Column("explanation", "指标解释", "string", "没有写明的为空"),
        Column("anchor", "锚点", "string", "指标在申报表网页上的位置：/部门/年度/#锚点", True),
        *(PROMISE, *VERDICT),
    ),
    ("year", "position"),
    _indicators,
    (*_ONE_OF_A_YEAR, TO_PROMISE),
)  # fmt: skip


def _heading(placed: PlacedIndicator) -> tuple[str, str]:
    return placed.first_level, placed.second_level


def _headings(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        indicators = list(document.declaration.indicators())
        measurable = Counter(_heading(placed) for placed in indicators if placed.indicator.reading.measurable)
        for heading, count in figures.indicators_by_heading(document.declaration).items():
            yield (document.year, *heading, count, measurable[heading])


HEADINGS = of_department(
    "heading_counts",
    "各类指标数",
    "一行一个有三级指标的二级目标",
    (
        *(YEAR, FIRST, SECOND),
        Column("indicator_count", "指标数", "integer", "这一类的指标数", True),
        Column("measurable_count", "写明数字的指标数", "integer", "其中目标值写明了数字的", True),
    ),
    ("year", "first_level", "second_level"),
    _headings,
    _ONE_OF_A_YEAR,
)


def _statements(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        for first, seconds in document.declaration.targets.items():
            for second, entry in seconds.items():
                if not isinstance(entry, dict):
                    yield (document.year, first, second, entry)


STATEMENTS = of_department(
    "statements",
    "没有三级指标的分类",
    "一行一个二级目标，表上以一句话代替指标，或者空白",
    (*(YEAR, FIRST, SECOND), Column("statement", "说明（原文）", "string", "照录；表上空白的为空")),
    ("year", "first_level", "second_level"),
    _statements,
    _ONE_OF_A_YEAR,
)


def _answers(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        own = [("declaration", answer) for answer in document.declaration.answers]
        results = dossier.folder.all_results_of(document.year)
        own += [("results", answer) for found in results for answer in found.answers]
        for position, (form, answer) in enumerate(own, 1):
            yield (document.year, position, answer.rule, answer.subject, answer.reason, form)


ANSWERS = of_department(
    "answers",
    "说明事项",
    "一行一条申报部门对检查疑问的说明",
    (
        YEAR,
        Column("position", "序号", "integer", "这一年度的第几条", True),
        Column("rule", "规则", "string", "检查规则的编号", True),
        Column("subject", "对象", "string", "指标或项目的名称；指全部时为空"),
        Column("reason", "理由", "string", "部门写的理由", True),
        Column("form", "表", "string", "declaration 申报表，results 自评结果", True),
    ),
    ("year", "position"),
    _answers,
    _ONE_OF_A_YEAR,
)


def _undisclosed(dossier: Dossier) -> Iterator[Line]:
    of_years = dossier.folder.department.undisclosed.items()
    yield from ((year, "整份申报表", reason) for year, reason in of_years)
    for document in dossier.folder.documents:
        yield from ((document.year, item, reason) for item, reason in document.declaration.undisclosed.items())


UNDISCLOSED = of_department(
    "undisclosed",
    "未公开原因",
    "一行一项写明了原因的未公开：表上的一个项目，或者一个年度的整份申报表",
    (
        YEAR,
        Column("item", "项目", "string", "表上的项目名称，或者“整份申报表”", True),
        Column("reason", "原因", "string", "照录", True),
    ),
    ("year", "item"),
    _undisclosed,
)


def _sources(dossier: Dossier) -> Iterator[Line]:
    for document in dossier.folder.documents:
        if source := document.declaration.source:
            file = document.source_file
            known = digest(file) if file else source.sha256
            days = figures.days_to_publication(document.declaration)
            yield (document.year, source.file, known, source.address, source.approved, source.published, days)


SOURCES = of_department(
    "sources",
    "资料来源",
    "一行一份申报表依据的原始文件和日期",
    (
        YEAR,
        Column("file", "原始文件", "string", "本站保存的原始文件：/部门/sources/……"),
        Column("sha256", "SHA-256", "string", "本站保存的原始文件的校验值"),
        Column("address", "发布网址", "string", "原始文件的发布网址"),
        Column("approved", "批复日期", "date", "预算批复的日期"),
        Column("published", "公开日期", "date", "在网上公开的日期"),
        Column("days_to_publication", "批复到公开的天数", "integer", "公开日期减批复日期；缺少一个日期的为空"),
    ),
    ("year",),
    _sources,
    _ONE_OF_A_YEAR,
)
