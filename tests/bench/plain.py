"""The yardstick: the same declarations as plain Markdown pages, for plain MkDocs + Material with its own search."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from generator.content import corpus
from generator.declaration import fields
from generator.declaration.model import Declaration

CONFIGURATION = """\
site_name: 绩效目标
docs_dir: docs
site_dir: site
theme: {name: material, language: zh, font: false}
markdown_extensions: [tables]
"""


def main(content: Path, folder: Path, in_navigation: bool) -> None:
    """Write mkdocs.yml and docs/ below `folder`: a page a declaration, a page a department, a home page."""
    pages = {"index.md": "# 绩效目标\n\n"}
    for department in corpus.load(content)[0].departments:
        name, address = department.department.name, department.address
        pages["index.md"] += f"- [{name}]({address}/index.md)\n"
        years = [document.year for document in department.documents]
        pages[f"{address}/index.md"] = f"# {name}\n\n" + "".join(f"- [{year}年度]({year}.md)\n" for year in years)
        for document in department.documents:
            pages[f"{document.address}.md"] = "\n".join(declaration(document.declaration)) + "\n"
    for path, text in pages.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    outside = "" if in_navigation else "nav: [index.md]\nnot_in_nav: '/*/**'\n"
    (folder / "mkdocs.yml").write_text(CONFIGURATION + outside, encoding="utf-8")


def declaration(d: Declaration) -> Iterator[str]:
    """Yield the lines of a plain page with all the text of a declaration."""
    yield f"# {d.department_name} {d.year}年度绩效目标\n\n## 预算情况\n\n| 内容 | 金额 |\n|---|---|"
    yield from (
        f"| {label} | {figure} |"
        for label, figure in ((field.label, value) for field, value in fields.figures(d))
        if figure is not None
    )
    yield "\n## 绩效指标\n\n| 一级目标 | 二级目标 | 指标名称 | 指标目标值 |\n|---|---|---|---|"
    for placed in d.indicators():
        yield f"| {placed.first_level} | {placed.second_level} | {placed.name} | {placed.indicator.target_value} |"
    yield "\n## 年度重点任务\n"
    yield from (f"- **{task.name}** {task.content}" for task in d.tasks)
    for heading, paragraphs in (("年度履职目标", d.annual_goals), ("部门职责", d.duties)):
        yield f"\n## {heading}\n"
        yield from (f"{paragraph}\n" for paragraph in paragraphs)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "in-nav")
