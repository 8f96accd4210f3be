"""What every code means, for readers: the rules' docstrings, and the codes of reading and of the form.

A documentation has four parts: what is expected, 原因 (why it matters), 不符 (what fails), 相符 (what holds).
"""

from __future__ import annotations

from dataclasses import dataclass

from generator import rules
from generator.diagnostics.model import Severity

# What is found before any rule can be applied; these have no function of their own.
_READING = {
    "Y101": """文件是写得正确的 YAML：缩进用空格，“名称: 内容”，特殊符号开头的文字加引号。
        原因：写法有误，程序就读不出内容；一处错了，其余照样检查。
        不符：应急救援演练场次: >=90（符号开头没有加引号）
        相符：应急救援演练场次: '>=90'""",
    "Y102": """同一级里，一个名称只写一次。
        原因：写了两次，不知道该用哪一个。
        不符：两行“年度:”
        相符：一行“年度: 2024”""",
    "Y103": """不用 YAML 的别名、标签和多份文档，嵌套不超过规定的层数。
        原因：申报表用不到这些写法，出现了多半是误写。
        不符：*注（星号开头没有加引号）
        相符：'*注'""",
    "Y104": """文件存为 UTF-8 编码，没有控制字符。
        原因：别的编码会变成乱码；控制字符看不见，却会破坏网页，写成 "\\x07" 也一样。
        不符：存为 GBK 的文件
        相符：存为 UTF-8 的文件""",
    "Y105": """文件不超过规定的大小。
        原因：上限是 2,000,000 字节，一份申报表不会有几十万字，多半是存错了文件。
        不符：几百万字节的文件
        相符：一年一份的申报表""",
    "Y106": """没有留下合并冲突。
        原因：两个人改了同一处，合并时两个版本都留在文件里，要由人选定一个。
        不符：以“<<<<<<< ”开头的行
        相符：只有选定的版本""",
    "Y107": """内容文件是能打开的普通文件。
        原因：文件夹、管道、指向别处的链接读不出内容；没有权限的文件也一样。
        不符：名为 2023.yaml 的文件夹，断了的链接
        相符：名为 2023.yaml 的文本文件""",
    "F201": """只写表上有的项目名称。
        原因：名称写错，这一项就不会出现在网页上。
        不符：基本支处: 70.00
        相符：基本支出: 70.00""",
    "F202": """必填的项目都要写。
        原因：少一项，表就不完整。
        不符：没有“部门职责”
        相符：部门职责: 下面逐段写""",
    "F203": """每一项的结构与表相同：该是列表的写列表，该有下级的写下级。
        原因：结构不对，内容就放不到应有的位置。
        不符：部门职责: 一整段文字
        相符：部门职责: 下一行以“- ”开头""",
    "F204": """金额、人数、年度、日期、名称、网址和校验值的写法正确；没有数字时写 不适用、未公开 或 见附件。
        原因：金额精确到分，一个全角数字或错位的逗号都可能让人读错；整数部分最多 15 位，名称写在一行里。
        不符：年末资产总额: 五十六万元
        相符：年末资产总额: 562,882.03""",
    "F207": """文件和文件夹的名称合乎约定。
        原因：文件夹名就是网址，年度文件名就是年份。
        不符：2024.yml，或文件夹名“Some_Bureau”
        相符：2024.yaml，文件夹名“some-bureau”""",
    "F209": """标着“待确认”的值都经过确认。
        原因：从上一年带来的旧数、导入时没有找到的项目，没有核对就不能当作这一年的承诺公布。
        不符：年末在职人数: 待确认 9
        相符：年末在职人数: 9""",
    "F210": """“说明事项”里的每一项都对应一条现有的警告。
        原因：警告消失以后，留下的说明会使读者误解。
        不符：规则: N504，而现在没有 N504 的警告
        相符：说明与警告一一对应""",
}
# What `import` says of a document: each guess and each repair, to be compared with the original by a person.
_IMPORT = {
    "I801": """文件打得开，而且是绩效目标申报表。
        原因：损坏、加密、过大、没有文字层的文件读不出内容；猜出来的数字比没有更坏。
        不符：加了密码的工作簿，扫描成图片的 PDF
        相符：能打开、有文字的申报表""",
    "I803": """表上该有的项目都能找到。
        原因：没有找到的，标上“待确认”，由人对照原表填写，不会编造。
        不符：原文件里没有“年度履职目标”
        相符：各项目齐全""",
    "I804": """每个数值都在它的列里。
        原因：合并单元格丢失以后，数值常常错开一列；认定的结果要对照原表。
        不符：“募捐活动街镇参与度”左移了一列
        相符：三级目标和目标值各在其列""",
    "I805": """合并单元格完整。
        原因：复制成文字以后，合并单元格只剩第一格；其余各格按合并处理。
        不符：“预算执行管理”右边空着
        相符：每一行都有类别，或者合并单元格仍在""",
    "I806": """一个部分中间没有空行。
        原因：空行多半是换页留下的，前后仍是同一部分。
        不符：“社会效益指标”被空行分成两段
        相符：中间没有空行""",
    "I807": """表头只出现一次。
        原因：每页重复的表头不是内容，跳过。
        不符：第二页又有“一级目标、二级目标……”
        相符：表头只在开头""",
    "I808": """单元格里是文字，不是网页标签。
        原因：网页里的分段标签改成分段，一段一项。
        不符：<p>职责一</p> <p>职责二</p>
        相符：分成两行的文字""",
    "I809": """金额以元为单位，数字用半角。
        原因：换算和改写由程序完成，原文写在说明里，供核对。
        不符：551.32（万元），或全角数字
        相符：5,513,159.84""",
    "I810": """目标值在一格里。
        原因：有的表把符号、数值、单位分成三列，导入时合成一个目标值。
        不符：≤ | 30 | 万元 三格
        相符：≤30万元 一格""",
    "I811": """一格的内容不跨页。
        原因：换页断开的文字接回同一格，接得对不对要看原表。
        不符：任务内容写到下一页
        相符：在同一页写完""",
    "I812": """每一格都能放进申报表的某一项。
        原因：放不进去的原样保留在文件末尾的注释里，一个字也不丢。
        不符：填表人：张某
        相符：只有表上的项目""",
    "I813": """项目名称与表式相同。
        原因：括号、空格、编号的差别不影响认定，但要让人知道。
        不符：(2) 项目支出
        相符：（2）项目支出""",
    "I814": """文件里只有这份申报表，看到的就是内容。
        原因：隐藏的行列、划掉的文字、没有接受的修订、别的表，读者看不到或不属于这份表，不录入，但要让人知道。
        不符：第二张工作表是《项目支出绩效目标申报表》
        相符：一个文件一份表，没有隐藏的内容""",
    "I815": """本站生成的表填好寄回来，改了哪些看得出来。
        原因：表里记着它由哪个版本的年度文件生成；逐项说明改动，多改、误改当场可见。
        不符：年度文件后来也改过，或找不到那个版本
        相符：只改了要改的一项""",
}
_LEVELS = {
    "F210": Severity.WARNING,
    "I801": Severity.ERROR,
    "I803": Severity.WARNING,
    "I812": Severity.WARNING,
    "I814": Severity.WARNING,
    "I815": Severity.WARNING,
}
FAMILIES = {"reading": "写法和文件", **rules.FAMILIES, "import": "导入"}  # by their addresses below /rules/


