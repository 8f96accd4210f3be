"""The form 部门（单位）整体支出绩效目标申报表 as types: START HERE to learn what a declaration holds.

A field's alias is the form's own label and the key in the YAML file; fields stand in the form's order, which
is the order of the file. Text is verbatim; figures keep their printed text (see quantity). The tree of
indicators is open: a heading is a key, so another place's headings need no new code, only an entry in
content/site.yaml (补充指标分类) if they are not among HEADINGS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    WithJsonSchema,
    field_validator,
    model_serializer,
    model_validator,
)

from generator.declaration import target
from generator.declaration.quantity import Amount, Count, Day, Unit, Weight, Year, fault, written
from generator.declaration.reading import Reading

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
    "满意度指标": ("服务对象满意度指标", "社会公众或服务对象满意度指标", "满意度指标"),
}


def _text(value: object) -> str:
    if value is None:
        raise fault("这里不能空着。", "填写内容；原表这一格空白时写“未公开”。")
    if not isinstance(value, str):
        raise fault("这里应是一段文字，不是列表或下级项目。", "在冒号后面直接写文字。")
    if not value.strip():
        raise fault("这里只有空格。", "填写内容；原表这一格空白时写“未公开”。")
    return value


def _name(value: object) -> str:
    words = _text(value)
    if "\t" in words or "\r" in words or "\n" in words:
        raise fault("名称里不能有换行和制表符。", "写在一行里；原表换行的，接起来写。", " ".join(words.split()))
    return words


_ADDRESS, _CHECKSUM = r"^https?://\S+$", "^[0-9a-f]{64}$"


def _address(value: object) -> str:
    words = _text(value)
    if not re.fullmatch(_ADDRESS, words):
        raise fault(f"“{words}”不是网址。", "写以 https:// 开头的网址，不含空格。")
    return words


def _checksum(value: object) -> str:
    words = _text(value)
    if not re.fullmatch(_CHECKSUM, words):
        raise fault("SHA-256 的写法不对。", "写 64 位小写十六进制数；删去这一行再检查，它会告诉你怎样写。")
    return words


def _file_name(value: object) -> str:
    words = _name(value)
    if len(words.encode()) > MAX_FILE_NAME:
        raise fault(
            f"文件名太长，超过 {MAX_FILE_NAME} 字节（约 {MAX_FILE_NAME // 3} 个汉字）。", "给文件换一个短的名称。"
        )
    return words


MAX_FILE_NAME = 240  # with its folder; a name alone may have 255 bytes on most systems
# An editor's YAML extension takes 220 for a number; here it is text.
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"]})]
Name = Annotated[str, BeforeValidator(_name), WithJsonSchema({"type": ["string", "number"]})]
FileName = Annotated[str, BeforeValidator(_file_name), WithJsonSchema({"type": ["string", "number"]})]
WebAddress = Annotated[
    str, BeforeValidator(_address), WithJsonSchema(written(_ADDRESS, "网址以 https:// 开头，不含空格。"))
]
Checksum = Annotated[
    str,
    BeforeValidator(_checksum),
    WithJsonSchema(written(_CHECKSUM, "写 64 位小写十六进制数；运行检查，它会给出这一行。")),
]


class Section(BaseModel):
    """A part of the form: its keys are the labels, an unknown key is an error, absent differs from empty."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _not_blank(cls, value: object) -> object:
        if value is None:
            raise fault("这里空着。", "填写内容；表上没有这一项就删去整行，没有数字时写“未公开”。")
        return value

    def outline(self) -> Self:
        """Return a copy whose lists and trees are empty: its own names, figures and texts are left."""
        empty = {name: type(value)() for name, value in self if isinstance(value, list | dict)}
        copy = self.model_copy(update=empty)
        for derived in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[derived]
        return copy


