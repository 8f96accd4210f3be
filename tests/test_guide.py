"""The guide for editors, content/README.md: every command runs, every snippet is valid, and following it works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from support import CONTENT, ROOT, git

from generator import build, cli
from generator.content import corpus, json_schema
from generator.declaration.model import Declaration, Department
from generator.declaration.quantity import Amount
from generator.declaration.results import Results
from generator.declaration.site import Site
from generator.diagnostics.model import Severity
from generator.forms import xlsx

GUIDE = (CONTENT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    (match[2], re.sub(f"^{match[1]}", "", match[3], flags=re.M))
    for match in re.finditer(r"^( *)```(\w+)\n(.*?)^ *```$", GUIDE, re.M | re.S)
]
LINES = [line for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("nox")]
SNIPPETS = [text for kind, text in BLOCKS if kind == "yaml"]


@pytest.fixture
def work(real: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the real content in git, as an editor has it; returns the content folder."""
    monkeypatch.chdir(real.parent)
    git(real.parent, "init", "-q")
    git(real.parent, "add", ".")
    git(real.parent, "commit", "-qm", "first")
    return real


def run(command: str) -> int:
    """Run a nox command of the guide as its session does, but for the installation."""
    nox, flag, session, *rest = shlex.split(command)
    assert (nox, flag) == ("nox", "-s")
    assert f'generator(session, "{session}")' in (ROOT / "noxfile.py").read_text(encoding="utf-8")
    return cli.main([session, *rest[1:]])


def test_the_guide_has_what_a_clerk_needs() -> None:
    headings = re.findall(r"^## (.*)$", GUIDE, re.M)
    assert headings == [
        *(
            "取得文件",
            "提交改动",
            "不用 git：在浏览器里改",
            "不用 git：交一张表",
            "改一个数字",
            "回答一条警告",
            "与原始文件核对",
            "由公布的表格导入",
            "增加一个年度",
            "公布一年的结果",
            "增加一个部门",
            "主题和同义词",
            "更正已经公布的数字",
        ),
    ]
    assert len(COMMANDS) >= 7
    assert len(SNIPPETS) >= 6


