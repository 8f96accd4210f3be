"""Change the code that judges and computes, one small fault at a time, and count the faults that no test notices.

    nox -s mutants                    every module of PLAN
    nox -s mutants -- figures target  these modules

Prints each surviving fault; exit code 1 if more than a tenth of a module's faults survive. Those that were read and
left, and why, stand in survivors.md.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import sys
from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies  # noqa: F401  (what the tests import is imported once, and every fault's process inherits it)
import lxml.html  # noqa: F401
import pydantic  # noqa: F401
import pytest
import rich.console  # noqa: F401
import yaml  # noqa: F401
from cosmic_ray import plugins
from cosmic_ray.mutating import mutate_code

ROOT = Path(__file__).parent.parent.parent
LIMIT = 0.10  # of a module's faults may survive
FORK = multiprocessing.get_context("fork")

VERDICTS = "tests/test_verdicts.py tests/test_ledger.py"
TARGET = "tests/test_target.py"
PLAN = {  # a module → the tests that must notice
    "analysis/figures": "tests/test_figures.py",
    "rules/arithmetic": "tests/test_arithmetic.py tests/test_rules.py -k A4",
    "analysis/identity": "tests/test_ledger.py",
    "analysis/ledger": "tests/test_ledger.py",
    "analysis/verdicts": VERDICTS,
    "analysis/kinds": VERDICTS,
    "analysis/quantities": VERDICTS,
    "analysis/measures": VERDICTS,
    "analysis/polarity": VERDICTS,
    "analysis/statements": VERDICTS,
    "analysis/wording": VERDICTS,
    "declaration/target": TARGET,
    "declaration/target_words": TARGET,
    "declaration/deadlines": TARGET,
    "declaration/reading": TARGET,
}

# Of the dozen ways in which an operator can be swapped, those that a slip makes; `|` stands in types and sets only.
SWAPS = (
    "Add_Sub|Sub_Add|Mul_Div|Div_Mul|Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|"
    "Lt_LtE|Lt_Gt|LtE_Lt|LtE_GtE|Gt_GtE|Gt_Lt|GtE_Gt|GtE_LtE"
)
WANTED = re.compile(rf"core/(?!Replace(Binary|Comparison)Operator)|core/Replace\w+Operator_({SWAPS})$")


def faults(code: str) -> Iterator[str]:
    """Yield the code with one fault in it, for every fault that a slip could make."""
    for name in filter(WANTED.match, plugins.operator_names()):
        operator = plugins.get_operator(name)
        if operator.arguments():
            continue  # needs to be told what to remove
        occurrence = 0
        while faulty := mutate_code(code, operator(), occurrence):
            yield faulty
            occurrence += 1


def passes(copy: Path, tests: str) -> bool:
    """Run tests in a process of their own; no answer within a minute is a failure."""
    process = FORK.Process(target=_run, args=(copy, tests))
    process.start()
    process.join(60)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0


def _run(copy: Path, tests: str) -> None:
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    sys.dont_write_bytecode = True  # a second fault within a second would run the first one's bytecode
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os._exit(pytest.main(["-x", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", *tests.split()]))


def work(module: str, share: int, shares: int, answers: multiprocessing.Queue[str | None]) -> None:
    """Try every `shares`-th fault of a module in a copy of the project; answer with the difference if it survives."""
    with TemporaryDirectory() as folder:
        copy = Path(
            shutil.copytree(ROOT, Path(folder, "project"), ignore=shutil.ignore_patterns(".*", "build", "site"))
        )
        file = copy / f"generator/{module}.py"
        code = file.read_text(encoding="utf-8")
        if passes(copy, PLAN[module]):
            for faulty in islice(faults(code), share, None, shares):
                file.write_text(faulty, encoding="utf-8")
                answers.put(difference(code, faulty) if passes(copy, PLAN[module]) else "")
        else:
            answers.put(f"{module}: the tests fail without any fault")
    answers.put(None)


def difference(code: str, faulty: str) -> str:
    """Return the lines that a fault changes, before and after, with the number of the first."""
    lines = list(unified_diff(code.splitlines(), faulty.splitlines(), n=0, lineterm=""))[2:]
    return "\n".join(lines)


def tried(module: str) -> list[str]:
    """Try all faults of a module, on every processor; "" stands for each that was noticed, else its difference."""
    answers: multiprocessing.Queue[str | None] = FORK.Queue()
    shares = os.cpu_count() or 1
    workers = [FORK.Process(target=work, args=(module, share, shares, answers)) for share in range(shares)]
    for worker in workers:
        worker.start()
    found = [answer for _ in workers for answer in iter(answers.get, None)]
    for worker in workers:
        worker.join()
    return found


def main(names: list[str]) -> int:
    """Try the modules that are named (none: all)."""
    failed = False
    for module in PLAN:
        if not names or module.split("/")[-1] in names:
            answers = tried(module)
            survivors = list(filter(None, answers))
            print(f"{module}: {len(answers)} faults, {len(survivors)} survive ({len(survivors) / len(answers):.1%})")
            print(*survivors, sep="\n", flush=True)
            failed |= len(survivors) > LIMIT * len(answers)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