class Task(Section):
    """A key task of the year."""

    name: Name = Field(alias="任务名称", description="表上的任务名称", examples=["文化宣传"])
    content: Text = Field(
        alias="主要内容",
        description="主要内容（重点工作计划），逐字照录",
        examples=["加强应急救援业务培训，组织好应急演练工作。"],
    )


Further = Annotated[
    dict[Text, Amount],
    Field(
        default_factory=dict,
        alias="其他项目",
        description="表上另有的各行，名称照录，单位：元；包含在别的行里的（其中：……）不写",
        examples=[{"上年结转": "20,000.00"}],
    ),
]


class Division(Section):
    """A way to divide the budget into lines, in 元: those of the form, and further ones that a place prints."""

    if TYPE_CHECKING:
        further: Further  # of each division, behind its own lines

    def amounts(self) -> dict[str, Amount | None]:
        """Return every line by its label, in the order of the form; None for a line that the form does not have."""
        own = {str(field.alias): getattr(self, name) for name, field in type(self).model_fields.items()}
        return {label: amount for label, amount in own.items() if label != "其他项目"} | self.further


class Sources(Division):
    """Where the money comes from, in 元."""

    appropriation: Amount = Field(alias="财政拨款", description="单位：元", examples=["5,513,159.84"])
    other: Amount | None = Field(None, alias="其他资金", description="单位：元；没有则写 0.00", examples=["0.00"])
    further: Further


class Structure(Division):
    """What the money is for, in 元."""

    basic: Amount = Field(alias="基本支出", description="单位：元", examples=["4,088,773.84"])
    project: Amount | None = Field(None, alias="项目支出", description="单位：元", examples=["1,424,386.00"])
    further: Further


class Budget(Section):
    """The budget, in 元: the total, by source, by structure."""

    total: Amount = Field(
        alias="部门整体预算总额",
        description="单位：元；等于资金来源之和，也等于资金结构之和",
        examples=["5,513,159.84"],
    )
    sources: Sources = Field(alias="资金来源", description="钱从哪里来")
    structure: Structure = Field(alias="资金结构", description="钱用到哪里去")


class Indicator(Section):
    """A third-level indicator; in the YAML `名称: 目标值`, or a mapping where there is more to say."""

    target_value: Text = Field(alias="指标目标值", description="照录原文，如 ≥1.00(次)", examples=["≥1.00(次)"])
    former_name: Name | None = Field(None, alias="原名", description="改名以前的名称，照录")
    weight: Weight | None = Field(None, alias="权重", description="0 到 100 之间的数", examples=["10"])
    explanation: Text | None = Field(None, alias="指标解释", description="表上对指标的说明")

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
    def reading(self) -> Reading:
        """Return what the target value means; `target_value` stays what was published."""
        return target.read(self.target_value)


def _second_level(value: object) -> str:
    return "blank" if value is None else "statement" if isinstance(value, str) else "indicators"


