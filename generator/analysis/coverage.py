"""Whether a department's form of a year is there, is missing, or was never to be expected.

Only who is known to exist and to be expected can be said not to have published: 公布起始年度 in department.yaml says
from which year on. Without it nobody said so, and a year without a form is 不明.
"""

from __future__ import annotations

from enum import StrEnum

from generator.content.corpus import DepartmentFolder


class Coverage(StrEnum):
    """What is known about a department's form of a year; the values are what readers see."""

    PUBLISHED = "已公布"
    MISSING = "未公布"
    NOT_ESTABLISHED = "尚未设立"
    ABOLISHED = "已撤销"
    UNKNOWN = "不明"


DEFINITIONS = {
    Coverage.PUBLISHED: "本站有这一年度的申报表。",
    Coverage.MISSING: "这一年度应当公布，本站没有收到申报表。",
    Coverage.NOT_ESTABLISHED: "部门还没有设立。",
    Coverage.ABOLISHED: "部门已经撤销。",
    Coverage.UNKNOWN: "没有申报表；这一年度是否应当公布，没有登记。",
}


def coverage(folder: DepartmentFolder, year: int) -> Coverage:
    """Tell what is known about the form of a year."""
    department = folder.department
    if any(document.year == year for document in folder.documents):
        return Coverage.PUBLISHED
    if department.established and year < department.established:
        return Coverage.NOT_ESTABLISHED
    if department.abolished and year > department.abolished:
        return Coverage.ABOLISHED
    if department.expected_since and year >= department.expected_since:
        return Coverage.MISSING
    return Coverage.UNKNOWN
