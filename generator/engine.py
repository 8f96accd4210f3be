"""The configuration that an engine reads beside the Markdown: site_templates/mkdocs.yml with the values of the site."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

import yaml

from generator import git
from generator.content.corpus import Corpus
from generator.pages.render import escape
from generator.resources import TEMPLATES


def sections(corpus: Corpus, files: Collection[str]) -> list[dict[str, str]]:
    """Return the navigation in the head of every page, name and address below the root: what has a page, in this order.

    变化 leads to the newest year that can be compared with an earlier one; `files` are the paths of the Markdown.
    """
    newest = max((folder.documents[-1].year for folder in corpus.departments if folder.documents[1:]), default=None)
    wanted = {"部门": "index.html#departments"} if corpus.documents else {}
    wanted |= {
        "年度": "years/",
        "变化": f"years/{newest}/#changes",
        "主题": "themes/",
        "数据": "data/",
        "关于": "about/",
    }
    there = {name: address for name, address in wanted.items() if _page(address) in files}
    return [{"name": name, "address": address} for name, address in there.items()]


def _page(address: str) -> str:
    return f"{address.partition('#')[0].removesuffix('index.html')}index.md"


def configuration(corpus: Corpus, docs: str, files: Collection[str]) -> str:
    """Return the configuration (YAML) for the Markdown in the folder `docs`; `files` are the paths of what lies there.

    The theme puts texts into its pages as they are, so they are escaped here.
    """
    site = corpus.site
    made = yaml.safe_load((TEMPLATES / "mkdocs.yml").read_text(encoding="utf-8"))
    made |= {"site_name": str(escape(site.name)), "docs_dir": docs}
    labels = site.model_dump(by_alias=True, exclude_none=True)
    made["extra"] = {
        "branch": git.branch(),
        "feed": "feed.xml" in files,
        "sections": sections(corpus, files),
        "site": {label: str(escape(text)) for label, text in labels.items() if isinstance(text, str)},
    }
    if site.address:
        made["site_url"] = f"{site.address.rstrip('/')}/"
        made["extra"]["domain"] = str(escape(urlsplit(site.address).netloc))
    if site.repository:
        made["repo_url"] = site.repository.rstrip("/")
    made["theme"]["custom_dir"] = str(TEMPLATES / "theme")
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