# Under a second-level heading stand indicators, or a statement in their place, or nothing (a blank cell).
SecondLevel = Annotated[
    Annotated[dict[Name, Indicator], Tag("indicators")]
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

    file: FileName | None = Field(
        None, alias="文件", description="原始文件，放在本部门的 sources 文件夹", examples=["sources/2024.pdf"]
    )
    sha256: Checksum | None = Field(None, alias="SHA-256", description="原始文件的校验值，64 位小写十六进制数")
    address: WebAddress | None = Field(
        None, alias="网址", description="以 https:// 开头", examples=["https://www.example.org/targets/"]
    )
    approved: Day | None = Field(None, alias="批复日期", description="预算批复的日期", examples=["2024-01-31"])
    published: Day | None = Field(None, alias="公开日期", description="在网上公开的日期", examples=["2024-02-05"])


class Answer(Section):
    """A recorded reason for something that a rule warns of; it is shown on the page."""

    rule: Text = Field(alias="规则", description="警告的编号，如 N504")
    subject: Text | None = Field(None, alias="对象", description="警告中的指标名或项目名；不写则指这条规则的全部")
    reason: Text = Field(alias="理由", description="为什么这样写是对的，公开显示")


class Declaration(Section):
    """One department's declaration for one year, in the order of the form."""

    year: Year = Field(alias="年度", description="四位数字，与文件名相同", examples=["2024"])
    department_name: Name = Field(alias="部门名称", description="照录全称")
    subordinate_units: Annotated[Count | None, Unit("个")] = Field(
        None, alias="下属预算单位个数", description="整数", examples=["2"]
    )
    duties: list[Text] = Field(alias="部门职责", description="每段一项，逐字照录")
    annual_goals: list[Text] = Field(alias="年度履职目标", description="每段一项，逐字照录")
    tasks: list[Task] = Field(alias="年度重点任务", description="每项写任务名称和主要内容；表上没有则写 []")
    budget: Budget = Field(alias="预算情况", description="单位：元")
    assets: Amount | None = Field(None, alias="年末资产总额", description="单位：元", examples=["562,882.03"])
    staff: Annotated[Count | None, Unit("人")] = Field(None, alias="年末在职人数", description="整数", examples=["9"])
    divisions: Annotated[Count | None, Unit("个")] = Field(None, alias="内设机构数", description="整数", examples=["1"])
    targets: dict[Name, dict[Name, SecondLevel]] = Field(
        alias="分解目标", description="一级目标、二级目标，再下一级是“指标名称: 目标值”"
    )
    undisclosed: dict[Name, Text] = Field(
        default_factory=dict, alias="未公开原因", description="写“未公开”的项目为什么不公开，如 年末资产总额: 涉密"
    )
    source: Source | None = Field(None, alias="来源", description="这份申报表依据的原始文件")
    answers: list[Answer] = Field(default_factory=list, alias="说明事项", description="对警告的说明")

    def indicators(self) -> Iterator[PlacedIndicator]:
        """Yield every indicator with its headings, in the order of the form."""
        return iter(self.placed)

    @cached_property
    def placed(self) -> tuple[PlacedIndicator, ...]:
        """Return them all; rules and pages ask hundreds of times."""
        return tuple(
            PlacedIndicator(first, second, name, indicator)
            for first, headings in self.targets.items()
            for second, entry in headings.items()
            if isinstance(entry, dict)
            for name, indicator in entry.items()
        )


class Renaming(Section):
    """A change of a department's name: the name it had until and including a year."""

    former_name: Name = Field(alias="原名", description="改名以前的名称，照录")
    until: Year = Field(alias="沿用至", description="这个名称用到哪一年", examples=["2022"])


class Department(Section):
    """department.yaml: what holds for a department in every year."""

    name: Name = Field(alias="部门名称", description="照录全称")
    parent: Text | None = Field(
        None,
        alias="上级部门",
        description="汇总数包含本部门的上级部门，写它的文件夹名",
        examples=["civil-affairs-bureau"],
    )  # address of the department whose 汇总 includes this one
    renamings: list[Renaming] = Field(default_factory=list, alias="更名", description="本部门用过的名称")
    established: Year | None = Field(
        None, alias="成立年度", description="哪一年设立；以前的年度不会说“未公布”", examples=["2019"]
    )
    abolished: Year | None = Field(
        None, alias="撤销年度", description="哪一年撤销；以后的年度不会说“未公布”", examples=["2023"]
    )
    expected_since: Year | None = Field(
        None,
        alias="公布起始年度",
        description="从哪一年度起应当公布申报表；写了它，缺少的年度才会说“未公布”",
        examples=["2021"],
    )
    undisclosed: dict[Year, Text] = Field(
        default_factory=dict, alias="未公开原因", description="没有公布的年度为什么不公布，如 2023: 涉密"
    )
    former_addresses: list[Text] = Field(
        default_factory=list, alias="曾用地址", description="本部门以前的文件夹名；旧网址转到新网址"
    )
