"""The files of a content repository of its own, for a department that installs the generator from its package."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.content import json_schema

_MKDOCS = """\
# 网站的名称等写在 content/site.yaml；网页的样子由安装的生成器决定。
site_name: 部门整体支出绩效目标公开
docs_dir: content
site_dir: site
plugins: [performance-targets]
"""

_SITE = "网站名称: 部门整体支出绩效目标公开\n"

_GUIDE = """\
# 编辑指南

一个部门一个文件夹，文件夹名（小写英文字母、数字和连字符）就是网址；里面是 `department.yaml`（一行：`部门名称: ……`）、
一年一个文件（`2025.yaml`，结果是 `2025.results.yaml`）和公布的原始文件（`sources/`）。以下命令都在 `mkdocs.yml`
所在的文件夹里运行：

| 命令 | 作用 |
|---|---|
| `generator import 申报表.xlsx -o content/部门文件夹/2025.yaml` | 由公布的申报表写出年度文件，逐条核对它的认定 |
| `generator import 自评表.xlsx -o content/部门文件夹/2024.results.yaml` | 由公布的自评表写出一年的结果 |
| `generator incoming` | 部门文件夹里 `incoming/` 中的申报表和自评表会成为什么，写到 `imported/`，核对以后放进来 |
| `generator new 部门文件夹 2025` | 从上一年度带出年度文件，逐项待确认 |
| `generator new 部门文件夹 2024 --results` | 由申报表带出结果文件，逐项待确认 |
| `generator check` | 逐条说明哪一行、哪一列有什么问题、怎样改；`--fix` 改正只有一种改法的 |
| `generator explain N504` | 一个编号是什么意思 |
| `generator diff HEAD` | 提交前看读者会看到什么变化 |
| `mkdocs serve` | 在这台电脑上看网页，保存后自动更新 |
| `generator site` | 生成 `site/`，即可发布的网站，含搜索索引；中途停下时，已有的网站不变 |
| 网页底部的“编辑页” | 在浏览器里改，下载以后放进来；不要这一页就在 `content/site.yaml` 里写 `在线编辑页: 不公开` |
| `generator verify site` | 核对发布的网站与它的清单 `release.json` |
"""


_SETTINGS = {
    "yaml.schemas": {
        "schemas/declaration.schema.json": "content/*/[12][0-9][0-9][0-9].yaml",
        "schemas/results.schema.json": "content/*/*.results.yaml",
        "schemas/department.schema.json": "content/*/department.yaml",
        "schemas/site.schema.json": "content/site.yaml",
    },
    "yaml.format.enable": False,
    "files.encoding": "utf8",
    "files.eol": "\n",
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
}

# What `check` prints, for an editor that runs it: place, severity, code, sentence. VS Code knows no Chinese severities.
_FOUND = r"^(.+?):(\d+):(\d+): {} ([A-Z]\d+) (.+)$"
_TASKS = {
    "version": "2.0.0",
    "tasks": [
        {
            "label": "检查",
            "type": "shell",
            "command": "generator check",
            "group": {"kind": "test", "isDefault": True},
            "problemMatcher": [
                {
                    "owner": f"generator-{severity}",
                    "fileLocation": ["relative", "${workspaceFolder}"],
                    "severity": severity,
                    "pattern": {
                        "regexp": _FOUND.format(word),
                        **{"file": 1, "line": 2, "column": 3, "code": 4, "message": 5},
                    },
                }
                for severity, word in (("error", "错误"), ("warning", "警告"), ("info", "提示"))
            ],
        }
    ],
}

# A published document keeps every byte: its SHA-256 is on the page.
_ATTRIBUTES = "* text=auto eol=lf\ncontent/*/sources/** -text\n"


def files(answerable: Mapping[str, str]) -> dict[str, str]:
    """Return the text of every file by its path below the repository; `answerable` as for `json_schema.schema`."""
    return {
        "mkdocs.yml": _MKDOCS,
        "content/site.yaml": json_schema.modeline("site") + _SITE,
        "content/README.md": _GUIDE,
        ".gitattributes": _ATTRIBUTES,
        ".gitignore": "/build/\n/imported/\n/site/\n",
        ".vscode/tasks.json": json.dumps(_TASKS, ensure_ascii=False, indent=2) + "\n",
        ".vscode/settings.json": json.dumps(_SETTINGS, indent=2) + "\n",
        **{f"schemas/{name}.schema.json": json_schema.text(name, answerable) for name in json_schema.MODELS},
    }
