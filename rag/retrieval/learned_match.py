"""How well a paper matches a question, by a matrix that was learned from claims and their papers. Pure.

A cosine lets each direction of the encoder's space speak for itself alone, and all alike. The score here is
question W paper, with a matrix W of rank 8 (Bai et al. 2009, "Supervised semantic indexing", section 3).
`python -m eval.train_match` made the file; it means nothing for the vectors of another encoder.
"""

from __future__ import annotations

import functools
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rag.library.products import cosines

MATCH_FILE = "match.npy"


def learned_match(question: NDArray[np.float32], papers: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return a score for each paper in the units of the fused score, unbounded; NaN for a paper without vector.

    Shapes (384,) and (papers, 384), rows of length 1, or of zeros where there is no vector yet.
    """
    of_questions, of_papers = _factors()
    sought = (of_papers @ (question @ of_questions)).astype(np.float32)
    return np.where(papers.any(axis=1), cosines(papers, sought).astype(np.float64), np.nan)


@functools.cache
def _factors() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the factors of W for questions and for papers, each of shape (384, 8)."""
    with (files("rag.retrieval") / MATCH_FILE).open("rb") as file:
        of_questions, of_papers = np.load(file, allow_pickle=False).astype(np.float32)
    return of_questions, of_papers
