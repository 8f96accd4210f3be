"""The page for editing in a real browser: a change is its own lines, in any file, and a draft is never lost."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from support import CONTENT, RED_CROSS, SMALL, mkdocs_build

from generator import build
from generator.content import draft, yaml_reader
from generator.declaration.model import Declaration
from generator.pages import editing

Open = Callable[..., Page]
FILE = "edit/?file=minhang-red-cross/2024"
TEXT = (RED_CROSS / "2024.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> list[str]:
    """Return the lines that differ, as a diff shows them: -old, +new."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def saved(page: Page) -> str:
    """Press the button for the download; returns the text of the file."""
    with page.expect_download() as waited:
        page.get_by_role("button", name="下载文件").click()
    return Path(waited.value.path()).read_text(encoding="utf-8")


def value(page: Page, *path: str | int) -> Any:
    """Return the box of a value."""
    return page.locator(f"[data-path='{json.dumps(path, ensure_ascii=False, separators=(',', ':'))}']")


def part(page: Page, *path: str | int) -> Any:
    return page.locator(f"[data-at='{json.dumps(path, ensure_ascii=False, separators=(',', ':'))}']")


QUANTITY = ("分解目标", "产出指标", "数量指标")


@pytest.fixture(params=["http", "file"])
def page(request: pytest.FixtureRequest, open_page: Open) -> Page:
    """Open the real declaration for editing, from a server and from a disk."""
    if request.param == "http":
        return open_page(request.getfixturevalue("real_address") + FILE)
    site: Path = request.getfixturevalue("real_site")
    return open_page(f"{site.as_uri()}/edit/index.html?{FILE.partition('?')[2]}")


def test_a_figure_changed_is_one_line(page: Page) -> None:
    value(page, "年末在职人数").fill("10")
    expect(page.locator("#edit-differences")).to_have_text("“年末在职人数”由“9”改为“10”")
    assert changed(TEXT, saved(page)) == ["-年末在职人数: 9", "+年末在职人数: 10"]


def test_an_indicator_added_is_its_line(page: Page) -> None:
    group = page.get_by_role("group", name="增加指标：分解目标，产出指标，数量指标")
    group.get_by_label("名称").fill("救护员培训人数")
    group.get_by_label("目标值").fill(">300人")
    group.get_by_label("目标值").press("Enter")
    expect(value(page, *QUANTITY, "救护员培训人数")).to_be_focused()
    expect(page.locator("#edit-differences")).to_contain_text(
        "增加“分解目标›产出指标›数量指标›救护员培训人数”：“>300人”"
    )
    text = saved(page)
    assert changed(TEXT, text) == ["+      救护员培训人数: '>300人'"]
    assert text.index("造血干细胞征募志愿者入库人数") < text.index("救护员培训人数") < text.index("质量指标")


def test_indicators_are_renamed_and_removed(page: Page) -> None:
    part(page, *QUANTITY, "应急救援演练场次").get_by_label("指标名称").fill("演练场次")
    page.keyboard.press("Tab")
    part(page, *QUANTITY, "救援队业务培训场次").get_by_role("button", name="删去").click()
    assert changed(TEXT, saved(page)) == [
        "-      应急救援演练场次: ≥1.00(次)",
        "-      救援队业务培训场次: ≥1.00(次)",
        "+      演练场次: ≥1.00(次)",
    ]
    assert page.locator("#edit-differences li").all_inner_texts() == [
        "“分解目标›产出指标›数量指标›应急救援演练场次”改名为“演练场次”",
        "删去“分解目标›产出指标›数量指标›救援队业务培训场次”：“≥1.00(次)”",
    ]


def test_a_task_is_added_and_undone(page: Page) -> None:
    page.get_by_role("button", name="＋增加一项：年度重点任务").click()
    expect(page.locator("#edit-status")).to_contain_text("2 处问题")
    value(page, "年度重点任务", 5, "任务名称").fill("青少年工作")
    value(page, "年度重点任务", 5, "主要内容").fill("开展夏令营。")
    assert changed(TEXT, saved(page)) == ["+  - 任务名称: 青少年工作", "+    主要内容: 开展夏令营。"]
    for _ in range(3):
        page.get_by_role("button", name="撤销").click()
    expect(page.locator("#edit-status")).to_have_text("没有改动；没有发现问题")


