"""Forms of other kinds look like the one that is wanted and are published beside it: titles and labels tell them."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from generator.importers import UnreadableError
from generator.importers.labels import COLUMNS, OUTCOMES, Row, bare, filled, named


class Kind(StrEnum):
    """What a form is, by the name under which it is refused."""

    DECLARATION = "整体支出绩效目标申报表"
    RESULTS = "整体支出绩效自评表"
    PROJECT = "项目支出绩效目标表"
    EVALUATION = "绩效自评表"  # of a project, by others than the department, or within the year
    OTHER = "其他表"


# What a form is said not to be, and which one to choose.
WANTED = {
    Kind.DECLARATION: ("整体支出申报表", "部门（单位）整体支出绩效目标申报表"),
    Kind.RESULTS: ("整体支出自评表", "部门（单位）整体支出绩效自评表"),
}


_PROJECT = "项目名称"
_OF_PROJECT = re.compile(
    "主管(部门|单位)|主管部门及代码|(项目)?(实施|承担|申报)单位|项目(类型|类别|属性|编码|代码|负责人|期|周期|资金|金额|概况)"
    "|项目(实施|起止)?(期限|年限|时间|周期)|年度资金总额|(实施期|年度|项目)资金(总额|情况)?|年度资金申请"
)
_OF_EVALUATION = re.compile(
    "(全年|年度)?实际(完成|实现)(值|情况|指标值)?|全年(实际|完成)值|(自评|评价)?得分|全年执行数?|(预算)?执行率|全年预算数"
    "|偏差原因(分析)?(及|和)?(改进|整改)?措施|年度总体目标完成情况|未完成原因(分析)?(及改进措施)?"
)
_OUTCOMES = {label: OUTCOMES[label] for label in ("实际完成值", "得分", "复核分")}
_TABLE_HEAD = re.compile(
    "(功能|经济|支出|政府|部门)*(分类)?科目(编码|代码|名称)?|(预算|决算|执行|结余)数|收入|支出|项目(名称)?|金额|备注|合计|小计"
    "|基本支出|项目支出|一般公共预算|类|款|项|单位(名称|编码)|采购(项目|品目|数量).*|资产(名称|类别|原值)|数量|单价|本年|上年"
)


def title(row: Row) -> str:
    """Return the title of a form or table that a row is, without its year and unit, or an empty text."""
    tokens = filled(row)
    if len(tokens) != 1 or len(tokens[0].text) > 60:
        return ""
    said = re.sub(r"[(（](?:金额)?(?:单位)?[:：]?\w{0,3}元[)）]\s*$", "", tokens[0].text.strip())
    said = re.sub(r"\d{4}|[〇○零一二三四五六七八九]{4}(?=年)|年度?", "", bare(said))
    match = re.fullmatch("([^。，；：]{1,40}?表)(?:续表?|样表|范本)?", said)
    if not match or re.search(
        "报表$|见.{0,4}表$|本表|此表|代表$|仪表$|水表$|电表$", re.sub("申报表$|自评报表$", "", match[1])
    ):
        return ""
    return match[1]


def kind_of_title(name: str) -> Kind:
    """Return the kind of form that a title names."""
    if re.search("自评|评价|评分|完成情况|监控", name):
        is_ours = "整体" in name or not re.search("项目|专项|转移支付", name)
        return Kind.RESULTS if is_ours and re.search("自评|完成情况", name) else Kind.EVALUATION
    if "整体" not in name and re.search("项目|专项|转移支付", name):
        return Kind.PROJECT
    return Kind.DECLARATION if re.search("申报表|绩效目标(申报|批复|审核)?表|目标(申报|批复)表", name) else Kind.OTHER


def refuse_other(rows: list[Row], name: str, wanted: Kind = Kind.DECLARATION) -> None:
    """Raise UnreadableError, with its name, for a form that is not the wanted one, by its title and its labels."""
    labels = {bare(cell.text) for row in rows for cell in filled(row) if len(cell.text) <= 30}
    labels |= {
        bare(head[0])
        for row in rows
        for cell in filled(row)
        if len(head := re.split("[:：]", unicodedata.normalize("NFKC", cell.text))) > 1 and len(head[0]) <= 12
    }
    evaluated = {label for label in labels if _of_evaluation(label)}
    whole = {label for label in labels if re.fullmatch("(部门|单位)?(主要)?职[责能].*|部门(整体)?预算总额", label)}
    project = _PROJECT in labels and any(_OF_PROJECT.fullmatch(label) for label in labels) and not whole
    titled = kind_of_title(name) if name else wanted
    kind = titled
    if len(evaluated) >= 2:
        is_project = project and "整体" not in name
        kind = Kind.EVALUATION if is_project or titled is Kind.EVALUATION else Kind.RESULTS
    elif project and "整体" not in name:
        kind = Kind.PROJECT
    if kind is not wanted and kind is not Kind.OTHER:
        called = name if name and titled is kind else "绩效自评表" if kind is Kind.RESULTS else kind.value
        no, choose = WANTED[wanted]
        where = _WHERE.get(kind, "别的表不放在这个网站上。")
        raise UnreadableError(f"这是{called}，不是{no}。", f"选《{choose}》导入；{where}")


_WHERE = {
    Kind.DECLARATION: "申报表写到 年度.yaml。",
    Kind.RESULTS: "部门的自评表写到 年度.results.yaml。",
}


def is_evaluated(row: Row) -> bool:
    """Tell a row with two labels at least that only forms of results have."""
    return len([cell for cell in row if _of_evaluation(bare(cell.text))]) >= 2


def _of_evaluation(label: str) -> bool:
    said = re.sub("[A-Z][A-Z/]*$", "", label)
    return _OF_EVALUATION.fullmatch(said) is not None or named(said, _OUTCOMES) is not None


def begins_other(rows: list[Row], wanted: Kind = Kind.DECLARATION) -> bool:
    """Tell whether rows begin a form or table of another kind, by the labels of the first and of those just below.

    A project's form begins with 项目名称 and names soon who carries it out; another table has a head without any
    column of ours.
    """
    first = [bare(cell.text) for cell in filled(rows[0])]
    near = {bare(cell.text) for row in rows[1:6] for cell in filled(row)}
    if first[:1] == [_PROJECT]:
        return any(_OF_PROJECT.fullmatch(label) for label in {*first, *near})
    columns = {named(cell.text, COLUMNS) for cell in filled(rows[0])}
    if is_evaluated(filled(rows[0])) and "三级目标" not in columns:
        return wanted is not Kind.RESULTS
    return len(set(first)) >= 3 and all(_TABLE_HEAD.fullmatch(label) for label in first)
