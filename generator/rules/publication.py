"""Where a declaration comes from, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import file_digest
from os.path import realpath  # unlike Path.resolve, it ends in no exception where links go round in a circle
from pathlib import Path, PurePath

from generator.analysis.figures import days_to_publication
from generator.content.corpus import Corpus, DepartmentFolder, Document, ResultDocument
from generator.content.yaml_reader import Tree
from generator.declaration.fields import figures
from generator.declaration.model import Source
from generator.declaration.quantity import UNDISCLOSED
from generator.diagnostics.model import Edit, Mark, Severity
from generator.rules import Finding, Outcome, document_rule, file_rule, rule, years_rule


@file_rule("S301", Severity.ERROR)
def source_is_unchanged(document: Document | ResultDocument) -> Iterator[Outcome]:
    """“来源”写明的原始文件在部门文件夹中，SHA-256 与登记的一致。

    原因：校验值让任何人都能确认，本页依据的正是当初公开的那份文件。
    不符：登记以后，原始文件被换过
    相符：登记的 SHA-256 与文件的相同
    """
    file, source = document.source_file, document.source
    if file is None or source is None:
        return
    if not _is_own(file, document):
        repair = "把文件放进本部门的 sources 文件夹，改正路径。"
        yield Finding(document.tree.value("来源", "文件"), f"找不到原始文件“{source.file}”。", repair)
    elif (actual := _digest(file)) == source.sha256:
        return
    elif source.sha256 is None:
        message = f"原始文件“{source.file}”没有登记 SHA-256。"
        repair = f"在“文件”下面加一行“SHA-256: {actual}”。"
        yield Finding(document.tree.value("来源", "文件"), message, repair, _line_below(document.tree, source, actual))
    else:
        message = f"原始文件“{source.file}”的 SHA-256 与登记的不一致。"
        yield Finding(document.tree.value("来源", "SHA-256"), message, f"文件没有换错的话，登记为 {actual}")


def _line_below(tree: Tree, source: Source, sha256: str) -> Edit | None:
    """Return the repair that adds a checksum below the file's name, where that is a line of its own."""
    mark, key, of_source = tree.value("来源", "文件"), tree.key("来源", "文件"), tree.value("来源")
    line = tree.lines[mark.line - 1]
    indent, rest = line[: key.column - 1], line[mark.column - 1 :]
    is_block = not tree.lines[of_source.line - 1].startswith("{", of_source.column - 1)
    if mark.line != key.line or indent.strip() or not is_block:
        return None
    alone = re.fullmatch(rf"(['\"]?){re.escape(source.file or '')}\1\s*(#.*)?", rest)
    return Edit(rest, f"{rest}\n{indent}SHA-256: {sha256}") if alone else None


def _is_own(file: Path, document: Document | ResultDocument) -> bool:
    """Tell whether a regular file lies in the department's folder, named as it will be published, no way around."""
    named = PurePath(document.source.file or "") if document.source else PurePath()
    if named.is_absolute() or ".." in named.parts or not file.is_file():
        return False
    return Path(realpath(file)).is_relative_to(realpath(document.path.parent))


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


@rule("S302", Severity.NOTICE)
def a_source_is_registered(corpus: Corpus) -> Iterator[Outcome]:
    """申报表登记了原始文件或发布网址。

    原因：读者要能核对原文。虚构的示例不要求。
    不符：没有“来源”，或者来源里没有文件也没有网址
    相符：来源里有文件和 SHA-256
    """
    for document in corpus.files if corpus.site.sample is None else ():
        source = document.source
        if source is None or (source.file is None and source.address is None):
            mark = document.tree.key("来源") if source else Mark(document.label)
            repair = "把公布的文件放进 sources 文件夹，在“来源”里登记；或者写发布网址。"
            yield Finding(mark, "没有登记原始文件或发布网址。", repair)


