"""What the commands and the MkDocs plugin show a person: progress, diagnostics, what the machine refuses."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path

from generator.content.corpus import Item
from generator.diagnostics import output
from generator.diagnostics.model import Diagnostic, abridged, has_errors, summary


def print_any_character() -> None:
    """Where the encoding of an output lacks a character, print its code: no command ends in an exception for that."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


_REFUSALS = {
    errno.ESTALE: "生成的时候文件有改动，网站没有更新。改法：再生成一次。",
    **dict.fromkeys((errno.EACCES, errno.EPERM), "没有权限。改法：核对文件和文件夹的权限，或换一个地方。"),
    errno.EROFS: "这里只能读，不能写。改法：换一个地方。",
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "磁盘已满。改法：腾出空间再试。"),
    errno.EAGAIN: "另一次生成正在写这个文件夹，没有写任何文件。改法：等它结束再试。",
    **dict.fromkeys((errno.EBUSY, errno.EXDEV), "这是挂载点，不能整体替换。改法：换成它里面的一个文件夹。"),
    errno.EISDIR: "这是文件夹，应是文件。改法：改正路径。",
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST), "路径里有一段是文件，应是文件夹。改法：改正路径，或移走那个文件。"),
    errno.ENOENT: "找不到这个文件，或它所在的文件夹。改法：改正路径，或先建文件夹。",
    errno.ENAMETOOLONG: "名称太长。改法：换一个短的名称。",
    errno.ELOOP: "链接绕成了圈。改法：换成文件本身。",
}


def refusal(failed: OSError) -> str:
    """Say in one sentence which file the machine refused, why, and what to do."""
    named = "、".join(str(name) for name in (failed.filename, failed.filename2) if name is not None)
    why = _REFUSALS.get(failed.errno or 0, f"系统拒绝了：{failed.strerror or failed}。")
    return f"{abridged(named)}：{why}" if named else why


def tell(diagnostics: list[Diagnostic], content: Path, form: str = "text", each_notice: bool = False) -> int:
    """Print the diagnostics on standard output and what they come to on standard error; return the exit code."""
    output.show(diagnostics, form, output.lines_below(content.parent), each_notice=each_notice)
    print(summary(diagnostics), file=sys.stderr)
    return 1 if has_errors(diagnostics) else 0


def show_progress(items: Iterable[Item], title: str) -> Iterable[Item]:
    """Show a progress bar on a terminal, and nothing in a pipe."""
    if not sys.stderr.isatty():
        return items
    return _shown(items, title)


def _shown(items: Iterable[Item], title: str) -> Iterator[Item]:
    """Count the items as they come, in this thread: processes may be copied in the meantime."""
    from rich.console import Console  # slow to import
    from rich.progress import MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task(title, total=None)
        for item in items:
            progress.update(task, advance=1, refresh=True)
            yield item


def overlap(folder: Path, content: Path) -> str | None:
    """Say why nothing is written into a folder that overlaps the content; None where it does not."""
    here, there = Path(os.path.realpath(folder)), Path(os.path.realpath(content))
    if here == there or here in there.parents or there in here.parents:
        return f"{folder} 和内容文件夹 {content} 重叠，没有写任何文件。改法：写到另一个文件夹。"
    return None


def append(markdown: str, file: Path | None) -> None:
    """Write a report at the end of a file, or show it."""
    if file is None:
        print(markdown)
        return
    with file.open("a", encoding="utf-8", errors="backslashreplace") as opened:
        opened.write(markdown)
