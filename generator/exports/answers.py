"""What the JSON interface answers, version 1, as types: a field is never renamed, removed or given another type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from generator.exports.tables.model import PROVEN, STATES

Exact = Annotated[
    Decimal,
    PlainSerializer(lambda value: f"{value:f}", return_type=str),
    Field(description="十进制数，写成字符串以保精确"),
]


class Part(BaseModel):
    """A part of an answer; every field is always there, null where nothing is stated."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Figure(Part):
    """A figure of the form."""

    published: str | None = Field(description="表上的原文；表上无此项为 null")
    value: Exact | None = Field(description="数值，金额单位为元；没有写明数字为 null")
    state: Literal["number", "absent", "not applicable", "not public", "see document"] = Field(description=STATES)


class BudgetLine(Part):
    """A line of the budget."""

    division: str = Field(description="合计、资金来源、资金结构")
    line: str = Field(description="表上的项目名称")
    amount: Figure = Field(description="金额")
    share_percent: Exact | None = Field(description="占同一划分各项之和的百分比；无法计算为 null")


class Task(Part):
    """A key task."""

    name: str = Field(description="任务名称")
    content: str = Field(description="主要内容")


class Meaning(Part):
    """What a target value means, as far as it can be told."""

    kind: Literal["quantity", "relative", "qualitative"] = Field(
        description="quantity 数量，relative 与往年相比，qualitative 文字要求"
    )
    comparator: Literal["≥", "≤", "=", ">", "<"] | None = Field(description="比较符；没有写明为 null")
    number: Exact | None = Field(description="目标值里的数；文字要求为 null")
    upper: Exact | None = Field(description="区间的上限；不是区间的为 null")
    unit: str | None = Field(description="单位；没有写明为 null")
    remark: str | None = Field(description="括号里的说明")
    deadline: date | None = Field(description="写明的期限")
    baseline_year: int | None = Field(description="与哪一年相比")
    direction: Literal["up", "down", "steady"] | None = Field(description="up 提升，down 下降，steady 稳定")
    statement: str | None = Field(description="不是数字的目标")
    in_words: str = Field(description="用一句话说明")


class Indicator(Part):
    """A third-level indicator."""

    first_level: str = Field(description="一级目标")
    second_level: str = Field(description="二级目标")
    name: str = Field(description="指标名称，照录")
    former_name: str | None = Field(description="改名以前的名称")
    target_published: str = Field(description="目标值原文，一字不差")
    meaning: Meaning = Field(description="目标值的含义")
    weight: Exact | None = Field(description="权重；没有写明为 null")
    explanation: str | None = Field(description="指标解释；没有写明为 null")
    anchor: str = Field(description="在申报表网页上的锚点")
    promise: str = Field(description="承诺编号：历年相同，改名不变；在部门之内不重复")


class Statement(Part):
    """A second-level heading without indicators."""

    first_level: str = Field(description="一级目标")
    second_level: str = Field(description="二级目标")
    statement: str | None = Field(description="代替指标的一句话；表上空白为 null")


class Source(Part):
    """The published document."""

    address: str | None = Field(description="发布网址")
    sha256: str | None = Field(description="本站保存的原始文件的 SHA-256")
    approved: date | None = Field(description="预算批复的日期")
    published: date | None = Field(description="公开的日期")


class Answer(Part):
    """A reason given for something that a check asked about."""

    rule: str = Field(description="规则的编号")
    subject: str | None = Field(description="指标或项目的名称；全部时为 null")
    reason: str = Field(description="理由")


class ProvenEntry(Part):
    """An entry of a declaration, or of results, with its place in the registered document."""

    path: list[str] = Field(description="在表里的位置，从大到小；段落和任务用从 1 起的序号")
    name: str = Field(description="项目的称呼，与网页相同")
    outcome: Literal["same", "different", "missing", "additional", "unsure"] = Field(
        description=f"{PROVEN}；missing 表示只在原始文件里"
    )
    part: str | None = Field(description="原始文件的第几页，或工作表的名称；只有一部分的为 null")
    row: int | None = Field(description="原始文件中的行，从 1 起；不在表格里的为 null")
    column: int | None = Field(description="原始文件中的列，从 1 起；不在表格里的为 null")
    printed: str | None = Field(description="原始文件的文字，金额换算成元；与本站相符的为 null")
    reason: str | None = Field(description="哪里不同，或者为什么未能核对")