def test_what_is_wrong_is_said_at_its_place_and_as_check_says_it(page: Page, real: Path) -> None:
    value(page, "预算情况", "资金来源", "财政拨款").fill("5,513,159.83")
    value(page, "年末在职人数").fill("九")
    expect(page.locator("#edit-status")).to_contain_text("2 处问题")
    told = page.locator("#edit-faults").inner_text()
    assert value(page, "年末在职人数").get_attribute("aria-invalid") == "true"
    assert "F204" in part(page, "年末在职人数").inner_text()
    page.locator("#edit-faults button", has_text="F204").click()
    expect(value(page, "年末在职人数")).to_be_focused()
    file = real / "minhang-red-cross/2024.yaml"
    unproved = re.sub(r"(?m)^来源:\n(?: .*\n)+", "", TEXT)  # with the document at hand only that it differs is said
    for wrong in ("财政拨款: 5,513,159.83", "年末在职人数: 九"):
        label = wrong.partition(":")[0]
        line = next(line for line in unproved.splitlines() if line.strip().startswith(f"{label}:"))
        file.write_text(unproved.replace(line, line.partition(label)[0] + wrong), encoding="utf-8")
        [fault] = [d for d in build.check(real)[1] if d.code in editing.CODES]
        assert fault.code in told
        assert fault.code != "A401" or fault.message in told


def test_a_draft_outlives_the_page_and_leaving_warns(page: Page) -> None:
    value(page, "年末在职人数").fill("12")
    expect(page.locator("#edit-status")).to_contain_text("1 处不同")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    expect(value(page, "年末在职人数")).to_have_value("12")
    expect(page.locator("#edit-message")).to_contain_text("已经恢复上次的草稿")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="放弃改动").click()
    page.reload()
    expect(value(page, "年末在职人数")).to_have_value("9")
    assert asked == ["beforeunload", "confirm"]


def test_a_new_year_starts_as_the_command_starts_it(page: Page) -> None:
    page.locator("#edit-file").select_option("new")
    expect(page.locator("#edit-year")).to_have_value("2025")
    page.get_by_role("button", name="打开", exact=True).click()
    expect(page.locator("#edit-title")).to_be_focused()
    text = saved(page)
    declaration = Declaration.model_validate(yaml_reader.load(TEXT.encode(), "f").data)
    assert (
        yaml_reader.load(text.encode(), "f").data == yaml_reader.load(draft.draft(declaration, 2025).encode(), "f").data
    )
    assert text.startswith("# yaml-language-server")
    marks = text.count("待确认")
    expect(page.locator("#edit-status")).to_contain_text(f"{marks} 处待确认")
    page.get_by_role("button", name="确认：年末在职人数").click()
    part(page, *QUANTITY, "应急救援演练场次").get_by_label("指标名称").fill("演练场次")
    page.keyboard.press("Tab")
    expect(page.locator("#edit-status")).to_contain_text(f"{marks - 1} 处待确认")
    text = saved(page)
    assert "\n年末在职人数: 9\n" in text
    assert "      演练场次:\n        指标目标值: 待确认 ≥1.00(次)\n        原名: 应急救援演练场次\n" in text


def test_a_new_department_and_its_first_year(page: Page, tmp_path: Path) -> None:
    page.locator("#edit-department").select_option("")
    page.get_by_label("部门全称").fill("某区民政局")
    page.get_by_label("文件夹名").fill("civil-affairs-bureau")
    page.locator("#edit-file").select_option("department")
    page.get_by_role("button", name="打开", exact=True).click()
    expect(page.locator("#edit-title")).to_have_text("civil-affairs-bureau/department.yaml")
    expect(page.locator("#edit-summary")).to_contain_text("新的部门要两个文件")
    page.get_by_role("button", name="＋成立年度").click()
    page.locator("[data-path='[\"成立年度\"]']").fill("2019")
    folder = tmp_path / "content/civil-affairs-bureau"
    folder.mkdir(parents=True)
    (folder.parent / "site.yaml").write_text("网站名称: 某区\n", encoding="utf-8")
    (folder / "department.yaml").write_text(saved(page), encoding="utf-8")
    page.locator("#edit-file").select_option("new")
    page.locator("#edit-year").fill("2025")
    page.get_by_role("button", name="打开", exact=True).click()
    expect(page.locator("#edit-title")).to_have_text("civil-affairs-bureau/2025.yaml")
    (folder / "2025.yaml").write_text(saved(page), encoding="utf-8")
    assert {d.code for d in build.check(folder.parent)[1]} == {"F209"}


