"""What was published once leaves a trace: withdrawn years and departments, renamed folders."""

from __future__ import annotations

from pathlib import Path

from support import git, parse

from generator import build
from generator.analysis import change_log


def commit(content: Path, message: str, day: str) -> None:
    git(content.parent, "add", "-A")
    git(content.parent, "commit", "-qm", message, day=day)


def made(content: Path, folder: Path) -> Path:
    build.make(build.check(content)[0], change_log.read(content), folder)
    return folder


def test_a_withdrawn_year_says_what_stood_there(repository: Path, tmp_path: Path) -> None:
    (repository / "some-bureau/2024.yaml").unlink()
    commit(repository, "withdraw", "2024-06-01")
    page = (made(repository, tmp_path / "made") / "some-bureau/2024/index.md").read_text(encoding="utf-8")
    assert "已撤回" in page
    assert '<time datetime="2024&#45;06&#45;01">' in page
    assert 'data-yuan="100.00"' in page
    assert "演练场次" in page
    assert "≥1&#46;00&#40;次&#41;" in page
    assert "首次录入" in page


def test_a_withdrawn_department_too(repository: Path, tmp_path: Path) -> None:
    (repository / "some-bureau/2024.yaml").unlink()
    (repository / "some-bureau/department.yaml").unlink()
    commit(repository, "withdraw", "2024-06-01")
    folder = made(repository, tmp_path / "made")
    assert "某区示例局" in (folder / "some-bureau/index.md").read_text(encoding="utf-8")
    assert (folder / "some-bureau/2024/index.md").is_file()


def test_a_renamed_folder_leads_on_and_keeps_its_history(repository: Path, tmp_path: Path) -> None:
    (repository / "some-bureau").rename(repository / "new-bureau")
    department = repository / "new-bureau/department.yaml"
    department.write_text(department.read_text(encoding="utf-8") + "曾用地址: [some-bureau]\n", encoding="utf-8")
    commit(repository, "rename", "2024-06-01")
    folder = made(repository, tmp_path / "made")
    for old, there in {
        "some-bureau": "../new-bureau/index.html",
        "some-bureau/2024": "../../new-bureau/2024/index.html",
        "some-bureau/indicators": "../../new-bureau/indicators/index.html",
    }.items():
        page = parse(folder / old / "index.html")
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={there}"]
    assert not (folder / "some-bureau/2024/index.md").exists()
    page = (folder / "new-bureau/2024/index.md").read_text(encoding="utf-8")
    assert '<time datetime="2024&#45;02&#45;05">' in page
    assert "撤回" not in page
