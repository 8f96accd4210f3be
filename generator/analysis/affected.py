"""What a change of some files may make wrong elsewhere: later years, results, the departments above and below."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.content.corpus import Corpus

_YEAR = re.compile(r"(\d{4})(\.results)?\.yaml")


def affected(corpus: Corpus, changed: Iterable[str]) -> set[str]:
    """Return the files that must be judged again when `changed` did, itself among them; paths below the content folder.

    A declaration is compared with the years before it, results answer it, and a 汇总 includes the departments below.
    A department's other files (department.yaml, sources) concern all of the department, site.yaml everything.
    """
    folders = {folder.address: folder for folder in corpus.departments}
    found: set[str] = set()
    for path in changed:
        address, _, name = path.partition("/")
        found.add(path)
        if path == "site.yaml":
            found |= {file.file for folder in corpus.departments for file in folder.files}
            found |= {f"{folder.address}/department.yaml" for folder in corpus.departments}
        elif address in folders:
            named = _YEAR.fullmatch(name)
            year = int(named[1]) if named else 0
            found |= {file.file for file in folders[address].files if file.year >= year and not (named and named[2])}
            kin = {folders[address].department.parent}
            kin |= {folder.address for folder in corpus.departments if folder.department.parent == address}
            found |= {
                document.file
                for relative in kin & folders.keys()
                for document in folders[relative or ""].documents
                if named is None or document.year == year
            }
    return found
