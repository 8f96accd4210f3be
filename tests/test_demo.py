"""The sample content: clearly fictional, the same for the same seed, clean, and with every event of a real life."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from support import CONTENT, ROOT

from generator import build, cli
from generator.analysis.compare import Kind
from generator.content.corpus import Corpus
from generator.demo import district
from generator.diagnostics.model import Severity
from generator.pages import department, year


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
        for row in department.history(folder).rows:
            kinds.update(v.kind for d in folder.documents if (v := row.verdict(d.year)))
            renamed += len(row.names) > 1
            split += bool(row.split_into)
    assert {kind for kind in Kind if kinds[kind] == 0} <= {Kind.SHARPENED}
    assert renamed > 5
    assert split > 0


def test_the_newest_year_has_lowered_targets(corpus: Corpus) -> None:
    newest = [department.history(f).before(f.documents[-1]) for f in corpus.departments]
    assert sum(len(c.changes.get(Kind.LOWERED, [])) for c in newest if c) >= 3


def test_departments_live_too(corpus: Corpus) -> None:
    histories = [department.history(folder) for folder in corpus.departments]
    assert len(histories) == 12
    assert any(h.missing for h in histories)
    assert {h.years[0] for h in histories} != {2020}
    assert {h.years[-1] for h in histories} != {2025}
    assert any(f.department.renamings for f in corpus.departments)
    assert len({d.declaration.department_name for f in corpus.departments for d in f.documents}) > 12
    figures = [str(v) for d in corpus.documents for v in (d.declaration.assets, d.declaration.budget.sources.other)]
    assert {"0.00", "未公开", "见附件2", "None"} <= set(figures)


def test_a_summary_holds_its_units_and_is_counted_once(corpus: Corpus) -> None:
    histories = {folder.address: department.history(folder) for folder in corpus.departments}
    newest = year.years(corpus, histories)[0]
    assert newest.year == 2025
    assert len(newest.setbacks) > 3
    units = [line for line in newest.lines if line.within]
    [whole] = {line.within.address for line in units if line.within}
    totals = {line.folder.address: line.document.declaration.budget.total.value for line in newest.lines}
    assert len(units) == 2
    assert (totals[whole] or 0) > sum(totals[line.folder.address] or 0 for line in units)
    assert newest.total == sum(t or 0 for a, t in totals.items() if a not in {u.folder.address for u in units})


def test_the_same_seed_gives_the_same_bytes() -> None:
    code = "from generator.demo import district; print(sorted(district.demo().items()))"
    runs = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, cwd=ROOT).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert district.demo(seed=1) != district.demo(seed=2)


def test_one_more_department_changes_no_other() -> None:
    few, many = district.demo(departments=13), district.demo(departments=14)
    assert few.items() <= many.items()


def test_five_hundred_departments_have_five_hundred_addresses() -> None:
    assert len(district.demo(departments=500, years=1)) == 1 + 2 * 500


def test_it_never_mixes_with_real_content(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["demo", str(CONTENT)]) == 1
    assert "不与真实内容混在一起" in capsys.readouterr().err
    assert cli.main(["demo", str(tmp_path / "d")]) == cli.main(["demo", str(tmp_path / "d")]) == 0
