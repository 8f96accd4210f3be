"""site.yaml as types: what holds for the site as a whole, and how results are scored where it says so."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.declaration.model import HEADINGS, Name, Section, Text, WebAddress
from generator.declaration.quantity import MonthDay, Weight, fault


class Licence(Section):
    """The terms on which others may use the data."""

    name: Name = Field(alias="名称", description="许可的名称", examples=["CC BY 4.0"])
    address: WebAddress | None = Field(None, alias="网址", description="许可全文的网址，以 https:// 开头")


class Grade(Section):
    """A grade of a total score: it holds from a score on."""

    name: Name = Field(alias="名称", description="等级的名称", examples=["优"])
    least: Weight = Field(alias="下限", description="从多少分起（含）", examples=["90"])


class Band(Section):
    """The share of an indicator's points, in percent, that a grade of words may be given."""

    least: Weight = Field(alias="下限", description="分值的百分之几（含）", examples=["80"])
    most: Weight = Field(alias="上限", description="分值的百分之几（含）", examples=["100"])


class Bands(Section):
    """The bands of the three grades of words."""

    met: Band = Field(alias="达成预期指标")
    partly: Band = Field(alias="部分达成预期指标")
    missed: Band = Field(alias="未达成预期指标")


class Scoring(Section):
    """How results are scored, where a form or a site says so; nothing of it is built in."""

    weights: dict[Name, Weight] = Field(
        default_factory=dict, alias="分值", description="资金情况和各一级目标的分值，如 产出指标: 50"
    )
    grades: list[Grade] = Field(default_factory=list, alias="等级", description="由高到低")
    bands: Bands | None = Field(None, alias="文字分档", description="文字指标得分的上下限，分值的百分之几")


def _shown(value: object) -> str:
    if value not in ("公开", "不公开"):
        raise fault("这里写“公开”或“不公开”。", "写“公开”，或“不公开”。")
    return str(value)


class Site(Section):
    """site.yaml: the site as a whole. Only what is given is shown; no number is ever made up."""

    name: Name = Field(alias="网站名称", description="显示在每一页的上方")
    description: Text | None = Field(None, alias="网站说明", description="一两句话，显示在首页")
    address: WebAddress | None = Field(
        None, alias="网址", description="以 https:// 开头", examples=["https://www.example.org/targets/"]
    )
    repository: WebAddress | None = Field(
        None,
        alias="仓库网址",
        description="内容所在的版本库，用于“编辑此页”",
        examples=["https://code.example.org/group/site"],
    )
    sample: Text | None = Field(
        None, alias="示例说明", description="内容是虚构示例时，每一页都显示的声明"
    )  # stands on every page of fictional content
    licence: Licence | None = Field(None, alias="数据许可", description="别人使用这些数据的条件；没有决定就不写")
    publisher: Text | None = Field(None, alias="主办单位")
    contact: Text | None = Field(None, alias="联系方式")
    site_code: Text | None = Field(None, alias="网站标识码")
    icp_number: Text | None = Field(None, alias="ICP备案号")
    police_number: Text | None = Field(None, alias="公安备案号")
    error_report: WebAddress | None = Field(None, alias="找错入口", description="政府网站找错平台中本站的网址")
    further_headings: dict[Name, list[Name]] = Field(
        default_factory=dict, alias="补充指标分类", description="表上有、系统尚未收录的一级目标和二级目标"
    )
    editing: Annotated[Literal["公开", "不公开"], BeforeValidator(_shown)] = Field(
        "公开",
        alias="在线编辑页",
        description="网站上要不要编辑页（/edit/）和年度文件的下载；默认“公开”，写“不公开”就不生成",
    )
    themes: dict[Name, list[Name]] = Field(
        default_factory=dict,
        alias="主题",
        description="跨部门比较的主题和指标名称里的字词，如 学前教育: [幼儿园, 托育]；与已有主题同名的取代它",
    )
    synonyms: list[list[Name]] = Field(
        default_factory=list, alias="同义词", description="搜索时当作一样的说法，每行一组，如 [骨髓, 造血干细胞]"
    )
    results_due: MonthDay = Field(
        (6, 30), alias="结果公布期限", description="下一年的这一天以前不说“未公布结果”，默认 06-30", examples=["06-30"]
    )
    scoring: Scoring | None = Field(None, alias="评分", description="自评表上没有印评分办法时，按这里的核对得分")

    @property
    def headings(self) -> dict[str, list[str]]:
        """Return the second-level headings of the known forms and the registered ones, by the first level."""
        known = {first: [*seconds] for first, seconds in HEADINGS.items()}
        for first, seconds in self.further_headings.items():
            known.setdefault(first, []).extend(seconds)
        return known

    @property
    def has_editing(self) -> bool:
        """Say whether the page for editing, and with it the YAML files, are part of the site."""
        return self.editing == "公开"

    def results_expected(self, year: int) -> date:
        """Return the day until which the results of a year are not expected yet."""
        return date(year + 1, *self.results_due)
