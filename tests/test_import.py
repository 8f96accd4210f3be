"""Published forms become declarations: from every container, with the damage that real documents show."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
import typst
import xlwt
from support import CONTENT, RED_CROSS

from generator import cli, importers
from generator.content import corpus, yaml_reader, yaml_writer
from generator.declaration.model import Declaration
from generator.forms import html, layout, pdf, xlsx
from generator.importers import UnreadableError, form, proposal

SOURCE = RED_CROSS / "sources/2024.txt"
REAL = corpus.load(CONTENT)[0].documents[0].declaration
FORM = yaml_writer.dump({k: v for k, v in REAL.model_dump(by_alias=True, exclude_unset=True).items() if k != "来源"})


def imported(file: Path) -> tuple[str, list[str]]:
    """Return the YAML of the form in a file, without its source, and the codes of the notes."""
    made = form.read(importers.read(file), file.name)
    assert made.unplaced == []
    made.data.pop("来源", None)
    return yaml_writer.dump(made.data), [note.code for note in made.notes]


@pytest.mark.usefixtures("apart")
def test_the_real_form_becomes_the_committed_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = tmp_path / "content"
    (content / "minhang-red-cross").mkdir(parents=True)
    for name in ("site.yaml", "minhang-red-cross/department.yaml"):
        (content / name).write_bytes((CONTENT / name).read_bytes())
    target = content / "minhang-red-cross/2024.yaml"
    assert cli.main(["import", str(SOURCE), "-o", str(target)]) == 0
    assert target.read_bytes() == (RED_CROSS / "2024.yaml").read_bytes()
    assert (content / "minhang-red-cross/sources/2024.txt").read_bytes() == SOURCE.read_bytes()
    notes = capsys.readouterr().err
    for place, code in (
        ("2024.txt:6:2", "I808"),  # <p> paragraphs
        ("2024.txt:22:3", "I804"),  # 项目支出 one column to the right
        ("2024.txt:22:1", "I813"),  # its half-width brackets
        ("2024.txt:21:1", "I806"),  # a blank line in the budget
        ("2024.txt:28:2", "I805"),  # the merged sentence of 投入管理
        ("2024.txt:52:2", "I804"),  # 募捐活动街镇参与度 lost its left cell
        *((f"2024.txt:{line}:1", "I804") for line in range(55, 59)),  # four 时效 rows
        ("2024.txt:66:1", "I806"),  # a blank line cuts 社会效益 in two
    ):
        assert f"{place}: 提示 {code} " in notes
    assert capsys.readouterr().out == ""
    assert cli.main(["import", str(SOURCE)]) == 0
    assert capsys.readouterr().out.encode() == (RED_CROSS / "2024.yaml").read_bytes()


def test_nothing_is_overwritten_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "content/bureau/2024.yaml"
    target.parent.mkdir(parents=True)
    (tmp_path / "content/site.yaml").touch()
    target.write_text("年度: 2024\n", encoding="utf-8")
    assert cli.main(["import", str(SOURCE), "-o", str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "年度: 2024\n"
    assert sorted(p.name for p in target.parent.iterdir()) == ["2024.yaml"]
    cli.main(["import", str(SOURCE), "-o", str(target), "--force"])
    assert "闵行区红十字会" in target.read_text(encoding="utf-8")


def as_xls(file: Path, declaration: Declaration) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for cell in layout.cells(layout.rows(declaration)):
        top, left = cell.row - 1, cell.column - 1
        sheet.write_merge(top, top + cell.rows - 1, left, left + cell.columns - 1, cell.text)
    book.save(str(file))


def as_docx(file: Path, declaration: Declaration) -> None:
    document = docx.Document()
    title, year, *rows = layout.rows(declaration)
    document.add_paragraph(title[0].text)
    document.add_paragraph(year[0].text)
    for part in (rows[:10], rows[10:]):  # a page break cuts the form into two tables
        cells = layout.cells(part)
        table = document.add_table(max(c.row for c in cells), max(c.last_column for c in cells))
        for cell in cells:
            first = table.cell(cell.row - 1, cell.column - 1)
            last = table.cell(cell.row + cell.rows - 2, cell.last_column - 1)
            merged = first.merge(last) if (cell.rows, cell.columns) != (1, 1) else first
            first_line, *more = cell.text.split("\n")
            merged.paragraphs[0].text = first_line
            for line in more:
                merged.add_paragraph(line)
        document.add_page_break()
    document.save(str(file))


CONTAINERS: dict[str, Callable[[Path, Declaration], object]] = {
    "f.xlsx": lambda file, d: file.write_bytes(xlsx.xlsx(d)),
    "f.html": lambda file, d: file.write_text(html.html(d, "../"), encoding="utf-8"),
    "f.pdf": lambda file, d: file.write_bytes(pdf.pdf(d)),
    "sample.pdf": lambda file, d: file.write_bytes(pdf.pdf(d, "示例")),
    "f.xls": as_xls,
    "f.docx": as_docx,
}


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_gives_the_same_declaration(name: str, tmp_path: Path) -> None:
    CONTAINERS[name](tmp_path / name, REAL)
    text, codes = imported(tmp_path / name)
    assert text == FORM
    assert set(codes) == ({"I807"} if name.endswith("pdf") else set())  # the heads again on a new page


def test_a_cell_that_fills_pages(tmp_path: Path) -> None:
    """Duties and a task longer than a page: the pieces are one cell again, and the note says where."""
    duties = [
        f"第{number}项：" + "负责全区的示例工作，" * (number % 7 + 2) + "按年度计划完成。" for number in range(1, 61)
    ]
    task = REAL.tasks[0].model_copy(update={"content": "分季度推进示例工作，" * 260 + "年底完成。"})
    long = REAL.model_copy(update={"duties": duties, "tasks": [task]})
    (tmp_path / "f.pdf").write_bytes(pdf.pdf(long))
    made = form.read(importers.read(tmp_path / "f.pdf"), "f.pdf")
    assert made.data["部门职责"] == duties
    assert made.data["年度重点任务"] == [{"任务名称": task.name, "主要内容": task.content}]
    assert [note.code for note in made.notes].count("I811") >= 2
    assert made.unplaced == []


def test_a_workbook_that_lost_its_merged_cells(tmp_path: Path) -> None:
    """As after copying into a new workbook: text in the first cell, the others empty; page heads repeated."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    shift = 0
    for cell in layout.cells(layout.rows(REAL)):
        if cell.text == "质量指标":
            shift = 2  # a page break: a blank row and the head once more
            for column, label in enumerate(("一级指标", "二级指标", "三级指标", "指标值"), 1):
                sheet.cell(cell.row + 1, column, label)
        sheet.cell(cell.row + shift, cell.column, cell.text).data_type = "s"  # =14.00(个街镇) is no formula
    book.save(tmp_path / "f.xlsx")
    text, codes = imported(tmp_path / "f.xlsx")
    assert text == FORM
    assert {"I805", "I806", "I807"} <= set(codes)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("5,513,159.84\t\t\n1、", "５,５１３,１５９.８４\t\t\n1、", "I809"),
        ("1、资金来源：（1）财政拨款\t5,513,159.84", "一、资金来源:(1)财政拨款（万元）\t551.315984", "I809"),
        ("年末资产总额(元)\t年末在职人数", "年末资产总额 （ 元 ）\t年末 在职人数", None),
        ("年末资产总额(元)\t", "年末资产总额(万元)\t", "I809"),
        ("562,882.03\t9\t1", "\t562,882.03\t9\t1", "I804"),
        ("下属预算单位个数\t2", "下属预算单位个数（个）：\t2个", None),
        ("（2024年度）", "（２０２４ 年度）", None),
        ("一级目标\t二级目标\t三级目标\t指标目标值", "一级指标\t二级指标\t三级指标\t年度指标值", None),
        ("⇥质量指标⇥应急救援演练内容相符性", "\n⇥质量指标⇥应急救援演练内容相符性", "I806"),
        ("⇥质量指标⇥应急", "一级目标⇥二级目标⇥三级目标⇥指标目标值\n⇥质量指标⇥应急", "I807"),
    ],
)
def test_damage_in_the_text(old: str, new: str, code: str | None, tmp_path: Path) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    if "万元" in new and "年末" in new:
        text = text.replace("562,882.03", "56.288203")
    before = [note.code for note in form.read(importers.read(SOURCE), "f").notes]
    old, new = old.replace("⇥", "\t"), new.replace("⇥", "\t")
    assert old in text
    (tmp_path / "f.txt").write_text(text.replace(old, new), encoding="utf-8")
    made, codes = imported(tmp_path / "f.txt")
    assert made == FORM
    assert sorted(codes) == sorted(before + ([code] if code else []))


