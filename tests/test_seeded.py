"""Defects that a careful clerk would want caught, one at a time in sound content: where each is reported.

Each is a family, what stands in tests/seeded/content, and what somebody made of it; the line that a clerk must change
is the first that differs, or the one that holds the text named last. The content itself is quiet.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from support import ROOT

from generator import build
from generator.diagnostics.model import Diagnostic

FOLDER = ROOT / "tests/seeded/content"
FLOOR = 0.95  # of the defects are reported at the right line


class Defect(NamedTuple):
    """A family, what stands there and what it became; `at` is on the line to change, `file` below content."""

    family: str
    old: str
    new: str
    at: str = ""
    file: str = "health-commission/2025.yaml"


CDC, SITE = "cdc/2025.yaml", "site.yaml"
DEFECTS = [
    # a comparator with digits that does not parse
    Defect("comparator", "演练场次: ≥5场", "演练场次: ≥≧5场"),
    Defect("comparator", "演练场次: ≥5场", "演练场次: 5≥场"),
    Defect("comparator", "演练场次: ≥5场", "演练场次: 不低于≥5场"),
    Defect("comparator", "培训人数: ≥420人", "培训人数: 420人≥"),
    Defect("comparator", "培训人数: ≥420人", "培训人数: ≥420人以内"),
    Defect("comparator", "培训人数: ≥420人", "培训人数: 不超过420人以上"),
    Defect("comparator", "合格率: ≥92%", "合格率: =≥92%"),
    Defect("comparator", "合格率: ≥92%", "合格率: ≥%92"),
    Defect("comparator", "合格率: ≥92%", "合格率: ≥92%%"),
    Defect("comparator", "差错率: ≤0.4%", "差错率: ≤≤0.4%"),
    Defect("comparator", "差错率: ≤0.4%", "差错率: ≤0..4%"),
    Defect("comparator", "时限: ≤8个工作日", "时限: 不超过≤8个工作日"),
    Defect("comparator", "人次: ≥12800人次", "人次: ≥12,80人次"),
    Defect("comparator", "次数: ≥38次", "次数: 不少38次"),
    Defect("comparator", "次数: ≥38次", "次数: 大于等于≤38次"),
    # placeholders
    Defect("placeholder", "演练场次: ≥5场", "演练场次: 待核定"),
    Defect("placeholder", "演练场次: ≥5场", "演练场次: 根据实际情况确定"),
    Defect("placeholder", "培训人数: ≥420人", "培训人数: 同上"),
    Defect("placeholder", "培训人数: ≥420人", "培训人数: 见上行"),
    Defect("placeholder", "合格率: ≥92%", "合格率: 另定"),
    Defect("placeholder", "合格率: ≥92%", "合格率: '-'"),
    Defect("placeholder", "接种率: ≥95%", "接种率: N/A"),
    Defect("placeholder", "接种率: ≥95%", "接种率: 无"),
    Defect("placeholder", "满意度: ≥92%", "满意度: 以年终测评为准"),
    Defect("placeholder", "健全性: 健全", "健全性: 略"),
    Defect("placeholder", "健全性: 健全", "健全性: ？？"),
    Defect("placeholder", "主要内容: 开展结核病筛查，处置突发公共卫生事件，组织卫生应急演练。", "主要内容: 另行通知"),
    Defect("placeholder", "  - 负责传染病防治、妇幼保健、老龄健康和职业健康监督管理工作。", "  - 略"),
    # letters inside numbers
    Defect("letters", "演练场次: ≥5场", "演练场次: ≥l5场"),
    Defect("letters", "培训人数: ≥420人", "培训人数: ≥42O人"),
    Defect("letters", "人次: ≥12800人次", "人次: ≥I2800人次"),
    Defect("letters", "人次: ≥12800人次", "人次: ≥128oo人次"),
    Defect("letters", "合格率: ≥92%", "合格率: ≥9Z%"),
    Defect("letters", "及时率: =100%", "及时率: =1OO%"),
    Defect("letters", "  - 根据2025年工作计划", "  - 根据2O25年工作计划"),
    Defect("letters", "签约团队42个", "签约团队4l个"),
    Defect("letters", "较2024年提升", "较2o24年提升"),
    Defect("letters", "人均成本: ≤440元", "人均成本: ≤44O元"),
    # days that there are not
    Defect("dates", "2025年11月30日前", "2025年11月31日前"),
    Defect("dates", "2025年11月30日前", "2025年14月30日前"),
    Defect("dates", "2025年11月30日前", "2025年2月29日前"),
    Defect("dates", "2025年11月30日前", "20225年11月30日前"),
    Defect("dates", "2025年11月30日前", "225年11月30日前"),
    Defect("dates", "2025年11月30日前", "0月30日前"),
    Defect("dates", "2025年11月30日前", "2025-11-31前"),
    Defect("dates", "根据2025年工作计划", "根据202年工作计划"),
    Defect("dates", "年底前完成履约评估", "6月31日前完成履约评估"),
    Defect("dates", "在2024年工作基础上", "在20024年工作基础上"),
    # a name that is another cell's content
    Defect("name", "      卫生应急演练场次: ≥5场", "      数量指标: ≥5场"),
    Defect("name", "      卫生应急演练场次: ≥5场", "      ≥5场: ≥5场"),
    Defect("name", "      医务人员满意度: ≥87%", "      满意度指标: ≥87%"),
    Defect("name", "      健康讲座次数: ≥38次", "      38次: ≥38次"),
    Defect("name", "      健康讲座次数: ≥38次", "      三级指标: ≥38次"),
    Defect("name", "演练场次: ≥5场", "演练场次: 基层医务人员培训人数"),
    Defect("name", "      培训考核合格率: ≥92%", "      质量指标: ≥92%"),
    # unit against the name
    Defect("unit", "演练场次: ≥5场", "演练场次: ≥5人"),
    Defect("unit", "演练场次: ≥5场", "演练场次: ≥5户"),
    Defect("unit", "培训人数: ≥420人", "培训人数: ≥420场"),
    Defect("unit", "签约人数: ≥8.5万人", "签约人数: ≥8.5万元"),
    Defect("unit", "户数: 155户", "户数: 155次"),
    Defect("unit", "点位面积: ≥24万平方米", "点位面积: ≥24公里"),
    Defect("unit", "合格率: ≥92%", "合格率: ≥92人"),
    Defect("unit", "就诊群众满意度: ≥92%", "就诊群众满意度: ≥92次"),
    Defect("unit", "公示天数: ≥5个工作日", "公示天数: ≥5人次"),
    Defect("unit", "次数: ≥38次", "次数: ≥38元"),
    # characters
    Defect("characters", "    项目支出: 60", "    项目支岀: 60"),
    Defect("characters", "负责传染病防治", "负责传染\u2f9d防治"),
    Defect("characters", "处置突发公共", "处置\u200b突发公共"),
    Defect("characters", "提升基层医疗", "提⼊基层医疗"),
    Defect("characters", "妇幼保健", "妇幼\u2060保健"),
    Defect("characters", "其中基本支出", "其中基本支岀"),
    Defect("characters", "演练场次: ≥5场", "演练场次: ≥5场\u200e"),
    # low and fractional
    Defect("low", "就诊群众满意度: ≥92%", "就诊群众满意度: ≥9.2%"),
    Defect("low", "就诊群众满意度: ≥92%", "就诊群众满意度: ≥0.92%"),
    Defect("low", "合格率: ≥92%", "合格率: ≥0.92"),
    Defect("low", "及时率: =100%", "及时率: =10%"),
    Defect("low", "知晓率: ≥86%", "知晓率: ≥0.86%"),
    Defect("low", "演练场次: ≥5场", "演练场次: ≥4.5场"),
    Defect("low", "培训人数: ≥420人", "培训人数: ≥42.5人"),
    Defect("low", "次数: ≥38次", "次数: ≥3.8次"),
    # recognition
    Defect("recognition", "培训人数: ≥420人", "培训人数: 2420人"),
    Defect("recognition", "培训人数: ≥420人", "培训人数: z420人"),
    Defect("recognition", "培训人数: ≥420人", "培训人数: 2 420人"),
    Defect("recognition", "合格率: ≥92%", "合格率: 292%"),
    Defect("recognition", "合格率: ≥92%", "合格率: X92%"),
    Defect("recognition", "次数: ≥38次", "次数: ≥3 8次"),
    # own year as baseline
    Defect("baseline", "较2024年提升", "较2025年提升"),
    Defect("baseline", "较2024年提升", "在2025年基础上提升"),
    Defect("baseline", "较2024年提升", "与2025年相比提升"),
    Defect("baseline", "较2024年提升", "同比2025年上升"),
    Defect("baseline", "较2024年提升", "比2026年度提高"),
    # text against table
    Defect("text", "其中基本支出7,722.33万元", "其中基本支出7,272.33万元"),
    Defect("text", "年部门预算总额13,728.55万元", "年部门预算总额13,278.55万元"),
    Defect("text", "占56.25%", "占65.25%"),
    Defect("text", "现有在职人员186人", "现有在职人员168人"),
    Defect("text", "下设3个预算单位", "下设5个预算单位"),
    Defect("text", "内设5个科室", "内设7个科室"),
    Defect(
        "text",
        "深化医药卫生体制改革。",
        "项目支出6,600.22万元，财政拨款13,046.04万元，基本支出合计772.23万元。",
    ),
    Defect("text", "深化医药卫生体制改革。", "年末资产总额8,182.09万元。"),
    Defect("text", "占56.25%", "预算总额同比增长20%"),
    # staff
    Defect("staff", "年末在职人数: 186", "年末在职人数: 2025", "年末在职人数"),
    Defect("staff", "年末在职人数: 186", "年末在职人数: 1860", "年末在职人数"),
    Defect("staff", "年末在职人数: 186", "年末在职人数: 186000", "年末在职人数"),
    Defect("staff", "年末在职人数: 186", "年末在职人数: 4", "内设机构数"),
    # money
    Defect("money", "财政拨款: 130,460,440.00", "财政拨款: 130,460,404.00"),
    Defect("money", "项目支出: 60,062,200.00", "项目支出: 6,006.22"),
    Defect("money", "总额: 137,285,500.00", "总额: 137,258,500.00"),
    Defect("money", "年末资产总额: 88,120,945.31", "年末资产总额: 8,812.09"),
    Defect("money", "总额: 32,150,000.00", "总额: 321,500,000.00", file=CDC),
    Defect(
        "money",
        "总额: 32,150,000.00\n  资金来源:\n    财政拨款: 32,150,000.00\n    其他资金: 0.00\n  资金结构:\n"
        "    基本支出: 21,400,000.00",
        "总额: 332,150,000.00\n  资金来源:\n    财政拨款: 332,150,000.00\n    其他资金: 0.00\n  资金结构:\n"
        "    基本支出: 321,400,000.00",
        file=CDC,
    ),
    # weights
    Defect(
        "weights",
        "培训考核合格率: ≥92%\n      传染病报告及时率: =100%",
        "培训考核合格率: {指标目标值: ≥92%, 权重: 60}\n      传染病报告及时率: {指标目标值: =100%, 权重: 50}",
        "分解目标:",
    ),
    # between years
    Defect("years", "演练场次: ≥5场", "演练场次: ≤5场"),
    Defect("years", "次数: ≥38次", "次数: ≤38次"),
    Defect("years", "反应时间: ≤12分钟", "反应时间: ≥12分钟"),
    Defect("years", "时限: ≤8个工作日", "时限: ≥8个工作日"),
    Defect("years", "公示天数: ≥5个工作日", "公示天数: ≤5个工作日"),
    Defect("years", "培训人数: ≥420人", "培训人数: ≥4000人"),
    Defect("years", "户数: 155户", "户数: 1500户"),
    Defect("years", "面积: ≥24万平方米", "面积: ≥230万平方米"),
    Defect("years", "年末资产总额: 88,120,945.31\n", "", "年度: 2025"),
    Defect("years", "年末在职人数: 186\n", "", "年度: 2025"),
    Defect("years", "年末资产总额: 88,120,945.31", "年末资产总额: 881,209,453.10"),
    Defect("years", "次数: ≥38次", "次数: {指标目标值: ≥38次, 原名: 卫生应急演练场次}", "原名"),
    Defect("years", "      健康讲座次数: ≥38次", "      健康讲堂次数: {指标目标值: ≥38次, 原名: 健康讲座场次}", "原名"),
    Defect("years", "人均成本: ≤440元", "人均成本: ≥440元"),
    # sources
    Defect("sources", "批复日期: 2025-01-24", "批复日期: 2024-01-24"),
    Defect("sources", "公开日期: 2025-02-08", "公开日期: 2026-02-08"),
    Defect("sources", "公开日期: 2025-02-08", "公开日期: 2025-01-08"),
    # personal data
    Defect("personal", "年底前完成履约评估。", "年底前完成履约评估。联系电话：13917654321"),
    Defect("personal", "组织卫生应急演练。", "组织卫生应急演练（负责人身份证号310112198506151234）。"),
    Defect("personal", "稳步提高。", "稳步提高。填表人：王某"),
    Defect("personal", "稳步提高。", "稳步提高（电话：021-64125678）。"),
    # the site and the departments
    Defect("site", '"3101120001"', '"310112001"', file=SITE),
    Defect("site", "沪ICP备12345678号-1", "沪ICP备12345678", file=SITE),
    Defect("site", "沪公网安备31011202000001号", "沪公网安备3101120200001号", file=SITE),
    Defect("site", "某区疾病预防控制中心", "某区卫生健康委员会", file="cdc/department.yaml"),
    # text
    Defect("prose", "提升基层医疗", "提升提升基层医疗"),
    Defect("prose", "根据2025年工作计划", "根据2024年工作计划"),
    Defect("prose", "稳步提高。", "稳步提高。。"),
    Defect("prose", "开展结核病筛查", "开展××筛查"),
    Defect("prose", "疾病防控", "疾病防控疾病防控"),
    Defect("prose", "其中基本支出", "其中财政拔款和基本支出"),
    # thought of after the rules
    Defect("comparator", "演练场次: ≥5场", "演练场次: ≥<5场"),
    Defect("comparator", "演练场次: ≥5场", "演练场次: ≥5场次以下"),
    Defect("comparator", "培训人数: ≥420人", "培训人数: 至少≥420人"),
    Defect("comparator", "培训人数: ≥420人", "培训人数: ≥420-人"),
    Defect("comparator", "培训人数: ≥420人", "培训人数: ≥.420人"),
    Defect("comparator", "培训人数: ≥420人", "培训人数: ≥4,20人"),
    Defect("comparator", "合格率: ≥92%", "合格率: 92≥%"),
    Defect("comparator", "合格率: ≥92%", "合格率: ≥92以上%"),
    Defect("comparator", "合格率: ≥92%", "合格率: ≥(92%"),
    Defect("comparator", "合格率: ≥92%", "合格率: ≥ ≥92%"),
    Defect("comparator", "合格率: ≥92%", "合格率: 大于≥92%"),
    Defect("comparator", "差错率: ≤0.4%", "差错率: 小于等于0.4%以上"),
    Defect("comparator", "差错率: ≤0.4%", "差错率: <=≤0.4%"),
    Defect("comparator", "差错率: ≤0.4%", "差错率: ≤0.4.%"),
    Defect("comparator", "次数: ≥38次", "次数: ≥38次≥"),
    Defect("comparator", "次数: ≥38次", "次数: =>38次"),
    Defect("placeholder", "演练场次: ≥5场", "演练场次: 待上级下达"),
    Defect("placeholder", "演练场次: ≥5场", "演练场次: 后续补充"),
    Defect("placeholder", "演练场次: ≥5场", "演练场次: 见上"),
    Defect("placeholder", "培训人数: ≥420人", "培训人数: 按实际情况填报"),
    Defect("placeholder", "培训人数: ≥420人", "培训人数: 暂未确定"),
    Defect("placeholder", "合格率: ≥92%", "合格率: 指标值"),
    Defect("placeholder", "合格率: ≥92%", "合格率: 达到要求"),
    Defect("placeholder", "健全性: 健全", "健全性: 无"),
    Defect("placeholder", "接种率: ≥95%", "接种率: XX%"),
    Defect("placeholder", "接种率: ≥95%", "接种率: 暂不填写"),
    Defect("placeholder", "主要内容: 组建签约团队42个，签约居民8.5万人，年底前完成履约评估。", "主要内容: 同上"),
    Defect("letters", "演练场次: ≥5场", "演练场次: ≥S场"),
    Defect("letters", "培训人数: ≥420人", "培训人数: ≥4Z0人"),
    Defect("letters", "签约居民8.5万人", "签约居民8.S万人"),
    Defect("letters", "年部门预算总额13,728.55万元", "年部门预算总额13,728.5S万元"),
    Defect("letters", "2025年11月30日前", "2025年ll月30日前"),
    Defect("letters", "2025年11月30日前", "2025年11月3O日前"),
    Defect("letters", "人次: ≥12800人次", "人次: ≥1280O(人次)"),
    Defect("letters", "人次: ≥12800人次", "人次: ≥12８00人次"),
    Defect("dates", "2025年11月30日前", "2025年11月30号31日前"),
    Defect("dates", "2025年11月30日前", "2025年11月底31日前"),
    Defect("dates", "2025年11月30日前", "2052年11月30日前"),
    Defect("dates", "2025年11月30日前", "2025年00月30日前"),
    Defect("dates", "2025年11月30日前", "2025年11月0日前"),
    Defect("dates", "2025年11月30日前", "2025/11/31前"),
    Defect("dates", "2025年11月30日前", "5025年11月30日前"),
    Defect("dates", "年底前完成履约评估", "2025年13月底前完成履约评估"),
    Defect("dates", "根据2025年工作计划", "根据2205年工作计划"),
    Defect("name", "      卫生应急演练场次: ≥5场", "      产出指标: ≥5场"),
    Defect("name", "      健康讲座次数: ≥38次", "      序号: ≥38次"),
    Defect("name", "      健康讲座次数: ≥38次", "      1: ≥38次"),
    Defect("name", "      健康讲座次数: ≥38次", "      某区卫生健康委员会: ≥38次"),
    Defect("name", "      健康讲座次数: ≥38次", "      ≥38: ≥38次"),
    Defect("name", "      健康讲座次数: ≥38次", "      提升基层医疗服务能力，居民健康素养水平稳步提高: ≥38次"),
    Defect("unit", "演练场次: ≥5场", "演练场次: ≥5万元"),
    Defect("unit", "培训人数: ≥420人", "培训人数: ≥420次"),
    Defect("unit", "车辆配备数量: =15辆", "车辆配备数量: =15人"),
    Defect("unit", "差错率: ≤0.4%", "差错率: ≤0.4人"),
    Defect("unit", "反应时间: ≤12分钟", "反应时间: ≤12人"),
    Defect("unit", "人均成本: ≤440元", "人均成本: ≤440人"),
    Defect("unit", "节约额: ≥210万元", "节约额: ≥210万人"),
    Defect("unit", "办结时限: ≤8个工作日", "办结时限: ≤8次"),
    Defect("characters", "两癌", "两⽬"),
    Defect("characters", "家庭医生签约\n", "家庭医⽣签约\n"),
    Defect("characters", "负责传染病", "负责传染\ue5e5病"),
    Defect("characters", "妇幼保健", "妇幼保建"),
    Defect("characters", "投入管理指标", "投人管理指标"),
    Defect("low", "医务人员满意度: ≥87%", "医务人员满意度: ≥8.7%"),
    Defect("low", "接种率: ≥95%", "接种率: ≥0.95%"),
    Defect("low", "户数: 155户", "户数: 15.5户"),
    Defect("low", "车辆配备数量: =15辆", "车辆配备数量: =1.5辆"),
    Defect("low", "合格率: ≥92%", "合格率: 0.92"),
    Defect("recognition", "演练场次: ≥5场", "演练场次: 25场"),
    Defect("recognition", "人次: ≥12800人次", "人次: 212800人次"),
    Defect("recognition", "人次: ≥12800人次", "人次: W12800人次"),
    Defect("recognition", "人次: ≥12800人次", "人次: 之12800人次"),
    Defect("baseline", "较2024年提升", "较2025年度有所提升"),
    Defect("baseline", "较2024年提升", "相比2025年提高"),
    Defect("baseline", "较2024年提升", "较本年提升"),
    Defect("baseline", "较2024年提升", "高于2025年水平"),
    Defect("text", "现有在职人员186人", "在职职工总数为168人"),
    Defect("text", "其中基本支出7,722.33万元", "其中基本支出合计为77,223.33万元"),
    Defect("text", "其中基本支出7,722.33万元", "其中：项目支出7,722.33万元"),
    Defect("text", "下设3个预算单位", "所属预算单位4家"),
    Defect("text", "占56.25%", "占56.25"),
    Defect("text", "占56.25%", "占预算总额的62.5%"),
    Defect("text", "内设5个科室", "内设机构15个"),
    Defect("staff", "年末在职人数: 186", "年末在职人数: 18", "年末在职人数"),
    Defect("money", "其他资金: 6,825,060.00", "其他资金: 6,285,060.00"),
    Defect("money", "基本支出: 77,223,300.00", "基本支出: 7,722,330.00"),
    Defect("money", "年末资产总额: 88,120,945.31", "年末资产总额: 88,120,945,310.00"),
    Defect("years", "演练场次: ≥5场", "演练场次: ≥40场"),
    Defect("years", "人次: ≥12800人次", "人次: ≥125000人次"),
    Defect("years", "合格率: ≥92%", "合格率: ≤92%"),
    Defect("years", "节约额: ≥210万元", "节约额: ≥2000万元"),
    Defect("years", "节约额: ≥210万元", "节约额: ≥200元"),
    Defect("years", "节约额: ≥210万元", "节约额: ≤210万元"),
    Defect("years", "差错率: ≤0.4%", "差错率: ≥0.4%"),
    Defect("years", "发病率: ≤175/10万", "发病率: ≥175/10万"),
    Defect("sources", "公开日期: 2025-02-08", "公开日期: 2024-02-08"),
    Defect("sources", "批复日期: 2025-01-24", "批复日期: 2015-01-24"),
    Defect("personal", "稳步提高。", "稳步提高，联系人王某。"),
    Defect("personal", "稳步提高。", "稳步提高。微信：139 1765 4321。"),
    Defect("personal", "稳步提高。", "稳步提高。办公电话64125678。"),
    Defect("site", '"3101120001"', '"31011200011"', file=SITE),
    Defect("site", "沪ICP备12345678号-1", "沪lCP备12345678号-1", file=SITE),
    Defect("prose", "深化医药卫生体制改革", "深化深化医药卫生体制改革"),
    Defect("prose", "稳步提高。", "稳步提高，。"),
    Defect("prose", "进一步完善", "进一步进一步完善"),
    Defect("prose", "“两癌”", "“两癌"),
    # thought of after those, too
    Defect("comparator", "反应时间: ≤12分钟", "反应时间: ≤12分钟以上"),
    Defect("comparator", "反应时间: ≤12分钟", "反应时间: 12≤分钟"),
    Defect("comparator", "点位面积: ≥24万平方米", "点位面积: ≥24.万平方米"),
    Defect("comparator", "点位面积: ≥24万平方米", "点位面积: >≥24万平方米"),
    Defect("comparator", "就诊群众满意度: ≥92%", "就诊群众满意度: ≥92%%以上"),
    Defect("comparator", "就诊群众满意度: ≥92%", "就诊群众满意度: 不低92%"),
    Defect("comparator", "就诊群众满意度: ≥92%", "就诊群众满意度: ≥9２≥%"),
    Defect("comparator", "就诊群众满意度: ≥92%", "就诊群众满意度: ≥92%≥"),
    Defect("comparator", "知晓率: ≥86%", "知晓率: >＝≥86%"),
    Defect("comparator", "知晓率: ≥86%", "知晓率: ≥86%以内"),
    Defect("comparator", "知晓率: ≥86%", "知晓率: ≥，86%"),
    Defect("comparator", "知晓率: ≥86%", "知晓率: ≥86,%"),
    Defect("comparator", "车辆配备数量: =15辆", "车辆配备数量: ==15辆"),
    Defect("comparator", "车辆配备数量: =15辆", "车辆配备数量: =15=辆"),
    Defect("comparator", "节约额: ≥210万元", "节约额: 不少于超过210万元"),
    Defect("comparator", "节约额: ≥210万元", "节约额: ≥21,0万元"),
    Defect("comparator", "发病率: ≤175/10万", "发病率: ≤≥175/10万"),
    Defect("comparator", "户数: 155户", "户数: 155户≥"),
    Defect("placeholder", "节约额: ≥210万元", "节约额: 待测算"),
    Defect("placeholder", "节约额: ≥210万元", "节约额: 待财政批复后确定"),
    Defect("placeholder", "节约额: ≥210万元", "节约额: 以财政批复为准"),
    Defect("placeholder", "人均成本: ≤440元", "人均成本: （空）"),
    Defect("placeholder", "人均成本: ≤440元", "人均成本: 不详"),
    Defect("placeholder", "人均成本: ≤440元", "人均成本: 按规定"),
    Defect("placeholder", "知晓率: ≥86%", "知晓率: 按需要"),
    Defect("placeholder", "知晓率: ≥86%", "知晓率: 同前"),
    Defect("placeholder", "知晓率: ≥86%", "知晓率: （待定）"),
    Defect("placeholder", "知晓率: ≥86%", "知晓率: 填写数值"),
    Defect("placeholder", "较2024年提升", "待研究"),
    Defect("placeholder", "户数: 155户", "户数: ……"),
    Defect("placeholder", "任务名称: 妇幼健康", "任务名称: 待定"),
    Defect("placeholder", "  - 负责传染病防治、妇幼保健、老龄健康和职业健康监督管理工作。", "  - 同上。"),
    Defect("placeholder", "重大公共卫生事件: 无", "重大公共卫生事件: 待报"),
    Defect("letters", "户数: 155户", "户数: 15S户"),
    Defect("letters", "户数: 155户", "户数: I55户"),
    Defect("letters", "车辆配备数量: =15辆", "车辆配备数量: =l5辆"),
    Defect("letters", "人均成本: ≤440元", "人均成本: ≤4A0元"),
    Defect("letters", "知晓率: ≥86%", "知晓率: ≥8b%"),
    Defect("letters", "节约额: ≥210万元", "节约额: ≥2I0万元"),
    Defect("letters", "公示天数: ≥5个工作日", "公示天数: ≥S个工作日"),
    Defect("letters", "13,728.55万元", "13,72B.55万元"),
    Defect("letters", "占56.25%", "占56.2S%"),
    Defect("letters", "现有在职人员186人", "现有在职人员l86人"),
    Defect("letters", "现有在职人员186人", "现有在职人员18b人"),
    Defect("letters", "在2024年工作基础上", "在20Z4年工作基础上"),
    Defect("dates", "2025年11月30日前", "2025年11月32日前"),
    Defect("dates", "2025年11月30日前", "2025年1月1月30日前"),
    Defect("dates", "2025年11月30日前", "2025年115月30日前"),
    Defect("dates", "2025年11月30日前", "2025年4月31日前"),
    Defect("dates", "2025年11月30日前", "2025.13.30前"),
    Defect("dates", "2025年11月30日前", "20 25年11月30日前"),
    Defect("dates", "2025年11月30日前", "2025年年11月30日前"),
    Defect("dates", "2025年11月30日前", "2025月11年30日前"),
    Defect("dates", "2025年11月30日前", "二〇二五年十三月前"),
    Defect("dates", "2025年11月30日前", "2025年11月三十一日前"),
    Defect("dates", "在2024年工作基础上", "在204年工作基础上"),
    Defect("dates", "在2024年工作基础上", "在2024年年工作基础上"),
    Defect("name", "      药品集采节约额: ≥210万元", "      成本指标: ≥210万元"),
    Defect("name", "      居民健康知识知晓率: ≥86%", "      ≥86%: ≥86%"),
    Defect("name", "      居民健康知识知晓率: ≥86%", "      社会效益指标: ≥86%"),
    Defect("name", "      就诊群众满意度: ≥92%", "      服务对象满意度指标: ≥92%"),
    Defect("name", "      就诊群众满意度: ≥92%", "      ≥92: ≥92%"),
    Defect("name", "知晓率: ≥86%", "知晓率: 就诊群众满意度"),
    Defect("name", "知晓率: ≥86%", "知晓率: 社会效益指标"),
    Defect("name", "      医疗差错率: ≤0.4%", "      0.4%: ≤0.4%"),
    Defect("name", "      医疗差错率: ≤0.4%", "      年度指标值: ≤0.4%"),
    Defect("unit", "知晓率: ≥86%", "知晓率: ≥86人次"),
    Defect("unit", "知晓率: ≥86%", "知晓率: ≥86元"),
    Defect("unit", "户数: 155户", "户数: 155万元"),
    Defect("unit", "户数: 155户", "户数: 155场次"),
    Defect("unit", "次数: ≥38次", "次数: ≥38平方米"),
    Defect("unit", "人次: ≥12800人次", "人次: ≥12800元"),
    Defect("unit", "人次: ≥12800人次", "人次: ≥12800户"),
    Defect("unit", "人次: ≥12800人次", "人次: ≥12800场次"),
    Defect("unit", "签约人数: ≥8.5万人", "签约人数: ≥8.5万户"),
    Defect("unit", "签约人数: ≥8.5万人", "签约人数: ≥8.5公里"),
    Defect("unit", "面积: ≥24万平方米", "面积: ≥24万人"),
    Defect("unit", "办结时限: ≤8个工作日", "办结时限: ≤8万元"),
    Defect("unit", "办结时限: ≤8个工作日", "办结时限: ≤8户"),
    Defect("characters", "医疗差错率", "医疗差错\u200d率"),
    Defect("characters", "老龄健康", "⽼龄健康"),
    Defect("characters", "分级诊疗制度健全性", "分级诊疗制度健全性\u200b"),
    Defect("characters", "完善分级诊疗", "完善\ue000分级诊疗"),
    Defect("characters", "稳步提高。", "稳步提⾼。"),
    Defect("characters", "年末资产总额: 88,120,945.31", "年末资产总额: 88,120,945.31\u200b"),
    Defect("characters", "现有在职人员", "现有在职入员"),
    Defect("characters", "财政拨款: 130", "财政拔款: 130"),
    Defect("low", "知晓率: ≥86%", "知晓率: ≥0.86"),
    Defect("low", "合格率: ≥92%", "合格率: ≥2%"),
    Defect("low", "合格率: ≥92%", "合格率: ≥29%"),
    Defect("low", "医务人员满意度: ≥87%", "医务人员满意度: ≥0.87(%)"),
    Defect("low", "医务人员满意度: ≥87%", "医务人员满意度: 7%"),
    Defect("low", "人次: ≥12800人次", "人次: ≥12800.5人次"),
    Defect("low", "预算执行率: ≥96%", "预算执行率: ≥0.96%"),
    Defect("low", "预算执行率: ≥96%", "预算执行率: 0.96"),
    Defect("recognition", "知晓率: ≥86%", "知晓率: 286%"),
    Defect("recognition", "医务人员满意度: ≥87%", "医务人员满意度: W87%"),
    Defect("recognition", "医务人员满意度: ≥87%", "医务人员满意度: Z87%"),
    Defect("recognition", "节约额: ≥210万元", "节约额: 2210万元"),
    Defect("recognition", "节约额: ≥210万元", "节约额: ≥2 10万元"),
    Defect("recognition", "次数: ≥38次", "次数: 238次"),
    Defect("baseline", "较2024年提升", "较2025年同期提升"),
    Defect("baseline", "较2024年提升", "比2025年有较大提高"),
    Defect("baseline", "较2024年提升", "以2025年为基数提升5%"),
    Defect("baseline", "较2024年提升", "与2025年持平"),
    Defect("baseline", "较2024年提升", "不低于2025年水平"),
    Defect("baseline", "较2024年提升", "相较于2025年提升"),
    Defect("text", "现有在职人员186人", "现有在职职工176名"),
    Defect("text", "下设3个预算单位", "下属预算单位共2家"),
    Defect("text", "下设3个预算单位", "下辖两个二级预算单位"),
    Defect("text", "内设5个科室", "内设科室六个"),
    Defect("text", "占56.25%", "占预算的43.75%"),
    Defect("text", "年部门预算总额13,728.55万元", "年部门整体预算总额1.73亿元"),
    Defect("text", "年部门预算总额13,728.55万元", "年收支总预算13,782.55万元"),
    Defect("text", "完善分级诊疗", "财政拨款收入13,406.04万元，部门预算收入合计不变，完善分级诊疗"),
    Defect("staff", "年末在职人数: 186", "年末在职人数: 1886", "年末在职人数"),
    Defect("staff", "年末在职人数: 186", "年末在职人数: 2024", "年末在职人数"),
    Defect("staff", "年末在职人数: 74", "年末在职人数: 7", "内设机构数", CDC),
    Defect("money", "财政拨款: 130,460,440.00", "财政拨款: 13,046,044.00"),
    Defect("money", "财政拨款: 130,460,440.00", "财政拨款: 13,046.04"),
    Defect("money", "财政拨款: 130,460,440.00", "财政拨款: 130,640,440.00"),
    Defect("money", "总额: 137,285,500.00", "总额: 137,285,500.50"),
    Defect("money", "总额: 137,285,500.00", "总额: 13,728.55"),
    Defect("money", "年末资产总额: 88,120,945.31", "年末资产总额: 8,812,094,531"),
    Defect("money", "基本支出: 21,400,000.00", "基本支出: 24,100,000.00", file=CDC),
    Defect("years", "医务人员满意度: ≥87%", "医务人员满意度: ≤87%"),
    Defect("years", "接种率: ≥95%", "接种率: ≤95%"),
    Defect("years", "培训人数: ≥420人", "培训人数: ≤420人"),
    Defect("years", "培训人数: ≥420人", "培训人数: ≥40人"),
    Defect("years", "签约人数: ≥8.5万人", "签约人数: ≥82万人"),
    Defect("years", "签约人数: ≥8.5万人", "签约人数: ≥8.2人"),
    Defect("years", "内设机构数: 5\n", "", "年度: 2025"),
    Defect("years", "下属预算单位个数: 3\n", "", "年度: 2025"),
    Defect("years", "公用经费控制率: ≤100%", "公用经费控制率: ≥100%"),
    Defect(
        "years",
        "      医务人员满意度: ≥87%",
        "      医务工作者满意度: {指标目标值: ≥87%, 原名: 就诊群众满意度}",
        "原名",
    ),
    Defect("sources", "批复日期: 2025-01-24", "批复日期: 2026-01-24"),
    Defect("sources", "批复日期: 2025-01-24", "批复日期: 2025-12-24", "公开日期"),
    Defect("sources", "公开日期: 2025-02-08", "公开日期: 2023-02-08"),
    Defect("personal", "稳步提高。", "稳步提高（13917654321）。"),
    Defect("personal", "稳步提高。", "稳步提高。身份证31011219850615123X"),
    Defect("personal", "稳步提高。", "稳步提高。电话：64125678"),
    Defect("personal", "稳步提高。", "稳步提高。经办人:李某 制表人:王某"),
    Defect("site", '"3101120001"', "310112000I", file=SITE),
    Defect("site", "沪ICP备12345678号-1", "ICP备12345678号-1", file=SITE),
    Defect("site", "沪ICP备12345678号-1", "沪ICP备1234567号-1", file=SITE),
    Defect("site", "沪公网安备31011202000001号", "沪公网安备31011202000001", file=SITE),
    Defect("prose", "贯彻执行", "贯彻执行执行"),
    Defect("prose", "深化医药", "深化医药，，"),
    Defect("prose", "做好孕产妇系统管理。", "做好孕产妇系统管理（不超过200字）。"),
    Defect("prose", "做好孕产妇系统管理。", "做好<b>孕产妇</b>系统管理。"),
    Defect("prose", "根据2025年工作计划", "按照2023年度工作任务"),
    Defect("prose", "“两癌”筛查", "“两癌“筛查"),
]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(FOLDER, tmp_path_factory.mktemp("seeded") / "content")


def said(content: Path) -> Counter[Diagnostic]:
    return Counter(build.check(content)[1])


def outcome(content: Path, defect: Defect, known: Counter[Diagnostic]) -> str:
    """Say how a defect is reported: at the right line, elsewhere, or missed."""
    file = content / defect.file
    before = file.read_text(encoding="utf-8")
    assert before.count(defect.old) == 1, defect
    after = before.replace(defect.old, defect.new)
    lines, was = after.splitlines(), [*before.splitlines(), ""]
    changed = next(i for i, (a, b) in enumerate(zip([*lines, ""], was, strict=False)) if a != b)
    right = 1 + (next(i for i, line in enumerate(lines) if defect.at in line) if defect.at else changed)
    if defect.at == "原名":
        right = changed + 1
    file.write_text(after, encoding="utf-8")
    try:
        found = said(content) - known
    finally:
        file.write_text(before, encoding="utf-8")
    if any(d.mark.line == right and d.mark.file == f"content/{defect.file}" for d in found):
        return "right"
    return "elsewhere" if found else "missed"


def test_the_content_is_quiet(content: Path) -> None:
    assert {d.code for d in said(content)} == {"N509"}  # true: the values of the years before are words


def test_defects_are_reported_where_they_are(content: Path) -> None:
    known = said(content)
    assert len(DEFECTS) == len({defect[1:] for defect in DEFECTS}) >= 390
    counts = Counter(outcome(content, defect, known) for defect in DEFECTS)
    assert counts["right"] >= FLOOR * len(DEFECTS), counts
