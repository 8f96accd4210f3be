"""Where VS Code types: what its YAML language server says of our files, in Chinese; and the parser that we ship."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import RED_CROSS, ROOT

from generator.content import json_schema, starter
from generator.rules import documentation

MODULES = Path(os.environ.get("NODE_MODULES", "node_modules")).resolve()  # nox -s browser fetches them
TEXT = (RED_CROSS / "2024.yaml").read_text(encoding="utf-8")


class Server:
    """A yaml-language-server that is spoken to as an editor does (Language Server Protocol over its standard input)."""

    def __init__(self, folder: Path) -> None:
        command = ["node", str(MODULES / "yaml-language-server/bin/yaml-language-server"), "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._folder, self._count = folder, 0
        about = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}, "locale": "en"}
        self.ask("initialize", about)
        self.tell("initialized", {})
        settings = {"yaml": {"validate": True, "completion": True, "schemaStore": {"enable": False}}}
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """Return the next message; what the server asks of an editor is answered with nothing."""
        assert self._process.stdout
        size = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name == b"Content-Length" else size
        message: dict[str, Any] = json.loads(self._process.stdout.read(size))
        if "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def tell(self, method: str, about: dict[str, Any]) -> None:
        self.send({"method": method, "params": about})

    def ask(self, method: str, about: dict[str, Any]) -> Any:
        self._count += 1
        self.send({"id": self._count, "method": method, "params": about})
        while True:
            message = self.receive()
            if message.get("id") == self._count and "method" not in message:
                return message["result"]

    def open(self, path: str, text: str) -> tuple[str, list[dict[str, Any]]]:
        """Open a file below the folder as an editor does; returns its address and what is said of it."""
        self._count += 1
        address = f"{(self._folder / path).as_uri()}"
        document = {"uri": address, "languageId": "yaml", "version": self._count, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == address:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return address, found

    def said(self, path: str, text: str) -> list[tuple[int, str]]:
        """Return what is said of a text: line and message (the server calls all of it errors)."""
        address, found = self.open(path, text)
        self.tell("textDocument/didClose", {"textDocument": {"uri": address}})
        self.receive()  # the diagnostics are taken back
        return [(d["range"]["start"]["line"] + 1, d["message"]) for d in found]

    def offered(self, path: str, text: str, line: int, column: int) -> dict[str, Any]:
        """Return what is offered at a place, counted from 1, by its label."""
        address, _ = self.open(path, text)
        place = {"line": line - 1, "character": column - 1}
        offered = self.ask("textDocument/completion", {"textDocument": {"uri": address}, "position": place})
        return {item["label"]: item for item in offered["items"]}

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream
            stream.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the language server in a content repository as `init` makes it: only the modelines lead to the schemas."""
    folder = tmp_path_factory.mktemp("repository")
    for path, text in starter.files(documentation.answerable()).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "content/some-bureau").mkdir()
    server = Server(folder)
    yield server
    server.close()


FILE = "content/some-bureau/2024.yaml"


def line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith(start))