# ---- any file that `check` takes

ODD = """\
# 第一行注释
年度:   2024   # 年度后面
部门名称: "某区示例局"

部门职责:
- 职责一   # 列表不缩进
- 职责二
年度履职目标:
  - |
    第一段
    第二段
年度重点任务: []
预算情况:
    部门整体预算总额: 100.00
    资金来源: {财政拨款: 60.00, 其他资金: 40.00}   # 一行
    资金结构:
        基本支出: '70.00'
        # 夹在中间的注释
        项目支出: 30.00
年末资产总额: 5.00
分解目标:
  产出指标:
    数量指标:
      演练场次: ≥1.00(次)   # 场次
      # 结尾的注释
      "培训: 次数": {指标目标值: ≥2次, 权重: 10}
    质量指标:
# 文件末尾的注释
"""
EDITS: list[tuple[str, list[Any], list[str]]] = [
    ("set", [["年度"], "2025"], ["-年度:   2024   # 年度后面", "+年度:   2025   # 年度后面"]),
    ("set", [["部门名称"], "某区另一局"], ['-部门名称: "某区示例局"', "+部门名称: 某区另一局"]),
    ("set", [["部门职责", 0], "职责：一"], ["-- 职责一   # 列表不缩进", "+- 职责：一   # 列表不缩进"]),
    ("put", [["部门职责", 2], "职责三"], ["+- 职责三"]),
    ("remove", [["部门职责", 0]], ["-- 职责一   # 列表不缩进"]),
    ("set", [["年度履职目标", 0], "一段"], ["-  - |", "-    第一段", "-    第二段", "+  - 一段"]),
    ("put", [["年度履职目标", 1], "又一项"], ["+  - 又一项"]),
    ("set", [["预算情况", "资金结构", "基本支出"], "0.00"], ["-        基本支出: '70.00'", "+        基本支出: 0.00"]),
    ("remove", [["预算情况", "资金结构", "项目支出"]], ["-        项目支出: 30.00"]),
    ("remove", [["年末资产总额"]], ["-年末资产总额: 5.00"]),
    ("put", [[*QUANTITY, "演练参与人数"], ">9人"], ["+      演练参与人数: '>9人'"]),
    ("put", [["分解目标", "产出指标", "质量指标", "合格率"], "100%"], ["+      合格率: 100%"]),
    ("put", [["分解目标", "产出指标", "时效指标"], None], ["+    时效指标:"]),
    ("remove", [[*QUANTITY, "演练场次"]], ["-      演练场次: ≥1.00(次)   # 场次"]),
    (
        "rename",
        [[*QUANTITY, "培训: 次数"], "培训#次数"],
        ['-      "培训: 次数": {指标目标值: ≥2次, 权重: 10}', "+      培训#次数: {指标目标值: ≥2次, 权重: 10}"],
    ),
    (
        "set",
        [[*QUANTITY, "培训: 次数", "指标目标值"], "≥2次,每次1天"],
        [
            '-      "培训: 次数": {指标目标值: ≥2次, 权重: 10}',
            "+      \"培训: 次数\": {指标目标值: '≥2次,每次1天', 权重: 10}",
        ],
    ),
    (
        "put",
        [[*QUANTITY, "培训: 次数", "原名"], "培训次数"],
        [
            '-      "培训: 次数": {指标目标值: ≥2次, 权重: 10}',
            '+      "培训: 次数": {指标目标值: ≥2次, 权重: 10, 原名: 培训次数}',
        ],
    ),
    (
        "remove",
        [[*QUANTITY, "培训: 次数", "权重"]],
        [
            '-      "培训: 次数": {指标目标值: ≥2次, 权重: 10}',
            '+      "培训: 次数": {指标目标值: ≥2次}',
        ],
    ),
]


