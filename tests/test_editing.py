"""Where editors type: schemas that complete and check, this year's file from last year's, safe repairs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from support import CONTENT, ROOT, SMALL

from generator import build, cli
from generator.content import json_schema, yaml_reader
from generator.diagnostics.model import has_errors


@pytest.mark.parametrize("name", json_schema.MODELS)
def test_the_schema_in_the_repository_is_the_model(name: str) -> None:
    assert (ROOT / f"schemas/{name}.schema.json").read_text(encoding="utf-8") == json_schema.text(name)
    jsonschema.Draft7Validator.check_schema(json_schema.schema(name))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("site.yaml", "site"),
        ("minhang-red-cross/department.yaml", "department"),
        ("minhang-red-cross/2024.yaml", "declaration"),
    ],
)
def test_every_file_leads_an_editor_to_its_schema(file: str, name: str) -> None:
    first, _ = (CONTENT / file).read_text(encoding="utf-8").split("\n", 1)
    assert first + "\n" == json_schema.modeline(name)
    assert ((CONTENT / file).parent / first.partition("$schema=")[2]).resolve() == ROOT / f"schemas/{name}.schema.json"


@pytest.mark.parametrize(
    "file", sorted([*CONTENT.glob("*/[12]*.yaml"), *ROOT.glob("tests/cases/[!b]*/content/*/[12]*.yaml")]), ids=str
)
def test_what_check_takes_the_schema_takes(file: Path) -> None:
    jsonschema.validate(
        yaml_reader.load(file.read_bytes(), "f").data,
        json_schema.schema("results" if ".results." in file.name else "declaration"),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("年末资产总额", "年末资产总合"), ("60.00", "六十"), ("年度: 2024", "年度: 24"), ("部门职责:\n  - 职责一\n", "")],
)
def test_what_check_refuses_the_schema_refuses(old: str, new: str) -> None:
    data = yaml_reader.load(SMALL.replace(old, new).encode(), "f").data
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema.schema("declaration"))


def test_every_entry_tells_what_it_is() -> None:
    declaration = json_schema.schema("declaration")
    sections = [declaration, *declaration["definitions"].values()]
    entries = [e for s in sections for option in s.get("anyOf", [s]) for e in option.get("properties", {}).values()]
    assert len(entries) > 25
    assert [e["title"] for e in entries if "title" in e and "description" not in e] == []


def test_numbers_that_yaml_guesses_are_taken_too() -> None:
    data = json.loads(json.dumps(yaml_reader.load(SMALL.encode(), "f").data))
    data["年度"], data["预算情况"]["部门整体预算总额"] = 2024, 100.0
    data["分解目标"]["产出指标"]["数量指标"]["演练场次"] = 220
    jsonschema.validate(data, json_schema.schema("declaration"))


def test_new_starts_from_last_year_and_waits_for_confirmation(small: Callable[..., Path]) -> None:
    content = small(("≥1.00(次)", "{指标目标值: ≥1.00(次), 原名: 旧名}"))
    assert cli.main(["new", "some-bureau", "2025", "--content", str(content)]) == 0
    file = content / "some-bureau/2025.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/declaration.schema.json\n年度: 2025\n")
    assert "    财政拨款: 待确认 60.00\n" in text
    assert "原名" not in text
    diagnostics = [d for d in build.check(content)[1] if d.mark.file.endswith("2025.yaml")]
    assert {d.code for d in diagnostics} == {"F209"}
    assert len(diagnostics) == text.count("待确认")
    file.write_text(text.replace("待确认 ", ""), encoding="utf-8")
    assert not has_errors(build.check(content)[1])
    assert cli.main(["new", "some-bureau", "2025", "--content", str(content)]) == 1  # nothing is overwritten
    assert file.read_text(encoding="utf-8") == text.replace("待确认 ", "")


def test_new_for_a_first_declaration(small: Callable[..., Path]) -> None:
    content = small(files={"other/department.yaml": "部门名称: 另一局\n"})
    assert cli.main(["new", "other", "2024", "--content", str(content)]) == 0
    assert {d.code for d in build.check(content)[1] if d.mark.file.startswith("content/other")} == {"F209"}
    assert cli.main(["new", "nowhere", "2024", "--content", str(content)]) == 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("60.00", "６０．００"),
        ("60.00", "60.00元"),
        ("年末资产总额: 5,555.00", "年末资产总额: 5，555.00"),
        ("年度: 2024", "年度: ２０２４"),
        ("演练场次: '>1次' # 说明", "演练场次: >1次 # 说明"),
        ("演练场次: '%90'", "演练场次: %90"),
        ("演练场次: ≥90次 # 说明", "演练场次: ≧90次 # 说明"),
        ("演练场次: '>90次'", "演练场次: '＞90次'"),
        ("主要内容: 宣传，培训。", "主要内容: 宣传,培训。。"),
    ],
)
def test_fix_repairs_what_is_safe_and_nothing_else(small: Callable[..., Path], right: str, wrong: str) -> None:
    base = SMALL.replace("年末资产总额: 5.00", "年末资产总额: 5,555.00").replace(
        "部门职责:", "# 一行注释\n部门职责:   # 又一处"
    )
    key = right.split(":")[0] + ":" if ":" in right else None
    good = (
        base
        if key is None
        else "".join(
            line[: line.index(key)] + right + "\n" if key in line else line for line in base.splitlines(keepends=True)
        )
    )
    content = small(files={"some-bureau/2024.yaml": good.replace(right, wrong)})
    assert cli.main(["check", str(content)]) == ("≧" not in wrong and "＞" not in wrong)  # a look-alike is a notice
    assert cli.main(["check", "--fix", str(content)]) == 0
    assert (content / "some-bureau/2024.yaml").read_text(encoding="utf-8") == good


SHA256 = "14b69c566dbe7000d6c138e9e7d3a8efe604ad84ac87b422bb726a7df52c15a2"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  文件: sources/2024.txt", f"  文件: sources/2024.txt\n  SHA-256: {SHA256}"),
        ("  文件: 'sources/2024.txt'  # 原件\n", f"  文件: 'sources/2024.txt'  # 原件\n  SHA-256: {SHA256}\n"),
        (
            "    文件: sources/2024.txt\n    公开日期: 2024-02-05\n",
            f"    文件: sources/2024.txt\n    SHA-256: {SHA256}\n    公开日期: 2024-02-05\n",
        ),
    ],
)
def test_fix_registers_the_checksum_of_a_document(
    small: Callable[..., Path], before: str, after: str, end: str
) -> None:
    content = small(files={"some-bureau/sources/2024.txt": "原始文件的内容\n"})
    file = content / "some-bureau/2024.yaml"
    file.write_bytes(f"{SMALL}来源:\n{before}".replace("\n", end).encode())
    assert cli.main(["check", "--fix", str(content)]) == 0
    assert file.read_bytes() == f"{SMALL}来源:\n{after}".replace("\n", end).encode()


@pytest.mark.parametrize(
    "source",
    [
        f"来源:\n  文件: sources/2024.txt\n  SHA-256: {SHA256[::-1]}\n",  # another file, or another checksum?
        "来源: {文件: sources/2024.txt}\n",
        "来源: {\n  文件: sources/2024.txt\n  }\n",
        "来源:\n  文件:\n    sources/2024.txt\n",
        '来源:\n  "文件": "sources\\x2f2024.txt"\n',
        "来源:\n  文件: sources/2023.txt\n",
    ],
)
def test_fix_adds_no_checksum_where_it_would_break_something(small: Callable[..., Path], source: str) -> None:
    content = small(files={"some-bureau/sources/2024.txt": "原始文件的内容\n"})
    file = content / "some-bureau/2024.yaml"
    file.write_text(SMALL + source, encoding="utf-8")
    assert cli.main(["check", "--fix", str(content)]) == 1
    assert file.read_text(encoding="utf-8") == SMALL + source


def test_fix_leaves_what_needs_a_person(small: Callable[..., Path]) -> None:
    content = small(("财政拨款: 60.00", "财政拨款: 约60"), ("≥1.00(次)", "[≥1.00(次)"))
    before = (content / "some-bureau/2024.yaml").read_bytes()
    assert cli.main(["check", "--fix", str(content)]) == 1
    assert (content / "some-bureau/2024.yaml").read_bytes() == before