def test_a_sound_file_is_passed(server: Server) -> None:
    assert server.said(FILE, TEXT) == []
    department = (RED_CROSS / "department.yaml").read_text(encoding="utf-8")
    assert server.said("content/some-bureau/department.yaml", department) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("年末在职人数: 9", "年末在职人数: 九", "年末在职人数", "只写整数，半角数字，如 9；"),
        ("年末在职人数: 9", "年末在职人数:", "年末在职人数", "只写整数，半角数字，如 9；"),
        ("年末在职人数: 9", "年末在职人数: [9]", "年末在职人数", "只写整数，半角数字，如 9；"),
        ("部门名称: 闵行区红十字会(汇总)", "部门名称:", "部门名称", "这里写一段文字，不能空着；"),
        ("年度重点任务:", "年度重点任务: 无\n年度任务:", "年度重点任务", "这里逐行写，每行以“- ”开头，"),
        ("其他资金: 0.00", "其他资金: 零元", "其他资金", "只写以元为单位、最多两位小数的半角数字"),
        ("年度: 2024", "年度: 24年", "年度", "写四位数字，如 2024。"),
        ("SHA-256: 520a", "SHA-256: 520A", "SHA-256", "写 64 位小写十六进制数；"),
        ("\n来源:", "\n来源:\n  网址: www.example.org", "网址", "网址以 https:// 开头，不含空格。"),
        ("    财政拨款: 5,513,159.84\n", "", "资金来源", "缺少“财政拨款”。"),
        ("年末资产总额", "年末资产总合", "年末资产总合", "这里逐行写“名称: 内容”，可用的名称：年度、"),
        ("数量指标", "数量指票", "数量指票", "系统尚未收录的分类：核对是不是写错；"),
        ("产出指标", "产出指票", "产出指票", "系统尚未收录的分类：核对是不是写错；"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(server: Server, old: str, new: str, at: str, message: str) -> None:
    is_said_in_chinese(server, FILE, TEXT.replace(old, new, 1), at, message)


def is_said_in_chinese(server: Server, file: str, text: str, at: str, message: str) -> None:
    found, near = server.said(file, text), line_of(text, at)
    assert [m for line, m in found if line in (near, near + 1) and m.startswith(message)], found
    assert all(re.match("[一-鿿]", m) for _, m in found), found


RESULTS = json_schema.modeline("results") + (
    """年度: 2024
部门名称: 某区示例局
自评日期: 2025-03-18
资金情况:
  年度资金总额:
    全年执行数: 50.00
    执行率: 49%
目标完成情况:
  - 预期目标: 目标一
    实际完成情况: 全部完成
类别分值:
  产出指标: 90
指标完成情况:
  产出指标:
    数量指标:
      演练场次: 5次
      管网长度:
        实际完成值: 133米
        得分: 15
总分: 80
评分:
  等级:
    - {名称: 优, 下限: 90}
进度:
  - 截至日期: 2024-06-30
    指标完成情况:
      产出指标:
        质量指标: {合格率: 96%}
说明事项:
  - 规则: R912
    理由: 公布的原表如此
"""
)
RESULT_FILE = "content/some-bureau/2024.results.yaml"


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("50.00", "五十元", "全年执行数", "只写以元为单位、最多两位小数的半角数字"),
        ("49%", "四成", "执行率", "只写半角数字和 %，如 86.18%；"),
        ("得分: 15", "得分: 15分", "得分", "只写半角数字，如 9.85；"),
        ("总分: 80", "总分:", "总分", "只写半角数字，如 9.85；"),
        ("2025-03-18", "2025年3月", "自评日期", "按年-月-日写，如 2024-02-05。"),
        ("2024-06-30", "六月", "- 截至日期", "按年-月-日写，如 2024-02-05。"),
        ("产出指标: 90", "产出指标: 九十", "产出指标: 九十", "只写半角数字，如 9.85；"),
        ("下限: 90", "下限: 九十", "- {名称", "写 0 到 100 之间的半角数字，如 10。"),
        ("部门名称: 某区示例局\n", "", "年度", "缺少“部门名称”。"),
        ("年度资金总额", "年度资金总合", "资金情况", "缺少“年度资金总额”。"),
        ("- 截至日期: 2024-06-30\n    指标", "- 指标", "- 指标完成情况", "缺少“截至日期”。"),
        ("演练场次: 5次", "演练场次:", "演练场次", "这里写一段文字，不能空着；"),
        ("演练场次: 5次", "演练场次: [5次]", "演练场次", "这里写一段文字，不能空着；"),
        ("类别分值:\n  产出指标: 90", "类别分值: 90", "类别分值", "这里逐行写“名称: 内容”，"),
        ("目标完成情况:\n", "目标完成情况: 全部完成\n存在问题:\n", "目标完成情况", "这里逐行写，每行以“- ”开头，"),
        ("实际完成值", "实际完成数", "实际完成数", "这里逐行写“名称: 内容”，可用的名称：实际完成值、"),
        ("    数量指标", "    数量指票", "数量指票", "系统尚未收录的分类：核对是不是写错；"),
        ("        质量指标", "        质量指票", "质量指票", "系统尚未收录的分类：核对是不是写错；"),
        ("R912", "R999", "- 规则", "没有这个编号的警告；"),
    ],
)
def test_what_is_wrong_with_results_is_said_in_chinese(
    server: Server, old: str, new: str, at: str, message: str
) -> None:
    assert server.said(RESULT_FILE, RESULTS) == []
    text = RESULTS.replace(old, new, 1)
    assert text != RESULTS
    is_said_in_chinese(server, RESULT_FILE, text, at, message)


