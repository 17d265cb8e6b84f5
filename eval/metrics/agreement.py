"""Do two ways of scoring the same answers agree? Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_LEAST = 3


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return the rank correlation of paired values, -1 to 1; None for fewer than three, or without spread.

    Spearman 1904, "The proof and measurement of association between two things"; ties share their mean
    rank. Agreement, because the two need not be on one scale.

    >>> spearman([0.1, 0.5, 0.9], [1.0, 4.0, 5.0])
    1.0
    >>> spearman([0.0, 0.0, 1.0, 1.0], [1.0, 2.0, 1.0, 2.0])
    0.0
    """
    if len(first) < _LEAST or len(set(first)) == 1 or len(set(second)) == 1:
        return None
    return round(float(np.corrcoef(_ranks(first), _ranks(second))[0, 1]), 12)


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the place of each value among all, from 1; equal values share the mean of their places."""
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    return [first[value] + (ordered.count(value) - 1) / 2 for value in values]
