"""What the JSON interface answers about results, as types; like the rest of it, only ever added to."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from generator.exports.answers import Answer, Exact, Part, Proof, Source

STATES = (
    "met 做到，missed 没做到，cannot_tell 无法判断，no_result 没有公布实际完成值；由目标值和实际完成值判断，不看得分"
)
State = Literal["met", "missed", "cannot_tell", "no_result"]


class Printed(Part):
    """A figure of the form of results: an amount, points, or a rate."""

    published: str = Field(description="表上的原文")
    value: Exact | None = Field(description="数值；金额以元为单位，执行率是百分数；没有写明数字为 null")


class MoneyRow(Part):
    """A row of the money."""

    line: str = Field(description="表上的项目名称")
    initial: Printed | None = Field(description="年初预算数；表上没有为 null")
    adjusted: Printed | None = Field(description="全年预算数；表上没有为 null")
    executed: Printed | None = Field(description="全年执行数；表上没有为 null")
    weight: Printed | None = Field(description="分值；表上没有为 null")
    rate: Printed | None = Field(description="执行率；表上没有为 null")
    score: Printed | None = Field(description="得分；表上没有为 null")


class Goal(Part):
    """A goal beside what came of it."""

    expected: str | None = Field(description="预期目标")
    achieved: str | None = Field(description="实际完成情况")


class Outcome(Part):
    """The result of an indicator, and what follows from it."""

    first_level: str = Field(description="一级目标")
    second_level: str = Field(description="二级目标")
    name: str = Field(description="指标名称")
    promise: str | None = Field(description="承诺编号；申报表里没有这项指标为 null")
    anchor: str | None = Field(description="在申报表网页上的锚点；申报表里没有这项指标为 null")
    target_published: str | None = Field(description="申报表上的目标值原文；申报表里没有这项指标为 null")
    target_in_results: str | None = Field(description="结果里又印的目标值原文；没有印为 null")
    actual_published: str | None = Field(description="实际完成值原文；没有写为 null")
    actual_number: Exact | None = Field(description="实际完成值里的数；不是一个数为 null")
    actual_unit: str | None = Field(description="它的单位；没有单位的数，按目标值的单位")
    state: State | None = Field(description=f"{STATES}；申报表里没有这项指标为 null")
    state_reason: str | None = Field(description="判断的理由")
    attainment_percent: Exact | None = Field(description="实际 ÷ 目标（上限倒过来），百分数；算不出为 null")
    weight: Printed | None = Field(description="分值；表上没有为 null")
    score: Printed | None = Field(description="得分；表上没有为 null")
    reviewed_score: Printed | None = Field(description="复核分；表上没有为 null")
    reason: str | None = Field(description="表上写的偏差原因；没有写为 null")


class Measured(Part):
    """How far an indicator had come within the year."""

    first_level: str = Field(description="一级目标")
    second_level: str = Field(description="二级目标")
    name: str = Field(description="指标名称")
    actual_published: str | None = Field(description="到这一天的完成值原文；没有写为 null")


class Progress(Part):
    """How far things had come by a day within the year; it is not judged."""

    until: date = Field(description="截至日期")
    money: list[MoneyRow] = Field(description="资金情况，合计在前")
    goals: list[Goal] = Field(description="目标完成情况")
    outcomes: list[Measured] = Field(description="指标完成情况")
    source: Source | None = Field(description="依据的原始文件")


class CategoryWeight(Part):
    """Points that stand at a heading."""

    heading: str = Field(description="一级或二级目标")
    weight: Printed = Field(description="标题上的分值")


class Results(Part):
    """The results of a year, everything that the form says; the promises in the order of the declaration."""

    department: str = Field(description="部门在本站的地址")
    department_name: str = Field(description="表上的部门名称")
    year: int = Field(description="年度")
    page: str = Field(description="网页，相对于网站首页")
    sample: str | None = Field(description="内容是虚构示例时的声明")
    evaluated: date | None = Field(description="自评表上的填表日期；没有登记为 null")
    published: bool = Field(description="公布了结果；只有年中进度的为 false")
    money: list[MoneyRow] = Field(description="资金情况，合计在前")
    goals: list[Goal] = Field(description="目标完成情况")
    category_weights: list[CategoryWeight] = Field(description="类别分值")
    outcomes: list[Outcome] = Field(description="每项承诺的结果；结果里有、申报表里没有的在最后")
    total_score: Printed | None = Field(description="总分；表上没有为 null")
    grade: str | None = Field(description="等级；表上没有为 null")
    conclusion: str | None = Field(description="评价结论；表上没有为 null")
    problems: list[str] = Field(description="存在问题，一段一项")
    measures: list[str] = Field(description="改进措施，一段一项")
    scoring_note: str | None = Field(description="表上印的评分说明；没有为 null")
    progress: list[Progress] = Field(description="年中的进度")
    source: Source | None = Field(description="依据的原始文件")
    answers: list[Answer] = Field(description="对检查所提疑问的说明")
    proof: Proof = Field(description="与登记的原始文件逐项核对")
