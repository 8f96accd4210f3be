"""Where editors type: schemas that complete and check, this year's file from last year's, safe repairs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from support import CONTENT, ROOT, SMALL

from generator import build, cli
from generator.content import json_schema, starter, yaml_reader
from generator.diagnostics.model import has_errors
from generator.pages import editing
from generator.rules import documentation

ANSWERABLE = documentation.answerable()


@pytest.mark.parametrize("name", json_schema.MODELS)
def test_the_schema_in_the_repository_is_the_model(name: str) -> None:
    assert (ROOT / f"schemas/{name}.schema.json").read_text(encoding="utf-8") == json_schema.text(name, ANSWERABLE)
    jsonschema.Draft7Validator.check_schema(json_schema.schema(name, ANSWERABLE))


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
        json_schema.schema("results" if ".results." in file.name else "declaration", ANSWERABLE),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("年末资产总额", "年末资产总合"), ("60.00", "六十"), ("年度: 2024", "年度: 24"), ("部门职责:\n  - 职责一\n", "")],
)
def test_what_check_refuses_the_schema_refuses(old: str, new: str) -> None:
    data = yaml_reader.load(SMALL.replace(old, new).encode(), "f").data
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema.schema("declaration", ANSWERABLE))


def test_every_entry_tells_what_it_is() -> None:
    declaration = json_schema.schema("declaration", ANSWERABLE)
    sections = [declaration, *declaration["definitions"].values()]
    entries = [e for s in sections for option in s.get("anyOf", [s]) for e in option.get("properties", {}).values()]
    assert len(entries) > 25
    assert [e["title"] for e in entries if "title" in e and "description" not in e] == []


def test_numbers_that_yaml_guesses_are_taken_too() -> None:
    data = json.loads(json.dumps(yaml_reader.load(SMALL.encode(), "f").data))
    data["年度"], data["预算情况"]["部门整体预算总额"] = 2024, 100.0
    data["分解目标"]["产出指标"]["数量指标"]["演练场次"] = 220
    jsonschema.validate(data, json_schema.schema("declaration", ANSWERABLE))


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
    [waiting] = diagnostics
    assert waiting.message.startswith(f"有 {text.count('待确认')} 个值还没有确认")
    assert waiting.message.endswith("：第 5、7、9—10、12、14—15、17—19、24 行。")
    file.write_text(text.replace("待确认 ", ""), encoding="utf-8")
    assert not has_errors(build.check(content)[1])
    assert cli.main(["new", "some-bureau", "2025", "--content", str(content)]) == 1  # nothing is overwritten
    assert file.read_text(encoding="utf-8") == text.replace("待确认 ", "")


def test_new_for_a_first_declaration(small: Callable[..., Path]) -> None:
    content = small(files={"other/department.yaml": "部门名称: 另一局\n"})
    assert cli.main(["new", "other", "2024", "--content", str(content)]) == 0
    assert [d.code for d in build.check(content)[1] if d.mark.file.startswith("content/other")] == ["F209"]
    file = content / "other/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("待确认 ", ""), encoding="utf-8")
    left = [d for d in build.check(content)[1] if d.mark.file == "content/other/2024.yaml"]
    lines = file.read_text(encoding="utf-8").splitlines()
    unread = {number for number, line in enumerate(lines, 1) if "照表填写" in line}
    assert {d.mark.line for d in left if d.code in ("F204", "T601")} == unread  # marks taken off, nothing filled in
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


def test_registered_headings_are_known_to_editors(small: Callable[..., Path], tmp_path: Path) -> None:
    content = small(
        files={"site.yaml": "网站名称: 某区\n补充指标分类:\n  过程指标: [管理指标]\n  产出指标: [安全指标]\n"}
    )
    assert cli.main(["schema", "-o", str(tmp_path / "schemas"), "--content", str(content)]) == 0
    made = json.loads((tmp_path / "schemas/declaration.schema.json").read_text(encoding="utf-8"))
    known = made["properties"]["分解目标"]["properties"]
    assert list(known["过程指标"]["properties"]) == ["管理指标"]
    assert {"数量指标", "安全指标"} <= set(known["产出指标"]["properties"])


def test_the_setting_of_the_page_for_editing_is_one_of_two(small: Callable[..., Path]) -> None:
    content = small(files={"site.yaml": "网站名称: 某区\n在线编辑页: 也许\n"})
    [fault] = [d for d in build.check(content)[1] if d.mark.file.endswith("site.yaml")]
    assert (fault.code, fault.mark.line) == ("F204", 2)
    assert "“公开”或“不公开”" in fault.message


def test_the_task_of_the_editor_reads_what_check_prints(
    small: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = json.loads(starter.files({})[".vscode/tasks.json"])
    ours = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))
    assert ours["tasks"][0]["problemMatcher"] == tasks["tasks"][0]["problemMatcher"]
    twice = SMALL.replace("2024", "2025").replace("部门职责:", "部门名称: 又一局\n部门职责:")
    content = small(("职责一", "职责一XX"), files={"some-bureau/2025.yaml": twice})
    cli.main(["check", "--notices", str(content)])
    printed = capsys.readouterr().out.splitlines()
    found = {}
    for matcher in tasks["tasks"][0]["problemMatcher"]:
        pattern = matcher["pattern"]
        matches = [match for line in printed if (match := re.match(pattern["regexp"], line))]
        found[matcher["severity"]] = [
            (m[pattern["file"]], int(m[pattern["line"]]), m[pattern["code"]]) for m in matches
        ]
    assert ("content/some-bureau/2025.yaml", 3) in [place[:2] for place in found["error"]]  # the name stands twice
    assert ("content/some-bureau/2024.yaml", 4) in [place[:2] for place in found["warning"]]
    said = sum(" 改法：" in f" {line.strip()}" for line in printed)
    assert sum(map(len, found.values())) == said  # every finding has its place


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/group/site", "https://github.com/group/site/upload/main/content/{folder}"),
        (
            "https://gitlab.example.org/group/site/",
            "https://gitlab.example.org/group/site/-/tree/main/content/{folder}",
        ),
        ("https://gitee.com/group/site", "https://gitee.com/group/site/tree/main/content/{folder}"),
        ("https://code.example.org/group/site", "https://code.example.org/group/site"),
        ("https://notgithub.example.org/site", "https://notgithub.example.org/site"),
    ],
)
def test_where_a_code_host_takes_files(repository: str, address: str) -> None:
    assert editing.upload(repository, "content") == address
    new = address if "github.com" in address else address.removesuffix("/{folder}")  # where no page of it can be shown
    assert editing.upload(repository, "content", is_new=True) == new


def test_the_page_for_editing_knows_the_form(small: Callable[..., Path]) -> None:
    content = small(files={"site.yaml": "网站名称: 某区\n补充指标分类:\n  产出指标: [安全指标]\n"})
    declarations, _ = build.check(content)
    known = json.loads(editing.form(declarations).removeprefix("window.editing = ").removesuffix(";\n"))
    assert known["departments"] == [{"address": "some-bureau", "name": "某区示例局", "years": [2024], "results": []}]
    assert "安全指标" in known["headings"]["产出指标"]
    sums = known["sums"]["declaration"]
    assert [total["code"] for total in sums] == ["A401", "A402"]
    for total in sums:  # the codes are those of the rules on these parts
        wrong = SMALL.replace("财政拨款: 60.00" if total["at"][-1] == "资金来源" else "基本支出: 70.00", "{}: 1.00")
        text = wrong.replace("{}", "财政拨款" if total["at"][-1] == "资金来源" else "基本支出")
        (content / "some-bureau/2024.yaml").write_text(text, encoding="utf-8")
        assert [d.code for d in build.check(content)[1] if d.severity == "错误"] == [total["code"]]
    results = "年度: 2024\n部门名称: 某区示例局\n总分: 98   # 照录\n"
    (content / "some-bureau/2024.results.yaml").write_text(results, encoding="utf-8")
    folder = build.check(content)[0].departments[0]
    names = dict(editing.texts(folder))
    assert list(names) == [f"edit/texts/some-bureau/{name}.js" for name in ("department", "2024", "2024.results")]
    for name in ("2024", "2024.results"):
        script = names[f"edit/texts/some-bureau/{name}.js"]
        key, text = json.loads(script.removeprefix("editText(...").removesuffix(");\n"))
        file = content / f"some-bureau/{name}.yaml"
        assert (key, text) == (f"some-bureau/{name}", file.read_text(encoding="utf-8"))
