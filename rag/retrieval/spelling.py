"""Typing errors in a question, mended with the words of the library.

A word is taken for a slip when neither the library nor the encoder's vocabulary of common words knows it, and
a word of the library lies one or two errors away. The index holds stems, and a slip may change what the stemmer
cuts off ("medcal", "learnig"): so every word that is one error away is made and stemmed, as in Norvig 2007, "How to
write a spelling corrector"; which of them some paper holds, the index tells.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from rag.library.encoder import common_words
from rag.library.lexical import STOP_WORDS, stems
from rag.library.library import Library
from rag.types import Paper, PaperId

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_SLIP = 5
_TWO_ERRORS = 8
_MOST_SLIPS = 12  # each costs a search; a page that was pasted whole is left as it is beyond
_LIKE_IT = 20
_MOST_STEMS = 4
_OF_A_STEM = 8


def mend_slips(text: str, library: Library) -> str:
    """Return a question with its typing errors mended, where the library has a word that was meant."""
    slips = _unknown_words(text, library)
    mended = {word: _meant(word, _neighbours(word, text), library) for word in slips}
    return _WORD.sub(lambda match: mended.get(match.group()) or match.group(), text)


def _unknown_words(text: str, library: Library) -> list[str]:
    """Words that may be slips: long enough, no name such as "ResNeXt", unknown to library and English.

    A word with letters beyond a to z is of another language, or is written with care.
    """
    words = [
        word
        for word in dict.fromkeys(_WORD.findall(text))
        if len(word) >= _SHORTEST_SLIP
        and word.isascii()
        and word[1:].islower()
        and word.lower() not in STOP_WORDS
    ]
    stemmed = {word: held[0] for word in words if (held := stems(word))}
    uncommon = {w: stem for w, stem in stemmed.items() if not {w.lower(), stem} & common_words()}
    unknown = library.lexical.unknown(set(uncommon.values()))
    return [word for word, stem in uncommon.items() if stem in unknown][:_MOST_SLIPS]


def _neighbours(slip: str, text: str) -> tuple[str, str]:
    """The stems of the words before and after a slip, "" where none stands there."""
    words = _WORD.findall(text)
    at = words.index(slip)
    before, after = words[at - 1 : at] if at else [], words[at + 1 : at + 2]
    return "".join(stems("".join(before))[:1]), "".join(stems("".join(after))[:1])


def _meant(word: str, beside: tuple[str, str], library: Library) -> str | None:
    """The library's word that is nearest to an unknown one: fewest errors, beside the same words, most frequent.

    A long word may hold two errors; it is looked for with one first.
    """
    for errors in (1, 2) if len(word) >= _TWO_ERRORS else (1,):
        near = _near(word.lower(), library.catalogue.get(_holders(word, library, errors)).values(), errors)
        if near:
            apart = {held: OSA.distance(held, word.lower()) for held in near}
            nearest = [held for held in near if apart[held] == min(apart.values())]
            rarity = library.lexical.rarity({stems(held)[0] for held in nearest})
            fitting = {
                held: _fit(stems(held)[0], beside, library) if len(nearest) > 1 else 0 for held in nearest
            }
            return min(nearest, key=lambda held: (-fitting[held], rarity[stems(held)[0]], -near[held], held))
    return None


def _fit(stem: str, beside: tuple[str, str], library: Library) -> int:
    """The number of papers, up to some, in which a stem stands next to a neighbour: "sparse autoencoder"."""
    before, after = beside
    phrases = [(before, stem)] * bool(before) + [(stem, after)] * bool(after)
    return len(library.lexical.search_phrases(dict.fromkeys(phrases, 1.0), depth=_LIKE_IT))


def _holders(word: str, library: Library, errors: int) -> list[PaperId]:
    """Papers that may hold a word so many errors from this one."""
    like = library.lexical.like(stems(word)[0], errors=errors, depth=_LIKE_IT)
    if errors > 1:
        return like
    made = {stem for one in one_error_away(word.lower()) for stem in stems(one)[:1]}
    held = library.lexical.rarity(made - library.lexical.unknown(made))
    commonest = sorted(held, key=lambda stem: (held[stem], stem))[:_MOST_STEMS]
    more = [library.lexical.search_terms({stem: 1.0}, depth=_OF_A_STEM) for stem in commonest]
    return [*dict.fromkeys(chain(like, *more))]


def _near(word: str, papers: Iterable[Paper], errors: int) -> Counter[str]:
    """How often papers hold the words that are at most so many errors away and begin alike."""
    near: Counter[str] = Counter()
    for paper in papers:
        for held, count in _words(paper).get(word[0], {}).items():
            if OSA.distance(held, word, score_cutoff=errors) <= errors:
                near[held] += count
    return near


def one_error_away(word: str) -> Iterator[str]:
    """Yield what becomes of a word with a letter left out, changed or put in, or two that change places.

    The first letter stays: hardly a slip is in it, and "inter" and "enter" are two words.

    >>> made = set(one_error_away("cod"))
    >>> {"code", "cd", "cad", "cdo"} <= made, "rod" in made
    (True, False)
    """
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in ascii_lowercase)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in ascii_lowercase)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


@functools.lru_cache(1_000)  # the same papers hold the same words again and again; some 10 kB each
def _words(paper: Paper) -> Mapping[str, Mapping[str, int]]:
    """How often each longer word occurs, by its first letter."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in _WORD.findall(f"{paper.title} {paper.abstract}".lower()):
        if len(word) >= _SHORTEST_SLIP:
            found[word[0]][word] += 1
    return found