def test_split_target_columns(tmp_path: Path) -> None:
    table = """
      <table><tr><td colspan=6>部门整体支出绩效目标申报表（2023年度）</td></tr>
      <tr><td>部门名称<td colspan=5>某局</tr>
      <tr><td>部门职责<td colspan=5><p>职责一</p><p>职责二</p></tr>
      <tr><td>年度总体目标<td colspan=5>目标一<br>目标二</tr>
      <tr><td colspan=2>部门预算总额（元）<td colspan=4>100.00</tr>
      <tr><td colspan=2>（1）财政拨款<td>60.00<td colspan=2>（2）其他资金<td>40.00</tr>
      <tr><td colspan=2>（1）基本支出<td>70.00<td colspan=2>（2）项目支出<td>30.00</tr>
      <tr><td colspan=6>分解目标</tr>
      <tr><td rowspan=2>一级指标<td rowspan=2>二级指标<td rowspan=2>三级指标<td colspan=3>指标值</tr>
      <tr><td>符号<td>数值<td>计量单位</tr>
      <tr><td>产出指标<td rowspan=2>成本指标<td>项目成本<td>≤<td>30<td>万元</tr>
      <tr><td><td>服务人次<td>≧<td>735<td>人次</tr>
      </table><p>说明：本表由财政部门批复。</p>"""
    (tmp_path / "f.html").write_text(f"<body>{table}</body>", encoding="utf-8")
    made = form.read(importers.read(tmp_path / "f.html"), "f.html")
    assert made.data["年度"] == "2023"
    assert made.data["部门职责"] == ["职责一", "职责二"]
    assert made.data["年度履职目标"] == ["目标一", "目标二"]
    assert made.data["预算情况"] == {
        "部门整体预算总额": "100.00",
        "资金来源": {"财政拨款": "60.00", "其他资金": "40.00"},
        "资金结构": {"基本支出": "70.00", "项目支出": "30.00"},
    }
    assert made.data["分解目标"] == {
        "产出指标": {"成本指标": {"项目成本": "≤ | 30 | 万元", "服务人次": "≧ | 735 | 人次"}}
    }
    assert [n.code for n in made.notes].count("I810") == 2
    assert [c.text for c in made.unplaced] == []


