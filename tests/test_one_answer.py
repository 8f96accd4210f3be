"""Rules, page, report and data say the same of a split, a rename, a gap, a move and the calendar: all ask one place."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from support import SMALL

from generator import build
from generator.analysis import change_report
from generator.analysis.changes import differences

HEAD = SMALL[: SMALL.index("分解目标:")]


class Case(NamedTuple):
    """Targets by year; what is said of the newest change, as the code of the data and as the word of the page."""

    years: dict[int, str]
    codes: set[str]
    word: str | None


CASES = {
    "split": Case(
        {
            2023: "数量指标: {演练: ≥15场}",
            2024: "数量指标: {演练甲: {指标目标值: ≥7场, 原名: 演练}, 演练乙: {指标目标值: ≥7场, 原名: 演练}}",
        },
        {"split"},
        "拆分",
    ),
    "rename": Case(
        {2023: "数量指标: {演练场次: ≥5场}", 2024: "数量指标: {应急演练: {指标目标值: ≥4场, 原名: 演练场次}}"},
        {"relaxed"},
        "要求放宽",
    ),
    "gap": Case(
        {
            2022: "数量指标: {演练: ≥5场, 培训: ≥1场}",
            2023: "数量指标: {培训: ≥1场}",
            2024: "数量指标: {演练: ≥5场, 培训: ≥1场}",
        },
        {"resumed"},
        "恢复",
    ),
    "move": Case(
        {2023: "数量指标: {办结率: ≥90%}", 2024: "质量指标: {办结率: ≥90%}"},
        {"reworded"},
        "改写",
    ),
    "calendar": Case(
        {2023: "时效指标: {完成时间: 及时(2023年9月底前)}", 2024: "时效指标: {完成时间: 及时(2024年9月底前)}"},
        {"rolled"},
        None,
    ),
    "dropped": Case(
        {2023: "数量指标: {演练: ≥5场, 培训: ≥1场}", 2024: "数量指标: {培训: ≥1场}"},
        {"dropped"},
        "取消",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_all_four_say_the_same(name: str, small: Callable[..., Path], tmp_path: Path) -> None:
    case = CASES[name]
    files = {
        f"some-bureau/{year}.yaml": HEAD.replace("年度: 2024", f"年度: {year}")
        + f"分解目标:\n  产出指标:\n    {targets}\n"
        for year, targets in case.years.items()
    }
    content = small(files=files)
    known, diagnostics = build.check(content)
    build.make(known, None, tmp_path / "made")

    newest = {d.code for d in diagnostics if d.mark.file.endswith("2024.yaml")}
    assert not newest & {"H701", "H707"}

    with (tmp_path / "made/data/changes.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if (row["from_year"], row["to_year"]) == ("2023", "2024")]
    assert {row["verdict"] for row in rows} == case.codes

    page = (tmp_path / "made/some-bureau/compare/2023-2024/index.md").read_text(encoding="utf-8")
    shown = {word for word in ("拆分", "要求放宽", "恢复", "改写", "新增", "取消", "弱化") if f">{word}&#32;" in page}
    assert shown == ({case.word} if case.word else set())

    # The same change made to one file: what the log of the page, the feed and the report on a pull request tell.
    before = small(files={"some-bureau/2024.yaml": files["some-bureau/2023.yaml"].replace("年度: 2023", "年度: 2024")})
    (before / "some-bureau/2023.yaml").unlink()
    base = build.check(before)[0]
    old, new = base.documents[-1].declaration, known.documents[-1].declaration
    found = [(d.label, d.verdict and d.verdict.kind.value) for d in differences(old, new)]
    markdown = change_report.report(change_report.Side(base, []), change_report.Side(known, [])).markdown
    assert all(label in markdown for label, _ in found)
    told = {
        "split": [
            ("指标“演练甲”（由“演练”拆分）", None),
            ("指标“演练乙”（由“演练”拆分）", None),
            ("指标“演练”", "拆分"),
        ],
        "rename": [("指标“演练场次”的名称", None), ("指标“应急演练”", "要求放宽"), ("指标“应急演练”的原名", None)],
        "move": [("指标“办结率”的分类", None)],
        "dropped": [("指标“演练”", None)],
    }
    if name in told:
        assert found == told[name]
        assert all(f"**{verdict}**" in markdown for _, verdict in found if verdict)
