"""The words of the form, explained for citizens. Only what was read in a law is given as law."""

from __future__ import annotations

from typing import NamedTuple

COMMON = "通行说法"


class Term(NamedTuple):
    """A word, the anchor of its explanation on /about/, the explanation, and what it rests on."""

    word: str
    anchor: str
    explanation: str
    basis: str = COMMON


TERMS = [
    Term("部门整体支出", "term-whole", "一个部门一年里全部的支出，既包括维持运转的，也包括办专项事情的。"),
    Term(
        "绩效目标",
        "term-target",
        "部门在年初承诺用预算资金做成什么、做到什么程度。",
        "预算法第三十二条要求按绩效目标管理编制预算",
    ),
    Term("财政拨款", "term-appropriation", "由本级财政预算安排给部门的资金。"),
    Term("其他资金", "term-other", "财政拨款以外的资金，例如事业收入、上年结转。"),
    Term("基本支出", "term-basic", "保障机构正常运转、完成日常工作的支出，主要是人员工资和办公经费。"),
    Term("项目支出", "term-project", "在基本支出之外，为完成特定工作任务安排的支出。"),
    Term("汇总", "term-summary", "部门名称后有“汇总”的，数字包括部门本级和下属预算单位。"),
    Term("年末资产总额", "term-assets", "年末时部门全部资产的账面数额。"),
    Term("投入管理指标", "term-input", "对预算编制、执行、资产和内部控制等管理工作的要求。"),
    Term("产出指标", "term-output", "要完成的工作：数量多少、质量如何、是否及时、花费多少。"),
    Term("效益指标", "term-benefit", "工作带来的变化，例如群众知晓率提高。"),
    Term("满意度指标", "term-satisfaction", "服务对象有多满意，通常用调查的满意比例表示。"),
    Term("指标目标值", "term-value", "指标要达到的数值或要求。本站照录原文，旁边的“含义”由程序按字面解读。"),
    Term(
        "批复",
        "term-approval",
        "财政部门批准部门预算。",
        "预算法第十四条：经批复的部门预算在批复后二十日内由各部门公开",
    ),
]
BY_WORD = {term.word: term for term in TERMS}