class Proof(Part):
    """A declaration, or results, against the registered document, read again."""

    sentence: str = Field(description="核对的结果，一句话")
    same: int = Field(description="与原始文件逐字相符的项数")
    entries: list[ProvenEntry] = Field(description="每一项；没有核对的为空")


class Declaration(Part):
    """One declaration, everything that the form says."""

    department: str = Field(description="部门在本站的地址")
    department_name: str = Field(description="表上的部门名称")
    year: int = Field(description="年度")
    page: str = Field(description="网页，相对于网站首页")
    sample: str | None = Field(description="内容是虚构示例时的声明")
    subordinate_units: Figure = Field(description="下属预算单位个数")
    duties: list[str] = Field(description="部门职责，一段一项")
    annual_goals: list[str] = Field(description="年度履职目标，一段一项")
    tasks: list[Task] = Field(description="年度重点任务")
    budget: list[BudgetLine] = Field(description="预算，总额在前，再按来源和按结构")
    assets: Figure = Field(description="年末资产总额，单位：元")
    staff: Figure = Field(description="年末在职人数")
    divisions: Figure = Field(description="内设机构数")
    indicators: list[Indicator] = Field(description="三级指标，依表上的次序")
    statements: list[Statement] = Field(description="没有三级指标的二级目标")
    source: Source | None = Field(description="依据的原始文件")
    answers: list[Answer] = Field(description="对检查所提疑问的说明")
    proof: Proof = Field(description="与登记的原始文件逐项核对")
    undisclosed: dict[str, str] = Field(description="写“未公开”的项目为什么不公开，按项目名称")
    results_url: str | None = Field(description="这一年度的结果，相对于 /api/v1/；没有为 null")


class Listed(Part):
    """A declaration in a list."""

    department: str = Field(description="部门在本站的地址")
    year: int = Field(description="年度")
    total: Figure = Field(description="部门整体预算总额，单位：元")
    indicators: int = Field(description="指标数")
    url: str = Field(description="全文，相对于 /api/v1/")
    results_url: str | None = Field(description="这一年度的结果，相对于 /api/v1/；没有为 null")


class Renaming(Part):
    """A former name of a department, and the last year it was used."""

    former_name: str = Field(description="原名")
    until: int = Field(description="沿用至哪一年")


class Department(Part):
    """A department and its declarations, oldest first."""

    address: str = Field(description="部门在本站的地址")
    name: str = Field(description="现用名称")
    parent: str | None = Field(description="上级部门的地址，它的汇总数包含本部门")
    renamings: list[Renaming] = Field(description="用过的名称")
    established: int | None = Field(description="成立年度；没有登记为 null")
    abolished: int | None = Field(description="撤销年度；没有撤销或没有登记为 null")
    expected_since: int | None = Field(description="从哪一年度起应当公布；没有登记为 null")
    former_addresses: list[str] = Field(description="曾用地址")
    declarations: list[Listed] = Field(description="各年度的申报表，由早到晚")
    promises_url: str = Field(description="历年的承诺，相对于 /api/v1/")
    changes_url: str = Field(description="各年度之间的变化，相对于 /api/v1/")


class Index(Part):
    """The entrance: all departments."""

    api: Literal["v1"] = Field(description="接口的版本")
    name: str = Field(description="网站名称")
    address: str | None = Field(description="网站的网址")
    sample: str | None = Field(description="内容是虚构示例时的声明")
    licence: str | None = Field(description="数据许可的名称；没有写明为 null")
    departments: list[DepartmentLink] = Field(description="全部部门")


class DepartmentLink(Part):
    """A department in the index."""

    address: str = Field(description="部门在本站的地址")
    name: str = Field(description="现用名称")
    years: list[int] = Field(description="已公布的年度")
    url: str = Field(description="相对于 /api/v1/")


class YearCoverage(Part):
    """Whether a department's form of a year is there."""

    year: int = Field(description="年度")
    state: str = Field(
        description="published 已公布，missing 未公布，not_established 尚未设立，abolished 已撤销，unknown 不明"
    )
    title: str = Field(description="状态在网页上的说法")


