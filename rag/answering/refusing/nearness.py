"""How near does an abstract come to what is asked? Numbers for the judge of `silence.py`. Pure.

A question's words are parted into those that say of what paper (its title holds them) and those that ask
(the others of the clause that asks, and the head of its phrase: "how many *annotators*"). For each sentence, and
for the paper as a whole, the mean of the asking words' highest cosines is taken, as late interaction does (Khattab
and Zaharia 2020, "ColBERT", section 3.3); then the best sentence, how far it stands out, and whether a paper beside
comes nearer. The vectors of the asking words go along as they are: some things are hardly ever told in an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answering.refusing.asked_part import FIGURES, NAMES, AskedPart, Form, asked_part
from rag.answering.refusing.details import has_number
from rag.answering.refusing.foreign_names import names
from rag.library.lexical import STOP_WORDS, content_terms, stems
from rag.library.products import multiply
from rag.library.token_vectors import INT8_ONE, unit_rows
from rag.retrieval.closeness import Closeness
from rag.types import Ranking, Span

Numbers = NDArray[np.float64]
_UNKNOWN = 0.5  # rarity of a word that the ranking did not weigh
_LEAST = 0.1
_MOST_NAMES = 3
_BESIDES = re.compile(r"\b(?:besides?|other than|apart from|else|also|too|beyond)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Nearness:
    """Features by name, and the mean vectors, each of shape (64,), of the words that ask and of their head."""

    features: Mapping[str, float]
    asking: Numbers
    head: Numbers

    @property
    def asks_yes_or_no(self) -> bool:
        """Tell whether the question says itself what it asks."""
        return self.features[f"form: {Form.POLAR.value}"] > 0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    span: Span
    terms: frozenset[str]
    rows: tuple[int, ...]


def measure(close: Closeness, ranking: Ranking, *, evidence: float) -> Nearness | None:
    """Measure a question beside a paper; `evidence` is what speaks for its topic. None for one without content."""
    words = _words(close)
    if not words:
        return None
    part = asked_part(close.text)
    title = frozenset(stems(close.paper.title))
    locates = np.array([_is_in_title(word, title, close.paper.title.lower()) for word in words])
    in_clause = np.array([_within(word.span, part.clause) for word in words])
    asks = _first_of(in_clause & ~locates, ~locates, np.ones(len(words), np.bool_))
    in_phrase = np.array([any(_within(word.span, one) for one in part.phrase) for word in words])
    is_head = np.array([part.head is not None and _within(word.span, part.head) for word in words])
    heads = _first_of(is_head, in_phrase & ~locates, asks)
    matched = _Matched.of(close, words, ranking)
    vectors = unit_rows(
        np.array([close.question.tokens[list(w.rows)].mean(axis=0) for w in words], np.float32)
    )
    features = {
        **{f"form: {form.value}": float(part.form is form) for form in Form},
        "words": float(len(words)),
        "asking words": float(asks.sum()),
        "some locate": float(locates.any()),
        "besides": float(bool(_BESIDES.search(close.text))),
        "or": float(" or " in close.text),
        "similarity": ranking.similarity or 0.0,
        "coverage": ranking.coverage,
        "topic": evidence,
        **matched.told("asking", asks),
        **matched.told("head", heads),
        **_sentences(close, matched, part, asks=asks, heads=heads),
    }
    return Nearness(
        features,
        vectors[asks].mean(axis=0).astype(np.float64),
        vectors[heads].mean(axis=0).astype(np.float64),
    )


@dataclass(frozen=True, slots=True)
class _Matched:
    """The highest cosine of each word: in each sentence, in the paper, in each paper beside; shapes (n, words), (words,)."""

    sentences: Numbers
    whole: Numbers
    beside: Numbers
    held: NDArray[np.bool_]
    weights: Numbers

    @classmethod
    def of(cls, close: Closeness, words: Sequence[_Word], ranking: Ranking) -> _Matched:
        tokens = close.encoded.tokens
        cosines = _cosines(close, tokens)
        sentences = [
            _by_word(cosines[:, close.places == passage.ordinal], words) for passage in close.passages
        ]
        beside = [_by_word(_cosines(close, one.tokens), words) for one in close.beside]
        said = frozenset(stems(close.paper.abstract))
        rarity = [max((ranking.rarity.get(t, _UNKNOWN) for t in w.terms), default=_UNKNOWN) for w in words]
        whole = _by_word(cosines, words)
        return cls(
            np.array(sentences),
            whole,
            np.array(beside or [whole]),
            np.array([not word.terms.isdisjoint(said) for word in words]),
            np.array(rarity) + _LEAST,
        )

    def told(self, name: str, chosen: NDArray[np.bool_]) -> dict[str, float]:
        """What the paper tells of some of the words."""
        by_sentence, whole = self.sentences[:, chosen].mean(axis=1), self.whole[chosen]
        weights = self.weights[chosen]
        return {
            f"{name}: best sentence": float(by_sentence.max()),
            f"{name}: stands out": float(by_sentence.max() - by_sentence.mean()),
            f"{name}: mean": float(whole.mean()),
            f"{name}: least": float(whole.min()),
            f"{name}: nearer beside": float(self.beside[:, chosen].mean(axis=1).max() - whole.mean()),
            f"{name}: in its words": float((self.held[chosen] * weights).sum() / weights.sum()),
        }


def _sentences(
    close: Closeness,
    matched: _Matched,
    part: AskedPart,
    *,
    asks: NDArray[np.bool_],
    heads: NDArray[np.bool_],
) -> dict[str, float]:
    """The sentences as wholes: which is nearest, and whether those that match hold a number or a name."""
    cosines = (close.encoded.passages @ close.question.vector).astype(np.float64)
    nearest = int(cosines.argmax())
    beside = [
        float((one.passages @ close.question.vector).max()) for one in close.beside if len(one.passages)
    ]
    figures = np.array([float(has_number(passage.text)) for passage in close.passages])
    named = np.array([float(sum(1 for _ in names(passage.text))) for passage in close.passages])
    head = matched.sentences[:, heads].mean(axis=1)
    at, wants_figure, wants_name = int(head.argmax()), float(part.form in FIGURES), float(part.form in NAMES)
    return {
        "nearest: cosine": float(cosines.max()),
        "nearest: stands out": float(cosines.max() - cosines.mean()),
        "nearest: asking": float(matched.sentences[nearest, asks].mean()),
        "nearest: head": float(matched.sentences[nearest, heads].mean()),
        "paper: cosine": float(close.encoded.paper @ close.question.vector),
        "nearer beside": max(beside, default=0.0) - float(cosines.max()),
        "figure in nearest": wants_figure * figures[nearest],
        "figure at head": wants_figure * figures[at],
        "figure near head": wants_figure * float((head * figures).max()),
        "name at head": wants_name * min(_MOST_NAMES, named[at]),
        "name near head": wants_name * float((head * (named > 0)).max()),
    }


def _words(close: Closeness) -> list[_Word]:
    """The words of the question that carry content, each with the rows of its tokens."""
    rows: dict[tuple[int, int], list[int]] = {}
    for row, (start, end) in enumerate(close.question.spans.tolist()):
        rows.setdefault((start, end), []).append(row)
    words = []
    for (start, end), own in rows.items():
        text = close.text[start:end]
        if text.lower() not in STOP_WORDS and any(char.isalnum() for char in text):
            words.append(_Word(text, Span(start, end), frozenset(content_terms(text)), tuple(own)))
    return words


def _is_in_title(word: _Word, title: frozenset[str], spelt: str) -> bool:
    return not word.terms.isdisjoint(title) if word.terms else word.text.lower() in spelt


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _first_of(*choices: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The first choice that chooses anything; the last is taken anyway."""
    return next((choice for choice in choices if choice.any()), choices[-1])


def _cosines(close: Closeness, tokens: NDArray[np.int8]) -> NDArray[np.float32]:
    """Cosines of the question's tokens with some of a paper's, shape (question's, paper's)."""
    return multiply(close.question.tokens, np.ascontiguousarray(tokens.T, np.float32) / np.float32(INT8_ONE))


def _by_word(cosines: NDArray[np.float32], words: Sequence[_Word]) -> Numbers:
    """The mean over a word's tokens of their highest cosine; 0 where there is no token to match."""
    if not cosines.shape[1]:
        return np.zeros(len(words))
    highest = cosines.max(axis=1)
    return np.array([float(highest[list(word.rows)].mean()) for word in words])
