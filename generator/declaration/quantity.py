"""Amounts, counts, years and dates as a form states them: the printed text and what it means.

A form's figure has five states that readers and tools confuse: absent (the field is not there at all, None in
the model), a number (zero is one), 不适用, 未公开, and "see another document". The text is kept to the letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Generic, NamedTuple, Self, TypeVar

from pydantic import GetCoreSchemaHandler, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

NOT_APPLICABLE = "不适用"
UNDISCLOSED = "未公开"
_ELSEWHERE = re.compile(r"详?见.+")
# Strict ASCII patterns: Decimal and int also take ５１３, 1_000 and 1e5, which no form prints.
AMOUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)
_COUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)", re.ASCII)
_SCORE = re.compile(r"\d+(\.\d+)?", re.ASCII)
_RATE = re.compile(r"\d+(\.\d+)?%?", re.ASCII)
_DATE = re.compile(r"(19|20)\d{2}-\d{2}-\d{2}", re.ASCII)  # what a workbook can hold begins in 1900
_YEAR = re.compile(r"(19|20)\d{2}", re.ASCII)

_ELSE = "没有数字时写“不适用”“未公开”或“见……”。"
_UNSTATED = f"{NOT_APPLICABLE}|{UNDISCLOSED}|{_ELSEWHERE.pattern}"

MAX_DIGITS = 15  # before the decimal point: hundreds of trillions of 元, more than the national budget

Number = TypeVar("Number", Decimal, int)


def written(pattern: str, expected: str) -> dict[str, object]:
    """Describe a scalar for editors, with the sentence that they show; unquoted, YAML may take it for a number."""
    return {"type": ["string", "number"], "pattern": pattern, "patternErrorMessage": expected}


def fault(message: str, repair: str, corrected: str | None = None) -> PydanticCustomError:
    """Make the exception by which a validator reports a Chinese sentence, its repair, and the one safe correction."""
    return PydanticCustomError("form", "{message}", {"message": message, "repair": repair, "corrected": corrected})


def _folded(words: str, pattern: re.Pattern[str]) -> str | None:
    """Return the text in half-width digits and separators, without blanks and 元, if that is what `pattern` asks."""
    plain = re.sub(r"\s|元$", "", unicodedata.normalize("NFKC", words))
    return plain if pattern.fullmatch(plain) else None


class Printed(NamedTuple):
    """How a kind of figure is printed: what editors call it, an example, the text of a number.

    `wrong` says what a text is not, `repair` how to write it, `expected` the same in an editor; a `unit` may follow.
    """

    called: str
    example: str
    pattern: re.Pattern[str]
    wrong: str
    repair: str
    expected: str
    unit: str = ""


@dataclass(frozen=True)
class Figure(Generic[Number]):
    """A figure of the form: `text` as printed, `value` the number, or None when none is stated."""

    text: str
    value: Number | None
    printed: ClassVar[Printed]
    number: ClassVar[type[Decimal] | type[int]] = Decimal

    def __str__(self) -> str:
        return self.text

    @property
    def see(self) -> str | None:
        """Return the reference when the form points to another document instead of giving a number."""
        return self.text if self.value is None and is_reference(self.text) else None

    @classmethod
    def read(cls, text: object) -> Self:
        """Read printed text such as `5,513,159.84` or `未公开`; raises a Chinese form fault."""
        as_is = cls.printed
        words = _words(text, as_is.called, f"如 {as_is.example}")
        if is_unstated(words):
            return cls(words, None)
        if not as_is.pattern.fullmatch(words):
            corrected = _folded(words.removesuffix(as_is.unit), as_is.pattern)
            raise fault(as_is.wrong.format(words), f"{as_is.repair}，如 {as_is.example}；{_ELSE}", corrected)
        return cls(words, cls.number(_digits(words.rstrip("%"), as_is.called)))  # type: ignore[arg-type]

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        as_text = core_schema.plain_serializer_function_ser_schema(str)
        return core_schema.no_info_plain_validator_function(cls.read, serialization=as_text)

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: object, _handler: object) -> dict[str, object]:
        as_is = cls.printed
        pattern = f"^({as_is.pattern.pattern}|{_UNSTATED})$"
        return written(pattern, f"{as_is.expected}，如 {as_is.example}；{_ELSE}")


class Amount(Figure[Decimal]):
    """Money in 元 (预算法 art. 19), at most two decimals, never negative in a budget."""

    printed = Printed(
        "金额",
        "5,513,159.84",
        AMOUNT,
        "金额“{}”不是以元为单位、最多两位小数的数。",
        "只写半角数字，可用逗号按三位分节",
        "只写以元为单位、最多两位小数的半角数字",
    )

    @classmethod
    def read(cls, text: object) -> Self:
        """Read an amount, as other figures are read; of a negative one the sentence says just that."""
        if isinstance(text, str) and text.startswith(("-", "−", "－")):
            raise fault(f"金额不能是负数：{text}。", "核对原表；预算收支填正数。")
        return super().read(text)


class Unit(NamedTuple):
    """What a count counts: stands beside it in the model, Annotated[Count, Unit("人")]."""

    name: str


class Count(Figure[int]):
    """A number of people, units or divisions."""

    printed = Printed("个数", "9", _COUNT, "“{}”不是整数。", "只写半角数字", "只写整数，半角数字")
    number = int


class Score(Figure[Decimal]):
    """Points: a weight (分值) or a score (得分) of a result form, as printed."""

    printed = Printed("分数", "9.85", _SCORE, "“{}”不是分数。", "只写半角数字", "只写半角数字", unit="分")


class Rate(Figure[Decimal]):
    """A share in percent (执行率), as printed: with the sign or without, `value` is 86.18 for 86.18%."""

    printed = Printed("百分比", "86.18%", _RATE, "“{}”不是百分比。", "只写半角数字和 %", "只写半角数字和 %")


def _words(value: object, what: str, example: str) -> str:
    if value is None:
        raise fault(f"这里应填{what}，不能空着。", f"填写{what}（{example}）；表上没有这一项就删去整行。")
    if not isinstance(value, str):
        raise fault(f"这里应是一个{what}，不是列表或下级项目。", f"在冒号后面直接写{what}，{example}。")
    return value


def _digits(words: str, what: str) -> str:
    """Return a number without its separators; one with more digits than any form prints is refused."""
    plain = words.replace(",", "")
    if (count := len(plain.partition(".")[0])) > MAX_DIGITS:
        raise fault(f"{what}有 {count} 位整数，超过上限 {MAX_DIGITS} 位。", "核对原表，多半是重复输入或漏了小数点。")
    return plain


def is_reference(words: str) -> bool:
    """Tell words that point to another document in place of a figure: 见附件2."""
    return _ELSEWHERE.fullmatch(words) is not None


def is_unstated(words: str) -> bool:
    """Tell what stands in place of a number: 不适用, 未公开, or a reference to another document."""
    return words in (NOT_APPLICABLE, UNDISCLOSED) or is_reference(words)


def _year(value: object) -> int:
    words = _words(value, "年度", "如 2024")
    if not _YEAR.fullmatch(words):
        raise fault(f"“{words}”不是年度。", "写四位数字，如 2024。", _folded(words, _YEAR))
    return int(words)


def _day(value: object) -> date:
    words = _words(value, "日期", "如 2024-02-05")
    try:
        if _DATE.fullmatch(words):
            return date.fromisoformat(words)
    except ValueError:
        pass
    raise fault(f"“{words}”不是日期。", "按年-月-日写，如 2024-02-05。", _folded(words, _DATE))


def _month_day(value: object) -> tuple[int, int]:
    words = _words(value, "月和日", "如 06-30")
    try:
        if re.fullmatch(r"\d{2}-\d{2}", words, re.ASCII):
            day = date.fromisoformat(f"2023-{words}")  # a day of every year
            return day.month, day.day
    except ValueError:
        pass
    raise fault(f"“{words}”不是每年都有的一天。", "按月-日写，如 06-30。", _folded(words, re.compile(r"\d{2}-\d{2}")))


def _weight(value: object) -> Decimal:
    words = _words(value, "权重", "如 10")
    if not AMOUNT.fullmatch(words) or (weight := Decimal(words.replace(",", ""))) > 100:
        raise fault(f"“{words}”不是 0 到 100 之间的权重。", "写半角数字，如 10。")
    return weight


AS_TEXT = PlainSerializer(str, return_type=str)
Year = Annotated[
    int, PlainValidator(_year), AS_TEXT, WithJsonSchema(written(f"^{_YEAR.pattern}$", "写四位数字，如 2024。"))
]
Day = Annotated[
    date,
    PlainValidator(_day),
    AS_TEXT,
    WithJsonSchema(written(f"^{_DATE.pattern}$", "按年-月-日写，如 2024-02-05。")),
]
MonthDay = Annotated[
    tuple[int, int],
    PlainValidator(_month_day),
    PlainSerializer(lambda day: f"{day[0]:02}-{day[1]:02}", return_type=str),
    WithJsonSchema(written(r"^\d{2}-\d{2}$", "按月-日写，如 06-30。")),
]
Weight = Annotated[
    Decimal,
    PlainValidator(_weight),
    AS_TEXT,
    WithJsonSchema(written(f"^{AMOUNT.pattern}$", "写 0 到 100 之间的半角数字，如 10。")),
]
