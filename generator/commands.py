"""What each command does with its options; returns its exit code."""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
import tempfile
from pathlib import Path

from generator import build, git, headers, originals, terminal
from generator.analysis import change_report, proof
from generator.analysis.proof import Kind
from generator.content import corpus, draft, json_schema, original, starter, yaml_reader
from generator.diagnostics import fix, output
from generator.diagnostics.model import Diagnostic, Severity, summary


def build_(options: argparse.Namespace) -> int:
    """Check the content and write the Markdown."""
    if why := _in_the_way(options.docs, options.content):
        print(why, file=sys.stderr)
        return 2
    _, diagnostics = build.build(options.content, options.docs, terminal.show_progress)
    return terminal.tell(diagnostics, options.content)


def site(options: argparse.Namespace) -> int:
    """Make the whole site and put it in place."""
    from generator import release

    overlap = options.output.resolve() == options.docs.resolve() and f"{options.docs} 和网站的文件夹相同。"
    why = overlap or _in_the_way(options.docs, options.content) or _in_the_way(options.output, options.content)
    if why:
        print(why, file=sys.stderr)
        return 2
    outcome = release.make(options.content, options.docs, options.output, terminal.show_progress)
    code = terminal.tell(outcome.diagnostics, options.content) if outcome.diagnostics else 0
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
    here, there = Path(os.path.realpath(docs)), Path(os.path.realpath(content))
    if here == there or here in there.parents or there in here.parents:
        return f"{docs} 和内容文件夹 {content} 重叠，没有写任何文件。改法：写到另一个文件夹。"
    if blocked := next((path for path in (here, *here.parents) if path.exists() and not path.is_dir()), None):
        return terminal.refusal(NotADirectoryError(errno.ENOTDIR, "", str(blocked)))
    is_ours = (here / "index.md").is_file() or (here / "index.html").is_file()
    foreign = here.is_dir() and not is_ours and [path for path in here.iterdir() if path.name[0] != "."]
    if foreign:
        return f"{docs} 里有别的文件（如 {foreign[0].name}），没有写任何文件。改法：写到空的文件夹。"
    return None


def check(options: argparse.Namespace) -> int:
    """List what is wrong with the content."""
    content, department, label = _part(Path(os.path.realpath(options.path)))

    def found() -> list[Diagnostic]:
        return [d for d in build.check(content, terminal.show_progress, department)[1] if _within(label, d.mark.file)]

    diagnostics = found()
    if options.fix and (settled := fix.fix(diagnostics, content.parent)):
        print(f"已改正 {len(settled)} 处。", file=sys.stderr)
        diagnostics = found()
    if options.statistics:
        print("".join(f"{line}\n" for line in output.statistics(diagnostics)), end="")
        print(summary(diagnostics), file=sys.stderr)
    else:
        terminal.tell(diagnostics, content, options.format, options.notices)
    return 1 if any(d.severity is not Severity.NOTICE for d in diagnostics) else 0


def _part(path: Path) -> tuple[Path, str | None, str]:
    """Tell the content folder that a path lies in, the one department to read for it, and its name in messages."""
    if path.is_dir() and not (path / "department.yaml").is_file():
        return path, None, path.name
    if path.is_dir():
        return path.parent, path.name, f"{path.parent.name}/{path.name}"
    if (path.parent / "site.yaml").is_file():
        return path.parent, "", f"{path.parent.name}/{path.name}"
    content = path.parent.parent
    return content, path.parent.name, f"{content.name}/{path.parent.name}/{path.name}"


def _within(label: str, file: str) -> bool:
    return file == label or file.startswith(f"{label}/")


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
    return check(argparse.Namespace(path=options.output, format="text", fix=False, notices=False, statistics=False))


def _compare(document: Path, file: Path) -> int:
    """Say where a file of a year differs from a document; every entry with its place in the document.

    Results are compared as answers to the declaration of their year beside them.
    """
    from generator.importers import proposal
    from generator.rules.proof import findings

    tree = yaml_reader.read(file, str(file))
    is_results = file.stem.endswith(".results")
    declared = proposal.declared(file) if is_results else None
    registered = originals.read(document, is_results, declared)
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
    for path, text in starter.files().items():
        file = options.folder / path
        if file.exists():
            print(f"{file} 已经有了，没有改动。", file=sys.stderr)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        print(f"已写好 {file}。")
    return 0


def schema(options: argparse.Namespace) -> int:
    """Write the schemas for text editors."""
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in json_schema.MODELS:
        (options.folder / f"{name}.schema.json").write_text(json_schema.text(name), encoding="utf-8", newline="\n")
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
    if options.output:
        with options.output.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(found.markdown)
    else:
        print(found.markdown)
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
