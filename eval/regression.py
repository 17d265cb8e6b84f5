"""What regressions share: logistic regression with a ridge, and the chances of scores. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_STEPS = 30
_DONE = 1e-8


def fit_logistic(rows: Numbers, labels: Numbers, *, ridge: float) -> tuple[Numbers, float]:
    """Return the weight of each column and what is added to their sum, in log odds.

    `rows` have shape (n, columns), scaled so that weights compare; `labels` shape (n,), 0 or 1. Newton's method; the
    ridge lies on all but what is added (Hastie et al. 2009, section 4.4.1).

    >>> weights, bias = fit_logistic(np.array([[-1.0], [-1.0], [1.0], [1.0]]), np.array([0, 0, 0, 1.0]), ridge=1.0)
    >>> weights.round(2).tolist(), round(bias, 2)
    ([0.58], -1.18)
    """
    wide = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.diag([ridge] * rows.shape[1] + [0.0])
    weights = np.zeros(wide.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-wide @ weights))
        slope = wide.T @ (chances - labels) + penalty @ weights
        curvature = (wide * (chances * (1 - chances))[:, None]).T @ wide + penalty
        step = np.linalg.solve(curvature, slope)
        weights -= step
        if np.abs(step).max() < _DONE:
            break
    return weights[:-1], float(weights[-1])


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the chances of scores in log odds, along the last axis: 0 to 1, together 1. Any shape.

    >>> softmax(np.array([[0.0, 0.0], [1000.0, 0.0]], np.float32)).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: NDArray[np.float32] = powers / powers.sum(axis=-1, keepdims=True)
    return chances
