"""The form itself: headings, the year, departments that include others."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.corpus import ADDRESS, Corpus, Document, ResultDocument
from generator.content.validation import nearest
from generator.declaration.model import HEADINGS
from generator.declaration.target import read
from generator.diagnostics.model import Mark, Severity
from generator.rules import Finding, Outcome, document_rule, file_rule, rule


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
