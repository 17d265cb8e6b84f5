"""What is known of the candidates of a search: the features that `refining` weighs.

Reads the library (texts, kept encodings, word statistics) and turns it into arrays; all rules are
elsewhere.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from rag.library.encoder import MODEL, EncodedQuestion
from rag.library.encodings import Kept
from rag.library.lexical import STOP_WORDS, stems
from rag.library.library import Library
from rag.retrieval.feedback import expand_terms, saturate
from rag.retrieval.late import late_interaction
from rag.retrieval.learned_match import learned_match
from rag.retrieval.refining import Candidates, first_order
from rag.settings import FeatureWeights
from rag.types import Paper, PaperId

_GIVING_FEEDBACK = 10


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: the text, its stems with their weights, its vector and tokens if any.

    `within` are the papers among which it is looked for; None means all. `by_words` are the BM25 scores
    that the text gave.
    """

    text: str
    terms: Mapping[str, float]
    within: Set[PaperId] | None
    by_words: Mapping[PaperId, float]
    question: EncodedQuestion | None


@dataclass(frozen=True, slots=True)
class Best:
    """The best papers of a first ranking with their scores, and the encodings of those that have one."""

    papers: Sequence[tuple[Paper, float]]
    kept: Mapping[PaperId, Kept]


def gather_features(
    library: Library, sought: Sought, best: Best, *, weights: FeatureWeights, depth: int
) -> Candidates:
    """Return the features of the best papers, in their order; `depth` is BM25's number of papers."""
    papers = [paper for paper, _ in best.papers]
    ids = [paper.id for paper in papers]
    kept = [best.kept.get(paper_id) for paper_id in ids]
    matched = weights.match and library.encoder.model == MODEL
    compared = weights.vector or weights.neighbours or matched
    vectors = _vectors(sought.question if compared else None, kept)

    candidates = Candidates(
        fused=np.array([score for _, score in best.papers]),
        late=_late(library, sought, kept),
        words=np.zeros(len(ids)),
        words_again=np.zeros(len(ids)),
        match=_match(sought.question if matched else None, vectors),
        vectors=vectors,
    )
    if not weights.words or not papers:
        return candidates
    leading = [_saturated(papers[index]) for index in first_order(candidates, weights)[:_GIVING_FEEDBACK]]
    rarity = library.lexical.rarity(set().union(*leading))
    expanded = expand_terms(sought.terms, leading, rarity)
    again = library.lexical.search_terms(expanded, depth=depth, within=sought.within)
    return replace(candidates, words=_scores(sought.by_words, ids), words_again=_scores(again, ids))


def _scores(found: Mapping[PaperId, float], ids: Sequence[PaperId]) -> NDArray[np.float64]:
    return np.array([found.get(paper_id, 0.0) for paper_id in ids])


def _late(library: Library, sought: Sought, kept: Sequence[Kept | None]) -> NDArray[np.float64]:
    if sought.question is None:
        return np.full(len(kept), np.nan)
    weights = _token_weights(library, sought.text, sought.question)
    tokens = [one.encoded.tokens if one else np.empty((0, 0), np.int8) for one in kept]
    return late_interaction(sought.question.tokens, weights, tokens).astype(np.float64)


def _token_weights(library: Library, text: str, question: EncodedQuestion) -> NDArray[np.float32]:
    """Each token weighs as much as its word is rare; words that carry no topic weigh nothing."""
    words = [text[start:end].lower() for start, end in question.spans]
    stemmed = {word: held[0] for word in set(words) - STOP_WORDS if (held := stems(word))}
    rarity = library.lexical.rarity(set(stemmed.values()))
    return np.array([rarity[stemmed[word]] if word in stemmed else 0.0 for word in words], np.float32)


def _match(question: EncodedQuestion | None, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    if question is None:
        return np.full(len(vectors), np.nan)
    return learned_match(question.vector, vectors)


def _vectors(question: EncodedQuestion | None, kept: Sequence[Kept | None]) -> NDArray[np.float32]:
    if question is None:
        return np.zeros((len(kept), 1), np.float32)
    nothing = np.zeros(len(question.vector), np.float32)
    return np.array([one.encoded.paper if one else nothing for one in kept], np.float32).reshape(
        len(kept), len(nothing)
    )


@functools.lru_cache(512)  # the same papers lead many searches
def _saturated(paper: Paper) -> Mapping[str, float]:
    """The stems as the word index counts them: those of the title twice."""
    title = stems(paper.title)
    return saturate(chain(title, title, stems(paper.abstract)))
