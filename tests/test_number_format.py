"""A workbook's numbers and dates, as the sheet shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from generator.forms.number_formats import decimal, shown, shown_date


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("5513159.84", "General", "5513159.84"),
        ("1424386", "General", "1424386"),
        ("5513159.84", "#,##0.00", "5,513,159.84"),
        ("5513159.84", "[$¥-804]#,##0.00", "¥5,513,159.84"),
        ("5513159.84", "#,##0.##", "5,513,159.84"),
        ("5513159.8", "#,##0.0#", "5,513,159.8"),
        ("5513159.84", "#,###.00", "5,513,159.84"),
        ("5513159.84", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5,513,159.84"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-5", "#,##0_);(#,##0)", "(5)"),
        ("5513159.84", "#,##0.00,", "5,513.16"),
        ("5", '"≥"0"次"', "≥5次"),
        ("5", 'General"人"', "5人"),
        ("0.9", "≥0%", "≥90%"),
        ("0.985", "0.0%", "98.5%"),
        ("90", '0"%"', "90%"),
        ("0", '0;-0;"无"', "无"),
        ("7", "000", "007"),
        ("2.5", "0", "3"),
        # not understood: the number in full
        ("5513159.84", '0!.0,"万"', "5513159.84"),
        ("0.5", "# ?/?", "0.5"),
        ("12.5", "[>100]0;0.0", "12.5"),
        ("12.5", "0.00E+00", "12.5"),
    ],
)
def test_a_number_by_its_code(number: str, code: str, text: str) -> None:
    assert shown(Decimal(number), code) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('yyyy"年"m"月"', "2025年9月"),
        ('[$-804]yyyy"年"m"月"d"日";@', "2025年9月1日"),
        ('m"月"d"日"', "9月1日"),
        ("yyyy/m/d;@", "2025/9/1"),
        ("yyyy\\-mm\\-dd", "2025-09-01"),
        ("mm-dd-yy", "2025-09-01"),  # the short date of whoever opens it
        ("yyyy-mm-dd hh:mm", "2025-09-01"),
    ],
)
def test_a_date_by_its_code(code: str, text: str) -> None:
    assert shown_date(date(2025, 9, 1), code) == text


def test_no_noise_of_binary_fractions() -> None:
    assert str(decimal(0.1 + 0.2)) == "0.3"
    assert shown(decimal(5513159.840000001), "General") == "5513159.84"
