"""Where a declaration comes from."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity, error
from generator.rules import rule


@rule("S301", Severity.ERROR)
def source_is_unchanged(corpus: Corpus) -> Iterator[Diagnostic]:
    """“来源”写明的原始文件应在部门文件夹中，且 SHA-256 与登记的一致。

    校验值让任何人都能确认：本页依据的正是当初公开的那份文件。
    """
    for document in corpus.documents:
        file, source = document.source_file, document.declaration.source
        if file is None or source is None:
            continue
        mark = document.tree.value("来源", "文件")
        if not file.resolve().is_relative_to(document.path.parent.resolve()) or not file.is_file():
            yield error(
                mark,
                "S301",
                f"找不到原始文件“{source.file}”。",
                "把文件放进本部门的 sources 文件夹，改正路径。",
            )
        elif (actual := sha256(file.read_bytes()).hexdigest()) != source.sha256:
            yield error(
                document.tree.value("来源", "SHA-256"),
                "S301",
                f"原始文件“{source.file}”的 SHA-256 与登记的不一致。",
                f"文件没有换错的话，登记为 {actual}",
            )
