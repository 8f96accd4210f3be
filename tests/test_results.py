"""Results beside their declarations: the file, its reading, its place in the content and in the log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from strategies import RESULTS
from support import RESULT, git

from generator import build
from generator.analysis import change_log, changes
from generator.content import json_schema, validation, yaml_reader
from generator.content.yaml_writer import to_yaml
from generator.declaration.results import Results


def read(text: str) -> Results:
    results, faults = validation.validate(Results, yaml_reader.load(text.encode(), "2024.results.yaml"))
    assert results, "\n".join(map(str, faults))
    return results


@settings(derandomize=True, deadline=None, max_examples=20)
@given(results=RESULTS)
def test_what_is_written_is_read_again(results: Results) -> None:
    assert read(to_yaml(results)) == results
    data = yaml_reader.load(to_yaml(results).encode(), "f").data
    jsonschema.validate(data, json_schema.schema("results", {}))


def test_every_printed_text_is_kept_to_the_letter() -> None:
    assert to_yaml(read(RESULT)) == RESULT


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("演练场次: 2次", "演练场次:", "实际完成值空着。", 7),
        ("演练场次: 2次", "演练场次: {}", "实际完成值空着。", 7),
        ("演练场次: 2次", "演练场次: {实际完成: 2次}", "这里没有“实际完成”这一项。", 7),
        ("总分: 99.5", "总分: 九十九", "“九十九”不是分数。", 8),
        ("总分: 99.5", "总分: ９９.5", "“９９.5”不是分数。", 8),
        ("年度: 2024", "年度: 2023", "年度写的是 2023，文件名是 2024.results.yaml。", 1),
    ],
)
def test_a_fault_is_told_at_its_line(small: Callable[..., Path], old: str, new: str, message: str, line: int) -> None:
    _, found = build.check(small(files={"some-bureau/2024.results.yaml": RESULT.replace(old, new)}))
    errors = [(d.message, d.mark.line) for d in found if d.severity == "错误"]
    assert errors == [(message, line)]


def test_results_stand_beside_their_declaration(small: Callable[..., Path]) -> None:
    corpus, _ = build.check(small(files={"some-bureau/2024.results.yaml": RESULT}))
    [folder] = corpus.departments
    found = folder.results_of(2024)
    assert found is not None
    assert found.address == folder.documents[0].address == "some-bureau/2024"
    assert [p.name for p in found.results.results()] == ["演练场次"]
    assert folder.results_of(2023) is None


def test_progress_is_no_result(small: Callable[..., Path]) -> None:
    text = RESULT.split("指标完成情况")[0] + "进度:\n  - 截至日期: 2024-06-30\n    指标完成情况: {}\n"
    corpus, _ = build.check(small(files={"some-bureau/2024.results.yaml": text}))
    assert len(corpus.results) == 1
    assert corpus.departments[0].results_of(2024) is None


def test_a_correction_is_named_by_its_indicator() -> None:
    later = RESULT.replace("演练场次: 2次", "演练场次: {实际完成值: 3次, 原因: 增加一场}")
    found = changes.differences(read(RESULT), read(later))
    assert [(d.label, d.old, d.new) for d in found] == [
        ("指标“演练场次”的实际完成值", "2次", "3次"),
        ("指标“演练场次”的原因", None, "增加一场"),
    ]


def test_the_log_knows_results(repository: Path) -> None:
    file = repository / "some-bureau/2024.results.yaml"
    for text, day in ((RESULT, "2025-05-01"), (RESULT.replace("99.5", "98.5"), "2025-06-01")):
        file.write_text(text, encoding="utf-8")
        git(repository.parent, "add", ".")
        git(repository.parent, "commit", "-qm", "results", day=day)
    history = change_log.read(repository)
    assert history
    first, second = change_log.log(history, "some-bureau/2024.results.yaml")
    assert (first.kind, second.kind) == ("first", "changed")
    assert [(d.label, d.old, d.new) for d in second.differences] == [("总分", "99.5", "98.5")]
    file.unlink()
    git(repository.parent, "commit", "-qam", "withdrawn", day="2025-07-01")
    history = change_log.read(repository)
    assert history
    assert change_log.withdrawn(history, {"some-bureau", "some-bureau/2024"}) == {}
    assert change_log.withdrawn(history, set()) == {}