class DepartmentCoverage(Part):
    """What is known of a department's forms."""

    department: str = Field(description="部门在本站的地址")
    department_name: str = Field(description="现用名称")
    years: list[YearCoverage] = Field(description="本站各年度，由早到晚")


class Coverage(Part):
    """Which forms are there, and which are missing."""

    departments: list[DepartmentCoverage] = Field(description="全部部门")


class Verdict(Part):
    """What became of a promise, with the proof."""

    kind: str = Field(description="代码，如 tightened；以后可能增加新的代码")
    title: str = Field(description="网页上的说法")
    proof: str | None = Field(description="依据，一句话")


class PromiseResult(Part):
    """What came of a promise in a year whose results are published."""

    actual_published: str | None = Field(description="实际完成值原文；没有写为 null")
    state: Literal["met", "missed", "cannot_tell", "no_result"] = Field(
        description="met 做到，missed 没做到，cannot_tell 无法判断，no_result 没有公布实际完成值"
    )
    state_reason: str = Field(description="判断的理由")
    attainment_percent: Exact | None = Field(description="实际 ÷ 目标（上限倒过来），百分数；算不出为 null")


class PromiseYear(Part):
    """A promise in a declared year."""

    year: int = Field(description="年度")
    name: str | None = Field(description="这一年的名称；这一年没有为 null")
    target_published: str | None = Field(description="目标值原文；这一年没有为 null")
    verdict: Verdict | None = Field(description="比上一次公布的变化；第一份申报表为 null")
    result: PromiseResult | None = Field(description="做到没有；这一年没有公布结果为 null")


class Promise(Part):
    """A promise through the years."""

    promise: str = Field(description="承诺编号：历年相同，改名不变；在部门之内不重复")
    name: str = Field(description="最近一次的名称")
    former_names: list[str] = Field(description="以前的名称，由近到远")
    first_level: str = Field(description="最近一次所在的一级目标")
    second_level: str = Field(description="最近一次所在的二级目标")
    split_from: str | None = Field(description="由哪一项承诺拆分而来")
    anchor: str = Field(description="在指标台账网页上的锚点")
    years: list[PromiseYear] = Field(description="列入或者取消的年度，由早到晚")


class Promises(Part):
    """All promises of a department."""

    department: str = Field(description="部门在本站的地址")
    department_name: str = Field(description="现用名称")
    promises: list[Promise] = Field(description="全部承诺，次序与指标台账相同")


class PromiseChange(Part):
    """A promise in two years."""

    promise: str = Field(description="承诺编号")
    name: str = Field(description="指标名称")
    old_published: str | None = Field(description="较早目标值原文；较早年度没有为 null")
    new_published: str | None = Field(description="较晚目标值原文；较晚年度没有为 null")
    verdict: Verdict = Field(description="变化和依据")


class FigureChange(Part):
    """A figure of the form in two years."""

    line: str = Field(description="表上的项目名称")
    unit: str = Field(description="单位")
    old: Figure = Field(description="较早年度")
    new: Figure = Field(description="较晚年度")
    difference: Exact | None = Field(description="增减；有一年没有写明数字为 null")
    percent: Exact | None = Field(description="增减占较早年度的百分比，四舍五入到两位小数")


class Comparison(Part):
    """Two years side by side."""

    from_year: int = Field(description="较早年度")
    to_year: int = Field(description="较晚年度")
    pair: str = Field(description="consecutive 相邻两次公布，apart 不相邻")
    figures: list[FigureChange] = Field(description="金额和人数")
    unchanged: int = Field(description="未变（包括年份顺延）的项数")
    changes: list[PromiseChange] = Field(description="变了的承诺")


class Changes(Part):
    """Every two declarations of a department compared."""

    department: str = Field(description="部门在本站的地址")
    department_name: str = Field(description="现用名称")
    comparisons: list[Comparison] = Field(description="每两份申报表")


ANSWERS: dict[str, type[Part]] = {
    "index": Index,
    "department": Department,
    "declaration": Declaration,
    "coverage": Coverage,
    "promises": Promises,
    "changes": Changes,
}
