"""YAML as text with places: nothing guessed, every fault at its line and column, all faults in one run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content import yaml_reader, yaml_writer


def faults(text: str | bytes) -> list[tuple[int, int, str]]:
    raw = text if isinstance(text, bytes) else text.encode()
    return [(d.mark.line, d.mark.column, d.code) for d in yaml_reader.load(raw, "f.yaml").diagnostics]


def test_scalars_stay_text() -> None:
    text = "a: no\nb: 012\nc: 12:30:45\nd: 2024-02-30\ne: ~\nf: null\ng: 1_000\nh: ''\ni:\n"
    assert yaml_reader.load(text.encode(), "f").data == {
        **{"a": "no", "b": "012", "c": "12:30:45", "d": "2024-02-30", "e": "~", "f": "null", "g": "1_000"},
        **{"h": "", "i": None},
    }


def test_every_entry_has_its_place() -> None:
    tree = yaml_reader.load("部门职责:\n  - 一\n  - 二\n预算: {财政拨款: 1.00}\n".encode(), "f.yaml")
    assert str(tree.value("部门职责", 1)) == "f.yaml:3:5"
    assert str(tree.key("预算", "财政拨款")) == "f.yaml:4:6"
    assert str(tree.value("预算", "财政拨款")) == "f.yaml:4:12"
    assert str(tree.value("预算", "没有的")) == "f.yaml:4:5"  # the nearest that encloses it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: >=90\n", (1, 4, "Y101")),
        ("a: %90\n", (1, 4, "Y101")),
        ("a: `x`\n", (1, 4, "Y101")),
        ("a:\n\tb: 1\n", (2, 1, "Y101")),
        ("a: [1, 2\nb: 3\n", (1, 4, "Y101")),
        ('a: "没有收尾\nb: 3\n', (1, 4, "Y101")),
        ("a: 甲: 乙\n", (1, 5, "Y101")),
        ("a: 1\n年度：2024\nb: 2\n", (2, 3, "Y101")),
        ("年度:2024\nb: 2\nc: 3\n", (1, 3, "Y101")),  # reads on into every line below
        ("# 注\n年度:\u00a02024\nb: 2\nc: 3\n", (2, 3, "Y101")),
        ("a:\n  总额\t5,513.84\n  b: 2\nc: 3\n", (2, 5, "Y101")),
        ("a:\n  总额\n    b: 2\n    c: 3\n", (2, 3, "Y101")),
        ("a: 长句\n  续行\n  再续: 又\n", (3, 5, "Y101")),  # the line above goes on as it should
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> 修改\nb: 3\n", (1, 1, "Y106")),
        ("a:\n  b: 1\n c: 2\n", (3, 2, "Y101")),
        ("a: 1\nb: 2\na: 3\n", (3, 1, "Y102")),
        ("a: &x 1\n", (1, 4, "Y103")),
        ("a: *x\n", (1, 4, "Y103")),
        ("a: !!int 1\n", (1, 4, "Y103")),
        ("a: 1\n---\nb: 2\n", (2, 1, "Y103")),
        ("? [a]\n: 1\n", (1, 3, "Y103")),
        ("a: 1\x07\n", (1, 5, "Y104")),
        ("a: 甲\u2028乙\n", (1, 5, "Y104")),
        (b"a: \xce\xde\n", (1, 4, "Y104")),
        ("a: " + "[" * 30 + "]" * 30 + "\n", (1, 24, "Y103")),
        ("a: " + "x" * yaml_reader.MAX_BYTES, (1, 1, "Y105")),
    ],
)
def test_a_fault_has_line_column_and_code(text: str | bytes, expected: tuple[int, int, str]) -> None:
    assert faults(text) == [expected]


def test_all_syntax_errors_in_one_run() -> None:
    text = "a: >=90\nb: [1\nc:\n\td: 1\ne: 5\nf: 'x\ng: %1\n"
    assert [line for line, _, _ in faults(text)] == [1, 2, 4, 6, 7]
    assert yaml_reader.load(text.encode(), "f").damaged == {1, 2, 4, 6, 7}


def test_repair_quotes_the_text() -> None:
    tree = yaml_reader.load("目标: >=90(%)\n".encode(), "f")
    assert tree.diagnostics[0].repair == "给整段文字加引号：'>=90(%)'"


LINE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12)
DATA = st.recursive(
    st.none() | LINE,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(LINE.filter(bool), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.dictionaries(LINE.filter(bool), DATA, min_size=1, max_size=4))
def test_what_dump_writes_load_reads(data: yaml_reader.Data) -> None:
    tree = yaml_reader.load(yaml_writer.dump(data).encode(), "f")
    assert (tree.data, tree.diagnostics) == (data, [])


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.text("ab:- \n\t[]{}>|%'\"&*!#,年度2024≥", max_size=60) | st.text(max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    yaml_reader.load(text.encode(errors="surrogatepass"), "f")


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.binary(max_size=40))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    yaml_reader.load(raw, "f")
