"""Measures of a set of papers: how many belong, how many of those that belong are there. Pure.

Van Rijsbergen 1979, "Information Retrieval", chapter 7; F1 is the harmonic mean of the two.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean


@dataclass(frozen=True, slots=True)
class SetScores:
    """Precision, recall and F1 of a set, each from 0 to 1. An empty set has precision 0."""

    precision: float
    recall: float
    f1: float


def score_set(found: Set[str], relevant: Set[str]) -> SetScores:
    """Compare a set with the relevant one, which must not be empty.

    >>> score_set({"p1", "p2", "p9", "p8"}, {"p1", "p2", "p3"})  # 2 of 4, 2 of 3; 2 x 2 / (4 + 3)
    SetScores(precision=0.5, recall=0.6666666666666666, f1=0.5714285714285714)
    """
    both = len(found & relevant)
    return SetScores(
        precision=both / len(found) if found else 0.0,
        recall=both / len(relevant),
        f1=2 * both / (len(found) + len(relevant)),
    )


def jaccard(sets: Sequence[Set[str]]) -> float:
    """Mean Jaccard similarity of all pairs of sets, 0 to 1; two empty sets are alike (1).

    Jaccard 1912, "The distribution of the flora in the alpine zone". Needs two sets at least.

    >>> jaccard([{"p1", "p2"}, {"p1"}, {"p1", "p2"}])  # (1/2 + 1 + 1/2) / 3
    0.6666666666666666
    """
    return fmean(len(a & b) / len(a | b) if a | b else 1.0 for a, b in combinations(sets, 2))
