"""The form itself: headings and the year."""

from __future__ import annotations

from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Mark, Severity, error
from generator.model import HEADINGS
from generator.rules import rule
from generator.validation import nearest


@rule("F205", Severity.ERROR)
def known_heading(corpus: Corpus) -> Iterator[Diagnostic]:
    """分解目标的一级、二级目标应是表上的标题，或在 site.yaml 的“补充指标分类”中登记。

    标题写错，同一指标在各年度之间就对不上。
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


def _unknown(mark: Mark, level: str, heading: str, known: list[str]) -> Diagnostic:
    near = nearest(heading, known)
    repair = f"是否应为“{near}”？" if near else f"表上有：{'、'.join(known)}。"
    return error(
        mark,
        "F205",
        f"“{heading}”不是{level}的标题。",
        f"{repair}确为新标题的，登记到 content/site.yaml 的“补充指标分类”。",
    )


@rule("F206", Severity.ERROR)
def year_is_file_name(corpus: Corpus) -> Iterator[Diagnostic]:
    """文件里的年度应与文件名相同。

    文件名就是网页地址中的年度；两者不同，读者会看错年份。
    """
    for document in corpus.documents:
        if str(document.year) != document.path.stem:
            yield error(
                document.tree.value("年度"),
                "F206",
                f"年度写的是 {document.year}，文件名是 {document.path.name}。",
                "改正年度，或改正文件名。",
            )


@rule("F208", Severity.ERROR)
def parent_exists(corpus: Corpus) -> Iterator[Diagnostic]:
    """“上级部门”应是另一个部门的文件夹名，不能是自己，也不能互为上级。

    全区合计靠它避免把汇总数和下属单位的数重复相加。
    """
    parents = {folder.address: folder.department.parent for folder in corpus.departments}
    for folder in corpus.departments:
        address, seen = folder.department.parent, {folder.address}
        while address in parents and address not in seen:
            seen.add(address)
            address = parents[address]
        if address is not None:
            mark = Mark(f"content/{folder.address}/department.yaml")
            wrong = folder.department.parent
            near = nearest(str(wrong), [a for a in parents if a != folder.address])
            hint = f"是否应为“{near}”？" if near and wrong not in parents else "写上级部门的文件夹名，或删去这一项。"
            yield error(mark, "F208", f"“上级部门: {wrong}”找不到，或形成了循环。", hint)
