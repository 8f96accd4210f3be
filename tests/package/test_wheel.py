"""The package works elsewhere: the wheel, in an empty environment, on a content repository of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from support import CONTENT, ROOT, assert_links_stay, parse

KEPT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONIOENCODING": "utf-8"}


class Elsewhere:
    """An environment and a folder, both outside the repository."""

    def __init__(self, work: Path) -> None:
        self.work, self.folder = work, work / "repository"
        self.folder.mkdir()
        venv.create(work / "environment", with_pip=True)
        self.programs = work / "environment" / ("Scripts" if os.name == "nt" else "bin")

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.programs / program), *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=KEPT | QUIET, capture_output=True, text=True, encoding="utf-8"
        )

    def install(self, wanted: str) -> None:
        """Install the wheel with the locked versions; the environment has nothing else."""
        lock = (ROOT / "requirements/project.lock").read_text()
        pins = re.findall(r"^([\w.-]+)(?:\[.*?\])?(==[^\\\n]+)", lock, re.M)
        (self.work / "pins.txt").write_text("".join(f"{name}{version}\n" for name, version in pins))
        done = self.run("python", "-m", "pip", "install", "--constraint", str(self.work / "pins.txt"), wanted)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [file] = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def base(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """The wheel without extras, and what `generator init` writes."""
    elsewhere = Elsewhere(tmp_path_factory.mktemp("base"))
    elsewhere.install(str(wheel))
    done = elsewhere.run("generator", "init")
    assert done.returncode == 0, done.stderr
    return elsewhere


def test_check_needs_three_packages(base: Elsewhere) -> None:
    listed = base.run("python", "-m", "pip", "list", "--format", "freeze").stdout
    names = {line.partition("==")[0].lower().replace("_", "-") for line in listed.splitlines()}
    of_three = {"annotated-types", "pydantic-core", "typing-extensions", "typing-inspection"}
    of_three |= {"markdown-it-py", "mdurl", "pygments"}
    assert names - {"pip", "setuptools"} <= {"performance-targets-site", "pydantic", "pyyaml", "rich"} | of_three
    assert base.run("generator", "check").returncode == 0
    (base.folder / "content/site.yaml").write_text("网站名称: 站\n网: 址\n", encoding="utf-8")
    assert "content/site.yaml:2:1: 错误" in base.run("generator", "check").stdout
    assert "为什么" in base.run("generator", "explain", "N504").stdout


def test_a_command_that_needs_more_says_what(base: Elsewhere) -> None:
    (base.folder / "content/site.yaml").write_text("网站名称: 站\n", encoding="utf-8")
    (base.folder / "form.xlsx").write_bytes(b"PK")
    for command in (["build"], ["import", "form.xlsx"]):
        done = base.run("generator", *command)
        assert done.returncode == 2
        assert re.fullmatch(r"没有安装 \w+：.*pip install 'performance-targets-site\[site,import\]'。\n", done.stderr)


def test_a_department_builds_its_own_site(wheel: Path, tmp_path: Path) -> None:
    elsewhere = Elsewhere(tmp_path)
    elsewhere.install(f"{wheel}[site,import]")
    assert elsewhere.run("generator", "init").returncode == 0
    assert elsewhere.run("mkdocs", "build", "--strict").returncode == 0  # no department yet
    shutil.copytree(CONTENT / "minhang-red-cross/sources", elsewhere.folder / "content/red-cross/sources")
    department = (CONTENT / "minhang-red-cross/department.yaml").read_text(encoding="utf-8")
    (elsewhere.folder / "content/red-cross/department.yaml").write_text(department, encoding="utf-8")
    done = elsewhere.run(
        "generator", "import", "content/red-cross/sources/2024.txt", "-o", "content/red-cross/2024.yaml"
    )
    assert done.returncode in (0, 1), done.stderr  # 1: what import is unsure of waits for a person
    year = (CONTENT / "minhang-red-cross/2024.yaml").read_text(encoding="utf-8")
    (elsewhere.folder / "content/red-cross/2024.yaml").write_text(year, encoding="utf-8")
    done = elsewhere.run("generator", "build")
    assert done.returncode == 0, done.stderr
    done = elsewhere.run("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    site = elsewhere.folder / "site"
    page = parse(site / "red-cross/2024/index.html")
    assert page.xpath("//svg[@class='chart']")
    assert page.xpath("//link[contains(@href, 'assets/site.css')]")
    assert "闵行区红十字会" in page.findtext("head/title")
    assert (site / "red-cross/2024/red-cross-2024.pdf").read_bytes().startswith(b"%PDF")
    assert_links_stay(site)
    done = elsewhere.run("mkdocs", "build", "--strict", "--config-file", "build/docs.yml", "--site-dir", "plain")
    assert done.returncode == 0, done.stdout + done.stderr
    made, plain = (
        {page.relative_to(folder): between_tags(page) for page in folder.rglob("*.html")}
        for folder in (site, elsewhere.folder / "build/plain")
    )
    assert made == plain


def between_tags(page: Path) -> str:
    """Return a page's text without the spaces between tags: our Markdown extension leaves fewer."""
    return re.sub(r">\s+(?=<)", ">", page.read_text(encoding="utf-8"))
