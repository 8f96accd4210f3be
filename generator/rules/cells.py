"""Cells that hold what belongs elsewhere: placeholders, another cell's content, another measure, odd sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.analysis.polarity import polarity
from generator.content.corpus import Document
from generator.declaration.model import PlacedIndicator
from generator.declaration.reading import Reading
from generator.declaration.target import read
from generator.diagnostics.model import Severity
from generator.rules import Finding, Outcome, document_rule
from generator.rules.places import AGAIN, LABELS, MEASURED, at_target, bare, each_target, texts
from generator.rules.text import PLACEHOLDER

_LATER = (
    "(?:尚?待|有待|[暂尚]?[未不]|暂|另行?|再行?|届时|后续|随后)(?:上级|研究|报批)?"
    "(?:定|确定|确认|核定|核实|明确|落实|补充?|补录|填写?|填报|批复|下达|商定?|议定?|研究|论证|审[定批核]|报送?|通知"
    "|公布|制定|安排|统计|测算)(?:后?再?[填定报]报?|中)?"
    "|待[一-鿿]{1,8}后(?:再|另)?行?(?:确定|填[报写]|下达|明确|安排|补充|定)"
    "|待(?![遇岗业命])[一-鿿]{1,6}(?:商[定议]|协商|测[评算]|公布|确定|批复|下达|核定|核实|明确|通知|审批|审定|提供)|(?:请|应)?填写(?:数值|数字|内容|目标值|指标值)"
)
_DEPENDS = (
    "(?:视|根据|依据|按照?)(?:实际|具体|有关|相关|上级|当年|文件|工作)*(?:情况|需要|要求|规定|通知|实际)(?:而定|来?确定|另定|再定|为准|填[写报])?"
    "|(?:根据|按照?|依据)(?:年度|全年|预算|财政|计划|安排|工作|上级|实际)+(?:来?确定|而定|另定|再定|填[报写])|视.{1,8}而定|以(?:[^，。；]{0,6}(?:实际|批复|审批|审核|下达|通知|文件|年[终末底]|考核|测评|测算|决算|结算|统计|公布|最终)[^，。；]{0,6})为准"
)
_SAME = (
    "(?:同|见|参见|参照|如)(?:上|前|左|右|下)(?:[行项表格面文栏列述]|一[项行栏])?|同第?[0-9一二三四五六七八九十]+[行项]"
)
_HEADER = "(?:年度|全年|绩效|三级|指标|预期)*(?:指标值|目标值|指标名称|具体数值|数值|数量|数字|内容)"
_NOTHING = (
    r"[/／\\|\-—–－~～.。、…·*?？!！_＿□○●◎\s]+|略|空白?|未填|测试"
    r"|(?i:n/?a|null|none|nil|nan|tbd|test|#n/a|#ref!|#value!|#name\?|#div/0!)"
)
_EMPTY = re.compile(f"[(（]?(?:{_LATER}|{_DEPENDS}|{_SAME}|{_HEADER}|{_NOTHING}|暂无|暂缺|不详|未知|未定)[)）]?[。；]?")


@document_rule("N524", Severity.WARNING)
def a_cell_is_filled_in(document: Document) -> Iterator[Outcome]:
    """格子里写的是内容，不是“待定”“同上”“按要求”“/”一类的占位。

    原因：占位的字样不能核对，公布出去等于没有填。
    不符：目标值写“另行确定”；满意度写“无”
    相符：≥1.00(次)；安全事故写“无”
    """
    for placed, target in each_target(document):
        none = (
            target.strip(" 。") in ("无", "没有")
            and (MEASURED.search(placed.name) or placed.name.endswith("性"))
            and polarity(placed.name) != -1
        )
        blank = MEASURED.search(placed.name) and (_TICKED.fullmatch(target.strip(" 。")) or _is_bare_unit(target))
        if none or blank or _is_empty(target):
            repair = "照原表填写目标值；原表如此的，在“说明事项”写明。"
            yield at_target(document, placed, f"“{placed.name}”的目标值只有占位的“{target}”。", repair)
        unnamed = PLACEHOLDER.search(placed.name) or (_is_empty(placed.name) and bare(placed.name) not in LABELS)
        if unnamed:
            yield Finding(document.tree.key(*placed.path), f"指标名称只有占位的“{placed.name}”。", AGAIN)
    for path, text in texts(document):
        if _is_empty(text) or bare(text) in _CELLS or (text.strip(" 。") in ("无", "没有") and path[0] != "分解目标"):
            repair = "填上实际内容；表上没有的，删去这一项。"
            yield Finding(document.tree.value(*path), f"“{path[0]}”里只有占位的“{text}”。", repair)


# Of what is counted or graded neither a tick nor 若干 says how much.
_TICKED = re.compile("[√✓✔☑是有对等]|若干[一-鿿]{0,2}|一定(?:数量|规模|次数)|多[次项场]")


def _is_bare_unit(target: str) -> bool:
    return _unscaled(target.strip("()（） ")) in _CLASS_OF.keys() | _COUNTED


def _is_empty(text: str) -> bool:
    return bool(_EMPTY.fullmatch(text.strip())) and not PLACEHOLDER.search(text)  # that is told by T601


# No text of its own; 资产管理 or 项目支出 may be the name of a task.
_CELLS = {"部门名称", "部门职责", "年度履职目标", "年度重点任务", "任务名称", "主要内容", "指标名称", "目标值", "备注"}


@document_rule("N525", Severity.WARNING)
def a_name_is_a_name(document: Document) -> Iterator[Outcome]:
    """指标名称是名称，不是目标值、标题、部门名称或别处的一段文字。

    原因：多半是抄错了格，指标就没有了名称。
    不符：≥90%: ≥90%；数量指标: ≥3场
    相符：演练场次: ≥3场
    """
    declaration = document.declaration
    elsewhere = {bare(text): "别处的文字" for _, text in texts(document) if len(text) <= _LONG_NAME} | {
        bare(re.sub(r"[(（]汇总[)）]", "", declaration.department_name)): "部门名称"
    }
    names = {bare(task.name) for task in declaration.tasks}
    for placed, _ in each_target(document):
        name = bare(placed.name)
        if name in LABELS:
            what = "表上的标题"
        elif _is_value(placed.name):
            what = "目标值"
        elif name in elsewhere and name not in names:
            what = elsewhere[name]
        elif _PUNCTUATION.search(placed.name) and any(placed.name in text for _, text in texts(document)):
            what = "别处的一段文字"
        else:
            continue
        message = f"指标名称“{placed.name}”像是{what}。"
        yield Finding(document.tree.key(*placed.path), message, "照原表填写指标名称。")


_DIGIT, _PUNCTUATION = re.compile(r"\d"), re.compile("[，。；]")
_LONG_NAME = 200  # characters; no name is longer, and texts may be


def _is_value(name: str) -> bool:
    if not _DIGIT.search(name):
        return False
    reading = read(name)
    whole = reading.measurable and reading.remark is None and reading.baseline is None
    return bool(re.fullmatch(r"[\d\s.,]+", name)) or (whole and (reading.comparator or reading.unit) is not None)


_CLASSES = {
    "人": "人 名 位 人次 人员 人天",
    "户": "户 户次",
    "次": "次 场 场次 期 届 轮 趟 班次 批次",
    "钱": "元 美元",
    "面积": "平方米 ㎡ m2 m² 平米 亩 公顷 平方公里",
    "长度": "米 延米 公里 千米 km m",
    "时间": "分钟 小时 个小时 天 日 工作日 个工作日 自然日 周 个月 秒",
    "重量": "吨 公斤 千克 克",
    "比例": "% ‰ 百分比 百分点 个百分点",
    "物": "册 本 卷 台 辆 座 栋 幢 株 棵 头 盏 艘",
}
_CLASS_OF = {unit: kind for kind, units in _CLASSES.items() for unit in units.split()}
_ALL = frozenset(_CLASSES)
# 利用率 may be in hours and 就诊率 in visits; these are shares wherever they stand.
_RATES = (
    "合格|及格|准确|正确|差错|错误|及时|覆盖|完成|达标|参与|普及|办结|优良|优秀|完好|接种|就业|执行|处理|处置|响应|回复|签约"
    "|建档|验收|整改|落实|巩固|入学|控制|投诉|出勤"
)
_THINGS = "车辆|用车|图书|藏书|设备|仪器|电脑|苗木|树木|路灯|床位|教材|课桌椅"
_BOUGHT = "配备|购置|采购|更新|新增|新购|配置|保有|租赁|报废|建设|保障"
_TAILS = [
    ("人数|人次|人口数?", {"人", "比例"}),
    ("场次|场数", {"次", "比例"}),
    ("次数|频次", {"次", "比例", "时间", "人", "物"}),
    ("户数", {"户", "比例", "物"}),
    (f"(?:{_THINGS})(?:{_BOUGHT})?(?:数量?|总量|总数|量)", {"物", "次", "比例", "重量"}),
    ("[处座套台辆册栋间株棵艘盏篇](?<!讲座)数", {"物", "户", "次", "比例"}),
    ("满意度|满意率|知晓率|知晓度", {"比例"}),
    (f"(?:{_RATES})率", {"比例"}),
    ("面积", {"面积", "比例"}),
    ("长度|里程", {"长度", "比例"}),
    ("(?<![名学席])额|经费|产值", {"钱", "比例", "物"}),
    ("总收入|收入额|投资额", {"钱", "比例"}),
    ("费用", {"钱", "比例", "时间"}),
    ("经济损失|灾害损失", {"钱", "比例", "重量", "面积"}),
    ("(?:(?<!分辨)(?<![汇费税出效益报]))率", _ALL - {"面积", "长度", "物", "钱"}),
    ("(?<!分辨)率", _ALL - {"面积", "长度", "物"}),
    ("(?<!人力)(?<!用工)成本", {"钱", "比例", "时间", "次", "重量"}),
    ("时间", {"时间", "比例", "次"}),
    ("天数|时长|时限|工期", {"时间", "比例"}),
]
_TAIL = [(re.compile(f"(?:{words})$"), _ALL - allowed) for words, allowed in _TAILS]


@document_rule("N526", Severity.WARNING)
def the_unit_fits_the_name(document: Document) -> Iterator[Outcome]:
    """单位与名称说的是一回事：场次不以人计，人数不以户计，满意度不以次计。

    原因：多半是两行的目标值抄串了。
    不符：培训场次: ≥30人
    相符：培训场次: ≥30场
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        if not reading.number or reading.baseline is not None or not reading.unit:  # nothing is nothing in any unit
            continue
        name = re.sub(r"\s*[(（][^()（）]*[)）]$", "", placed.name)
        kind = _CLASS_OF.get(_unscaled(reading.unit))
        wrong = next((foreign for tail, foreign in _TAIL if tail.search(name)), frozenset())
        if kind in wrong:
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”以“{reading.unit}”计，与名称不合。")


