"""Targets in words: what states zero, all, an estimate or a degree; years that moved on; which words differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.analysis.polarity import polarity

# In place of a target: it is not told, or told elsewhere.
_UNSTATED = re.compile(
    "未公开|不公开|不予公开|涉密|未公布|不适用|待定|待填|未填|暂无|[-—–/／]+|见(?:附件|附表|文件|备注|《|[上下另第表]).*"
)
_ZERO = re.compile("(?:无|零|杜绝|[未不]发生|没有)(?:发生|出现)?(.+)")
_FEWER = re.compile("(.*?)(?:减少|下降|降低|较少|少发|少量|可控|受控|得到控制|得到遏制|有所减少|逐步减少|明显减少)")
_ALL = re.compile("(?:已|做到|实现)?(?:全部|全覆盖|全员|百分之百|百分百|应.尽.)(?:完成|覆盖|达标|落实|到位|办结|合格)?")
_ESTIMATE = re.compile("(?P<start>大约|约|近|将近|接近)?(?P<number>.*?)(?P<end>左右|上下)?")
_COUNTED = re.compile(
    r"[0-9]|[一二三四五六七八九十百千万两半几](?!次性)(?=[个次场人户件项家期天月年名位成倍批起条分])|半数|过半|翻番|减半"
)
# How much something changes, the strongest words first; between two ranks the order is beyond dispute.
_DEGREES = (
    ("大幅度", "大幅", "显著", "明显", "极大", "较大幅度", "较大"),
    ("一定程度", "一定", "有所", "略有", "小幅", "稍有", "适当"),
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=\s*(?:年|[-/.][0-9]))")
_DAY = re.compile(
    r"(?:应|须|需|必须|确保|力争)?(?:不晚于|不迟于|最迟|最晚|至迟|于|在|≤)?\s*(?:(?:19|20)[0-9]{2}\s*(?:年|[-/.])|本年度?|当年|今年|每年)?\s*"
    r"(?:年?[底末]|[0-9]{1,2}\s*月份?\s*(?:[0-9]{1,2}\s*[日号]|[底末])|[0-9]{1,2}[-/.][0-9]{1,2})\s*(?:[之以]?前)?"
)


def plain(text: str) -> str:
    """Return the text without what only writing adds: widths, spaces, a full stop at the end."""
    return re.sub(r"\s+|[。.；;]$", "", unicodedata.normalize("NFKC", text).strip())


def unstated(text: str) -> bool:
    """Tell whether the words stand in place of a target: 未公开, 不适用, 见附件."""
    return _UNSTATED.fullmatch(text.strip()) is not None


def rolled(text: str, years: int) -> str:
    """Return the text with every calendar year moved on."""
    return _YEAR.sub(lambda year: str(int(year[0]) + years), text)


def timeless(text: str | None) -> str:
    """Return the text, in plain writing, without the days that it names."""
    return plain(_DAY.sub("", plain(text or "")))


def harm_ruled_out(statement: str) -> str | None:
    """Return what a statement wants none of, where that is a harm: 投诉 of 无投诉; of nothing else is it a zero."""
    match = _ZERO.fullmatch(plain(statement))
    return match[1] if match and polarity(match[1]) == -1 else None


def harm_lessened(statement: str) -> bool:
    """Tell whether a statement only wants less of a harm: 事故减少."""
    match = _FEWER.fullmatch(plain(statement))
    return match is not None and (match[1] == "" or polarity(match[1]) == -1)


def all_of_it(statement: str) -> bool:
    """Tell whether a statement means 100%: 全覆盖, 应保尽保."""
    return _ALL.fullmatch(plain(statement)) is not None


def estimated(statement: str) -> str | None:
    """Return the target that a statement blurs: 95% of 95%左右."""
    text = plain(statement)
    round_ = re.sub("(?<=[0-9])[余多几](?=[^0-9])", "", text)
    match = _ESTIMATE.fullmatch(round_)
    return match["number"] if match and (match["start"] or match["end"] or round_ != text) else None


def counted(statement: str) -> bool:
    """Tell whether a statement has a number that was not read."""
    return _COUNTED.search(statement) is not None


def degree(statement: str) -> tuple[int | None, str]:
    """Return the rank of a statement's degree (0: the strongest; None: no such word) and the words without it."""
    for rank, words in enumerate(_DEGREES):
        for word in words:
            if re.search(f"(?<![不无未没]){word}", statement):
                return rank, statement.replace(word, "", 1)
    return None, statement


def synonymous(statement: str) -> str:
    """Return a statement with one word for every rise, fall and standstill."""
    for word, words in {
        "提升": "提高|增长|增加|上升|扩大|增强",
        "下降": "减少|降低|缩减|压降",
        "持平": "不变|相同|一致",
    }.items():
        statement = re.sub(words, word, statement)
    return statement


class Piece(NamedTuple):
    """A stretch of two texts: the same in both, or what stands in each; one of them may be empty."""

    old: str
    new: str


def differences(old: str, new: str) -> Iterator[Piece]:
    """Yield the stretches of two texts in their order; the `old` parts make up the old text, the `new` the new one.

    Numbers and Latin words are compared as wholes, Chinese by characters.
    """
    before, after = (re.findall(r"[0-9][0-9.,]*|[A-Za-z]+|.", text, re.DOTALL) for text in (old, new))
    for _, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield Piece("".join(before[i:j]), "".join(after[k:m]))
