"""Files of content: begun, imported, received, compared with their documents; their schemas."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from generator import originals, terminal
from generator.analysis import proof
from generator.analysis.proof import Kind
from generator.commands import judging
from generator.content import corpus, draft, json_schema, original, starter, yaml_reader


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
    return judging.check(
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
    if why := terminal.overlap(options.output, options.content):
        print(why, file=sys.stderr)
        return 2
    received, report = incoming.receive(options.content, options.output)
    terminal.append(report, options.report)
    print(
        f"已写到 {options.output}：{sum(bool(one.files) for one in received)} 份，核对以后放进内容。", file=sys.stderr
    )
    return 0 if incoming.is_complete(received) else 1


def _compare(document: Path, file: Path) -> int:
    """Say where a file of a year differs from a document; every entry with its place in the document.

    Results are compared as answers to the declaration of their year beside them.
    """
    from generator.importers import proposal
    from generator.rules.proof import findings

    tree = yaml_reader.read(file, str(file))
    is_results = file.stem.endswith(".results")
    registered = originals.read(document, is_results, proposal.declared(file) if is_results else None)
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
