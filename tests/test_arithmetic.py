"""What the rules on amounts say, word for word, and the limits at which they begin to."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_rules import Case, written

from generator import build


def budget(total: str) -> str:
    parts = f"资金来源: {{财政拨款: {total}}}\n  资金结构: {{基本支出: {total}}}"
    return f"预算情况:\n  部门整体预算总额: {total}\n  {parts}\n"


def assets(amount: str) -> str:
    return f"年末资产总额: {amount}\n"


def goal(text: str) -> str:
    return f"年度履职目标:\n  - {text}\n"


@pytest.mark.parametrize(
    ("code", "earlier", "later", "said"),
    [
        (
            "A401",
            "",
            budget("100.00").replace("{财政拨款: 100.00}", "{财政拨款: 60.00, 其他资金: 39.99}"),
            "“资金来源”各项合计 99.99 元，与预算总额 100.00 元相差 0.01 元。",
        ),
        (
            "A402",
            "",
            budget("100.00").replace("{基本支出: 100.00}", "{基本支出: 70.01, 项目支出: 30.00}"),
            "“资金结构”各项合计 100.01 元，与预算总额 100.00 元相差 0.01 元。",
        ),
        ("A403", assets("1.00"), assets("5000.00"), "由 1.00 元变为 5,000.00 元"),
        ("A403", assets("1.00"), assets("4999.99"), None),
        ("A403", assets("20000.00"), assets("1.00"), "由 20,000.00 元变为 1.00 元"),
        ("A403", assets("1.00"), assets("20000.01"), None),
        ("A404", assets("1.00"), assets("10.00"), "由 1.00 元变为 10.00 元，相差十倍以上"),
        ("A404", assets("1.00"), assets("9.99"), None),
        ("A404", assets("1.00"), assets("4999.99"), "相差十倍以上"),
        ("A404", assets("1.00"), assets("5000.00"), None),
        ("A405", budget("1999.99"), "年末在职人数: 2\n" + budget("1999.99"), "预算总额 1,999.99 元，在职 2 人"),
        ("A405", "", "年末在职人数: 2\n" + budget("2000.00"), None),
        ("A406", "", assets("100.00"), "年末资产总额 100.00 元，不到预算总额 1,000,000.00 元的万分之一"),
        ("A406", "", assets("100.01"), None),
        ("A407", "", goal("基本支出占71.1%。"), "文字写基本支出占比 71.1%，按表上的金额应是 70.0%。"),
        ("A407", "", goal("基本支出占71%。"), None),
        (
            "A408",
            budget("800000.00"),
            goal("预算总额同比下降25%。"),
            "文字写预算总额同比下降 25%，按表上的金额应是 -25%。",
        ),
        ("A408", budget("1250000.00"), goal("预算总额同比下降20%。"), None),
        ("A408", budget("100000.00"), goal("预算总额同比增长900%。"), None),
        ("A408", budget("未公开"), goal("预算总额同比增长25%。"), None),
        ("A408", budget("800000.00"), goal("2023年预算总额同比增长3%，预算总额同比增长9%。"), "同比增长 9%"),
        ("A410", "年末在职人数: 10\n", "年末在职人数: 80\n", "在职人数由 10 人变为 80 人。"),
        ("A410", "年末在职人数: 10\n", "年末在职人数: 79\n", None),
        ("A413", "", goal("部门预算总额为105.00万元。"), "文字写预算总额 105.00万元，表上是 1,000,000.00 元。"),
        ("A413", "", goal("部门预算总额为100.01万元。"), None),
        ("A413", "", goal("部门预算总额为100.02万元。"), "100.02万元"),
        ("A413", "", goal("部门预算总额为1,000,000元。"), None),
    ],
)
def test_where_a_rule_begins(code: str, earlier: str, later: str, said: str | None, tmp_path: Path) -> None:
    files = {"2023.yaml": earlier or assets("未公开"), "2024.yaml": later}
    _, diagnostics = build.check(written(Case(code, "", "", files), tmp_path / "content"))
    found = [d.message for d in diagnostics if d.code == code]
    assert (len(found) == 1 and said in found[0]) if said else found == [], found


@pytest.mark.parametrize(
    ("code", "said", "column"), [("A407", "基本支出占71.1%。", 10), ("A413", "部门预算总额为105.00万元。", 12)]
)
def test_the_place_is_that_of_the_number_that_is_wrong(code: str, said: str, column: int, tmp_path: Path) -> None:
    _, diagnostics = build.check(written(Case(code, "", "", {"2024.yaml": goal(said)}), tmp_path / "content"))
    [found] = [d for d in diagnostics if d.code == code]
    assert f"2024.yaml:2:{column}: " in str(found)
