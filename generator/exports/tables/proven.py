"""The table of what was found of each entry in its registered document, and where it stands there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis import proof
from generator.exports.dossier import Dossier
from generator.exports.tables.model import (
    PROVEN,
    TO_DECLARATION,
    TO_DEPARTMENT,
    YEAR,
    Column,
    Line,
    of_department,
)


def _provenance(dossier: Dossier) -> Iterator[Line]:
    folder = dossier.folder
    for document in folder.documents:
        entries = [("declaration", entry) for entry in proof.of(document).entries]
        for found in folder.all_results_of(document.year):
            entries += [("results", entry) for entry in proof.of(found).entries]
        for position, (name, entry) in enumerate(entries, 1):
            row, column, part, _ = entry.spot or (None, None, None, None)
            printed = None if entry.kind is proof.Kind.SAME else entry.printed
            heads = " / ".join(entry.steps[:-1])
            told = (entry.kind.name.lower(), part or None, row, column, printed, entry.why or None)
            yield (document.year, position, heads or None, entry.name, *told, name)


PROVENANCE = of_department(
    "provenance",
    "原始文件核对",
    "一行一项：申报表和自评表的每一项在原始文件的哪一行、哪一列，是否逐字相符",
    (
        YEAR,
        Column("position", "序号", "integer", "在申报表里的次序；自评表的各项接着排", True),
        Column("headings", "所在", "string", "上级各项，从大到小，以 / 隔开；最上一级的为空"),
        Column("entry", "项目", "string", "项目的称呼，与网页相同", True),
        Column("outcome", "核对", "string", PROVEN, True),
        Column("part", "页或工作表", "string", "原始文件的第几页，或工作表的名称；只有一部分的为空"),
        Column("row", "行", "integer", "原始文件中的行，从 1 起；不在表格里的为空"),
        Column("column", "列", "integer", "原始文件中的列，从 1 起；不在表格里的为空"),
        Column("printed", "原始文件的文字", "string", "与本站相符的为空；金额换算成元"),
        Column("reason", "原因", "string", "哪里不同，或者为什么未能核对"),
        Column("document", "哪份表", "string", "declaration 申报表，results 自评表", True),
    ),
    ("year", "position"),
    _provenance,
    (TO_DEPARTMENT, TO_DECLARATION),
)
