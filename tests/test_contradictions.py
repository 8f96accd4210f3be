"""Contradictions sown into sound results: each is reported once, at its line, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from support import SMALL

from generator import build
from generator.diagnostics.model import Severity

_TARGETS = """\
分解目标:
  产出指标:
    数量指标:
      演练场次: ≥4次
      管网长度: ≥266米
      培训人次: ≥200人次
      覆盖街镇数: =14.00(个街镇)
    质量指标:
      验收合格率: ≥95%
      演练内容相符性: 相符
    时效指标:
      完成及时性: 及时(2024年9月底前)
    成本指标:
      会议支出: ≤30万元
  效益指标:
    社会效益指标:
      有责投诉: 无投诉
      知晓率: 较2023年提升
  满意度指标:
    服务对象满意度指标:
      群众满意度: ≥90%
"""
DECLARATION = SMALL.split("分解目标:")[0] + _TARGETS
EARLIER = """\
年度: 2023
部门名称: 某区示例局
指标完成情况:
  效益指标:
    社会效益指标:
      知晓率: 80%
"""
SOUND = """\
年度: 2024
部门名称: 某区示例局
资金情况:
  年度资金总额: {年初预算数: "240,000.00", 全年预算数: "250,000.00", 全年执行数: "215,457.60", 分值: 10, \
执行率: 86.18%, 得分: 8.62}
  财政拨款: {年初预算数: "200,000.00", 全年预算数: "200,000.00", 全年执行数: "180,000.00", 执行率: 90%}
  其他资金: {年初预算数: "40,000.00", 全年预算数: "50,000.00", 全年执行数: "35,457.60", 执行率: 70.92%}
目标完成情况:
  - 预期目标: 目标一
    实际完成情况: 全部完成
类别分值: {产出指标: 60, 效益指标: 20, 满意度指标: 10}
指标完成情况:
  产出指标:
    数量指标:
      演练场次: {实际完成值: 5次, 年度指标值: ≥4.00(次), 分值: 10, 得分: 10, 复核分: 10}
      管网长度: {实际完成值: 240米, 年度指标值: ≥266米, 分值: 10, 得分: 9.02, 原因: 一段管网延到下一年}
      培训人次: {实际完成值: 240, 年度指标值: ≥200人次, 分值: 10, 得分: 10}
      覆盖街镇数: {实际完成值: 14个街镇, 分值: 5, 得分: 5}
    质量指标:
      验收合格率: {实际完成值: 98%, 年度指标值: ≥95%, 分值: 5, 得分: 5}
      演练内容相符性: {实际完成值: 达成预期指标, 分值: 5, 得分: 5}
    时效指标:
      完成及时性: {实际完成值: 2024年8月20日, 分值: 5, 得分: 5}
    成本指标:
      会议支出: {实际完成值: 28.5万元, 分值: 10, 得分: 10}
  效益指标:
    社会效益指标:
      有责投诉: {实际完成值: 0起, 分值: 10, 得分: 10}
      知晓率: {实际完成值: 82%, 分值: 10, 得分: 10}
  满意度指标:
    服务对象满意度指标:
      群众满意度: {实际完成值: 93.5%, 分值: 10, 得分: 10}
总分: 97.64
等级: 优
评价结论: 全年目标基本实现。
评分说明: 90分以上为优，80分以上为良，60分以上为中，其余为差。
评分:
  分值: {资金情况: 10, 产出指标: 60}
  等级: [{名称: 优, 下限: 90}, {名称: 良, 下限: 80}, {名称: 中, 下限: 60}, {名称: 差, 下限: 0}]
  文字分档: {达成预期指标: {上限: 100, 下限: 80}, 部分达成预期指标: {上限: 80, 下限: 50}, \
未达成预期指标: {上限: 50, 下限: 0}}
来源:
  公开日期: 2025-05-20
