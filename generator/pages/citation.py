"""How to cite what a page shows: who says it, what it is, where it stands, which version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.analysis.change_log import Revision
from generator.content.corpus import Document
from generator.declaration.site import Site


@dataclass(frozen=True)
class Citation:
    """The source that a page is made from, its address (empty where the site has none yet) and its version."""

    source: str
    address: str
    version: str

    def text(self, what: str, anchor: str) -> str:
        """Cite what stands at an anchor of the page: 部门：什么。来源，版本，网址。"""
        where = f"{self.address}#{anchor}" if self.address and anchor else self.address
        return "，".join(filter(None, (f"{what}。{self.source}", self.version, where))) + "。"


def of_declaration(site: Site, document: Document, log: Sequence[Revision] | None) -> Citation:
    """Return how to cite a declaration; its version is the day on which its file last changed, else of publication."""
    declaration = document.declaration
    source = f"{declaration.department_name}{document.year}年度部门（单位）整体支出绩效目标申报表"
    published = declaration.source.published if declaration.source else None
    version = f"{log[-1].day} 的版本" if log else f"{published} 公开" if published else ""
    return Citation(f"{source}，{site.name}", _address(site, document.address), version)


def of_ledger(site: Site, name: str, address: str, log: Sequence[Sequence[Revision] | None]) -> Citation:
    """Return how to cite the ledger of a department, by the last change of any of its declarations."""
    days = [one[-1].day for one in log if one]
    version = f"{max(days)} 的版本" if days else ""
    return Citation(
        f"{name}历年部门（单位）整体支出绩效目标申报表，{site.name}", _address(site, f"{address}/indicators"), version
    )


def _address(site: Site, page: str) -> str:
    return f"{site.address.rstrip('/')}/{page}/" if site.address else ""