NATIONAL = """
  <div><p>部门整体支出绩效目标申报表</p><p>（2025年度）</p><p>UNIT</p><table>
  <tr><td colspan=7>填报单位：某县水务局</tr>
  <tr><td rowspan=5>年度<br>主要<br>任务<td rowspan=2>任务名称<td rowspan=2>主要内容<td colspan=3>预算金额HEAD</tr>
  <tr><td>总额<td>财政拨款<td>其他资金</tr>
  <tr><td>任务1：河道整治<td>整治县域河道12公里<td>320.50<td>300.50<td>20.00</tr>
  <tr><td>任务2：饮水安全<td>改造供水管网30公里<td>580<td>580<td>0</tr>
  <tr><td colspan=2>金额合计<td>900.50<td>880.50<td>20.00</tr>
  <tr><td rowspan=2>年度<br>总体<br>目标<td colspan=6>目标1：完成整治。</tr>
  <tr><td colspan=6>目标2：普及率95%。</tr>
  <tr><td rowspan=5>年<br>度绩<br>效指<br>标<td>一级指标<td>二级指标<td colspan=2>三级指标<td colspan=2>指标值</tr>
  <tr><td rowspan=2>产出指标<td rowspan=2>数量指标<td colspan=2>整治长度<td colspan=2>≥12公里</tr>
  <tr><td colspan=2>改造长度<td colspan=2>30公里</tr>
  <tr><td>效益指标<td>社会效益指标<td colspan=2>受益人口<td colspan=2>≥5万人</tr>
  <tr><td>满意度指标<td>服务对象满意度<td colspan=2>群众满意度<td colspan=2>≥90%</tr></table></div>"""