@document_rule("S303", Severity.WARNING)
def approved_before_published(document: Document) -> Iterator[Outcome]:
    """公开日期不早于批复日期。

    原因：先批复，后公开；倒过来多半是填反了。
    不符：批复 2024-02-05，公开 2024-01-31
    相符：批复 2024-01-31，公开 2024-02-05
    """
    days = days_to_publication(document.declaration)
    source = document.declaration.source
    dates = (source.approved, source.published) if source else ()
    if days is not None and days < 0 and all(_in_its_time(day, document.year) for day in dates):  # else told by S306
        mark = document.tree.value("来源", "公开日期")
        yield Finding(mark, f"公开日期比批复日期早 {-days} 天。", "核对两个日期，是不是填反了。")


@rule("S304", Severity.WARNING)
def no_date_in_the_future(corpus: Corpus) -> Iterator[Outcome]:
    """批复日期和公开日期不晚于今天。

    原因：还没有发生的事不能当作已经发生的公布。
    不符：公开日期: 2099-01-01
    相符：公开日期: 2024-02-05
    """
    for document in corpus.files:
        source = document.source
        for label, day in (("批复日期", source.approved), ("公开日期", source.published)) if source else ():
            if day and day > corpus.read_on:
                yield Finding(document.tree.value("来源", label), f"{label} {day} 还没有到。", "核对日期。")


@document_rule("S305", Severity.NOTICE)
def published_within_twenty_days(document: Document) -> Iterator[Outcome]:
    """批复后二十日内公开。

    原因：预算法第十四条：经批复的部门预算，由各部门在批复后二十日内向社会公开。
    不符：批复 2024-01-31，公开 2024-02-25（25 天）
    相符：批复 2024-01-31，公开 2024-02-05（5 天）
    """
    days = days_to_publication(document.declaration)
    if days is not None and 20 < days <= 366:  # more is a wrong year: S306
        mark = document.tree.value("来源", "公开日期")
        yield Finding(mark, f"批复后第 {days} 天才公开。", "核对日期；属实的，网页照实显示。")


@document_rule("S306", Severity.WARNING)
def approved_in_its_time(document: Document) -> Iterator[Outcome]:
    """批复和公开的日期在年度当年，或者前一年的最后两个月。

    原因：一年的预算在年初批复；差得远，多半是年份写错了。
    不符：2024 年度，批复日期 2023-01-31
    相符：2024 年度，批复日期 2024-01-31
    """
    source = document.declaration.source
    for label, day in (("批复日期", source.approved), ("公开日期", source.published)) if source else ():
        if day and not _in_its_time(day, document.year):
            message = f"{document.year} 年度的{label}是 {day}。"
            yield Finding(document.tree.value("来源", label), message, "核对年份；属实的，在“说明事项”写明。")


def _in_its_time(day: date | None, year: int) -> bool:
    return day is not None and date(year - 1, 11, 1) <= day <= date(year, 12, 31)


@document_rule("S307", Severity.NOTICE)
def published_early_in_its_year(document: Document) -> Iterator[Outcome]:
    """绩效目标在年初公开，不晚于当年六月底。

    原因：目标是年初的承诺；到了下半年才公开，承诺就成了事后的说明。
    不符：2024 年度，公开日期 2024-11-20
    相符：2024 年度，公开日期 2024-02-05
    """
    source = document.declaration.source
    published = source.published if source else None
    days = days_to_publication(document.declaration) or 0  # more than twenty: told by S305
    if published and days <= 20 and date(document.year, 6, 30) < published <= date(document.year, 12, 31):
        mark = document.tree.value("来源", "公开日期")
        message = f"{document.year} 年度的目标到 {published} 才公开。"
        yield Finding(mark, message, "核对日期；属实的，网页照实显示。")


