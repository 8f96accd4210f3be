"""Everything that can be wrong with the content, as values: where, which rule, what, and how to mend it.

Errors are values, not exceptions: a run collects all of them and prints them together, because an editor
mends a file faster when the whole list is on the screen. An exception is always a fault of this program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MAX_ALIKE = 200  # of one code in one file; nobody reads more, and a file may have a million
MAX_MESSAGE = 500  # characters; a message quotes content, which may be a million letters without a space


class Severity(StrEnum):
    """What a diagnostic does: an error stops the build, a warning wants an answer, a notice informs."""

    ERROR = "错误"
    WARNING = "警告"
    NOTICE = "提示"


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file; line and column count from 1, the column in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Edit:
    """The one safe repair of a finding: at its place `old`, on one line, becomes `new`, which may add lines."""

    old: str
    new: str


@dataclass(frozen=True)
class Diagnostic:
    """One finding: `message` says what is expected, `repair` how to get there; both are Chinese sentences."""

    mark: Mark
    code: str
    severity: Severity
    message: str
    repair: str
    edit: Edit | None = None

    def __post_init__(self) -> None:
        """Cut the middle out of an endless message or repair."""
        object.__setattr__(self, "message", abridged(self.message))
        object.__setattr__(self, "repair", abridged(self.repair))

    def __str__(self) -> str:
        return f"{self.mark}: {self.severity} {self.code} {self.message} 改法：{self.repair}"


def abridged(words: str, most: int = MAX_MESSAGE) -> str:
    """Return `words`, in at most `most` characters and one: the middle of a longer text becomes ……."""
    return words if len(words) <= most else f"{words[: most // 2]}……{words[1 - most // 2 :]}"


def error(mark: Mark, code: str, message: str, repair: str, edit: Edit | None = None) -> Diagnostic:
    """Make a diagnostic that stops the build."""
    return Diagnostic(mark, code, Severity.ERROR, message, repair, edit)


def in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Sort by file, line and column, the same finding only once."""
    return sorted(dict.fromkeys(diagnostics), key=lambda d: (d.mark, d.code, d.message))


def at_most(diagnostics: Iterable[Diagnostic], most: int = MAX_ALIKE) -> list[Diagnostic]:
    """Keep the first `most` diagnostics of each code, and say once how many more there are, where they begin."""
    kept: list[Diagnostic] = []
    further: dict[str, list[Diagnostic]] = {}
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        seen[diagnostic.code] += 1
        (kept if seen[diagnostic.code] <= most else further.setdefault(diagnostic.code, [])).append(diagnostic)
    for code, rest in further.items():
        message = f"其余 {len(rest)} 处从这里开始，没有逐个列出。"
        kept.append(Diagnostic(rest[0].mark, code, rest[0].severity, message, "先改正前面的，再检查一次。"))
    return kept


def has_errors(diagnostics: list[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics stops the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def summary(diagnostics: list[Diagnostic]) -> str:
    """Count the diagnostics by severity, in one Chinese sentence."""
    if not diagnostics:
        return "检查通过，没有发现问题。"
    return f"共发现{counts(diagnostics)}。"


def counts(diagnostics: list[Diagnostic]) -> str:
    """Count the diagnostics by severity: 错误 1 处、提示 2 处."""
    found = [(s, sum(d.severity is s for d in diagnostics)) for s in Severity]
    return "、".join(f"{s} {n} 处" for s, n in found if n)
