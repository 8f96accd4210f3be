"""What became of a promise: judged pairs of targets, what more of an indicator means, and the laws of judging."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.measures import interval, measure
from generator.analysis.polarity import WORDS, polarity
from generator.analysis.verdicts import DEFINITIONS, Kind, Verdict, judge, judge_split
from generator.analysis.wording import differences
from generator.declaration.model import Indicator, PlacedIndicator
from generator.declaration.target import read

# The words of the table; a promise that rolls on with the year is the same one.
KINDS = {
    "same": {Kind.SAME, Kind.ROLLED},
    "reworded": {Kind.REWORDED},
    "tightened": {Kind.TIGHTENED},
    "relaxed": {Kind.RELAXED},
    "weakened": {Kind.WEAKENED},
    "sharpened": {Kind.SHARPENED},
    "unit changed": {Kind.UNIT_CHANGED},
    "not comparable": {Kind.NOT_COMPARABLE},
}
with (Path(__file__).parent / "verdicts.tsv").open(encoding="utf-8", newline="") as table:
    JUDGED = [row for row in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


def placed(target: str, first: str = "产出指标", second: str = "数量指标", name: str = "指标") -> PlacedIndicator:
    return PlacedIndicator(first, second, name, Indicator.model_validate(target))


def judged(old: str, new: str, second: str = "数量指标", name: str = "指标", year: int = 2023) -> Verdict:
    first = "产出指标" if second in ("数量指标", "质量指标", "时效指标") else "效益指标"
    return judge(placed(old, first, second, name), placed(new, first, second, name), year, year + 1)


@pytest.mark.parametrize("row", JUDGED, ids=lambda row: f"{row[2]} → {row[3]} {''.join(row[6:])}")
def test_a_pair_is_judged_as_a_careful_reader_would(row: list[str]) -> None:
    first, second, old, new, accepted, _, *name = row
    pair = [placed(text, first, second, *name) for text in (old, new)]
    verdict = judge(pair[0], pair[1], 2023, 2024)
    assert verdict.kind in set().union(*(KINDS[word] for word in accepted.split("|"))), verdict
    assert verdict.proof


def test_the_table_is_not_a_short_one() -> None:
    assert len(JUDGED) >= 150


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("90%", "≥95%", "数值提高，并写明了比较符“≥”"),
        ("≥10台", "15台", "数值提高，但不再写明比较符“≥”"),
        ("≥99%", "98%", "数值降低，也不再写明比较符“≥”"),
        ("≥90%", "90", "数字相同，不再写明比较符“≥”和单位“%”"),
        ("≥3次", "≥2场次", "单位由“次”改为“场次”，数字由3改为2，两种单位不能比大小"),
        ("≥1.5公里", "≥1200米", "换算成同一单位后，数值降低"),
        ("≥20次", "≤15次", "比较符由“≥”改为“≤”，方向相反，数值也改了"),
        ("≥90%", ">90%", "比较符由“≥”改为“>”"),
        ("及时(2023年9月底前)", "及时(2024年12月15日前)", "期限由9月底推迟到12月15日"),
        ("及时(2023年9月底前)", "及时", "不再写明期限（原为9月底）"),
        (
            "≥5场(2023年9月底前)",
            "≥8场",
            "数值提高；不再写明期限（原为9月底）；有的更严或更明确，有的相反，合起来不作判断",
        ),
        ("2023年9月底前", "2023年9月底前", "目标值一字未改，期限也没有随年度改动"),
        ("≥3场(每场≥50人)", "≥3场(每场≥30人)", "条件由“每场≥50人”改为“每场≥30人”，数值降低"),
        ("≥1公里", "≥1200米", "换算成同一单位后，数值提高"),
        ("≥1公里", "≥1000米", "换算成同一单位后数值相同"),
        ("≥20次", "≤20次", "比较符由“≥”改为“≤”，方向相反"),
        ("10台", "≥8台", "数值降低，另写明了比较符“≥”"),
        ("100%", "全部完成", "“全部完成”即100%，写法不同"),
        ("≥95%", "全覆盖", "“全覆盖”没有写明数字，不能与原来的数字比较"),
        ("100场", "全部完成", "“全部完成”没有写明数字，不能与原来的数字比较"),
        ("全覆盖", "100%", "“全覆盖”即100%，写法不同"),
        ("全覆盖", "≥95%", "原来的“全覆盖”没有写明数字，不能与现在的数字比较"),
        ("≥50人", "50人左右", "改为约数“50人左右”"),
        ("≥50人", "40余人", "改为约数“40余人”，数字也改了"),
        ("≥50人", "60人左右", "数字改了，又只是约数“60人左右”，无法比较"),
        ("≥50人", "51人左右", "数字改了，又只是约数“51人左右”，无法比较"),
        ("≤50人", "60人左右", "改为约数“60人左右”，数字也改了"),
        ("≤50人", "40人左右", "数字改了，又只是约数“40人左右”，无法比较"),
        ("≤50人", "50人左右", "改为约数“50人左右”"),
        ("50人", "60场左右", "改为约数“60场左右”，无法比较"),
        ("50人", "预算左右", "改为约数“预算左右”，无法比较"),
        ("0起", "1起左右", "数字改了，又只是约数“1起左右”，无法比较"),
        ("0起", "0起左右", "改为约数“0起左右”"),
        ("1起", "0起左右", "改为约数“0起左右”，数字也改了"),
        ("95%左右", "≥95%", "由约数改为写明的数字"),
        ("95%左右", "≥96%", "原来的“95%左右”是约数，数字也不同，无法比较"),
        ("50人", "三场", "“三场”里的数字不能确切地读出，无法比较"),
        ("三场", "50人", "原来的“三场”里的数字不能确切地读出，无法比较"),
        ("50人", "若干人", "不再写明数字"),
        ("若干人", "50人", "新写明了数字"),
        ("零事故", "杜绝事故", "都是一件也不许有，写法不同"),
        ("零事故", "无投诉", "都没有写明数字，文字要求不同，比不出高低"),
        ("无投诉", "0起", "“无投诉”即 0，写法不同"),
        ("无投诉", "<1起", "“无投诉”即 0，写法不同"),
        ("无投诉", "5起", "“无投诉”是一件也不许有，另一个数字没有写明是不是上限"),
        ("无投诉", "≥5起", "“无投诉”是一件也不许有，另一个数字是否指同一件事，看不出来"),
        ("≤5元", "无投诉", "“无投诉”是一件也不许有，另一个数字是否指同一件事，看不出来"),
        ("≤5起", "无投诉", "由允许有改为“无投诉”，即由上限改为 0"),
        ("事故减少", "零事故", "由“事故减少”改为“零事故”，明确要求一件也没有"),
        ("无投诉", "投诉较少", "由“无投诉”改为“投诉较少”，不再要求一件也没有"),
        ("不低于上年", "不高于上年", "与往年水平比较的要求不同，比不出高低"),
        ("不低于上年", "较上年减少", "与往年水平比较的要求不同，比不出高低"),
        ("不低于上年", "高于上年", "由可以与往年相同改为必须有变化"),
        ("低于上年", "不高于上年", "由必须比往年有变化改为可以与往年相同"),
        ("有所提升", "明显提升", "程度由“有所提升”加强为“明显提升”"),
        ("明显提升", "有所提升", "程度由“明显提升”减弱为“有所提升”"),
        ("明显提升", "显著提升", "程度的用词不同，比不出高低"),
        ("提升", "提高", "“提升”与“提高”意思相同"),
        ("显著提升", "提升", "不再写明程度"),
        ("提升", "下降", "要求的方向相反"),
        ("提升", "合格", "都没有写明数字，文字要求不同，比不出高低"),
        ("提升", "不低于上年", "与往年水平比较的要求不同，比不出高低；写明了与哪一年相比"),
        ("提升", "稳定", "由要求上升改为只要求持平或稳定"),
        ("稳定", "提升", "由要求持平或稳定改为要求上升"),
        ("下降", "稳定", "由要求下降改为只要求持平或稳定"),
        ("稳定", "下降", "由要求持平或稳定改为要求下降"),
        ("较上年人数增长", "较上年增长", "要求的方向相同，措辞不同"),
        ("较上年增长", "较上年人数增加", "要求的方向相同，措辞不同"),
        ("较上年人数增长", "较上年收入增长", "要求的方向相同，其余文字不同，比不出高低"),
        ("≥4件", ">4件", "比较符由“≥”改为“>”"),
        ("≥4.5%", "≥4.8%", "数值提高"),
        ("≥4.8%", "≥4.5%", "数值降低"),
        ("90%", "2", "数字由90改为2，不再写明单位“%”"),
        ("≥2公里", "≥2米", "换算成同一单位后，数值降低"),
        ("100%", "≥100%", "都是100%，写不写“≥”要求相同"),
        ("100场", "≥100场", "数值相同，写明了比较符“≥”"),
        ("=14个街镇", "≥14个街镇", "数值相同，比较符由“=”改为“≥”"),
        ("80-90人", "85-95人", "区间提高；数量指标以多为好"),
        ("80-90人", "95人", "数值提高；数量指标以多为好"),
        ("95人", "80-90人", "数值降低；数量指标以多为好"),
        ("80-90人", "70-95人", "区间与数值或区间的两端变动不同，看不出是更严还是更宽"),
        ("80-90人", "80", "数字由80-90改为80，不再写明单位“人”"),
        ("≥5场", "8", "数字由5改为8，不再写明比较符“≥”和单位“场”"),
        ("5场", "≥5", "数字相同，不再写明单位“场”，写明了比较符“≥”"),
        ("5", "≥5场", "数字相同，写明了比较符“≥”和单位“场”"),
        ("≥5", "5场", "数字相同，写明了单位“场”，不再写明比较符“≥”"),
        ("≥50户", "50人次", "单位由“户”改为“人次”，数字相同，不再写明比较符“≥”"),
        ("50户", "≥50人次", "单位由“户”改为“人次”，数字相同，写明了比较符“≥”"),
        ("≥90%", "≥0.9", "0.9 即 90%，写法不同"),
        ("≥0.9", "≥90%", "0.9 即 90%，写法不同"),
        ("90%", "0.8", "0.8 没有单位，可能是 80%，不能断定"),
        ("0.9", "≥90%", "0.9 没有单位，可能是 90%，不能断定"),
        ("100%", "1", "1 没有单位，可能是 100%，不能断定"),
        ("0%", "0", "数字相同，不再写明单位“%”"),
        ("0次", "3次", "数值提高；没有写明比较符，目标为 0 的多半是要避免的事，看不出是多好还是少好"),
        ("3次", "0次", "数值降低；没有写明比较符，目标为 0 的多半是要避免的事，看不出是多好还是少好"),
        ("3小时", "5小时", "数值提高；没有写明比较符，钱和时间的多少看不出好坏"),
        ("50万元", "60万元", "数值提高；没有写明比较符，钱和时间的多少看不出好坏"),
        ("50%", "60%", "数值提高；质量指标的百分比以高为好"),
        ("49%", "60%", "数值提高；没有写明比较符，从名称和类别看不出是多好还是少好"),
        ("未公开", "≥90%", "新写明了目标值"),
        ("≥90%", "未公开", "不再写明目标值"),
        ("≥90%", "不适用", "有一次没有在这里写出目标值"),
        ("见附件", "≥90%", "有一次没有在这里写出目标值"),
        ("≥90%", "较2024年提升", "不再写明数字；写明了与哪一年相比；有的更严或更明确，有的相反，合起来不作判断"),
        ("较2023年提升", "≥90%", "新写明了数字；不再写明与哪一年相比；有的更严或更明确，有的相反，合起来不作判断"),
        ("较2021年提升", "较上年提升", "对比的年份由2021年改为上年，不是随年度顺延"),
        ("较上年提升", "较2021年提升", "对比的年份由上年改为2021年，不是随年度顺延"),
        ("较2022年提升", "较上年提升", "对比的都是上一年，写法不同"),
        ("较2022年提升", "较2023年提高", "“提升”与“提高”意思相同；对比的年份随年度顺延"),
        ("12月底前", "2024年12月底前", "要求相同，只是写法不同"),
        ("2023年12月底前", "于2024年12月31日前", "期限随年度顺延"),
        ("及时(2023年7月31日前)", "及时(2024年7月30日前)", "期限由7月底提前到7月30日"),
        ("及时(2023年2月28日前)", "及时(2024年2月29日前)", "期限随年度顺延"),
    ],
)
def test_the_proof_says_what_changed(old: str, new: str, said: str) -> None:
    proof = judged(old, new, "质量指标" if "%" in old else "数量指标").proof
    assert proof == said or proof.startswith(f"{said}；")


def test_a_change_that_is_wanted_is_wanted_large_under_either_name() -> None:
    pair = placed("较上年增长5%", name="参训人数"), placed("较上年增长8%", name="培训参与率")
    assert judge(*pair, 2023, 2024) == Verdict(Kind.TIGHTENED, "数值提高")


def test_a_deadline_without_a_year_is_never_a_stale_one() -> None:
    assert judged("12月底前", "12月底前") == Verdict(Kind.SAME, "目标值一字未改")


def test_equal_verdicts_and_equal_intervals_are_one() -> None:
    assert len({judged("≥5次", "≥8次"), judged("≥6次", "≥7次")}) == 1
    assert len({interval(read("≥1公里")), interval(read("≥1000米"))}) == 1


def test_every_kind_is_explained_to_the_reader() -> None:
    assert set(DEFINITIONS) == set(Kind)
    assert all(text.endswith("。") and text.count("。") == 1 for text in DEFINITIONS.values())


def test_what_came_back_is_judged_over_the_years_between() -> None:
    pair = placed("及时(2021年9月底前)"), placed("及时(2024年9月底前)")
    assert judge(*pair, 2021, 2024).kind is Kind.ROLLED
    assert judge(*pair, 2022, 2024).kind is not Kind.ROLLED


@pytest.mark.parametrize(
    ("way", "names"),
    [
        (-1, "投诉率 有效投诉件数 群众投诉率 安全事故次数 火灾事故起数 差错率 城镇登记失业率 失业人数 逾期率"),
        (-1, "逾期未办结数 PM2.5年均浓度 不知晓率 群众不满意率 抽检不合格率 未完成率 未整改隐患数"),
        (-1, "隐患未整改数 投诉未处理率 失业人数增长率 满意度下降率 污染物排放量 单位能耗 空置率 返贫率"),
        (-1, "事故增长率 满意度下降率 不满意人数 不及时办理率 未整改率 贫困率"),
        (-1, "不良贷款率 交通违法行为数 重大事故发生起数 事故死亡人数 信访件数"),
        (1, "投诉处理率 投诉办结率 差错纠正率 隐患整改率 信访办结率 12345投诉件满意率 突发事件处置率"),
        (1, "噪声达标率 纠纷调解成功率 无差错率 无事故天数 零投诉天数 未发生事故天数 减排量 能耗下降率"),
        (1, "事故减少率 死亡人数下降率 成本降低率 服务对象满意度 政策知晓率 验收合格率 预算执行率 覆盖率"),
        (
            1,
            "事故下降数 无逾期天数 达标天数 支出下降率 培训经费下降率 能耗减少量 无重大安全事故 未发生生产事故",
        ),
        (1, "失业人员就业率 空气质量优良天数 PM2.5优良天数比例"),
        (0, "事故处置数 违法案件查处数 处理投诉件数 减少投诉次数 降低失业率 逾期项目数 投诉平台数 贫困学生数"),
        (0, "失业人员数 人均成本 办理时限 应急响应时间 免费开放天数 三公经费 公务用车保有量 会议次数"),
        (0, "下降率 事故天数 未完成培训数 逾期平台数 故障设备数 案件增长率 参训人数下降率 投诉满意数 贫困户数"),
        (0, "培训逾期项目数 不良反应患者数"),
        (0, "事故下降满意度 节约投诉数 培训事故数 处罚处理数 等候时长 污染物达标排放率 纠纷化解数"),
        (0, "农药使用量 达标排放率"),
        (None, "演练场次 参训人数 失业人员培训人数 隐患排查次数 灾害预警次数 失业保险参保人数 贫困户帮扶数"),
        (None, "志愿者增长率 指标 增长率 预警平台数 处理件数 满意人数 安全培训数"),
    ],
)
def test_whether_more_is_better_is_told_from_the_last_known_word(way: int | None, names: str) -> None:
    assert {name: polarity(name) for name in names.split()} == dict.fromkeys(names.split(), way)


def test_a_word_has_one_meaning() -> None:
    words = [word for listed in WORDS.values() for word in listed.split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("1公里", "1000米"), ("1km", "1千米"), ("1公顷", "15亩"), ("1平方公里", "1000000㎡"), ("1亿元", "10000万元")),
        *(
            ("2天", "48小时"),
            ("1.5小时", "90分钟"),
            ("1年", "12个月"),
            ("3名", "3人"),
            ("≥3位", "≥3人员"),
            ("1吨", "1000公斤"),
        ),
        *(
            ("5‰", "0.5%"),
            ("90百分比", "90%"),
            ("5人/10万人", "0.5人/万人"),
            ("1万元/人", "10000元/人"),
            ("1000升", "1立方米"),
        ),
        *(("1-2公里", "1000-2000米"), ("80-90名", "80-90人")),
        *(("3工作日", "3个工作日"), ("1.2万人次", "12000人次"), (">4次", "≥5次"), ("<5件", "≤4件")),
    ],
)
def test_units_of_one_dimension_are_converted(one: str, other: str) -> None:
    assert interval(read(one)) == interval(read(other)) is not None


# What stands in one line is the same size, by the metric system, the calendar and the law (a hectare is 15 亩).
SAME_SIZE = """
1米 1m 1延米 0.001公里 0.001千米 0.001km 0.001Km 0.001KM 100厘米 100cm 1000毫米 1000mm
1平方米 1㎡ 1m2 1m² 1平米 1平方 0.0015亩 0.0001公顷 0.000001平方公里 0.000001km2 0.000001km²
1立方米 1m3 1m³ 1立方 1000升 1000L 1000000毫升 1000000ml 1000000mL
1克 1g 0.001公斤 0.001千克 0.001kg 0.001Kg 0.001KG 0.000001吨 0.000001t 1000毫克 1000mg 1000000微克
1微克 1μg 1ug
1天 1日 1自然日 1个自然日 24小时 24个小时 24h 1440分钟 1440min 86400秒 86400s
1周 1星期 1个星期 7天
1个工作日 1工作日
1年 4季度 4个季度 12个月
1千瓦 1kW 1KW 0.001兆瓦 0.001MW
1千瓦时 1kWh
1分贝 1dB 1db 1DB
1摄氏度 1℃
1TB 1024GB 1048576MB
1Gbps 1000Mbps
1人 1名 1位 1人员
1台套 1台(套)
1% 1百分比 10‰
1个百分点 1百分点
1万亿元 10000亿元 1000000百万元 100000000万元 10000000000百元 1000000000000元 1000000000千元 100000千万元
1元/人 100元/百人 1元/1人 1元/1名
1次/年 1次/年度
1次/季度 1次/季
1次/个月 1次/月
1万公里 10000公里 10000000米
1万吨 10000吨 10000000公斤
1元/公里 1元/千米 1000元/1000公里 0.001元/米
"""


@pytest.mark.parametrize("line", SAME_SIZE.strip().splitlines())
def test_what_is_the_same_size_is_measured_alike(line: str) -> None:
    sizes = set()
    for number, unit in re.findall(r"([0-9.]+)(\S+)", line):
        dimension, factor, _ = measure(unit)
        sizes.add((dimension, Fraction(number) * factor))
    assert len(sizes) == 1, sizes


@pytest.mark.parametrize("unit", ["次", "场", "个街镇", "人", "台套", "家企业", "万人", "百人次"])
def test_of_what_is_counted_there_are_no_parts(unit: str) -> None:
    assert measure(unit).counts


@pytest.mark.parametrize("unit", ["%", "米", "亩", "万元", "倍", "分", "岁", "天", "元/人", "次/年", "吨", ""])
def test_of_what_is_measured_there_are(unit: str) -> None:
    assert not measure(unit).counts


@pytest.mark.parametrize(
    "pair",
    ["次 场", "场 场次", "人 人次", "户 人", "天 工作日", "% 个百分点", "次/年 次/季度", "元 元/人", "% 分", "个月 天"],
)
def test_others_are_not(pair: str) -> None:
    one, other = pair.split()
    assert measure(one).dimension != measure(other).dimension


def test_only_of_whole_things_is_more_than_four_at_least_five() -> None:
    assert interval(read(">4次")) == interval(read("≥5次"))
    assert interval(read(">4%")) != interval(read("≥5%"))
    assert interval(read("<4公里")) != interval(read("≤3公里"))
    assert interval(read(">4.5次")) != interval(read("≥5.5次"))


@pytest.mark.parametrize(
    ("old", "parts", "said"),
    [
        ("15场", ["7场", "7场"], "拆分为甲、乙；各部分之和为 14场，比原来少 1场"),
        ("≥15(场)", ["≥8场", "≥7场"], "拆分为甲、乙；各部分之和与原来相同"),
        ("≥1万人", ["≥6000人", "≥5000人"], "拆分为甲、乙；各部分之和为 1.1万人，比原来多 0.1万人"),
        ("15场", ["7场", "≥8场"], "拆分为甲、乙；各部分的目标值不能相加"),
        ("15场", ["7场", "8人"], "拆分为甲、乙；各部分的目标值不能相加"),
        ("90%", ["45%", "45%"], "拆分为甲、乙；各部分的目标值不能相加"),
        ("及时", ["及时", "及时"], "拆分为甲、乙；各部分的目标值不能相加"),
    ],
)
def test_a_split_is_held_against_the_sum_of_its_parts(old: str, parts: list[str], said: str) -> None:
    named = [placed(text, name=name) for text, name in zip(parts, "甲乙", strict=True)]
    assert judge_split(placed(old), named) == Verdict(Kind.SPLIT, said)


def test_which_words_differ() -> None:
    assert [*differences("较2023年提升", "较2024年有所提升")] == [
        ("较", "较"),
        ("2023", "2024"),
        ("年", "年"),
        ("", "有所"),
        ("提升", "提升"),
    ]


def test_of_a_long_text_only_what_is_new_differs() -> None:
    text = "每季度" * 100
    assert [*differences(text, f"一次{text}")] == [("", "一次"), (text, text)]


LAW = settings(derandomize=True, deadline=None, max_examples=150)
TARGETS = st.sampled_from(sorted({text for row in JUDGED for text in row[2:4]}))
SIGNS = st.sampled_from(["≥", "≤", ">", "<"])
NUMBERS = st.integers(0, 10**6) | st.decimals(0, 10**6, places=2)
UNITS = st.sampled_from(["次", "人", "%", "万元", "个工作日", "元/人", "公里", "家企业"])
SECOND_LEVELS = st.sampled_from(["数量指标", "质量指标", "时效指标", "社会效益指标"])
SCALED = st.sampled_from([("公里", "米", 1000), ("万元", "元", 10**4), ("小时", "分钟", 60), ("公顷", "平方米", 10**4)])
OPPOSITE = {Kind.TIGHTENED: Kind.RELAXED, Kind.RELAXED: Kind.TIGHTENED}


@LAW
@given(TARGETS | st.text(min_size=1).filter(str.strip), SECOND_LEVELS)
def test_what_did_not_change_is_the_same(text: str, second: str) -> None:
    assert judged(text, text, second).kind is Kind.SAME


@LAW
@given(SIGNS, NUMBERS, NUMBERS, UNITS)
def test_the_way_back_is_the_opposite(sign: str, one: Decimal, other: Decimal, unit: str) -> None:
    there, back = (judged(f"{sign}{a}{unit}", f"{sign}{b}{unit}").kind for a, b in ((one, other), (other, one)))
    assert OPPOSITE.get(there, there) == back
    assert (there in OPPOSITE) == (one != other)
    if there in OPPOSITE:
        assert (there is Kind.TIGHTENED) == ((other > one) == (sign in "≥>"))


@LAW
@given(SIGNS, st.integers(1, 10**6), st.integers(1, 10**6), SCALED, st.booleans())
def test_the_scale_of_the_unit_does_not_matter(
    sign: str, one: int, other: int, scaled: tuple[str, str, int], also: bool
) -> None:
    large, small, factor = scaled
    plain = judged(f"{sign}{one}{large}", f"{sign}{other}{large}").kind
    mixed = judged(f"{sign}{one}{large}", f"{sign}{other * factor}{small}").kind
    assert mixed is (Kind.REWORDED if plain is Kind.SAME else plain)
    if also:
        assert judged(f"{sign}{one * factor}{small}", f"{sign}{other * factor}{small}").kind is plain


@LAW
@given(st.sampled_from(JUDGED), st.integers(-20, 20))
def test_the_calendar_does_not_matter(row: list[str], years: int) -> None:
    moved = [text.replace("2023", str(2023 + years)).replace("2024", f"{2024 + years}") for text in row[2:4]]
    if any(year in "".join(row[2:4]) for year in ("2020", "2022", "2025", "2026")) or (years == 1 and "2023" in row[2]):
        return
    before, after = (
        judge(*(placed(t, *row[:2], *row[6:]) for t in texts), year, year + 1)
        for texts, year in ((row[2:4], 2023), (moved, 2023 + years))
    )
    assert before.kind is after.kind


ORDERED = ("提升", "提高", "下降", "减少", "持平", "稳定", "改善", "事故")


@LAW
@given(TARGETS, TARGETS, SECOND_LEVELS, st.sampled_from(["指标", "投诉率", "满意度", "事故处置数"]))
def test_stricter_and_looser_stand_on_intervals_or_ranked_words(old: str, new: str, second: str, name: str) -> None:
    verdict = judged(old, new, second, name)
    if verdict.kind in OPPOSITE:
        before, after = read(old), read(new)
        was, now = interval(before), interval(after)
        compared = was is not None and now is not None and was.dimension == now.dimension
        timed = before.due(2023) is not None and after.due(2024) is not None
        conditions = before.remark is not None and after.remark is not None
        ranked = any(word in old for word in ORDERED) and any(word in new for word in ORDERED)
        zero = any(word in old + new for word in ("无", "零", "杜绝"))
        level = "低于" in old + new or "高于" in old + new
        assert compared or timed or conditions or ranked or zero or level, verdict


@LAW
@given(TARGETS | st.text(), TARGETS | st.text())
def test_differences_make_up_both_texts(old: str, new: str) -> None:
    pieces = [*differences(old, new)]
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new


@LAW
@given(TARGETS | st.text(min_size=1).filter(str.strip), TARGETS, SECOND_LEVELS)
def test_any_two_targets_have_a_verdict_with_a_proof(old: str, new: str, second: str) -> None:
    for verdict in (judged(old, new, second), judged(new, old, second)):
        assert verdict.proof
        assert "\n" not in verdict.proof


def test_a_number_of_many_digits_is_a_statement() -> None:
    assert judged("≥" + "9" * 400 + "次", "≥5次").kind is Kind.NOT_COMPARABLE
    assert judged("≥" + "9" * 40 + "次", "≥" + "9" * 39 + "8次").kind is Kind.RELAXED
    assert interval(read("≥" + "9" * 40 + "次")) is not None
    assert Fraction(read("≥" + "9" * 40).number or 0) == 10**40 - 1