"""


class Seed(NamedTuple):
    """What is replaced in the results (or, where it stands there, in the declaration), and the report expected."""

    code: str
    at: str  # what the line that is reported begins with
    changes: tuple[str, ...]  # old, new, old, new …


def seed(code: str, at: str, *changes: str) -> Seed:
    return Seed(code, at, changes)


NO_HEADINGS = ("类别分值: {产出指标: 60, 效益指标: 20, 满意度指标: 10}\n", "", ", 产出指标: 60}", "}")
SEEDS = [
    # The same indicator, under its own name
    seed("R902", "演练总场次", "演练场次: {", "演练总场次: {"),
    seed("R902", "管网总长度", "管网长度: {", "管网总长度: {"),
    seed("R902", "满意度: {", "群众满意度: {", "满意度: {"),
    seed("R902", "会议费支出", "会议支出: {", "会议费支出: {"),
    seed("R903", "指标完成情况", "覆盖街镇数: =14.00(个街镇)\n", "覆盖街镇数: =14.00(个街镇)\n      宣传场次: ≥2次\n"),
    seed("R903", "指标完成情况", "群众满意度: ≥90%\n", "群众满意度: ≥90%\n      职工满意度: ≥90%\n"),
    seed(
        "R903",
        "指标完成情况",
        "会议支出: ≤30万元\n",
        "会议支出: ≤30万元\n      人均成本: ≤90元\n      单位造价: ≤9元\n",
    ),
    # The target that was promised
    seed("R904", "管网长度", "年度指标值: ≥266米", "年度指标值: ≥240米", "得分: 9.02", "得分: 10", "97.64", "98.62"),
    seed("R904", "管网长度", "年度指标值: ≥266米", "年度指标值: 266米"),
    seed("R904", "培训人次", "年度指标值: ≥200人次", "年度指标值: ≥200人"),
    seed(
        "R904",
        "验收合格率",
        "年度指标值: ≥95%",
        "年度指标值: ≤95%",
        "得分: 5}\n      演练内容",
        "得分: 4.85, 原因: 按表计算}\n      演练内容",
        "97.64",
        "97.49",
    ),
    # Misses and lost points without a reason
    seed("R905", "管网长度", ", 原因: 一段管网延到下一年", ""),
    seed("R905", "群众满意度", "93.5%, 分值: 10, 得分: 10", "85.5%, 分值: 10, 得分: 9.5", "97.64", "97.14"),
    seed(
        "R905",
        "演练内容相符性",
        "达成预期指标, 分值: 5, 得分: 5",
        "部分达成预期指标, 分值: 5, 得分: 3",
        "97.64",
        "95.64",
    ),
    seed("R905", "完成及时性", "2024年8月20日", "2024年10月8日"),
    seed("R905", "知晓率", "实际完成值: 82%", "实际完成值: 79%"),
    seed("R905", "有责投诉", "实际完成值: 0起", "实际完成值: 3起"),
    seed(
        "R905", "演练内容相符性", "达成预期指标, 分值: 5, 得分: 5", "达成预期指标, 分值: 5, 得分: 4.5", "97.64", "97.14"
    ),
    # Far above the target
    seed("R906", "培训人次", "实际完成值: 240,", "实际完成值: 2400,"),
    seed("R906", "演练场次", "实际完成值: 5次", "实际完成值: 50次"),
    seed("R906", "管网长度", "实际完成值: 240米", "实际完成值: 2.4公里", "得分: 9.02", "得分: 10", "97.64", "98.62"),
    # The money
    seed(
        *("R911", "年度资金总额", '"240,000.00", 全年预算数: "250,000.00", 全年执行数: "215,457.60"'),
        "0.00, 全年预算数: 0.00, 全年执行数: 0.00",
    ),
    seed("R911", "年度资金总额", '其他资金: {年初预算数: "40,000.00"', '其他资金: {年初预算数: "45,000.00"'),
    seed("R911", "年度资金总额", '"200,000.00", 全年执行数', '"200,000.01", 全年执行数'),
    seed("R911", "年度资金总额", '全年执行数: "35,457.60", 执行率: 70.92%', '全年执行数: "25,457.60", 执行率: 50.92%'),
    seed("R912", "年度资金总额", "86.18%", "86.19%"),
    seed("R912", "年度资金总额", "86.18%, 得分: 8.62", "96.18%, 得分: 9.62", "97.64", "98.64"),
    seed("R912", "财政拨款", "执行率: 90%", "执行率: 91%"),
    seed("R912", "其他资金", "70.92%", "0.7092"),
    seed("R913", "年度资金总额", "得分: 8.62", "得分: 10", "97.64", "99.02"),
    seed("R913", "年度资金总额", "得分: 8.62", "得分: 9", "97.64", "98.02"),
    seed("R913", "年度资金总额", "得分: 8.62", "得分: 8.61", "97.64", "97.63"),
    seed("R913", "年度资金总额", "得分: 8.62", "得分: 0", "97.64", "89.02", "等级: 优", "等级: 良"),
    # Weights
    seed(
        "R914",
        "指标完成情况",
        *NO_HEADINGS,
        "93.5%, 分值: 10, 得分: 10",
        "93.5%, 分值: 20, 得分: 20",
        "97.64",
        "107.64",
    ),
    seed("R914", "指标完成情况", *NO_HEADINGS, "0起, 分值: 10, 得分: 10", "0起, 分值: 5, 得分: 5", "97.64", "92.64"),
    seed(
        "R914",
        "指标完成情况",
        *NO_HEADINGS,
        "达成预期指标, 分值: 5, 得分: 5",
        "达成预期指标, 分值: 6, 得分: 6",
        "97.64",
        "98.64",
    ),
    seed("R915", "类别分值", "{产出指标: 60, ", "{产出指标: 50, "),
    seed("R915", "类别分值", "效益指标: 20", "效益指标: 30"),
    seed("R915", "类别分值", "满意度指标: 10}", "满意度指标: 15}"),
    seed("R915", "类别分值", "满意度指标: 10}", "满意度指标: 10, 质量指标: 20}"),
    seed("R921", "产出指标", "资金情况: 10, 产出指标: 60", "资金情况: 10, 产出指标: 50"),
    seed("R921", "年度资金总额", "资金情况: 10, 产出指标: 60", "资金情况: 20, 产出指标: 60"),
    # The total and its grade
    seed("R916", "总分", "总分: 97.64", "总分: 99.33"),
    seed("R916", "总分", "总分: 97.64", "总分: 97.65"),
    seed("R916", "总分", "总分: 97.64", "总分: 97.5"),
    seed("R916", "总分", "总分: 97.64", "总分: 98"),
    seed("R916", "总分", "总分: 97.64", "总分: 100"),
    seed("R917", "等级", "等级: 优", "等级: 良"),
    seed("R917", "等级", "等级: 优", "等级: 合格"),
    seed("R917", "等级", "名称: 优, 下限: 90", "名称: 优, 下限: 98"),
    # Scores
    seed("R918", "演练场次", "得分: 10, 复核分: 10", "得分: 11, 复核分: 10", "97.64", "98.64"),
    seed("R918", "演练场次", "复核分: 10", "复核分: 10.5"),
    seed("R918", "完成及时性", "20日, 分值: 5, 得分: 5", "20日, 分值: 5, 得分: 6", "97.64", "98.64"),
    seed("R918", "年度资金总额", "得分: 8.62", "得分: 12", "97.64", "101.02"),
    seed("R919", "管网长度", "得分: 9.02", "得分: 10", "97.64", "98.62"),
    seed("R919", "管网长度", "得分: 9.02", "得分: 9", "97.64", "97.62"),
    seed("R919", "验收合格率", "实际完成值: 98%", "实际完成值: 94%"),
    seed("R919", "群众满意度", "93.5%, 分值: 10, 得分: 10", "93.5%, 分值: 10, 得分: 7", "97.64", "94.64"),
    seed("R919", "会议支出", "28.5万元, 分值: 10, 得分: 10", "40万元, 分值: 10, 得分: 9", "97.64", "96.64"),
    seed(
        "R919", "演练内容相符性", "达成预期指标, 分值: 5, 得分: 5", "达成预期指标, 分值: 5, 得分: 3", "97.64", "95.64"
    ),
    # Scores that nothing was measured for
    seed("R920", "管网长度", "实际完成值: 240米", "实际完成值: ≥266米"),
    seed("R920", "会议支出", "实际完成值: 28.5万元", "实际完成值: 完成"),
    seed("R920", "群众满意度", "实际完成值: 93.5%", "实际完成值: 达成预期指标"),
    seed("R920", "培训人次", "实际完成值: 240,", "实际完成值: 检测140人次、筛查100人次,"),
    seed("R920", "验收合格率", "实际完成值: 98%, ", ""),
    seed("R920", "演练内容相符性", "实际完成值: 达成预期指标, ", ""),
    # Left over, impossible
    seed("T601", "评价结论", "全年目标基本实现。", "全年目标XX实现。"),
    seed("S304", "公开日期", "2025-05-20", "2099-05-20"),
]


def report(content: Path) -> list[tuple[str, str, str]]:
    """Return code, file and line of every finding."""
    _, found = build.check(content)
    texts = {d.mark.file: (content.parent / d.mark.file).read_text(encoding="utf-8").splitlines() for d in found}
    return [
        (d.code, d.mark.file, texts[d.mark.file][d.mark.line - 1].strip())
        for d in found
        if d.code not in ("S302",) and "2024.results" in d.mark.file
    ]


def written(small: Callable[..., Path], results: str, declaration: str = DECLARATION) -> Path:
    earlier = SMALL.split("分解目标:")[0].replace("2024", "2023")
    return small(
        files={
            "some-bureau/2023.yaml": earlier + "分解目标: {效益指标: {社会效益指标: {知晓率: ≥80%}}}\n",
            "some-bureau/2023.results.yaml": EARLIER,
            "some-bureau/2024.yaml": declaration,
            "some-bureau/2024.results.yaml": results,
        }
    )


def test_there_are_enough() -> None:
    assert len(SEEDS) >= 60
    assert len({s.changes for s in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("sown", SEEDS, ids=lambda s: f"{s.code}-{s.at}")
def test_a_contradiction_is_reported_once_at_its_line(small: Callable[..., Path], sown: Seed) -> None:
    results, declaration = SOUND, DECLARATION
    for old, new in zip(sown.changes[::2], sown.changes[1::2], strict=True):
        assert old in results or old in declaration, old
        if old in results:
            results = results.replace(old, new, 1)
        else:
            declaration = declaration.replace(old, new, 1)
    [(code, _, line)] = report(written(small, results, declaration))
    assert (code, line.startswith(sown.at)) == (sown.code, True), line


SOUND_VARIANTS = {
    "as it is": (),
    "rounded to a tenth": ("得分: 9.02", "得分: 9.0", "总分: 97.64", "总分: 97.62"),
    "the total rounded": ("总分: 97.64", "总分: 97.6"),
    "by the initial budget": ("86.18%, 得分: 8.62", "89.77%, 得分: 8.98", "97.64", "98.00"),
    "the reviewer's total": ("复核分: 10}", "复核分: 9, 原因: 少一场记录}", "97.64", "96.64"),
    "the target in other writing": ("年度指标值: ≥266米", "年度指标值: ≧266.00(米)"),
    "without scores": (
        "分值: 10, 得分: 10}\n      知晓率",
        "原因: 没有发生}\n      知晓率",
        "总分: 97.64\n等级: 优\n",
        "",
    ),
    "nothing said of it": (
        "实际完成值: 93.5%, 分值: 10, 得分: 10",
        "实际完成值: 未公开",
        "总分: 97.64\n等级: 优\n",
        "",
    ),
}


@pytest.mark.parametrize("changes", SOUND_VARIANTS.values(), ids=SOUND_VARIANTS)
def test_sound_results_give_no_report(small: Callable[..., Path], changes: tuple[str, ...]) -> None:
    results = SOUND
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in results, old
        results = results.replace(old, new, 1)
    if "分值: 10, 得分: 10}\n      知晓率" not in results or "93.5%" not in results:
        results = results.replace("类别分值: {产出指标: 60, 效益指标: 20, 满意度指标: 10}\n", "")
    assert report(written(small, results)) == []


def test_a_warning_is_settled_by_a_reason(small: Callable[..., Path]) -> None:
    wrong = SOUND.replace("总分: 97.64", "总分: 98")
    answer = "说明事项: [{规则: R916, 理由: 公布的原表如此}]\n"
    assert [code for code, *_ in report(written(small, wrong))] == ["R916"]
    assert report(written(small, wrong + answer)) == []
    assert [code for code, *_ in report(written(small, SOUND + answer))] == ["F210"]


def test_nothing_of_it_stops_the_build(small: Callable[..., Path]) -> None:
    """What was printed wrongly was printed: it is shown, and said."""
    _, found = build.check(written(small, SOUND.replace("总分: 97.64", "总分: 98")))
    assert [d for d in found if d.severity is Severity.ERROR] == []
