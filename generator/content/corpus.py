"""content/ → every department and every year, typed, with places, and all that is wrong with them.

content/site.yaml                      the site
content/DEPARTMENT/department.yaml     a department; its folder name is its address
content/DEPARTMENT/2024.yaml           one declaration a year
content/DEPARTMENT/sources/…           the published documents that the declarations were taken from
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from generator.content import draft, validation, yaml_reader
from generator.content.yaml_reader import Tree
from generator.declaration.model import Declaration, Department, Section, Site
from generator.diagnostics.model import Diagnostic, Mark, at_most, error

ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR_FILE = re.compile(r"(19|20)\d{2}\.yaml")
# The site's own addresses; no department may take one.
RESERVED = {"years", "data", "rules", "about", "assets", "search", "api", "compare", "feed"}

AnySection = TypeVar("AnySection", bound=Section)
Item = TypeVar("Item")


class Track(Protocol):
    """Passes items through and may show progress while doing so."""

    def __call__(self, items: Iterable[Item], title: str) -> Iterable[Item]:
        """Yield the items."""


def silently(items: Iterable[Item], title: str) -> Iterable[Item]:
    """Track nothing."""
    return items


@dataclass(frozen=True, eq=False)
class Document:
    """A declaration together with its file: `label` names the file in messages, `address` is its page."""

    label: str
    path: Path
    address: str
    declaration: Declaration
    tree: Tree

    @property
    def file(self) -> str:
        """Return the path of the file below the content folder: DEPARTMENT/2024.yaml."""
        return f"{self.address}.yaml"

    @property
    def year(self) -> int:
        """Return the year of the declaration."""
        return self.declaration.year

    @property
    def source_file(self) -> Path | None:
        """Return where the source document lies, if the declaration names one."""
        source = self.declaration.source
        return self.path.parent / source.file if source and source.file else None


@dataclass(frozen=True)
class DepartmentFolder:
    """A department and its declarations, oldest first; `address` is its folder's name, `tree` its department.yaml."""

    address: str
    department: Department
    documents: tuple[Document, ...]
    tree: Tree


@dataclass(frozen=True)
class Corpus:
    """All content that is in order, departments by address; `name` is the content folder's, as in messages.

    `span` are the years from the first declaration of any department to the last, `names` the departments' by address.
    """

    name: str
    site: Site
    departments: tuple[DepartmentFolder, ...]
    tree: Tree  # site.yaml, as it stands in the file
    span: range
    names: Mapping[str, str]

    @property
    def heads(self) -> list[Tree]:
        """Return site.yaml and each department.yaml, as they stand in the files."""
        return [self.tree, *(folder.tree for folder in self.departments)]

    @property
    def documents(self) -> list[Document]:
        """Return all declarations, by department, oldest first."""
        return [document for folder in self.departments for document in folder.documents]

    def without_places(self) -> Corpus:
        """Return the same without the places of the entries, a quarter of the memory, once nothing is wrong."""

        def bare(tree: Tree) -> Tree:
            return Tree(tree.file, tree.data)

        def of(folder: DepartmentFolder) -> DepartmentFolder:
            documents = tuple(replace(document, tree=bare(document.tree)) for document in folder.documents)
            return replace(folder, documents=documents, tree=bare(folder.tree))

        return replace(self, departments=tuple(map(of, self.departments)), tree=bare(self.tree))

    def alone(self, folder: DepartmentFolder) -> Corpus:
        """Return all that may be known where the files of one department are made: of the others, span and names."""
        documents = tuple(replace(document, tree=Tree(document.label)) for document in folder.documents)
        bare = replace(folder, documents=documents, tree=Tree(folder.tree.file))
        return replace(self, departments=(bare,), tree=Tree(self.tree.file))


def load(root: Path, track: Track = silently, only: str | None = None) -> tuple[Corpus, list[Diagnostic]]:
    """Read everything under `root`; what cannot be read is left out of the corpus and told in the list.

    With `only`, a department's folder name, the declarations of other departments are left out (and what is wrong
    with them). Files are named in messages relative to the parent of `root`: content/DEPARTMENT/2024.yaml.
    """
    found: list[Diagnostic] = []
    site, tree = _read(root / "site.yaml", root, Site, found)
    inside = sorted(p for p in root.iterdir() if p.name[0] != "." and p.name != "site.yaml")
    for path in inside:
        if not path.is_file() and not path.is_dir():  # a link that leads nowhere, a pipe
            found += yaml_reader.read(path, _label(path, root)).diagnostics
    folders = []
    for folder in track([path for path in inside if path.is_dir()], "读取申报表"):
        files = sorted(folder.iterdir()) if only in (None, folder.name) else []
        documents = [d for file in files if (d := _document(file, root, found))]
        department, head = _read(folder / "department.yaml", root, Department, found)
        if not ADDRESS.fullmatch(folder.name) or folder.name in RESERVED:
            found.append(
                error(
                    Mark(_label(folder, root)),
                    "F207",
                    f"文件夹名“{folder.name}”不能用作网址。",
                    f"只用小写英文字母、数字和连字符，且不用 {'、'.join(sorted(RESERVED))}。",
                )
            )
        if department:
            folders.append(DepartmentFolder(folder.name, department, tuple(documents), head))
    years = [document.year for folder in folders for document in folder.documents]
    span = range(min(years), max(years) + 1) if years else range(0)
    names = {folder.address: folder.department.name for folder in folders}
    return Corpus(root.name, site or Site(网站名称="绩效目标公开"), tuple(folders), tree, span, names), found


def _document(file: Path, root: Path, found: list[Diagnostic]) -> Document | None:
    if file.name in ("department.yaml", "sources") or file.name.startswith("."):
        return None
    if not _YEAR_FILE.fullmatch(file.name):
        message = f"不认识的文件“{file.name}”。"
        repair = "申报表命名为“年度.yaml”，如 2024.yaml；原始文件放进 sources 文件夹。"
        found.append(error(Mark(_label(file, root)), "F207", message, repair))
        return None
    tree = yaml_reader.read(file, _label(file, root))
    unconfirmed = draft.unconfirmed(tree)
    declaration, faults = validation.validate(Declaration, tree)
    found += at_most(unconfirmed + tree.diagnostics + faults)
    if declaration is None or tree.diagnostics:
        return None
    return Document(tree.file, file, f"{file.parent.name}/{file.stem}", declaration, tree)


def _read(file: Path, root: Path, model: type[AnySection], found: list[Diagnostic]) -> tuple[AnySection | None, Tree]:
    label = _label(file, root)
    if not os.path.lexists(file):
        message = f"缺少文件 {label}。"
        needed = "、".join(f"“{f.alias}: ……”" for f in model.model_fields.values() if f.is_required())
        found.append(error(Mark(label), "F207", message, f"新建这个文件，写上{needed}。"))
        return None, Tree(label)
    tree = yaml_reader.read(file, label)
    section, faults = validation.validate(model, tree)
    found += at_most(tree.diagnostics + faults)
    return section, tree


def _label(path: Path, root: Path) -> str:
    return path.relative_to(root.parent).as_posix()
