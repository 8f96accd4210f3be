"""What is wrong with content, what changes for readers, what a code means."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from generator import checking, git, originals, terminal
from generator.analysis import affected
from generator.diagnostics import fix, output
from generator.diagnostics.model import Diagnostic, Severity, summary


def check(options: argparse.Namespace) -> int:
    """List what is wrong with the content."""
    part = _part(Path(os.path.realpath(options.path)))
    if part is None:
        print(f"{options.path} 不是申报内容，没有检查。{_CONTENT}", file=sys.stderr)
        return 2
    content, department, label = part
    try:
        changed = git.changed(content, options.changed_since) if options.changed_since else None
    except git.GitError as unknown:
        print(f"取不到这个版本：{str(unknown) or '版本库里没有。'}", file=sys.stderr)
        return 2

    def found() -> list[Diagnostic]:
        if changed is None:
            diagnostics = checking.findings(content, terminal.show_progress, department)
            return [d for d in diagnostics if _asked_for(label, d)]
        declarations, diagnostics = checking.check(content, terminal.show_progress)
        files = {f"{content.name}/{path}" for path in affected.affected(declarations, changed)}
        return [d for d in diagnostics if _asked_for(label, d) and d.mark.file in files]

    diagnostics = found()
    if options.fix and (settled := fix.fix(diagnostics, content.parent)):
        print(f"已改正 {len(settled)} 处。", file=sys.stderr)
        diagnostics = found()
    if changed is not None:
        print(_scope(content, changed, options.changed_since), file=sys.stderr)
    with _printing_into(options.output):
        if options.statistics:
            print("".join(f"{line}\n" for line in output.statistics(diagnostics)), end="")
            print(summary(diagnostics), file=sys.stderr)
        else:
            terminal.tell(diagnostics, content, options.format, options.notices)
    return 1 if any(d.severity is not Severity.NOTICE for d in diagnostics) else 0


@contextmanager
def _printing_into(file: Path | None) -> Iterator[None]:
    """Let what is printed go into a file, where there is one."""
    if file is None:
        yield
        return
    with file.open("w", encoding="utf-8", newline="\n") as opened, redirect_stdout(opened):
        yield


_CONTENT = (
    "改法：写内容文件夹（里面有 site.yaml）、一个部门的文件夹，"
    "或 site.yaml、department.yaml、年度文件（如 2024.yaml）。"
)


def _part(path: Path) -> tuple[Path, str | None, str] | None:
    """Tell the content folder that a path lies in, the one department to read for it, and its name in messages.

    None: it is no part of any content, so there is nothing to judge.
    """
    above = path.parent
    if path.is_dir():
        if (path / "site.yaml").is_file() or next(path.glob("*/department.yaml"), None):
            return path, None, path.name
        is_department = (path / "department.yaml").is_file() or (above / "site.yaml").is_file()
        return (above, path.name, f"{above.name}/{path.name}") if is_department and path.name[0] != "." else None
    if path.name == "site.yaml":
        return above, "", f"{above.name}/{path.name}"
    content = above.parent
    inside = (above / "department.yaml").is_file() or (content / "site.yaml").is_file()
    if not inside or (above / "site.yaml").is_file() or path.name[0] == ".":
        return None
    return content, above.name, f"{content.name}/{above.name}/{path.name}"


def _asked_for(label: str, diagnostic: Diagnostic) -> bool:
    """Tell what is said of the part that was asked for, or of the department.yaml that it cannot do without."""
    file = diagnostic.mark.file
    head = f"{label.rpartition('/')[0]}/department.yaml"
    return file == label or file.startswith(f"{label}/") or (file == head and diagnostic.severity is Severity.ERROR)


def _scope(content: Path, changed: list[str], revision: str) -> str:
    """Say what has changed, and so what is judged."""
    if not changed:
        return f"{revision} 以来，{content.name} 没有改动。"
    return f"{revision} 以来改动了 {len(changed)} 个文件，检查它们和受影响的：{'、'.join(changed)}。"


def explain(options: argparse.Namespace) -> int:
    """Say what a code means."""
    from generator.rules import documentation

    known = documentation.documentations()
    if options.code.upper() not in known:
        print(f"没有编号“{options.code}”。编号有：{'、'.join(known)}。", file=sys.stderr)
        return 2
    print(documentation.explain(known[options.code.upper()]), end="")
    return 0


def diff(options: argparse.Namespace) -> int:
    """Say what changes for readers between two revisions."""
    from generator.analysis import change_report  # slow to import: a check goes without

    with tempfile.TemporaryDirectory() as work:
        try:
            base, head = Path(work) / "base" / options.content.resolve().name, options.content
            git.extract(options.content, options.base, base)
            if options.head:
                head = Path(work) / "head" / options.content.resolve().name
                git.extract(options.content, options.head, head)
        except git.GitError as unknown:
            print(f"取不到这个版本：{str(unknown) or '版本库里没有。'}", file=sys.stderr)
            return 2
        kept = originals.folder(options.content)
        sides = (change_report.Side(*checking.check(folder, kept=kept)) for folder in (base, head))
        found = change_report.report(*sides)
    terminal.append(found.markdown, options.output)
    return 1 if found.new_problems or found.to_confirm else 0
