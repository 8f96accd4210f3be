"""What documents write, folded to what they say: labels with odd brackets, blanks, numbers and units, and cells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from generator.content.draft import MARK
from generator.diagnostics.model import Diagnostic, Mark, Severity
from generator.forms.grid import Cell

Row: TypeAlias = list[Cell]
UNIT = "(?:千|万|百万|亿)?元"
WAITING = f"{MARK}未公开"  # what a person has to look up
# label → what may stand for it, without blanks, brackets, colons and numbering (see `bare`).
AMOUNTS = {
    "部门整体预算总额": r"(年度)?(部门|单位|部门单位)?(整体|年度)?(预算|支出|资金)总额(合计)?",
    "财政拨款": r"(资金来源|其中)?财政拨款",
    "其他资金": r"(资金来源|其中)?其他资金",
    "基本支出": r"(资金结构|其中)?基本支出",
    "项目支出": r"(资金结构|其中)?项目支出",
}
SUMS = {**AMOUNTS, "部门整体预算总额": "总额|合计|小计|" + AMOUNTS["部门整体预算总额"]}  # beside the tasks
FIGURES = {
    "年末资产总额": "(上年)?年末资产总额",
    "年末在职人数": "(上年)?年末在职人(数|员数)",
    "内设机构数": "内设机构(个)?数",
}
HEAD = {
    "部门名称": "(部门|单位|部门单位)名称",
    "填报单位": "(填报|申报)(部门|单位|部门单位)(名称)?",  # stands in for the name where that is missing
    "下属预算单位个数": "(下属|所属)(预算)?单位(个)?数",
    "部门职责": "(部门|单位|部门单位)(主要)?职[责能]",
    "年度履职目标": "年度(履职|绩效|总体|整体)?目标",
}
BLOCKS = {
    "年度重点任务": "年度(重点|主要)(工作)?任务",
    "预算情况": "(部门|单位)?预算情况",
    "分解目标": "(绩效)?分解目标|年度绩效指标",
}
TASK_HEAD = {"任务名称": "(重点)?任务名称", "主要内容": "主要内容(重点工作计划)?", "序号": "序号|编号"}
COLUMNS = {
    "一级目标": "(绩效)?一级(目标|指标)",
    "二级目标": "(绩效)?二级(目标|指标)",
    "三级目标": "(绩效)?三级(目标|指标)|(绩效)?指标名称",
    "指标目标值": "(年度|年初|全年|预期|绩效)*(指标|目标|指标目标)值((?:包含|含|包括).*)?",
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


def bare(text: str) -> str:
    """Fold a label to what it says: half width, no blanks, brackets, colons, numbering or unit."""
    folded = re.sub(r"\s|:+\s*$", "", unicodedata.normalize("NFKC", text))
    folded = re.sub(r"[((]?(单位[::])?(万元|元|人|个)[))]$", "", folded)
    return re.sub(r"[()\[\]【】〔〕:：、.．,*]|(?<![\d年])[\d一二三四五六七八九十]{1,2}(?=[、.．)])", "", folded)


def named(text: str, known: dict[str, str]) -> str | None:
    """Return the label of `known` that a text is, if it is one."""
    said = bare(text)
    return next((label for label, pattern in known.items() if said and re.fullmatch(pattern, said)), None)


def clean(text: str) -> str:
    """Turn the paragraphs of a web page into lines; other text stays as it is."""
    lines = re.sub(r"\s*</?(?:p|br|div)\b[^<>]*>\s*", "\n", text, flags=re.I).replace("&nbsp;", " ")
    return "\n".join(line.strip() for line in lines.split("\n") if line.strip())


def stated_unit(text: str) -> str | None:
    """Return the unit that a line states for all amounts: 金额单位：万元, 预算情况（万元）; None for any other text."""
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if len(said) > 60:
        return None
    line = re.search(rf"单位:(?:人民币)?({UNIT})(?:[、,/]\S{{1,4}})*[)]?$", said)
    head = re.fullmatch(
        rf"(?:.*(?:申报|目标|批复)表|.*年度[)]?|.*预算情况|(?:预算)?(?:金额|数额|数))[:(]({UNIT})[)]?", said
    )
    match = line or head
    return match[1] if match else None


def own_unit(label: Cell) -> str | None:
    """Return the unit that a label itself names, as 年末资产总额(万元) does."""
    match = re.search(rf"({UNIT})[)]?$", re.sub(r"\s", "", unicodedata.normalize("NFKC", label.text)))
    return match[1] if match else None


def filled(row: Row) -> Row:
    """Return the cells of a row that hold text."""
    return [cell for cell in row if cell.text.strip()]


@dataclass(frozen=True)
class Notes:
    """The list of what was found while importing one document."""

    file: str
    found: list[Diagnostic]

    def add(self, cell: Cell, code: str, severity: Severity, message: str, repair: str = "对照原表核对。") -> None:
        """Note something at a cell: row, column, and the sheet or page."""
        file = f"{self.file}（{cell.part}）" if cell.part else self.file
        self.found.append(Diagnostic(Mark(file, cell.row, cell.column), code, severity, message, repair))

    def mended(self, cell: Cell, code: str, message: str) -> None:
        """Note a repair or a guess."""
        self.add(cell, code, Severity.NOTICE, message)

    def unplaced(self, cell: Cell) -> None:
        """Note text that has no place in the declaration; it is kept as a comment."""
        shown = cell.text if len(cell.text) <= 40 else cell.text[:40] + "……"
        message = f"“{shown}”不知道放在哪里，保留在文件末尾的注释里。"
        self.add(cell, "I812", Severity.WARNING, message, "对照原表，移到应有的位置，或删去注释。")
