"""What a document shows is what is imported: not what it hides, nor what else it holds, and nothing is lost unsaid."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import typst
import xlwt
from docx.oxml import parse_xml
from support import RED_CROSS

from generator import cli, importers
from generator.importers import UnreadableError, form
from generator.importers.reading import Imported
from generator.resources import FONTS

ROWS = """部门（单位）整体支出绩效目标申报表
（2025年度）
部门名称\t某局\t下属预算单位个数\t2
部门职责\t负责示例工作。
年度履职目标\t完成年度计划。
年度重点任务
任务名称\t主要内容
审计监督\t开展预算执行审计。
部门预算情况
部门整体预算总额\t5,513,159.84
1、资金来源：（1）财政拨款\t5,513,159.84
（2）其他资金\t0.00
2、资金结构：（1）基本支出\t4,088,773.84
（2）项目支出\t1,424,386.00
年末资产总额(元)\t年末在职人数\t内设机构数
562,882.03\t9\t1
分解目标
一级目标\t二级目标\t三级目标\t指标目标值
产出指标\t数量指标\t项目数\t≥5(个)
\t\t报告数\t≥6(份)
\t质量指标\t合格率\t100%
效益指标\t社会效益指标\t整改率\t提升
满意度指标\t服务对象满意度\t满意度\t≥90(%)"""
MONEY = {
    "部门整体预算总额": "5,513,159.84",
    "资金来源": {"财政拨款": "5,513,159.84", "其他资金": "0.00"},
    "资金结构": {"基本支出": "4,088,773.84", "项目支出": "1,424,386.00"},
}
TREE = {
    "产出指标": {"数量指标": {"项目数": "≥5(个)", "报告数": "≥6(份)"}, "质量指标": {"合格率": "100%"}},
    "效益指标": {"社会效益指标": {"整改率": "提升"}},
    "满意度指标": {"服务对象满意度": {"满意度": "≥90(%)"}},
}


def rows(*changes: tuple[str, str]) -> list[list[str]]:
    """Return the form's rows of cells, after replacing texts that must be there."""
    text = ROWS
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return [line.split("\t") for line in text.split("\n")]


def read(file: Path) -> Imported:
    """Import a document in this process, which is faster; test_import.py goes the whole way."""
    reader = import_module(f"generator.importers.containers.{importers.READERS[file.suffix]}")
    return form.read(reader.read(file), file.name)


def codes(made: Imported) -> set[str]:
    return {note.code for note in made.notes}


def told(made: Imported, code: str) -> str:
    return "\n".join(note.message for note in made.notes if note.code == code)


def as_text(folder: Path, given: list[list[str]]) -> Imported:
    (folder / "f.txt").write_text("\n".join("\t".join(row) for row in given), encoding="utf-8")
    return read(folder / "f.txt")


