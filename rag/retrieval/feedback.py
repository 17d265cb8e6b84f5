"""Pseudo-relevance feedback: the words of the best papers help to find the others. Pure.

The first ranking's best papers are taken as relevant, and the words that carry them join the
question with a small weight (Abdul-Jaleel et al. 2004, "UMass at TREC 2004", RM3). Their mean vector
pulls the question's vector towards them in the same way (Rocchio 1971).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from sys import intern

import numpy as np
from numpy.typing import NDArray

_TERMS = 30
_TERM_WEIGHT = 0.6
_SATURATION = 1.2  # BM25's k1
_PULL = 0.6
# A word that a quarter of the papers hold tells none apart: idf ln(1 + 3) without the corrections.
_LEAST_RARITY = 1.386


def saturate(stems: Iterable[str]) -> dict[str, float]:
    """Return what BM25 makes of how often each stem occurs: above 0.45, below 1."""
    # One object a stem, whichever paper it comes from: it is then counted without comparing letters.
    return {intern(stem): count / (count + _SATURATION) for stem, count in Counter(stems).items()}


def expand_terms(
    question: Mapping[str, float], papers: Sequence[Mapping[str, float]], rarity: Mapping[str, float]
) -> dict[str, float]:
    """Return the question's terms and their weights, joined by the terms that carry `papers`.

    `papers` hold the saturated frequencies of their stems; `rarity` holds the inverse document
    frequency of each. A word of the question keeps its weight and may gain; a new one weighs at most
    0.6.

    >>> paper = saturate(["local", "patch", "patch"])
    >>> expand_terms({"local": 1.0}, [paper], {"local": 2.0, "patch": 3.0})
    {'local': 1.2909, 'patch': 0.6}
    """
    frequencies: dict[str, float] = defaultdict(float)
    for saturated in papers:
        for stem, frequency in saturated.items():
            frequencies[stem] += frequency
    mass = {
        stem: weight * frequency
        for stem, frequency in frequencies.items()
        if (weight := rarity.get(stem, 0.0)) > _LEAST_RARITY
    }
    least = sorted(mass.values(), reverse=True)[:_TERMS][-1:]
    heavy = [(stem, weight) for stem, weight in mass.items() if [weight] >= least]
    best = sorted(heavy, key=lambda item: (-item[1], item[0]))[:_TERMS]
    gained = {stem: _TERM_WEIGHT * share / best[0][1] for stem, share in best}
    joined = {stem: weight + gained.pop(stem, 0.0) for stem, weight in question.items()}
    return {stem: round(weight, 4) for stem, weight in (joined | gained).items()}


def pull_vector(question: NDArray[np.float32], papers: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the question's vector, pulled towards the mean of `papers` and of length 1.

    Shapes (dimensions,) and (papers, dimensions).
    """
    pulled = question + _PULL * papers.mean(axis=0)
    unit: NDArray[np.float32] = pulled / np.linalg.norm(pulled)
    return unit
