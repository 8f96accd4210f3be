"""What the page for editing knows: the form and its checks, read off the model, the departments, and their files.

All of it is written as scripts, which a page opened from a disk may load as well:

    edit/form.js                          window.editing = {…}, see `form`
    edit/texts/DEPARTMENT/2024.js         editText("DEPARTMENT/2024", the file as it stands)
    edit/texts/DEPARTMENT/department.js   the same for department.yaml

The scripts in site_templates/edit/ read them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator import git
from generator.content import draft, json_schema
from generator.content.corpus import ADDRESS, Corpus, DepartmentFolder
from generator.declaration.fields import FIGURES
from generator.declaration.quantity import AMOUNT
from generator.rules import documentation

PAGE = "edit/index.md"  # a tool, no content: not in the site map
# The codes of `check` that the page knows too; the sums are those of rules/arithmetic.py.
SUMS = {"资金来源": "A401", "资金结构": "A402"}
CODES = ("F201", "F202", "F203", "F204", "F205", "F209", *SUMS.values())


def form(corpus: Corpus) -> str:
    """Return edit/form.js: schemas, sums, headings, what a draft carries over, the departments with their years."""
    answerable = documentation.answerable()
    known = {
        "schemas": {
            name: json_schema.schema(name, answerable, corpus.site.headings) for name in ("declaration", "department")
        },
        "modelines": {name: json_schema.modeline(name) for name in ("declaration", "department")},
        "amount": f"^({AMOUNT.pattern})$",
        "sums": [_sum(part, code) for part, code in SUMS.items()],
        "headings": corpus.site.headings,
        "mark": draft.MARK,
        "stays": sorted(draft.STAYS),
        "ends": sorted(draft.ENDS),
        "blank": draft.blank("部门名称", 2000),
        "address": f"^({ADDRESS.pattern})$",
        "departments": [
            {"address": f.address, "name": f.department.name, "years": [d.year for d in f.documents]}
            for f in corpus.departments
        ],
        "content": corpus.name,
        "upload": upload(corpus.site.repository, corpus.name),
    }
    return _script("window.editing = ", known, "")


def _sum(part: str, code: str) -> dict[str, Any]:
    total = next(field for field in FIGURES if field.division == "合计")
    return {"code": code, "part": [*total.path[:-1], part], "total": list(total.path)}


def files(folder: DepartmentFolder) -> list[Path]:
    """Return the files of a department that the page can edit."""
    return [folder.path / "department.yaml", *(document.path for document in folder.documents)]


def texts(folder: DepartmentFolder) -> Iterator[tuple[str, str]]:
    """Yield a script with the text of department.yaml and of each declaration, and its path below the site."""
    for file in files(folder):
        address, text = f"{folder.address}/{file.stem}", file.read_bytes().decode("utf-8-sig")
        yield f"edit/texts/{address}.js", _script("editText(...", [address, text], ")")


def upload(repository: str | None, content: str) -> str | None:
    """Return the address at which a code host takes files, {folder} being the department's; None without a repository.

    The pages of GitHub, GitLab and Gitee are known by the host's name; of any other host, the repository's own page.
    """
    if repository is None:
        return None
    base, host, branch = repository.rstrip("/"), urlsplit(repository).hostname or "", git.branch()
    path = {"github": f"/upload/{branch}", "gitlab": f"/-/tree/{branch}", "gitee": f"/tree/{branch}"}
    known = next((path[name] for name in path if name in host.split(".")), None)
    return f"{base}{known}/{content}/{{folder}}" if known else base


def _script(before: str, data: Any, after: str) -> str:
    return f"{before}{json.dumps(data, ensure_ascii=False)}{after};\n"
