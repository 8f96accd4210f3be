"""The shape of the code and of the repository."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from support import CONTENT, ROOT

from generator import rules

# From the ground up; a module imports only from lines above its own (rules and pages do not know each other).
LAYERS = [
    {"diagnostics", "target", "demo_words", "glossary", "grid"},
    {"syntax"},
    {"yamltree", "quantity", "printing", "fixing"},
    {"model", "importers"},
    {"validation", "compare", "schema", "draft", "official_form", "exports"},
    {f"importers.{kind}" for kind in ("text", "number_format", "word", "pdf", "labels")},
    {f"importers.{kind}" for kind in ("excel", "html", "targets", "head", "money")},
    {"importers.extent", "exports.form_html", "exports.form_pdf", "exports.form_xlsx"},
    {"importers.form", "corpus", "ledger"},
    {"importers.proposal", "figures", "charts", "revisions", "exports.tables", "exports.bundle", "exports.jsonld"},
    {"exports.csvs", "exports.workbook", "exports.datapackage", "exports.api", "exports.feed"},
    {"rules", "department_page", "demo", "exports.open_data"},
    {"rules.places", "rules.documentation", "declaration_page", "year_page", "data_page"},
    {f"rules.{family}" for family in rules.FAMILIES},
    {"pages", "report"},
    {"site"},
    {"cli"},
    {"mkdocs_hook", "__main__"},
]
MODULES = {
    p.relative_to(ROOT / "generator").with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): p
    for p in (ROOT / "generator").rglob("*.py")
}
del MODULES["__init__"]


def imports(file: Path) -> set[str]:
    """Return the project's modules that a file imports at its top."""
    names: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "generator":
            base = (node.module or "").removeprefix("generator").removeprefix(".")
            names |= {base} if base else {alias.name for alias in node.names}
    return names


def test_every_module_has_its_layer() -> None:
    assert set().union(*LAYERS) == set(MODULES)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_downward(module: str) -> None:
    level = next(i for i, layer in enumerate(LAYERS) if module in layer)
    assert imports(MODULES[module]) <= set().union(*LAYERS[:level])


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_is_read_at_one_sitting(module: str) -> None:
    assert MODULES[module].read_text(encoding="utf-8").count("\n") <= 350


def test_only_the_charts_import_matplotlib_and_only_the_hook_mkdocs() -> None:
    for package, home in (("matplotlib", "charts"), ("mkdocs", "mkdocs_hook")):
        users = {m for m, p in MODULES.items() if re.search(rf"^\s*(from|import) {package}\b", p.read_text(), re.M)}
        assert users == {home}


@pytest.mark.parametrize("name", ["project", "browser"])
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