@pytest.mark.parametrize(
    ("line", "head"), [("金额单位：万元", ""), ("", "（万元）"), ("（单位：人民币万元）", "（万元）")]
)
def test_headings_at_the_left_and_amounts_beside_the_tasks(line: str, head: str, tmp_path: Path) -> None:
    """The layout of the ministry of finance: its headings are merged downwards, its budget is the tasks' sum."""
    (tmp_path / "f.html").write_text(NATIONAL.replace("UNIT", line).replace("HEAD", head), encoding="utf-8")
    made = form.read(importers.read(tmp_path / "f.html"), "f.html")
    assert made.data["部门名称"] == "某县水务局"
    assert made.data["年度履职目标"] == ["目标1：完成整治。", "目标2：普及率95%。"]
    assert made.data["年度重点任务"] == [
        {"任务名称": "任务1：河道整治", "主要内容": "整治县域河道12公里"},
        {"任务名称": "任务2：饮水安全", "主要内容": "改造供水管网30公里"},
    ]
    assert made.data["预算情况"] == {
        "部门整体预算总额": "9,005,000.00",
        "资金来源": {"财政拨款": "8,805,000.00", "其他资金": "200,000.00"},
        "资金结构": {"基本支出": "待确认 未公开"},
    }
    assert made.data["分解目标"] == {
        "产出指标": {"数量指标": {"整治长度": "≥12公里", "改造长度": "30公里"}},
        "效益指标": {"社会效益指标": {"受益人口": "≥5万人"}},
        "满意度指标": {"服务对象满意度": {"群众满意度": "≥90%"}},
    }
    kept = [cell.text for cell in made.unplaced]
    assert kept == [f"预算金额{head}", "320.50", "300.50", "20.00", "580", "580", "0"]
    assert [note.code for note in made.notes].count("I809") == 3


def test_the_unit_of_the_whole_form(tmp_path: Path) -> None:
    """金额单位：万元 holds for every amount whose label names no unit of its own, and for no count of people."""
    text = SOURCE.read_text(encoding="utf-8").replace("（2024年度）", "（2024年度）\n\t\t金额单位：万元")
    text = text.replace("总额（元）", "总额")  # but 年末资产总额(元) stays
    for amount in ("5,513,159.84", "4,088,773.84", "1,424,386.00"):
        text = text.replace(amount, f"{float(amount.replace(',', '')) / 10_000:.6f}")
    (tmp_path / "f.txt").write_text(text, encoding="utf-8")
    made, codes = imported(tmp_path / "f.txt")
    assert made == FORM
    assert codes.count("I809") == 5  # four amounts, and 0.00


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_text_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text(SOURCE.read_text(encoding="utf-8"), encoding=encoding)
    assert imported(tmp_path / "f.txt")[0] == FORM


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('charset="gb2312"', "gb18030"),
        ("", "gb18030"),
        ('charset="gb2312"', "utf-8"),
        ('charset="unknown"', "utf-8-sig"),
    ],
)
def test_a_page_in_whatever_encoding(declared: str, encoding: str, tmp_path: Path) -> None:
    page = html.html(REAL, "../").replace('charset="utf-8"', declared)
    (tmp_path / "f.html").write_text(page, encoding=encoding)
    assert imported(tmp_path / "f.html")[0] == FORM


