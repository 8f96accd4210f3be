"""What the JSON interface answers of the registered document of a declaration or of results."""

from __future__ import annotations

from generator.analysis import proof
from generator.content.corpus import Document, ResultDocument
from generator.exports.answers import Proof, ProvenEntry


def answer(document: Document | ResultDocument) -> Proof:
    """Return what was found of each entry of a file, with its place in the document."""
    known = proof.of(document)
    entries = [
        ProvenEntry(
            path=entry.steps,
            name=entry.name,
            outcome=entry.kind.name.lower(),
            part=(entry.spot and entry.spot.part) or None,
            row=entry.spot and entry.spot.row,
            column=entry.spot and entry.spot.column,
            printed=None if entry.kind is proof.Kind.SAME else entry.printed,
            reason=entry.why or None,
        )
        for entry in known.entries
    ]
    return Proof(sentence=known.sentence, same=known.counts[proof.Kind.SAME], entries=entries)
