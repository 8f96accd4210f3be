"""A workbook of the site that was filled in and sent back: the import says what was changed in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from support import CONTENT, RED_CROSS, git

from generator.content import corpus
from generator.diagnostics.model import Severity
from generator.exports import catalogue
from generator.exports.dossier import dossier
from generator.importers import proposal


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def sent_back(content: Path, **cells: str) -> Path:
    """Make the department's workbook and type into it: a name of the form → the value beside it."""
    site = content.parent / "site"
    found, _ = corpus.load(content)
    catalogue.of_department(found, dossier(found, found.departments[0], None), site)
    [file] = site.rglob("*.xlsx")
    book = openpyxl.load_workbook(file)
    at = {cell.value: cell for row in book["申报表"].iter_rows() for cell in row if cell.value}
    for name, value in cells.items():
        book["申报表"].cell(at[name].row, at[name].column + 1).value = value
    book.save(file)
    return file


def said(file: Path, into: Path | None) -> list[tuple[str, str]]:
    _, notes = proposal.propose(file, into)
    return [(str(note.severity), note.message) for note in notes if note.code == "I815"]


def test_nothing_was_changed(content: Path) -> None:
    into = content / "minhang-red-cross/2024.yaml"
    files, notes = proposal.propose(sent_back(content), into)
    assert [(note.code, note.message) for note in notes] == [
        ("I815", "这份表由本站生成（minhang-red-cross/2024），自那以后改动 0 处。")
    ]
    assert files[into] == (RED_CROSS / "2024.yaml").read_bytes()


CHANGED = [
    ("警告", "这份表由本站生成（minhang-red-cross/2024），自那以后改动 2 处。"),
    ("提示", "年末在职人数：“9” → “12”"),
    ("提示", "指标“应急救援演练场次”：“≥1.00(次)” → “≥2.00(次)”"),
]


def test_every_change_is_told(content: Path) -> None:
    file = sent_back(content, **{"应急救援演练场次": "≥2.00(次)"})
    book = openpyxl.load_workbook(file)
    staff = next(cell for row in book["申报表"].iter_rows() for cell in row if cell.value == "年末在职人数")
    book["申报表"].cell(staff.row + 1, staff.column).value = 12
    book.save(file)
    assert said(file, content / "minhang-red-cross/2024.yaml") == CHANGED


def test_the_version_it_was_made_from_is_found_in_git(content: Path) -> None:
    git(content.parent, "init", "-q")
    git(content.parent, "add", "content")
    git(content.parent, "commit", "-qm", "Publish")
    file = sent_back(content, **{"应急救援演练场次": "≥2.00(次)"})
    yaml = content / "minhang-red-cross/2024.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("培训考核合格率: =100.00(%)", "培训考核合格率: =98.00(%)"), "utf-8")
    git(content.parent, "commit", "-qam", "Mend", day="2024-04-01")
    assert said(file, yaml) == [
        ("警告", "2024.yaml 在这份表发出以后也改过，导入会覆盖那些改动。"),
        ("警告", "这份表由本站生成（minhang-red-cross/2024），自那以后改动 1 处。"),
        ("提示", "指标“应急救援演练场次”：“≥1.00(次)” → “≥2.00(次)”"),
    ]


def test_what_cannot_be_compared_says_why(content: Path) -> None:
    file = sent_back(content)
    assert "加上 -o" in said(file, None)[0][1]
    yaml = content / "minhang-red-cross/2024.yaml"
    yaml.write_text(yaml.read_text("utf-8") + "\n", "utf-8")  # no repository: the version is gone
    assert [message for _, message in said(file, yaml)][1].endswith("不能说明改了什么。")


def test_another_place_is_told(content: Path) -> None:
    [(_, first), *_] = said(sent_back(content), content / "minhang-red-cross/2025.yaml")
    assert first == "这份表由 minhang-red-cross/2024 生成，却要写到 minhang-red-cross/2025。"


def test_a_sheet_of_that_name_that_says_something_else_is_hidden_like_any(content: Path) -> None:
    file = sent_back(content)
    book = openpyxl.load_workbook(file)
    book["版本"]["A1"].value = "别的"
    book.save(file)
    _, notes = proposal.propose(file, None)
    assert [note.message for note in notes] == ["工作表“版本”是隐藏的，没有导入。"]
    assert notes[0].severity is Severity.WARNING
