"""The search index: which entries hold which pieces of text, in small files of which a search reads a few.

A text is folded and cut into pieces of two characters (一网通办 → 一网 网通 通办 办); a number or a Latin word stays
whole, and so does a title (=一网通办). What holds every other piece of the wanted words is looked up, and then read to
see that it holds the words. Titles are also found by how they are spoken: of Latin letters, initials are looked up in
pieces of two (满意度 → -my -yd), and what is found is read to see whether they are its syllables or initials.
assets/search-index.js folds and cuts alike, and reads the files:

    search/directory.js            with which piece each file begins, and how many entries each department has
    search/parts/pieces-N.js       piece → entries with it in their title, and in their text; sorted
    search/parts/entries-N.js      the entries themselves, in their order
    search/parts/GROUP-VALUE.js    the entries of a kind, a year, a verdict, a state

They are scripts, so that a page opened from a disk may load them, and the same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from generator.analysis.pinyin import syllables
from generator.exports.entries import Entry

FOLDER = "search"
TOGETHER = 16  # entries in a file: a page of results reads about ten files
PIECES_SIZE = 6000  # about so many characters of pieces in a file
_UNIT = re.compile(r"([0-9]+(?:\.[0-9]+)?|[a-z]+)|[^\W_]")
_CHINESE = re.compile("[㐀-鿿]+")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def fold(text: str) -> str:
    """Return what of a text is searched: no punctuation, half-width, lower case, numbers and Latin words in spaces.

    Numbers are written alike: １，０００．５０ is 1000.5.
    """
    plain = re.sub(r"([0-9]),(?=[0-9]{3}(?![0-9]))", r"\1", unicodedata.normalize("NFKC", text).lower())
    return re.sub(" +", " ", "".join(f" {_number(m[1])} " if m[1] else m[0] for m in _UNIT.finditer(plain)))


def _number(word: str) -> str:
    return word.rstrip("0").rstrip(".") if "." in word else word


def pieces(folded: str) -> set[str]:
    """Cut a folded text; the end of a word stands as ~word, for whoever typed only that."""
    found: set[str] = set()
    for part in folded.split():
        if part[0].isascii():
            found |= {part, *(f"~{part[i:]}" for i in range(1, len(part)))}
        else:
            found |= {part[i : i + 2] for i in range(len(part))}
    return found


class Run(NamedTuple):
    """Ascending numbers: the first, the last, and those after the first as text."""

    first: int
    last: int
    rest: str


class Part(NamedTuple):
    """A department's entries, how their titles sound, and which hold a piece in their title, in their text, a value."""

    names: list[str]
    entries: list[Entry]
    spoken: list[str]
    titles: dict[str, Run]
    texts: dict[str, Run]
    values: dict[str, Run]


def _gap(gap: int) -> str:
    """Write the gap from a number to the next in base 32, its last digit marked."""
    text = _DIGITS[32 + gap % 32]
    while gap := gap // 32:
        text = _DIGITS[gap % 32] + text
    return text


def part(names: list[str], entries: list[Entry]) -> Part:
    """Cut the entries of a department, which had these names."""
    titles, texts, values = (defaultdict[str, list[int]](list) for _ in range(3))
    said = [spoken(entry.title) for entry in entries]
    for count, entry in enumerate(entries):
        in_title = _initials(said[count])
        for title in (entry.title, *entry.former):
            in_title |= pieces(fold(title)) | {f"={fold(title).replace(' ', '')}"}
        for piece in in_title:
            titles[piece].append(count)
        for piece in (pieces(fold(entry.text)) | {str(year) for year in entry.years}) - in_title:
            texts[piece].append(count)
        for value in _values(entry):
            values[value].append(count)
    return Part(names, entries, said, *({k: _run(found) for k, found in of.items()} for of in (titles, texts, values)))


def _run(numbers: list[int]) -> Run:
    return Run(numbers[0], numbers[-1], "".join(_gap(two - one) for one, two in pairwise(numbers)))


