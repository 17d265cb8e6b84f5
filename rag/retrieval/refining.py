"""Order the best papers of the first ranking anew, with what is too dear to ask of all. Pure.

Four features join the fused score, each as a z-score over the candidates, so that weights compare:
late interaction of tokens; BM25 and the vector once more, after feedback from the best papers; and,
for questions that many papers answer, the scores of a paper's nearest neighbours. A fifth, the learned
match, was fitted in the units of the fused score and is only centred. Which of them apply to which
question, and what each is worth, was measured: `docs/retrieval.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.library.products import cosines
from rag.retrieval.feedback import pull_vector
from rag.retrieval.neighbours import neighbour_scores
from rag.settings import FeatureWeights

Scores = NDArray[np.float64]
_NO_SPREAD = 1e-9
_LEADERS = 5


@dataclass(frozen=True, slots=True)
class Candidates:
    """The features of n candidates, in the order of the first ranking; NaN where unknown.

    `fused` are the scores of the first ranking; `late` those of late interaction; `words` and
    `words_again` BM25 without and with the feedback's terms; `match` the learned match; all of shape
    (n,). `vectors` are the papers' unit vectors, shape (n, dimensions), rows of zeros where there is none yet.
    """

    fused: Scores
    late: Scores
    words: Scores
    words_again: Scores
    match: Scores
    vectors: NDArray[np.float32]


def first_order(candidates: Candidates, weights: FeatureWeights) -> NDArray[np.intp]:
    """Return the candidates' indexes by fused score and late interaction: who gives feedback."""
    return _order(_with_late(candidates, weights))


def refine(
    candidates: Candidates, question: NDArray[np.float32] | None, *, weights: FeatureWeights
) -> Scores:
    """Return a new score for each candidate, higher is better; `question` is its unit vector, if any."""
    scores = refined = _with_late(candidates, weights)
    if weights.words:
        again = standardise(candidates.words_again) - standardise(candidates.words)
        refined = refined + weights.words * float(candidates.fused.std()) * again
    if weights.match:
        refined = refined + weights.match * _centre(candidates.match)
    if question is not None and weights.vector:
        pulled = pull_vector(question, candidates.vectors[_order(scores)[:_LEADERS]])
        nearer = standardise(_cosines(candidates, pulled)) - standardise(_cosines(candidates, question))
        refined = refined + weights.vector * nearer
    if weights.neighbours:
        near = neighbour_scores(refined, candidates.vectors)
        refined = refined + weights.neighbours * float(refined.std()) * standardise(near)
    return refined


def standardise(values: Scores) -> Scores:
    """Scale to mean 0 and standard deviation 1; unknown values (NaN) count as the mean.

    >>> standardise(np.array([1.0, 3.0, np.nan])).tolist()
    [-1.0, 1.0, 0.0]
    """
    unknown = np.isnan(values)
    some = bool(unknown.any())
    known = values[~unknown] if some else values
    spread = float(known.std()) if len(known) else 0.0
    if spread < _NO_SPREAD:
        return np.zeros(len(values))
    scaled: Scores = (values - known.mean()) / spread
    return np.where(unknown, 0.0, scaled) if some else scaled


def _centre(values: Scores) -> Scores:
    """Scale to mean 0; unknown values (NaN) count as the mean."""
    unknown = np.isnan(values)
    if unknown.all():
        return np.zeros(len(values))
    return np.where(unknown, 0.0, values - values[~unknown].mean())


def _with_late(candidates: Candidates, weights: FeatureWeights) -> Scores:
    return candidates.fused + weights.late * standardise(candidates.late)


def _cosines(candidates: Candidates, vector: NDArray[np.float32]) -> Scores:
    known = candidates.vectors.any(axis=1)
    return np.where(known, cosines(candidates.vectors, vector).astype(np.float64), np.nan)


def _order(scores: Scores) -> NDArray[np.intp]:
    return np.argsort(-scores, kind="stable")
