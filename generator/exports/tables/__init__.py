"""The tidy tables of the open data: one row a thing, one column a fact; described once, written in every format."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.corpus import Corpus
from generator.exports.dossier import Log
from generator.exports.tables import declared, followed, overall, proven, reported
from generator.exports.tables.model import Column, Line, Table

TYPES = {"string": "文字", "number": "数", "integer": "整数", "date": "日期"}


def _dictionary(_corpus: Corpus, _log: Log) -> Iterator[Line]:
    for table in TABLES:
        for position, c in enumerate(table.columns, 1):
            yield (table.name, table.title, position, c.name, c.title, TYPES[c.type], c.description)


DICTIONARY = Table(
    "dictionary",
    "数据字典",
    "一行一列：每个表的每一列是什么",
    (
        Column("table_name", "表", "string", "表在文件里的名称", True),
        Column("table_title", "表的标题", "string", "工作簿里一页的名称", True),
        Column("position", "序号", "integer", "表里的第几列", True),
        Column("column_name", "列", "string", "列在文件里的名称", True),
        Column("column_title", "列的标题", "string", "工作簿里的列名", True),
        Column("type", "类型", "string", "文字、数、整数、日期", True),
        Column("meaning", "内容", "string", "列里是什么", True),
    ),
    ("table_name", "column_name"),
    rows_of_site=_dictionary,
)

TABLES = (
    followed.DEPARTMENTS,
    followed.COVERAGE,
    declared.DECLARATIONS,
    declared.BUDGET_LINES,
    declared.TASKS,
    followed.PROMISES,
    followed.THEMES,
    declared.INDICATORS,
    declared.HEADINGS,
    declared.STATEMENTS,
    declared.ANSWERS,
    declared.UNDISCLOSED,
    declared.SOURCES,
    proven.PROVENANCE,
    reported.RESULTS,
    reported.RESULTS_MONEY,
    overall.RESULT_YEARS,
    overall.STATE_COUNTS,
    overall.RESULT_TEXTS,
    overall.PROGRESS,
    overall.PROGRESS_MONEY,
    followed.FIGURE_CHANGES,
    followed.CHANGES,
    followed.VERDICT_COUNTS,
    followed.CORRECTIONS,
    DICTIONARY,
)
