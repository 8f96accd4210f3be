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
    prefix     = "≥" | ">=" | "不少于" | "不得超过" | …                 (PREFIXES)
    suffix     = "以上" | "及以上" | "以下" | "及以下" | "以内" | "之内" | "内"    ("内" after a time only)
    number     = digits, [ ".", digits ] | digits with commas at the thousands, [ ".", digits ]    (40 digits at most)
    unit       = measure, { "/", [ number, [ "万" | … ] ], measure }   (5人/10万人, 元/人/年)
    measure    = "%" | a word of MEASURES or SYMBOLS | "个", 1 to 4 letters | 1 to 4 letters, beside a comparator only
    words      = 2 to 10 letters that leave the number as it is: 100%达标; they are the remark
    deadline   = see deadlines

以上、以下、以内 include the number, 超过、不满、以外 exclude it: 民法典 art. 1259. Full-width and half-width
characters are equal. What does not wholly parse is a statement, kept to the letter: a wrong number is worse
than none. So prefix and suffix must agree, and whatever may be a date, a rank (3级以上), an estimate or a second
target is no number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from generator.declaration import deadlines
from generator.declaration.reading import Reading
from generator.declaration.target_words import (
    DIRECTIONS,
    FREE_UNIT,
    LETTER,
    LONGEST,
    MEASURE,
    NUMBER,
    PREFIX,
    PREFIXES,
    ROWS,
    SIGNED,
    SIGNS,
    SUFFIX,
    SUFFIXES,
    TERM,
    TIMES,
    UNIT,
    WORD,
    Comparator,
    any_of,
    fold,
    is_unit,
)


def _bracketed(unit: str) -> str:
    """Match a unit as it is or in brackets; written once, since the units are long and take time to compile."""
    return rf"(?P<unit>(?P<bracket>\(\s*)?(?:{unit})(?(bracket)\s*\)))"


def _tail(unit: str, words: str = "") -> str:
    return rf"{_bracketed(unit)}\s*(?P<suffix>{SUFFIX})?\s*(?P<words>{words})"


# What is measured, before the number: a rate, or any words before a comparator; none that make it a change.
_MEASURED = (
    f"(?:{LETTER}{{0,12}}?(?:率|满意度|知晓度|完成度|认可度|参与度|比例|比重|占比)"
    f"|{LETTER}{{1,10}}?(?=\\s*(?:{PREFIX})))"
)
_CHANGE = re.compile(
    "较|比(?![例重])|同|约|近|第|每|其中|[上去往前历]年|[高降增减升缩扩]|下滑|后|或|至|到|并非|[以之]外"
)
_HEAD = re.compile(
    rf"(?:每(?P<per>{TERM}|{MEASURE})\s*)?(?P<measured>{_MEASURED})??\s*(?P<reach>达到?|控制在)?\s*"
    rf"(?P<prefix>{PREFIX})?\s*(?P<number>{NUMBER})\s*"
)
_BARE_TAIL = re.compile(rf"(?P<unit>)\s*(?P<suffix>{SUFFIX})?\s*(?P<words>)")
_TAIL = re.compile(_tail(UNIT, f"(?:{WORD}{{2,10}})?"))
# What few values need is compiled when one does: with their many units it takes as long as to read a hundred values.
_FREE_TAIL = _tail(FREE_UNIT)
_COLUMNS = re.compile(rf"({PREFIX})\s*\|\s*({NUMBER})\s*(?:\|\s*([^|()]+))?")
_RANGE = (
    rf"(?P<low>{NUMBER})\s*(?P<first>{UNIT})?\s*(?:-|~|至|到)\s*(?P<high>{NUMBER})\s*"
    rf"{_bracketed(UNIT)}\s*(?:之间)?"
)
_MAY_BE_RANGE = re.compile("[-~至到]")
_DASHES = str.maketrans("－—–―～〜∼", "----~~~")
_INCLUDED = r"[(（]\s*含(?:本数|\1\s*\2)?\s*[)）]"  # after a number and its unit: 2次(含2次)以上
_INCLUDED_BEFORE = re.compile(rf"([0-9.,]+)\s*([^(（\s]{{0,4}}){_INCLUDED}(?=\s*(?:{SUFFIX}))")
_INCLUDED_AFTER = re.compile(rf"([0-9.,]+)\s*([^(（\s]{{0,4}})({SUFFIX})\s*{_INCLUDED}$")
_SAID_TO_EXCLUDE = re.compile("不含(?:本数|[0-9].*)?")
# Words after a number that make it an estimate, a range, an order, a part, a date or another target's.
_DOUBTFUL = re.compile(
    "左右|上下|开外|出头|封顶|以[外来]|之(?!内)|[高低少大小等]于|[前后余多几半约近来每或至未不超限]"
    r"|[^(\s]起|次性|人制|(?<!/)年[级代度末底初中制]|期[工项建]"
)
# The same in brackets of their own, 50户(左右) or 30(天内).
_LOOSE = f"(?:{UNIT})?(?:{SUFFIX}|左右|上下|前后|[以之]外|起)"
_MAY_BE_LOOSE = re.compile("[上下内右后外起]$")
_DATE_LIKE = re.compile(r"(?:19|20)[0-9]{2}(?:\.[0-9]+)?|(?:1[0-2]|[1-9])\.(?:0?[1-9]|[12][0-9]|3[01])")

