"""What a pull request changes for readers: from git objects, as Markdown; only new problems fail it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import git

from generator import cli
from generator import git as read_git


def diff(content: Path, capsys: pytest.CaptureFixture[str], *revisions: str) -> tuple[int, str]:
    code = cli.main(["diff", *(revisions or ["HEAD"]), "--content", str(content)])
    return code, capsys.readouterr().out


def change(content: Path, *replacements: tuple[str, str]) -> None:
    file = content / "some-bureau/2024.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def test_figures_and_targets(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(
        repository,
        ("部门整体预算总额: 100.00", "部门整体预算总额: 120.00"),
        ("财政拨款: 60.00", "财政拨款: 80.00"),
        ("基本支出: 70.00", "基本支出: 90.00"),
        ("      演练场次: ≥1.00(次)", "      演练场次: 1.00(次)\n      参训人数: ≥9人"),
        ("  - 职责一", "  - 职责二"),
    )
    code, markdown = diff(repository, capsys)
    assert code == 0
    assert markdown == (
        "### 某区示例局 2024 年度\n\n页面：`/some-bureau/2024/`\n\n"
        "- 部门职责第1段：职责一 → 职责二\n"
        "- 部门整体预算总额：100.00 → 120.00（+20.00 %）\n"
        "- 财政拨款：60.00 → 80.00（+33.33 %）\n"
        "- 基本支出：70.00 → 90.00（+28.57 %）\n"
        "- **弱化** 指标“演练场次”：≥1.00\\(次\\) → 1.00\\(次\\)（数值相同，不再写明比较符“≥”）\n"
        "- 新增指标“参训人数”：≥9人\n"
        "\n"
    )


def test_a_change_that_no_reader_sees(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, ("财政拨款: 60.00", "财政拨款:   60.00 # 已核对"))
    assert diff(repository, capsys) == (0, "读者看到的内容没有变化。\n\n")


def test_a_rename_and_a_drop(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, ("演练场次: ≥1.00(次)", "演练总场次: {指标目标值: ≥2次, 原名: 演练场次}"))
    markdown = diff(repository, capsys)[1]
    assert "- 指标“演练场次”的名称：演练场次 → 演练总场次\n- **要求更严** 指标“演练总场次”：" in markdown
    change(repository, (", 原名: 演练场次", ""))
    markdown = diff(repository, capsys)[1]
    assert "- 新增指标“演练总场次”：≥2次\n" in markdown
    assert "- **删去** 指标“演练场次”：原为 ≥1.00\\(次\\)\n" in markdown


def test_only_new_problems_fail(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, ("财政拨款: 60.00", "财政拨款: 59.99"))
    code, markdown = diff(repository, capsys)
    assert code == 1
    assert "### 新出现的问题 1 处\n\n- `content/some-bureau/2024.yaml:12:3` 错误 A401" in markdown
    git(repository.parent, "commit", "-qam", "wrong")
    change(repository, ("部门名称: 某区示例局", "# 一行说明\n部门名称: 某区示例局"))  # the problem only moves
    code, markdown = diff(repository, capsys)
    assert code == 0
    assert "<summary>原有问题 1 处</summary>" in markdown
    change(repository, ("财政拨款: 59.99", "财政拨款: 60.00"))
    assert "### 已经解决的问题 1 处" in diff(repository, capsys)[1]


def test_two_revisions_without_touching_the_work_tree(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, ("年末资产总额: 5.00", "年末资产总额: 未公开"))
    git(repository.parent, "commit", "-qam", "second")
    change(repository, ("年末资产总额: 未公开", "年末资产总额: 9.00"))
    assert "- 年末资产总额：5.00 → 未公开\n" in diff(repository, capsys, "HEAD~1", "HEAD")[1]


def test_new_and_deleted_declarations(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repository / "some-bureau/2024.yaml"
    text = file.read_text(encoding="utf-8").replace("年度: 2024", "年度: 2025")
    (repository / "some-bureau/2025.yaml").write_text(text, encoding="utf-8")
    file.unlink()
    markdown = diff(repository, capsys)[1]
    assert "- 新增。预算总额 100.00 元，1 项指标。" in markdown
    assert "- **删除**，网页改为说明撤回。" in markdown
    assert "### 需要人确认 1 处\n\n- 网址 `/some-bureau/2024/` 不再有内容：这一年度被撤回。\n" in markdown


def test_a_new_year_says_what_it_takes_back(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (repository / "some-bureau/2024.yaml").read_text(encoding="utf-8")
    later = text.replace("年度: 2024", "年度: 2025").replace("≥1.00(次)", "1.00(次)")
    (repository / "some-bureau/2025.yaml").write_text(later, encoding="utf-8")
    said = "- 与 2024 年相比**弱化** 演练场次：≥1.00\\(次\\) → 1.00\\(次\\)（数值相同，不再写明比较符“≥”）\n"
    assert said in diff(repository, capsys)[1]
    gone = later.replace("演练场次: 1.00(次)", "参训人数: ≥9人")
    (repository / "some-bureau/2025.yaml").write_text(gone, encoding="utf-8")
    assert "- 2024 年的指标没有了：演练场次\n" in diff(repository, capsys)[1]


def test_what_cannot_be_read_is_not_called_deleted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, ("财政拨款: 60.00", "财政拨款: 六十"))
    code, markdown = diff(repository, capsys)
    assert code == 1
    assert "- **无法读取**，见下面的问题。\n" in markdown
    assert "删除" not in markdown
    assert "需要人确认" not in markdown


def test_another_source_document_must_be_confirmed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, ("分解目标:", f"来源:\n  网址: https://www.example.org/\n  SHA-256: {'a' * 64}\n分解目标:"))
    git(repository.parent, "commit", "-qam", "source")
    change(repository, ("a" * 64, "b" * 64))
    code, markdown = diff(repository, capsys)
    assert code == 1
    assert "的原始文件换过：SHA-256 由 aaaaaaaaaaaa 变为 bbbbbbbbbbbb。" in markdown


def test_a_department_and_the_site_are_reported(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "site.yaml").write_text("网站名称: 另一个名称\n", encoding="utf-8")
    (repository / "some-bureau/department.yaml").write_text("部门名称: 某区示例局\n成立年度: 2019\n", encoding="utf-8")
    markdown = diff(repository, capsys)[1]
    assert "### 整个网站\n\n- 网站名称：测试站 → 另一个名称\n" in markdown
    assert "### 某区示例局\n\n页面：`/some-bureau/`\n\n- 新增成立年度：2019\n" in markdown


def test_long_texts_are_told_apart_word_by_word(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "组织开展应急救护培训和无偿献血宣传，全年不少于20场，覆盖全部街镇和主要学校。"
    change(repository, ("  - 职责一", f"  - {long}"))
    git(repository.parent, "commit", "-qam", "long")
    change(repository, ("不少于20场", "不少于18场"))
    assert "部门职责第1段：组织开展应急救护培训和无偿献血宣传，全年不少于~~20~~**18**场" in diff(repository, capsys)[1]


def test_what_editors_write_is_no_markdown(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, ("演练场次: ≥1.00(次)", "演练场次: '<img src=x> [a](b) `c` @all'"))
    assert "&#60;img src=x&#62; \\[a\\]\\(b\\) \\`c\\` &#64;all" in diff(repository, capsys)[1]


def test_an_unknown_revision_is_a_usage_error(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(repository, capsys, "nowhere")[0] == 2


def test_a_revision_holds_links_as_what_they_lead_to_and_nothing_from_outside(repository: Path, tmp_path: Path) -> None:
    (repository / "linked").mkdir()
    for name, target in {
        "within.yaml": "../some-bureau/2024.yaml",
        "outside.yaml": "/etc/hostname",
        "nowhere.yaml": "missing",
        "loop.yaml": "loop.yaml",
        "名 字.yaml": "../some-bureau/department.yaml",
    }.items():
        (repository / "linked" / name).symlink_to(target)
    git(repository.parent, "add", ".")
    git(repository.parent, "commit", "-qm", "links")
    folder = tmp_path / "old"
    read_git.extract(repository, "HEAD", folder)
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    plain = {
        n: (repository / n).read_bytes() for n in ("site.yaml", "some-bureau/2024.yaml", "some-bureau/department.yaml")
    }
    assert found == plain | {
        "linked/within.yaml": plain["some-bureau/2024.yaml"],
        "linked/名 字.yaml": plain["some-bureau/department.yaml"],
    }


@pytest.mark.parametrize("revision", ["nowhere", "-l", "--output=x", "HEAD:content", ""])
def test_a_revision_that_there_is_not(repository: Path, revision: str, tmp_path: Path) -> None:
    with pytest.raises(read_git.GitError):
        read_git.extract(repository, revision, tmp_path / "old")
    assert not (tmp_path / "old").exists()
