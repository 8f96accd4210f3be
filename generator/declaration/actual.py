"""The grammar of actual values (实际完成值): what a result form says was achieved, read beside its target.

    actual     = repeated | grade | measured | change | statement
    repeated   = the target's text with its comparator (≥266米 for ≥266米): no measurement
    grade      = [ "已" | "全部" | "按期" | … ], done, object          (达成预期指标: met)
               | "部分", done, object, [ "并具有一定效果" ]             (partly)
               | ( "未" | "没有" | … ), done, object, [ "且效果较差" ]  (missed)
    done       = "达成" | "完成" | "达到" | "实现"
    object     = [ "预期" | "年度" | … ], [ "指标" | "目标" | … ]        (完成 alone: met only where that was asked)
    measured   = [ lead ], number, [ unit ], [ words | "(", remark, ")" ]    (as in a target, without a comparator)
    lead       = "共" | "累计" | "实际" | "完成" | "开展" | … | words of the target    (right before the number)
    change     = as a relative target, with its number                  (较2023年提升5%)
    finished   = [ year ], month, [ day | "底" ], [ "前" ], [ done ]     (see `finished`)

A bare number takes the unit of the target; up to 1 beside a target in percent over 1 it may be a share or a
percentage, and is neither. A comparator or a range states bounds and no number; an estimate, a plan and two numbers in
one cell are not guessed. For a target in numbers a grade is no measurement: `why` says so in words for readers.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from generator.declaration import target
from generator.declaration.reading import Reading
from generator.declaration.target_words import LETTER, NUMBER, SIGNS, fold

Grade: TypeAlias = Literal["met", "done", "partly", "missed"]

_DONE = "(?:达成|完成|达到|实现|达标)"
_OBJECT = "(?:了|本|年初|年度|全年|预期|预定|既定|计划|绩效|设定|的)*(?:指标|目标|任务|要求|效果|值)*"
_ADVERB = "(?:已经?|均|全部|全面|都|按时|按期|如期|按计划|顺利)*"
_GRADES: tuple[tuple[Grade, re.Pattern[str]], ...] = (
    ("partly", re.compile(rf"部分{_DONE}{_OBJECT}(?:[,，]?(?:并|且)?(?:具)?有一定效果)?")),
    ("missed", re.compile(rf"(?:未能?|没有?|尚未|没能){_DONE}{_OBJECT}(?:[,，]?(?:并|且)?效果较差)?")),
    ("done", re.compile("(?:已经?|均|全部|全面|都)*(?:完成|达到|实现|达标)了?")),
    ("met", re.compile(_ADVERB + _DONE + _OBJECT)),
)
_LEAD = re.compile(
    "(?:实际|全年|本年|共计?|累计|合计|总计|已|完成|开展|举办|组织|举行|召开|培训|发放|了|达到?|实现|为)+(?=[0-9])"
)
_NAMED = re.compile(f"{LETTER}{{2,8}}(?=[0-9])")
# What makes a number none that was reached: an estimate, a plan, a part, a denial.
_LOOSE = re.compile("[约近余多几未不没非缺差仅拟应]|左右|上下|预计|计划|目标|估计|力争")
_UNSIGNED = re.compile(NUMBER)
_ADDED = re.compile(r"\s+|[。.；;]$")


@dataclass(frozen=True)
class Actual:
    """What an actual value says.

    `reading` is the number that was reached (or the change, for 较2023年提升5%) with its unit; None: it states none,
    and `why` says in Chinese why not. `grade` is set where the text is a grade of words.
    """

    text: str
    reading: Reading | None = None
    grade: Grade | None = None
    why: str = ""

    @property
    def measured(self) -> bool:
        """Tell whether it states a number that can be held against a target."""
        return self.reading is not None


class Days(NamedTuple):
    """The days on which something may have been finished; the first is None where only the last is stated (…前)."""

    first: date | None
    last: date


def plain(text: str) -> str:
    """Return the text without what only writing adds: widths, spaces, a full stop at the end."""
    return _ADDED.sub("", unicodedata.normalize("NFKC", text).strip())


@lru_cache(4096)  # rules, tables and pages of a department ask one after the other
def read(text: str, target_text: str) -> Actual:
    """Read an actual value beside the target that it is the result of; any text has a reading, if only as words."""
    aim = target.read(target_text)
    said = plain(text)
    grade = next((grade for grade, words in _GRADES if words.fullmatch(said)), None)
    if grade:
        return Actual(text, grade=grade, why=f"只写“{text}”，没有写实际的数")
    if fold(said) == fold(plain(target_text)) and (aim.comparator or aim.baseline is not None):
        return Actual(text, why="照抄了目标值，没有写实际的数")
    found = _number(text, target_text, aim)
    return found if isinstance(found, Actual) else Actual(text, found)


def _number(text: str, target_text: str, aim: Reading) -> Reading | Actual:
    body = fold(text).strip()
    if (lead := _LEAD.match(body)) or ((lead := _NAMED.match(body)) and lead[0] in target_text):
        body = body[lead.end() :]
    found = target.read(body)
    if _UNSIGNED.fullmatch(body) and found.number is None:  # 2024 of ≥2000人 is no year
        found = Reading(number=Decimal(body.replace(",", "")))
    if found.number is None:
        return Actual(text, why=_why(body, found))
    if found.comparator not in (None, "="):
        return Actual(text, why=f"写的是范围“{text}”，不是实际的数")
    if found.upper is not None:
        return Actual(text, why=f"写的是从多少到多少“{text}”，不是一个数")
    if found.remark and _LOOSE.search(found.remark):
        return Actual(text, why=f"“{found.remark}”说明这不是实际达到的数")
    if found.unit is None and aim.unit is not None and found.baseline is None:
        if aim.unit in SIGNS and 0 < found.number <= 1 < (aim.number or 0):
            return Actual(text, why=f"“{text}”没有单位，可能是 {found.number * 100:f}%，也可能是 {found.number:f}%")
        found = replace(found, unit=aim.unit)
    return replace(found, comparator=None)


def _why(body: str, found: Reading) -> str:
    numbers = len(re.findall("[0-9]+(?:[.,][0-9]+)*", body))
    if found.baseline is not None or not numbers:
        return "没有写实际的数"
    return "一格里有不止一个数，看不出哪一个是" if numbers > 1 else "看不出一个确定的数"


_FINISHED = re.compile(
    r"(?:于|在)?(?:(?P<year>(?:19|20)[0-9]{2})(?:年|[-/.]))?(?P<month>[0-9]{1,2})(?:月份?|(?<=[0-9])[-/.])"
    r"(?:(?P<day>[0-9]{1,2})[日号]?|(?P<end>[底末]))?(?P<before>[之以]?前)?"
    f"(?:{_ADVERB}(?:{_DONE}|办结|完工|竣工|验收|开展|举办|印发|发放|上报|建成|交付|公布|公开))?"
)


def finished(text: str, year: int) -> Days | None:
    """Read when something was finished (2024年8月20日完成), a day without a year in `year`; None: no day is named."""
    match = _FINISHED.fullmatch(plain(text))
    if match is None:
        return None
    of, month, day = int(match["year"] or year), int(match["month"]), match["day"]
    if not 1 <= month <= 12 or not 1 <= int(day or 1) <= monthrange(of, month)[1]:
        return None
    last = date(of, month, int(day) if day else monthrange(of, month)[1])
    if match["before"]:
        return Days(None, last)
    return Days(last if day or match["end"] else last.replace(day=1), last)