def test_an_edit_changes_its_own_lines_in_any_style(open_page: Open, real_address: str) -> None:
    texts = open_page(f"{real_address}edit/").evaluate(
        "([text, edits]) => edits.map(([edit, given]) => yamlFile[edit](text, ...given))",
        [ODD, [[edit, given] for edit, given, _ in EDITS]],
    )
    for text, (edit, given, difference) in zip(texts, EDITS, strict=True):
        assert sorted(changed(ODD, text)) == sorted(difference), (edit, given)
        assert not yaml_reader.load(text.encode(), "f").diagnostics


WORDS = [
    ">92%",
    "a: b",
    "#x",
    "- x",
    "%90",
    "it's “好”",
    "*x",
    "?",
    "-",
    "---",
    "a:",
    "0.00",
    "null",
    "~",
    "true",
    "@x",
    "[1]",
]
WORDS += [
    "x, y",
    "{a}",
    "!t",
    "&a",
    "'引'",
    '"引"',
    "两段\n第二段",
    "见 #2",
    "2024年：",
    "|",
    ">",
    "`x`",
    "a\tb",
    "=14.00(个)",
]


def test_any_text_comes_back_as_it_was_typed(open_page: Open, real_address: str) -> None:
    edited = open_page(f"{real_address}edit/").evaluate(
        """([text, words]) => words.flatMap(word => [
            yamlFile.set(text, ["部门名称"], word),
            yamlFile.put(text, ["分解目标", "产出指标", "数量指标", word.replaceAll("\\n", "")], word),
            yamlFile.set(text, ["预算情况", "资金来源", "财政拨款"], word)])""",
        [ODD, WORDS],
    )
    for word, texts in zip(WORDS, [edited[i : i + 3] for i in range(0, len(edited), 3)], strict=True):
        named, added, flow = (yaml_reader.load(text.encode(), "f") for text in texts)
        assert (named.diagnostics, added.diagnostics, flow.diagnostics) == ([], [], []), word
        assert named.data["部门名称"] == word
        assert added.data["分解目标"]["产出指标"]["数量指标"][word.replace("\n", "")] == word
        assert flow.data["预算情况"]["资金来源"]["财政拨款"] == word


def test_the_vendored_parser_reads_as_check_does(open_page: Open, real_address: str) -> None:
    as_json = """text => { const plain = d => Array.isArray(d) ? d.map(plain)
        : d instanceof Map ? Object.fromEntries([...d].map(([key, value]) => [key, plain(value)])) : d;
        return plain(yamlFile.read(text).data); }"""
    page = open_page(f"{real_address}edit/")
    for text in (ODD, TEXT, SMALL):
        assert page.evaluate(as_json, text) == yaml_reader.load(text.encode(), "f").data


def test_a_file_that_cannot_be_read_is_not_opened(open_page: Open, real_address: str) -> None:
    page = open_page(f"{real_address}edit/")
    broken = {"name": "2024.yaml", "mimeType": "text/yaml", "buffer": f"{SMALL}年末资产总额: 6.00\n".encode()}
    page.get_by_label("或者打开这台电脑上的年度文件").set_input_files(broken)
    expect(page.locator("#edit-message")).to_contain_text(f"第 {SMALL.count(chr(10)) + 1} 行读不出来")
    odd = {"name": "2024.yaml", "mimeType": "text/yaml", "buffer": ODD.replace("\n", "\r\n").encode()}
    page.get_by_label("或者打开这台电脑上的年度文件").set_input_files([])
    page.get_by_label("或者打开这台电脑上的年度文件").set_input_files(odd)
    value(page, "年末资产总额").fill("6.00")
    with page.expect_download() as waited:
        page.get_by_role("button", name="下载文件").click()
    raw = Path(waited.value.path()).read_bytes().decode()
    assert raw == ODD.replace("\n", "\r\n").replace("年末资产总额: 5.00", "年末资产总额: 6.00")


