"""The words and signs of target values: comparators, numbers, units and measures, as pieces of patterns."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Comparator: TypeAlias = Literal["≥", "≤", "=", ">", "<"]
Direction: TypeAlias = Literal["up", "down", "steady"]

FOLD = str.maketrans("０１２３４５６７８９．，％﹪（）｜／≧⩾≦⩽═＝＞﹥＜﹤", "0123456789.,%%()|/≥≥≤≤==>><<")
SIGNED = ("≥", "≤", ">", "<", "=")
MODALS = ("", "得", "能", "应", "可")
PREFIXES: dict[str, Comparator] = {
    **dict.fromkeys(("≥", ">=", "至少", "最少", "大于等于", "大于或等于"), "≥"),
    **{f"不{modal}{less}": "≥" for modal in MODALS for less in ("少于", "低于", "小于")},
    **dict.fromkeys(("≤", "<=", "至多", "最多", "小于等于", "小于或等于"), "≤"),
    **{f"不{modal}{more}": "≤" for modal in MODALS for more in ("超过", "超出", "超", "高于", "多于", "大于")},
    **dict.fromkeys((">", "超过", "超", "大于", "高于", "多于"), ">"),
    **dict.fromkeys(("<", "小于", "低于", "少于", "不满"), "<"),
    **dict.fromkeys(("=", "等于"), "="),
}
SUFFIXES: dict[str, Comparator] = {
    **dict.fromkeys(("以上", "及以上"), "≥"),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "≤"),
}
DIRECTIONS: dict[str, Direction] = {
    **dict.fromkeys(("提升", "增长", "增加", "提高", "上升", "扩大"), "up"),
    **dict.fromkeys(("下降", "减少", "降低", "缩减"), "down"),
    **dict.fromkeys(("持平", "稳定", "不变"), "steady"),
}
SIGNS = ("%", "‰")
LONGEST = 200  # characters; what is longer is prose
TIMES = "年 个月 周 个星期 天 日 自然日 工作日 个工作日 个自然日 小时 个小时 分钟 秒"
# Words that also number things off are left out: 3季度 or 2班 may be the third quarter or the second class.
MEASURES = (
    "百分比 百分点 个百分点 倍 分 元 万 亿 人 人次 人天 人份 名 位 户 户次 家 家次 对 双 队 支队 批 批次 例 岁 "
    "次 场 场次 期 班次 轮 趟 起 宗 课时 学时 学分 个季度 个学期 个 件 件次 项 项次 条 篇 幅 张 份 册 本 部 套 卷 "
    "字 集 款 笔 类 种 门 台 台次 台套 只 支 枚 把 辆 辆次 车次 架 架次 艘 箱 标箱 包 袋 瓶 盒 桶 处 所 座 栋 幢 "
    "间 床 张床位 片 块 道 站 点位 口 盏 根 株 棵 头 吨 公斤 千克 克 毫克 微克 升 毫升 立方 立方米 米 延米 千米 公里 "
    "厘米 毫米 平方 平米 平方米 平方公里 ㎡ 亩 公顷 千瓦 兆瓦 千瓦时 分贝 摄氏度 兆"
)
SYMBOLS = (
    "km Km KM m cm mm km2 km² m2 m² ㎡ m3 m³ kg Kg KG g mg μg ug t L mL ml kW KW MW kWh dB db DB V kV "
    "M MB GB TB Mbps Gbps Hz ℃ h min s"
)
# A number before these may be a rank or one of a row (3级以上, 1-3批), not an amount.
RANKS = "级|等|档|楼|环|线|段|版|代|品|甲|强|名次|位次"
ROWS = "日 年 月 周 星期 个星期 期 批 批次 轮 班次 类 条 款 章 站 场次 季度 学期"

HAN = "\u3400-\u9fff"
LETTER = f"[{HAN}]"
INSIDE = "内(?![部容外控])"
SUFFIX = f"及?以[上下]|[以之]内|{INSIDE}"
# A letter of a word that cannot change the number: no suffix, no further numeral (一致, 一次 and 统一 are none).
WORD = f"(?:(?!{SUFFIX}|[二三四五六七八九十百千万亿两]|(?<!统)一(?![致次])){LETTER})"


def any_of(words: list[str]) -> str:
    """Return the pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


PREFIX = any_of(list(PREFIXES))
NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,12}|0|[1-9][0-9]{0,39})(?:\.[0-9]{1,20})?(?![0-9.,])"
KNOWN = [*TIMES.split(), *MEASURES.split()]
LONG = any_of([word for word in KNOWN if len(word) > 1])
SHORT = any_of([word for word in KNOWN if len(word) == 1])
NOUN = f"[个家处所类种]{WORD}{{1,4}}(?!{WORD})"
SYMBOL = f"(?:{any_of(SYMBOLS.split())})(?![A-Za-z0-9²³])"
MEASURE = f"(?:[%‰]|(?:万?亿|[百千]?万)?(?:{LONG}|{NOUN}|{SHORT}|{SYMBOL}))"
TERM = "年度|半年|季度|学期|月|季"
PER = f"(?:/(?:{TERM}|(?:[1-9][0-9]{{0,5}})?{MEASURE})){{0,2}}"
UNIT = MEASURE + PER
# A measure that nobody listed; a word that starts like a date, or that people put in brackets, is none.
NO_MEASURE = (
    f"[年月日号点时]|{LETTER}{{0,3}}(?:{RANKS})(?!{WORD})|(?:{RANKS})"
    f"|(?:含|无|是|否|全年|当年|本年|累计|合计|达标|合格|完成|及时)(?!{WORD})"
)
FREE_UNIT = f"(?!{NO_MEASURE}){WORD}{{1,4}}{PER}"


_LISTED = frozenset([*KNOWN, *SIGNS])


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit; for one of the list the long pattern need not be compiled."""
    return text in _LISTED or re.fullmatch(UNIT, text) is not None


def fold(text: str) -> str:
    """Return the text with half-width digits and signs."""
    return " ".join(text.split()).translate(FOLD)
