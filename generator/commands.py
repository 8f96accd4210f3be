"""What each command does with its options; returns its exit code."""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from generator import build, git, headers, originals, terminal
from generator.analysis import affected, change_report, proof
from generator.analysis.proof import Kind
from generator.content import corpus, draft, json_schema, original, starter, yaml_reader
from generator.diagnostics import fix, output
from generator.diagnostics.model import Diagnostic, Severity, has_errors, summary


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
    why = overlap or _in_the_way(options.docs, options.content) or _in_the_way(options.output, options.content)
    if why:
        print(why, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as work:
        content = options.content
        if options.preview and has_errors(build.check(content)[1]):
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
    if why := _overlap(docs, content):
        return why
    here = Path(os.path.realpath(docs))
    if blocked := next((path for path in (here, *here.parents) if path.exists() and not path.is_dir()), None):
        return terminal.refusal(NotADirectoryError(errno.ENOTDIR, "", str(blocked)))
    is_ours = (here / "index.md").is_file() or (here / "index.html").is_file()
    foreign = here.is_dir() and not is_ours and [path for path in here.iterdir() if path.name[0] != "."]
    if foreign:
        return f"{docs} 里有别的文件（如 {foreign[0].name}），没有写任何文件。改法：写到空的文件夹。"
    return None


def _overlap(folder: Path, content: Path) -> str | None:
    here, there = Path(os.path.realpath(folder)), Path(os.path.realpath(content))
    if here == there or here in there.parents or there in here.parents:
        return f"{folder} 和内容文件夹 {content} 重叠，没有写任何文件。改法：写到另一个文件夹。"
    return None


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
        declarations, diagnostics = build.check(content, terminal.show_progress, department)
        asked = [d for d in diagnostics if _asked_for(label, d)]
        if changed is None:
            return asked
        files = {f"{content.name}/{path}" for path in affected.affected(declarations, changed)}
        return [d for d in asked if d.mark.file in files]

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


def new(options: argparse.Namespace) -> int:
    """Begin a year's file."""
    declarations, _ = corpus.load(options.content)
    folder = next((f for f in declarations.departments if f.address == options.department), None)
    name = "results" if options.results else "declaration"
    file = options.content / options.department / f"{options.year}{'.results' if options.results else ''}.yaml"
    if folder is None or file.exists():
        why = f"{file} 已经存在。" if folder else f"没有部门“{options.department}”：先建文件夹和 department.yaml。"
        print(why, file=sys.stderr)
        return 1
    document = folder.document_of(options.year)
    if options.results and document is None:
        print(f"没有 {options.year} 年度的申报表：先写 {options.year}.yaml，结果要与它对照。", file=sys.stderr)
        return 1
    earlier = [d.declaration for d in folder.documents if d.year < options.year]
    if options.results and document:
        text = draft.results(document.declaration)
    else:
        text = draft.draft(earlier[-1], options.year) if earlier else draft.blank(folder.department.name, options.year)
    file.write_text(json_schema.modeline(name) + text, encoding="utf-8", newline="\n")
    print(f"已写好 {file}：逐项核对，删去“{draft.MARK.strip()}”，再运行 check。")
    return 0


def import_(options: argparse.Namespace) -> int:
    """Turn a document into a year's file."""
    from generator.importers import proposal

    if options.compare:
        return _compare(options.document, options.compare)
    into = options.output
    if into and not (
        re.fullmatch(r"\d{4}(\.results)?\.yaml", into.name)
        and (Path(os.path.realpath(into)).parent.parent / "site.yaml").is_file()
    ):
        message = (
            f"{into} 不是年度文件的位置，没有写任何文件：写成 content/部门文件夹/年度.yaml"
            "（自评表写成 年度.results.yaml；content 里有 site.yaml）。"
        )
        print(message, file=sys.stderr)
        return 2
    files, notes = proposal.propose(options.document, into)
    for note in notes:
        print(note, file=sys.stderr)
    if not files:
        return 1
    if options.output is None:
        print(files[Path()].decode(), end="")
        return 0
    if there := proposal.write(files, options.force):
        print(f"{'、'.join(map(str, there))} 已经存在，内容不同；没有写任何文件。要覆盖就加 --force。", file=sys.stderr)
        return 1
    print(f"已写好 {options.output}，依据原文件作了 {len(notes)} 处认定，逐项核对。检查结果：", file=sys.stderr)
    return check(
        argparse.Namespace(
            **{"path": options.output, "format": "text", "output": None, "fix": False, "notices": False},
            **{"statistics": False, "changed_since": None},
        )
    )


def incoming(options: argparse.Namespace) -> int:
    """Say what the documents that wait in incoming folders would become, and write the files elsewhere."""
    from generator import incoming

    if not incoming.documents(options.content):
        print(f"{options.content} 的 incoming 文件夹里没有文件。", file=sys.stderr)
        return 0
    if why := _overlap(options.output, options.content):
        print(why, file=sys.stderr)
        return 2
    received, report = incoming.receive(options.content, options.output)
    _append(report, options.report)
    print(
        f"已写到 {options.output}：{sum(bool(one.files) for one in received)} 份，核对以后放进内容。", file=sys.stderr
    )
    return 0 if incoming.is_complete(received) else 1


def _append(markdown: str, file: Path | None) -> None:
    """Write a report at the end of a file, or show it."""
    if file is None:
        print(markdown)
        return
    with file.open("a", encoding="utf-8", errors="backslashreplace") as opened:
        opened.write(markdown)


def _compare(document: Path, file: Path) -> int:
    """Say where a declaration's file differs from a document; every entry with its place in the document."""
    from generator.rules.proof import findings

    tree = yaml_reader.read(file, str(file))
    registered = originals.read(document)
    if why := "；".join(d.message for d in tree.diagnostics) or registered.fault:
        print(f"没有核对：{why}", file=sys.stderr)
        return 2
    if registered.lacks:
        raise ModuleNotFoundError(registered.lacks, name=registered.lacks)
    known = proof.prove(tree.data, original.from_json(registered.stated))
    for entry in known.entries:
        print(f"{entry.kind}\t{entry.name}\t{entry.spot or '表格以外'}")
    for finding in findings(tree, known):
        print(f"{finding.mark}: {finding.message}", file=sys.stderr)
    print(f"{known.sentence}。", file=sys.stderr)
    return 0 if all(entry.kind in (Kind.SAME, Kind.UNSURE) for entry in known.entries) else 1


def init(options: argparse.Namespace) -> int:
    """Begin a content repository."""
    from generator.rules import documentation

    for path, text in starter.files(documentation.answerable()).items():
        file = options.folder / path
        if file.exists():
            print(f"{file} 已经有了，没有改动。", file=sys.stderr)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        print(f"已写好 {file}。")
    return 0


def schema(options: argparse.Namespace) -> int:
    """Write the schemas for text editors, with the headings that the content has registered."""
    from generator.rules import documentation

    options.folder.mkdir(parents=True, exist_ok=True)
    codes, site = documentation.answerable(), corpus.frame(options.content)[0].site
    for name in json_schema.MODELS:
        (options.folder / f"{name}.schema.json").write_text(
            json_schema.text(name, codes, site.headings), encoding="utf-8", newline="\n"
        )
    return 0


def diff(options: argparse.Namespace) -> int:
    """Say what changes for readers between two revisions."""
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
        sides = (change_report.Side(*build.check(folder, kept=kept)) for folder in (base, head))
        found = change_report.report(*sides)
    _append(found.markdown, options.output)
    return 1 if found.new_problems or found.to_confirm else 0


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