class _Numbers:
    """The runs of a piece in all departments, as one text of gaps: in bytes, as there are very many."""

    __slots__ = ("_last", "_text")

    def __init__(self) -> None:
        self._last, self._text = -1, b""

    def add(self, run: Run, offset: int) -> None:
        self._text += f"{_gap(run.first + offset - self._last)}{run.rest}".encode()
        self._last = run.last + offset

    def __str__(self) -> str:
        return self._text.decode()


def spoken(title: str) -> str:
    """Return the syllables of a title's Chinese characters: 满意度≥90% → man yi du."""
    return " ".join(syllable for word in _CHINESE.findall(title) for syllable in syllables(word))


def _initials(said: str) -> set[str]:
    """Cut the initials of syllables into pieces of two; a minus tells them from Latin words."""
    initials = "".join(syllable[0] for syllable in said.split())
    return {f"-{initials[place : place + 2]}" for place in range(len(initials) - 1)}


def files(parts: Iterable[Part], synonyms: Sequence[Sequence[str]] = ()) -> Iterator[tuple[str, str]]:
    """Yield every file of the index with its path; `synonyms` are groups of words of which each stands for all."""
    titles, texts, values = (defaultdict[str, _Numbers](_Numbers) for _ in range(3))
    version = hashlib.sha256()
    departments: list[tuple[list[str], int]] = []
    waiting: list[tuple[object, ...]] = []
    count = 0

    def part(name: str, content: Any) -> tuple[str, str]:
        text = _script(name, content)
        version.update(text.encode())
        return f"{FOLDER}/parts/{name}.js", text

    for found in parts:
        for all_of, of in ((titles, found.titles), (texts, found.texts), (values, found.values)):
            for piece, run in of.items():
                all_of[piece].add(run, count)
        for entry, said in zip(found.entries, found.spoken, strict=True):
            waiting.append((*entry, said))
            count += 1
            if len(waiting) == TOGETHER:
                yield part(f"entries-{count // TOGETHER - 1}", waiting)
                waiting = []
        departments.append((found.names, len(found.entries)))
    if waiting:
        yield part(f"entries-{count // TOGETHER}", waiting)
    for value, numbers in sorted(values.items()):
        yield part(value, str(numbers))
    # In the order in which a browser compares texts.
    order = sorted(titles.keys() | texts.keys(), key=lambda piece: piece.encode("utf-16-be"))
    known = {piece: f"{titles.get(piece, '')}.{texts.get(piece, '')}" for piece in order}
    cut = list(_in_files(known))
    for place, pieces_of in enumerate(cut):
        yield part(f"pieces-{place}", pieces_of)
    directory = {
        "version": version.hexdigest()[:12],
        "starts": [next(iter(pieces_of)) for pieces_of in cut],
        "together": TOGETHER,
        "values": sorted(values),
        "departments": departments,
        "synonyms": [[fold(word) for word in group] for group in synonyms],
    }
    yield f"{FOLDER}/directory.js", _script("directory", directory)


def _in_files(known: dict[str, str]) -> Iterator[dict[str, str]]:
    """Part the sorted pieces into files of about one size."""
    found: dict[str, str] = {}
    size = 0
    for piece, numbers in known.items():
        if found and size + len(numbers) > PIECES_SIZE:
            yield found
            found, size = {}, 0
        found[piece] = numbers
        size += len(numbers) + 2 * len(piece) + 6
    if found:
        yield found


def _values(entry: Entry) -> Iterator[str]:
    """Yield what a reader may choose an entry by, as names of files."""
    yield f"kind-{entry.kind.name.lower()}"
    yield from (f"year-{year}" for year in entry.years)
    if entry.verdict:
        yield f"verdict-{entry.verdict.name.lower()}"
    if entry.outcome:
        yield f"state-{entry.outcome[1].name.lower()}"


def _script(name: str, content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f'searchPart("{name}",{text});\n'
