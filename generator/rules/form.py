"""The form itself: headings, the year, departments that include others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content.corpus import ADDRESS, Corpus, DepartmentFolder, Document, ResultDocument
from generator.content.validation import nearest
from generator.declaration.model import HEADINGS, Department
from generator.declaration.target import read
from generator.diagnostics.model import Mark, Severity
from generator.rules import Finding, Outcome, document_rule, file_rule, plain_name, rule


@rule("F205", Severity.ERROR)
def known_heading(corpus: Corpus) -> Iterator[Outcome]:
    """一级、二级目标是表上的标题，或在 site.yaml 的“补充指标分类”中登记。

    原因：标题写错，同一指标在各年度之间就对不上。
    不符：数量指票
    相符：数量指标
    """
    known = {first: [*seconds] for first, seconds in HEADINGS.items()}
    for first, seconds in corpus.site.further_headings.items():
        known.setdefault(first, []).extend(seconds)
    for document in corpus.documents:
        for first, headings in document.declaration.targets.items():
            if first not in known:
                yield _unknown(document.tree.key("分解目标", first), "一级目标", first, list(known))
                continue
            for second in headings:
                if second not in known[first]:
                    mark = document.tree.key("分解目标", first, second)
                    yield _unknown(mark, f"“{first}”下的二级目标", second, known[first])


def _unknown(mark: Mark, level: str, heading: str, known: list[str]) -> Finding:
    near = nearest(heading, known)
    repair = f"是否应为“{near}”？" if near else f"表上有：{'、'.join(known)}。"
    registered = "确为新标题的，登记到 site.yaml 的“补充指标分类”。"
    return Finding(mark, f"“{heading}”不是{level}的标题。", repair + registered)


@file_rule("F206", Severity.ERROR)
def year_is_file_name(document: Document | ResultDocument) -> Iterator[Outcome]:
    """文件里的年度与文件名相同。

    原因：文件名就是网页地址中的年度；两者不同，读者会看错年份。
    不符：2024.yaml 里写“年度: 2023”
    相符：2024.yaml 里写“年度: 2024”
    """
    if str(document.year) != document.path.name[:4]:
        message = f"年度写的是 {document.year}，文件名是 {document.path.name}。"
        yield Finding(document.tree.value("年度"), message, "改正年度，或改正文件名。")


@rule("F208", Severity.ERROR, is_local=False)
def parent_exists(corpus: Corpus) -> Iterator[Outcome]:
    """“上级部门”是另一个部门的文件夹名，不能是自己，也不能互为上级。

    原因：全部部门的合计靠它避免把汇总数和下属单位的数重复相加。
    不符：上级部门: 民政局
    相符：上级部门: civil-affairs-bureau
    """
    parents = {folder.address: folder.department.parent for folder in corpus.departments}
    for folder in corpus.departments:
        address, seen = folder.department.parent, {folder.address}
        while address in parents and address not in seen:
            seen.add(address)
            address = parents[address]
        if address is not None:
            wrong = folder.department.parent
            near = nearest(str(wrong), [a for a in parents if a != folder.address])
            hint = f"是否应为“{near}”？" if near and wrong not in parents else "写上级部门的文件夹名，或删去这一项。"
            yield Finding(folder.tree.value("上级部门"), f"“上级部门: {wrong}”找不到，或形成了循环。", hint)


@rule("F212", Severity.ERROR, is_local=False)
def a_former_address_is_free(corpus: Corpus) -> Iterator[Outcome]:
    """“曾用地址”是以前的文件夹名，现在没有部门在用，也只属于一个部门。

    原因：旧网址要转到改名以后的部门；一个网址只能通到一个地方。
    不符：曾用地址: [office]，而文件夹 office 还在
    相符：曾用地址: [old-office]，文件夹已改名
    """
    taken = {folder.address for folder in corpus.departments}
    for folder in corpus.departments:
        for place, former in enumerate(folder.department.former_addresses):
            if former in taken or not ADDRESS.fullmatch(former):
                message = f"“曾用地址”里的“{former}”不能用：还有部门在用，或不是文件夹名的写法。"
                yield Finding(folder.tree.value("曾用地址", place), message, "改正为以前的文件夹名，或删去这一项。")
            taken.add(former)


@rule("F213", Severity.WARNING)
def declared_while_it_exists(corpus: Corpus) -> Iterator[Outcome]:
    """申报表的年度不早于成立年度，不晚于撤销年度；公布起始年度也在其间。

    原因：网页据此说明哪些年度“尚未设立”“已撤销”“未公布”；写错了，就会错怪部门。
    不符：成立年度: 2025，而有 2024 年度的申报表
    相符：成立年度: 2019，最早的申报表是 2021 年度
    """
    for folder in corpus.departments:
        known = folder.department
        begun, ended = known.established or 0, known.abolished or 9999
        years = [*(document.year for document in folder.documents), *filter(None, [known.expected_since])]
        outside = [str(year) for year in years if not begun <= year <= ended]
        if outside or begun > ended:
            label = "成立年度" if known.established else "撤销年度"
            message = f"{'、'.join(outside) or '撤销'}年度不在部门存在的年度之内。"
            yield Finding(folder.tree.value(label), message, "核对“成立年度”“撤销年度”和“公布起始年度”。")


@document_rule("F211", Severity.ERROR)
def an_indicator_has_a_name(document: Document) -> Iterator[Outcome]:
    """二级目标下面写“指标名称: 目标值”；直接写在二级目标后面的，只能是整段说明。

    原因：漏写指标名称，目标值就没有着落，也不会出现在指标表里。
    不符：数量指标: 50户
    相符：数量指标: 下一行缩进写“慰问户数: 50户”
    """
    for first, headings in document.declaration.targets.items():
        for second, entry in headings.items():
            if isinstance(entry, str) and read(entry).measurable:
                message = f"“{second}”后面直接写了目标值“{entry}”，缺少指标名称。"
                repair = f"下一行缩进，写成“指标名称: {entry}”。"
                yield Finding(document.tree.value("分解目标", first, second), message, repair)


@rule("F214", Severity.WARNING, is_local=False)
def department_names_differ(corpus: Corpus) -> Iterator[Outcome]:
    """两个部门的名称不同；一个撤销以后另一个才成立的除外。

    原因：名称相同，读者分不清是哪一个，多半是文件夹复制了两遍。
    不符：两个文件夹的 department.yaml 都写“某区民政局”
    相符：名称各不相同
    """
    known: dict[str, list[DepartmentFolder]] = {}
    for folder in corpus.departments:
        same = known.setdefault(plain_name(folder.department.name), [])
        if other := next((f for f in same if _at_one_time(f.department, folder.department)), None):
            # Where the declarations of the first have another name, it is the first that took a wrong one.
            wrong, right = (other, folder) if _contradicts(other) and not _contradicts(folder) else (folder, other)
            message = f"部门名称“{folder.department.name}”已经有“{right.address}”在用。"
            yield Finding(wrong.tree.value("部门名称"), message, "改正名称；重复的文件夹，删去一个。")
        same.append(folder)


def _at_one_time(one: Department, other: Department) -> bool:
    return (one.abolished or 9999) >= (other.established or 0) and (other.abolished or 9999) >= (one.established or 0)


def _contradicts(folder: DepartmentFolder) -> bool:
    return bool(folder.documents) and folder.department.name not in folder.documents[-1].declaration.department_name


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滇黔"
_NUMBERS = {
    "网站标识码": (re.compile(r"(?:\d{2}|bm|BM)\d{8}"), "10 位数字，或 bm 加 8 位数字"),
    "ICP备案号": (
        re.compile(rf"[{_PROVINCES}]ICP[备证]\s?(?:\d{{6}}|\d{{8}}|\d{{10}})号(?:-\d+)?"),
        "如 沪ICP备12345678号-1",
    ),
    "公安备案号": (re.compile(rf"[{_PROVINCES}]公网安备\s?\d{{14}}号"), "如 沪公网安备31011202000001号"),
}


@rule("F215", Severity.WARNING, is_local=False)
def numbers_of_the_site_are_well_formed(corpus: Corpus) -> Iterator[Outcome]:
    """网站标识码、ICP 备案号、公安备案号的写法正确。

    原因：少一位、多一位，读者就查不到备案。
    不符：网站标识码: 31011200
    相符：网站标识码: "3101120001"
    """
    site = corpus.site
    stated = {"网站标识码": site.site_code, "ICP备案号": site.icp_number, "公安备案号": site.police_number}
    for label, (pattern, example) in _NUMBERS.items():
        number = stated[label]
        if number and not pattern.fullmatch(number.strip()):
            yield Finding(corpus.tree.value(label), f"{label}“{number}”的写法不对。", f"核对证书；写法是 {example}。")
