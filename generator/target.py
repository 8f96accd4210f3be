"""The grammar of target values: text that somebody typed → what it means, without ever guessing.

    target     = ( quantity | range | relative | level | statement ), [ "(", remark, ")" ], [ "。" | ";" ]
    quantity   = [ per ], [ measured ], [ reach ], [ prefix ], number, [ unit | "(", unit, ")" ], [ "(含)" ], [ suffix ]
               | [ prefix ], number, ( unit | "(", unit, ")" ), [ suffix ], words    (no further remark)
               | prefix, "|", number, [ "|", unit ]                   (a form with three columns)
    range      = number, [ unit ], ( "-" | "~" | "至" | "到" ), number, unit, [ "之间" ]       (rising, one unit)
    relative   = compared, phrase                                     (the phrase says one direction, at its end)
               | compared, phrase, quantity                           (the phrase ends with it)
    compared   = ( "较" | "比" | "与" ), baseline, [ "相比" ] | "同比"
    baseline   = year, "年", [ "度" ] | ( "上年" | "上一年" | "去年" ), [ "度" ]
    level      = prefix in words, baseline, [ "同期" ], [ "水平" ]      (不低于2023年)
    statement  = [ "定性", "|" ], text
    per        = "每", measure                                        (每季度1次 is 1次/季度)
    measured   = letters, "率" | …  | letters, before a prefix         (及时率100%, 投诉≤5起; it is the remark)
    reach      = "达" | "达到" | "控制在"                               ("控制在" with an upper limit only)
    prefix     = "≥" | ">=" | "不少于" | "不得超过" | …                 (_PREFIXES)
    suffix     = "以上" | "及以上" | "以下" | "及以下" | "以内" | "之内" | "内"    ("内" after a time only)
    number     = digits, [ ".", digits ] | digits with commas at the thousands, [ ".", digits ]    (40 digits at most)
    unit       = measure, { "/", [ number, [ "万" | … ] ], measure }   (5人/10万人, 元/人/年)
    measure    = "%" | a word of _MEASURES or _SYMBOLS | "个", 1 to 4 letters | 1 to 4 letters, beside a comparator only
    words      = 2 to 10 letters that leave the number as it is: 100%达标; they are the remark
    deadline   = see deadlines

以上、以下、以内 include the number, 超过、不满、以外 exclude it: 民法典 art. 1259. Full-width and half-width
characters are equal. What does not wholly parse is a statement, kept to the letter: a wrong number is worse
than none. So prefix and suffix must agree, and whatever may be a date, a rank (3级以上), an estimate or a second
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

from generator import deadlines

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
    number: Decimal | None = None  # keeps its digits: 1.00; of a range the lower bound
    unit: str | None = None
    remark: str | None = None  # in brackets at the end, or the words after the unit
    deadline: date | None = None  # the one day that statement or remark name; they keep their words
    yearly_deadline: tuple[int, int] | None = None  # month and day of a deadline without a year: see `due`
    baseline: int | Literal["上年"] | None = None
    direction: Direction | None = None  # also without a baseline, where the statement is the one word
    statement: str | None = None
    upper: Decimal | None = None  # the upper bound of a range, which has no comparator

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

    def due(self, year: int) -> date | None:
        """Return the deadline of a target declared for `year`; the end of February is its last day."""
        if self.yearly_deadline is None:
            return self.deadline
        month, day = self.yearly_deadline
        return date(year, month, min(day, monthrange(year, month)[1]))

    def __str__(self) -> str:
        """Return the canonical text, which reads as this very reading."""
        remark = f"({self.remark})" if self.remark is not None else ""
        if self.baseline is not None and self.direction is None:
            return f"{_SAID_LEVEL[self.comparator or '=']}{_name(self.baseline)}{self.statement}{remark}"
        baseline = "" if self.baseline is None else f"较{_name(self.baseline)}"
        number = "" if self.number is None else format(self.number, "f")
        unit = self.unit if self.unit in (*_SIGNS, None) else f"({self.unit})"
        upper = "" if self.upper is None else f"-{self.upper:f}"
        return f"{baseline}{self.statement or ''}{self.comparator or ''}{number}{upper}{unit or ''}{remark}"


_FOLD = str.maketrans("０１２３４５６７８９．，％﹪（）｜／≧⩾≦⩽═＝＞﹥＜﹤", "0123456789.,%%()|/≥≥≤≤==>><<")
_SIGNED = ("≥", "≤", ">", "<", "=")
_MODALS = ("", "得", "能", "应", "可")
_PREFIXES: dict[str, Comparator] = {
    **dict.fromkeys(("≥", ">=", "至少", "最少", "大于等于", "大于或等于"), "≥"),
    **{f"不{modal}{less}": "≥" for modal in _MODALS for less in ("少于", "低于", "小于")},
    **dict.fromkeys(("≤", "<=", "至多", "最多", "小于等于", "小于或等于"), "≤"),
    **{f"不{modal}{more}": "≤" for modal in _MODALS for more in ("超过", "超出", "超", "高于", "多于", "大于")},
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
_LONGEST = 200  # characters; what is longer is prose
_TIMES = "年 个月 周 个星期 天 日 自然日 工作日 个工作日 个自然日 小时 个小时 分钟 秒"
# Words that also number things off are left out: 3季度 or 2班 may be the third quarter or the second class.
_MEASURES = (
    "百分比 百分点 个百分点 倍 分 元 万 亿 人 人次 人天 人份 名 位 户 户次 家 家次 对 双 队 支队 批 批次 例 岁 "
    "次 场 场次 期 班次 轮 趟 起 宗 课时 学时 学分 个季度 个学期 个 件 件次 项 项次 条 篇 幅 张 份 册 本 部 套 卷 "
    "字 集 款 笔 类 种 门 台 台次 台套 只 支 枚 把 辆 辆次 车次 架 架次 艘 箱 标箱 包 袋 瓶 盒 桶 处 所 座 栋 幢 "
    "间 床 张床位 片 块 道 站 点位 口 盏 根 株 棵 头 吨 公斤 千克 克 毫克 微克 升 毫升 立方 立方米 米 延米 千米 公里 "
    "厘米 毫米 平方 平米 平方米 平方公里 ㎡ 亩 公顷 千瓦 兆瓦 千瓦时 分贝 摄氏度 兆"
)
_SYMBOLS = (
    "km Km KM m cm mm km2 km² m2 m² ㎡ m3 m³ kg Kg KG g mg μg ug t L mL ml kW KW MW kWh dB db DB V kV "
    "M MB GB TB Mbps Gbps Hz ℃ h min s"
)
# A number before these may be a rank or one of a row (3级以上, 1-3批), not an amount.
_RANKS = "级|等|档|楼|环|线|段|版|代|品|甲|强|名次|位次"
_ROWS = "日 年 月 周 星期 个星期 期 批 批次 轮 班次 类 条 款 章 站 场次 季度 学期"

_HAN = "\u3400-\u9fff"
_LETTER = f"[{_HAN}]"
_INSIDE = "内(?![部容外控])"
_SUFFIX = f"及?以[上下]|[以之]内|{_INSIDE}"
# A letter of a word that cannot change the number: no suffix, no further numeral (一致, 一次 and 统一 are none).
_WORD = f"(?:(?!{_SUFFIX}|[二三四五六七八九十百千万亿两]|(?<!统)一(?![致次])){_LETTER})"


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PREFIX = _any_of(list(_PREFIXES))
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,12}|0|[1-9][0-9]{0,39})(?:\.[0-9]{1,20})?(?![0-9.,])"
_KNOWN = [*_TIMES.split(), *_MEASURES.split()]
_LONG = _any_of([word for word in _KNOWN if len(word) > 1])
_SHORT = _any_of([word for word in _KNOWN if len(word) == 1])
_NOUN = f"[个家处所类种]{_WORD}{{1,4}}(?!{_WORD})"
_SYMBOL = f"(?:{_any_of(_SYMBOLS.split())})(?![A-Za-z0-9²³])"
_MEASURE = f"(?:[%‰]|(?:万?亿|[百千]?万)?(?:{_LONG}|{_NOUN}|{_SHORT}|{_SYMBOL}))"
_TERM = "年度|半年|季度|学期|月|季"
_PER = f"(?:/(?:{_TERM}|(?:[1-9][0-9]{{0,5}})?{_MEASURE})){{0,2}}"
_UNIT = _MEASURE + _PER
# A measure that nobody listed; a word that starts like a date, or that people put in brackets, is none.
_NO_MEASURE = (
    f"[年月日号点时]|{_LETTER}{{0,3}}(?:{_RANKS})(?!{_WORD})|(?:{_RANKS})"
    f"|(?:含|无|是|否|全年|当年|本年|累计|合计|达标|合格|完成|及时)(?!{_WORD})"
)
_FREE_UNIT = f"(?!{_NO_MEASURE}){_WORD}{{1,4}}{_PER}"


def _tail(unit: str, words: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?P<unit>{unit})\s*(?P<suffix>{_SUFFIX})?\s*(?P<words>{words})")


# What is measured, before the number: a rate, or any words before a comparator; none that make it a change.
_MEASURED = (
    f"(?:{_LETTER}{{0,12}}?(?:率|满意度|知晓度|完成度|认可度|参与度|比例|比重|占比)"
    f"|{_LETTER}{{1,10}}?(?=\\s*(?:{_PREFIX})))"
)
_CHANGE = re.compile(
    "较|比(?![例重])|同|约|近|第|每|其中|[上去往前历]年|[高降增减升缩扩]|下滑|后|或|至|到|并非|[以之]外"
)
_HEAD = re.compile(
    rf"(?:每(?P<per>{_TERM}|{_MEASURE})\s*)?(?P<measured>{_MEASURED})??\s*(?P<reach>达到?|控制在)?\s*"
    rf"(?P<prefix>{_PREFIX})?\s*(?P<number>{_NUMBER})\s*"
)
_BARE_TAIL = _tail("")
_TAIL = _tail(rf"{_UNIT}|\(\s*{_UNIT}\s*\)", f"(?:{_WORD}{{2,10}})?")
_FREE_TAIL = _tail(rf"{_FREE_UNIT}|\(\s*{_FREE_UNIT}\s*\)")
_COLUMNS = re.compile(rf"({_PREFIX})\s*\|\s*({_NUMBER})\s*(?:\|\s*([^|()]+))?")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<first>{_UNIT})?\s*(?:-|~|至|到)\s*(?P<high>{_NUMBER})\s*"
    rf"(?P<unit>{_UNIT}|\(\s*{_UNIT}\s*\))\s*(?:之间)?"
)
_DASHES = str.maketrans("－—–―～〜∼", "----~~~")
_INCLUDED = r"[(（]\s*含(?:本数|\1\s*\2)?\s*[)）]"  # after a number and its unit: 2次(含2次)以上
_SAID_TO_EXCLUDE = re.compile("不含(?:本数|[0-9].*)?")
# Words after a number that make it an estimate, a range, an order, a part, a date or another target's.
_DOUBTFUL = re.compile(
    "左右|上下|开外|出头|封顶|以[外来]|之(?!内)|[高低少大小等]于|[前后余多几半约近来每或至未不超限]"
    r"|[^(\s]起|次性|人制|(?<!/)年[级代度末底初中制]|期[工项建]"
)
# The same in brackets of their own, 50户(左右) or 30(天内).
_LOOSE = re.compile(f"(?:{_UNIT})?(?:{_SUFFIX}|左右|上下|前后|[以之]外|起)")
_DATE_LIKE = re.compile(r"(?:19|20)[0-9]{2}(?:\.[0-9]+)?|(?:1[0-2]|[1-9])\.(?:0?[1-9]|[12][0-9]|3[01])")

_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_BASELINE = rf"(?:{_YEAR}\s*年|上一?年|去年)(?:度(?!假))?\s*(?![度末底初])"
_RELATIVE = re.compile(
    rf"(?:(?:[较比]\s*{_BASELINE}|与\s*{_BASELINE.replace('year', 'other')})(?:相比)?|同比)\s*"
    rf"(?:(?P<measured>{_LETTER}*(?:{_any_of(list(_DIRECTIONS))}))\s*(?P<quantity>(?:{_PREFIX})?\s*[0-9].*)"
    rf"|(?P<phrase>{_LETTER}+))"
)
_DIRECTION = re.compile(_any_of(list(_DIRECTIONS)))
# What turns a direction round or takes it back: 零增长, 负增长, 停止增长, 遏止上升, 扭转下降.
_TURNED = re.compile(
    "不(?![变断])|未(?!成年)|无(?!偿)|没|非(?!遗)|免(?!费)|零(?!售)|负(?![责担])|[停止遏抑扭逆阻缓禁拒勿]|避免|杜绝|控制|防(?=止|范)"
    "|收窄|打破|改变|转变|结束|消除|挽回|摆脱|克服|转为|由|势头|趋势"
)
# 不超过2024年 may speak of time, 不超过2023年水平 does not.
_LEVEL = re.compile(
    rf"(?:(?P<plain>不低于|不高于|低于|高于)\s*{_BASELINE}(?:同期)?(?:水平)?"
    rf"|(?P<said>{_any_of([prefix for prefix in _PREFIXES if prefix not in _SIGNED])})"
    rf"\s*{_BASELINE.replace('year', 'other')}(?:同期)?水平)"
)
_SAID_LEVEL = {"≥": "不低于", "≤": "不高于", ">": "高于", "<": "低于", "=": "等于"}


@lru_cache(8192)  # the same few strings are read again and again
def read(text: str) -> Reading:
    """Read a target value; any text has a reading, if only as a statement."""
    text = text.strip()
    body, remark = _split_remark(_plain(text))
    reading = _relative(_fold(body), remark) or _level(_fold(body), remark) or _quantity(_fold(body), remark)
    if reading is None:
        body, remark = _split_remark(said := _without_column(text))
        if re.search("[()（）]", body):
            body, remark = said, None  # several brackets, or one astray
        reading = Reading(statement=body, remark=remark, direction=_DIRECTIONS.get(body))
    return _with_deadline(reading, text)


def _plain(text: str) -> str:
    """Return the text without the marks that mean nothing to a number; of a text too long for one, nothing."""
    text = re.sub(r"\s*[。；;]$", "", text)
    if len(text) > _LONGEST:
        return ""
    suffix = f"(?=\\s*(?:{_SUFFIX}))"
    text = re.sub(rf"([0-9.,]+)\s*([^(（\s]{{0,4}}){_INCLUDED}{suffix}", r"\1\2", text)
    return re.sub(rf"([0-9.,]+)\s*([^(（\s]{{0,4}})({_SUFFIX})\s*{_INCLUDED}$", r"\1\2\3", text)


def _without_column(text: str) -> str:
    """Return what stands in the second column where the first says that the target is a statement."""
    match = re.fullmatch(r"定性\s*[|｜]\s*([^|｜]*[^|｜\s])\s*(?:[|｜]\s*)?", text, re.DOTALL)
    return match[1] if match and read(match[1]).kind == "qualitative" else text


def _fold(text: str) -> str:
    return " ".join(text.split()).translate(_FOLD)


def _split_remark(text: str) -> tuple[str, str | None]:
    match = re.fullmatch("([^(（].*?)[(（]([^()（）]+)[)）]", text, re.DOTALL)
    if match is None or not match[2].strip():
        return text, None
    return match[1].strip(), match[2].strip()


def _quantity(body: str, remark: str | None) -> Reading | None:
    for text, note in ((body, remark), (f"{body}({_fold(remark or '')})", None)):
        if span := _RANGE.fullmatch(text.translate(_DASHES)):
            return _range(span, note)
    if columns := _COLUMNS.fullmatch(body):
        body = f"{columns[1]}{columns[2]}" + (f"({columns[3].strip()})" if columns[3] else "")
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
    elif unit and remark is not None and re.fullmatch(_UNIT, _fold(remark)):  # 万人(次)
        unit, remark = f"{unit}{_fold(remark)}", None
        if not re.fullmatch(_MEASURE, unit):
            return None
    number = Decimal(head["number"].replace(",", ""))
    within_a_year = unit == "年" and suffix == "内" and not prefix  # 24年内 may mean in 2024
    measured = head["measured"]
    notes = [note for note in (words, remark, measured) if note]
    if (
        (suffix and _SUFFIXES[suffix] != comparator)
        or (suffix == "内" and unit not in _TIMES.split())
        or (unit and not _is_unit(unit, comparator))
        or len(notes) > 1
        or (unit and any(re.fullmatch(_UNIT, note) for note in notes))  # two units: of which one?
        or (measured and (_CHANGE.search(measured) or unit is None))
        or (measured and not prefix and unit not in _SIGNS)
        or _LOOSE.fullmatch(_fold(remark or measured or ""))
        or (comparator and _SAID_TO_EXCLUDE.fullmatch(_fold(remark or measured or "")))
        or _may_be_date(format(number, "f"), unit, comparator is not None and not within_a_year, words)
        or (head["reach"] == "控制在" and comparator not in ("≤", "<"))
        or (head["per"] and (unit is None or "/" in unit or unit in ("日", "年")))
    ):
        return None
    return Reading(comparator, number, f"{unit}/{head['per']}" if head["per"] else unit, notes[0] if notes else None)


def _range(span: re.Match[str], remark: str | None) -> Reading | None:
    low, high = (Decimal(span[bound].replace(",", "")) for bound in ("low", "high"))
    unit = re.sub(r"[()\s]", "", span["unit"])
    several = span["first"] not in (None, unit) or unit in _ROWS.split() or _DOUBTFUL.search(unit)
    if low >= high or several or _LOOSE.fullmatch(_fold(remark or "")):
        return None
    return Reading(None, low, unit, remark, upper=high)


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
    found = list(_DIRECTION.finditer(phrase))
    change = _quantity(match["quantity"], remark) if match["quantity"] else Reading(remark=remark)
    if len(found) != 1 or found[0].end() != len(phrase) or _TURNED.search(phrase) or change is None:
        return None
    return replace(change, baseline=_baseline(match), direction=_DIRECTIONS[found[0][0]], statement=phrase)


def _baseline(match: re.Match[str]) -> int | Literal["上年"]:
    year = match["year"] or match["other"]
    return int(year) if year else "上年"


def _level(body: str, remark: str | None) -> Reading | None:
    match = _LEVEL.fullmatch(body)
    if match is None:
        return None
    comparator = _PREFIXES[match["plain"] or match["said"]]
    return Reading(comparator, remark=remark, baseline=_baseline(match), statement="水平")


def _with_deadline(reading: Reading, text: str) -> Reading:
    # Beside a number a bare day may as well be the day of the count.
    parts = [] if reading.number is not None else [reading.remark, reading.statement]
    found = deadlines.find(_fold(text), [_fold(part) for part in parts if part])
    if found is None:
        return reading
    year, month, day = found
    return replace(reading, deadline=date(year, month, day)) if year else replace(reading, yearly_deadline=(month, day))


def explain(reading: Reading) -> str:
    """Say in plain Chinese what a target value asks for."""
    statement = reading.statement or ""
    if reading.baseline is not None and reading.direction is None:
        said = f"与{_name(reading.baseline)}相比：{_SAID_LEVEL[reading.comparator or '=']}那一年的水平"
    elif reading.baseline is not None:
        said = f"与{_name(reading.baseline)}相比：{statement}{_amount(reading, ' ')}"
    elif reading.number is not None:
        said = _amount(reading)
    else:
        said = f"定性要求：{statement or '未填写'}"
    due = _said_deadline(reading)
    if reading.remark is not None and not (due and deadlines.is_day(_fold(reading.remark))):
        said += f"，备注：{reading.remark}"
    return said + (f"，期限 {due}" if due else "")


def _said_deadline(reading: Reading) -> str:
    if reading.yearly_deadline is None:
        return str(reading.deadline or "")
    month, day = reading.yearly_deadline
    return f"当年{month}月" + ("底" if day == monthrange(deadlines.LEAP_YEAR, month)[1] else f"{day}日")


def _name(baseline: int | Literal["上年"]) -> str:
    return "上年" if baseline == "上年" else f"{baseline}年"


_SAID = {"≥": "不少于 ", "≤": "不超过 ", ">": "超过 ", "<": "少于 ", "=": "等于 "}
_SAID_OF_SHARES = {**_SAID, "≥": "不低于 ", "≤": "不高于 ", ">": "高于 ", "<": "低于 "}


def _amount(reading: Reading, gap: str = "") -> str:
    if reading.number is None:
        return ""
    number = _trimmed(reading.number)
    unit = "%" if reading.unit == "百分比" else reading.unit
    if reading.upper is not None:
        return f"{gap}{number} 至 {_trimmed(reading.upper)}{'' if unit in _SIGNS else ' '}{unit}"
    amount = f"{number}{unit}" if unit in _SIGNS else f"{number} {unit}" if unit else number
    missing = [name for name, part in (("比较符", reading.comparator), ("单位", unit)) if not part]
    said_of = _SAID_OF_SHARES if unit in _SIGNS else _SAID
    start = said_of[reading.comparator] if reading.comparator else gap
    return f"{start}{amount}" + (f"（未注明{'和'.join(missing)}）" if missing else "")


def _trimmed(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