_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_BASELINE = rf"(?:{_YEAR}\s*年|上一?年|去年)(?:度(?!假))?\s*(?![度末底初])"
_RELATIVE = (
    rf"(?:(?:[较比]\s*{_BASELINE}|与\s*{_BASELINE.replace('year', 'other')})(?:相比)?|同比)\s*"
    rf"(?:(?P<measured>{LETTER}*(?:{any_of(list(DIRECTIONS))}))\s*(?P<quantity>(?:{PREFIX})?\s*[0-9].*)"
    rf"|(?P<phrase>{LETTER}+))"
)
_DIRECTION = re.compile(any_of(list(DIRECTIONS)))
# What turns a direction round or takes it back: 零增长, 负增长, 停止增长, 遏止上升, 扭转下降.
_TURNED = re.compile(
    "不(?![变断])|未(?!成年)|无(?!偿)|没|非(?!遗)|免(?!费)|零(?!售)|负(?![责担])|[停止遏抑扭逆阻缓禁拒勿]|避免|杜绝|控制|防(?=止|范)"
    "|收窄|打破|改变|转变|结束|消除|挽回|摆脱|克服|转为|由|势头|趋势"
)
# 不超过2024年 may speak of time, 不超过2023年水平 does not.
_LEVEL = re.compile(
    rf"(?:(?P<plain>不低于|不高于|低于|高于)\s*{_BASELINE}(?:同期)?(?:水平)?"
    rf"|(?P<said>{any_of([prefix for prefix in PREFIXES if prefix not in SIGNED])})"
    rf"\s*{_BASELINE.replace('year', 'other')}(?:同期)?水平)"
)


@lru_cache(8192)  # the same few strings are read again and again
def read(text: str) -> Reading:
    """Read a target value; any text has a reading, if only as a statement."""
    text = text.strip()
    body, remark = _split_remark(_plain(text))
    reading = _relative(fold(body), remark) or _level(fold(body), remark) or _quantity(fold(body), remark)
    if reading is None:
        body, remark = _split_remark(said := _without_column(text))
        if re.search("[()（）]", body):
            body, remark = said, None  # several brackets, or one astray
        reading = Reading(statement=body, remark=remark, direction=DIRECTIONS.get(body))
    return _with_deadline(reading, text)


def _plain(text: str) -> str:
    """Return the text without the marks that mean nothing to a number; of a text too long for one, nothing."""
    text = re.sub(r"\s*[。；;]$", "", text)
    if len(text) > LONGEST:
        return ""
    return _INCLUDED_AFTER.sub(r"\1\2\3", _INCLUDED_BEFORE.sub(r"\1\2", text)) if "含" in text else text


def _without_column(text: str) -> str:
    """Return what stands in the second column where the first says that the target is a statement."""
    match = re.fullmatch(r"定性\s*[|｜]\s*([^|｜]*[^|｜\s])\s*(?:[|｜]\s*)?", text, re.DOTALL)
    return match[1] if match and read(match[1]).kind == "qualitative" else text


def _split_remark(text: str) -> tuple[str, str | None]:
    match = re.fullmatch("([^(（].*?)[(（]([^()（）]+)[)）]", text, re.DOTALL)
    if match is None or not match[2].strip():
        return text, None
    return match[1].strip(), match[2].strip()


