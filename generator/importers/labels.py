"""What documents write, folded to what they say: labels with odd brackets, spaces, numbers and units, and cells."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

from generator.content.draft import MARK
from generator.declaration import glyphs
from generator.forms.grid import Cell

Row: TypeAlias = list[Cell]
UNIT = "(?:千|万|百万|亿)?元"
WAITING = f"{MARK}未公开"  # what a person has to look up
# label → what may stand for it, without spaces, brackets, colons and numbering (see `bare`).
AMOUNTS = {
    "部门整体预算总额": r"(年度)?(部门|单位|部门单位)?(整体|年度)?(预算|支出|资金)总(额|计)(合计)?|年度预算申请总额",
    "财政拨款": r"(资金来源|其中)?财政拨款",
    "其他资金": r"(资金来源|其中)?其他资金",
    "基本支出": r"(资金结构|其中)?基本支出",
    "项目支出": r"(资金结构|其中)?项目支出",
}
SUMS = {**AMOUNTS, "部门整体预算总额": "总额|合计|小计|" + AMOUNTS["部门整体预算总额"]}  # beside the tasks
# What heads the lines of a division of the budget; followed by an amount, it is the sum of the division.
_KIND = "(预算)?(性质|来源|用途|构成|结构|情况|项目)?分?(合计|总计)?"
DIVISIONS = {
    "资金来源": f"按?(年度|部门|年度部门)?(预算)?(收入|资金来源){_KIND}",
    "资金结构": f"按?(年度|部门|年度部门)?(预算)?(支出|资金结构){_KIND}",
}
FIGURES = {
    "年末资产总额": "(上年)?年末资产总额",
    "年末在职人数": "(上年)?年末在职人(数|员数)",
    "内设机构数": "内设机构(个)?数",
}
HEAD = {
    "部门名称": "(部门|单位|部门单位|预算部门|预算单位)名称",
    "填报单位": "(填报|申报)(部门|单位|部门单位)(名称)?(盖章|公章)?",  # stands in for the name where that is missing
    "下属预算单位个数": "(下属|所属)(预算)?单位(个)?数",
    "部门职责": "(部门|单位|部门单位)?(主要)?(职[责能]|职能职责)(概[述况]|简[介述]|描述)?",
    "年度履职目标": "(部门|单位|部门单位)?(年度|整体|总体)*(支出)?(履职|绩效|总体|整体)?(年度)?总?目标|年度目标",
}
BLOCKS = {
    "年度重点任务": "年度(重点|主要)?(工作)?任务",
    "预算情况": "(部门|单位|部门单位)?预算(安排|收支)?情况|年度预算申请"
    "|(部门|单位|部门单位)?(总体|整体)?(资金|收支)(预算)?情况",
    "分解目标": "(绩效)?分解目标|(部门|单位)?(整体)?(支出)?年度绩效指标",
}
TASK_HEAD = {
    "任务名称": "(年度)?(重点|主要)?(工作)?任务(名称)?",
    "主要内容": "主要内容(重点工作计划)?|(工作|任务)内容",
    "序号": "序号|编号",
}
_SCORE = "(得分|评分|打分|分数?)值?"
# Columns of a form of results, in the names of its file; 权重 of the declaration stands for 分值 there.
OUTCOMES = {
    "实际完成值": "(全年|年度|年终|年末|年底|本年|当年|自评)?(实际|完成|实际(完成|实现|达到)|全年实际)(完成)?(指标)?"
    "(值|情况)|全年实现值",
    "复核分": f"(复核|复评|审核|评审|财政|抽查|核定)+{_SCORE}",
    "得分": f"((自评|评价|单位|部门|实际|指标)*(得分|评分|打分)|(自评|评价){_SCORE})(值|数)?",
    "分值": "(指标|标准|权重)?(分值|满分|标准分)(权重)?",
    "原因": "((指标)?(未完成|偏差|扣分|失分|未达标)+(的)?(原因)?(分析|情况)?|(原因)(分析|说明)?)"
    "((及|和|与|或)?(拟?采取)?(的)?(改进|整改)?(的)?(措施|办法|说明|意见))*",
}
# The money of a form of results: its columns, then its rows.
EXECUTION = {
    "年初预算数": "(年初|当年)(部门)?预算(数|金额|资金)?",
    "全年预算数": "((全年|调整后?|年度调整)(部门|的)?)预算(数|金额|资金)?|调整后全年预算数?|(部门|年度)?预算数",
    "全年执行数": "((全年|年度|实际)(预算)?)?(执行|支出|支付)(数|金额|资金)|全年执行",
    "执行率": "(预算|资金|全年)*执行率%?",
}
SOURCES = {
    "年度资金总额": "(年度|部门|全年)?(资金|预算|支出)*(总额|合计|总计)|合计|年度资金",
    "财政拨款": "(其中)?((当年|本年|年度|本级)?(部门)?(财政)(拨款|资金))(收入)?",
    "上年结转资金": "(其中)?(上年|以前年度|往年)(财政)?(拨款)?(结转|结余|结转结余|结转和结余)(资金|收入)?",
    "其他资金": "(其中)?其他(资金|收入)",
}
GOALS = {
    "预期目标": "(年初|年度)?(设定)?(预期|绩效)*(总体)?目标(设定)?(情况)?|年初设定目标",
    "实际完成情况": "(年度|目标|全年|实际|总体)*(完成|实现)(情况|程度)|目标实际完成情况",
}
# Below the indicators, or above them.
FOOT = {
    "总分": "(自评|评价|合计|综合)?(总分|总得分|得分合计|合计得分|合计|总计)(值)?|自评(总分|得分|总得分)",
    "自评日期": "(自评|评价|填表|填报)(日期|时间)",
    "等级": "(自评|评价|绩效|评定|综合)*(等级|等次|级别|档次)",
    "评价结论": "(自评|评价|绩效自评|综合评价|总体)*结论",
    "存在问题": "(存在的?|主要)+(主要)?问题(及原因)?(分析)?",
    "改进措施": "(下一步|下步)?(的)?(工作)?(改进|整改)(的)?(措施|建议|意见|方向|工作)+|下一步(工作)?(措施|打算)",
    "评分说明": "(评分|计分|打分|得分)(说明|标准|办法|规则|方法)|备注|注|说明",
}
COLUMNS = {
    "一级目标": "(绩效)?一级(绩效)?(目标|指标)",
    "二级目标": "(绩效)?二级(绩效)?(目标|指标)",
    "三级目标": "(绩效)?三级(绩效)?(目标|指标)|(绩效)?指标名称",
    **OUTCOMES,
    "指标目标值": r"(年度|年初|全年|当年|本年|预算年|预期|计划|实现|绩效|长期|中长期|中期|实施期|\d{4}年度?)*"
    "(指标|目标|指标目标|实现)值((及|和|与)?(计量|度量)?单位)?((?:包含|含|包括).*)?",
    "符号": "(比较|运算)?符号?|(绩效)?指标性质",
    "数值": "(目标|指标)?数值",
    "单位": "(绩效)?(计量|度量)?单位",
    "权重": "(指标)?权重(分值)?",
    "指标解释": "指标(解释|说明)",
    "原名": "原名",
    "序号": "序号|编号",
}
NOTES = {"附注": "附注"}
ANY = HEAD | BLOCKS | AMOUNTS | FIGURES | COLUMNS
# Rows below the indicators that state none: sums, notes, signatures.
_CLOSING = re.compile(
    r"(合计|总计|小计|总分|总得分|权重合计|分值合计|合计分值|注|备注|说明)\d*"
    r"|(注|备注|说明|填表说明|备注说明)\d?[:.、].*"
    r"|(填表|填报|制表|编制|审核|复核|联系|经办)(人|单位|日期|时间|电话)(签字|签名|签章|盖章)?(:.*)?"
    r"|(单位|部门|财务)?负责人(签字|签名|签章)?(:.*)?|联系(人|方式|电话)(及联系电话|及电话)?(:.*)?"
    r"|(财政|主管|业务|预算)?(部门|单位|科室|处室|股室)?(审核|审批|初审|批复|评审)意见(:.*)?"
)


def bare(text: str) -> str:
    """Fold a label to what it says: half width, no spaces, brackets, colons, numbering or unit."""
    folded = re.sub(r"\s|:+\s*$", "", unicodedata.normalize("NFKC", glyphs.folded(text)))
    folded = re.sub(rf"[((]?(单位[::])?({UNIT}|人|个|%)[))]$", "", folded)
    return re.sub(r"[()\[\]【】〔〕:：、.．,*]|(?<![\d年])[\d一二三四五六七八九十]{1,2}(?=[、.．)])", "", folded)


def named(text: str, known: dict[str, str]) -> str | None:
    """Return the label of `known` that a text is, if it is one."""
    said = bare(text)
    return next((label for label, pattern in known.items() if said and re.fullmatch(pattern, said)), None)


def one_line(text: str) -> str:
    """Join the lines of a cell that holds a name or a value."""
    return "".join(text.split("\n")).strip()


def clean(text: str) -> str:
    """Turn the paragraphs of a web page into lines; other text stays as it is, also a lone entity of a page."""
    parted, tags = re.subn(r"\s*</?(?:p|br|div)\b[^<>]*>\s*", "\n", text, flags=re.I)
    lines = (line.strip() for line in parted.replace("&nbsp;", " ").split("\n"))
    return "\n".join(line for line in lines if line) or ("" if tags else text.strip())


def is_closing(text: str) -> bool:
    """Tell a row below the indicators by its first text: a sum, a note, a signature."""
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return bool(_CLOSING.fullmatch(re.sub(r"[()]", "", said)))


def stated_unit(text: str) -> str | None:
    """Return the unit that a text states for all amounts: 金额单位：万元, 预算情况（万元）; None for any other text.

    An amount with its unit (20万元) is no such text, nor is a sentence.
    """
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if len(said) > 60 or re.search("[。;]", said):
        return None
    match = (
        re.search(rf"单位[:(]?(?:人民币)?({UNIT})(?:[、,/]\S{{1,4}})*[)]?$", said)
        or re.search(rf"以({UNIT})为单位", said)
        or re.fullmatch(rf"\D*(?:\d{{4}}年?\D*)?[:(](?:人民币)?({UNIT})[)]?", said)
    )
    return match[1] if match else None


def own_unit(label: Cell) -> str | None:
    """Return the unit that a label itself names, as 年末资产总额(万元) does."""
    match = re.search(rf"({UNIT})[)]?$", re.sub(r"\s", "", unicodedata.normalize("NFKC", label.text)))
    return match[1] if match else None


def filled(row: Row) -> Row:
    """Return the cells of a row that hold text."""
    return [cell for cell in row if cell.text.strip()]
