"""A text as words in order, each with its stem, and where two texts share words. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Set
from dataclasses import dataclass

from rag.library.lexical import STOP_WORDS, stems

_WORD = re.compile(r"[A-Za-z]+(?:['’]t\b)?|\d[\d.,]*%?")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in lower case and their stems, one for one. `content` holds None for a word without topic."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str | None, ...]

    def around(self, n: int, reach: int) -> frozenset[str]:
        """Return the content stems at most `reach` words from the word `n`, without its own."""
        near = (*self.content[max(0, n - reach) : n], *self.content[n + 1 : n + 1 + reach])
        return frozenset(stem for stem in near if stem)


@dataclass(frozen=True, slots=True)
class Place:
    """Words `start` to `end` (exclusive) of a text, where `shared` stems of a claim stand."""

    start: int
    end: int
    shared: int


@functools.lru_cache(maxsize=1_024)  # the passages of a source are read again for each sentence
def read_words(text: str) -> Words:
    """Read a text.

    >>> read_words("It doesn't use attention.").stems
    ('it', "doesn't", 'use', 'attent')
    """
    words = tuple(match[0].lower().replace("’", "'") for match in _WORD.finditer(text))
    found = tuple(map(stem, words))
    content = tuple(None if word in STOP_WORDS else s for word, s in zip(words, found, strict=True))
    return Words(words, found, content)


def places(words: Words, wanted: Set[str | None], *, length: int) -> list[Place]:
    """Return the stretches of `length` words that hold most of the wanted stems; none without any."""
    best: list[Place] = []
    for start in range(max(1, len(words.words) - length + 1)):
        shared = len(wanted & frozenset(words.content[start : start + length]))
        if shared and (not best or shared >= best[0].shared):
            place = Place(start, start + length, shared)
            best = [*best, place] if best and shared == best[0].shared else [place]
    return best


@functools.lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the stem of a word; a word that the stemmer parts in two is its own."""
    found = stems(word)
    return found[0] if len(found) == 1 else word