def test_a_site_may_do_without(tmp_path: Path, small: Callable[..., Path]) -> None:
    content = small(files={"site.yaml": "网站名称: 某区\n在线编辑页: 不公开\n"})
    site = mkdocs_build(content, tmp_path / "work")
    assert not (site / "edit").exists()
    assert not (site / "assets/edit").exists()
    assert not list(site.rglob("*.yaml"))
    assert "编辑页" not in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, 1280])
def test_an_open_form_is_accessible_and_fits(open_page: Open, real_address: str, width: int) -> None:
    page = open_page(real_address + FILE, width=width)
    value(page, "年末在职人数").fill("九")
    expect(page.locator("#edit-status")).to_contain_text("1 处问题")
    page.evaluate("document.querySelectorAll('#edit-work details').forEach(one => one.open = true)")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_alone_changes_a_figure(open_page: Open, real_address: str) -> None:
    page = open_page(f"{real_address}edit/")
    page.locator("#edit-department").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the button 打开
    expect(page.locator("#edit-title")).to_be_focused()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.path") == '["年末在职人数"]':
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("10")
    expect(page.locator("#edit-differences")).to_have_text("“年末在职人数”由“9”改为“10”")


def test_the_guide_names_what_is_there(open_page: Open, real_address: str) -> None:
    guide = (CONTENT / "README.md").read_text(encoding="utf-8")
    section = guide.partition("## 不用 git：在浏览器里改\n")[2].partition("\n## ")[0]
    names = re.findall("“([^”]+)”", section)
    assert len(names) > 10
    seen = open_page(f"{real_address}minhang-red-cross/2024/").inner_text("body")
    page = open_page(real_address + FILE)
    expect(page.locator("#edit-title")).to_be_visible()
    seen += page.inner_text("body") + " ".join(page.locator("option").all_inner_texts())
    page.locator("#edit-file").select_option("new")
    page.get_by_role("button", name="打开", exact=True).click()
    expect(page.locator("#edit-title")).to_contain_text("2025")
    seen += page.inner_text("body")
    missing = [name for name in names if name not in seen]
    assert missing == ["打开仓库上传"]  # the real content names no repository


def test_the_repository_opens_where_files_are_taken(
    open_page: Open, tmp_path: Path, small: Callable[..., Path]
) -> None:
    content = small(files={"site.yaml": "网站名称: 某区\n仓库网址: https://github.com/group/site/\n"})
    site = mkdocs_build(content, tmp_path / "work")
    page = open_page(f"{site.as_uri()}/edit/index.html?file=some-bureau/2024")
    link = page.get_by_role("link", name="打开仓库上传")
    assert link.get_attribute("href") == "https://github.com/group/site/upload/main/content/some-bureau"
    assert link.get_attribute("rel") == "external"
    expect(page.locator("#edit-summary")).to_contain_text("文件夹，替换原来的；")


def test_after_a_removal_the_keyboard_goes_on_beside_it(page: Page) -> None:
    for _ in range(2):
        part(page, *QUANTITY, "应急救援演练场次").get_by_role("button", name="删去").press("Enter")
        expect(part(page, *QUANTITY, "救援队业务培训场次").locator(":focus")).to_have_count(1)
        page.get_by_role("button", name="撤销").click()
    page.get_by_role("button", name="删去：部门职责，第 8 项").press("Enter")
    expect(value(page, "部门职责", 6)).to_be_focused()


def test_a_large_file_is_begun_anew_at_once(open_page: Open, real_address: str) -> None:
    """Each value is marked, also in a style of its own, and the rest of the file stays."""
    many = "".join(f"      指标{number}: '≥{number}次' # 第 {number} 项\n" for number in range(1500))
    text = open_page(f"{real_address}edit/").evaluate(
        "text => yamlFile.map(text, (path, value) => `待确认 ${value}`)", ODD.replace("      # 结尾的注释\n", many)
    )
    data = yaml_reader.load(text.encode(), "f").data
    assert len(data["分解目标"]["产出指标"]["数量指标"]) == 1502
    assert data["分解目标"]["产出指标"]["数量指标"]["指标7"] == "待确认 ≥7次"
    assert "      指标7: 待确认 ≥7次 # 第 7 项\n" in text
    assert data["预算情况"]["资金来源"] == {"财政拨款": "待确认 60.00", "其他资金": "待确认 40.00"}
    assert data["年度履职目标"] == ["待确认 第一段\n第二段\n"]
    assert {line for line in ODD.splitlines() if line.startswith("#")} <= set(text.splitlines())


