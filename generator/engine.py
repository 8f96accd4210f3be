"""The configuration that an engine reads beside the Markdown: site_templates/mkdocs.yml with the values of the site."""

from __future__ import annotations

from urllib.parse import urlsplit

import yaml

from generator import git
from generator.declaration.site import Site
from generator.pages.render import escape
from generator.resources import TEMPLATES


def configuration(site: Site, docs: str, feed: bool) -> str:
    """Return the configuration (YAML) for the Markdown in the folder `docs`; `feed` says whether it has a feed.xml.

    The theme puts texts into its pages as they are, so they are escaped here.
    """
    made = yaml.safe_load((TEMPLATES / "mkdocs.yml").read_text(encoding="utf-8"))
    made |= {"site_name": str(escape(site.name)), "docs_dir": docs}
    if site.address:
        made["site_url"] = f"{site.address.rstrip('/')}/"
        made["extra"]["domain"] = str(escape(urlsplit(site.address).netloc))
    if site.repository:
        made["repo_url"] = site.repository.rstrip("/")
    made["theme"]["custom_dir"] = str(TEMPLATES / "theme")
    labels = site.model_dump(by_alias=True, exclude_none=True)
    made["extra"] |= {
        "branch": git.branch(),
        "feed": feed,
        "site": {label: str(escape(text)) for label, text in labels.items() if isinstance(text, str)},
    }
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
