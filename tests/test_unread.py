"""Damaged results are judged by their sound parts: one slip silences nothing but what reads it, and is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import SMALL

from generator import build

Small = Callable[..., Path]
DECLARATION = SMALL.replace(
    "      演练场次: ≥1.00(次)\n", "      演练场次: ≥4次\n      管网长度: ≥266米\n    质量指标:\n      合格率: ≥95%\n"
)
# In order, but for the rate of the money, which is answered.
RESULTS = """\
年度: 2024
部门名称: 某区示例局
自评日期: 2025-03-18
资金情况:
  年度资金总额:
    年初预算数: 100.00
    全年执行数: 50.00
    分值: 10
    执行率: 49%
    得分: 5
  财政拨款:
    年初预算数: 60.00
    全年执行数: 30.00
  其他资金:
    年初预算数: 40.00
    全年执行数: 20.00
目标完成情况:
  - 预期目标: 目标一
    实际完成情况: 全部完成
类别分值:
  产出指标: 90
指标完成情况:
  产出指标:
    数量指标:
      演练场次:
        实际完成值: 5次
        分值: 30
        得分: 30
      管网长度:
        实际完成值: 133米
        年度指标值: ≥266米
        分值: 30
        得分: 15
        原因: 一段延期
    质量指标:
      合格率: {实际完成值: 96%, 分值: 30, 得分: 30}
总分: 80
等级: 良
评分:
  分值:
    资金情况: 10
    产出指标: 90
  等级: [{名称: 优, 下限: 90}, {名称: 良, 下限: 80}, {名称: 差, 下限: 0}]
进度:
  - 截至日期: 2024-06-30
    指标完成情况: {产出指标: {数量指标: {演练场次: 2次}}}
说明事项:
  - 规则: R912
    理由: 公布的原表如此
