"""Which sentences of two papers may disagree? Told by words that point: more, less, better, worse. Pure.

Two sentences may disagree when they speak of the same thing and point contrary ways, or one turns by a
negation what the other says. Nothing here understands a sentence, so nothing is claimed: what is found is
shown with its words, to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from rag.answering.checks.cues import CONTRARY, Sense, are_contrary, is_turned, negations, sense
from rag.answering.checks.words import Words, read_words
from rag.types import Evidence, Paper

_REACH = 6
# Of what two sentences say near their pointing words, so many stems must be shared, one of them close by.
_LEAST_SHARED = 3
_OBJECT = 3
# They tell what is aimed at, not what came out; or name a thing, as a contrastive loss.
_NO_OUTCOMES = frozenset(
    {"maximize", "maximise", "minimize", "minimise", "compress", "induce", "loss", "losses", "least"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a paper."""

    paper: Paper
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Tension:
    """Two sentences of two papers that may disagree, with the words that point contrary ways."""

    one: Said
    other: Said
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Pointing:
    """A word that points, its sense with a negation taken in, and the stems around it."""

    word: str
    sense: Sense
    turned: bool
    around: frozenset[str]
    close: frozenset[str]

    def __str__(self) -> str:
        return f"not … {self.word}" if self.turned else self.word


def find_tensions(said: Sequence[Said], about: Set[str]) -> tuple[Tension, ...]:
    """Return the pairs of sentences, of different papers, that may disagree on what is asked.

    `about` holds the stems of the question's content words; one of them must stand near both words.
    """
    pairs = ((one, other) for one, other in combinations(said, 2) if one.paper.id != other.paper.id)
    found = ((one, other, _opposed(one.evidence.quote, other.evidence.quote, about)) for one, other in pairs)
    return tuple(Tension(one, other, words) for one, other, words in found if words)


def _opposed(one: str, other: str, about: Set[str]) -> tuple[str, str] | None:
    for first in _pointing(read_words(one)):
        for second in _pointing(read_words(other)):
            if _point_apart(first, second) and _same_thing(first, second, about):
                return str(first), str(second)
    return None


def _point_apart(first: _Pointing, second: _Pointing) -> bool:
    if first.turned or second.turned:
        return first.sense is second.sense and first.turned != second.turned
    return second.sense is CONTRARY[first.sense] and are_contrary(first.word, second.word)


def _same_thing(first: _Pointing, second: _Pointing, about: Set[str]) -> bool:
    shared = first.around & second.around
    return len(shared) >= _LEAST_SHARED and bool(shared & about) and bool(first.close & second.close)


def _pointing(words: Words) -> Iterator[_Pointing]:
    turned = set(negations(words))
    for n, word in enumerate(words.words):
        found = sense(words, n)
        if found is None or word in _NO_OUTCOMES:
            continue
        is_denied = is_turned(words, n) or bool(turned & set(range(max(0, n - _OBJECT), n)))
        yield _Pointing(word, found, is_denied, words.around(n, _REACH), words.around(n, _OBJECT))