def _quantity(body: str, remark: str | None) -> Reading | None:
    for text, note in ((body, remark), (f"{body}({fold(remark or '')})", None)):
        plain = text.translate(_DASHES)
        if _MAY_BE_RANGE.search(plain) and (span := re.fullmatch(_RANGE, plain)):
            return _range(span, note)
    if columns := _COLUMNS.fullmatch(body):
        body = f"{columns[1]}{columns[2]}" + (f"({columns[3].strip()})" if columns[3] else "")
    head = _HEAD.match(body)
    if head is None:
        return None
    rest = body[head.end() :]
    tail = _BARE_TAIL.fullmatch(rest) or _TAIL.fullmatch(rest) or re.fullmatch(_FREE_TAIL, rest)
    if tail is None or _DOUBTFUL.search(rest):
        return None
    prefix, suffix, words = head["prefix"], tail["suffix"], tail["words"]
    comparator = PREFIXES[prefix] if prefix else SUFFIXES.get(suffix)
    unit = re.sub(r"[()\s]", "", tail["unit"]) or None
    if unit is None and remark is not None and _is_unit(fold(remark), comparator):
        unit, remark = fold(remark), None
    elif unit and remark is not None and is_unit(fold(remark)):  # 万人(次)
        unit, remark = f"{unit}{fold(remark)}", None
        if not re.fullmatch(MEASURE, unit):
            return None
    number = Decimal(head["number"].replace(",", ""))
    within_a_year = unit == "年" and suffix == "内" and not prefix  # 24年内 may mean in 2024
    measured = head["measured"]
    notes = [note for note in (words, remark, measured) if note]
    if (
        (suffix and SUFFIXES[suffix] != comparator)
        or (suffix == "内" and unit not in TIMES.split())
        or (unit and not _is_unit(unit, comparator))
        or len(notes) > 1
        or (unit and any(is_unit(note) for note in notes))  # two units: of which one?
        or (measured and (_CHANGE.search(measured) or unit is None))
        or (measured and not prefix and unit not in SIGNS)
        or _is_loose(remark or measured or "")
        or (comparator and _SAID_TO_EXCLUDE.fullmatch(fold(remark or measured or "")))
        or _may_be_date(format(number, "f"), unit, comparator is not None and not within_a_year, words)
        or (head["reach"] == "控制在" and comparator not in ("≤", "<"))
        or (head["per"] and (unit is None or "/" in unit or unit in ("日", "年")))
    ):
        return None
    return Reading(comparator, number, f"{unit}/{head['per']}" if head["per"] else unit, notes[0] if notes else None)


def _range(span: re.Match[str], remark: str | None) -> Reading | None:
    low, high = (Decimal(span[bound].replace(",", "")) for bound in ("low", "high"))
    unit = re.sub(r"[()\s]", "", span["unit"])
    several = span["first"] not in (None, unit) or unit in ROWS.split() or _DOUBTFUL.search(unit)
    if low >= high or several or _is_loose(remark or ""):
        return None
    return Reading(None, low, unit, remark, upper=high)


def _is_loose(words: str) -> bool:
    words = fold(words)
    return _MAY_BE_LOOSE.search(words) is not None and re.fullmatch(_LOOSE, words) is not None


def _is_unit(text: str, comparator: Comparator | None) -> bool:
    known = is_unit(text) or (comparator and re.fullmatch(FREE_UNIT, text))
    return bool(known) and not _DOUBTFUL.search(text)


def _may_be_date(number: str, unit: str | None, compared: bool, words: str) -> bool:
    """Tell whether a number may name a year or a day: 2024年, 24年, 5.12日, 15日完成, or bare 2024 and 9.30."""
    if unit == "年":
        return len(number.partition(".")[0]) == 4 or (len(number) == 2 and not compared)
    if compared or unit not in ("日", None):
        return False
    return bool(words) or _DATE_LIKE.fullmatch(number) is not None


def _relative(body: str, remark: str | None) -> Reading | None:
    match = re.fullmatch(_RELATIVE, body) if body.startswith(("较", "比", "与", "同比")) else None
    if match is None:
        return None
    phrase = match["measured"] or match["phrase"]
    found = list(_DIRECTION.finditer(phrase))
    change = _quantity(match["quantity"], remark) if match["quantity"] else Reading(remark=remark)
    if len(found) != 1 or found[0].end() != len(phrase) or _TURNED.search(phrase) or change is None:
        return None
    return replace(change, baseline=_baseline(match), direction=DIRECTIONS[found[0][0]], statement=phrase)


def _baseline(match: re.Match[str]) -> int | Literal["上年"]:
    year = match["year"] or match["other"]
    return int(year) if year else "上年"


def _level(body: str, remark: str | None) -> Reading | None:
    match = _LEVEL.fullmatch(body)
    if match is None:
        return None
    comparator = PREFIXES[match["plain"] or match["said"]]
    return Reading(comparator, remark=remark, baseline=_baseline(match), statement="水平")


def _with_deadline(reading: Reading, text: str) -> Reading:
    # Beside a number a bare day may as well be the day of the count.
    parts = [] if reading.number is not None else [reading.remark, reading.statement]
    found = deadlines.find(fold(text), [fold(part) for part in parts if part])
    if found is None:
        return reading
    year, month, day = found
    return replace(reading, deadline=date(year, month, day)) if year else replace(reading, yearly_deadline=(month, day))
