"""The features of papers for a set question, and the words that speak for each: what `sweeping` holds, taken of many at once."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rag.library.encoder import EncodedQuestion
from rag.library.lexical import STOP_WORDS, stems
from rag.library.library import Library
from rag.retrieval.evidence import QuestionWords, Shown, show
from rag.retrieval.features import Best, Sought, gather_features
from rag.retrieval.feedback import pull_vector
from rag.retrieval.late import late_interaction
from rag.retrieval.mentioned_words import show_mention
from rag.retrieval.neighbours import neighbour_scores
from rag.retrieval.paper_types import PaperType, asked_types, show_type
from rag.retrieval.refining import Candidates, first_order, refine
from rag.retrieval.resemblance import resemblance_by_vectors, resemblance_by_words, share_words, trust
from rag.retrieval.sweeping import FEATURES, Basis, Numbers, Swept, SweptCriterion, SweptPaper
from rag.settings import FeatureWeights, RetrievalSettings
from rag.types import Criterion, Evidence, Paper, PaperId

_QUOTES = 2
_BEST_PASSAGES = 3
_WINDOW = 12  # stems between the first and the last word of a group
_DISTANT = 40  # a group loses a fortieth of its weight with each stem between
_LEADERS = 5
# A question that some paper answers nearly word for word is plainly worded, and its members will hold its words; of
# one worded far from every paper they stand among others. Below, the topic is missing: no reason to list more.
_FAR = 0.7
_OF_PAPERS = ("refined", "late", "paper", "feedback", "neighbours", "words", "words_again")
_OF_WORDS = ("passages", "coverage", "passage_coverage", "proximity", "evidence")
# What is known of a paper whatever stands beside it.
_KNOWN_ALONE = frozenset(
    {"late", "paper", "passages", "coverage", "passage_coverage", "proximity", "evidence", "type"}
)


def sweep_papers(  # noqa: PLR0913  # what is looked for, where, and on what basis
    library: Library,
    sought: Sought,
    best: Best,
    *,
    words: QuestionWords,
    settings: RetrievalSettings,
    basis: Basis,
    kinds: Sequence[PaperType],
) -> Swept:
    """Return the features and the evidence of the papers of `best`; `kinds` are the types asked for.

    Without a crowd the words of the question weigh all the same: how rare a word is among a few papers says
    nothing.
    """
    weights = settings.many_papers
    weighed = words if basis is Basis.CROWD else replace(words, weights=dict.fromkeys(words.weights, 1.0))
    candidates = gather_features(library, sought, best, weights=weights, depth=settings.lexical_depth)
    vector = sought.question.vector if sought.question else None
    cosines: dict[PaperId, NDArray[np.float32]] = {}
    if vector is not None:
        cosines = {paper_id: kept.encoded.passages @ vector for paper_id, kept in best.kept.items()}
    shown = show([paper for paper, _ in best.papers], weighed, cosines, most=_QUOTES)
    pairs = zip(best.papers, shown.evidence, strict=True)
    papers = tuple(SweptPaper(paper, evidence) for (paper, _), evidence in pairs)
    if not papers:
        return Swept((), np.empty((0, len(FEATURES))), basis)
    columns = dict(zip(_OF_PAPERS, _of_papers(candidates, vector, weights), strict=True))
    if sought.question and basis is Basis.ALONE:
        columns["late"] = _late_alone(sought.text, sought.question, best)
    columns |= dict(zip(_OF_WORDS, _of_words(papers, shown, weighed, cosines), strict=True))
    columns["type"] = _of_types([paper for paper, _ in best.papers], kinds)
    columns["late_of_best"] = np.full(len(papers), max(float(np.max(columns["late"])), _FAR))
    if basis is Basis.CROWD:
        columns |= _of_leaders(papers, columns["refined"], candidates.vectors)
    unknown = np.full(len(papers), np.nan)
    features = np.array([columns.get(name, unknown) for name in FEATURES]).T
    known = [basis is Basis.CROWD or name in _KNOWN_ALONE for name in FEATURES]
    return Swept(papers, np.where(known, features, np.nan), basis)


def sweep_type(criterion: Criterion, papers: Sequence[Paper]) -> SweptCriterion:
    """Look which papers are of the type that a criterion asks for, and nothing else."""
    kinds = asked_types(criterion.text)
    return _looked_up(criterion, [show_type(paper, kinds) for paper in papers])


def sweep_words(criterion: Criterion, words: str, papers: Sequence[Paper]) -> SweptCriterion:
    """Look which papers hold the words that a criterion wants mentioned."""
    return _looked_up(criterion, [show_mention(paper, words) for paper in papers])


def _looked_up(criterion: Criterion, shown: Sequence[Evidence | None]) -> SweptCriterion:
    return SweptCriterion(
        criterion,
        np.full((len(shown), len(FEATURES)), np.nan),
        tuple((evidence,) if evidence else () for evidence in shown),
        np.array([evidence is not None for evidence in shown], np.bool_),
    )


def _of_papers(
    candidates: Candidates, vector: NDArray[np.float32] | None, weights: FeatureWeights
) -> list[Numbers]:
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


def _late_alone(text: str, question: EncodedQuestion, best: Best) -> Numbers:
    """Late interaction with every word that carries a topic weighing the same."""
    words = [text[start:end].lower() for start, end in question.spans]
    weights = np.array([word.isalnum() and word not in STOP_WORDS for word in words], np.float32)
    kept = [best.kept.get(paper.id) for paper, _ in best.papers]
    tokens = [one.encoded.tokens if one else np.empty((0, 0), np.int8) for one in kept]
    return late_interaction(question.tokens, weights, tokens).astype(np.float64)


def _of_types(papers: Sequence[Paper], kinds: Sequence[PaperType]) -> Numbers:
    """1 for a paper of the type that is asked for, -1 for another; 0 for all where none is asked for."""
    if not kinds:
        return np.zeros(len(papers))
    return np.array([1.0 if show_type(paper, kinds) else -1.0 for paper in papers])


def _of_words(
    papers: Sequence[SweptPaper],
    shown: Shown,
    words: QuestionWords,
    cosines: Mapping[PaperId, NDArray[np.float32]],
) -> list[Numbers]:
    """What the sentences of papers show: nearness, coverage and proximity of the question's words."""
    ids = [swept.paper.id for swept in papers]
    passages = [_nearness(cosines[one]) if one in cosines else np.nan for one in ids]
    near = [max(proximity(held, words.weights) for held in _sequences(swept.paper)) for swept in papers]
    scores = [swept.evidence[0].score if swept.evidence else 0.0 for swept in papers]
    return [np.array(passages), shown.coverage, shown.best_coverage, np.array(near), np.array(scores)]


def _of_leaders(
    papers: Sequence[SweptPaper], refined: Numbers, vectors: NDArray[np.float32]
) -> dict[str, Numbers]:
    """What papers share with the first ones, each of shape (papers,)."""
    trusted = trust(refined)
    # In the order of their ids, whatever the question: so what they share is worked out once.
    order = sorted(range(len(papers)), key=lambda place: papers[place].paper.id)
    by_words = np.empty(len(papers))
    shared = share_words(tuple(_held(papers[place].paper) for place in order))
    by_words[order] = resemblance_by_words(trusted[order], shared)
    return {"shared_words": by_words, "shared_direction": resemblance_by_vectors(trusted, vectors)}


def _nearness(cosines: NDArray[np.float32]) -> float:
    """The mean cosine of the nearest passages of a paper; NaN of one without passages."""
    return float(np.sort(cosines)[-_BEST_PASSAGES:].mean()) if len(cosines) else np.nan


@functools.lru_cache(1_200)  # the same papers are swept for every question, and for each of its criteria
def _sequences(paper: Paper) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(stems(paper.title)), tuple(stems(paper.abstract))


@functools.lru_cache(1_200)
def _held(paper: Paper) -> frozenset[str]:
    return frozenset().union(*_sequences(paper))


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
