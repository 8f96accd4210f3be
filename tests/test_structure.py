"""The shape of the code and of the repository."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from support import CONTENT, ROOT

# The floors of the house, from the ground up: a package imports from lower floors, and from its own without a circle.
FLOORS = (
    *("resources", "swap", "store", "workers", "diagnostics", "declaration", "content", "git", "analysis", "rules"),
    *("forms", "importers", "originals", "checking", "exports", "pages", "departments", "engine", "headers", "demo"),
    *(
        "build",
        "mkdocs_pages",
        "terminal",
        "mkdocs_hook",
        "release",
        "incoming",
        "preview",
        "commands",
        "cli",
        "__main__",
    ),
)
GENERATOR = ROOT / "generator"


def name_of(file: Path) -> str:
    return file.relative_to(GENERATOR).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


MODULES = {name_of(file): file for file in GENERATOR.rglob("*.py") if file != GENERATOR / "__init__.py"}


def imports(file: Path) -> Iterator[str]:
    """Yield the project's modules that a file imports anywhere, also within functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name.removeprefix("generator.") for a in node.names if a.name.startswith("generator."))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "generator":
            base = (node.module or "").removeprefix("generator").removeprefix(".")
            inside = [f"{base}.{alias.name}".removeprefix(".") for alias in node.names]
            yield from (name if name in MODULES else base for name in inside)


def floor(module: str) -> int:
    return FLOORS.index(module.split(".")[0])


def test_every_floor_is_there() -> None:
    assert {module.split(".")[0] for module in MODULES} == set(FLOORS)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_downward(module: str) -> None:
    assert {name for name in imports(MODULES[module]) if floor(name) > floor(module)} == set()


def test_no_import_runs_in_a_circle() -> None:
    graph = {module: {name for name in imports(file) if name != module} for module, file in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"{circle.args[1]}")


def test_an_import_within_a_function_is_found() -> None:
    assert "importers.proposal" in set(imports(MODULES["commands.writing"]))


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_is_read_at_one_sitting(module: str) -> None:
    assert MODULES[module].read_text(encoding="utf-8").count("\n") <= 350


def test_only_the_drawing_imports_matplotlib_and_only_the_hook_and_its_pages_mkdocs() -> None:
    for package, homes in (("matplotlib", {"pages.drawing"}), ("mkdocs", {"mkdocs_hook", "mkdocs_pages"})):
        users = {m for m, p in MODULES.items() if re.search(rf"^\s*(from|import) {package}\b", p.read_text(), re.M)}
        assert users == homes


def test_other_programs_are_called_in_two_places() -> None:
    users = {m for m, p in MODULES.items() if re.search(r"^\s*(from|import) subprocess\b", p.read_text(), re.M)}
    assert users == {"git"}  # release calls the search index


def on_the_map() -> set[str]:
    """Return the modules and packages that the README's map names."""
    block = (ROOT / "README.md").read_text(encoding="utf-8").split("    generator/")[1].split("    site_templates/")[0]
    found, package = set(), ""
    for indent, name, kind in re.findall(r"^      (  )?([\w/]+)(/|\.py)  +\S", block, re.M):
        package = package if indent else ""
        found.add(f"{package}{name}".replace("/", "."))
        package = f"{name}/" if kind == "/" and not indent else package
    return found


def test_the_map_in_the_readme_names_every_module() -> None:
    assert on_the_map() | {"__main__"} == set(MODULES)


@pytest.mark.parametrize("name", ["project", "browser", "mutants", "ocr"])
def test_a_lock_has_hashes_and_names_no_index(name: str) -> None:
    lock = (ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links| @ ", lock)
    pinned = re.split(r"\n(?=\S)", lock)
    assert len(pinned) > 30
    assert all("--hash=sha256:" in entry for entry in pinned if "==" in entry)


def test_the_site_name_is_the_same_without_the_hook() -> None:
    name = re.search(r"^site_name: (.*)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    assert name
    assert f"网站名称: {name[1]}\n" in (CONTENT / "site.yaml").read_text(encoding="utf-8")