def _unscaled(unit: str) -> str:
    return re.sub("^(?:万亿|百万|千万|亿|万|千(?![克米瓦])|百(?!分))", "", unit)


_WHOLE = (
    "人 名 位 人次 户 户次 家 场 场次 次 期 届 件 个 项 份 册 本 台 套 辆 座 处 所 间 张 支 门 条 篇 起 宗 批 批次 "
    "头 只 株 棵 盏 块 部"
)
_COUNTED = frozenset(_WHOLE.split())


@document_rule("N527", Severity.WARNING)
def what_is_counted_is_whole(document: Document) -> Iterator[Outcome]:
    """人、户、场次等数得清的，是整数；平均数和以万计的除外。

    原因：没有半个人、半场培训，多半是小数点点错了。
    不符：培训人数: ≥12.5人
    相符：培训人数: ≥125人，≥1.25万人
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        if _is_part_of_one(reading) and not re.search(
            "均|每|周转|人口|万人|指数|率|比|折合|当量|系数|度$", placed.name
        ):
            yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”不是整数。")


def _is_part_of_one(reading: Reading) -> bool:
    promised = reading.comparator not in ("≤", "<") and reading.remark is None and reading.baseline is None
    number = reading.number
    return promised and number is not None and number % 1 != 0 and reading.unit in _COUNTED


_NEVER_LOW = re.compile("(?:满意度|满意率|合格率|及格率|准确率|正确率|及时率|完好率)$")
_GOOD_RATE = re.compile(
    "(?:完成|覆盖|知晓|参与|就业|达标|通过|办结|普及|入学|优良|执行|接种|回复|签约|存活|成活|巩固)率$"
)


@document_rule("N528", Severity.WARNING)
def good_rates_are_not_low(document: Document) -> Iterator[Outcome]:
    """满意度、合格率、准确率等不低于 50%；完成率、覆盖率等不会是百分之零点几。

    原因：多半是漏打了数字，或者把 0.85 写成了 0.85%。
    不符：服务对象满意度: ≥9%；知晓率: 0.85%
    相符：服务对象满意度: ≥90%；差错率: ≤0.5%
    """
    for placed, target in each_target(document):
        reading = placed.indicator.reading
        if _is_promised_share(placed, reading) and reading.number is not None:
            percent = reading.number / (10 if reading.unit == "‰" else 1)
            low = (
                percent < 50
                and _NEVER_LOW.search(placed.name)
                and not re.search("预[报警测]", placed.name)
                and polarity(placed.name) == 1
            )
            tiny = percent <= 1 and _GOOD_RATE.search(placed.name) and "抽" not in placed.name
            if low or tiny:
                yield at_target(document, placed, f"“{placed.name}”的目标值“{target}”低得不合常理。")


def _is_promised_share(placed: PlacedIndicator, reading: Reading) -> bool:
    share = reading.unit in ("%", "百分比", "‰") and bool(reading.number) and reading.baseline is None
    return share and reading.remark is None and reading.comparator not in ("≤", "<") and polarity(placed.name) != -1
