"""What is wrong with the YAML of a file: the line at fault, the sentence for it, and how to read on after it.

The parser stops where it can go no further; the mistake is often a line above, such as 年度:2024 without a blank.
"""

from __future__ import annotations

import re
from bisect import bisect

import yaml

from generator.diagnostics.model import Diagnostic, Edit, Mark, error

_ENTRY = re.compile(r"(\s*(?:- )*[^\s:#][^:#]*:)[ \t]")  # a name, its colon, and what YAML counts as a blank
# A name and its content that something else parts: a full-width colon, a colon alone, a tab. In a list item a
# full-width colon is punctuation.
_UNPARTED = re.compile(r"(\s*)(?!- )([^\s:：#'\"][^:：\t#]*?)(?:(：)|(:)(?=\S)|(:)[\u00a0\u3000]|(\t))\s*([^:]*)$")


def set_aside(
    fault: yaml.MarkedYAMLError, lines: list[str], file: str, damaged: set[int], found: list[Diagnostic]
) -> bool:
    """Report a syntax error in `found` and neutralise its line, keeping the line count; False when that cannot help.

    `damaged` are the numbers of the lines that were neutralised before, and gets this one.
    """
    mark = fault.problem_mark or fault.context_mark
    assert mark is not None
    started = fault.context_mark
    opened = "flow|quoted scalar|block scalar|simple key|scanning an? (?:alias|anchor|tag)"
    if started is not None and re.search(opened, fault.context or ""):
        mark = started  # what was opened and not closed is the mistake, not the place where reading stopped
    index = min(mark.line, len(lines) - 1)
    while index > 0 and not lines[index].strip():
        index -= 1
    index = _culprit(lines, index, damaged)
    line = lines[index]
    column = mark.column + 1 if index == mark.line else _indent(line) + 1
    if index + 1 not in damaged:
        column, message, repair, edit = _explain(line, column, fault)
        found.append(error(Mark(file, index + 1, column), "Y101", message, repair, edit))
    entry = _ENTRY.match(line + " ")
    unparted = _UNPARTED.match(line)
    if "\t" in line[: _indent(line)]:
        lines[index] = _beside(lines, index) + line.lstrip()
    elif unparted and index + 1 not in damaged:
        lines[index] = f"{unparted[1]}{unparted[2]}: {unparted[7]}"
    elif "\t" in line:
        lines[index] = line.replace("\t", "  ")
    elif entry and index + 1 not in damaged:
        below = next((later for later in lines[index + 1 :] if later.strip()), "")
        has_children = _indent(below) > _indent(line)
        lines[index] = entry[1] if has_children else f'{entry[1]} ""'
    elif line.strip():
        lines[index] = ""
    else:
        return False
    damaged.add(index + 1)
    return True


def settle_conflicts(lines: list[str], file: str, damaged: set[int], found: list[Diagnostic]) -> None:
    """Report what `git merge` left undecided (Y106), and read on with the first of the two versions."""
    ends = [index for index, line in enumerate(lines) if line.startswith(">>>>>>> ")]
    begins = [index for index, line in enumerate(lines) if line.startswith("<<<<<<< ")]
    settled = -1  # the last line of the conflict before
    for begin in begins:
        if begin <= settled:
            lines[begin] = ""
            damaged.add(begin + 1)
            continue
        place = bisect(ends, begin)
        end = settled = ends[place] if place < len(ends) else begin
        first_ends = (i for i in range(begin, end) if lines[i].startswith(("=======", "||||||| ")))
        for index in (begin, *range(next(first_ends, end), end + 1)):
            lines[index] = ""
            damaged.add(index + 1)
        message = f"第 {begin + 1} 行到第 {end + 1} 行是没有解决的合并冲突，两个版本都在文件里。"
        repair = "对照原表留下一个版本，删去另一个和“<<<<<<<”“=======”“>>>>>>>”三行。"
        found.append(error(Mark(file, begin + 1, 1), "Y106", message, repair))


def _culprit(lines: list[str], index: int, damaged: set[int]) -> int:
    """Return the line at fault, when reading stopped at `index`: that one, or the one above, which reads on into it."""
    texts = [place for place in range(index) if lines[place].strip() and not lines[place].lstrip().startswith("#")]
    if not texts or texts[-1] + 1 in damaged:
        return index
    above = lines[texts[-1]]
    if _UNPARTED.match(above):
        return texts[-1]
    if _ENTRY.match(above + " ") or above.lstrip().startswith("- ") or _indent(lines[index]) < _indent(above):
        return index
    before = lines[texts[-2]] if len(texts) > 1 else ""
    is_continued = _indent(before) < _indent(above) and not before.rstrip().endswith(":")
    return index if before and is_continued else texts[-1]


def _beside(lines: list[str], index: int) -> str:
    """Return the blanks by which the next line is indented, or the one before, where the next is none."""
    near = [line for line in [*lines[index + 1 :], *reversed(lines[:index])] if line.strip() and "\t" not in line]
    return near[0][: _indent(near[0])] if near else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _explain(line: str, column: int, fault: yaml.MarkedYAMLError) -> tuple[int, str, str, Edit | None]:
    """Say where and what is wrong in a line, how to repair it, and the repair itself where only one is safe."""
    here = line[column - 1 : column]
    context, problem = fault.context or "", fault.problem or ""
    if "\t" in line[: _indent(line)]:
        return column, "缩进用了制表符（Tab），YAML 只认空格。", "把制表符换成空格，每层两个。", None
    if "flow" in context:
        closing = {"[": "]", "{": "}"}.get(here, "]")
        repair = f"补上“{closing}”；若它是文字的一部分，给整段文字加引号。"
        return column, f"“{here}”没有对应的“{closing}”。", repair, None
    if "quoted scalar" in context:
        return column, "引号没有成对。", "在文字末尾补上同样的引号。", None
    if unparted := _UNPARTED.match(line):
        start = unparted.end(2)
        wrong = line[start : unparted.start(7)]
        message = "冒号后面缺少半角空格。"
        if wrong.startswith("：") or "\t" in wrong:
            message = f"项目名称后面用了{'全角冒号“：”' if wrong.startswith('：') else '制表符（Tab），没有冒号'}。"
        repair = f"改成半角冒号加一个空格：{unparted[2]}: {unparted[7]}"
        rest = line[start:]
        return start + 1, message, repair, Edit(rest, ": " + rest.removeprefix(wrong))
    if here and here in "|>%@`*&!,]}":
        value = re.split(r"\s+#", line[column - 1 :])[0].rstrip()
        quoted = "'" + value.replace("'", "''") + "'"
        return column, f"文字不能以“{here}”开头。", f"给整段文字加引号：{quoted}", Edit(value, quoted)
    if here == "\t":
        return column, "缩进用了制表符（Tab），YAML 只认空格。", "把制表符换成空格，每层两个。", None
    if not _ENTRY.match(line + " ") and ("mapping values" in problem or "could not find expected ':'" in problem):
        return column, "这一行缺少“: ”。", "在项目名称后面加半角冒号和一个空格。", None
    if "mapping values are not allowed" in problem:
        return column, "一行里只能有一个“: ”。", "给冒号后面的整段文字加引号；若本行是下一级，检查缩进。", None
    return column, "这一行的缩进或写法与上下文不符。", "与同一级的其他行左端对齐；列表项以“- ”开头。", None
