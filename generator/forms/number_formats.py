"""How a workbook shows a number or a date: the format codes of ECMA-376 (Part 1, 18.8.31) that a form has.

A code that is not understood to the last character is not applied: the number is given in full.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"|[\\!].)|(?P<blank>_.|\*.)|\[\$(?P<currency>[^-\]]*)[^\]]*\]|(?P<colour>\[[A-Za-z]+\d*\])
    |(?P<number>[#0?][#0?,]*(?:\.[#0?]+)?,*|\.[#0?]+)|(?P<percent>%)|(?P<date>yyyy|yy|mm?|dd?)|(?P<general>General|G/通用格式)
    |(?P<plain>[-+/():\s¥￥$€<>≥≤=～~\u3000-\u9fff\uff00-\uffef])""",
    re.VERBOSE,
)


def full(number: Decimal) -> str:
    """Write a number with all its digits and no others."""
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def decimal(value: float) -> Decimal:
    """Return a stored number without the noise of binary fractions, in the fifteen digits that Excel keeps."""
    return Decimal(f"{value:.15g}")


def shown(number: Decimal, code: str) -> str:
    """Return a number as its format code shows it, or in full when the code is not understood."""
    sections = code.split(";")
    section = sections[0]
    if len(sections) > 1 and number < 0:
        section, number = sections[1], -number
    elif len(sections) > 2 and number == 0:
        section = sections[2]
    tokens = _tokens(section)
    kinds = [kind for kind, _ in tokens or []]
    if tokens is None or "date" in kinds or kinds.count("number") + kinds.count("general") > 1:
        return full(number)
    scaled = number * 100 ** kinds.count("percent")
    texts = [
        _digits(scaled, text) if kind == "number" else full(scaled) if kind == "general" else text
        for kind, text in tokens
    ]
    return "".join(texts).strip()


def shown_date(day: date, code: str) -> str:
    """Return a date as its format code shows it, or as YYYY-MM-DD: the Chinese short date, and codes with a time."""
    tokens = _tokens(code.split(";")[0])
    if tokens is None or not any(kind == "date" for kind, _ in tokens) or code.lower() == "mm-dd-yy":
        return f"{day:%Y-%m-%d}"
    parts = {"yyyy": f"{day:%Y}", "yy": f"{day:%y}", "mm": f"{day:%m}", "m": str(day.month), "dd": f"{day:%d}"}
    return "".join(parts.get(text, str(day.day)) if kind == "date" else text for kind, text in tokens).strip()


def _tokens(section: str) -> list[tuple[str, str]] | None:
    found, place = [], 0
    while place < len(section):
        match = _TOKEN.match(section, place)
        if match is None:
            return None
        kind, text = str(match.lastgroup), match[0]
        if kind == "text":
            text = text[1:-1] if text[0] == '"' else text[1:]
        elif kind == "currency":
            text = match["currency"]
        elif kind in ("blank", "colour"):
            text = ""
        found.append((kind, text))
        place = match.end()
    return found


def _digits(number: Decimal, code: str) -> str:
    """Write a number as #,##0.00 and the like say; a comma at the end divides by a thousand."""
    core = code.rstrip(",")
    number = number.scaleb(-3 * (len(code) - len(core)))
    whole, _, places = core.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    for mark in reversed(places):
        if mark == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    sign, text = ("-" if text.startswith("-") else ""), text.removeprefix("-")
    if "0" not in whole and text.startswith("0"):
        return sign + text[1:]  # # and ? show no zero
    return sign + text.zfill(whole.count("0") if "," not in whole else 1)
