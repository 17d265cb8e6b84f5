"""Late interaction: each word of the question looks for its best match in a paper. Pure.

A paper's score is the mean over the question's tokens, weighted by their rarity, of the highest
cosine with one of the paper's tokens (Khattab and Zaharia 2020, "ColBERT", section 3.3; the weights
are ours). It sees what one vector a paper blurs: whether every word asked for has a counterpart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.library.products import multiply
from rag.library.token_vectors import INT8_ONE

_EIGHT = 8
_AT_ONCE = 16  # papers: their tokens take .6 MB as float32, which stay in the cache


def late_interaction(
    question: NDArray[np.float32], weights: NDArray[np.float32], papers: Sequence[NDArray[np.int8]]
) -> NDArray[np.float32]:
    """Return a score for each paper: -1 to 1, NaN for a paper without token vectors.

    `question` has shape (tokens, dimensions), rows of length 1; `weights` shape (tokens,), not
    negative; each paper shape (its tokens, dimensions), rows of length 127. All are NaN when no
    token weighs anything.
    """
    scores = np.full(len(papers), np.nan, np.float32)
    weighing = weights > 0
    if not weighing.any():
        return scores
    sought, shares = _pad(question[weighing], weights[weighing] / (weights.sum() * INT8_ONE))
    having = [index for index, tokens in enumerate(papers) if len(tokens)]
    for first in range(0, len(having), _AT_ONCE):
        page = having[first : first + _AT_ONCE]
        starts = np.cumsum([0, *(len(papers[index]) for index in page[:-1])])
        cosines = multiply(np.concatenate([papers[index] for index in page], dtype=np.float32), sought)
        scores[page] = np.maximum.reduceat(cosines, starts, axis=0) @ shares
    return scores


def _pad(
    question: NDArray[np.float32], shares: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the tokens as columns, and their shares; 5 to 7 columns become 8, 13 to 15 become 16.

    The products with 7 columns take BLAS twice as long as those with 8. A column of zeros has no share.
    """
    short = -len(question) % _EIGHT
    short = short if short < _EIGHT // 2 else 0
    return np.ascontiguousarray(np.pad(question, ((0, short), (0, 0))).T), np.pad(shares, (0, short))
