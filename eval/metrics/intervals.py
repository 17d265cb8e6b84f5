"""How sure is a figure? Bootstrap intervals of a mean, and tests of a paired difference. Pure.

Both draw with a fixed seed, so that the same answers always give the same report.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_ROUNDS = 10_000
_CHUNK = 1_000


def bootstrap_interval(
    values: Sequence[float], *, seed: int = 1, rounds: int = _ROUNDS
) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean (Efron and Tibshirani 1993, chapter 13).

    Of one value it is that value; it says nothing then.

    >>> bootstrap_interval([1.0, 1.0, 1.0])
    (1.0, 1.0)
    """
    source, sample = np.random.default_rng(seed), np.asarray(values, dtype=float)
    means = np.concatenate(
        [
            sample[source.integers(0, len(sample), (_CHUNK, len(sample)))].mean(axis=1)
            for _ in range(rounds // _CHUNK)
        ]
    )
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def randomisation_test(differences: Sequence[float], *, seed: int = 1, rounds: int = _ROUNDS) -> float:
    """Return the two-sided p-value of a mean paired difference, 0 to 1.

    Fisher's randomisation test: under the null hypothesis the sign of each difference is arbitrary
    (Smucker, Allan and Carterette 2007, "A comparison of statistical significance tests for information
    retrieval evaluation"). The observed signs count as one of the draws, so p is never 0.

    >>> randomisation_test([0.0, 0.0, 0.0])
    1.0
    >>> 0.2 < randomisation_test([1.0, 1.0, 1.0]) < 0.3  # 2 of the 8 sign patterns are as extreme
    True
    """
    source, sample = np.random.default_rng(seed), np.asarray(differences, dtype=float)
    observed = abs(sample.mean())
    extreme = 0
    for _ in range(rounds // _CHUNK):
        signs = source.choice((-1.0, 1.0), (_CHUNK, len(sample)))
        extreme += int(np.count_nonzero(abs((signs * sample).mean(axis=1)) >= observed - 1e-12))
    return (extreme + 1) / (rounds + 1)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie, interpolated between neighbours.

    >>> percentile([10.0, 20.0, 30.0], 0.5), percentile([10.0, 20.0, 30.0], 0.95)
    (20.0, 29.0)
    """
    return float(np.percentile(np.asarray(values, dtype=float), 100 * share))
