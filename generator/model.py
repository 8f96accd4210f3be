"""The form 部门（单位）整体支出绩效目标申报表 as types: START HERE to learn what a declaration holds.

A field's alias is the form's own label and the key in the YAML file; fields stand in the form's order, which
is the order of the file. Text is verbatim; figures keep their printed text (see quantity). The tree of
indicators is open: a heading is a key, so another place's headings need no new code, only an entry in
content/site.yaml (补充指标分类) if they are not among HEADINGS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
    model_validator,
)

from generator import target, yamltree
from generator.quantity import Amount, Count, Day, Weight, Year, fault

# First- and second-level headings of the forms we know (Shanghai's, and the ministry's with 成本指标).
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "投入管理指标": (
        "预算编审管理",
        "预算执行管理",
        "预算绩效管理",
        "资产管理",
        "预算透明度",
        "内部控制管理",
        "预算信息化",
    ),
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标", "满意度指标"),
}


def _text(value: object) -> str:
    if value is None:
        raise fault("这里不能空着。", "填写内容；原表这一格空白时写“未公开”。")
    if not isinstance(value, str):
        raise fault("这里应是一段文字，不是列表或下级项目。", "在冒号后面直接写文字。")
    if not value.strip():
        raise fault("这里只有空格。", "填写内容；原表这一格空白时写“未公开”。")
    return value


Text = Annotated[str, BeforeValidator(_text)]
WebAddress = Annotated[Text, Field(pattern=r"^https?://\S+$")]


class Section(BaseModel):
    """A part of the form: its keys are the labels, an unknown key is an error, absent differs from empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_yaml(self) -> str:
        """Write the section as the YAML file that reads as itself: labels, order and text as they were."""
        return yamltree.dump(self.model_dump(by_alias=True, exclude_unset=True))


class Task(Section):
    """A key task of the year."""

    name: Text = Field(alias="任务名称")
    content: Text = Field(alias="主要内容")


class Sources(Section):
    """Where the money comes from, in 元."""

    appropriation: Amount = Field(alias="财政拨款")
    other: Amount | None = Field(None, alias="其他资金")


class Structure(Section):
    """What the money is for, in 元."""

    basic: Amount = Field(alias="基本支出")
    project: Amount | None = Field(None, alias="项目支出")


class Budget(Section):
    """The budget, in 元: the total, by source, by structure."""

    total: Amount = Field(alias="部门整体预算总额")
    sources: Sources = Field(alias="资金来源")
    structure: Structure = Field(alias="资金结构")


class Indicator(Section):
    """A third-level indicator; in the YAML `名称: 目标值`, or a mapping where there is more to say."""

    target_value: Text = Field(alias="指标目标值")
    former_name: Text | None = Field(None, alias="原名")
    weight: Weight | None = Field(None, alias="权重")
    explanation: Text | None = Field(None, alias="指标解释")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        if value is None:
            raise fault("指标目标值空着。", "填写表上的目标值；原表空白时写“未公开”。")
        if isinstance(value, list):
            raise fault("指标目标值应是一段文字，不是列表。", "写成“指标名称: 目标值”。")
        return {"指标目标值": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _short_form_again(self, handler: SerializerFunctionWrapHandler) -> Any:
        return self.target_value if self.model_fields_set == {"target_value"} else handler(self)

    @property
    def reading(self) -> target.Reading:
        """Return what the target value means; `target_value` stays what was published."""
        return target.read(self.target_value)


def _second_level(value: object) -> str:
    return "blank" if value is None else "statement" if isinstance(value, str) else "indicators"


# Under a second-level heading stand indicators, or a statement in their place, or nothing (a blank cell).
SecondLevel = Annotated[
    Annotated[dict[Text, Indicator], Tag("indicators")]
    | Annotated[Text, Tag("statement")]
    | Annotated[None, Tag("blank")],
    Discriminator(_second_level),
]


class PlacedIndicator(NamedTuple):
    """An indicator with its place in the tree."""

    first_level: str
    second_level: str
    name: str
    indicator: Indicator

    @property
    def path(self) -> tuple[str, ...]:
        """Return its path in the YAML file."""
        return ("分解目标", self.first_level, self.second_level, self.name)


class Source(Section):
    """The published document that the declaration was taken from; the file lies beside the YAML."""

    file: Text | None = Field(None, alias="文件")
    sha256: Annotated[Text, Field(pattern="^[0-9a-f]{64}$")] | None = Field(None, alias="SHA-256")
    address: WebAddress | None = Field(None, alias="网址")
    approved: Day | None = Field(None, alias="批复日期")
    published: Day | None = Field(None, alias="公开日期")


class Declaration(Section):
    """One department's declaration for one year, in the order of the form."""

    year: Year = Field(alias="年度")
    department_name: Text = Field(alias="部门名称")
    subordinate_units: Count | None = Field(None, alias="下属预算单位个数")
    duties: list[Text] = Field(alias="部门职责")
    annual_goals: list[Text] = Field(alias="年度履职目标")
    tasks: list[Task] = Field(alias="年度重点任务")
    budget: Budget = Field(alias="预算情况")
    assets: Amount | None = Field(None, alias="年末资产总额")
    staff: Count | None = Field(None, alias="年末在职人数")
    divisions: Count | None = Field(None, alias="内设机构数")
    targets: dict[Text, dict[Text, SecondLevel]] = Field(alias="分解目标")
    source: Source | None = Field(None, alias="来源")

    def indicators(self) -> Iterator[PlacedIndicator]:
        """Yield every indicator with its headings, in the order of the form."""
        for first, headings in self.targets.items():
            for second, entry in headings.items():
                if isinstance(entry, dict):
                    for name, indicator in entry.items():
                        yield PlacedIndicator(first, second, name, indicator)


class Renaming(Section):
    """A change of a department's name: the name it had until and including a year."""

    former_name: Text = Field(alias="原名")
    until: Year = Field(alias="沿用至")


class Department(Section):
    """department.yaml: what holds for a department in every year."""

    name: Text = Field(alias="部门名称")
    parent: Text | None = Field(None, alias="上级部门")  # address of the department whose 汇总 includes this one
    renamings: list[Renaming] = Field(default_factory=list, alias="更名")


class Site(Section):
    """site.yaml: the site as a whole. Only what is given is shown; no number is ever made up."""

    name: Text = Field(alias="网站名称")
    description: Text | None = Field(None, alias="网站说明")
    address: WebAddress | None = Field(None, alias="网址")
    repository: WebAddress | None = Field(None, alias="仓库网址")
    sample: Text | None = Field(None, alias="示例说明")  # stands on every page of fictional content
    publisher: Text | None = Field(None, alias="主办单位")
    contact: Text | None = Field(None, alias="联系方式")
    site_code: Text | None = Field(None, alias="网站标识码")
    icp_number: Text | None = Field(None, alias="ICP备案号")
    police_number: Text | None = Field(None, alias="公安备案号")
    error_report: WebAddress | None = Field(None, alias="找错入口")
    further_headings: dict[Text, list[Text]] = Field(default_factory=dict, alias="补充指标分类")
