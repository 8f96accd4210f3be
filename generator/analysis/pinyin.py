"""Chinese text → how it is spoken, for addresses, for the order of names and for readers who type Latin letters."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(10_000)  # names come again every year
def syllables(text: str) -> tuple[str, ...]:
    """Return the syllables of a text without tones, one a character, in lower case; what is no Chinese stays a word.

    重点行业 → zhong dian hang ye: characters with several readings are told by the words they stand in.
    """
    from pypinyin import lazy_pinyin  # slow to import; a check goes without

    return tuple(syllable.lower() for syllable in lazy_pinyin(text))
