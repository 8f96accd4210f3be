"""What was asked for is always judged: sound parts of damaged files, files in broken folders, what is no content."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, cli

Small = Callable[..., Path]


def told(content: Path) -> list[tuple[int, str]]:
    return [(d.mark.line, d.code) for d in build.check(content)[1] if d.mark.file.endswith("2024.yaml")]


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        (("年度: 2024", "年度: 2024\n年末在职人数: 约9"), "F204"),
        (("年度: 2024", "年度: 2024\n在职人数: 9"), "F201"),
        (("年度: 2024", "年度: 2024\n年末在职人数: @9"), "Y101"),
        (("年度: 2024\n", ""), "F202"),
        (("  - 职责一", "  - 职责一\n  - [二]"), "F204"),
    ],
)
def test_a_slip_does_not_silence_the_rules(small: Small, slip: tuple[str, str], code: str) -> None:
    wrong = (("部门整体预算总额: 100.00", "部门整体预算总额: 100.10"), ("≥1.00(次)", "≥≥100次"))
    codes = [c for _, c in told(small(slip, *wrong))]
    assert sorted(codes) == sorted([code, "A401", "N520"])


def test_a_figure_that_cannot_be_read_is_no_part_of_a_sum(small: Small) -> None:
    content = small(("其他资金: 40.00", "其他资金: 4O.00"))
    assert [c for _, c in told(content)] == ["F204"]
    content = small(("    其他资金: 40.00", "   其他资金: 40.00"))
    assert {c for _, c in told(content)} == {"Y101"}


def test_a_slip_in_results_does_not_silence_the_rules(small: Small) -> None:
    results = "年度: 2024\n部门名称: 某区示例局\n总分: 九十\n指标完成情况: {产出指标: {数量指标: {演练场次: 待填}}}\n"
    content = small(files={"some-bureau/2024.results.yaml": results})
    found = build.check(content)[1]
    assert [d.code for d in found if d.mark.file.endswith("results.yaml")] == ["F204", "T601"]


def test_what_is_told_of_a_line_is_not_told_again(small: Small) -> None:
    content = small(("≥1.00(次)", "[≥≥1]"), ("  - 职责一", "  - 职责一。。"))
    assert [c for _, c in told(content)] == ["T613", "F204"]


def test_a_file_beside_a_broken_department_is_judged(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    content = small(("≥1.00(次)", "≥≥1次"), files={"some-bureau/department.yaml": "部门名: 某区示例局\n"})
    assert cli.main(["check", str(content / "some-bureau/2024.yaml")]) == 1
    out = capsys.readouterr().out
    assert "2024.yaml:19:" in out or "N520" in out
    assert "department.yaml" in out
    (content / "some-bureau/department.yaml").unlink()
    assert cli.main(["check", str(content / "some-bureau/2024.yaml")]) == 1
    assert "N520" in capsys.readouterr().out
    assert [c for _, c in told(content) if c.startswith("H")] == []  # a stand-in for its name is compared with nothing


def test_what_is_no_content_is_said_to_be_none(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    content = small(files={"README.md": "说明\n", "some-bureau/notes.txt": "记\n", "some-bureau/sources/a.txt": "表\n"})
    for path in (content / "README.md", content.parent, Path("/"), content / "some-bureau/sources/a.txt"):
        assert cli.main(["check", str(path)]) == 2
        out = capsys.readouterr()
        assert "没有检查" in out.err
        assert "检查通过" not in out.err
    assert cli.main(["check", str(content / "some-bureau/notes.txt")]) == 1  # told by F207
    assert cli.main(["check", str(content / "some-bureau/2024.yaml")]) == 0


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, env=os.environ)


def test_only_what_changed_and_what_it_affects(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"other/department.yaml": "部门名称: 另一局\n", "other/2024.yaml": "年度: 2024\n"}
    content = small(files=wrong)
    git(content, "init", "-q")
    git(content, "add", ".")
    git(content, "commit", "-qm", "first")
    assert cli.main(["check", str(content), "--changed-since", "HEAD"]) == 0
    assert "没有改动" in capsys.readouterr().err
    file = content / "some-bureau/2024.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("≥1.00(次)", "≥≥1次"), encoding="utf-8")
    (content / "some-bureau/2025.yaml").write_text("年度: 2025\n", encoding="utf-8")
    assert cli.main(["check", str(content), "--changed-since", "HEAD"]) == 1
    out = capsys.readouterr()
    assert "改动了 2 个文件" in out.err
    assert "some-bureau/2024.yaml" in out.err
    assert "N520" in out.out
    assert "other/" not in out.out
    assert cli.main(["check", str(content), "--changed-since", "nowhere"]) == 2
    assert "取不到这个版本" in capsys.readouterr().err
