"""What the pages of a department through the years show: trends, ledger, comparisons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise

from markupsafe import Markup

from generator.analysis import figures, ledger
from generator.analysis.coverage import Coverage, coverage
from generator.analysis.figures import FigureChange
from generator.analysis.ledger import Change, Promise
from generator.analysis.verdicts import UNCHANGED, Kind
from generator.content.corpus import DepartmentFolder, Document
from generator.declaration.fields import BY_LABEL
from generator.declaration.model import PlacedIndicator
from generator.exports.dossier import Dossier
from generator.pages.charts import Trend


@dataclass(frozen=True)
class Comparison:
    """Two years of a department side by side."""

    old: Document
    new: Document
    figures: list[FigureChange]
    changes: dict[Kind, list[Change]]
    unchanged: int

    @property
    def total(self) -> FigureChange:
        """Return what became of the total of the budget."""
        return next(change for change in self.figures if change.label == "部门整体预算总额")

    @property
    def address(self) -> str:
        """Return the address that the comparison has for ever: DEPARTMENT/compare/2023-2024."""
        return f"{self.old.path.parent.name}/compare/{self.old.year}-{self.new.year}"


@dataclass(frozen=True)
class Baseline:
    """The year that a relative target refers to, and that year's declaration and target, as far as published."""

    year: int
    document: Document | None
    placed: PlacedIndicator | None


@dataclass(frozen=True)
class Timeline:
    """Everything about a department through the years; each declaration compared with the one before, by years."""

    folder: DepartmentFolder
    promises: list[Promise]
    comparisons: dict[tuple[int, int], Comparison]
    coverage: dict[int, Coverage]

    @property
    def years(self) -> list[int]:
        """Return every year from the first declared to the last, and those in which a form is missing."""
        return list(self.coverage)

    @property
    def by_year(self) -> dict[int, Document]:
        """Return the declarations by year."""
        return {document.year: document for document in self.folder.documents}

    @property
    def absent(self) -> dict[Coverage, list[int]]:
        """Return the years without a declaration by what is known of them."""
        found: dict[Coverage, list[int]] = {}
        for year, known in self.coverage.items():
            if known is not Coverage.PUBLISHED:
                found.setdefault(known, []).append(year)
        return found

    def absent_between(self, old: int, new: int) -> dict[Coverage, list[int]]:
        """Return the same for the years between two years."""
        between = {known: [year for year in years if old < year < new] for known, years in self.absent.items()}
        return {known: years for known, years in between.items() if years}

    def before(self, document: Document) -> Comparison | None:
        """Compare a declaration with the one before it, however many years lie between."""
        earlier = [d.year for d in self.folder.documents if d.year < document.year]
        return self.comparisons[earlier[-1], document.year] if earlier else None

    @property
    def apart(self) -> list[Comparison]:
        """Compare every two declarations that do not follow each other, the newest first."""
        pairs = combinations(reversed(self.folder.documents), 2)
        return [
            comparison(self.promises, old, new) for new, old in pairs if (old.year, new.year) not in self.comparisons
        ]

    def beside(self, document: Document, step: int) -> Document | None:
        """Find the next declaration in a direction (-1 or 1)."""
        place = self.folder.documents.index(document) + step
        return self.folder.documents[place] if 0 <= place < len(self.folder.documents) else None

    def promise_of(self, document: Document, placed: PlacedIndicator) -> Promise:
        """Find the promise that an indicator of a declaration is."""
        entries = ((promise, promise.entries.get(document.year)) for promise in self.promises)
        return next(promise for promise, entry in entries if entry and entry.placed.path == placed.path)

    @cached_property
    def anchors(self) -> dict[int, list[str]]:
        """Return the anchors of every promise in the ledger, by `id`; the first is its permanent address."""
        return {id(p): own for p, own in zip(self.promises, ledger.anchors(self.promises), strict=True)}

    def anchor(self, promise: Promise) -> Markup:
        """Return the permanent address of a promise in the ledger."""
        return Markup(self.anchors[id(promise)][0])

    def baseline(self, document: Document, placed: PlacedIndicator) -> Baseline | None:
        """Find what a relative target such as 较2023年提升 refers to; None for any other target."""
        named = placed.indicator.reading.baseline
        if named is None:
            return None
        year = document.year - 1 if named == "上年" else named
        entry = self.promise_of(document, placed).entries.get(year)
        return Baseline(year, self.by_year.get(year), entry and entry.placed)

    @cached_property
    def _points(self) -> tuple[tuple[int, int, int], ...]:
        every = ((year, d.declaration) for year, d in self.by_year.items())
        return tuple((year, figures.measurable(d), sum(1 for _ in d.indicators())) for year, d in every)

    def through_years(self, title: str) -> Trend | None:
        """Draw the budget by year above the number of promises, where two declarations state a total."""
        trend = self._trend("部门整体预算总额")
        return trend and replace(trend, id="chart-years", title=title, value_head="预算总额和指标", counts=self._points)

    @property
    def trends(self) -> list[Trend]:
        """Draw the amounts by year; none with fewer than two declarations or no number at all."""
        if len(self.folder.documents) < 2:
            return []
        return [t for label in ("部门整体预算总额", "项目支出") if (t := self._trend(label))]

    def _trend(self, label: str) -> Trend | None:
        known = {year: BY_LABEL[label].of(d.declaration) for year, d in self.by_year.items()}
        if sum(f is not None and f.value is not None for f in known.values()) < 2:
            return None
        identity = {"部门整体预算总额": "trend-total", "项目支出": "trend-project"}[label]
        points = []
        for year, figure in known.items():
            value = figure.value if figure is not None else None
            shown = "表上无此项" if figure is None else str(figure) if value is None else f"{figure} 元"
            points.append((year, value, shown))
        return Trend(identity, f"历年{label}", "元", tuple(points))  # type: ignore[arg-type]


def timeline(dossier: Dossier) -> Timeline:
    """Follow a department through its years: its ledger, and each declaration compared with the one before.

    It may be missing, too, in the years of the whole site.
    """
    folder, promises = dossier.folder, dossier.promises
    compared = {(old.year, new.year): comparison(promises, old, new) for old, new in pairwise(folder.documents)}
    declared = [document.year for document in folder.documents]
    own = range(declared[0], declared[-1] + 1) if declared else range(0)
    known = {year: coverage(folder, year) for year in sorted({*own, *dossier.years})}
    shown = {year: state for year, state in known.items() if year in own or state is Coverage.MISSING}
    return Timeline(folder, promises, compared, shown)


def comparison(promises: list[Promise], old: Document, new: Document) -> Comparison:
    """Compare two declarations of one department: all figures, and the promises by what became of them."""
    changes = ledger.between(promises, old.year, new.year)
    unchanged = sum(change.verdict.kind in UNCHANGED for change in changes)
    compared = figures.changes(old.declaration, new.declaration)
    return Comparison(old, new, compared, ledger.by_kind(changes), unchanged)
