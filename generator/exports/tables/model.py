"""What a table is: its columns, its key, what its rows refer to, and where its rows come from.

A cell is None where nothing is stated. Text columns that end in _published hold the published string to the
letter; beside it stands what it means, as far as it can be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from generator.content.corpus import Corpus
from generator.declaration.quantity import Amount, Count
from generator.exports.dossier import Dossier, Log

Value: TypeAlias = str | int | Decimal | date | None
Line: TypeAlias = tuple[Value, ...]
Cell: TypeAlias = str | int | None  # a value as every file holds it


@dataclass(frozen=True)
class Column:
    """A column: its name in files, its title, its type (as in Table Schema) and what it holds, in Chinese."""

    name: str
    title: str
    type: str
    description: str
    required: bool = False


@dataclass(frozen=True)
class Reference:
    """Columns that name a row of another table, by the columns `others` there."""

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table: its columns, those that identify a row, and its rows of one department and of the site as a whole."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Dossier], Iterator[Line]] = lambda _: iter(())
    rows_of_site: Callable[[Corpus, Log], Iterator[Line]] = lambda _corpus, _log: iter(())
    references: tuple[Reference, ...] = ()


DEPARTMENT = Column("department", "部门", "string", "部门在本站的地址", True)
NAME = Column("department_name_current", "部门现名", "string", "部门现在的名称", True)
YEAR = Column("year", "年度", "integer", "申报表的年度", True)
FIRST = Column("first_level", "一级目标", "string", "一级目标的标题", True)
SECOND = Column("second_level", "二级目标", "string", "二级目标的标题", True)
PROMISE = Column("promise", "承诺编号", "string", "同一项承诺历年相同，改名不变；在部门之内不重复", True)
FROM = Column("from_year", "较早年度", "integer", "两份申报表中较早的年度", True)
TO = Column("to_year", "较晚年度", "integer", "两份申报表中较晚的年度", True)
PAIR = Column("pair", "两年关系", "string", "consecutive 相邻两次公布，apart 不相邻", True)

TO_DEPARTMENT = Reference(("department",), "departments", ("department",))
TO_DECLARATION = Reference(("department", "year"), "declarations", ("department", "year"))
TO_PROMISE = Reference(("department", "promise"), "promises", ("department", "promise"))
TO_BOTH = tuple(Reference(("department", column.name), "declarations", ("department", "year")) for column in (FROM, TO))


def of_department(
    name: str,
    title: str,
    description: str,
    columns: tuple[Column, ...],
    key: tuple[str, ...],
    rows: Callable[[Dossier], Iterator[Line]],
    references: tuple[Reference, ...] = (TO_DEPARTMENT,),
) -> Table:
    """Make a table of departments' rows: the address, the present name, then `columns`, filled by `rows`."""

    def all_rows(dossier: Dossier) -> Iterator[Line]:
        head = (dossier.folder.address, dossier.folder.department.name)
        return ((*head, *row) for row in rows(dossier))

    key = ("department", *key)
    return Table(name, title, description, (DEPARTMENT, NAME, *columns), key, all_rows, references=references)


def cells(line: Line) -> list[Cell]:
    """Return a row as files hold it: a decimal by its digits, a date as YYYY-MM-DD."""
    return [
        v if isinstance(v, str | int) or v is None else f"{v:f}" if isinstance(v, Decimal) else str(v) for v in line
    ]


PROVEN = "same 相符，different 不同，missing 未收录，additional 原始文件里没有，unsure 未能核对"
STATES = "number 写明数字，absent 表上无此项，not applicable 不适用，not public 未公开，see document 见其他文件"


def state(figure: Amount | Count | None) -> str:
    """Tell which of the five states a figure has."""
    if figure is None:
        return "absent"
    if figure.value is not None:
        return "number"
    return "see document" if figure.see else "not applicable" if figure.text == "不适用" else "not public"


def figure(given: Amount | Count | None) -> Line:
    """Return the three cells of a figure: its state, the printed text, the number."""
    return state(given), None if given is None else given.text, None if given is None else given.value


def figure_columns(name: str, title: str, unit: str) -> tuple[Column, Column, Column]:
    """Return the three columns of a figure; that of an amount says its unit in its name."""
    value = Column(f"{name}_yuan" if unit == "元" else name, title, "number" if unit == "元" else "integer", "")
    said = "单位：元；没有写明数字的为空，零就是 0.00" if unit == "元" else f"单位：{unit}；没有写明数字的为空"
    return (
        Column(f"{name}_state", f"{title}（状态）", "string", STATES, True),
        Column(f"{name}_published", f"{title}（原文）", "string", "照录；表上没有这一项的为空"),
        Column(value.name, title, value.type, said),
    )