def sheet_of(given: list[list[str]]) -> tuple[openpyxl.Workbook, Any]:
    """Return a workbook with the form: merged titles, so that an empty cell counts as empty."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for number, row in enumerate(given, 1):
        for column, text in enumerate(row, 1):
            if text:
                sheet.cell(number, column, text).data_type = "s"
    sheet.merge_cells("A1:D1")
    return book, sheet


def as_xlsx(folder: Path, change: Callable[[Any], object], *changes: tuple[str, str]) -> Imported:
    book, sheet = sheet_of(rows(*changes))
    change(sheet)
    book.save(folder / "f.xlsx")
    return read(folder / "f.xlsx")


def cell_of(sheet: Any, text: str) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_the_form_itself(tmp_path: Path) -> None:
    made = as_xlsx(tmp_path, lambda sheet: None)
    assert (made.data["预算情况"], made.data["分解目标"], made.unplaced, made.notes) == (MONEY, TREE, [], [])
    assert as_text(tmp_path, rows()).data == made.data


# ——— Excel ———


def put(text: str, value: object, code: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        cell = cell_of(sheet, text)
        cell.value, cell.number_format = value, code

    return change


@pytest.mark.parametrize(
    ("value", "code", "amount", "note"),
    [
        (1424386.0, "[$¥-804]#,##0.00", "1,424,386.00", "I809"),  # the sign of the yuan goes
        (1424386.0, "#,##0.00", "1,424,386.00", None),
        (1424386.25, "#,##0", "1,424,386.25", "I809"),  # shown without the cents that it holds
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00", "I809"),
    ],
)
def test_an_amount_keeps_its_cents(tmp_path: Path, value: float, code: str, amount: str, note: str | None) -> None:
    made = as_xlsx(tmp_path, put("1,424,386.00", value, code))
    assert f"'项目支出': '{amount}'" in str(made.data["预算情况"])
    assert codes(made) == ({note} if note else set())


def test_a_unit_of_the_form_and_the_digits_of_the_cell(tmp_path: Path) -> None:
    def in_ten_thousands(sheet: Any) -> None:
        for amount in ("5,513,159.84", "4,088,773.84", "1,424,386.00", "0.00"):
            while any(cell.value == amount for row in sheet.iter_rows() for cell in row):
                put(amount, float(amount.replace(",", "")) / 10_000, "0.00")(sheet)

    made = as_xlsx(tmp_path, in_ten_thousands, ("（2025年度）", "（2025年度）        金额单位：万元"))
    assert made.data["预算情况"] == MONEY
    assert made.data["年末资产总额"] == "562,882.03"  # its label says 元
    assert "551.32；工作簿里是 551.315984" in told(made, "I809")


def test_a_number_on_another_scale_is_questioned(tmp_path: Path) -> None:
    made = as_xlsx(tmp_path, put("1,424,386.00", 1424386.0, "#,##0.00,"))
    assert "显示为 1,424.39，工作簿里是 1424386，按显示的录入，核对金额单位" in told(made, "I809")


@pytest.mark.parametrize(
    ("value", "code", "target"),
    [(5, '"≥"0"个"', "≥5个"), (0.9, "0%", "90%"), (True, "General", "TRUE"), ("≥5_x000D_\n(个)", "@", "≥5(个)")],
)
def test_a_target_as_it_is_shown(tmp_path: Path, value: object, code: str, target: str) -> None:
    made = as_xlsx(tmp_path, put("≥5(个)", value, code))
    assert f"'项目数': '{target}'" in str(made.data["分解目标"])


def test_a_target_of_the_older_workbook_as_it_is_shown(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for number, row in enumerate(rows()):
        for column, text in enumerate(row):
            value: object = {"≥90(%)": 0.985, "1,424,386.00": 1424386}.get(text, text)
            style = xlwt.easyxf(num_format_str={"≥90(%)": "0.0%", "1,424,386.00": "#,##0.00"}.get(text, "General"))
            sheet.write(number, column, value, style)
    sheet.row(19).hidden = True
    book.save(str(tmp_path / "f.xls"))
    made = read(tmp_path / "f.xls")
    assert "'满意度': '98.5%'" in str(made.data["分解目标"])
    assert made.data["预算情况"] == MONEY
    assert "报告数" not in str(made.data["分解目标"])
    assert "“报告数 | ≥6(份)”" in told(made, "I814")


def test_what_a_workbook_hides(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.merge_cells("A19:A21")
        sheet.row_dimensions[19].hidden = True  # 项目数; its merged heading reaches on
        sheet.column_dimensions["F"].hidden = True
        sheet["F3"] = "内部备注"
        sheet["F19"] = "#REF!"
        other = sheet.parent.create_sheet("底稿")
        other["A1"], other.sheet_state = "草稿", "hidden"

    made = as_xlsx(tmp_path, hide)
    assert made.data["分解目标"] == TREE | {"产出指标": {"质量指标": {"合格率": "100%"}}} | {} or "报告数" in str(
        made.data
    )
    assert "项目数" not in str(made.data)
    said = told(made, "I814")
    assert "“底稿”是隐藏的" in said
    assert "“内部备注”" in said
    assert "项目数" in said


def test_a_formula_error_is_no_target(tmp_path: Path) -> None:
    def broken(sheet: Any) -> None:
        cell_of(sheet, "100%").value = "#DIV/0!"

    made = as_xlsx(tmp_path, broken)
    assert "'合格率': '待确认 未公开'" in str(made.data["分解目标"])
    assert "#DIV/0!" in told(made, "I814")
    assert "“合格率”没有目标值" in told(made, "I803")


def test_a_second_form_in_the_workbook(tmp_path: Path) -> None:
    def add(sheet: Any) -> None:
        other = sheet.parent.create_sheet("项目")
        for row in (["2025年度项目支出绩效目标表"], ["项目名称", "运维"], ["产出指标", "数量指标", "系统数", "≥3(个)"]):
            other.append(row)

    made = as_xlsx(tmp_path, add)
    assert made.data["分解目标"] == TREE
    assert "申报表之后还有 3 行（从“2025年度项目支出绩效目标表”起）" in told(made, "I814")


def test_an_xls_that_is_something_else(tmp_path: Path) -> None:
    """Systems export pages and newer workbooks under the older ending."""
    table = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows())
    (tmp_path / "page.xls").write_text(f"<html><table>{table}</table>", encoding="gb18030")
    book, _ = sheet_of(rows())
    book.save(tmp_path / "f.xlsx")
    (tmp_path / "f.xlsx").rename(tmp_path / "new.xls")
    for name in ("page.xls", "new.xls"):
        assert form.read(importers.read(tmp_path / name), name).data["预算情况"] == MONEY


# ——— Word ———

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def as_docx(folder: Path, inside: str, *before: str) -> Imported:
    """Make a document with the form, `inside` as the paragraph of the target of 项目数, and lines before the table."""
    document = docx.Document()
    for line in before:
        document.add_paragraph(line)
    given = rows()
    table = document.add_table(len(given), 4)
    for number, row in enumerate(given):
        for column, text in enumerate(row):
            cell = table.cell(number, column)
            if text == "≥5(个)":
                cell._tc.replace(cell._tc.p_lst[0], parse_xml(f"<w:p {W} {M}>{inside}</w:p>"))
            else:
                cell.text = text
    document.save(str(folder / "f.docx"))
    return read(folder / "f.docx")


def run(text: str, form: str = "") -> str:
    return f"<w:r><w:rPr>{form}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "doubt"),
    [
        (run("≥5(个)"), ""),
        (run("≥") + "<w:smartTag w:element='x'>" + run("5(个)") + "</w:smartTag>", ""),
        (f"<w:sdt><w:sdtContent>{run('≥5')}</w:sdtContent></w:sdt>{run('(个)')}", ""),
        (f'<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run("5(个)")}', ""),
        (f"<m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>{run('5(个)')}", ""),
        (f"{run('≥')}<w:del><w:r><w:delText>8</w:delText></w:r></w:del><w:ins>{run('5(个)')}</w:ins>", "修订"),
        (run("≥") + run("8", "<w:strike/>") + run("5(个)"), "“8”被划掉了"),
        (run("≥5") + run("0", "<w:vanish/>") + run("(个)"), "“0”是隐藏的文字"),
    ],
)
def test_a_word_document_as_it_is_shown(tmp_path: Path, inside: str, doubt: str) -> None:
    made = as_docx(tmp_path, inside)
    assert "'项目数': '≥5(个)'" in str(made.data["分解目标"])
    assert doubt in told(made, "I814")
    assert bool(doubt) == ("I814" in codes(made))


def test_a_symbol_that_nobody_knows_is_questioned(tmp_path: Path) -> None:
    made = as_docx(tmp_path, f'<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>{run("5(个)")}')
    assert "'项目数': '□5(个)'" in str(made.data["分解目标"])
    assert "Wingdings F0FC" in told(made, "I814")


def test_lines_above_the_table_of_a_document(tmp_path: Path) -> None:
    made = as_docx(tmp_path, run("≥5(个)"), "填报单位：另一局    单位：万元", "部门概况：略")
    assert made.data["部门名称"] == "某局"
    assert "“填报单位”是“另一局”" in told(made, "I812")
    assert "'部门整体预算总额': '55,131,598,400.00'" in str(made.data["预算情况"])
    assert [cell.text for cell in made.unplaced] == ["部门概况：略"]


def test_rows_and_cells_in_content_controls(tmp_path: Path) -> None:
    as_docx(tmp_path, run("≥5(个)"))
    document = docx.Document(str(tmp_path / "f.docx"))
    table = document.tables[0]._tbl
    for element in (table.tr_lst[19], table.tr_lst[20].tc_lst[3], table):
        parent, place = element.getparent(), element.getparent().index(element)
        wrapped = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
        wrapped[0].append(element)
        parent.insert(place, wrapped)
    document.save(str(tmp_path / "g.docx"))
    assert read(tmp_path / "g.docx").data["分解目标"] == TREE


# ——— web pages ———


def table_of(given: list[list[str]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in given)


def as_html(folder: Path, page: str) -> Imported:
    (folder / "f.html").write_text(page, encoding="utf-8")
    return read(folder / "f.html")


@pytest.mark.parametrize(
    ("target", "doubt"),
    [
        ("≥<del>8</del>5(个)", "“8”被划掉或隐藏"),
        ('≥5<span style="display: none">0</span>(个)', "“0”被划掉或隐藏"),
        ("<p>≥5</p><p>(个)</p>", ""),
        ("\u200b≥5\ufeff(个)", ""),
        ("<table><tr><td>≥5(个)</td></tr></table>", ""),
    ],
)
def test_a_page_as_it_is_shown(tmp_path: Path, target: str, doubt: str) -> None:
    made = as_html(tmp_path, f"<table>{table_of(rows(('≥5(个)', target)))}</table>")
    assert "'项目数': '≥5(个)'" in str(made.data["分解目标"])
    assert doubt in told(made, "I814")


def test_labels_with_invisible_characters(tmp_path: Path) -> None:
    marked = [["\u200b".join(text) for text in row] for row in rows()]
    made = as_html(tmp_path, f"<table>{table_of(marked)}</table>")
    assert (made.data["预算情况"], made.data["分解目标"]) == (MONEY, TREE)
    assert "看不见的字符" in told(made, "I808")


def test_blocks_of_the_form_inside_a_cell(tmp_path: Path) -> None:
    given = rows()
    budget, tree = (
        f"<tr><td colspan=4><table>{table_of(part)}</table></td></tr>" for part in (given[9:16], given[17:])
    )
    page = f"<table>{table_of(given[:9])}{budget}{table_of(given[16:17])}{tree}</table>"
    made = as_html(tmp_path, f"<table><tr><td>导航<td>2023年度决算<tr><td colspan=2>{page}</table>")
    assert (made.data["年度"], made.data["预算情况"], made.data["分解目标"]) == ("2025", MONEY, TREE)
    assert made.unplaced == []


def test_a_hidden_row_and_another_table(tmp_path: Path) -> None:
    page = table_of(rows()).replace("<tr><td></td><td></td><td>报告数", "<tr hidden><td></td><td></td><td>报告数")
    other = "<table><tr><td>项目支出</td><td>单位：万元</td></tr><tr><td>合计</td><td>9</td></tr></table>"
    made = as_html(tmp_path, f"{other}<table>{page}</table>")
    assert made.data["预算情况"] == MONEY
    assert "报告数" not in str(made.data["分解目标"])
    said = told(made, "I814")
    assert "“报告数 | ≥6(份)”" in said
    assert "申报表之前还有 2 行（从“项目支出”起）" in said


# ——— the form, whatever the container ———


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("一级指标\t二级指标\t三级指标\t指标解释\t指标值", "产出指标\t数量指标\t项目数\t反映项目\t≥5(个)"),
        ("一级指标\t二级指标\t三级指标\t权重\t指标值", "产出指标\t数量指标\t项目数\t10\t≥5(个)"),
        ("一级指标\t二级指标\t三级指标\t上年指标值\t指标值", "产出指标\t数量指标\t项目数\t≥3(个)\t≥5(个)"),
        ("一级指标\t二级指标\t三级指标\t指标值\t评分标准", "产出指标\t数量指标\t项目数\t≥5(个)\t达标得满分"),
        ("序号\t一级指标\t二级指标\t三级指标\t年初指标值", "1\t产出指标\t数量指标\t项目数\t≥5(个)"),
        ("一级指标\t权重\t二级指标\t三级指标\t指标值（包含数字及文字描述）", "产出指标\t50\t数量指标\t项目数\t≥5(个)"),
        ("一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位", "产出指标\t数量指标\t项目数\t≥\t5\t(个)"),
        ("一级指标\t二级指标\t三级指标\t指标值\t计量单位", "产出指标\t数量指标\t项目数\t≥5\t(个)"),
    ],
)
def test_the_target_stands_under_its_head(tmp_path: Path, head: str, row: str) -> None:
    book, _ = sheet_of([*rows()[:17], head.split("\t"), row.split("\t")])
    book.save(tmp_path / "f.xlsx")
    tree: Any = read(tmp_path / "f.xlsx").data["分解目标"]
    assert list(tree) == ["产出指标"]
    [(name, entry)] = tree["产出指标"]["数量指标"].items()
    target = entry if isinstance(entry, str) else entry["指标目标值"]
    assert (name, target.replace(" | ", "")) == ("项目数", "≥5(个)")


def test_a_target_that_is_not_there_waits(tmp_path: Path) -> None:
    made = as_xlsx(tmp_path, lambda sheet: None, ("\t100%", ""))
    assert "'合格率': '待确认 未公开'" in str(made.data["分解目标"])
    assert "“合格率”没有目标值" in told(made, "I803")
    made = as_text(tmp_path, rows(("项目数\t≥5(个)", "项目数")))  # in a text: as the next row shows
    assert "{'项目数': '待确认 未公开', '报告数': '≥6(份)'}" in str(made.data["分解目标"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（2025年度）", "（2025年度）\n金额单位：万元"),
        ("（2025年度）", "（2025年度）\n填报单位：某局      单位：万元"),
        ("（2025年度）", "（2025年度）  单位:万元、个"),
        ("部门（单位）整体支出绩效目标申报表\n", "部门（单位）整体支出绩效目标申报表（万元）\n"),
        ("部门预算情况", "部门预算情况（万元）"),
        ("部门整体预算总额", "部门整体预算总额（万元）"),
        ("部门预算情况\n", "部门预算情况\n\t金额（万元）\n"),
        ("部门（单位）整体支出绩效目标申报表\n（2025年度）", "部门整体支出绩效目标批复表\n2025年度\n单位：万元"),
    ],
)
def test_wherever_the_unit_is_stated(tmp_path: Path, old: str, new: str) -> None:
    amounts = [("5,513,159.84", "551.315984"), ("4,088,773.84", "408.877384"), ("1,424,386.00", "142.4386")]
    made = as_text(tmp_path, rows(*amounts, (old, new)))
    assert made.data["预算情况"] == MONEY
    assert (made.data["年度"], made.data["部门名称"], made.data["年末资产总额"]) == ("2025", "某局", "562,882.03")
    assert made.unplaced == []


def test_two_units_are_questioned(tmp_path: Path) -> None:
    made = as_text(tmp_path, rows(("（2025年度）", "（2025年度）\n单位：元"), ("部门预算情况", "部门预算情况（万元）")))
    assert "2种金额单位（元、万元）" in told(made, "I809")


def test_a_line_about_the_form_is_not_another_form(tmp_path: Path) -> None:
    made = as_text(tmp_path, rows(("（2025年度）", "（2025年度）\n注：本申报表由预算部门填写。")))
    assert made.data["分解目标"] == TREE
    assert "I814" not in codes(made)


def test_tasks_with_numbers_in_front(tmp_path: Path) -> None:
    made = as_text(tmp_path, rows(("任务名称\t", "序号\t任务名称\t"), ("审计监督\t", "1\t审计监督\t")))
    assert made.data["年度重点任务"] == [{"任务名称": "审计监督", "主要内容": "开展预算执行审计。"}]
    assert made.unplaced == []


def test_a_form_without_tasks_says_so(tmp_path: Path) -> None:
    made = as_text(tmp_path, rows(("审计监督\t开展预算执行审计。\n", "")))
    assert "没有找到“年度重点任务”" in told(made, "I803")


def test_items_in_rows_of_their_own(tmp_path: Path) -> None:
    made = as_text(tmp_path, rows(("\t负责示例工作。", "\t一、负责示例工作\n\t二、组织检查\n\t三、承办事项")))
    assert made.data["部门职责"] == ["一、负责示例工作", "二、组织检查", "三、承办事项"]


def test_a_text_copied_from_a_sheet(tmp_path: Path) -> None:
    made = as_text(tmp_path, rows(("≥5(个)", '"≥5\n(个)"'), ("负责示例工作。", '"负责""示例""工作。\n组织检查。"')))
    assert made.data["分解目标"] == TREE
    assert made.data["部门职责"] == ['负责"示例"工作。', "组织检查。"]
    made = as_text(tmp_path, rows(("负责示例工作。", '"示例"工作。'), ("≥5(个)", "≥5\v(个)")))
    assert (made.data["部门职责"], made.data["分解目标"]) == (['"示例"工作。'], TREE)


def test_a_year_in_chinese_digits(tmp_path: Path) -> None:
    assert as_text(tmp_path, rows(("（2025年度）", "二〇二五年度"))).data["年度"] == "2025"


# ——— PDF ———

PAGE = '#set page(width: 21cm, height: 29cm)\n#set text(font: "Noto Sans CJK SC", size: 9pt)\n'


def as_pdf(folder: Path, *parts: str) -> Imported:
    (folder / "f.typ").write_text(PAGE + "\n".join(parts), encoding="utf-8")
    fonts = [str(FONTS)]
    typst.compile(str(folder / "f.typ"), output=str(folder / "f.pdf"), font_paths=fonts, ignore_system_fonts=True)
    return read(folder / "f.pdf")


def ruled(given: list[list[str]]) -> str:
    cells = ",".join(f"[#text({text!r})]".replace("'", '"') for row in given for text in (row + [""] * 4)[:4])
    return f"#table(columns: 4, {cells})"


def test_text_beside_the_ruled_tables_of_a_pdf_is_kept(tmp_path: Path) -> None:
    made = as_pdf(tmp_path, ruled(rows()), '#text("遗漏指标 ≥7(项)")')
    assert made.data["分解目标"] == TREE
    assert [cell.text.replace(" ", "") for cell in made.unplaced] == ["遗漏指标≥7(项)"]


def test_bold_that_is_printed_twice(tmp_path: Path) -> None:
    twice = '#place(text("≥5(个)"))#text("≥5(个)")'
    made = as_pdf(tmp_path, ruled(rows()).replace('#text("≥5(个)")', twice))
    assert made.data["分解目标"] == TREE


def test_the_first_row_of_a_page_is_questioned(tmp_path: Path) -> None:
    made = as_pdf(tmp_path, ruled(rows()[:19]), "#pagebreak()", ruled(rows()[19:]))
    assert made.data["分解目标"] == TREE
    assert "换页后的第一行“报告数”" in told(made, "I811")


# ——— where the file goes ———


@pytest.mark.parametrize("output", ["2025.yaml", "content/bureau", "content/bureau/2025", "content/bureau/first.yaml"])
def test_only_a_years_file_is_written(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content/bureau").mkdir(parents=True)
    (tmp_path / "content/site.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["import", str(RED_CROSS / "sources/2024.txt"), "-o", output]) == 2
    assert "写成 content/部门文件夹/年度.yaml" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "content").rglob("*") if p.is_file()] == ["site.yaml"]


def test_two_forms_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    def add(sheet: Any) -> None:
        other = sheet.parent.create_sheet("去年")
        for number, row in enumerate(rows(("2025", "2024")), 1):
            for column, text in enumerate(row, 4):
                other.cell(number, column, text)

    with pytest.raises(UnreadableError, match="2 份申报表"):
        as_xlsx(tmp_path, add)
