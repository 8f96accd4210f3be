"""YAML text → plain text data, the place of every key and value, and what is wrong with the YAML.

Every scalar stays the text that stands in the file (`no`, `012` and `12:30` are words, never False, 10 or
45045): numbers and dates are the model's business. What a form never needs is refused: anchors, aliases,
tags, several documents, excessive depth and size. After a syntax error the damaged line is set aside and
reading goes on (see syntax), so that one run lists every mistake of a file.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

import yaml

from generator.content import yaml_recovery
from generator.diagnostics.model import Diagnostic, Edit, Mark, error

Path: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_SYNTAX_ERRORS = 50

# libyaml is about ten times faster and gives the same marks; the pure loader is the fallback.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What YAML or XML forbids, code points that are no characters, and line separators that YAML counts as a new line
# but no editor shows as one. YAML's escapes ("\\a", "\\x07") can name them all.
_NO_CHARACTERS = "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ud800-\udfff"
_UNWANTED = re.compile(f"[{_FORBIDDEN}{_NO_CHARACTERS}]")
_MAY_BE_UNWANTED = re.compile(f"[{_FORBIDDEN}\ufffe-\U0010ffff]")  # one more range is quick to try, 32 more are not

# Where an entry stands: line and column of its key (for a list item the same as its value) and of its value.
Place: TypeAlias = tuple[int, int, int, int]


@dataclass
class Tree:
    """A YAML file as read: nested text, the place of every entry, its damaged lines, what is wrong.

    Of thousands of places few are ever named: until then they are bare numbers.
    """

    file: str
    data: Data = None
    places: dict[Path, Place] = field(default_factory=dict)
    damaged: set[int] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def within(self, offset: int, *path: str | int) -> Mark:
        """Return where a character of the text at `path` stands, if the text stands on one line as it is."""
        data: Any = self.data
        for step in path:
            data = data[step]
        return self._within(self.value(*path), data, offset)

    def within_key(self, offset: int, *path: str | int) -> Mark:
        """Return where a character of the name of the entry at `path` stands, if it stands there as it is."""
        return self._within(self.key(*path), path[-1], offset)

    def _within(self, mark: Mark, text: Any, offset: int) -> Mark:
        line = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        for quote in (0, 1):
            start = mark.column - 1 + quote
            if isinstance(text, str) and line.startswith(text[: offset + 1], start):
                return Mark(mark.file, mark.line, start + offset + 1)
        return mark

    def texts(self) -> list[tuple[bool, Path, str]]:
        """Return every text of the file with its path: the names (True) and the values, in the order of the file."""
        found: list[tuple[bool, Path, str]] = []
        _put_texts(self.data, (), found)
        return found

    def may_hold(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether a text may hold what `pattern` finds in one line: it stands in the lines, or is an escape."""
        lines = "\n".join(self.lines)
        return "\\" in lines or pattern.search(lines) is not None

    def value(self, *path: str | int) -> Mark:
        """Return where the value at `path` stands, or the nearest enclosing one that exists."""
        return Mark(self.file, *self._nearest(path)[2:])

    def key(self, *path: str | int) -> Mark:
        """Return where the key at `path` stands, or the nearest enclosing one that exists."""
        return Mark(self.file, *self._nearest(path)[:2])

    def _nearest(self, path: Path) -> Place:
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1, 1, 1))


def _put_texts(data: Data, path: Path, found: list[tuple[bool, Path, str]]) -> None:
    if isinstance(data, str):
        found.append((False, path, data))
    elif isinstance(data, dict):
        for name, entry in data.items():
            here = (*path, name)
            found.append((True, here, name))
            _put_texts(entry, here, found)
    else:
        for place, item in enumerate(data or ()):
            _put_texts(item, (*path, place), found)


def read(path: os.PathLike[str], file: str) -> Tree:
    """Read the YAML file at `path`, named `file` in messages; never raises for what is there, however odd.

    Only regular files of a sane size are opened: a pipe would be waited for, a huge file would fill the memory.
    """
    tree = Tree(file)
    try:
        known = os.stat(path)
        if not stat.S_ISREG(known.st_mode):
            kind = "文件夹" if stat.S_ISDIR(known.st_mode) else "设备或管道"
            repair = "申报表是一个文本文件；改名、移走或删去它。"
            tree.diagnostics.append(error(Mark(file), "Y107", f"这不是文件，是{kind}。", repair))
        elif known.st_size > MAX_BYTES:
            tree.diagnostics.append(_too_big(file, known.st_size))
        else:
            with open(path, "rb") as opened:
                return load(opened.read(MAX_BYTES + 1), file)
    except OSError as failed:
        broken = "链接指向的文件不存在，或者链接绕成了圈" if os.path.islink(path) else failed.strerror
        repair = "核对文件的权限；是链接的，换成文件本身。"
        tree.diagnostics.append(error(Mark(file), "Y107", f"文件读不出来：{broken}。", repair))
    return tree


def _too_big(file: str, size: int) -> Diagnostic:
    message = f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,}。"
    return error(Mark(file), "Y105", message, "一份申报表一个文件，删去无关内容。")


