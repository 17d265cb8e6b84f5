"""Token vectors made small, for late interaction: which tokens are kept, and how.

A paper has some 280 tokens of 384 dimensions. Stop words and punctuation are left out, the rest is
projected to 64 dimensions and rounded to int8: about 10 kB a paper, and no measurable loss in
ranking (`docs/retrieval.md`). The projection is the first 64 right singular vectors of the token
vectors of the bundled digests; `python -m eval.projection` made the file. The same idea with a
trained projection: Khattab and Zaharia 2020, "ColBERT", section 3.2.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rag.library.lexical import STOP_WORDS
from rag.library.products import multiply

TOKEN_DIMENSIONS = 64
INT8_ONE = 127  # a cosine of 1
PROJECTION_FILE = "projection.npy"
_CONTINUES = "##"


def carries_topic(pieces: Sequence[str]) -> NDArray[np.bool_]:
    """Tell for each word piece whether it is kept: neither a stop word nor punctuation."""
    words = [piece.removeprefix(_CONTINUES).lower() for piece in pieces]
    return np.array([word.isalnum() and word not in STOP_WORDS for word in words], np.bool_)


def shrink(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """Project token vectors, shape (n, 384), to unit vectors of shape (n, 64)."""
    return unit_rows(multiply(unit_rows(tokens), _projection()))


def to_int8(units: NDArray[np.float32]) -> NDArray[np.int8]:
    """Round unit vectors to int8: 127 stands for 1."""
    return np.round(units * INT8_ONE).astype(np.int8)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale each row to length 1; a row of zeros stays."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(norms > 0, norms, 1.0)).astype(np.float32)


@functools.cache
def _projection() -> NDArray[np.float32]:
    """Shape (384, 64), columns of length 1 at right angles."""
    with (files("rag.library") / PROJECTION_FILE).open("rb") as file:
        matrix: NDArray[np.float32] = np.load(file, allow_pickle=False).astype(np.float32)
    return matrix
