"""The commands of python -m generator: each only reads its options; what it does is elsewhere."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

from generator import build, git, terminal
from generator.analysis import change_report
from generator.content import draft, json_schema, starter
from generator.diagnostics import fix, output
from generator.diagnostics.model import Diagnostic, Severity, abridged, summary

FIRST_YEAR, LAST_YEAR = 1990, 2100  # for which a year's file can be begun

DISTRIBUTION = "performance-targets-site"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0 when all is well, 1 when the content is not in order, 2 for wrong usage.

    For `check`, unanswered warnings are not in order; `build` stops for errors only.
    """
    terminal.print_any_character()
    parser = argparse.ArgumentParser(prog="generator", description="绩效目标公开网站生成器")
    commands = parser.add_subparsers(required=True, metavar="命令")

    command = commands.add_parser("build", help="检查 content/，生成 build/docs/")
    command.add_argument("content", nargs="?", type=_folder, default="content", help="默认 content")
    command.add_argument("-d", "--docs", type=_path, default=Path("build/docs"), help="默认 build/docs")
    command.set_defaults(run=_build)

    command = commands.add_parser("check", help="只检查，列出全部问题")
    command.add_argument("path", nargs="?", type=_existing, default="content", help="content、一个部门或一个文件")
    command.add_argument(
        "--format",
        choices=["text", "github", "json", "sarif"],
        default="text",
        help="默认 text；github 只标注错误和警告（加 --notices 则全部），json、sarif 总是全部",
    )
    command.add_argument("--notices", action="store_true", help="提示也逐条列出；不写则每个编号一行")
    command.add_argument("--statistics", action="store_true", help="只统计，每个编号一行")
    command.add_argument("--fix", action="store_true", help="改正只有一种改法的问题，其余不动")
    command.set_defaults(run=_check)

    command = commands.add_parser("explain", help="说明一个编号：期望什么，为什么，举例")
    command.add_argument("code", metavar="编号", help="如 N504")
    command.set_defaults(run=_explain)

    command = commands.add_parser("new", help="从上一年度带出新一年度的文件，逐项待确认")
    command.add_argument("department", metavar="部门", help="部门的文件夹名，如 minhang-red-cross")
    command.add_argument(
        "year", metavar="年度", type=_between(FIRST_YEAR, LAST_YEAR), help=f"{FIRST_YEAR} 到 {LAST_YEAR}"
    )
    command.add_argument("--results", action="store_true", help="写这一年度的结果文件（年度.results.yaml）")
    command.add_argument("--content", type=_folder, default="content", help="默认 content")
    command.set_defaults(run=_new)

    command = commands.add_parser("import", help="由公布的申报表（txt、html、xlsx、xls、docx、pdf）写出 YAML，供人核对")
    command.add_argument("document", metavar="文件", type=_existing)
    command.add_argument("-o", "--output", type=_path, help="如 content/minhang-red-cross/2025.yaml；不写则显示")
    command.add_argument("--force", action="store_true", help="覆盖已有的文件")
    command.set_defaults(run=_import)

    command = commands.add_parser("init", help="在一个文件夹里准备好单独的内容库：content/、mkdocs.yml 等")
    command.add_argument("folder", nargs="?", type=Path, default=Path(), help="默认是现在的文件夹")
    command.set_defaults(run=_init)

    command = commands.add_parser("schema", help="写出编辑器用的 JSON Schema")
    command.add_argument("-o", "--folder", type=_path, default=Path("schemas"), help="默认 schemas")
    command.set_defaults(run=_schema)

    command = commands.add_parser("diff", help="说明两个版本之间读者看到的变化（Markdown）")
    command.add_argument("base", metavar="BASE", type=_revision, help="较早的版本，如 main")
    command.add_argument("head", metavar="HEAD", nargs="?", type=_revision, help="较晚的版本；不写则是现在的文件")
    command.add_argument("--content", type=_folder, default="content", help="默认 content")
    command.add_argument("--output", type=_path, help="写到文件末尾，不写则显示")
    command.set_defaults(run=_diff)

    command = commands.add_parser("demo", help="生成虚构的示例内容")
    command.add_argument("folder", type=_path, help="写到哪个文件夹")
    command.add_argument("--departments", type=_between(1, 1000), default=12, help="部门个数，默认 12")
    command.add_argument("--years", type=_between(1, 100), default=6, help="年度个数，默认 6")
    command.add_argument("--seed", type=int, default=2024, help="同样的数得到同样的内容，默认 2024")
    command.set_defaults(run=_demo)

    options = parser.parse_args(arguments)
    with warnings.catch_warnings():
        if not sys.warnoptions:  # what libraries remark among themselves says nothing to a clerk
            warnings.simplefilter("ignore")
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    """Run the command; what the machine refuses is one sentence, and 2. A fault of this program stays a traceback."""
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] == "generator":
            raise
        print(f"没有安装 {missing.name}：这条命令要用 pip install '{DISTRIBUTION}[site,import]'。", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:  # who read our output has seen enough: check | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as failed:
        print(terminal.refusal(failed), file=sys.stderr)
        return 2
    return code


def _path(name: str) -> Path:
    if not name:
        raise argparse.ArgumentTypeError("路径是空的")
    return Path(name)


def _existing(name: str) -> Path:
    if not os.path.exists(_path(name)):
        raise argparse.ArgumentTypeError(f"找不到 {abridged(name)}")
    return Path(name)


def _folder(name: str) -> Path:
    if not os.path.isdir(_path(name)):
        raise argparse.ArgumentTypeError(f"找不到文件夹 {abridged(name)}")
    return Path(name)


def _between(least: int, most: int) -> Callable[[str], int]:
    def number(name: str) -> int:
        if not re.fullmatch(r"\d{1,4}", name, re.ASCII) or not least <= int(name) <= most:
            raise argparse.ArgumentTypeError(f"应是 {least} 到 {most} 的整数，不是“{abridged(name)}”")
        return int(name)

    return number


def _revision(name: str) -> str:
    if not name or name.startswith("-"):  # git would take it for an option
        raise argparse.ArgumentTypeError(f"“{name}”不是版本的名称")
    return name


def _build(options: argparse.Namespace) -> int:
    if why := _in_the_way(options.docs, options.content):
        print(why, file=sys.stderr)
        return 2
    _, diagnostics = build.build(options.content, options.docs, terminal.show_progress)
    return terminal.tell(diagnostics, options.content)


def _in_the_way(docs: Path, content: Path) -> str | None:
    """Say why `docs` is no place to build into: whatever is there and is not of the site would be deleted."""
    here, there = Path(os.path.realpath(docs)), Path(os.path.realpath(content))
    if here == there or here in there.parents or there in here.parents:
        return f"{docs} 和内容文件夹 {content} 重叠，没有写任何文件。改法：写到另一个文件夹。"
    foreign = here.is_dir() and not (here / "index.md").is_file() and [p for p in here.iterdir() if p.name[0] != "."]
    if foreign:
        return f"{docs} 里有别的文件（如 {foreign[0].name}），没有写任何文件。改法：写到空的文件夹。"
    return None


def _check(options: argparse.Namespace) -> int:
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


def _explain(options: argparse.Namespace) -> int:
    from generator.rules import documentation

    known = documentation.documentations()
    if options.code.upper() not in known:
        print(f"没有编号“{options.code}”。编号有：{'、'.join(known)}。", file=sys.stderr)
        return 2
    print(documentation.explain(known[options.code.upper()]), end="")
    return 0


def _new(options: argparse.Namespace) -> int:
    declarations, _ = build.check(options.content)
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


def _import(options: argparse.Namespace) -> int:
    from generator.importers import proposal

    into = options.output
    if into and not (
        re.fullmatch(r"\d{4}\.yaml", into.name) and (Path(os.path.realpath(into)).parent.parent / "site.yaml").is_file()
    ):
        message = (
            f"{into} 不是年度文件的位置，没有写任何文件：写成 content/部门文件夹/年度.yaml（content 里有 site.yaml）。"
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
    return main(["check", str(options.output)])


def _init(options: argparse.Namespace) -> int:
    for path, text in starter.files().items():
        file = options.folder / path
        if file.exists():
            print(f"{file} 已经有了，没有改动。", file=sys.stderr)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        print(f"已写好 {file}。")
    return 0


def _schema(options: argparse.Namespace) -> int:
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in json_schema.MODELS:
        (options.folder / f"{name}.schema.json").write_text(json_schema.text(name), encoding="utf-8", newline="\n")
    return 0


def _diff(options: argparse.Namespace) -> int:
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
        found = change_report.report(change_report.Side(*build.check(base)), change_report.Side(*build.check(head)))
    if options.output:
        with options.output.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(found.markdown)
    else:
        print(found.markdown)
    return 1 if found.new_problems or found.to_confirm else 0


def _demo(options: argparse.Namespace) -> int:
    from generator.demo import district

    try:
        district.write_demo(options.folder, options.departments, options.years, options.seed)
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0
