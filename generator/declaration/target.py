"""The grammar of target values: text that somebody typed → what it means, without ever guessing.

    target     = ( quantity | relative | statement ), [ "(", remark, ")" ]
    quantity   = [ prefix ], number, [ unit | "(", unit, ")" ], [ suffix ]
               | [ prefix ], number, ( unit | "(", unit, ")" ), [ suffix ], words    (no further remark)
               | prefix, "|", number, "|", unit                       (a form with three columns)
    relative   = ( "较" | "比" ), baseline, phrase                     (the phrase says just one direction)
               | ( "较" | "比" ), baseline, phrase, quantity           (the phrase ends with it)
    baseline   = year, "年", [ "度" ] | ( "上年" | "上一年" | "去年" ), [ "度" ]
    prefix     = "≥" | ">=" | "不少于" | "超过" | …                     (_PREFIXES)
    suffix     = "以上" | "及以上" | "以下" | "及以下" | "以内" | "之内" | "内"    ("内" after a time only)
    number     = digits, [ ".", digits ] | digits with commas at the thousands, [ ".", digits ]
    unit       = measure, [ "/", measure ]
    measure    = "%" | a word of _MEASURES | "个", 1 to 4 letters | 1 to 4 letters, beside a comparator only
    words      = 2 to 10 letters that leave the number as it is: 100%达标; they are the remark
    deadline   = a day, or the end of a month or year, with its year, "前"   (in the statement or the remark)

以上、以下、以内 include the number, 超过、不满、以外 exclude it: 民法典 art. 1259. Full-width and half-width
characters are equal. What does not wholly parse is a statement, kept to the letter: a wrong number is worse
than none. So prefix and suffix must agree, and whatever may be a date, a range, an estimate or a second
target is no number.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

Comparator: TypeAlias = Literal["≥", "≤", "=", ">", "<"]
Direction: TypeAlias = Literal["up", "down", "steady"]
Kind: TypeAlias = Literal["quantity", "relative", "qualitative"]


@dataclass(frozen=True)
class Reading:
    """What a target value means. A quantity has a number and no statement; a statement has no number.

    A relative reading has a baseline and a direction; its statement is the phrase after the baseline, such as
    人数增长, and comparator, number and unit then state the change itself (较2023年提升≥5%).
    """

    comparator: Comparator | None = None
    number: Decimal | None = None  # keeps its digits: 1.00
    unit: str | None = None
    remark: str | None = None  # in brackets at the end, or the words after the unit
    deadline: date | None = None  # the one day that statement or remark name; they keep their words
    baseline: int | Literal["上年"] | None = None
    direction: Direction | None = None  # also without a baseline, where the statement is the one word
    statement: str | None = None

    @property
    def kind(self) -> Kind:
        """Tell what sort of target this is."""
        if self.baseline is not None:
            return "relative"
        return "qualitative" if self.number is None else "quantity"

    @property
    def measurable(self) -> bool:
        """Tell whether a result can be held against a number."""
        return self.number is not None

    def __str__(self) -> str:
        """Return the canonical text, which reads as this very reading."""
        baseline = "" if self.baseline is None else f"较{_name(self.baseline)}"
        number = "" if self.number is None else format(self.number, "f")
        unit = self.unit if self.unit in (*_SIGNS, None) else f"({self.unit})"
        remark = f"({self.remark})" if self.remark is not None else ""
        return f"{baseline}{self.statement or ''}{self.comparator or ''}{number}{unit or ''}{remark}"


_FOLD = str.maketrans("０１２３４５６７８９．，％﹪（）｜／≧⩾≦⩽═＝＞﹥＜﹤", "0123456789.,%%()|/≥≥≤≤==>><<")
_PREFIXES: dict[str, Comparator] = {
    **dict.fromkeys(("≥", ">=", "不少于", "不低于", "不小于", "至少", "大于等于", "大于或等于"), "≥"),
    **dict.fromkeys(("≤", "<=", "不超过", "不高于", "不多于", "不大于", "至多", "最多"), "≤"),
    **dict.fromkeys(("小于等于", "小于或等于"), "≤"),
    **dict.fromkeys((">", "超过", "超", "大于", "高于", "多于"), ">"),
    **dict.fromkeys(("<", "小于", "低于", "少于", "不满"), "<"),
    **dict.fromkeys(("=", "等于"), "="),
}
_SUFFIXES: dict[str, Comparator] = {
    **dict.fromkeys(("以上", "及以上"), "≥"),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "≤"),
}
_DIRECTIONS: dict[str, Direction] = {
    **dict.fromkeys(("提升", "增长", "增加", "提高", "上升", "扩大"), "up"),
    **dict.fromkeys(("下降", "减少", "降低", "缩减"), "down"),
    **dict.fromkeys(("持平", "稳定", "不变"), "steady"),
}
_SIGNS = ("%", "‰")
_TIMES = "年 个月 周 个星期 天 日 自然日 工作日 个工作日 个自然日 小时 个小时 分钟 秒"
# Words that also number things off are left out: 3季度 or 2班 may be the third quarter or the second class.
_MEASURES = (
    "百分比 百分点 个百分点 倍 分 元 万 亿 人 人次 人天 人份 名 位 户 户次 家 家次 对 双 队 支队 批 批次 例 岁 "
    "次 场 场次 期 班次 轮 趟 起 宗 课时 学时 学分 个季度 个学期 个 件 件次 项 项次 条 篇 幅 张 份 册 本 部 套 卷 "
    "字 集 款 笔 类 种 门 台 台次 台套 只 支 枚 把 辆 辆次 车次 架 架次 艘 箱 标箱 包 袋 瓶 盒 桶 处 所 座 栋 幢 "
    "间 床 张床位 片 块 道 站 点位 口 盏 根 株 棵 头 吨 公斤 千克 克 升 毫升 立方米 米 千米 公里 厘米 平方米 "
    "平方公里 ㎡ 亩 公顷 千瓦 千瓦时 兆"
)

_LETTER = "[\u3400-\u9fff]"
_INSIDE = "内(?![部容外控])"
_SUFFIX = f"及?以[上下]|[以之]内|{_INSIDE}"
# A letter of a word that cannot change the number: no suffix, no further numeral (一致, 一次 and 统一 are none).
_WORD = f"(?:(?!{_SUFFIX}|[二三四五六七八九十百千万亿两]|(?<!统)一(?![致次])){_LETTER})"


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PREFIX = _any_of(list(_PREFIXES))
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?(?![0-9.,])"
_KNOWN = [*_TIMES.split(), *_MEASURES.split()]
_LONG = _any_of([word for word in _KNOWN if len(word) > 1])
_SHORT = _any_of([word for word in _KNOWN if len(word) == 1])
_NOUN = f"[个家处所类种]{_WORD}{{1,4}}(?!{_WORD})"
_MEASURE = f"(?:[%‰]|(?:万?亿|[百千]?万)?(?:{_LONG}|{_NOUN}|{_SHORT}))"
_PER = f"(?:/(?:年度|月|季|{_MEASURE}))?"
_UNIT = _MEASURE + _PER
# A measure that nobody listed; a word that starts like a date, or that people put in brackets, is none.
_NO_MEASURE = f"[年月日号点时]|(?:含|无|是|否|全年|当年|本年|累计|合计|达标|合格|完成|及时)(?!{_WORD})"
_FREE_UNIT = f"(?!{_NO_MEASURE}){_WORD}{{1,4}}{_PER}"


def _tail(unit: str, words: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?P<unit>{unit})\s*(?P<suffix>{_SUFFIX})?\s*(?P<words>{words})")


_HEAD = re.compile(rf"(?P<prefix>{_PREFIX})?\s*(?P<number>{_NUMBER})\s*")
_BARE_TAIL = _tail("")
_TAIL = _tail(rf"{_UNIT}|\(\s*{_UNIT}\s*\)", f"(?:{_WORD}{{2,10}})?")
_FREE_TAIL = _tail(rf"{_FREE_UNIT}|\(\s*{_FREE_UNIT}\s*\)")
_COLUMNS = re.compile(rf"({_PREFIX})\s*\|\s*({_NUMBER})\s*\|\s*([^|()]+)")
# Words after a number that make it an estimate, a range, an order, a part, a date or another target's.
_DOUBTFUL = re.compile(
    "左右|上下|开外|出头|封顶|以[外来]|之(?!内)|[高低少大小等]于|[前后余多几半约近来每或至未不超限]"
    r"|[^(\s]起|次性|人制|(?<!/)年[级代度末底初中制]|期[工项建]"
)
# The same in brackets of their own, 50户(左右) or 30(天内).
_LOOSE = re.compile(f"(?:{_UNIT})?(?:{_SUFFIX}|左右|上下|前后|[以之]外|起)")
_DATE_LIKE = re.compile(r"(?:19|20)[0-9]{2}(?:\.[0-9]+)?|(?:1[0-2]|[1-9])\.(?:0?[1-9]|[12][0-9]|3[01])")

_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_RELATIVE = re.compile(
    rf"[较比]\s*(?:{_YEAR}\s*年|上一?年|去年)(?:度(?!假))?\s*(?![度末底初])"
    rf"(?:(?P<measured>{_LETTER}*(?:{_any_of(list(_DIRECTIONS))}))\s*(?P<quantity>(?:{_PREFIX})?\s*[0-9].*)"
    rf"|(?P<phrase>{_LETTER}+))"
)
_DIRECTION = re.compile(_any_of(list(_DIRECTIONS)))
# What turns a direction round or takes it back.
_TURNED = re.compile("不(?![变断])|未(?!成年)|无(?!偿)|没|避免|防止|遏制|控制|杜绝|放缓|减缓|趋缓|收窄")

_MONTH, _DAY = r"\s*(?P<month>[0-9]{1,2})\s*", r"\s*(?P<day>[0-9]{1,2})\s*"
_DEADLINES = [
    re.compile(rf"(?<![0-9]){_YEAR}{day}\s*[之以]?前(?![0-9后期夕提一二三四五六七八九十两几数半])")
    for day in (
        r"\s*年\s*年?[底末]",
        rf"\s*年{_MONTH}月份?[底末]",
        rf"\s*年{_MONTH}月{_DAY}[日号]",
        rf"-{_MONTH}-{_DAY}",
        rf"/{_MONTH}/{_DAY}",
        rf"\.{_MONTH}\.{_DAY}",
    )
]


@lru_cache(8192)  # the same few strings are read again and again
def read(text: str) -> Reading:
    """Read a target value; any text has a reading, if only as a statement."""
    text = text.strip()
    body, remark = _split_remark(text)
    reading = _relative(_fold(body), remark) or _quantity(_fold(body), remark)
    if reading is None:
        if re.search("[()（）]", body):
            body, remark = text, None  # several brackets, or one astray
        reading = Reading(statement=body, remark=remark, direction=_DIRECTIONS.get(body))
    return replace(reading, deadline=_deadline(text))


def _fold(text: str) -> str:
    return " ".join(text.split()).translate(_FOLD)


def _split_remark(text: str) -> tuple[str, str | None]:
    match = re.fullmatch("([^(（].*?)[(（]([^()（）]+)[)）]", text, re.DOTALL)
    if match is None or not match[2].strip():
        return text, None
    return match[1].strip(), match[2].strip()


def _quantity(body: str, remark: str | None) -> Reading | None:
    if columns := _COLUMNS.fullmatch(body):
        body = f"{columns[1]}{columns[2]}({columns[3].strip()})"
    head = _HEAD.match(body)
    if head is None:
        return None
    rest = body[head.end() :]
    tail = _BARE_TAIL.fullmatch(rest) or _TAIL.fullmatch(rest) or _FREE_TAIL.fullmatch(rest)
    if tail is None or _DOUBTFUL.search(rest):
        return None
    prefix, suffix, words = head["prefix"], tail["suffix"], tail["words"]
    comparator = _PREFIXES[prefix] if prefix else _SUFFIXES.get(suffix)
    unit = re.sub(r"[()\s]", "", tail["unit"]) or None
    if unit is None and remark is not None and _is_unit(_fold(remark), comparator):
        unit, remark = _fold(remark), None
    number = Decimal(head["number"].replace(",", ""))
    within_a_year = unit == "年" and suffix == "内" and not prefix  # 24年内 may mean in 2024
    if (
        (suffix and _SUFFIXES[suffix] != comparator)
        or (suffix == "内" and unit not in _TIMES.split())
        or (unit and not _is_unit(unit, comparator))
        or (words and remark is not None)
        or _LOOSE.fullmatch(_fold(remark or ""))
        or _may_be_date(format(number, "f"), unit, comparator is not None and not within_a_year, words)
    ):
        return None
    return Reading(comparator, number, unit, words or remark)


def _is_unit(text: str, comparator: Comparator | None) -> bool:
    known = re.fullmatch(_UNIT, text) or (comparator and re.fullmatch(_FREE_UNIT, text))
    return bool(known) and not _DOUBTFUL.search(text)


def _may_be_date(number: str, unit: str | None, compared: bool, words: str) -> bool:
    """Tell whether a number may name a year or a day: 2024年, 24年, 5.12日, 15日完成, or bare 2024 and 9.30."""
    if unit == "年":
        return len(number.partition(".")[0]) == 4 or (len(number) == 2 and not compared)
    if compared or unit not in ("日", None):
        return False
    return bool(words) or _DATE_LIKE.fullmatch(number) is not None


def _relative(body: str, remark: str | None) -> Reading | None:
    match = _RELATIVE.fullmatch(body)
    if match is None:
        return None
    phrase = match["measured"] or match["phrase"]
    directions = {_DIRECTIONS[word] for word in _DIRECTION.findall(phrase)}
    change = _quantity(match["quantity"], remark) if match["quantity"] else Reading(remark=remark)
    if len(directions) != 1 or _TURNED.search(phrase) or change is None:
        return None
    baseline: int | Literal["上年"] = int(match["year"]) if match["year"] else "上年"
    return replace(change, baseline=baseline, direction=directions.pop(), statement=phrase)


def _deadline(text: str) -> date | None:
    """Return the one day by which the text wants something done; None if it names none, two or none that exists."""
    days = {_day(**match.groupdict()) for pattern in _DEADLINES for match in pattern.finditer(_fold(text))}
    return days.pop() if len(days) == 1 else None


def _day(year: str, month: str = "12", day: str | None = None) -> date | None:
    try:
        return date(int(year), int(month), int(day) if day else monthrange(int(year), int(month))[1])
    except ValueError:
        return None


def explain(reading: Reading) -> str:
    """Say in plain Chinese what a target value asks for."""
    statement = reading.statement or ""
    if reading.baseline is not None:
        said = f"与{_name(reading.baseline)}相比：{statement}{_amount(reading, ' ')}"
    elif reading.number is not None:
        said = _amount(reading)
    else:
        said = f"定性要求：{statement or '未填写'}"
    only_deadline = reading.deadline and any(p.fullmatch(_fold(reading.remark or "")) for p in _DEADLINES)
    if reading.remark is not None and not only_deadline:
        said += f"，备注：{reading.remark}"
    return f"{said}，期限 {reading.deadline}" if reading.deadline else said


def _name(baseline: int | Literal["上年"]) -> str:
    return "上年" if baseline == "上年" else f"{baseline}年"


_SAID = {"≥": "不少于 ", "≤": "不超过 ", ">": "超过 ", "<": "少于 ", "=": "等于 "}
_SAID_OF_SHARES = {**_SAID, "≥": "不低于 ", "≤": "不高于 ", ">": "高于 ", "<": "低于 "}


def _amount(reading: Reading, gap: str = "") -> str:
    if reading.number is None:
        return ""
    number = format(reading.number, "f")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    unit = "%" if reading.unit == "百分比" else reading.unit
    amount = f"{number}{unit}" if unit in _SIGNS else f"{number} {unit}" if unit else number
    missing = [name for name, part in (("比较符", reading.comparator), ("单位", unit)) if not part]
    said_of = _SAID_OF_SHARES if unit in _SIGNS else _SAID
    start = said_of[reading.comparator] if reading.comparator else gap
    return f"{start}{amount}" + (f"（未注明{'和'.join(missing)}）" if missing else "")
