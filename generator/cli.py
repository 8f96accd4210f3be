"""The commands: python -m generator build | check."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import track as progress

from generator import site
from generator.corpus import Item
from generator.diagnostics import Diagnostic, has_errors, summary


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0 when all is well, 1 when the content has errors (2: wrong usage)."""
    parser = argparse.ArgumentParser(prog="generator", description="绩效目标公开网站生成器")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    build = commands.add_parser("build", help="检查 content/，生成 build/docs/")
    check = commands.add_parser("check", help="只检查 content/，列出全部问题")
    for command in (build, check):
        command.add_argument("content", nargs="?", type=Path, default=Path("content"), help="默认 content")
    build.add_argument("-d", "--docs", type=Path, default=Path("build/docs"), help="默认 build/docs")
    options = parser.parse_args(arguments)
    if not options.content.is_dir():
        parser.error(f"找不到文件夹 {options.content}")
    if options.command == "build":
        _, diagnostics = site.build(options.content, options.docs, show_progress)
    else:
        _, diagnostics = site.check(options.content, show_progress)
    report(diagnostics)
    return 1 if has_errors(diagnostics) else 0


def report(diagnostics: list[Diagnostic]) -> None:
    """Print the diagnostics on standard output, a line each, and what they come to on standard error."""
    for diagnostic in diagnostics:
        print(diagnostic)
    print(summary(diagnostics), file=sys.stderr)


def show_progress(items: Iterable[Item], title: str) -> Iterable[Item]:
    """Show a progress bar on a terminal, and nothing in a pipe."""
    console = Console(stderr=True)
    return progress(list(items), title, console=console, transient=True, disable=not console.is_terminal)
