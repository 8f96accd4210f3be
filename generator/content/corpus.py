"""content/ → every department and every year, typed, with places, and all that is wrong with them.

content/site.yaml                      the site
content/DEPARTMENT/department.yaml     a department; its folder name is its address
content/DEPARTMENT/2024.yaml           one declaration a year
content/DEPARTMENT/2024.results.yaml   what came of it
content/DEPARTMENT/sources/…           the published documents that the declarations were taken from
content/DEPARTMENT/incoming/…          documents that wait to be imported (see incoming.py); no part of the site
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from generator.content import draft, validation, yaml_reader
from generator.content.original import Registered
from generator.content.yaml_reader import Tree
from generator.declaration.model import Answer, Declaration, Department, Section, Source
from generator.declaration.results import Results
from generator.declaration.site import Site
from generator.diagnostics.model import Diagnostic, Mark, at_most, error

ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
YEAR_FILE = re.compile(r"(19|20)\d{2}(?P<results>\.results)?\.yaml")
INCOMING = "incoming"
# The site's own addresses; no department may take one.
RESERVED = {"years", "data", "rules", "about", "assets", "search", "api", "compare", "feed", "edit", "themes"}

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
    """A declaration together with its file: `label` names the file in messages, `address` is its page.

    `registered` is what is known of its registered document, where somebody has looked.
    """

    label: str
    path: Path
    address: str
    declaration: Declaration
    tree: Tree
    registered: Registered | None = None

    @property
    def file(self) -> str:
        """Return the path of the file below the content folder: DEPARTMENT/2024.yaml."""
        return f"{self.address}.yaml"

    @property
    def year(self) -> int:
        """Return the year of the declaration."""
        return self.declaration.year

    @property
    def source(self) -> Source | None:
        """Return what is registered about the published document."""
        return self.declaration.source

    @property
    def answers(self) -> list[Answer]:
        """Return the recorded reasons for what a rule warns of."""
        return self.declaration.answers

    @property
    def source_file(self) -> Path | None:
        """Return where the source document lies, if the declaration names one."""
        return _source_file(self.path, self.source)


@dataclass(frozen=True, eq=False)
class ResultDocument:
    """The results of a year together with their file; `address` is the page of the declaration, which shows them.

    `registered` is as for a declaration.
    """

    label: str
    path: Path
    address: str
    results: Results
    tree: Tree
    registered: Registered | None = None

    @property
    def file(self) -> str:
        """Return the path of the file below the content folder: DEPARTMENT/2024.results.yaml."""
        return f"{self.address}.results.yaml"

    @property
    def year(self) -> int:
        """Return the year of the results."""
        return self.results.year

    @property
    def source(self) -> Source | None:
        """Return what is registered about the published document."""
        return self.results.source

    @property
    def answers(self) -> list[Answer]:
        """Return the recorded reasons for what a rule warns of."""
        return self.results.answers

    @property
    def source_file(self) -> Path | None:
        """Return where the source document lies, if the results name one."""
        return _source_file(self.path, self.source)


def _source_file(path: Path, source: Source | None) -> Path | None:
    return path.parent / source.file if source and source.file else None


@dataclass(frozen=True)
class DepartmentFolder:
    """A department, its declarations and its results, oldest first.

    `address` is its folder's name, `path` the folder, `tree` its department.yaml; `fingerprint` is the hash of all its
    files, and empty where nobody asked or they cannot be told to be the same as before. `whole` is what the store
    keeps all of it under, and empty where this is all.
    """

    address: str
    department: Department
    documents: tuple[Document, ...]
    tree: Tree
    path: Path
    results: tuple[ResultDocument, ...] = ()
    fingerprint: str = ""
    whole: str = ""

    def without_trees(self) -> DepartmentFolder:
        """Return the same without its files as they stand: most of the memory, and only rules look at them."""
        documents = tuple(replace(document, tree=Tree(document.label)) for document in self.documents)
        results = tuple(replace(document, tree=Tree(document.label)) for document in self.results)
        return replace(self, documents=documents, results=results)

    def outline(self, whole: str) -> DepartmentFolder:
        """Return what the pages of the whole site say of it: of its years the names, the figures and the sources.

        `whole` is what the store keeps the rest under, which is nearly all: so many can be in memory.
        """
        documents = tuple(
            replace(document, declaration=document.declaration.outline(), registered=_outlined(document.registered))
            for document in self.documents
        )
        results = tuple(
            replace(document, results=document.results.outline(), registered=_outlined(document.registered))
            for document in self.results
        )
        return replace(self, documents=documents, results=results, whole=whole)

    @property
    def files(self) -> list[Document | ResultDocument]:
        """Return its declarations and its results."""
        return [*self.documents, *self.results]

    def document_of(self, year: int) -> Document | None:
        """Return the declaration of a year."""
        return next((document for document in self.documents if document.year == year), None)

    def all_results_of(self, year: int) -> list[ResultDocument]:
        """Return the file of results of a year, if there is one, also with nothing but progress within the year."""
        return [found for found in self.results if found.year == year]

    def results_of(self, year: int) -> ResultDocument | None:
        """Return the results of a year; None also where there is only progress within the year."""
        return next((found for found in self.results if found.year == year and found.results.published), None)


def _outlined(registered: Registered | None) -> Registered | None:
    return registered and replace(registered, stated="")


@dataclass(frozen=True, eq=False)
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
    read_on: date  # the day as of which the content is judged

    @property
    def heads(self) -> list[Tree]:
        """Return site.yaml and each department.yaml, as they stand in the files."""
        return [self.tree, *(folder.tree for folder in self.departments)]

    @property
    def documents(self) -> list[Document]:
        """Return all declarations, by department, oldest first."""
        return [document for folder in self.departments for document in folder.documents]

    def of(self, departments: Iterable[DepartmentFolder]) -> Corpus:
        """Return the same site with these departments, and what follows from them."""
        folders = tuple(departments)
        years = [document.year for folder in folders for document in folder.documents]
        span = range(min(years), max(years) + 1) if years else range(0)
        names = {folder.address: folder.department.name for folder in folders}
        return replace(self, departments=folders, span=span, names=names)

    @property
    def results(self) -> list[ResultDocument]:
        """Return all results, by department, oldest first."""
        return [document for folder in self.departments for document in folder.results]

    @property
    def files(self) -> list[Document | ResultDocument]:
        """Return all declarations and all results."""
        return [file for folder in self.departments for file in folder.files]

    def alone(self, folder: DepartmentFolder) -> Corpus:
        """Return all that may be known where the files of one department are made: of the others, the span of years
        and what the department above it is called.
        """
        named = (address for address in (folder.address, folder.department.parent) if address in self.names)
        names = {address: self.names[address] for address in named if address}
        return replace(self, departments=(folder,), tree=Tree(self.tree.file), names=names)


def load(root: Path) -> tuple[Corpus, list[Diagnostic]]:
    """Read everything under `root`; what cannot be read is left out of the corpus and told in the list."""
    bare, found, folders = frame(root)
    read = [department(bare, path) for path in folders]
    return bare.of(folder for folder, _ in read if folder), found + [d for _, faults in read for d in faults]


def frame(root: Path) -> tuple[Corpus, list[Diagnostic], list[Path]]:
    """Read what belongs to no department; returns a corpus without any, and where the departments lie.

    Files are named in messages relative to the parent of `root`: content/DEPARTMENT/2024.yaml.
    """
    found: list[Diagnostic] = []
    site, tree = _read(root / "site.yaml", root, Site, found)
    inside = sorted(p for p in root.iterdir() if p.name[0] != "." and p.name != "site.yaml")
    for path in inside:
        if not path.is_file() and not path.is_dir():  # a link that leads nowhere, a pipe
            found += yaml_reader.read(path, _label(path, root)).diagnostics
    bare = Corpus(root.name, site or Site(网站名称="绩效目标公开"), (), tree, range(0), {}, date.today())
    return bare, found, [path for path in inside if path.is_dir() and not _only_waits(path)]


def _only_waits(folder: Path) -> bool:
    """Tell a folder that holds nothing but documents to be imported: no department yet."""
    return [name for name in os.listdir(folder) if name[0] != "."] == [INCOMING]


def department(
    site: Corpus, path: Path, with_declarations: bool = True
) -> tuple[DepartmentFolder | None, list[Diagnostic]]:
    """Read the folder of a department; None without its department.yaml, and the list tells what is wrong."""
    root, found = path.parent, list[Diagnostic]()
    files = sorted(path.iterdir()) if with_declarations else []
    read = [d for file in files if (d := document(file, root, found))]
    documents = tuple(d for d in read if isinstance(d, Document))
    results = tuple(d for d in read if isinstance(d, ResultDocument))
    known, head = _read(path / "department.yaml", root, Department, found)
    if not ADDRESS.fullmatch(path.name) or path.name in RESERVED:
        found.append(
            error(
                Mark(_label(path, root)),
                "F207",
                f"文件夹名“{path.name}”不能用作网址。",
                f"只用小写英文字母、数字和连字符，且不用 {'、'.join(sorted(RESERVED))}。",
            )
        )
    folder = DepartmentFolder(path.name, known, documents, head, path, results) if known else None
    return folder, found


def document(file: Path, root: Path, found: list[Diagnostic]) -> Document | ResultDocument | None:
    """Read a year's file; None, and what is wrong in `found`, where it is no such file or not in order."""
    if file.name in ("department.yaml", "sources", INCOMING) or file.name.startswith("."):
        return None
    named = YEAR_FILE.fullmatch(file.name)
    if not named:
        message = f"不认识的文件“{file.name}”。"
        repair = "申报表命名为“年度.yaml”，如 2024.yaml；结果命名为“年度.results.yaml”；原始文件放进 sources 文件夹。"
        found.append(error(Mark(_label(file, root)), "F207", message, repair))
        return None
    tree = yaml_reader.read(file, _label(file, root))
    address = f"{file.parent.name}/{file.name[:4]}"
    if named["results"]:
        results = _valid(Results, tree, found)
        return ResultDocument(tree.file, file, address, results, tree) if results else None
    declaration = _valid(Declaration, tree, found)
    return Document(tree.file, file, address, declaration, tree) if declaration else None


def _valid(model: type[AnySection], tree: Tree, found: list[Diagnostic]) -> AnySection | None:
    unconfirmed = draft.unconfirmed(tree)
    section, faults = validation.validate(model, tree)
    found += at_most(unconfirmed + tree.diagnostics + faults)
    return None if tree.diagnostics else section


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
