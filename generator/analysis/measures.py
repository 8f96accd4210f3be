"""Units of target values → a dimension and a factor; quantities → intervals that can be compared.

Two quantities can be compared only in one dimension: 1公里 and 1000米 can, 3次 and 3场 cannot. Scales (万, 亿) are
part of the number. Numbers are exact fractions. Of periods behind a stroke (次/季度, 次/年) none is converted:
four times a year is not once a quarter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from generator.declaration.reading import Reading


class Measure(NamedTuple):
    """A unit: how many of its dimension's base unit it is; `counts` where only whole numbers occur."""

    dimension: str
    factor: Fraction
    counts: bool


_SCALES = {
    "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
_PREFIX = re.compile("(万亿|百万|千万|亿|万|千(?![克米瓦])|百(?!分))?(.*)", re.DOTALL)
# Base unit of a dimension → its other names and their size; measures that are not listed are dimensions of their own.
_DIMENSIONS: dict[str, dict[str, Fraction | int | str]] = {
    "%": {"百分比": 1, "‰": "1/10"},
    "个百分点": {"百分点": 1},
    "米": {"m": 1, "延米": 1, "公里": 1000, "千米": 1000, "km": 1000, "Km": 1000, "KM": 1000, "厘米": "1/100",
          "cm": "1/100", "毫米": "1/1000", "mm": "1/1000"},
    "平方米": {"㎡": 1, "m2": 1, "m²": 1, "平米": 1, "平方": 1, "亩": "2000/3", "公顷": 10**4, "平方公里": 10**6,
            "km2": 10**6, "km²": 10**6},
    "立方米": {"m3": 1, "m³": 1, "立方": 1, "升": "1/1000", "L": "1/1000", "毫升": "1/1000000", "ml": "1/1000000",
            "mL": "1/1000000"},
    "克": {"g": 1, "公斤": 1000, "千克": 1000, "kg": 1000, "Kg": 1000, "KG": 1000, "吨": 10**6, "t": 10**6,
          "毫克": "1/1000", "mg": "1/1000", "微克": "1/1000000", "μg": "1/1000000", "ug": "1/1000000"},
    "分钟": {"min": 1, "秒": "1/60", "s": "1/60", "小时": 60, "个小时": 60, "h": 60, "天": 1440, "日": 1440,
           "自然日": 1440, "个自然日": 1440, "周": 10080, "星期": 10080, "个星期": 10080},
    "个工作日": {"工作日": 1},
    "个月": {"季度": 3, "个季度": 3, "年": 12},
    "千瓦": {"kW": 1, "KW": 1, "兆瓦": 1000, "MW": 1000},
    "千瓦时": {"kWh": 1},
    "分贝": {"dB": 1, "db": 1, "DB": 1},
    "摄氏度": {"℃": 1},
    "MB": {"GB": 1024, "TB": 1024**2},
    "Mbps": {"Gbps": 1000},
    "人": {"名": 1, "位": 1, "人员": 1},
    "台套": {"台(套)": 1},
}  # fmt: skip
_KNOWN = {
    name: (base, Fraction(size)) for base, names in _DIMENSIONS.items() for name, size in [(base, 1), *names.items()]
}
_PERIODS = {"年度": "年", "季": "季度", "月": "个月"}
# Of these there are parts; everything else is counted.
_DIVISIBLE = frozenset(_DIMENSIONS) - {"人", "台套"} | {"元", "倍", "分", "岁", "兆", "M", ""}


@lru_cache(1024)  # the same few units come again and again
def measure(unit: str | None) -> Measure:
    """Return what a unit measures; None is the dimension of numbers without a unit."""
    dimension, factor = _term(unit.partition("/")[0] if unit else "")
    counts = dimension not in _DIVISIBLE
    for divisor in (unit or "").split("/")[1:]:
        parts = re.fullmatch("([0-9]*)(.*)", divisor)
        assert parts is not None
        name, size = _per(parts[2])
        dimension, factor = f"{dimension}/{name}", factor / size / int(parts[1] or 1)
    return Measure(dimension, factor, counts and "/" not in dimension)


@lru_cache(8192)  # of the numbers, too
def in_base(number: Decimal, unit: str | None) -> Fraction:
    """Return a number of a unit in the base unit of its dimension."""
    return Fraction(number) * measure(unit).factor


def _term(name: str) -> tuple[str, Fraction]:
    if name in _KNOWN:
        return _KNOWN[name]
    parts = _PREFIX.fullmatch(name)
    assert parts is not None
    base, size = _KNOWN.get(parts[2], (parts[2], Fraction(1)))
    return base, size * _SCALES.get(parts[1] or "", 1)


def _per(name: str) -> tuple[str, Fraction]:
    base, size = _term(name)
    if base in ("分钟", "个月") or name in _PERIODS:
        return _PERIODS.get(name, name), Fraction(1)
    return base, size


@dataclass(frozen=True)
class Interval:
    """The values that meet a target, in the base unit of their dimension; None: no bound on that side."""

    low: Fraction | None
    high: Fraction | None
    dimension: str
    low_open: bool = False
    high_open: bool = False


def interval(reading: Reading) -> Interval | None:
    """Return the values that a quantity allows; a bare number allows itself. None: it states no number.

    Of things that are counted, more than 4 is at least 5.
    """
    if reading.number is None:
        return None
    unit = measure(reading.unit)
    number = in_base(reading.number, reading.unit)
    whole = unit.counts and number.denominator == 1
    match reading.comparator:
        case "≥":
            return Interval(number, None, unit.dimension)
        case "≤":
            return Interval(None, number, unit.dimension)
        case ">":
            return Interval(number + 1 if whole else number, None, unit.dimension, low_open=not whole)
        case "<":
            return Interval(None, number - 1 if whole else number, unit.dimension, high_open=not whole)
    high = number if reading.upper is None else in_base(reading.upper, reading.unit)
    return Interval(number, high, unit.dimension)
