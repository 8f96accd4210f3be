"""What a site costs, by the number of its declarations: a Markdown table a size, ratios to plain MkDocs + Material.

    nox -s bench                  100, 500, 1,000 and 2,000 declarations
    nox -s bench -- 10000         that many (five years a department)

CPU seconds and peak memory include every process that a command starts; times drift with the machine, ratios less.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent
YEARS = 5
MOST_IN_NAV = 2000  # declarations; each page repeats the navigation: at 10,000 an hour and 70 GB
PYTHON = sys.executable
MKDOCS = [PYTHON, "-m", "mkdocs", "build", "--quiet"]
GENERATOR = [PYTHON, "-m", "generator"]
# The whole on one processor, where no process slows another down; what is printed last is the downloads' part of it.
ONE = """
import os, sys, time; os.sched_setaffinity(0, {0}); from generator import cli; from generator.exports import catalogue
spent = []
def timed(made):
    def counted(*given):
        begun = time.process_time(); done = made(*given); spent.append(time.process_time() - begun); return done
    return counted
for name in ("of_department", "told", "of_site"): setattr(catalogue, name, timed(getattr(catalogue, name)))
cli.main(sys.argv[1:]); print(sum(spent))
"""
# What an editor waits for who looks at the pages while writing: `mkdocs serve` runs already, a figure is changed.
PREVIEW = """
import sys, time; from pathlib import Path
from generator import build, mkdocs_pages, workers; from tests.bench.run import edit
content, docs, site = map(Path, sys.argv[1:])
def show(): mkdocs_pages.render(docs, build.prepare(content, docs, late=True)[0], site, again=True)
workers.collect_rarely(); show(); edit(content, "7,654,321.09"); begun = time.process_time(), time.monotonic(); show()
print(time.process_time() - begun[0], time.monotonic() - begun[1])
"""
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU and wall time in seconds, the largest process in MB."""

    cpu: float
    wall: float
    memory: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.cpu + other.cpu, self.wall + other.wall, max(self.memory, other.memory))


def run(*commands: list[str], **environment: str) -> Cost:
    """Run commands one after the other; what they print is dropped, exit code 1 of a check is no failure."""
    total = Cost(0, 0, 0)
    for command in commands:
        begun = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **QUIET, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert process.stderr
        said = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in ((0, 1) if "check" in command else (0,)):
            raise SystemExit(f"{' '.join(command)}\n{said}")
        total += Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024)
    return total


def measure(declarations: int, work: Path) -> list[tuple[str, Cost, Path | None]]:
    """Return what each step took, and the folder that it made."""
    content, site = work / "content", work / "site"
    departments = -(-declarations // YEARS)
    run([*GENERATOR, "demo", str(content), "--departments", str(departments), "--years", str(YEARS)])
    found: list[tuple[str, Cost, Path | None]] = []
    in_nav = [("in-nav", "plain site, all pages in the navigation")] if declarations <= MOST_IN_NAV else []
    for name, where in (*in_nav, ("not-in-nav", "plain site, none in the navigation")):
        plain = work / name
        run([PYTHON, "-m", "tests.bench.plain", str(content), str(plain), name])
        found.append((where, run([*MKDOCS, "-f", str(plain / "mkdocs.yml")]), plain / "site"))

    build = [*GENERATOR, "site", str(content), "--docs", str(work / "docs"), "--output", str(site)]
    found += [("ours, cold: pages, downloads, search", run(build), site)]
    found += on_one_processor(content, work) if declarations <= MOST_IN_NAV else []
    found += [("ours again, nothing changed", run(build), None)]
    declaration = edit(content)
    found += [("ours after one edit", run(build), None)]
    found += [("the same in a running preview", preview(content, work), None)]
    found += [("check", run([*GENERATOR, "check", str(content)]), None)]
    found += [("check of one file", run([*GENERATOR, "check", str(declaration)]), None)]
    address = declaration.relative_to(content).with_suffix("")
    for kind in ("xlsx", "pdf"):
        form = site / address / f"{address.as_posix().replace('/', '-')}.{kind}"
        found.append((f"import of one {kind}", run([*GENERATOR, "import", str(form)]), None))
    return found


def on_one_processor(content: Path, work: Path) -> list[tuple[str, Cost, Path | None]]:
    """Return what the same costs on one processor, and how much CPU of it are the downloads."""
    command = [PYTHON, "-c", ONE, "site", str(content), "-d", str(work / "one/docs"), "-o", str(work / "one/site")]
    before, begun = os.times(), time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True, check=True)
    after, wall = os.times(), time.monotonic() - begun
    cpu = sum(after[2:4]) - sum(before[2:4])
    downloads = float(done.stdout.split()[-1])
    return [
        ("the same on one processor", Cost(cpu, wall, 0), None),
        ("of this the downloads", Cost(downloads, 0, 0), None),
        ("of this pages and search", Cost(cpu - downloads, 0, 0), None),
    ]


def preview(content: Path, work: Path) -> Cost:
    """Return what one edit costs in a process that has shown the site before; it started none."""
    command = [PYTHON, "-c", PREVIEW, str(content), str(work / "preview"), str(work / "shown")]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True, check=True)
    cpu, wall = map(float, done.stdout.split()[-2:])
    return Cost(cpu, wall, 0)


def edit(content: Path, value: str = "1,234,567.89") -> Path:
    """Change one figure in a declaration in the middle; returns its file."""
    figure = re.compile("(?m)^年末资产总额: .*$")
    stating = [file for file in sorted(content.glob("*/20*.yaml")) if figure.search(file.read_text(encoding="utf-8"))]
    file = stating[len(stating) // 2]
    text = figure.sub(f"年末资产总额: {value}", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    return file


def table(declarations: int, found: list[tuple[str, Cost, Path | None]]) -> str:
    """Return the Markdown table; ratios are those of CPU and wall time to the first line's."""
    lines = [
        f"\n{declarations:,} declarations\n",
        "| | CPU s | ratio | wall s | ratio | peak MB | files | MB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    yardstick = found[0][1]
    for name, cost, folder in found:
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()] if folder else []
        made = f"{len(sizes):,} | {sum(sizes) / 1e6:.1f}" if folder else "|"
        wall = f"{cost.wall:.1f} | {cost.wall / yardstick.wall:.2f}" if cost.wall else "|"
        ratios = f"{cost.cpu / yardstick.cpu:.2f} | {wall}"
        memory = f"{cost.memory:.0f}" if cost.memory else ""
        lines.append(f"| {name} | {cost.cpu:.1f} | {ratios} | {memory} | {made} |")
    return "\n".join(lines)


def main() -> None:
    """Measure the sizes that the command line names."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    for declarations in [int(word) for word in sys.argv[1:]] or [100, 500, 1000, 2000]:
        with TemporaryDirectory() as work:
            print(table(declarations, measure(declarations, Path(work))), flush=True)


if __name__ == "__main__":
    main()
