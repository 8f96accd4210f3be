"""What was asked for is always judged: sound parts of damaged files, files in broken folders, what is no content."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import SMALL

from generator import build, checking, cli

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


class Bureau(NamedTuple):
    """A department that others may include, be called after, or have followed."""

    name: str
    declared: str  # the name on its declaration
    parent: str | None
    former: str | None
    total: str

    def written(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        head = {"部门名称": self.name, "上级部门": self.parent, "曾用地址": self.former and f"[{self.former}]"}
        lines = [f"{label}: {value}\n" for label, value in head.items() if value]
        (folder / "department.yaml").write_text("".join(lines), encoding="utf-8")
        text = SMALL.replace("某区示例局", self.declared).replace(
            "部门整体预算总额: 100.00", f"部门整体预算总额: {self.total}"
        )
        (folder / "2024.yaml").write_text(text, encoding="utf-8")


ADDRESSES = ("city", "north", "south")
NAMES = st.sampled_from(["某区示例局", "某区示例局（汇总）", "某区另一局"])
BUREAUS = st.builds(
    Bureau,
    NAMES,
    NAMES,
    st.sampled_from([None, *ADDRESSES, "nowhere"]),
    st.sampled_from([None, *ADDRESSES, "old"]),
    st.sampled_from(["100.00", "60.00", "1"]),
)
SUMMED_UP = Bureau("某区总局", "某区总局（汇总）", None, None, "100.00")
TWICE = (
    Bureau("某区示例局", "某区另一局", None, "south", "100.00"),
    Bureau("某区示例局", "某区示例局", "south", "old", "100.00"),
    Bureau("某区南局", "某区南局", "north", "old", "100.00"),
)


@settings(max_examples=8)
@example(
    (
        SUMMED_UP,
        Bureau("某区北局", "某区北局", "city", None, "60.00"),
        Bureau("某区南局", "某区南局", "city", None, "60.00"),
    )
)
@example(
    (
        SUMMED_UP,
        Bureau("某区北局", "某区北局", "city", None, "100.10"),
        Bureau("某区南局", "某区南局", "city", None, "1"),
    )
)
@example(TWICE)
@given(st.tuples(BUREAUS, BUREAUS, BUREAUS))
def test_of_a_file_the_same_is_said_alone_and_among_all(bureaus: tuple[Bureau, ...]) -> None:
    """The law of the short cut: what is asked about one file needs no declaration but those it is held against."""
    with TemporaryDirectory() as work:
        content = Path(work, "content")
        for address, bureau in zip(ADDRESSES, bureaus, strict=True):
            bureau.written(content / address)
        (content / "site.yaml").write_text("网站名称: 站\n网站标识码: 1\n", encoding="utf-8")
        whole = checking.check(content)[1]
        assert checking.findings(content) == whole
        for path in [content / "site.yaml", *(p for a in ADDRESSES for p in (content / a, *(content / a).iterdir()))]:
            with redirect_stdout(io.StringIO()) as said:
                cli.main(["check", str(path), "--format", "json"])
            alone = [(d["file"], d["line"], d["code"], d["message"], d["repair"]) for d in json.loads(said.getvalue())]
            here = path.relative_to(content.parent).as_posix()
            head = f"{here.rpartition('/')[0]}/department.yaml"
            assert alone == [
                (d.mark.file, d.mark.line, d.code, d.message, d.repair)
                for d in whole
                if f"{d.mark.file}/".startswith(f"{here}/") or (d.mark.file == head and d.severity == "错误")
            ]