WRONG = {
    "nothing": ("", ""),
    "unknown entry": ("年末资产总额", "年末资产总合"),
    "missing entry": ("    财政拨款: 60.00\n", ""),
    "missing list": ("部门职责:\n  - 职责一\n", ""),
    "blank": ("年末资产总额: 5.00", "年末资产总额:"),
    "blank item": ("- 职责一", "-"),
    "blank target": ("演练场次: ≥1.00(次)", "演练场次:"),
    "spaces": ("- 职责一", "- '  '"),
    "text for a list": ("部门职责:\n  - 职责一", "部门职责: 职责一"),
    "list for a text": ("年末资产总额: 5.00", "年末资产总额: [5.00]"),
    "mapping for a text": ("- 职责一", "- 职责: 一"),
    "amount": ("5.00", "五元"),
    "three decimals": ("年末资产总额: 5.00", "年末资产总额: 5.001"),
    "amount of another document": ("年末资产总额: 5.00", "年末资产总额: 见附件2"),
    "not published": ("年末资产总额: 5.00", "年末资产总额: 未公开\n未公开原因: {年末资产总额: 涉密}"),
    "year": ("年度: 2024", "年度: 24"),
    "count": ("年末资产总额: 5.00", "年末在职人数: 9人"),
    "date": ("年末资产总额: 5.00", "来源: {公开日期: 2024年2月}"),
    "hash": ("年末资产总额: 5.00", "来源: {SHA-256: abc}"),
    "first heading": ("产出指标", "产出指票"),
    "second heading": ("数量指标", "数量指票"),
    "sources": ("财政拨款: 60.00", "财政拨款: 60.01"),
    "structure": ("项目支出: 30.00", "项目支出: 29.99"),
    "a part is not published": ("其他资金: 40.00", "其他资金: 未公开"),
    "the rest exceeds the total": ("财政拨款: 60.00\n    其他资金: 40.00", "财政拨款: 160.00\n    其他资金: 未公开"),
    "a further line": ("其他资金: 40.00", "其他资金: 30.00\n    其他项目: {上年结转: 10.00}"),
    "a further line too much": ("其他资金: 40.00", "其他资金: 40.00\n    其他项目: {上年结转: 10.00}"),
    "to be confirmed": ("- 职责一", "- 待确认 职责一"),
    "long form": ("演练场次: ≥1.00(次)", "演练场次: {指标目标值: ≥1.00(次), 权重: 10}"),
    "long form without target": ("演练场次: ≥1.00(次)", "演练场次: {原名: 演习}"),
    "long form with an unknown entry": ("演练场次: ≥1.00(次)", "演练场次: {指标目标值: 1次, 权数: 10}"),
}


def test_the_page_finds_what_check_finds(open_page: Open, real_address: str, small: Callable[..., Path]) -> None:
    texts = {name: SMALL.replace(old, new, 1) if old else SMALL for name, (old, new) in WRONG.items()}
    assert len(set(texts.values())) == len(texts)
    page = open_page(f"{real_address}edit/")
    here = page.evaluate(
        """texts => texts.map(text =>
            formCheck.check("declaration", yamlFile.read(text).data).map(found => found.code))""",
        list(texts.values()),
    )
    there = []
    content = small()
    for text in texts.values():
        (content / "some-bureau/2024.yaml").write_text(text, encoding="utf-8")
        there.append([d.code for d in build.check(content)[1] if d.code in editing.CODES and d.severity == "错误"])
    assert dict(zip(texts, map(sorted, here), strict=True)) == dict(zip(texts, map(sorted, there), strict=True))
    assert {code for codes in there for code in codes} == {*editing.CODES} - {editing.COLUMNS}
