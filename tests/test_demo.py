"""The sample content: clearly fictional, the same for the same seed, clean, and with every event of a real life."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from support import CONTENT, ROOT, year_parts

from generator import build, cli
from generator.analysis import fulfilment
from generator.analysis.coverage import Coverage, coverage
from generator.analysis.fulfilment import State
from generator.analysis.verdicts import Kind
from generator.content.corpus import Corpus
from generator.demo import district
from generator.diagnostics.model import Severity
from generator.exports.dossier import dossier
from generator.pages import department, results, year


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("demo") / "content"
    district.write_demo(folder)
    read, diagnostics = build.check(folder)
    assert [d for d in diagnostics if d.severity is not Severity.NOTICE] == []
    return read


def test_it_says_that_it_is_fictional(corpus: Corpus) -> None:
    assert corpus.site.sample is not None
    assert corpus.site.sample.startswith("示例数据，虚构")
    assert all(folder.department.name.startswith("示例区") for folder in corpus.departments)
    assert corpus.site.publisher is corpus.site.icp_number is corpus.site.site_code is None


def test_every_event_of_a_life_occurs(corpus: Corpus) -> None:
    kinds: Counter[Kind] = Counter()
    renamed = split = 0
    for folder in corpus.departments:
        for promise in department.timeline(dossier(corpus, folder, None)).promises:
            kinds.update(v.kind for d in folder.documents if (v := promise.verdict(d.year)))
            renamed += len(promise.names) > 1
            split += any(v.kind is Kind.SPLIT for v in promise.ended.values())
    assert {kind for kind in Kind if kinds[kind] == 0} <= {Kind.SHARPENED, Kind.ROLLED}
    assert renamed > 5
    assert split > 0


def test_the_newest_year_has_relaxed_targets(corpus: Corpus) -> None:
    newest = [department.timeline(dossier(corpus, f, None)).before(f.documents[-1]) for f in corpus.departments]
    assert sum(len(c.changes.get(Kind.RELAXED, [])) for c in newest if c) >= 3


def test_departments_live_too(corpus: Corpus) -> None:
    timelines = [department.timeline(dossier(corpus, folder, None)) for folder in corpus.departments]
    assert len(timelines) == 12
    assert {*Coverage} <= {state for f in corpus.departments for y in corpus.span if (state := coverage(f, y))}
    assert {t.years[0] for t in timelines} != {2020}
    assert {t.years[-1] for t in timelines} != {2025}
    assert any(f.department.renamings for f in corpus.departments)
    assert len({d.declaration.department_name for f in corpus.departments for d in f.documents}) > 12
    figures = [str(v) for d in corpus.documents for v in (d.declaration.assets, d.declaration.budget.sources.other)]
    assert {"0.00", "未公开", "见附件2", "None"} <= set(figures)


def test_a_summary_holds_its_units_and_is_counted_once(corpus: Corpus) -> None:
    newest = year.years(corpus, year_parts(corpus))[0]
    assert newest.year == 2025
    assert len(newest.regressions) > 3
    units = [line for line in newest.lines if line.within]
    [whole] = {line.within.address for line in units if line.within}
    totals = {line.folder.address: line.document.declaration.budget.total.value for line in newest.lines}
    assert len(units) == 2
    assert (totals[whole] or 0) > sum(totals[line.folder.address] or 0 for line in units)
    assert newest.total == sum(t or 0 for a, t in totals.items() if a not in {u.folder.address for u in units})


def test_the_results_have_every_state_and_every_slip_is_explained(corpus: Corpus) -> None:
    today = date(2026, 11, 25)
    called = {a: c for folder in corpus.departments for a, c in results.accounts(corpus, folder, today).items()}
    assert set(fulfilment.total(account.counts for account in called.values())) == {*State}
    assert any(account.progress and not account.found for account in called.values())
    slips = {answer.rule for file in corpus.results for answer in file.answers}
    assert {"R905", "R912", "R916", "R919", "R920"} <= slips


def test_the_same_seed_gives_the_same_bytes() -> None:
    code = (
        "from generator.demo.district import demo; from hashlib import sha256; "
        "print(sha256(repr(demo(departments=4)).encode()).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, cwd=ROOT).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert district.demo(2, seed=1) != district.demo(2, seed=2)


def test_one_more_department_changes_no_other() -> None:
    few, many = district.demo(departments=13), district.demo(departments=14)
    assert few.items() <= many.items()


def test_five_hundred_departments_have_five_hundred_addresses() -> None:
    made = district.demo(departments=500, years=1)
    assert len([path for path in made if ".results." not in path]) == 1 + 2 * 500


def test_it_never_mixes_with_real_content(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["demo", str(CONTENT)]) == 1
    assert "不与真实内容混在一起" in capsys.readouterr().err
    small = ["demo", str(tmp_path / "d"), "--departments", "2"]
    assert cli.main(small) == cli.main(small) == 0