@pytest.mark.parametrize(
    ("file", "text", "line"), [(FILE, TEXT, "年末在职人数: 9"), (RESULT_FILE, RESULTS, "总分: 80")]
)
def test_a_name_written_twice(server: Server, file: str, text: str, line: str) -> None:
    """The words are YAML's own and English in every editor; the guide says what they mean."""
    [(place, message)] = server.said(file, text.replace(f"{line}\n", f"{line}\n{line}\n"))
    assert place == line_of(text, line) + 1
    assert f"“{message}”" in (ROOT / "content/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("说明事项:\n  - 规则: ", {"R912", "R905", "N504"}),
        ("指标完成情况:\n  产出指标:\n    ", {"数量指标", "质量指标"}),
        ("进度:\n  - 截至日期: 2024-06-30\n    指标完成情况:\n      ", {"产出指标", "效益指标"}),
        ("指标完成情况:\n  产出指标:\n    数量指标:\n      演练场次:\n        ", {"实际完成值", "得分", "原因"}),
        ("资金情况:\n  年度资金总额:\n    ", {"全年执行数", "执行率"}),
        ("", {"资金情况", "指标完成情况", "总分", "说明事项"}),
    ],
)
def test_what_results_may_hold_is_offered(server: Server, before: str, offered: set[str]) -> None:
    text = f"{json_schema.modeline('results')}年度: 2024\n部门名称: 某区示例局\n{before}\n"
    column = len(before.splitlines()[-1]) + 1 if before else 1
    assert offered <= set(server.offered(RESULT_FILE, text, len(text.splitlines()) + (not before), column))


def test_a_code_that_no_warning_has(server: Server) -> None:
    text = TEXT + "说明事项:\n  - 规则: N999\n    理由: 公布的原表如此。\n"
    assert [m for _, m in server.said(FILE, text)] == ["没有这个编号的警告；编号写在警告里，如 N504。"]
    assert server.said(FILE, text.replace("N999", "N504")) == []


def test_codes_are_offered_with_their_meaning(server: Server) -> None:
    text = TEXT + "说明事项:\n  - 规则: \n"
    offered = server.offered(FILE, text, len(text.splitlines()), len("  - 规则: ") + 1)
    assert set(documentation.answerable()) <= set(offered)
    assert documentation.answerable()["N504"] in str(offered["N504"]["documentation"])


def test_headings_are_offered(server: Server) -> None:
    text = TEXT.partition("分解目标:")[0] + "分解目标:\n  产出指标:\n    \n"
    offered = server.offered(FILE, text, len(text.splitlines()), 5)
    assert {"数量指标", "质量指标", "时效指标", "成本指标"} <= set(offered)


def test_the_parser_that_we_ship_is_what_its_recipe_makes(tmp_path: Path) -> None:
    recipe = (ROOT / "site_templates/edit/README.md").read_text(encoding="utf-8")
    commands = "".join(re.findall(r"^    (.*\n)", recipe, re.M)).partition("\n")[2]  # the packages are there
    for package, version in re.findall(r"(yaml|esbuild)@([\d.]+)", recipe):
        assert json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))["version"] == version
    (tmp_path / "node_modules").symlink_to(MODULES)
    subprocess.run(["sh", "-e", "-c", commands], cwd=tmp_path, check=True, capture_output=True)
    shipped = ROOT / "site_templates/edit"
    assert (tmp_path / "yaml.js").read_bytes() == (shipped / "yaml.js").read_bytes()
    assert (MODULES / "yaml/LICENSE").read_bytes() == (shipped / "yaml-LICENSE.txt").read_bytes()
