"""The static JSON API, version 1: what stands at /api/v1/, its JSON Schemas and its OpenAPI description.

The promise: an address, once published, keeps its meaning; a field of v1 is never renamed, removed or given
another type. New fields may come. Anything else would be /api/v2/. Amounts are decimal strings in 元, so that no
reader's floating point rounds them; beside them stands the published text.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from generator.analysis import identity
from generator.content.corpus import Corpus, DepartmentFolder, Document
from generator.declaration.fields import budget_lines
from generator.declaration.model import PlacedIndicator
from generator.declaration.quantity import Amount, Count
from generator.declaration.reading import explain
from generator.exports.tables import STATES, state

ROOT = "api/v1"
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


class Listed(Part):
    """A declaration in a list."""

    department: str = Field(description="部门在本站的地址")
    year: int = Field(description="年度")
    total: Figure = Field(description="部门整体预算总额，单位：元")
    indicators: int = Field(description="指标数")
    url: str = Field(description="全文，相对于 /api/v1/")


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
    declarations: list[Listed] = Field(description="各年度的申报表，由早到晚")


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


ANSWERS: dict[str, type[Part]] = {"index": Index, "department": Department, "declaration": Declaration}


def figure(given: Amount | Count | None) -> Figure:
    """Return a figure with its published text, value and state."""
    value = None if given is None or given.value is None else Decimal(given.value)
    return Figure(published=None if given is None else given.text, value=value, state=state(given))


def index(corpus: Corpus) -> Index:
    """Return the answer of /api/v1/index.json."""
    site = corpus.site
    links = [
        DepartmentLink(
            address=folder.address,
            name=folder.department.name,
            years=[document.year for document in folder.documents],
            url=f"departments/{folder.address}.json",
        )
        for folder in corpus.departments
    ]
    licence = site.licence.name if site.licence else None
    return Index(api="v1", name=site.name, address=site.address, sample=site.sample, licence=licence, departments=links)


def department(folder: DepartmentFolder) -> Department:
    """Return the answer of /api/v1/departments/DEPARTMENT.json."""
    listed = [
        Listed(
            department=folder.address,
            year=document.year,
            total=figure(document.declaration.budget.total),
            indicators=len(list(document.declaration.indicators())),
            url=f"declarations/{document.address}.json",
        )
        for document in folder.documents
    ]
    known = folder.department
    return Department(
        address=folder.address,
        name=known.name,
        parent=known.parent,
        renamings=[Renaming(former_name=r.former_name, until=r.until) for r in known.renamings],
        declarations=listed,
    )


def declaration(document: Document, sample: str | None) -> Declaration:
    """Return the answer of /api/v1/declarations/DEPARTMENT/YEAR.json."""
    d, source = document.declaration, document.declaration.source
    return Declaration(
        department=document.path.parent.name,
        department_name=d.department_name,
        year=d.year,
        page=f"{document.address}/",
        sample=sample,
        subordinate_units=figure(d.subordinate_units),
        duties=d.duties,
        annual_goals=d.annual_goals,
        tasks=[Task(name=task.name, content=task.content) for task in d.tasks],
        budget=[
            BudgetLine(division=str(line.division), line=line.label, amount=figure(amount))
            for line, amount in budget_lines(d)
        ],
        assets=figure(d.assets),
        staff=figure(d.staff),
        divisions=figure(d.divisions),
        indicators=[_indicator(placed, d.year) for placed in d.indicators()],
        statements=[
            Statement(first_level=first, second_level=second, statement=entry)
            for first, seconds in d.targets.items()
            for second, entry in seconds.items()
            if not isinstance(entry, dict)
        ],
        source=source
        and Source(address=source.address, sha256=source.sha256, approved=source.approved, published=source.published),
        answers=[Answer(rule=a.rule, subject=a.subject, reason=a.reason) for a in d.answers],
    )


def _indicator(placed: PlacedIndicator, year: int) -> Indicator:
    indicator, reading = placed.indicator, placed.indicator.reading
    meaning = Meaning(
        kind=reading.kind,
        comparator=reading.comparator,
        number=reading.number,
        unit=reading.unit,
        remark=reading.remark,
        deadline=reading.deadline,
        baseline_year=year - 1 if reading.baseline == "上年" else reading.baseline,
        direction=reading.direction,
        statement=reading.statement,
        in_words=explain(reading),
    )
    return Indicator(
        first_level=placed.first_level,
        second_level=placed.second_level,
        name=placed.name,
        former_name=indicator.former_name,
        target_published=indicator.target_value,
        meaning=meaning,
        weight=indicator.weight,
        explanation=indicator.explanation,
        anchor=identity.anchor(placed),
    )


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an answer: index, department or declaration."""
    made = ANSWERS[name].model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made


def openapi(corpus: Corpus) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of the three kinds of address."""
    address = {"name": "department", "in": "path", "required": True, "schema": {"type": "string"}}
    year = {"name": "year", "in": "path", "required": True, "schema": {"type": "integer"}}
    paths = {
        "/index.json": ("index", "全部部门", []),
        "/departments/{department}.json": ("department", "一个部门和它的申报表", [address]),
        "/declarations/{department}/{year}.json": ("declaration", "一份申报表的全部内容", [address, year]),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{corpus.site.name}：开放数据接口",
            "version": "1",
            "description": "只读的静态 JSON。v1 的地址和字段不改名、不删除、不改类型，只会增加；金额以元为单位。",
        },
        "servers": [{"url": "./"}],
        "paths": {
            path: {
                "get": {
                    "operationId": name,
                    "summary": summary,
                    **({"parameters": parameters} if parameters else {}),
                    "responses": {
                        "200": {
                            "description": summary,
                            "content": {"application/json": {"schema": {"$ref": f"schemas/{name}.schema.json"}}},
                        },
                        "404": {"description": "没有这个地址"},
                    },
                }
            }
            for path, (name, summary, parameters) in paths.items()
        },
    }