@pytest.mark.parametrize("command", [c for c in COMMANDS if "serve" not in c])
def test_command(command: str, work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if "申报表.xlsx" in command:  # what a clerk has at hand
        declaration = corpus.load(work)[0].documents[0].declaration
        Path("申报表.xlsx").write_bytes(xlsx.xlsx(declaration.model_copy(update={"year": 2025, "source": None})))
        assert run(command) == 1  # a copy of last year: check says so
        assert "H703" in capsys.readouterr().out
        assert (work / "minhang-red-cross/2025.yaml").is_file()
        assert (work / "minhang-red-cross/sources/2025.xlsx").is_file()
        return
    if "自评表.xlsx" in command:
        Path("自评表.xlsx").write_bytes(form_of_results(work))
        assert run(command) == 0, capsys.readouterr()
        text = (work / "minhang-red-cross/2024.results.yaml").read_text(encoding="utf-8")
        assert text.startswith(json_schema.modeline("results"))
        assert (work / "minhang-red-cross/sources/2024.results.xlsx").is_file()
        assert len(list(corpus.load(work)[0].results[0].results.results())) == 40
        return
    if "civil-affairs-bureau" in command:
        new_department(work)
    assert run(command) == 0, capsys.readouterr()


def form_of_results(content: Path) -> bytes:
    """Return a form of self-evaluation of the only declaration, as a workbook."""
    declaration = corpus.load(content)[0].documents[0].declaration
    data = {"年度": "2024", "部门名称": declaration.department_name, "总分": "98"}
    return xlsx.xlsx(Results.model_validate(data | {"指标完成情况": outcomes_of(declaration)}))


def new_department(content: Path) -> Path:
    """Do the first two steps of 增加一个部门; returns the department's folder."""
    [name] = re.findall(r"^1\. 新建文件夹，.*如 `([a-z-]+)`", GUIDE, re.M)
    (content / name).mkdir()
    [head] = [text for text in SNIPPETS if text.startswith("#")]
    (content / name / "department.yaml").write_text(head, encoding="utf-8")
    return content / name


def test_to_add_a_department_as_it_says(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = new_department(work)
    [command] = [command for command in COMMANDS if folder.name in command]
    assert run("nox -s check") == 0
    assert run(command) == 0
    assert run("nox -s check") == 1
    file = folder / "2025.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.startswith(json_schema.modeline("declaration"))
    capsys.readouterr()
    file.write_text(text.replace("待确认 ", ""), encoding="utf-8")
    assert run("nox -s check") == 1  # marks taken off, nothing filled in
    assert "照表填写" in capsys.readouterr().out
    figures = dict.fromkeys(("部门整体预算总额", "财政拨款", "基本支出"), "100.00") | {"年末资产总额": "90.00"}
    figures |= dict.fromkeys(("其他资金", "项目支出"), "0.00")
    figures |= {"下属预算单位个数": "1", "年末在职人数": "9", "内设机构数": "2"}
    for label, figure in figures.items():
        text = text.replace(f"{label}: 待确认 照表填写", f"{label}: {figure}")
    names = ("救助对象走访户数", "低保审核准确率", "救助政策知晓率", "群众满意度")
    for (old, name), target in zip(
        zip("一二三四", names, strict=True), ("≥300户", "≥98%", "≥90%", "≥95%"), strict=True
    ):
        text = text.replace(f"指标名称{old}: 待确认 照表填写", f"{name}: '{target}'")
    for words in ("负责社会救助。", "困难群众应保尽保。", "社会救助", "开展走访和审核。"):
        text = text.replace("待确认 照表填写", words, 1)
    file.write_text(text.replace("100.00", "1,000,000.00").replace("90.00", "500,000.00"), encoding="utf-8")
    assert run("nox -s check") == 0, capsys.readouterr()


def test_to_get_the_files_and_submit_a_change_as_it_says(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every line in order that is no nox command, with a repository on this machine in place of the code host's."""
    home, here = tmp_path / "code.git", tmp_path / "desk"
    git(work.parent, "branch", "-M", "main")
    git(work.parent, "clone", "-q", "--bare", str(work.parent), str(home))
    here.mkdir()
    (tmp_path / "home").mkdir()
    unknown = {"HOME": str(tmp_path / "home"), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | unknown
    lines = [line for line in LINES if not line.startswith("nox")]
    assert [line.split()[1] for line in lines] == [
        *("clone", "site", "install", "config", "config", "switch", "pull", "switch", "add", "commit", "push")
    ]
    for line in lines:
        command = shlex.split(line.replace("https://code.example.org/group/site", f"{home} site"))
        if command[0] == "cd":
            here = here / command[1]
        elif command[0] == "git":
            if command[1] == "add":
                file = here / "content/minhang-red-cross/2024.yaml"
                text = file.read_text(encoding="utf-8")
                file.write_text(f"{text}  公开日期: 2024-02-05\n", encoding="utf-8")
                monkeypatch.chdir(here)
                assert run("nox -s check") == 0
            subprocess.run(command, cwd=here, check=True, capture_output=True, env=environment)
        else:
            assert command == ["pip", "install", "nox"]
    shown = subprocess.run(
        ["git", "diff", "main", "dates-2024"], cwd=home, capture_output=True, check=True
    ).stdout.decode()
    assert re.findall(r"^[-+][^-+].*$", shown, re.M) == ["+  公开日期: 2024-02-05"]


def test_to_hand_in_a_form_as_it_says(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    declaration = corpus.load(work)[0].documents[0].declaration
    changed = declaration.model_copy(update={"year": 2025, "source": None, "assets": Amount.read("601,400.10")})
    (work / "minhang-red-cross/incoming").mkdir(exist_ok=True)
    waiting = work / "minhang-red-cross/incoming/2025.xlsx"
    waiting.write_bytes(xlsx.xlsx(changed))
    assert run("nox -s check") == 0  # what waits is no content
    assert run("nox -s incoming") == 0
    assert "minhang-red-cross/2025.yaml" in capsys.readouterr().out
    shutil.copytree(work.parent / "imported", work, dirs_exist_ok=True)
    waiting.unlink()
    capsys.readouterr()
    run("nox -s check")
    assert "错误" not in capsys.readouterr().out
    assert [document.year for document in corpus.load(work)[0].documents] == [2024, 2025]


def test_to_hand_in_results_as_it_says(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under a name of which only the year is to be there, into a folder that is made by its .gitkeep."""
    shutil.rmtree(work / "minhang-red-cross/incoming")
    keep = work / "minhang-red-cross/incoming/.gitkeep"
    keep.parent.mkdir()
    keep.touch()
    assert "`2024自评表.xlsx`" in GUIDE
    waiting = keep.with_name("2024自评表.xlsx")
    waiting.write_bytes(form_of_results(work))
    assert run("nox -s check") == 0
    assert run("nox -s incoming") == 0
    assert "minhang-red-cross/2024.results.yaml" in capsys.readouterr().out
    shutil.copytree(work.parent / "imported", work, dirs_exist_ok=True)
    waiting.unlink()
    assert run("nox -s check") == 0
    assert len(list(corpus.load(work)[0].results[0].results.results())) == 40


def test_every_whole_file_leads_an_editor_to_its_schema() -> None:
    whole = [text for text in SNIPPETS if text.startswith("#")]
    assert whole == [f"{json_schema.modeline('department')}部门名称: 某区民政局\n"]


def outcomes_of(declaration: Declaration) -> dict[str, dict[str, dict[str, str]]]:
    made: dict[str, dict[str, dict[str, str]]] = {}
    for placed in declaration.indicators():
        made.setdefault(placed.first_level, {}).setdefault(placed.second_level, {})[placed.name] = "未公开"
    return made


def test_serve_shows_the_site(work: Path, tmp_path: Path) -> None:
    assert "nox -s serve" in COMMANDS
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env={"PATH": "", "CONTENT": str(work), "DOCS_DIR": str(tmp_path / "docs"), "NO_MKDOCS_2_WARNING": "1"},
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            try:
                with urlopen(f"http://127.0.0.1:{port}/minhang-red-cross/2024/") as page:
                    assert "闵行区红十字会" in page.read().decode()
                return
            except URLError:
                time.sleep(0.2)
        pytest.fail("mkdocs serve did not answer")
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize("text", SNIPPETS)
def test_snippet(text: str) -> None:
    data = yaml.load(text, Loader=yaml.BaseLoader)
    form = yaml.load((CONTENT / "minhang-red-cross/2024.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if "部门名称" in data:
        Department.model_validate(data)
    elif data.keys() <= {field.alias for field in Site.model_fields.values()}:
        Site.model_validate({"网站名称": "某站"} | data)
    elif data.keys() <= {field.alias for field in Declaration.model_fields.values()}:
        Declaration.model_validate(
            form | {k: v.removeprefix("待确认 ") if isinstance(v, str) else v for k, v in data.items()}
        )
    elif "实际完成值" in next(iter(data.values())):
        Results.model_validate({"年度": "2024", "部门名称": "某局", "指标完成情况": {"产出指标": {"数量指标": data}}})
    elif data.keys() <= {field.alias for field in Results.model_fields.values()}:
        Results.model_validate({"年度": "2024", "部门名称": "某局"} | data)
    else:  # an indicator
        form["分解目标"]["产出指标"]["数量指标"] |= data
        Declaration.model_validate(form)


def test_the_messages_that_it_shows_are_the_real_ones(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = work / "minhang-red-cross/2024.yaml"
    text = file.read_text(encoding="utf-8")
    by_hand = text.replace("财政拨款: 5,513,159.84", "财政拨款: 5,513,159.83").rpartition("来源:")[0]
    for wrong in (by_hand, text.replace("≥300.00(人)", "≥200.00(人)")):
        file.write_text(wrong, encoding="utf-8")
        assert run("nox -s check") == 1
    out = capsys.readouterr().out
    shown = [text for kind, text in BLOCKS if kind == "text"]
    assert len(shown) == 2
    assert all(message in out for message in shown)


def test_to_explain_what_is_not_as_printed(work: Path) -> None:
    file = work / "minhang-red-cross/2024.yaml"
    text = file.read_text(encoding="utf-8").replace("≥300.00(人)", "≥200.00(人)")
    file.write_text(text + next(t for t in SNIPPETS if "规则: D101" in t), encoding="utf-8")
    assert run("nox -s check") == 0


def test_to_answer_a_warning_as_it_says(work: Path) -> None:
    file = work / "minhang-red-cross/2024.yaml"
    source = work / "minhang-red-cross/sources/2024.txt"
    before = sha256(source.read_bytes()).hexdigest()
    printed = source.read_text(encoding="utf-8").replace("街镇相关部门满意度\t≥", "街镇相关部门满意度\t≤")
    source.write_text(printed, encoding="utf-8")
    text = file.read_text(encoding="utf-8").replace("街镇相关部门满意度: ≥90(%)", "街镇相关部门满意度: ≤90(%)")
    text = text.replace(before, sha256(source.read_bytes()).hexdigest())
    file.write_text(text, encoding="utf-8")
    assert run("nox -s check") == 1
    file.write_text(text + next(t for t in SNIPPETS if t.startswith("说明事项")), encoding="utf-8")
    assert run("nox -s check") == 0
    build.build(work, work.parent / "docs")
    page = (work.parent / "docs/minhang-red-cross/2024/index.md").read_text(encoding="utf-8")
    assert "公布的原表如此，已向编制人员核实。" in page


def test_from_i_want_to_publish_2025_to_a_green_check(
    work: Path, capsys: pytest.CaptureFixture[str], small: Callable[..., Path]
) -> None:
    assert run("nox -s new -- minhang-red-cross 2025") == 0
    file = work / "minhang-red-cross/2025.yaml"
    assert run("nox -s check") == 1  # every value waits
    text = file.read_text(encoding="utf-8").replace("待确认 ", "")
    (work / "minhang-red-cross/sources/2025.txt").write_text("公布的申报表", encoding="utf-8")
    text += next(t for t in SNIPPETS if t.startswith("来源"))
    file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert run("nox -s check") == 1
    out = capsys.readouterr().out
    digest = sha256("公布的申报表".encode()).hexdigest()
    assert f"在“文件”下面加一行“SHA-256: {digest}”" in out
    text = text.replace("  文件: sources/2025.txt\n", f"  文件: sources/2025.txt\n  SHA-256: {digest}\n")
    file.write_text(text, encoding="utf-8")
    _, diagnostics = build.check(work)
    # Last year's everything: what a clerk who only deletes the marks has not looked at.
    assert {d.code for d in diagnostics if d.severity is not Severity.NOTICE} == {"H703"}
    text = text.replace("2024年9月底前", "2025年9月底前").replace(
        "年末资产总额: 562,882.03", "年末资产总额: 601,400.10"
    )
    file.write_text(text.replace("≥400.00(人)", "≥420.00(人)"), encoding="utf-8")
    assert run("nox -s check") == 0


def test_to_publish_results_as_it_says(work: Path) -> None:
    """A clerk who confirms all that was brought along has a file in order, but for what was never typed."""
    assert run("nox -s new -- minhang-red-cross 2024 --results") == 0
    file = work / "minhang-red-cross/2024.results.yaml"
    assert run("nox -s check") == 1
    text = file.read_text(encoding="utf-8")
    assert text.startswith(json_schema.modeline("results"))
    assert text.count("待确认 照表填写") == 40 + 8 + 2  # promises, goals, 全年执行数 and 总分
    text = text.replace("待确认 照表填写", "未公开").replace("待确认 ", "")
    file.write_text(text, encoding="utf-8")
    assert run("nox -s check") == 0
    assert run("nox -s new -- minhang-red-cross 2024 --results") == 1  # never overwritten
    assert run("nox -s new -- minhang-red-cross 2023 --results") == 1  # no promises to answer


def test_the_report_names_new_results(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "年度: 2024\n部门名称: 闵行区红十字会(汇总)\n总分: 98\n"
    (work / "minhang-red-cross/2024.results.yaml").write_text(text, encoding="utf-8")
    capsys.readouterr()
    run("nox -s diff -- HEAD")
    out = capsys.readouterr().out
    assert "### 闵行区红十字会(汇总) 2024 年度结果".replace("(", "\\(").replace(")", "\\)") in out
    assert "新增。0 项指标的结果。" in out
