"""Forms of results of several makes, in the containers and with the damage they come in: right, marked, or refused.

tests/result_forms/NAME.html is a form, NAME.yaml what it states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from test_import_forms import CONTAINERS, leaves

from generator import cli, importers
from generator.content import corpus, yaml_reader
from generator.content.yaml_reader import Data
from generator.declaration.model import Declaration
from generator.declaration.results import Results
from generator.forms.grid import Cell
from generator.importers import form, results
from generator.importers.containers import excel, html
from generator.importers.containers import text as text_reader
from generator.importers.reading import Imported

FORMS = Path(__file__).parent / "result_forms"
NAMES = sorted(file.stem for file in FORMS.glob("*.html"))


def read(file: Path) -> Imported:
    reader = import_module(f"generator.importers.containers.{importers.READERS[file.suffix]}")
    return results.read(reader.read(file), file.name)


def stated(name: str) -> Data:
    return yaml_reader.load((FORMS / f"{name}.yaml").read_bytes(), name).data


def cells_of(name: str) -> list[Cell]:
    return html.read(FORMS / f"{name}.html").cells


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_read_to_the_letter(name: str) -> None:
    made = read(FORMS / f"{name}.html")
    assert dict(leaves(dict(made.data))) == dict(leaves(stated(name)))
    assert made.unplaced == []
    Results.model_validate(made.data)


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_form_in_every_container(name: str, container: str, tmp_path: Path) -> None:
    CONTAINERS[container](cells_of(name), tmp_path / container)
    made = read(tmp_path / container)
    right = dict(leaves(stated(name)))
    found = dict(leaves(dict(made.data)))
    assert {path: value for path, value in found.items() if value != right.get(path) and value[:3] != "待确认"} == {}
    assert right.keys() - found.keys() == set()


@pytest.mark.parametrize("file", sorted(f.name for kind in ("pdf", "txt") for f in FORMS.glob(f"*.{kind}")))
def test_a_printed_form(file: str) -> None:
    right = dict(leaves(stated(file.split(".")[0])))
    found = dict(leaves(dict(read(FORMS / file).data)))
    assert {path: value for path, value in found.items() if value != right.get(path) and value[:3] != "待确认"} == {}
    assert len(found) > len(right) / 3


# ——— one thing different in a plain form: what becomes of it ———

RESULT_FORM = """部门整体支出绩效自评表
（2024年度）
部门名称\t某局
资金情况（元）
\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
年度资金总额\t100.00\t120.00\t90.00\t10\t75.00%\t7.5
其中：财政拨款\t100.00\t120.00\t90.00\t—\t75.00%\t—
年度总体目标
预期目标\t实际完成情况
完成年度计划。\t已经完成。
绩效指标
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t项目数\t≥5(个)\t6个\t20\t20\t
\t质量指标\t合格率\t100%\t98%\t30\t29.4\t一项返工。
效益指标\t社会效益指标\t整改率\t提升\t达成预期指标\t30\t30\t
满意度指标\t服务对象满意度指标\t满意度\t≥90(%)\t95%\t10\t10\t
总分\t\t\t\t\t100\t96.9\t
"""
TARGETS = """部门整体支出绩效目标申报表
（2024年度）
部门名称\t某局
部门职责\t负责示例工作。
年度履职目标\t完成年度计划。
部门整体预算总额（元）\t100.00
（1）财政拨款\t100.00
（1）基本支出\t100.00
分解目标
一级目标\t二级目标\t三级目标\t指标目标值
产出指标\t数量指标\t项目数\t≥5(个)
\t质量指标\t合格率（%）\t100%
效益指标\t可持续影响指标\t整改率\t提升
满意度指标\t服务对象满意度指标\t满意度\t≥90(%)"""


def plain(file: Path, *changes: tuple[str, str], declaration: Declaration | None = None) -> Imported:
    text = RESULT_FORM
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return results.read(text_reader.read(file), file.name, declaration)


def marks(made: Imported) -> dict[tuple[str, ...], str]:
    return {path: value for path, value in leaves(dict(made.data)) if value.startswith("待确认")}


HEAD = "三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施"
QUALITY = "质量指标\t合格率\t100%\t98%\t30\t29.4\t一项返工。"


def test_a_plain_text_is_read_whole(tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt")
    assert marks(made) == {}
    assert made.unplaced == []
    found = dict(leaves(dict(made.data)))
    assert found[("资金情况", "年度资金总额", "全年执行数")] == "90.00"
    assert found[("指标完成情况", "产出指标", "质量指标", "合格率", "原因")] == "一项返工。"
    assert found[("指标完成情况", "效益指标", "社会效益指标", "整改率", "实际完成值")] == "达成预期指标"
    assert made.data["总分"] == "96.9"
    assert made.data["目标完成情况"] == [{"预期目标": "完成年度计划。", "实际完成情况": "已经完成。"}]


@pytest.mark.parametrize(
    "changes",
    [
        [("实际完成值\t", "全年实际值\t")],
        [("实际完成值\t", "年终完成值\t"), ("\t分值\t得分\t偏差", "\t权重\t自评得分\t偏差")],
        [("偏差原因分析及改进措施", "未完成原因和改进措施")],
        [("全年预算数", "调整后预算数"), ("全年执行数", "全年执行数(C)"), ("执行率\t", "执行率（C/B）\t")],
        [("\t实际完成值\t分值\t得分\t偏差原因分析及改进措施", "\t全年实现值\t分值\t指标得分\t未达标原因")],
        [("总分\t\t\t\t\t100\t96.9\t", "自评得分：96.9分")],
        [("96.9\t\n", "96.9\t\n填表人：略\t联系电话：略\n")],
        [("（2024年度）", "（2024年度）\n填报单位：某局　　联系电话：略")],
        [("部门名称\t某局", "填报单位：某局单位：元")],
        [("总分\t\t\t\t\t100\t96.9\t", "总分\t100\t96.9\t")],
        [("总分\t", "合计\t")],
        [("\t质量指标\t合格率", "质量指标\t合格率")],
        [("部门整体支出绩效自评表", "部门（单位）整体支出绩效自评表\n附件3")],
        [("绩效指标\n", "绩效指标完成情况\n")],
        [(RESULT_FORM, f"{TARGETS}\n{RESULT_FORM}")],
        [(RESULT_FORM, f"{RESULT_FORM}{TARGETS}")],
    ],
)
def test_another_make_of_the_form_says_the_same(changes: list[tuple[str, str]], tmp_path: Path) -> None:
    assert plain(tmp_path / "f.txt", *changes).data == plain(tmp_path / "g.txt").data


OUTCOME = ("指标完成情况", "产出指标", "质量指标", "合格率")
TOTAL = ("资金情况", "年度资金总额")


@pytest.mark.parametrize(
    ("changes", "path", "value"),
    [
        ([("120.00\t90.00\t10\t75.00%", "120.00\t90.00\t10\t0.75")], (*TOTAL, "执行率"), "待确认 0.75"),
        (
            [("\t分值\t执行率", "\t分值（10分）\t执行率"), ("90.00\t10\t75", "90.00\t\t75")],
            (*TOTAL, "分值"),
            "待确认 10",
        ),
        ([("\t分值\t执行率", "\t分值（10分）\t执行率")], (*TOTAL, "分值"), "10"),
        ([("年度资金总额", "预算执行情况")], (*TOTAL, "全年执行数"), "待确认 90.00"),
        ([("年度资金总额", "部门整体支出")], (*TOTAL, "全年执行数"), "待确认 90.00"),
        ([("资金情况（元）", "资金情况")], (*TOTAL, "全年执行数"), "待确认 90.00"),
        ([("资金情况（元）", "资金情况（万元）")], (*TOTAL, "全年执行数"), "900,000.00"),
        ([("\t全年预算数\t", "\t预算数\t")], (*TOTAL, "全年预算数"), "待确认 120.00"),
        ([("90.00\t10\t75", "略\t10\t75")], (*TOTAL, "全年执行数"), "待确认 略"),
        ([("\t30\t29.4", "\t30\t良好")], (*OUTCOME, "得分"), "待确认 良好"),
        ([("\t30\t29.4", "\t30分\t29.4分")], (*OUTCOME, "得分"), "29.4"),
        ([("100\t96.9\t", "\t\t96.9")], ("总分",), "待确认 96.9"),
        ([("（2024年度）", "（2024年度）\n自评总分\t97.9")], ("总分",), "待确认 96.9"),
        ([("（2024年度）", "（2024年度）\n自评总分\t96.9")], ("总分",), "96.9"),
        ([("\t100\t96.9\t", "\t\t100\t96.9")], ("总分",), "待确认 100"),
        ([("产出指标\t数", "产出指标（50%）\t数")], ("类别分值", "产出指标"), "待确认 50"),
        ([("产出指标\t数", "产出指标（权重50分）\t数")], ("类别分值", "产出指标"), "50"),
        ([("产出指标\t数", "产出指标(50)\t数")], ("类别分值", "产出指标"), "50"),
        ([(HEAD, HEAD.replace("年度指标值\t", "年度指标值\t年初指标值\t"))], None, None),
        # A column fewer, and a row with a column fewer: by order, or a person has to say.
        ([("\t" + QUALITY, "质量指标\t合格率\t98%\t30\t29.4")], (*OUTCOME, "得分"), None),
    ],
)
def test_what_is_doubtful_is_marked(
    changes: list[tuple[str, str]], path: tuple[str, ...] | None, value: str | None, tmp_path: Path
) -> None:
    made = plain(tmp_path / "f.txt", *changes)
    found, right = dict(leaves(dict(made.data))), dict(leaves(dict(plain(tmp_path / "g.txt").data)))
    if path and value:
        assert found[path] == value
    sure = {p: v for p, v in found.items() if not v.startswith("待确认") and p[0] == "指标完成情况"}
    assert {p: v for p, v in sure.items() if right.get(p) != v} == {}


def test_a_target_that_is_not_printed_is_not_invented(tmp_path: Path) -> None:
    text = RESULT_FORM
    for target in ("年度指标值", "≥5(个)", "100%", "提升", "≥90(%)"):
        text = text.replace(f"\t{target}\t", "\t", 1)
    text = text.replace("总分\t\t", "总分\t")
    made = plain(tmp_path / "f.txt", (RESULT_FORM, text))
    right = {p: v for p, v in leaves(dict(plain(tmp_path / "g.txt").data)) if p[-1] != "年度指标值"}
    assert dict(leaves(dict(made.data))) == right


def test_a_form_without_money_is_one_all_the_same(tmp_path: Path) -> None:
    made = plain(
        tmp_path / "f.txt",
        (RESULT_FORM.split("资金情况")[1].split("年度总体目标")[0], "：见附表\n"),
        ("实际完成值", "全年实现值"),
        ("得分\t偏差", "指标得分\t偏差"),
    )
    right = plain(tmp_path / "g.txt").data
    assert made.data["指标完成情况"] == right["指标完成情况"]
    assert "资金情况" not in made.data


def test_what_has_no_place_is_kept(tmp_path: Path) -> None:
    extra = (HEAD, HEAD.replace("\t分值", "\t评分标准\t分值"))
    rows = [
        ("\t6个\t", "\t6个\t按比例\t"),
        ("\t98%\t", "\t98%\t按比例\t"),
        ("\t达成预期指标\t", "\t达成预期指标\t分档\t"),
    ]
    made = plain(tmp_path / "f.txt", extra, *rows, ("\t95%\t", "\t95%\t按比例\t"), ("\t100\t96.9", "\t\t100\t96.9"))
    assert made.data == plain(tmp_path / "g.txt").data
    assert [cell.text for cell in made.unplaced] == ["按比例", "按比例", "分档", "按比例"]
    made = plain(tmp_path / "f.txt", ("其中：财政拨款", "其中：基本支出"))
    assert "其中：基本支出" in [cell.text for cell in made.unplaced]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ([(RESULT_FORM, TARGETS)], "部门整体支出绩效目标申报表"),
        (
            [("部门整体支出绩效自评表", "项目支出绩效自评表"), ("部门名称\t某局", "项目名称\t某项目\n主管部门\t某局")],
            "项目支出绩效自评表",
        ),
        ([("部门整体支出绩效自评表", "部门整体支出绩效运行监控表")], "部门整体支出绩效运行监控表"),
    ],
)
def test_a_form_of_another_kind_is_no_form_of_results(
    changes: list[tuple[str, str]], name: str, tmp_path: Path
) -> None:
    with pytest.raises(importers.UnreadableError, match=f"这是{name}.*，不是整体支出自评表"):
        plain(tmp_path / "f.txt", *changes)


def test_each_of_two_forms_in_a_workbook_is_found_by_its_kind(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet, text in ((book.active, TARGETS), (book.create_sheet("自评"), RESULT_FORM)):
        assert sheet is not None
        for line in text.split("\n"):
            sheet.append(line.split("\t"))
    book.save(tmp_path / "f.xlsx")
    grid = excel.read(tmp_path / "f.xlsx")
    assert form.read(grid, "f").data["分解目标"]["产出指标"]["数量指标"]["项目数"] == "≥5(个)"  # type: ignore[index, call-overload]
    assert results.read(grid, "f").data == plain(tmp_path / "g.txt").data


def test_a_form_of_results_is_no_declaration(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text(RESULT_FORM, encoding="utf-8")
    with pytest.raises(importers.UnreadableError, match="这是部门整体支出绩效自评表，不是整体支出申报表"):
        form.read(text_reader.read(tmp_path / "f.txt"), "f.txt")
    for name in NAMES:
        with pytest.raises(importers.UnreadableError, match="自评"):
            form.read(html.read(FORMS / f"{name}.html"), name)


def test_an_indicator_stands_where_its_promise_stands(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(TARGETS, encoding="utf-8")
    declaration = Declaration.model_validate(form.read(text_reader.read(tmp_path / "d.txt"), "d").data)
    made = plain(
        tmp_path / "f.txt", ("\t合格率\t", "\t合格率(%)\t"), ("\t满意度\t", "\t好评\t"), declaration=declaration
    )
    names = [placed.key for placed in Results.model_validate(made.data).results()]
    assert names == [
        ("产出指标", "数量指标", "项目数"),
        ("产出指标", "质量指标", "合格率（%）"),
        ("效益指标", "可持续影响指标", "整改率"),
        ("满意度指标", "服务对象满意度指标", "好评"),
    ]
    said = {note.code: note for note in made.notes if note.code in ("I804", "I805")}
    assert "申报表里没有“好评”" in said["I804"].message
    assert (said["I804"].mark.line, said["I804"].mark.column) == (16, 3)


def test_import_writes_the_file_of_results(tmp_path: Path, small: Callable[..., Path]) -> None:
    content = small()
    document, into = tmp_path / "自评表.txt", content / "some-bureau/2024.results.yaml"
    document.write_text(RESULT_FORM, encoding="utf-8")
    assert cli.main(["import", str(document), "-o", str(content / "some-bureau/2025.yaml")]) == 1
    assert not (content / "some-bureau/2025.yaml").exists()
    cli.main(["import", str(document), "-o", str(into)])
    assert "总分: 96.9" in into.read_text(encoding="utf-8")
    assert (content / "some-bureau/sources/2024.results.txt").read_bytes() == document.read_bytes()
    found = corpus.load(content)[0].departments[0].results_of(2024)
    assert found is not None
    assert found.source is not None
    assert found.source.file == "sources/2024.results.txt"


def test_a_document_tells_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.txt").write_text(RESULT_FORM, encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "f.txt")]) == 0
    assert "results.schema.json" in capsys.readouterr().out


def damaged() -> Iterator[str]:
    """Yield the form with a cell of its tables lost, or with an empty one too many before it.

    Left alone is a heading whose loss leaves what a merged cell looks like.
    """
    lines = RESULT_FORM.split("\n")
    for number, cells in enumerate(line.split("\t") for line in lines):
        for place in range(len(cells)) if len(cells) >= 7 else ():
            if cells[place] != "质量指标":
                for row in ([*cells[:place], *cells[place + 1 :]], [*cells[:place], "", *cells[place:]]):
                    yield "\n".join([*lines[:number], "\t".join(row), *lines[number + 1 :]])


def test_no_lost_cell_makes_a_sure_value_wrong(tmp_path: Path) -> None:
    right = dict(leaves(dict(plain(tmp_path / "f.txt").data)))
    for text in damaged():
        made = plain(tmp_path / "f.txt", (RESULT_FORM, text))
        found = {path: value for path, value in leaves(dict(made.data)) if not value.startswith("待确认")}
        assert {path: value for path, value in found.items() if right.get(path) != value} == {}, text
