"""How much each paper resembles those that lead: members of a set are alike in more than the question's words. Pure.

The first papers of a ranking are taken as members, each trusted less than the one before it, and teach what else to
look for: the words that papers share, and the direction in which members' vectors lie apart from all others. Self-training
on the question at hand (Nigam et al. 2000, "Text classification from labeled and unlabeled documents", section 5.3.1), in
two closed forms. No paper counts for itself.
"""

from __future__ import annotations

import functools
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from rag.library.products import multiply
from rag.retrieval.refining import standardise

# In ranks. 2 to 5 were alike on the tuning halves, 7 was worse.
_HALF_LIFE = 3.5
_LEAST_SHARE = 1e-3
# Times the mean variance of a dimension; 1 to 10 were alike.
_RIDGE = 3.0
_LEAST_RIDGE = 1e-6  # papers that are all alike differ by rounding alone
_HELD_BY_MANY = 0.25
_NO_SPREAD = 1e-9

Numbers = NDArray[np.float64]
Matrix = NDArray[np.float32]


def trust(scores: Numbers) -> Numbers:
    """Return how far each paper is taken as a member: 1 for the best, half as much 3.5 ranks below it.

    >>> trust(np.array([0.1, 2.0])).round(2).tolist()
    [0.82, 1.0]
    """
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    shares: Numbers = 0.5 ** (ranks / _HALF_LIFE)
    return shares


def resemblance_by_words(trusted: Numbers, words: Matrix) -> Numbers:
    """Return a z-score for each paper: the log of the mean trust in the papers that share its words.

    `words` is what `share_words` gives for the same papers in the same order.
    """
    return standardise(np.log(words @ trusted + _LEAST_SHARE))


def resemblance_by_vectors(trusted: Numbers, vectors: Matrix) -> Numbers:
    """Return a z-score for each paper: how far it lies in the direction of the trusted ones (Fisher 1936).

    `vectors` has shape (n, dimensions), rows of length 1, or of zeros where unknown: these are NaN. Linear discriminant
    analysis with a ridge (Hastie et al. 2009, section 4.3.1); what a paper's own trust adds to its score is taken off.
    """
    known: NDArray[np.bool_] = np.any(vectors != 0, axis=1)
    if not known.any():
        return np.full(len(vectors), np.nan)
    centred = np.where(known[:, None], vectors - vectors[known].mean(axis=0), 0.0).astype(np.float32)
    whitened = multiply(centred, _inverse_spread(centred, int(known.sum())))
    shares = np.where(known, trusted, 0.0) / trusted[known].sum()
    scores = whitened @ (shares @ centred) - shares * np.vecdot(whitened, centred)
    return np.where(known, standardise(np.where(known, scores, np.nan)), np.nan)


def _inverse_spread(centred: Matrix, known: int) -> Matrix:
    spread = multiply(np.ascontiguousarray(centred.T), centred) / known
    ridge = _RIDGE * float(np.trace(spread)) / len(spread) + _LEAST_RIDGE
    inverse: Matrix = np.linalg.inv(spread + ridge * np.eye(len(spread))).astype(np.float32)
    return inverse


@functools.lru_cache(2)  # the same papers are swept for every question; 4 MB for a thousand
def share_words(stems: tuple[frozenset[str], ...]) -> Matrix:
    """Return how much of its words each of n papers shares with each other one: shape (n, n), rows that sum to 1 or 0.

    By the square of the cosine of their stems, rare ones weighing more; a stem counts that two papers hold and at most
    a quarter of them.
    """
    holders = Counter(stem for held in stems for stem in held)
    most = _HELD_BY_MANY * len(stems)
    columns = {stem: at for at, stem in enumerate(s for s, n in sorted(holders.items()) if 1 < n <= most)}
    rarity = [np.log(len(stems) / holders[stem]) for stem in columns]
    held = np.zeros((len(stems), len(columns)), np.float32)
    for row, of_paper in enumerate(stems):
        places = [columns[stem] for stem in of_paper if stem in columns]
        held[row, places] = [rarity[at] for at in places]
    return _shares(held)


def _shares(held: Matrix) -> Matrix:
    lengths = np.linalg.norm(held, axis=1, keepdims=True)
    units = held / np.maximum(lengths, _NO_SPREAD)
    alike: Matrix = (units @ units.T) ** 2
    np.fill_diagonal(alike, 0.0)
    alike /= np.maximum(alike.sum(axis=1, keepdims=True), _NO_SPREAD)
    return alike