"""
SITE = "网站名称: 某区\n评分:\n  分值: {资金情况: 20}\n  等级: [{名称: 好, 下限: 70}, {名称: 坏, 下限: 0}]\n"


def told(content: Path) -> list[tuple[int, str]]:
    """Return line and code of all that is said of the results of 2024, but for notices."""
    found = build.check(content)[1]
    return [(d.mark.line, d.code) for d in found if d.mark.file.endswith("results.yaml") and d.severity != "提示"]


@pytest.fixture
def content(small: Small) -> Path:
    made = small(
        files={"some-bureau/2024.yaml": DECLARATION, "some-bureau/2024.results.yaml": RESULTS, "site.yaml": SITE}
    )
    assert told(made) == []
    return made


def damages(line: str) -> Iterator[str]:
    """Yield the slips of one line: a colon or a letter too few or too many, brackets, quotes, indentation."""
    name, colon, _ = line.partition(":")
    if colon:
        yield line.replace(":", "", 1)
        yield line.replace(":", "字:", 1)
        yield from (f"{name}: {wrong}" for wrong in ("[一]", "@9", "[九", "'九", ""))
    yield f" {line}"
    if line.startswith("  "):
        yield line[1:]


@pytest.mark.parametrize("file", ["2024.yaml", "2024.results.yaml"])
def test_a_slip_is_told_where_it_is_and_nowhere_else(content: Path, file: str) -> None:
    text = RESULTS if "results" in file else DECLARATION
    lines = text.splitlines()
    damaged = [
        "\n".join([*lines[:number], wrong, *lines[number + 1 :]]) + "\n"
        for number, line in enumerate(lines)
        for wrong in damages(line)
    ]
    checked = 0
    for wrong in damaged:
        (content / "some-bureau" / file).write_text(wrong, encoding="utf-8")
        found = [d for d in build.check(content)[1] if d.severity != "提示"]
        if any(d.code[0] in "YF" for d in found):
            checked += 1
            assert {d.code[0] for d in found} <= {"Y", "F"}, wrong
    assert checked > len(damaged) * 0.7  # the others are other names, which are told as such


WRONG = (
    ("得分: 15", "得分: 14"),  # follows from nothing, and makes another total: R919, R916
    ("年度指标值: ≥266米", "年度指标值: ≥200米"),  # R904
    ("年初预算数: 60.00", "年初预算数: 61.00"),  # R911
    ("等级: 良", "等级: 优"),  # R917
)


@pytest.mark.parametrize(
    ("slip", "code", "silent"),
    [
        (("自评日期: 2025-03-18", "自评日期: 三月"), "F204", set()),
        (("自评日期: 2025-03-18", "自评日期 2025-03-18"), "Y101", set()),
        (("自评日期: 2025-03-18", "自评日期: @三月"), "Y101", set()),
        (("自评日期", "自评的日期"), "F201", set()),
        (("  - 预期目标: 目标一", "  - 预期的目标: 目标一"), "F201", set()),
        (("实际完成值: 5次", "实际完成值: [5次]"), "F204", set()),
        (("实际完成值: 5次", "实际完成情况: 5次"), "F201", {"R916"}),
        (
            ("      演练场次:\n        实际完成值: 5次\n        分值: 30\n        得分: 30", "      演练场次:"),
            "F204",
            {"R916"},
        ),
        (("得分: 30}", "得分: 三十}"), "F204", {"R916"}),
        (("原因: 一段延期", "原因: [一段延期]"), "F204", {"R919", "R904"}),
        (("总分: 80", "总分: 八十"), "F204", {"R916", "R917"}),
        (("年初预算数: 40.00", "年初预算数: 4O.00"), "F204", {"R911", "R916"}),
        (("下限: 90", "下限: 九十"), "F204", {"R917", "R919"}),
        (("截至日期: 2024-06-30", "截至日期: 六月"), "F204", set()),
    ],
)
def test_a_slip_silences_only_the_rules_that_read_it(
    content: Path, slip: tuple[str, str], code: str, silent: set[str]
) -> None:
    text = RESULTS
    for old, new in WRONG:
        text = text.replace(old, new)
    file = content / "some-bureau/2024.results.yaml"
    file.write_text(text, encoding="utf-8")
    every = {"R904", "R911", "R916", "R917", "R919"}
    assert {c for _, c in told(content)} == every
    assert slip[0] in text
    file.write_text(text.replace(*slip, 1), encoding="utf-8")
    assert sorted(c for _, c in told(content)) == sorted([code, *(every - silent)])


def test_two_faults_in_one_part_are_two_reports(content: Path) -> None:
    wrong = RESULTS.replace("{名称: 优, 下限: 90}, {名称: 良, 下限: 80}", "{名称: 优, 下限: 九十-}, {名称: 良}")
    wrong = wrong.replace("年度指标值: ≥266米", "年度指标值: ≥200米").replace("{演练场次: 2次}", "[演练场次, {}]")
    (content / "some-bureau/2024.results.yaml").write_text(wrong, encoding="utf-8")
    assert sorted(c for _, c in told(content)) == ["F202", "F203", "F204", "R904"]


def test_promises_that_cannot_be_read_are_told_with_the_declaration(content: Path) -> None:
    wrong = RESULTS.replace("管网长度", "管网总长").replace("年初预算数: 60.00", "年初预算数: 61.00")
    (content / "some-bureau/2024.results.yaml").write_text(wrong, encoding="utf-8")
    assert {c for _, c in told(content)} == {"R902", "R911"}
    declaration = content / "some-bureau/2024.yaml"
    declaration.write_text(DECLARATION.replace("年末资产总额: 5.00", "年末资产总额: 五元"), encoding="utf-8")
    assert {c for _, c in told(content)} == {"R902", "R911"}  # the promises can be read
    declaration.write_text(DECLARATION.replace("≥266米", "[≥266米]"), encoding="utf-8")
    assert {c for _, c in told(content)} == {"R911"}
    declaration.write_text("年度: 2024\n  - 表\n", encoding="utf-8")
    assert {c for _, c in told(content)} == {"R911"}  # and no word that there is none


def test_an_answer_that_cannot_be_read_may_answer_any_warning(content: Path) -> None:
    file = content / "some-bureau/2024.results.yaml"
    file.write_text(RESULTS.replace("规则: R912", "规则: [R912]"), encoding="utf-8")
    assert [c for _, c in told(content)] == ["F204"]
    file.write_text(RESULTS.replace("理由: 公布的原表如此", "理由:"), encoding="utf-8")
    assert [c for _, c in told(content)] == ["F204"]
    two = RESULTS.replace("理由: 公布的原表如此", "理由:").replace("等级: 良", "等级: 优")
    file.write_text(two, encoding="utf-8")
    assert sorted(c for _, c in told(content)) == ["F204", "R917"]


def test_results_beside_a_broken_department_are_judged(content: Path) -> None:
    wrong = RESULTS.replace("年初预算数: 60.00", "年初预算数: 61.00").replace("得分: 30}", "得分: 三十}")
    (content / "some-bureau/2024.results.yaml").write_text(wrong, encoding="utf-8")
    (content / "some-bureau/department.yaml").write_text("部门名: 某区示例局\n", encoding="utf-8")
    assert sorted(c for _, c in told(content)) == ["F204", "R911"]
