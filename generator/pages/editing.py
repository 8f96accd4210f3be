"""What the page for editing knows: the form and its checks, read off the model, the departments, and their files.

All of it is written as scripts, which a page opened from a disk may load as well:

    edit/form.js                          window.editing = {…}, see `form`
    edit/texts/DEPARTMENT/2024.js         editText("DEPARTMENT/2024", the file as it stands)
    edit/texts/DEPARTMENT/2024.results.js, …/department.js   the same for the other files

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
from generator.declaration.quantity import AMOUNT, Amount
from generator.declaration.results import Money, MoneyRow
from generator.rules import documentation

PAGE = "edit/index.md"  # a tool, no content: not in the site map
# The codes of `check` that the page knows too; the sums are those of rules/arithmetic.py and rules/scores.py.
SUMS = {"资金来源": "A401", "资金结构": "A402"}
COLUMNS = "R911"
CODES = ("F201", "F202", "F203", "F204", "F205", "F209", *SUMS.values(), COLUMNS)
KINDS = ("declaration", "results", "department")  # of files, as json_schema calls them


def form(corpus: Corpus) -> str:
    """Return edit/form.js: schemas, sums, headings, what a draft carries over, the departments with their years."""
    answerable = documentation.answerable()
    known = {
        "schemas": {name: json_schema.schema(name, answerable, corpus.site.headings) for name in KINDS},
        "modelines": {name: json_schema.modeline(name) for name in KINDS},
        "amount": f"^({AMOUNT.pattern})$",
        "total": list(_TOTAL),
        "sums": {"declaration": [_sum(part, code) for part, code in SUMS.items()], "results": list(_columns())},
        "headings": corpus.site.headings,
        "trees": {name: tree for name, _, tree in json_schema.TREES},
        "mark": draft.MARK,
        "copy": draft.TO_COPY,
        "stays": sorted(draft.STAYS),
        "ends": sorted(draft.ENDS),
        "blank": draft.blank("部门名称", 2000),
        "address": f"^({ADDRESS.pattern})$",
        "departments": [
            {
                **{"address": f.address, "name": f.department.name},
                **{"years": [d.year for d in f.documents], "results": [r.year for r in f.results]},
            }
            for f in corpus.departments
        ],
        "content": corpus.name,
        "upload": _uploads(corpus.site.repository, corpus.name),
    }
    return _script("window.editing = ", known, "")


_TOTAL = next(field for field in FIGURES if field.division == "合计").path


def _sum(part: str, code: str) -> dict[str, Any]:
    """Describe a sum: the parts (all figures below them are added up), their total, what is said and where."""
    path = [*_TOTAL[:-1], part]
    words = f"“{part}”各项合计 {{sum}} 元，与预算总额 {{total}} 元相差 {{gap}} 元。对照原表改正写错的一项。"
    return {"code": code, "at": path, "parts": [path], "total": list(_TOTAL), "words": words}


def _columns() -> Iterator[dict[str, Any]]:
    """Describe the sums of results: in each column of amounts the rows by source make the first row."""
    rows = [field.alias for field in Money.model_fields.values()]
    for column in (field.alias for field in MoneyRow.model_fields.values() if field.annotation == Amount | None):
        total, *parts = (["资金情况", row, column] for row in rows)
        words = f"{column}的各项合计 {{sum}} 元，总额写的是 {{total}} 元。核对自评表；原表如此的，在“说明事项”写明。"
        yield {"code": COLUMNS, "at": total, "parts": parts, "total": total, "words": words}


def files(folder: DepartmentFolder) -> list[Path]:
    """Return the files of a department that the page can edit."""
    return [folder.path / "department.yaml", *(file.path for file in folder.files)]


def texts(folder: DepartmentFolder) -> Iterator[tuple[str, str]]:
    """Yield a script with the text of each file of a department, and its path below the site."""
    for file in files(folder):
        address, text = f"{folder.address}/{file.stem}", file.read_bytes().decode("utf-8-sig")
        yield f"edit/texts/{address}.js", _script("editText(...", [address, text], ")")


def _uploads(repository: str | None, content: str) -> dict[str, str] | None:
    if repository is None:
        return None
    return {"known": upload(repository, content), "new": upload(repository, content, is_new=True)}


def upload(repository: str, content: str, is_new: bool = False) -> str:
    """Return the address at which a code host takes files, {folder} being the department's.

    The pages of GitHub, GitLab and Gitee are known by the host's name; of any other host, the repository's own page.
    Where a page shows what is there, a new department's folder is made on that of all departments.
    """
    base, host, branch = repository.rstrip("/"), urlsplit(repository).hostname or "", git.branch()
    path = {"github": f"/upload/{branch}", "gitlab": f"/-/tree/{branch}", "gitee": f"/tree/{branch}"}
    known = next((name for name in path if name in host.split(".")), None)
    if known is None:
        return base
    return f"{base}{path[known]}/{content}" + ("" if is_new and known != "github" else "/{folder}")


def _script(before: str, data: Any, after: str) -> str:
    return f"{before}{json.dumps(data, ensure_ascii=False)}{after};\n"