def load(raw: bytes, file: str) -> Tree:
    """Read the bytes of one YAML file named `file`; never raises, all faults are in `diagnostics`."""
    tree = Tree(file)
    if len(raw) > MAX_BYTES:
        tree.diagnostics.append(_too_big(file, len(raw)))
        return tree
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        column = fault.start - (raw.rfind(b"\n", 0, fault.start) + 1) + 1
        tree.diagnostics.append(
            error(
                Mark(file, line, column),
                "Y104",
                "文件不是 UTF-8 编码，无法读取。",
                "用编辑器“另存为 UTF-8”。",
            )
        )
        return tree
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _take_out_unwanted(tree, lines)
    tree.lines = list(lines)
    yaml_recovery.settle_conflicts(lines, tree.file, tree.damaged, tree.diagnostics)
    for _ in range(MAX_SYNTAX_ERRORS):
        try:
            tree.places.clear()
            found: list[Diagnostic] = []
            tree.data = _Composer(tree, found).document("\n".join(lines))
            tree.diagnostics += found
            return tree
        except yaml.MarkedYAMLError as fault:
            if not yaml_recovery.set_aside(fault, lines, tree.file, tree.damaged, tree.diagnostics):
                break
        except _RefusedError as refused:
            tree.diagnostics.append(refused.args[0])
            break
    tree.data = None
    return tree


def _take_out_unwanted(tree: Tree, lines: list[str]) -> None:
    if not _MAY_BE_UNWANTED.search("\n".join(lines)):
        return
    for number, line in enumerate(lines, 1):
        for match in _UNWANTED.finditer(line):
            mark = Mark(tree.file, number, match.start() + 1)
            tree.diagnostics.append(_unwanted(mark, match[0], Edit(match[0], "")))
        lines[number - 1] = _UNWANTED.sub(" ", line)


def _unwanted(mark: Mark, character: str, edit: Edit | None = None) -> Diagnostic:
    name = f"U+{ord(character):04X}"
    repair = "删去这个字符。" if edit else "删去它的代号，双引号里如 \\0、\\a、\\x07、\\u0007 都是。"
    return error(mark, "Y104", f"这里有看不见的控制字符（{name}）。", repair, edit)


def _place(key: Any, value: Any) -> Place:
    return key.line + 1, key.column + 1, value.line + 1, value.column + 1


class _RefusedError(Exception):
    """Carries the diagnostic of something that a declaration must not hold."""


class _Composer:
    """Builds nested data from the parser's events, noting the place of each entry."""

    def __init__(self, tree: Tree, found: list[Diagnostic]) -> None:
        self.tree, self.places, self.found = tree, tree.places, found

    def document(self, text: str) -> Data:
        self.next = _LOADER(text).get_event
        self.next()  # the start of the stream
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        event = self.next()
        self.places[()] = _place(event.start_mark, event.start_mark)
        data = self.node(event, ())
        self.next()  # the end of the document
        if not isinstance(after := self.next(), yaml.StreamEndEvent):
            self.refuse(after, "一个文件里出现了两份文档（“---”）。", "每份申报表单独存一个文件。")
        return data

    def mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None
        return Mark(self.tree.file, start.line + 1, start.column + 1)

    def refuse(self, event: yaml.Event, message: str, repair: str) -> NoReturn:
        raise _RefusedError(error(self.mark(event), "Y103", message, repair))

    def node(self, event: Any, path: Path) -> Data:
        if len(path) > MAX_DEPTH:
            self.refuse(event, f"嵌套超过 {MAX_DEPTH} 层。", "申报表不需要这么深，检查缩进和括号。")
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "不支持用 * 引用别处的内容。", "把内容直接写在这里；文字以 * 开头时加引号。")
        if event.anchor:
            self.refuse(event, "不支持用 & 给内容起别名。", "删去 & 和后面的名字；文字以 & 开头时加引号。")
        if event.tag:
            self.refuse(event, "不支持用 ! 标注类型。", "删去 ! 和后面的名字；文字以 ! 开头时加引号。")
        if isinstance(event, yaml.ScalarEvent):
            # Only an escape can still name what no file may hold, and only double quotes know escapes.
            if event.style == '"' and (unwanted := _UNWANTED.search(event.value)):
                self.found.append(_unwanted(self.mark(event), unwanted[0]))
            plain_and_empty = event.value == "" and event.implicit[0]
            return None if plain_and_empty else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: Path) -> Data:
        items: list[Data] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.places[here] = _place(event.start_mark, event.start_mark)
            items.append(self.node(event, here))
        return items

    def mapping(self, path: Path) -> Data:
        entries: dict[str, Data] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, "“:”前面要写项目名称。", "去掉项目名称处的括号或 “? ”。")
            self.node(event, path)  # a key may carry no anchor or tag either
            key, key_event = event.value, event
            event = self.next()
            here = (*path, key)
            if key in entries:
                first, mark = self.tree.key(*here), self.mark(key_event)
                self.found.append(
                    error(
                        mark,
                        "Y102",
                        f"“{key}”重复了，第 {first.line} 行已经写过。",
                        "删去重复的一项，或改正其中一个名称。",
                    )
                )
                self.node(event, (*path, f"{key}\0{mark.line}:{mark.column}"))
                continue
            self.places[here] = _place(key_event.start_mark, event.start_mark)
            entries[key] = self.node(event, here)
        return entries