@dataclass(frozen=True)
class Documentation:
    """What a code expects, why, and an example of each outcome."""

    code: str
    severity: Severity
    family: str
    expects: str
    why: str
    fails: str
    holds: str


def parse(code: str, severity: Severity, family: str, text: str) -> Documentation:
    """Read a documentation; ValueError when one of its four parts is missing."""
    expects, *lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    parts = dict(line.split("：", 1) for line in lines)
    if list(parts) != ["原因", "不符", "相符"] or not all(parts.values()):
        raise ValueError(f"{code}: 原因、不符、相符 in this order, not {list(parts)}")
    return Documentation(code, severity, family, expects, *parts.values())


def documentations() -> dict[str, Documentation]:
    """Return the documentation of every code, in the order of the codes within their families."""
    order = list(rules.FAMILIES)
    in_order = sorted(rules.load().values(), key=lambda r: (order.index(r.family), r.code))
    found = [parse(code, _LEVELS.get(code, Severity.ERROR), "reading", text) for code, text in _READING.items()]
    found += [parse(r.code, r.severity, r.family, r.documentation) for r in in_order]
    found += [parse(code, _LEVELS.get(code, Severity.NOTICE), "import", text) for code, text in _IMPORT.items()]
    return {documentation.code: documentation for documentation in found}


def answerable() -> dict[str, str]:
    """Return what each rule expects that 说明事项 may answer, by code."""
    known = rules.load()
    return {code: d.expects for code, d in documentations().items() if code in known and known[code].may_be_answered}


_ANSWER = "改正，或在“说明事项”写明理由"
_DOES = {
    Severity.ERROR: "必须改正，否则网站不更新",
    Severity.WARNING: _ANSWER,
    Severity.NOTICE: "供参考，不必处理",
}


def does(documentation: Documentation) -> str:
    """Say what a finding of this code asks for."""
    rule = rules.RULES.get(documentation.code)
    if documentation.severity is Severity.ERROR and rule and rule.may_be_answered:
        return f"{_ANSWER}，否则网站不更新"
    return _DOES[documentation.severity]


def explain(documentation: Documentation) -> str:
    """Return the documentation as text for a terminal."""
    d = documentation
    return (
        f"{d.code} {d.severity}（{does(d)}）· {FAMILIES[d.family]}\n\n{d.expects}\n\n"
        f"为什么：{d.why}\n不符：{d.fails}\n相符：{d.holds}\n"
    )
