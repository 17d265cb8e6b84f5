"""Measures of a ranking, each with its source and an example worked by hand. Pure."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Mapping, Sequence


def recall_at_k(ranking: Sequence[str], relevant: Mapping[str, int], *, k: int) -> float:
    """Share of the relevant papers (grade 1 or more) among the first k results, 0 to 1.

    Undefined without relevant papers; ask only questions that have some.

    >>> recall_at_k(["p3", "p1", "p9"], {"p1": 2, "p2": 1}, k=2)
    0.5
    """
    return len(set(ranking[:k]) & relevant.keys()) / len(relevant)


def ndcg_at_k(ranking: Sequence[str], relevant: Mapping[str, int], *, k: int) -> float:
    """Normalised discounted cumulative gain with linear gains, 0 to 1.

    Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques", with the
    discount 1 / log2(rank + 1); the ideal ranking has all relevant papers by grade.

    >>> round(ndcg_at_k(["p3", "p1"], {"p1": 2, "p2": 1}, k=10), 4)  # (2 / log2 3) / (2 + 1 / log2 3)
    0.4796
    """
    gain = sum(relevant.get(paper, 0) / math.log2(n + 2) for n, paper in enumerate(ranking[:k]))
    grades = sorted(relevant.values(), reverse=True)[:k]
    return gain / sum(grade / math.log2(n + 2) for n, grade in enumerate(grades))


def bootstrap_interval(values: Sequence[float], *, seed: int = 1, rounds: int = 2_000) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean (Efron and Tibshirani 1993, chapter 13).

    >>> bootstrap_interval([1.0, 1.0, 1.0])
    (1.0, 1.0)
    """
    source = random.Random(seed)  # noqa: S311  # statistics, not secrets
    means = sorted(statistics.fmean(source.choices(values, k=len(values))) for _ in range(rounds))
    return means[round(0.025 * rounds)], means[round(0.975 * rounds) - 1]