@rule("S308", Severity.NOTICE)
def every_source_is_used(corpus: Corpus) -> Iterator[Outcome]:
    """sources 文件夹里的每个文件都有申报表登记。

    原因：没有登记的文件不会公布，读者看不到。
    不符：sources 里有 2023.pdf，没有申报表登记它
    相符：sources 里的 2024.txt 在 2024.yaml 里登记
    """
    for folder in corpus.departments:
        if any(d.source_file and not d.source_file.is_file() for d in folder.files):
            continue  # told by S301: the file may only be misnamed
        unread = {f for d in folder.files[:1] for f in d.path.parent.glob("[12]*.yaml")} - {
            d.path for d in folder.files
        }
        if unread or any(d.source is None and "来源" in (d.tree.data or ()) for d in folder.files):
            continue  # what cannot be read may register it
        used = {realpath(d.source_file) for d in folder.files if d.source_file}
        here = {d.path.parent / "sources" for d in folder.files}
        for file in sorted(f for sources in here if sources.is_dir() for f in sources.iterdir()):
            if realpath(file) not in used and not file.name.startswith("."):
                mark = Mark(f"{corpus.name}/{folder.address}/sources/{file.name}")
                yield Finding(mark, f"文件“{file.name}”没有申报表登记。", "在对应年度的“来源”里登记，或删去文件。")


@years_rule("S310", Severity.WARNING)
def each_year_has_its_document(_: DepartmentFolder, earlier: Document, later: Document) -> Iterator[Outcome]:
    """两个年度不用同一个原始文件。

    原因：一份文件多半只是一年的；登记错了，读者核对的就是别的年度。
    不符：2023 和 2024 年度的 SHA-256 相同
    相符：各年度登记各自的文件
    """
    old, new = earlier.source, later.source
    if old and new:
        # An address that names last year is last year's; one without a year may be that of all years' column.
        named = (
            new.address if str(earlier.year) in str(new.address) and str(later.year) not in str(new.address) else None
        )
        same = (("SHA-256", old.sha256, new.sha256), ("文件", old.file, new.file), ("网址", old.address, named))
        for label, before, after in same:
            if before and before == after:
                message = f"原始文件与 {earlier.year} 年度的是同一个。"
                repair = "核对有没有放错文件；确是一份文件写了两年的，在“说明事项”写明。"
                yield Finding(later.tree.value("来源", label), message, repair)
                break


_BEGINNINGS = {".pdf": b"%PDF-", **dict.fromkeys((".xlsx", ".docx", ".zip"), b"PK"), ".doc": b"\xd0\xcf\x11\xe0"}


@file_rule("S311", Severity.WARNING)
def a_document_is_what_it_is_called(document: Document | ResultDocument) -> Iterator[Outcome]:
    """原始文件不是空的，内容与扩展名相符。

    原因：改了扩展名的网页或空文件，读者打不开。
    不符：0 字节的 2024.pdf；其实是网页的 2024.pdf
    相符：能打开的 2024.pdf
    """
    file = document.source_file
    if file is None or not _is_own(file, document):
        return  # told by S301
    with file.open("rb") as opened:
        start = opened.read(1024)
    if not start.strip():
        why = "是空的"
    elif _BEGINNINGS.get(file.suffix.lower(), b"") not in start:
        why = f"不是 {file.suffix.lower().lstrip('.')} 文件，只是扩展名这样写"
    else:
        return
    message = f"原始文件“{file.name}”{why}。"
    yield Finding(document.tree.value("来源", "文件"), message, "重新下载公布的文件，改正“文件”和 SHA-256。")


@rule("S309", Severity.WARNING)
def a_reason_belongs_to_what_is_undisclosed(corpus: Corpus) -> Iterator[Outcome]:
    """“未公开原因”说的是写着“未公开”的项目，或者没有申报表的年度。

    原因：已经公布的，不需要不公开的原因；名称写错，读者就看不到原因。
    不符：年末资产总额已经写了数字，又写它的未公开原因
    相符：年末资产总额写“未公开”，未公开原因：涉密
    """
    repair = "删去这一项，或改正名称。"
    for document in corpus.documents:
        withheld = {field.label for field, value in figures(document.declaration) if str(value) == UNDISCLOSED}
        withheld |= {p.name for p in document.declaration.indicators() if p.indicator.target_value == UNDISCLOSED}
        for label in document.declaration.undisclosed.keys() - withheld:
            yield Finding(document.tree.key("未公开原因", label), f"“{label}”没有写“未公开”。", repair)
    for folder in corpus.departments:
        for year in folder.department.undisclosed:
            if folder.document_of(year):
                yield Finding(folder.tree.key("未公开原因", str(year)), f"{year} 年度的申报表已经公布。", repair)
