"""Look closely at every paper of a scope: the features that tell members of a set from neighbours.

A ranking asks which papers come first. A set question asks of each paper whether it belongs, so the
features are taken of all of them, not of the best few. `rag.answering.verdicts` makes a probability
of them; `eval.train_verdicts` gave each its weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.library.lexical import stems
from rag.library.library import Library
from rag.library.passages import split_passages
from rag.retrieval.evidence import QuestionWords, choose_evidence, paper_coverage
from rag.retrieval.features import Best, Sought, gather_features
from rag.retrieval.feedback import pull_vector
from rag.retrieval.neighbours import neighbour_scores
from rag.retrieval.refining import Candidates, first_order, refine
from rag.settings import FeatureWeights, RetrievalSettings
from rag.types import Evidence, Paper, PaperId

FEATURES = (
    "refined",
    "late",
    "paper",
    "feedback",
    "passages",
    "coverage",
    "passage_coverage",
    "proximity",
    "evidence",
    "neighbours",
    "words",
    "words_again",
)
_QUOTES = 2
_BEST_PASSAGES = 3
_WINDOW = 12  # stems between the first and the last word of a group
_DISTANT = 40  # a group loses a fortieth of its weight with each stem between
_LEADERS = 5


@dataclass(frozen=True, slots=True)
class SweptPaper:
    """A paper that was looked at, and the words that speak for it, best first."""

    paper: Paper
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Swept:
    """n papers in the order of the first ranking; `features` has shape (n, 12), NaN where unknown.

    `compared` is the number of papers that were looked at beside each other: n, or more where the scope
    is a part of them.
    """

    papers: tuple[SweptPaper, ...]
    features: NDArray[np.float64]
    compared: int

    def among(self, ids: Set[PaperId]) -> Swept:
        """Return what was found of some papers; they were looked at beside all the others."""
        kept = [place for place, one in enumerate(self.papers) if one.paper.id in ids]
        return Swept(tuple(self.papers[place] for place in kept), self.features[kept], self.compared)


def sweep_papers(
    library: Library,
    sought: Sought,
    best: Best,
    *,
    words: QuestionWords,
    settings: RetrievalSettings,
) -> Swept:
    """Return the features and the evidence of the papers of `best`."""
    weights = settings.many_papers
    candidates = gather_features(library, sought, best, weights=weights, depth=settings.lexical_depth)
    vector = sought.question.vector if sought.question else None
    cosines: dict[PaperId, NDArray[np.float32]] = {}
    if vector is not None:
        cosines = {paper_id: kept.encoded.passages @ vector for paper_id, kept in best.kept.items()}
    papers = tuple(_look_at(paper, words, cosines.get(paper.id)) for paper, _ in best.papers)
    whole = np.array(_of_papers(candidates, vector, weights)).T
    parts = [_of_words(swept, words, cosines.get(swept.paper.id)) for swept in papers]
    made = np.hstack([whole, np.array(parts)]) if papers else np.empty((0, len(FEATURES)))
    return Swept(papers, made[:, _ORDER], len(papers))


# The columns as they are made; `FEATURES` lists them as they are read.
_MADE = (
    *("refined", "late", "paper", "feedback", "neighbours", "words", "words_again"),
    *("passages", "coverage", "passage_coverage", "proximity", "evidence"),
)
_ORDER = [_MADE.index(name) for name in FEATURES]


def _look_at(paper: Paper, words: QuestionWords, cosines: NDArray[np.float32] | None) -> SweptPaper:
    near = {} if cosines is None else dict(enumerate(cosines.tolist()))
    return SweptPaper(paper, choose_evidence(paper, words, near, most=_QUOTES))


def _of_papers(
    candidates: Candidates, vector: NDArray[np.float32] | None, weights: FeatureWeights
) -> list[NDArray[np.float64]]:
    """What is known of papers as a whole, each of shape (papers,)."""
    refined = refine(candidates, vector, weights=weights)
    unknown = np.full(len(refined), np.nan)
    near, pulled, neighbours = unknown, unknown, unknown
    if vector is not None and len(refined):
        known = candidates.vectors.any(axis=1)
        leaders = candidates.vectors[first_order(candidates, weights)[:_LEADERS]]
        near = np.where(known, candidates.vectors @ vector, np.nan)
        pulled = np.where(known, candidates.vectors @ pull_vector(vector, leaders), np.nan)
        neighbours = np.where(known, neighbour_scores(refined, candidates.vectors), np.nan)
    return [refined, candidates.late, near, pulled, neighbours, candidates.words, candidates.words_again]


def _of_words(
    swept: SweptPaper, words: QuestionWords, cosines: NDArray[np.float32] | None
) -> tuple[float, ...]:
    """What the sentences of one paper show: nearness, coverage and proximity of the question's words."""
    paper = swept.paper
    passages = (
        np.nan if cosines is None or not len(cosines) else float(np.sort(cosines)[-_BEST_PASSAGES:].mean())
    )
    best = max((words.coverage(frozenset(stems(p.text))) for p in split_passages(paper)), default=0.0)
    near = max(proximity(stems(text), words.weights) for text in (paper.title, paper.abstract))
    score = swept.evidence[0].score if swept.evidence else 0.0
    return passages, paper_coverage(paper, words), best, near, score


def proximity(held: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return how much of the question's words stands close together, by weight: 0 to 1.

    The best group of words within 12 stems counts, less a fortieth for each stem between its ends.

    >>> proximity(["local", "and", "global"], {"local": 1.0, "global": 1.0})
    0.95
    """
    places = [(at, stem) for at, stem in enumerate(held) if stem in weights]
    best = 0.0
    for first, (start, _) in enumerate(places):
        group: dict[str, float] = {}
        for at, stem in places[first : first + _WINDOW]:
            if at - start > _WINDOW:
                break
            group[stem] = weights[stem]
            best = max(best, sum(group.values()) * (1 - (at - start) / _DISTANT))
    return best / sum(weights.values()) if best else 0.0
