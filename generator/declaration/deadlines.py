"""The grammar of deadlines: the one day by which a target value wants something done, in its text.

    deadline = day, "前", [ done ], not followed by "的"       (anywhere in the text, but for the refusals below)
             | [ "不晚于" | "不迟于" | … ], day, [ "前" ], [ done ]     (as all of a statement or of a remark)
    day      = [ year ], ( month, day | the end of a month | the end of the year )
    done     = "完成" | "办结" | …

A day that says whom or what the target is for (前出生的儿童), that forbids (前不得变更), or that is one of two is no
deadline. A deadline without a year is in the year of its declaration.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from typing import TypeAlias

Due: TypeAlias = tuple[int | None, int, int]  # year (None: the declaration's), month, day
LEAP_YEAR = 2024  # its February has the last day of every February

_HAN = "\u3400-\u9fff"
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_MONTH, _DAY = r"(?P<month>[0-9]{1,2})\s*", r"\s*(?P<day>[0-9]{1,2})\s*"
_THIS = "(?:本年度?|当年|今年|每年)"
_DAYS = [
    rf"(?<![0-9]){_YEAR}\s*年\s*年?[底末]",
    rf"(?<![0-9]){_YEAR}\s*年\s*{_MONTH}月份?(?:[底末]|{_DAY}[日号])",
    rf"(?<![0-9]){_YEAR}(?P<mark>[-/.])\s*{_MONTH}(?P=mark){_DAY}(?![0-9])",
    rf"(?:(?<![0-9{_HAN}])|(?<=[于在]))(?:{_THIS}年?|年)[底末]",
    rf"(?<![0-9年度历个])(?:{_THIS}\s*)?(?<![0-9]){_MONTH}月份?(?:[底末]|{_DAY}[日号])",
]
_FINISHED = (
    "(?:(?:全部|全面|基本|须|需|应|要|必须|确保|予以|均|按时|按期|及时|顺利|正式)*"
    "(?:完成|完工|竣工|办结|办理|建成|交付|投入使用|投用|上报|报送|提交|印发|发放|发布|拨付|支付|到位|达到|达标|实现|落实"
    "|开展|启动|验收|公开|公布|出台|制定|整改|执行|结束|下达|召开|举办|申报|编制|归档|结项|结算|交工|送达)(?!率|量|数|情况|后))"
)
# Not compiled before a text may name a day: most values do not, and that takes as long as to read a hundred of them.
_DEADLINES = [
    rf"(?<![除自从对非不未距已原至]){day}\s*[之以]?前"
    rf"(?=\s*(?:$|[^0-9{_HAN}\s(]|{_FINISHED}))(?![^，,。；;()]*的)"
    for day in _DAYS
]
_ONLY_DAYS = [
    rf"(?:(?:应|须)?(?:不晚于|不迟于|最迟|最晚|至迟|≤|<=)\s*于?)?\s*{day}\s*(?:[之以]?前)?\s*{_FINISHED}?"
    for day in _DAYS
]
_MAY_BE_DAY = re.compile("[0-9底末]")
# A further day or time of the year beside the deadline; the year of a comparison is none.
_FURTHER = re.compile(
    r"(?<![较比与])(?:19|20)[0-9]{2}\s*(?:年(?!度?(?:同期)?水平)|[-/.][0-9])|[0-9]\s*月|[0-9]\s*[日号]\s*[之以]?前|[年月季旬]\s*[底末初]"
    r"|[一二三四1-4]季度\s*[前内末底初完]|[上下]半年|[上中下]旬"
)


def find(text: str, parts: Sequence[str]) -> Due | None:
    """Return the deadline of a target value; None if it names none, two or none that exists.

    `text` is the whole value and `parts` its remark and its statement, all in half-width characters. The end of a
    February without a year is its 29th.
    """
    deadlines = _DEADLINES if "前" in text else ()
    found = {match.end(): match for pattern in deadlines for match in reversed([*re.finditer(pattern, text)])}
    for part in parts:
        if not found and (only := _only(part)):
            return None if _FURTHER.search(text.replace(part, "")) else _due(only)
    if len(found) != 1:
        return None
    match = found.popitem()[1]
    return None if _FURTHER.search(f"{text[: match.start()]} {text[match.end() :]}") else _due(match)


def is_day(text: str) -> bool:
    """Tell whether a text is a day or deadline and says nothing beside it."""
    return text[-1:] in (*"前底末日号0123456789",) and _only(text) is not None


def _only(text: str) -> re.Match[str] | None:
    patterns = _ONLY_DAYS if _MAY_BE_DAY.search(text) else ()
    return next((match for pattern in patterns if (match := re.fullmatch(pattern, text))), None)


def _due(match: re.Match[str]) -> Due | None:
    parts = match.groupdict()
    year, month, day = parts.get("year"), int(parts.get("month") or 12), parts.get("day")
    if not 1 <= month <= 12:
        return None
    length = monthrange(int(year or LEAP_YEAR), month)[1]
    due = int(day) if day else length
    return (int(year) if year else None, month, due) if 1 <= due <= length else None