def test_three_target_columns_with_other_heads(tmp_path: Path) -> None:
    """指标性质 | 指标值 | 度量单位, with a weight behind."""
    heads = "绩效一级指标\t绩效二级指标\t绩效指标名称\t绩效指标性质\t数值\t绩效度量单位\t指标权重"
    text = re.sub("一级目标\t二级目标\t三级目标\t指标目标值.*", "", SOURCE.read_text(encoding="utf-8"), flags=re.S)
    rows = "产出指标\t数量指标\t培训人数\t≥\t400\t人\t10\n\t\t慰问户数\t=\t50\t户\t20\n"
    (tmp_path / "f.txt").write_text(f"{text}{heads}\n{rows}", encoding="utf-8")
    made = form.read(importers.read(tmp_path / "f.txt"), "f.txt")
    assert made.data["分解目标"] == {
        "产出指标": {
            "数量指标": {
                "培训人数": {"指标目标值": "≥ | 400 | 人", "权重": "10"},
                "慰问户数": {"指标目标值": "= | 50 | 户", "权重": "20"},
            }
        }
    }
    assert made.unplaced == []


def test_a_figure_that_is_not_there_waits(tmp_path: Path) -> None:
    text = SOURCE.read_text(encoding="utf-8").replace("562,882.03\t9\t1", "562,882.03\t\t1")
    twice = "2、资金结构：（1）基本支出\t4,088,773.84\t\t\n"
    (tmp_path / "f.txt").write_text(text.replace(twice, twice + twice.replace("4,088", "9,088")), encoding="utf-8")
    made = form.read(importers.read(tmp_path / "f.txt"), "f.txt")
    figures = [made.data[label] for label in ("年末资产总额", "年末在职人数", "内设机构数")]
    assert figures == ["562,882.03", "待确认 未公开", "1"]
    assert "'基本支出': '4,088,773.84'" in str(made.data["预算情况"])
    assert [cell.text for cell in made.unplaced] == ["2、资金结构：（1）基本支出", "9,088,773.84"]


def test_what_has_no_place_is_kept(tmp_path: Path) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    text = text.replace("年末资产总额(元)", "填表人：\t张\t\t\n年末资产总额(元)").replace(
        "部门名称\t闵", "联系电话\t闵"
    )
    (tmp_path / "2024.txt").write_text(text, encoding="utf-8")
    target = tmp_path / "content/bureau/2024.yaml"
    files, notes = proposal.propose(tmp_path / "2024.txt", target)
    written = files[target].decode()
    assert "部门名称: 待确认 未公开\n" in written
    kept = written.partition("# 以下内容在原文件里，不知道放在哪里：\n")[2]
    assert "：填表人：\n" in kept
    assert "：联系电话\n" in kept
    assert {"I803", "I812"} <= {note.code for note in notes}
    assert yaml_reader.load(files[target], "f").diagnostics == []


def test_cells_are_taken_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([0.9, 5513159.84, 9, 0.125, 1.5, "=1+1", None])
    for column, shown in enumerate(("0%", "#,##0.00", "General", "0.00%", "General"), 1):
        sheet.cell(1, column).number_format = shown
    book.save(tmp_path / "f.xlsx")
    texts = [cell.text for cell in importers.read(tmp_path / "f.xlsx").cells]
    assert texts[:5] == ["90%", "5,513,159.84", "9", "12.50%", "1.5"]


def locked_workbook(file: Path) -> None:
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))


