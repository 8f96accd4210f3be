"""The tables of what is followed through the years: departments, coverage, promises, changes, corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.analysis import figures
from generator.analysis.change_log import Revision
from generator.analysis.coverage import DEFINITIONS, coverage
from generator.analysis.verdicts import Kind
from generator.content.corpus import Corpus
from generator.declaration.fields import BY_LABEL
from generator.exports.dossier import Dossier, Log
from generator.exports.tables.declared import VERDICT, told
from generator.exports.tables.model import (
    DEPARTMENT,
    FROM,
    NAME,
    PAIR,
    PROMISE,
    STATES,
    TO,
    TO_BOTH,
    TO_DEPARTMENT,
    TO_PROMISE,
    YEAR,
    Column,
    Line,
    Reference,
    Table,
    figure,
    of_department,
)


def _departments(dossier: Dossier) -> Iterator[Line]:
    d = dossier.folder.department
    renamings = "\n".join(f"{r.former_name}（{r.until}年度及以前）" for r in d.renamings)
    addresses = "\n".join(d.former_addresses)
    yield (d.parent, d.established, d.abolished, d.expected_since, addresses or None, renamings or None)


DEPARTMENTS = of_department(
    "departments",
    "部门",
    "一行一个部门",
    (
        Column("parent", "上级部门", "string", "汇总数包含本部门的上级部门的地址；没有的为空"),
        Column("established", "成立年度", "integer", "没有登记的为空"),
        Column("abolished", "撤销年度", "integer", "没有撤销或没有登记的为空"),
        Column("expected_since", "公布起始年度", "integer", "从哪一年度起应当公布；没有登记的为空"),
        Column("former_addresses", "曾用地址", "string", "以前的地址，一行一个"),
        Column("renamings", "更名", "string", "用过的名称和沿用的年度，一行一个"),
    ),
    (),
    _departments,
    (Reference(("parent",), "departments", ("department",)),),
)


def _themes(dossier: Dossier) -> Iterator[Line]:
    for m in dossier.members:
        yield (m.theme.slug, m.theme.name, m.promise, m.year, m.name, m.target, m.still_since)


THEMES = of_department(
    "themes",
    "主题",
    "一行一项最近一份申报表里的承诺和它所属的一个主题",
    (
        Column("theme", "主题（代码）", "string", "主题在本站的地址", True),
        Column("theme_title", "主题", "string", "主题的名称", True),
        PROMISE,
        YEAR,
        Column("name", "指标", "string", "指标的名称", True),
        Column("target_published", "目标值", "string", "目标值，照录", True),
        Column("still_since", "未变起始年度", "integer", "至少三份申报表目标值未变的，从哪一年度起；其余为空"),
    ),
    ("theme", "promise"),
    _themes,
    (TO_DEPARTMENT, TO_PROMISE),
)


def _coverage(dossier: Dossier) -> Iterator[Line]:
    for year in dossier.years:
        known = coverage(dossier.folder, year)
        yield (year, known.name.lower(), known.value)


COVERAGE = of_department(
    "coverage",
    "公布情况",
    "一行一个部门的一个年度，包括没有申报表的",
    (
        YEAR,
        Column("state", "状态（代码）", "string", "，".join(f"{s.name.lower()} {s}" for s in DEFINITIONS), True),
        Column(
            "state_title", "状态", "string", "；".join(f"{s}：{d.rstrip('。')}" for s, d in DEFINITIONS.items()), True
        ),
    ),
    ("year",),
    _coverage,
)


def _promises(dossier: Dossier) -> Iterator[Line]:
    for promise, identifier in zip(dossier.promises, dossier.identifiers, strict=True):
        newest, origin = promise.newest, promise.split_from
        yield (
            *(identifier, newest.name, "\n".join(promise.names[1:]) or None),
            *(newest.first_level, newest.second_level, min(promise.entries), max(promise.entries)),
            *(len(promise.entries), dossier.identifier(origin) if origin else None, promise.anchors[0]),
        )


PROMISES = of_department(
    "promises",
    "承诺",
    "一行一项历年的承诺；每年的目标值在“绩效指标”里，以承诺编号相连",
    (
        PROMISE,
        Column("name", "指标名称", "string", "最近一次的名称", True),
        Column("former_names", "以前的名称", "string", "改名以前的各个名称，由近到远，一行一个"),
        Column("first_level", "一级目标", "string", "最近一次所在的一级目标", True),
        Column("second_level", "二级目标", "string", "最近一次所在的二级目标", True),
        Column("first_year", "最早年度", "integer", "第一次列入的年度", True),
        Column("last_year", "最近年度", "integer", "最近一次列入的年度", True),
        Column("year_count", "年数", "integer", "列入了几个年度", True),
        Column("split_from", "拆分自", "string", "由哪一项承诺拆分而来：它的承诺编号"),
        Column("anchor", "锚点", "string", "在指标台账网页上的位置：/部门/indicators/#锚点", True),
    ),
    ("promise",),
    _promises,
    (TO_DEPARTMENT, Reference(("department", "split_from"), "promises", ("department", "promise"))),
)


def _changes(dossier: Dossier) -> Iterator[Line]:
    for old, new, pair in dossier.pairs:
        for change in dossier.changes[old.year, new.year]:
            if change.verdict.kind is not Kind.SAME:
                targets = (placed and placed.indicator.target_value for placed in (change.old, change.new))
                named = change.new or change.old
                assert named
                row = (dossier.identifier(change.promise), old.year, new.year, pair, named.name)
                yield (*row, *targets, *told(change.verdict))


CHANGES = of_department(
    "changes",
    "目标的变化",
    "一行一项承诺在两个年度之间的变化；逐字未变的不列",
    (
        *(PROMISE, FROM, TO, PAIR),
        Column("name", "指标名称", "string", "较晚年度的名称；较晚年度没有的，是较早年度的名称", True),
        Column("old_published", "较早目标值（原文）", "string", "照录；较早年度没有这项指标的为空"),
        Column("new_published", "较晚目标值（原文）", "string", "照录；较晚年度没有这项指标的为空"),
        *VERDICT,
    ),
    ("promise", "from_year", "to_year"),
    _changes,
    (TO_DEPARTMENT, TO_PROMISE, *TO_BOTH),
)


def _verdict_counts(dossier: Dossier) -> Iterator[Line]:
    for old, new, pair in dossier.pairs:
        counts = Counter(change.verdict.kind for change in dossier.changes[old.year, new.year])
        for kind in Kind:
            if kind in counts:
                yield (old.year, new.year, pair, kind.name.lower(), kind.value, counts[kind])


VERDICT_COUNTS = of_department(
    "verdict_counts",
    "变化的项数",
    "一行一种变化在两个年度之间的项数，包括未变的（same）；网页上的“未变”是 same 和 rolled 之和",
    (*(FROM, TO, PAIR), *VERDICT[:2], Column("promise_count", "项数", "integer", "有多少项承诺", True)),
    ("from_year", "to_year", "verdict"),
    _verdict_counts,
    (TO_DEPARTMENT, *TO_BOTH),
)


def _figure_changes(dossier: Dossier) -> Iterator[Line]:
    for old, new, pair in dossier.pairs:
        for change in figures.changes(old.declaration, new.declaration):
            if change.old is not None or change.new is not None:
                line = (old.year, new.year, pair, change.label, BY_LABEL[change.label].unit)
                yield (*line, *figure(change.old), *figure(change.new), change.difference, change.percent)


FIGURE_CHANGES = of_department(
    "figure_changes",
    "金额和人数的变化",
    "一行一个项目在两个年度之间的增减；两年都没有的项目不列",
    (
        *(FROM, TO, PAIR),
        Column("line", "项目", "string", "表上的项目名称", True),
        Column("unit", "单位", "string", "元、人、个", True),
        Column("old_state", "较早年度（状态）", "string", STATES, True),
        Column("old_published", "较早年度（原文）", "string", "照录；表上没有这一项的为空"),
        Column("old", "较早年度", "number", "没有写明数字的为空"),
        Column("new_state", "较晚年度（状态）", "string", STATES, True),
        Column("new_published", "较晚年度（原文）", "string", "照录；表上没有这一项的为空"),
        Column("new", "较晚年度", "number", "没有写明数字的为空"),
        Column("difference", "增减", "number", "较晚减较早；有一年没有写明数字的为空"),
        Column("percent", "增减（%）", "number", "增减占较早年度的百分比，四舍五入到两位小数；较早年度为零的为空"),
    ),
    ("from_year", "to_year", "line"),
    _figure_changes,
    (TO_DEPARTMENT, *TO_BOTH),
)  # fmt: skip


def _corrections(dossier: Dossier) -> Iterator[Line]:
    head = (dossier.folder.address, dossier.folder.department.name)
    for path, revisions in dossier.log.items():
        yield from ((*head, *row) for revision in revisions for row in _revision(path, revision))


def _corrections_of_site(_corpus: Corpus, log: Log) -> Iterator[Line]:
    for path, revisions in log.items():
        yield from ((None, None, *row) for revision in revisions for row in _revision(path, revision))


def _revision(path: str, revision: Revision) -> Iterator[Line]:
    head = (path, revision.day, revision.commit, revision.kind)
    for position, d in enumerate(revision.differences, 1):
        yield (*head, position, d.label, d.old, d.new, *(told(d.verdict) if d.verdict else (None, None, None)))
    if not revision.differences:
        yield (*head, 0, None, None, None, None, None, None)


CORRECTIONS = Table(
    "corrections",
    "修改记录",
    "一行一处修改：申报表、部门和网站的每一个版本改了什么；没有版本库时这个表是空的",
    (
        Column("department", "部门", "string", DEPARTMENT.description + "；网站的修改和已不在的部门为空"),
        Column(NAME.name, NAME.title, "string", NAME.description),
        Column("path", "文件", "string", "改的是哪个文件：部门/年度.yaml、部门/department.yaml、site.yaml", True),
        Column("day", "日期", "date", "提交的日期", True),
        Column("commit", "版本", "string", "版本库里的提交编号", True),
        Column("kind", "种类", "string", "first 首次录入，changed 更正，withdrawn 撤回，restored 重新公布", True),
        Column("position", "序号", "integer", "这一次修改里的第几处；没有内容改动的为 0", True),
        Column("label", "项目", "string", "改的是什么"),
        Column("old", "原来", "string", "照录；增加的为空"),
        Column("new", "现在", "string", "照录；删去的为空"),
        *VERDICT,
    ),
    ("path", "commit", "position"),
    _corrections,
    _corrections_of_site,
    (TO_DEPARTMENT,),
)
