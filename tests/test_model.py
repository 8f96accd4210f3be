"""The form as types: lossless, five states of a figure, faults at their place with a Chinese repair."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from support import RED_CROSS, SMALL

from generator.content import json_schema, yaml_reader, yaml_writer
from generator.content.validation import nearest, validate
from generator.declaration.model import Declaration, Department, Indicator
from generator.declaration.quantity import Amount, Count
from generator.declaration.site import Site


def read(text: str) -> tuple[Declaration | None, list[tuple[int, int, str]]]:
    tree = yaml_reader.load(text.encode(), "f.yaml")
    declaration, found = validate(Declaration, tree)
    return declaration, [(d.mark.line, d.mark.column, d.code) for d in tree.diagnostics + found]


def declared(text: str) -> Declaration:
    declaration, found = read(text)
    assert declaration is not None, found
    return declaration


@pytest.mark.parametrize("file", sorted(RED_CROSS.glob("2*.yaml")), ids=lambda f: f.name)
def test_the_real_declaration_is_written_as_it_was_read(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert json_schema.modeline("declaration") + yaml_writer.to_yaml(declared(text)) == text


def test_long_form_order_and_blank_headings_survive() -> None:
    text = SMALL + (
        "  效益指标:\n    社会效益指标:\n      知晓率:\n        指标目标值: ≥85%\n        原名: 认知率\n"
        "        权重: 10\n  投入管理指标:\n    资产管理:\n    预算信息化: 按规定设置\n"
        "来源:\n  批复日期: 2024-01-31\n"
    )
    declaration = declared(text)
    assert yaml_writer.to_yaml(declaration) == text
    assert declaration.targets["投入管理指标"] == {"资产管理": None, "预算信息化": "按规定设置"}
    *_, last = declaration.indicators()
    assert last.path == ("分解目标", "效益指标", "社会效益指标", "知晓率")
    assert (last.indicator.former_name, last.indicator.weight) == ("认知率", Decimal(10))
    assert declaration.source is not None
    assert declaration.source.approved == date(2024, 1, 31)


@pytest.mark.parametrize(
    ("printed", "value", "see"),
    [
        ("5,513,159.84", Decimal("5513159.84"), None),
        ("0.00", Decimal("0.00"), None),
        ("12", Decimal(12), None),
        ("不适用", None, None),
        ("未公开", None, None),
        ("详见附件2", None, "详见附件2"),
    ],
)
def test_amount_keeps_its_text_and_state(printed: str, value: Decimal | None, see: str | None) -> None:
    amount = Amount.read(printed)
    assert (str(amount), amount.value, amount.see) == (printed, value, see)


def test_absent_is_a_state_of_its_own() -> None:
    states = [
        declared(SMALL.replace("年末资产总额: 5.00\n", line)).assets
        for line in (
            "",
            "年末资产总额: 0.00\n",
            "年末资产总额: 不适用\n",
            "年末资产总额: 未公开\n",
            "年末资产总额: 见附件2\n",
        )
    ]
    assert states[0] is None
    assert len(set(states)) == 5


@pytest.mark.parametrize(
    "printed",
    [
        "-1.00",
        "1.005",
        "５１３",
        "1_000",
        "1e5",
        "1,00.00",
        "5,513,15.84",
        "五百",
        "",
        "1.",
        ".5",
        "100元",
        "+1",
        " 1",
    ],
)
def test_no_other_text_is_an_amount(printed: str) -> None:
    assert read(SMALL.replace("财政拨款: 60.00", f'财政拨款: "{printed}"'))[1] == [(13, 11, "F204")]


@pytest.mark.parametrize("printed", ["9.5", "９", "-1", "约9", "1,0"])
def test_no_other_text_is_a_count(printed: str) -> None:
    with pytest.raises(Exception, match="不是整数"):
        Count.read(printed)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("年度: 2024", "年度: 24", (1, 5, "F204")),
        ("年度: 2024", "年度:", (1, 4, "F204")),
        ("部门名称: 某区示例局\n", "", (1, 1, "F202")),
        ("部门名称:", "部门名:", [(2, 1, "F201")]),
        ("  - 职责一\n", "  职责一\n", (4, 3, "F203")),
        ("  - 职责一\n", "  - 甲: 乙\n", (4, 5, "F204")),
        ("    主要内容: 内容一\n", "", (8, 5, "F202")),
        ("    其他资金: 40.00", "    其他资金: [40.00]", (14, 11, "F204")),
        ("    财政拨款: 60.00\n", "", (12, 3, "F202")),
        ("演练场次: ≥1.00(次)", "演练场次:", (22, 12, "F204")),
        ("演练场次: ≥1.00(次)", "演练场次: [1]", (22, 13, "F204")),
        ("演练场次: ≥1.00(次)", "演练场次: {原名: 甲}", (22, 7, "F202")),
        ("演练场次: ≥1.00(次)", "演练场次: {指标目标值: 甲, 权重: 101}", (22, 28, "F204")),
        ("      演练场次: ≥1.00(次)", "      - 演练场次", (22, 7, "F203")),
        ("  产出指标:\n    数量指标:\n      演练场次: ≥1.00(次)\n", "  - 产出指标\n", (20, 3, "F203")),
    ],
)
def test_a_fault_has_its_place(old: str, new: str, expected: Any) -> None:
    assert old in SMALL
    assert read(SMALL.replace(old, new, 1))[1] == (expected if isinstance(expected, list) else [expected])


def test_an_unknown_key_names_the_nearest() -> None:
    tree = yaml_reader.load(SMALL.replace("年末资产总额", "年末资产总额(元)").encode(), "f")
    _, [fault] = validate(Declaration, tree)
    assert "年末资产总额" in fault.repair
    tree = yaml_reader.load(SMALL.replace("基本支出:", "基本支处:").encode(), "f")
    _, found = validate(Declaration, tree)
    assert [d.repair for d in found if d.code == "F201"] == ["是否应为“基本支出”？"]


def test_a_damaged_line_is_reported_once() -> None:
    assert read(SMALL.replace("财政拨款: 60.00", "财政拨款: [60.00"))[1] == [(13, 11, "Y101")]


TREES = st.recursive(
    st.none() | st.sampled_from(["2024", "1.00", "文", "", "2024-02-30", "http://", "见附件"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [f.alias or n for m in (Declaration, Indicator, Site, Department) for n, f in m.model_fields.items()]
                + [
                    "任务名称",
                    "主要内容",
                    "财政拨款",
                    "SHA-256",
                    "网址",
                    "批复日期",
                    "部门整体预算总额",
                    "资金来源",
                    "甲",
                    "",
                    " ",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(TREES)
def test_every_fault_that_a_model_can_raise_has_a_chinese_sentence(data: Any) -> None:
    tree = yaml_reader.load(yaml_writer.dump(data).encode(), "f")
    for model in (Declaration, Department, Site):
        for fault in validate(model, tree)[1]:
            assert any("一" <= c <= "鿿" for c in fault.message)
            assert any("一" <= c <= "鿿" for c in fault.repair)


@pytest.mark.parametrize("old", ["年度", "部门职责", "年度重点任务", "预算情况", "分解目标"])
def test_every_section_of_the_form_is_required(old: str) -> None:
    data = yaml_reader.load(SMALL.encode(), "f").data
    assert isinstance(data, dict)
    del data[old]
    with pytest.raises(ValidationError):
        Declaration.model_validate(data)


def test_nearest() -> None:
    assert nearest("基本支处", ["项目支出", "基本支出"]) == "基本支出"
    assert nearest("甲乙丙丁", ["项目支出"]) is None
