"""The form of results (绩效自评表) as types: YEAR.results.yaml beside the declaration YEAR.yaml.

Like the declaration: a field's alias is the form's label, text is verbatim, figures keep their printed text, amounts
are in 元. An indicator's result stands under the path that its promise has in the declaration, so that the promise
keeps its identity. Nothing printed is ever replaced: what is computed from it stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from generator.declaration.model import Answer, Name, Section, Source, Text
from generator.declaration.quantity import Amount, Day, Rate, Score, Year, fault
from generator.declaration.site import Scoring


class MoneyRow(Section):
    """A row of the money: budgeted, adjusted, executed, in 元, with its points."""

    initial: Amount | None = Field(None, alias="年初预算数", description="单位：元", examples=["5,513,159.84"])
    adjusted: Amount | None = Field(
        None, alias="全年预算数", description="单位：元；表上叫“调整后预算数”的也写在这里", examples=["5,600,000.00"]
    )
    executed: Amount | None = Field(None, alias="全年执行数", description="单位：元", examples=["5,488,000.00"])
    weight: Score | None = Field(None, alias="分值", description="表上的分值", examples=["10"])
    rate: Rate | None = Field(None, alias="执行率", description="照录", examples=["98.00%"])
    score: Score | None = Field(None, alias="得分", description="表上的得分", examples=["9.8"])


class Money(Section):
    """What was spent of what was budgeted: the total, and by source."""

    total: MoneyRow = Field(alias="年度资金总额", description="表上的合计行")
    appropriation: MoneyRow | None = Field(None, alias="财政拨款", description="其中：财政拨款")
    carried_over: MoneyRow | None = Field(None, alias="上年结转资金", description="其中：上年结转资金")
    other: MoneyRow | None = Field(None, alias="其他资金", description="其中：其他资金")

    @property
    def parts(self) -> dict[str, MoneyRow]:
        """Return the rows by source that the form has, by their labels."""
        rows = {str(field.alias): getattr(self, name) for name, field in Money.model_fields.items() if name != "total"}
        return {label: row for label, row in rows.items() if row is not None}


class Goal(Section):
    """A goal of the year beside what came of it, text beside text."""

    expected: Text | None = Field(None, alias="预期目标", description="逐字照录")
    achieved: Text | None = Field(None, alias="实际完成情况", description="逐字照录")


class Result(Section):
    """The result of an indicator; in the YAML `名称: 实际完成值`, or a mapping where there is more to say."""

    actual: Text | None = Field(
        None, alias="实际完成值", description="照录原文，如 2次；表上这一格空着就不写", examples=["2次"]
    )
    target_value: Text | None = Field(
        None, alias="年度指标值", description="自评表上又印了一遍的目标值，照录原文", examples=["≥1.00(次)"]
    )
    weight: Score | None = Field(None, alias="分值", description="表上的分值", examples=["10"])
    score: Score | None = Field(None, alias="得分", description="表上的自评得分", examples=["9.8"])
    reviewed_score: Score | None = Field(None, alias="复核分", description="表上的复核得分", examples=["9"])
    reason: Text | None = Field(None, alias="原因", description="偏差原因分析及改进措施，逐字照录")

    @property
    def lost(self) -> Decimal | None:
        """Return the points that were lost, negative for more than the weight; None where one of both is not stated."""
        if self.weight is None or self.score is None or self.weight.value is None or self.score.value is None:
            return None
        return self.weight.value - self.score.value

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        if value is None or value == {}:
            raise fault("实际完成值空着。", "照录表上的实际完成值；原表这一格空着的，写上分值、得分，或写“未公开”。")
        if isinstance(value, list):
            raise fault("实际完成值应是一段文字，不是列表。", "写成“指标名称: 实际完成值”。")
        return {"实际完成值": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _short_form_again(self, handler: SerializerFunctionWrapHandler) -> Any:
        return self.actual if self.model_fields_set == {"actual"} else handler(self)


class PlacedResult(NamedTuple):
    """A result with the headings and the name that its promise has in the declaration."""

    first_level: str
    second_level: str
    name: str
    result: Result

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what tells its indicator from the others: headings and name."""
        return self.first_level, self.second_level, self.name

    @property
    def path(self) -> tuple[str, ...]:
        """Return its path in the YAML file."""
        return ("指标完成情况", *self.key)


Tree = dict[Name, dict[Name, dict[Name, Result]]]
_OUTCOMES = "一级目标、二级目标，再下一级是“指标名称: 实际完成值”，名称与申报表相同"


class Progress(Section):
    """How far things had come by a day within the year (年中监控), in the shape of the results."""

    until: Day = Field(alias="截至日期", description="进度统计到哪一天", examples=["2024-06-30"])
    money: Money | None = Field(None, alias="资金情况", description="单位：元")
    goals: list[Goal] = Field(default_factory=list, alias="目标完成情况")
    outcomes: Tree = Field(default_factory=dict, alias="指标完成情况", description=_OUTCOMES)
    source: Source | None = Field(None, alias="来源", description="这份进度依据的原始文件")

    def results(self) -> Iterator[PlacedResult]:
        """Yield what is said of each indicator, in the order of the form."""
        return _placed(self.outcomes)


class Results(Section):
    """One department's results for one year, in the order of the form."""

    year: Year = Field(alias="年度", description="四位数字，与文件名相同", examples=["2024"])
    department_name: Name = Field(alias="部门名称", description="照录全称")
    evaluated: Day | None = Field(None, alias="自评日期", description="自评表上的填表日期", examples=["2025-03-20"])
    money: Money | None = Field(None, alias="资金情况", description="单位：元")
    goals: list[Goal] = Field(
        default_factory=list, alias="目标完成情况", description="预期目标和实际完成情况，一段一项"
    )
    category_weights: dict[Name, Score] = Field(
        default_factory=dict, alias="类别分值", description="写在一级或二级目标标题上的分值，如 产出指标: 50"
    )
    outcomes: Tree = Field(default_factory=dict, alias="指标完成情况", description=_OUTCOMES)
    total_score: Score | None = Field(None, alias="总分", description="表上的总分", examples=["99.33"])
    grade: Name | None = Field(None, alias="等级", description="表上的等级", examples=["优"])
    conclusion: Text | None = Field(None, alias="评价结论", description="逐字照录")
    problems: list[Text] = Field(default_factory=list, alias="存在问题", description="每段一项，逐字照录")
    measures: list[Text] = Field(default_factory=list, alias="改进措施", description="每段一项，逐字照录")
    scoring_note: Text | None = Field(None, alias="评分说明", description="表上印的评分办法（备注），逐字照录")
    scoring: Scoring | None = Field(
        None, alias="评分", description="“评分说明”里的等级和分档，写成数字；用来核对得分，先于 site.yaml 的"
    )
    progress: list[Progress] = Field(default_factory=list, alias="进度", description="年中的进度，一次一项")
    source: Source | None = Field(None, alias="来源", description="自评结果依据的原始文件")
    answers: list[Answer] = Field(default_factory=list, alias="说明事项", description="对警告的说明")

    def results(self) -> Iterator[PlacedResult]:
        """Yield the result of every indicator, in the order of the form."""
        return _placed(self.outcomes)

    @property
    def published(self) -> bool:
        """Tell whether results are there, and not only progress within the year."""
        return self.money is not None or bool(self.outcomes or self.goals) or self.total_score is not None


def _placed(outcomes: Mapping[str, Mapping[str, Mapping[str, Result]]]) -> Iterator[PlacedResult]:
    for first, headings in outcomes.items():
        for second, results in headings.items():
            for name, result in results.items():
                yield PlacedResult(first, second, name, result)