def cut_zip(file: Path) -> None:
    whole = xlsx.xlsx(REAL)
    file.write_bytes(whole[: len(whole) // 2])


def zip_bomb(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", bytes(10_000_000))


def big_sheet(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(100_000_000))


def scanned(file: Path) -> None:
    file.write_bytes(bytes(typst.compile(b"#rect(width: 5cm, height: 5cm, fill: black)", format="pdf")))


def without_lines(file: Path) -> None:
    file.write_bytes(bytes(typst.compile("部门名称 某局，预算总额 100.00".encode(), format="pdf")))


def pdf_bomb(file: Path) -> None:
    """A page whose content unpacks to four gigabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    ten_million = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + ten_million * 400 + b"\x03\x00" + bytes(4)
    file.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n"
        + b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def endless_cells(file: Path) -> None:
    file.write_text("<table><tr><td rowspan=1000 colspan=1000>部门名称</td><td rowspan=999>x</table>", encoding="utf-8")


def two_forms(file: Path) -> None:
    file.write_text(SOURCE.read_text(encoding="utf-8") * 2, encoding="utf-8")


def wrong_form(file: Path) -> None:
    file.write_text("项目\t金额\n差旅费\t100.00\n部门名称\t某局\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("locked.xlsx", locked_workbook, "工作簿加了密码"),
        ("locked.docx", locked_workbook, "文档加了密码"),
        ("cut.xlsx", cut_zip, "可能已经损坏"),
        ("cut.docx", cut_zip, "可能已经损坏"),
        ("cut.xls", cut_zip, "可能已经损坏"),
        ("bomb.xlsx", zip_bomb, "解开后有 200,000,000 字节"),
        ("big.xlsx", big_sheet, "超过上限"),
        ("scan.pdf", scanned, "只有图片（多半是扫描件），而这里没有装图像识别"),
        ("prose.pdf", without_lines, "没有找到申报表的项目"),
        ("two.txt", two_forms, "文件里有 2 份申报表"),
        ("wrong.txt", wrong_form, "没有找到申报表的项目"),
        ("wrong.html", lambda file: file.write_text("<p>新闻</p>", encoding="utf-8"), "没有找到申报表的项目"),
        ("empty.html", lambda file: file.write_bytes(b""), "空的"),
        ("binary.txt", lambda file: file.write_bytes(bytes(range(256)) * 9), "编码认不出来"),
        ("form.doc", lambda file: file.write_bytes(b"x"), "不认识“.doc”文件"),
    ],
)
def test_a_damaged_document_gets_one_sentence(
    name: str, make: Callable[[Path], object], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / name)
    assert_refused(tmp_path / name, sentence, capsys)


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("bomb.pdf", pdf_bomb, "读到一半停了|文件打不开"),
        ("spans.html", endless_cells, "表格超过 1,000,000 格"),
        ("broken.pdf", lambda file: file.write_bytes(b"%PDF-1.7 nothing"), "可能已经损坏"),
    ],
)
def test_a_hostile_document_gets_one_sentence(
    name: str,
    make: Callable[[Path], object],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a process of its own, which alone fails; with less memory than otherwise it fails sooner."""
    monkeypatch.setitem(importers.LIMITS, "pdf", importers.Limits(memory=500_000_000))
    make(tmp_path / name)
    assert_refused(tmp_path / name, sentence, capsys)


def assert_refused(file: Path, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    target = file.parent / "content/bureau/2024.yaml"
    (file.parent / "content").mkdir()
    (file.parent / "content/site.yaml").touch()
    assert cli.main(["import", str(file), "-o", str(target)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert re.match(rf"{file.name}:1:1: 错误 I801 .*({sentence}).*改法：", line)
    assert not target.parent.exists()


def test_a_locked_pdf(tmp_path: Path) -> None:
    locked = pdf.pdf(REAL).replace(b"/Type/XRef", b"/Type/XRef/Encrypt 1 0 R")
    (tmp_path / "f.pdf").write_bytes(locked)
    with pytest.raises(UnreadableError):
        importers.read(tmp_path / "f.pdf")
