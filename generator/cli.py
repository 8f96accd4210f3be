"""The commands of python -m generator: each only reads its options; what it does is elsewhere."""

from __future__ import annotations

import argparse
import os
import re
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from generator import terminal, workers
from generator.diagnostics.model import abridged
from generator.resources import DISTRIBUTION

FIRST_YEAR, LAST_YEAR = 1990, 2100  # for which a year's file can be begun


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0 when all is well, 1 when the content is not in order, 2 for wrong usage.

    For `check`, unanswered warnings are not in order; `build` stops for errors only.
    """
    terminal.print_any_character()
    workers.collect_rarely()
    parser = argparse.ArgumentParser(prog="generator", description="绩效目标公开网站生成器")
    known = parser.add_subparsers(required=True, metavar="命令")

    command = known.add_parser("build", help="检查 content/，生成 build/docs/")
    command.add_argument("content", nargs="?", type=_folder, default="content", help="默认 content")
    command.add_argument("-d", "--docs", type=_path, default=Path("build/docs"), help="默认 build/docs")
    command.set_defaults(run="sites.build_")

    command = known.add_parser("site", help="生成可发布的网站：网页、下载、搜索索引和清单")
    command.add_argument("content", nargs="?", type=_folder, default="content", help="默认 content")
    command.add_argument("-d", "--docs", type=_path, default=Path("build/docs"), help="旁边的 cache 存放以前生成的文件")
    command.add_argument("-o", "--output", type=_path, default=Path("site"), help="默认 site")
    command.add_argument("--preview", action="store_true", help="有错误也生成，不含有错误的文件；只供预览，不要发布")
    command.set_defaults(run="sites.site")

    command = known.add_parser("verify", help="核对公布的网站与它的清单 release.json")
    command.add_argument("site", type=_folder, help="网站的文件夹")
    command.add_argument("--content", type=_folder, help="另由这个内容文件夹重新生成，再逐字节比较")
    command.set_defaults(run="sites.verify")

    command = known.add_parser("check", help="只检查，列出全部问题")
    command.add_argument("path", nargs="?", type=_existing, default="content", help="content、一个部门或一个文件")
    command.add_argument(
        "--format",
        choices=["text", "github", "gitlab", "json", "sarif"],
        default="text",
        help="默认 text；github、gitlab 只标注错误和警告（加 --notices 则全部），json、sarif 总是全部",
    )
    command.add_argument("--output", type=_path, help="写到这个文件，不写则显示")
    command.add_argument("--notices", action="store_true", help="提示也逐条列出；不写则每个编号一行")
    command.add_argument("--statistics", action="store_true", help="只统计，每个编号一行")
    command.add_argument(
        "--changed-since", metavar="版本", type=_revision, help="只检查这个 git 版本以来改动的文件和受它们影响的文件"
    )
    command.add_argument("--fix", action="store_true", help="改正只有一种改法的问题，其余不动")
    command.set_defaults(run="judging.check")

    command = known.add_parser("explain", help="说明一个编号：期望什么，为什么，举例")
    command.add_argument("code", metavar="编号", help="如 N504")
    command.set_defaults(run="judging.explain")

    command = known.add_parser("new", help="从上一年度带出新一年度的文件，逐项待确认")
    command.add_argument("department", metavar="部门", help="部门的文件夹名，如 minhang-red-cross")
    command.add_argument(
        "year", metavar="年度", type=_between(FIRST_YEAR, LAST_YEAR), help=f"{FIRST_YEAR} 到 {LAST_YEAR}"
    )
    command.add_argument("--results", action="store_true", help="写这一年度的结果文件（年度.results.yaml）")
    command.add_argument("--content", type=_folder, default="content", help="默认 content")
    command.set_defaults(run="writing.new")

    command = known.add_parser(
        "import", help="由公布的申报表或自评表（txt、html、xlsx、xls、docx、pdf、png、jpg）写出 YAML，供人核对"
    )
    command.add_argument("document", metavar="文件", type=_existing)
    command.add_argument(
        "-o",
        "--output",
        type=_path,
        help="如 content/minhang-red-cross/2025.yaml，自评表写 2025.results.yaml；不写则显示",
    )
    command.add_argument("--force", action="store_true", help="覆盖已有的文件")
    command.add_argument(
        "--compare", type=_existing, metavar="YAML", help="不写文件，只把已有的年度文件与这个文件逐项核对"
    )
    command.set_defaults(run="writing.import_")

    command = known.add_parser("incoming", help="说明 incoming 文件夹里的申报表会成为什么，写到另一个文件夹")
    command.add_argument("content", nargs="?", type=_folder, default="content", help="默认 content")
    command.add_argument("-o", "--output", type=_path, default=Path("imported"), help="默认 imported")
    command.add_argument("--report", type=_path, help="报告写到这个文件末尾，不写则显示")
    command.set_defaults(run="writing.incoming")

    command = known.add_parser("init", help="在一个文件夹里准备好单独的内容库：content/、mkdocs.yml 等")
    command.add_argument("folder", nargs="?", type=Path, default=Path(), help="默认是现在的文件夹")
    command.set_defaults(run="writing.init")

    command = known.add_parser("schema", help="写出编辑器用的 JSON Schema")
    command.add_argument("-o", "--folder", type=_path, default=Path("schemas"), help="默认 schemas")
    command.add_argument(
        "--content", type=_folder, default="content", help="其中 site.yaml 登记的分类也收入；默认 content"
    )
    command.set_defaults(run="writing.schema")

    command = known.add_parser("diff", help="说明两个版本之间读者看到的变化（Markdown）")
    command.add_argument("base", metavar="BASE", type=_revision, help="较早的版本，如 main")
    command.add_argument("head", metavar="HEAD", nargs="?", type=_revision, help="较晚的版本；不写则是现在的文件")
    command.add_argument("--content", type=_folder, default="content", help="默认 content")
    command.add_argument("--output", type=_path, help="写到文件末尾，不写则显示")
    command.set_defaults(run="judging.diff")

    command = known.add_parser("headers", help="写出网站所需的内容安全策略（CSP），供网页服务器使用")
    command.add_argument("site", nargs="?", type=_folder, default="site", help="生成好的网站，默认 site")
    command.add_argument("--meta", action="store_true", help="也写进每个网页：用于不能设置响应头的托管")
    command.set_defaults(run="sites.headers_")

    command = known.add_parser("demo", help="生成虚构的示例内容")
    command.add_argument("folder", type=_path, help="写到哪个文件夹")
    command.add_argument("--departments", type=_between(1, 10_000), default=12, help="部门个数，默认 12")
    command.add_argument("--years", type=_between(1, 100), default=6, help="年度个数，默认 6")
    command.add_argument("--seed", type=int, default=2024, help="同样的数得到同样的内容，默认 2024")
    command.set_defaults(run="sites.demo")

    options = parser.parse_args(arguments)
    with warnings.catch_warnings():
        if not sys.warnoptions:  # what libraries remark among themselves says nothing to a clerk
            warnings.simplefilter("ignore")
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    """Run the command; what the machine refuses is one sentence, and 2. A fault of this program stays a traceback."""
    try:
        module, command = options.run.split(".")  # a command loads what it needs: a check of one file answers at once
        code: int = getattr(import_module(f"generator.commands.{module}"), command)(options)
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
