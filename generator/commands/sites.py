"""What is made of content: pages, a site, a preview, its headers, the demo."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import tempfile
from pathlib import Path

from generator import build, checking, headers, terminal
from generator.diagnostics.model import has_errors


def build_(options: argparse.Namespace) -> int:
    """Check the content and write the Markdown."""
    if why := _in_the_way(options.docs, options.content):
        print(why, file=sys.stderr)
        return 2
    _, diagnostics = build.build(options.content, options.docs, terminal.show_progress)
    return terminal.tell(diagnostics, options.content)


def site(options: argparse.Namespace) -> int:
    """Make the whole site and put it in place."""
    from generator import preview, release

    overlap = options.output.resolve() == options.docs.resolve() and f"{options.docs} 和网站的文件夹相同。"
    if why := overlap or _in_the_way(options.output, options.content):
        print(why, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as work:
        content = options.content
        if options.preview and has_errors(checking.findings(content)):
            content = Path(work, content.resolve().name)
            try:
                left_out = preview.without_errors(options.content, content)
            except ValueError as broken:
                print(f"{broken} 有错误，无法预览。", file=sys.stderr)
                return 1
            print(f"预览里没有这些有错误的文件：{'、'.join(left_out)}。", file=sys.stderr)
        outcome = release.make(content, options.docs, options.output, terminal.show_progress)
        code = terminal.tell(outcome.diagnostics, content) if outcome.diagnostics else 0
    print(f"已更新 {options.output}。" if outcome.changed else "网站没有改动。", file=sys.stderr)
    return code


def verify(options: argparse.Namespace) -> int:
    """Compare a published folder with its manifest."""
    from generator import release

    try:
        differences = release.verify(options.site, options.content)
    except (FileNotFoundError, ValueError):
        print(f"{options.site} 里没有清单 {release.MANIFEST}，或者它读不出来，无法核对。", file=sys.stderr)
        return 2
    for difference in differences:
        print(difference)
    print(f"有 {len(differences)} 处不同。" if differences else "网站与清单一致。", file=sys.stderr)
    return 1 if differences else 0


def _in_the_way(docs: Path, content: Path) -> str | None:
    """Say why `docs` is no place to build into: whatever is there and is not of the site would be deleted."""
    if why := terminal.overlap(docs, content):
        return why
    here = Path(os.path.realpath(docs))
    if blocked := next((path for path in (here, *here.parents) if path.exists() and not path.is_dir()), None):
        return terminal.refusal(NotADirectoryError(errno.ENOTDIR, "", str(blocked)))
    is_ours = (here / "index.md").is_file() or (here / "index.html").is_file()
    foreign = here.is_dir() and not is_ours and [path for path in here.iterdir() if path.name[0] != "."]
    if foreign:
        return f"{docs} 里有别的文件（如 {foreign[0].name}），没有写任何文件。改法：写到空的文件夹。"
    return None


def headers_(options: argparse.Namespace) -> int:
    """Write the security policy of a built site."""
    policy = headers.write(options.site)
    if options.meta:
        from generator import release

        headers.write_into_pages(options.site, policy)
        release.renew(options.site)
    print(policy)
    return 0


def demo(options: argparse.Namespace) -> int:
    """Write the fictional district."""
    from generator.demo import district

    try:
        district.write_demo(options.folder, options.departments, options.years, options.seed)
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0
