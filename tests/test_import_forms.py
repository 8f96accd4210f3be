"""Forms of several places, in the containers and with the damage they come in: right, marked, or refused — never wrong.

tests/forms/NAME.html is a form, NAME.yaml what it states. PDF files beside them are the same forms as printers and
`pdftotext -layout` make them (LibreOffice Writer with rows cut by page breaks; Chromium).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import docx
import openpyxl
import pytest

from generator import importers
from generator.content import yaml_reader
from generator.content.yaml_reader import Data
from generator.declaration.model import Declaration
from generator.forms import layout
from generator.forms.grid import Cell, Grid
from generator.importers import form
from generator.importers.containers import html
from generator.importers.reading import Imported

FORMS = Path(__file__).parent / "forms"
NAMES = sorted(file.stem for file in FORMS.glob("*.html"))
PRINTED = sorted(file.name for kind in ("pdf", "txt") for file in FORMS.glob(f"*.{kind}"))


def read(file: Path) -> Imported:
    """Import a document in this process, which is faster; test_import.py goes the whole way."""
    reader = import_module(f"generator.importers.containers.{importers.READERS[file.suffix]}")
    return form.read(reader.read(file), file.name)


def leaves(data: Data, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every value with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, str(place)))
    else:
        yield path, str(data)


def stated(name: str) -> Data:
    return yaml_reader.load((FORMS / f"{name}.yaml").read_bytes(), name).data


def wrong(made: Imported, name: str) -> dict[tuple[str, ...], tuple[str, str | None]]:
    """Return what an import states, without a mark, that its form does not: the value, and the right one."""
    right = dict(leaves(stated(name)))
    found = {path: value for path, value in leaves(dict(made.data)) if not value.startswith("待确认")}
    return {path: (value, right.get(path)) for path, value in found.items() if right.get(path) != value}


def missing(made: Imported, name: str) -> set[tuple[str, ...]]:
    """Return the places of the form that an import neither states nor marks."""
    return {path for path, _ in leaves(stated(name))} - {path for path, _ in leaves(dict(made.data))}


def cells_of(name: str) -> list[Cell]:
    return html.read(FORMS / f"{name}.html").cells


def lines(cells: list[Cell], covered: bool) -> list[list[str]]:
    """Return the rows of a copy: with empty texts for covered cells, or without these cells."""
    rows = []
    for row in range(1, max(cell.row for cell in cells) + 1):
        at = {cell.column: cell.text for cell in cells if cell.row == row}
        width = max((cell.last_column for cell in cells), default=0)
        rows.append([at.get(c, "") for c in range(1, width + 1)] if covered else list(at.values()))
    return rows


def excel_copy(cells: list[Cell], file: Path) -> None:
    quoted = [[f'"{text}"' if "\n" in text else text for text in row] for row in lines(cells, covered=True)]
    file.write_text("\n".join("\t".join(row) for row in quoted), encoding="utf-8")


def browser_copy(cells: list[Cell], file: Path) -> None:
    file.write_text("\n".join("\t".join(row) for row in lines(cells, covered=False)), encoding="utf-8")


def workbook(cells: list[Cell], file: Path, merged: bool = True) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cell in cells:
        sheet.cell(cell.row, cell.column, cell.text).data_type = "s"
        if merged and (cell.rows, cell.columns) != (1, 1):
            sheet.merge_cells(None, cell.row, cell.column, cell.row + cell.rows - 1, cell.last_column)
    book.save(file)


def document(cells: list[Cell], file: Path) -> None:
    word = docx.Document()
    table = word.add_table(max(c.row + c.rows - 1 for c in cells), max(c.last_column for c in cells))
    for cell in cells:
        first, last = table.cell(cell.row - 1, cell.column - 1), None
        last = table.cell(cell.row + cell.rows - 2, cell.last_column - 1)
        into = first.merge(last) if (cell.rows, cell.columns) != (1, 1) else first
        into.text = cell.text
    word.save(str(file))


CONTAINERS: dict[str, Callable[[list[Cell], Path], None]] = {
    "excel_copy.txt": excel_copy,
    "browser_copy.txt": browser_copy,
    "merged.xlsx": workbook,
    "unmerged.xlsx": lambda cells, file: workbook(cells, file, merged=False),
    "word.docx": document,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_read_to_the_letter(name: str) -> None:
    made = read(FORMS / f"{name}.html")
    assert dict(leaves(dict(made.data))) == dict(leaves(stated(name)))


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_form_in_every_container(name: str, container: str, tmp_path: Path) -> None:
    CONTAINERS[container](cells_of(name), tmp_path / container)
    made = read(tmp_path / container)
    assert wrong(made, name) == {}
    assert missing(made, name) == set()


@pytest.mark.parametrize("file", PRINTED)
def test_a_printed_form(file: str) -> None:
    made = read(FORMS / file)
    assert wrong(made, file.split(".")[0]) == {}


# ——— one thing wrong in a plain form: what becomes of it ———

PLAIN = """部门整体支出绩效目标申报表
（2025年度）
部门名称\t某局
部门职责\t负责示例工作。
年度履职目标\t完成年度计划。
年度重点任务
任务名称\t主要内容
审计监督\t开展预算执行审计。
部门预算情况
部门整体预算总额（元）\t100.00
（1）财政拨款\t60.00
（2）其他资金\t40.00
（1）基本支出\t70.00
（2）项目支出\t30.00
分解目标
一级目标\t二级目标\t三级目标\t指标目标值
产出指标\t数量指标\t项目数\t≥5(个)
\t质量指标\t合格率\t100%
效益指标\t社会效益指标\t整改率\t提升
满意度指标\t服务对象满意度指标\t满意度\t≥90(%)"""
NEXT_TABLE = "科目编码\t科目名称\t基本支出\t项目支出\n2010801\t行政运行\t70.00\t0.00"
PROJECT = "项目名称\t信息系统\n主管部门\t某局\t实施单位\t某局\n年度资金总额\t30.00\n产出指标\t数量指标\t系统数\t≥3(个)"


def plain(file: Path, *changes: tuple[str, str]) -> Imported:
    text = PLAIN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return read(file)


END = "满意度\t≥90(%)"
HEAD = "一级目标\t二级目标\t三级目标\t指标目标值"


@pytest.mark.parametrize(
    "changes",
    [
        [(END, f"{END}\n{NEXT_TABLE}")],
        [(END, f"{END}\n\n2025年部门收支预算总表\n收入\t金额\n财政拨款\t60.00")],
        [(END, f"{END}\n{PROJECT}")],
        [(END, f"{END}\n项目支出绩效目标表\n{PROJECT}")],
        [(END, f"{END}\n总分\t\t\t100")],
        [(END, f"{END}\n合计\t100")],
        [(END, f"{END}\n注：金额\t保留两位小数")],
        [(END, f"{END}\n备注\t\t略\t≥1")],
        [(END, f"{END}\n填表人：略\t联系电话：略")],
        [("部门名称\t某局", "部门名称\t某局\t部门编码\t207001")],
        [("部门名称\t某局", "部门名称\t207001\t某局")],
        [("部门名称\t某局", "部门名称：某局 部门编码：207001")],
        [("任务名称\t主要内容", "任务名称\t主要内容\t2023年预算数\t2024年度执行数")],
        [("产出指标", "产出指标(50分)"), ("效益指标\t社", "效益指标（30分）\t社")],
        [("\t质量指标\t合格率", "质量指标\t合格率")],
        [(HEAD, "一级目标\t二级目标\t三级目标\t长期目标值\t年度目标值"), ("\t≥5(个)", "\t≥9(个)\t≥5(个)")]
        + [(f"\t{old}", f"\t略\t{old}") for old in ("100%", "提升", "≥90(%)")],
    ],
)
def test_what_stands_beside_the_form_does_not_enter_it(changes: list[tuple[str, str]], tmp_path: Path) -> None:
    assert plain(tmp_path / "f.txt", *changes).data == plain(tmp_path / "g.txt").data


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ([("部门整体支出绩效目标申报表", "项目支出绩效目标表")], "项目支出绩效目标表"),
        ([("部门整体支出绩效目标申报表", "部门整体支出绩效自评表")], "部门整体支出绩效自评表"),
        ([(PLAIN, f"（2025年度）\n{PROJECT}")], "项目支出绩效目标表"),
        ([(HEAD, f"{HEAD}\t实际完成值\t得分")], "绩效自评表"),
        ([("（1）财政拨款\t60.00", "（1）财政拨款\t60.00\t全年执行数\t执行率")], "绩效自评表"),
    ],
)
def test_a_form_of_another_kind_is_refused_by_name(changes: list[tuple[str, str]], name: str, tmp_path: Path) -> None:
    with pytest.raises(importers.UnreadableError, match=f"这是{name}，不是整体支出申报表"):
        plain(tmp_path / "f.txt", *changes)


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ([("总额（元）", "总额"), ("部门预算情况", "部门预算安排情况（单位：万元）")], "1,000,000.00"),
        ([("总额（元）", "总额"), ("申报表", "申报表（单位：万元）")], "1,000,000.00"),
        ([("总额（元）", "总额"), ("（2025年度）", "（2025年度，金额以万元为单位）")], "1,000,000.00"),
        ([("总额（元）\t100.00", "总额\t100.00万元")], "1,000,000.00"),
        ([("总额（元）", "总额")], "待确认 100.00"),
        (
            [
                ("总额（元）", "总额"),
                ("部门预算情况", "部门预算情况（万元）"),
                ("（2025年度）", "（2025年度）\n单位：元"),
            ],
            "待确认 100.00",
        ),
    ],
)
def test_a_unit_is_seen_or_asked_for(changes: list[tuple[str, str]], total: str, tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", *changes)
    assert made.data["预算情况"]["部门整体预算总额"] == total  # type: ignore[index, call-overload]


BELOW = "年末资产总额（元）\t年末在职人数\t内设机构数\n"


@pytest.mark.parametrize(
    ("lines", "figures"),
    [
        ("年末资产总额（元）\n见附件2", ("见附件2", None, None)),
        (f"{BELOW}见附件2\t9\t1", ("见附件2", "9", "1")),
        (f"{BELOW}未公开\t详见第3页\t见附件2", ("未公开", "详见第3页", "见附件2")),
        (f"{BELOW}5.00\t1,234\t不适用", ("5.00", "1,234", "不适用")),
        ("年末资产总额（元）\t见附件2\t年末在职人数\t详见附件3", ("见附件2", "详见附件3", None)),
        # A label may begin like a reference: it is no value of the empty line above it.
        ("年末资产总额（元）\t\n见义勇为奖励金\t", ("待确认 未公开", None, None)),
        ("年末资产总额（元）\t\n见义勇为奖励金\t2.00", ("待确认 未公开", None, None)),
    ],
)
def test_words_in_place_of_a_figure(lines: str, figures: tuple[str | None, ...], tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", ("（2）项目支出\t30.00", f"（2）项目支出\t30.00\n{lines}"))
    assert tuple(made.data.get(label) for label in ("年末资产总额", "年末在职人数", "内设机构数")) == figures


@pytest.mark.parametrize("amount", ["18.00", "见附件2", "未公开"])
@pytest.mark.parametrize("label", ["上年结转", "见义勇为奖励金"])
def test_a_further_line_in_every_state(label: str, amount: str, tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", ("（2）其他资金\t40.00", f"（2）其他资金\t40.00\n（3）{label}\t{amount}"))
    assert dict(leaves(made.data))[("预算情况", "资金来源", "其他项目", label)] == amount


def test_a_year_of_a_column_is_not_the_forms(tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", ("（2025年度）", "内容\t2023年度预算数"))
    assert made.data["年度"] == "待确认"
    made = plain(tmp_path / "f.txt", ("申报表", "申报表（2024年度）"))
    assert made.data["年度"] == "待确认"  # the title and the line below it differ


def test_cost_stays_where_the_form_has_it(tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", ("效益指标\t社", "成本指标\t项目成本\t≤30(万元)\n效益指标\t社"))
    tree = dict(leaves(made.data["分解目标"]))
    assert tree[("产出指标", "成本指标", "项目成本")] == "≤30(万元)"
    made = plain(tmp_path / "f.txt", ("效益指标\t社", "成本指标\t经济成本指标\t项目成本\t≤30(万元)\n效益指标\t社"))
    assert dict(leaves(made.data["分解目标"]))[("成本指标", "经济成本指标", "项目成本")] == "≤30(万元)"


def test_a_lost_first_level_is_proved_and_asked_for(tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", ("产出指标\t数量", "投入管理指标\t资产管理\t盘点\t1次\n\t数量"))
    tree = dict(leaves(made.data["分解目标"]))
    assert tree[("产出指标", "数量指标", "项目数")] == "待确认 ≥5(个)"
    assert tree[("产出指标", "质量指标", "合格率")] == "待确认 100%"
    assert tree[("效益指标", "社会效益指标", "整改率")] == "提升"


@pytest.mark.parametrize(("printed", "meant"), [("⼊⾨", "入門"), ("⻔⻣", "门骨"), ("㇐", "一"), ("\uf98e", "年")])
def test_radicals_become_ideographs(printed: str, meant: str, tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", ("负责示例工作。", f"负责{printed}工作。"))
    assert made.data["部门职责"] == [f"负责{meant}工作。"]
    assert "I808" in {note.code for note in made.notes}


def test_lines_that_only_some_places_print_go_out_and_come_in(tmp_path: Path) -> None:
    made = plain(tmp_path / "f.txt", ("（2）其他资金\t40.00", "（2）其他资金\t22.00\n（3）上年结转\t18.00"))
    declaration = Declaration.model_validate(made.data)
    lines_of = {label: str(amount) for label, amount in declaration.budget.sources.amounts().items()}
    assert lines_of == {"财政拨款": "60.00", "其他资金": "22.00", "上年结转": "18.00"}
    again = form.read(Grid(layout.cells(layout.rows(declaration))), "f")
    assert again.data["预算情况"] == made.data["预算情况"]
