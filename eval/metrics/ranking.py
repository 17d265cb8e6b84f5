"""Measures of a ranking against graded judgments (grade 1 or more is relevant). Pure.

Defined as trec_eval computes them, and held equal to ir-measures by `tests/eval/test_metrics_ranking.py`;
why they are not taken from there: `docs/decisions/0010-five-measures-of-our-own.md`. The order of the
ranking is taken as it is: ties were broken before. Each needs at least one relevant paper.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def recall_at_k(ranking: Sequence[str], relevant: Mapping[str, int], *, k: int) -> float:
    """Share of the relevant papers among the first k results, 0 to 1 (trec_eval `recall`).

    >>> recall_at_k(["p3", "p1", "p9"], {"p1": 2, "p2": 1}, k=2)
    0.5
    """
    wanted = _relevant(relevant)
    return len(set(ranking[:k]) & wanted) / len(wanted)


def ndcg_at_k(ranking: Sequence[str], relevant: Mapping[str, int], *, k: int) -> float:
    """Normalised discounted cumulative gain with linear gains, 0 to 1 (trec_eval `ndcg_cut`).

    Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques", with the
    discount 1 / log2(rank + 1); the ideal ranking has all relevant papers by grade.

    >>> round(ndcg_at_k(["p3", "p1"], {"p1": 2, "p2": 1}, k=10), 4)  # (2 / log2 3) / (2 + 1 / log2 3)
    0.4796
    """
    gain = sum(relevant.get(paper, 0) / math.log2(n + 2) for n, paper in enumerate(ranking[:k]))
    grades = sorted(relevant.values(), reverse=True)[:k]
    return gain / sum(grade / math.log2(n + 2) for n, grade in enumerate(grades))


def reciprocal_rank(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    """1 / rank of the first relevant paper, 0 if there is none (trec_eval `recip_rank`).

    Voorhees 1999, "The TREC-8 question answering track report".

    >>> reciprocal_rank(["p3", "p1"], {"p1": 2, "p2": 1})
    0.5
    """
    wanted = _relevant(relevant)
    return next((1 / rank for rank, paper in enumerate(ranking, start=1) if paper in wanted), 0.0)


def r_precision(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Share of relevant papers among the first R, R being how many are relevant (trec_eval `Rprec`).

    Buckley and Voorhees 2000, "Evaluating evaluation measure stability".

    >>> r_precision(["p1", "p3", "p2"], {"p1": 2, "p2": 1})
    0.5
    """
    wanted = _relevant(relevant)
    return len(set(ranking[: len(wanted)]) & wanted) / len(wanted)


def judged_at_k(ranking: Sequence[str], judged: Mapping[str, int], *, k: int) -> float:
    """Share of the first k results that were judged at all, with whatever grade, 0 to 1.

    Of the results that there are: a ranking of five papers is not marked down for the missing five
    (ir-measures `Judged@k`). A low share says that the other figures rest on few judgments.

    >>> judged_at_k(["p3", "p1"], {"p1": 2, "p2": 1}, k=10)
    0.5
    """
    return sum(paper in judged for paper in ranking[:k]) / min(k, len(ranking)) if ranking else 0.0


def _relevant(judged: Mapping[str, int]) -> set[str]:
    return {paper for paper, grade in judged.items() if grade >= 1}
