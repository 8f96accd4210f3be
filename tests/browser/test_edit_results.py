"""The page for editing with files of results: the same form, the same one-line changes, begun from the promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import served
from playwright.sync_api import Page, expect
from support import RED_CROSS, ROOT, mkdocs_build
from test_edit import changed, part, saved, value

from generator import build
from generator.content import draft, yaml_reader
from generator.declaration.model import Declaration
from generator.pages import editing

Open = Callable[..., Page]
CASE = ROOT / "tests/cases/results/content"
TEXT = (CASE / "some-bureau/2024.results.yaml").read_text(encoding="utf-8")
# The same results as most people write them: an entry a line, with remarks.
LONG = """\
# 自评表第一页
年度: 2024
部门名称: 某区示例局
资金情况:
  年度资金总额:
    年初预算数: 240,000.00   # 合计
    全年执行数: 215,457.60
  财政拨款:
    年初预算数: 200,000.00
  其他资金:
    年初预算数: 40,000.00
指标完成情况:
  产出指标:
    数量指标:
      演练场次: 5次   # 照录
      管网长度:
        实际完成值: 240米
        得分: 9.020
"""
QUANTITY = ("指标完成情况", "产出指标", "数量指标")


@pytest.fixture(scope="session")
def results_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mkdocs_build(CASE, tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="session")
def results_address(results_site: Path) -> Iterator[str]:
    with served(results_site) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def page(request: pytest.FixtureRequest, open_page: Open) -> Page:
    """Open published results for editing, from a server and from a disk."""
    query = "?file=some-bureau/2024.results"
    if request.param == "http":
        return open_page(f"{request.getfixturevalue('results_address')}edit/{query}")
    site: Path = request.getfixturevalue("results_site")
    return open_page(f"{site.as_uri()}/edit/index.html{query}")


def opened(page: Page, text: str, name: str = "2024.results.yaml") -> Page:
    """Open a text as a file of this machine."""
    file = {"name": name, "mimeType": "text/yaml", "buffer": text.encode()}
    page.get_by_label("或者打开这台电脑上的年度文件").set_input_files(file)
    expect(page.locator("#edit-title")).to_have_text(f"some-bureau/{name}")
    return page


def test_an_actual_value_changed_is_one_line(page: Page) -> None:
    expect(page.locator("#edit-status")).to_have_text("没有改动；没有发现问题")
    value(page, *QUANTITY, "管网长度", "实际完成值").fill("250米")
    expect(page.locator("#edit-differences")).to_have_text(
        "“指标完成情况›产出指标›数量指标›管网长度›实际完成值”由“240米”改为“250米”"
    )
    old = next(line for line in TEXT.splitlines() if "管网长度" in line)
    assert changed(TEXT, saved(page)) == [f"-{old}", f"+{old.replace('240米', '250米')}"]


def test_a_draft_of_results_outlives_the_page(page: Page) -> None:
    value(page, "总分").fill("97.65")
    expect(page.locator("#edit-status")).to_contain_text("1 处不同")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(value(page, "总分")).to_have_value("97.65")
    expect(page.locator("#edit-differences")).to_have_text("“总分”由“97.64”改为“97.65”")


def test_a_reason_is_added_as_its_line(page: Page) -> None:
    opened(page, LONG)
    row = part(page, *QUANTITY, "管网长度").first
    row.get_by_text("更多").click()
    row.get_by_role("button", name="＋原因").click()
    expect(value(page, *QUANTITY, "管网长度", "原因")).to_be_focused()
    expect(page.locator("#edit-status")).to_contain_text("1 处问题")  # nothing is written yet
    page.keyboard.type("一段延期")
    expect(page.locator("#edit-differences")).to_have_text(
        "增加“指标完成情况›产出指标›数量指标›管网长度›原因”：“一段延期”"
    )
    assert changed(LONG, saved(page)) == ["+        原因: 一段延期"]


def test_a_result_of_one_line_gets_its_reason(page: Page) -> None:
    opened(page, LONG)
    row = part(page, *QUANTITY, "演练场次").first
    row.get_by_text("更多").click()
    row.get_by_role("button", name="＋原因").click()
    value(page, *QUANTITY, "演练场次", "原因").fill("一场取消")
    expect(page.locator("#edit-differences li")).to_have_text(
        "增加“指标完成情况›产出指标›数量指标›演练场次›原因”：“一场取消”"
    )
    text = saved(page)
    assert {line for line in LONG.splitlines() if "演练场次" not in line} <= set(text.splitlines())
    data = yaml_reader.load(text.encode(), "f").data
    assert data["指标完成情况"]["产出指标"]["数量指标"]["演练场次"] == {"实际完成值": "5次", "原因": "一场取消"}


def test_results_are_begun_as_the_command_begins_them(open_page: Open, real_address: str) -> None:
    page = open_page(f"{real_address}edit/?file=minhang-red-cross/2024.results")
    expect(page.locator("#edit-title")).to_have_text("minhang-red-cross/2024.results.yaml")
    text = saved(page)
    declaration = (RED_CROSS / "2024.yaml").read_bytes()
    promised = Declaration.model_validate(yaml_reader.load(declaration, "f").data)
    assert text.startswith("# yaml-language-server: $schema=../../schemas/results.schema.json\n年度: 2024\n")
    assert yaml_reader.load(text.encode(), "f").data == yaml_reader.load(draft.results(promised).encode(), "f").data
    waiting = text.count("待确认")
    expect(page.locator("#edit-status")).to_contain_text(f"{waiting} 处待确认")
    targets = ("指标完成情况", "产出指标", "数量指标", "应急救援演练场次")
    actual = value(page, *targets, "实际完成值")
    expect(actual).to_have_value("")  # the words 照表填写 can be confirmed by nobody
    expect(part(page, *targets, "实际完成值").get_by_role("button", name="确认：")).to_have_count(0)
    actual.fill("2次")
    part(page, *targets, "年度指标值").get_by_role("button", name="确认：").click()
    expect(page.locator("#edit-status")).to_contain_text(f"{waiting - 2} 处待确认")
    assert "      应急救援演练场次:\n        实际完成值: 2次\n        年度指标值: ≥1.00(次)\n" in saved(page)


WRONG = {
    "nothing": ("", ""),
    "the total of a column": ("200,000.00", "200,000.01"),
    "a part that is not published": ("200,000.00", "未公开"),
    "an unknown entry": ("得分: 9.020", "得份: 9.020"),
    "no score": ("9.020", "九分"),
    "no actual value": ("演练场次: 5次", "演练场次:"),
    "no heading's entries": ("    数量指标:\n", "    数量指标:\n    质量指标:\n"),
    "no first heading's entries": ("  产出指标:\n", "  效益指标:\n  产出指标:\n"),
    "a list": ("演练场次: 5次", "演练场次: [5次]"),
    "a day": ("年度: 2024\n", "年度: 2024\n自评日期: 2025年3月\n"),
    "no department": ("部门名称: 某区示例局\n", ""),
    "no total": ("  年度资金总额:\n    年初预算数: 240,000.00   # 合计\n    全年执行数: 215,457.60\n", ""),
    "to be confirmed": ("240米", "待确认 240米"),
    "to be filled in": ("9.020", "待确认 照表填写"),
    "a mark alone": ("240米", "待确认"),
    "progress": ("年度: 2024\n", "年度: 2024\n进度: [{截至日期: 6月, 指标完成情况: {产出指标: }}]\n"),
    "answered": ("200,000.00", "200,000.01"),
}
ANSWER = "说明事项:\n  - 规则: R911\n    理由: 公布的原表如此\n"


def test_the_page_finds_what_check_finds(open_page: Open, results_address: str, tmp_path: Path) -> None:
    texts = {name: LONG.replace(old, new, 1) if old else LONG for name, (old, new) in WRONG.items()}
    texts["answered"] += ANSWER
    here = open_page(f"{results_address}edit/").evaluate(
        """texts => texts.map(text => formCheck.check("results", yamlFile.read(text).data).map(found => found.code))""",
        list(texts.values()),
    )
    there = []
    folder = tmp_path / "content/some-bureau"
    folder.mkdir(parents=True)
    (folder.parent / "site.yaml").write_text("网站名称: 某区\n", encoding="utf-8")
    for name in ("department.yaml", "2024.yaml"):
        (folder / name).write_bytes((CASE / "some-bureau" / name).read_bytes())
    for text in texts.values():
        (folder / "2024.results.yaml").write_text(text, encoding="utf-8")
        found = build.check(folder.parent)[1]
        there.append([d.code for d in found if d.code in editing.CODES and d.severity != "提示"])
    assert dict(zip(texts, map(sorted, here), strict=True)) == dict(zip(texts, map(sorted, there), strict=True))
    assert {code for codes in there for code in codes} == {"F201", "F202", "F203", "F204", "F209", "R911"}


def test_it_says_that_it_checks_a_part_only(page: Page) -> None:
    page.get_by_text("这一页检查什么").click()
    expect(page.locator(".edit-checks")).to_contain_text("这里没有问题，不等于全部没有问题")
    expect(page.locator(".edit-checks")).to_contain_text("R911")


def test_what_is_wrong_is_said_at_its_box(page: Page) -> None:
    value(page, "资金情况", "财政拨款", "年初预算数").fill("200,000.01")
    total = value(page, "资金情况", "年度资金总额", "年初预算数")
    expect(total).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#edit-faults")).to_contain_text(
        "年初预算数的各项合计 240,000.01 元，总额写的是 240,000.00 元。"
    )
    value(page, *QUANTITY, "演练场次", "得分").fill("十")
    expect(page.locator("#edit-faults button", has_text="F204")).to_be_visible()
    page.locator("#edit-faults button", has_text="F204").click()
    expect(value(page, *QUANTITY, "演练场次", "得分")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_form_is_accessible_and_fits(open_page: Open, results_address: str, width: int, scheme: str) -> None:
    page = open_page(f"{results_address}edit/?file=some-bureau/2024.results", width=width, scheme=scheme)
    value(page, *QUANTITY, "演练场次", "得分").fill("十")
    expect(page.locator("#edit-status")).to_contain_text("1 处问题")
    page.evaluate("document.querySelectorAll('#edit-work details').forEach(one => one.open = true)")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row = page.get_by_role("group", name="演练场次", exact=True)
    assert row.get_by_role("textbox", name="实际完成值").count() == row.count() >= 1
    names = page.evaluate("[...document.querySelectorAll('.edit-form button')].map(one => one.ariaLabel)")
    assert len(names) == len(set(names))  # what is read out says which entry a button is for


def test_a_page_with_results_leads_to_their_form(open_page: Open, results_address: str) -> None:
    page = open_page(f"{results_address}some-bureau/2024/")
    page.get_by_role("link", name="在编辑页打开这一年的结果").click()
    expect(page.locator("#edit-title")).to_have_text("some-bureau/2024.results.yaml")
    assert [words for words in page.locator("#edit-file option").all_inner_texts() if "结果" in words] == [
        "2025 年度结果（新编）",
        "2024 年度结果",
        "2023 年度结果",
    ]


def test_the_keyboard_alone_changes_an_actual_value(open_page: Open, results_address: str) -> None:
    page = open_page(f"{results_address}edit/?file=some-bureau/2024.results")
    expect(page.locator("#edit-title")).to_be_focused()
    for _ in range(200):
        page.keyboard.press("Tab")
        if (
            page.evaluate("document.activeElement.dataset.path")
            == '["指标完成情况","产出指标","数量指标","演练场次","实际完成值"]'
        ):
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("6次")
    expect(page.locator("#edit-differences")).to_contain_text("由“5次”改为“6次”")
