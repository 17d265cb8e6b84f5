"""Papers that are alike answer the same questions: each takes part of its neighbours' scores. Pure.

The cluster hypothesis (Jardine and van Rijsbergen 1971), as a smoothing of scores over the graph of
nearest neighbours (Diaz 2005, "Regularizing ad hoc retrieval scores"). It helps questions that many
papers answer, and only those: where one paper is sought, its neighbours are rivals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rag.library.products import multiply

_NEIGHBOURS = 5


def neighbour_scores(scores: NDArray[np.float64], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for each paper the mean score of its five nearest, weighted by their cosines.

    Shapes (papers,) and (papers, dimensions), rows of length 1. A paper without neighbours that are
    nearer than a right angle keeps its own score.
    """
    most = min(_NEIGHBOURS, len(scores) - 1)
    if most < 1:
        return scores
    near = multiply(vectors, vectors.T)
    np.fill_diagonal(near, 0.0)
    least = np.partition(near, -most, axis=1)[:, -most, None]
    graph = np.where(near >= least, np.maximum(near, 0.0), 0.0)
    total = graph.sum(axis=1)
    mean = np.vecdot(graph, scores) / np.where(total > 0, total, 1.0)
    return np.where(total > 0, mean, scores)
