"""Verdicts without a model: each paper's probability of belonging to a set, and where the list is cut. Pure.

Two logistic regressions over the features of `rag.retrieval.sweeping`: one for "belongs at all", one
for "meets it in full". Their weights stand in `verdict_weights.json` with the command that made them.
The list is cut where the F1 that the probabilities lead to expect is highest (Lewis 1995, "Evaluating
and optimizing autonomous text classification systems", section 3): a question with many likely
members gets a long list, one with few a short one. It is an estimate, not a reading, and the answer says so.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.sweeping import FEATURES, Swept
from rag.types import Judgement, Paper, Verdict

WEIGHTS_FILE = "verdict_weights.json"
Numbers = NDArray[np.float64]
_MOST = 60
_LEAST = 0.05  # below, a paper is not listed, however few there are
_UNCLEAR = 0.5


@dataclass(frozen=True, slots=True)
class Regression:
    """Mean, deviation and weight of each feature, in the order of `FEATURES`, and what is added to their sum."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def probabilities(self, features: Numbers) -> Numbers:
        """Return 0 to 1 for each row; a feature that is unknown (NaN) counts as its mean."""
        scaled = np.nan_to_num((features - np.array(self.means)) / np.array(self.deviations), nan=0.0)
        chances: Numbers = 1 / (1 + np.exp(-(scaled @ np.array(self.weights) + self.bias)))
        return chances


@dataclass(frozen=True, slots=True)
class Judged:
    """A paper with its verdict, and the probability (0 to 1) that it belongs, in full or in part."""

    paper: Paper
    verdict: Verdict
    probability: float

    @property
    def belongs(self) -> bool:
        """Tell whether the answer lists it."""
        return self.verdict.verdict in {Judgement.MEETS, Judgement.PARTLY}


def judge(swept: Swept) -> tuple[Judged, ...]:
    """Return a verdict on each paper: those that meet it first, then by probability.

    A paper without words to show is never listed. What lies just below the cut is unclear.
    """
    if not swept.papers:
        return ()
    belonging, full = load_regressions()
    chances, meeting = belonging.probabilities(swept.features), full.probabilities(swept.features)
    shown = np.where([bool(one.evidence) for one in swept.papers], chances, 0.0)
    least = np.sort(shown)[::-1][expected_cut(shown) - 1]
    judged = []
    for one, chance, meets in zip(swept.papers, shown.tolist(), meeting.tolist(), strict=True):
        judgement = _judgement(chance, meets, least=float(least))
        verdict = Verdict(one.paper.id, judgement, one.evidence if judgement is not Judgement.NO else ())
        judged.append(Judged(one.paper, verdict, round(chance, 4)))
    order = list(Judgement)
    return tuple(sorted(judged, key=lambda j: (order.index(j.verdict.verdict), -j.probability, j.paper.id)))


def expected_cut(probabilities: Numbers) -> int:
    """Return the number of most probable papers whose expected F1 is highest: 1 to 60.

    Papers below 1 in 20 are not counted, except for the first.

    >>> expected_cut(np.array([0.9] * 12 + [0.01] * 80))
    12
    """
    best_first = np.sort(probabilities)[::-1]
    sizes = np.arange(1, len(best_first) + 1)
    expected = 2 * np.cumsum(best_first) / (sizes + best_first.sum())
    best = int(np.argmax(expected)) + 1
    return max(min(best, _MOST, int((best_first >= _LEAST).sum())), 1)


def count_sentence(judged: Sequence[Judged], *, searched: int) -> str:
    """Say how many papers of the scope meet the question.

    >>> count_sentence((), searched=557)
    '0 of the 557 papers seem to meet this.'
    """
    counts = {j: sum(one.verdict.verdict is j for one in judged) for j in Judgement}
    papers = "paper" if searched == 1 else "papers"
    verb = "seems" if counts[Judgement.MEETS] == 1 else "seem"
    partly = f", {counts[Judgement.PARTLY]:,} in part" if counts[Judgement.PARTLY] else ""
    return f"{counts[Judgement.MEETS]:,} of the {searched:,} {papers} {verb} to meet this{partly}."


def how_sure(judged: Sequence[Judged], *, searched: int) -> str:
    """Say in a line how the papers were judged, and how many of those listed can be expected to belong."""
    listed = [one for one in judged if one.belongs]
    right = round(sum(one.probability for one in listed))
    depth = (
        f"Judged {searched:,} of {searched:,}"
        if len(judged) >= searched
        else f"Judged {len(judged):,} of {searched:,}; the rest ranked below them"
    )
    return (
        f"{depth}, by words and vectors, without a language model: of the {len(listed)} listed, about {right} "
        "can be expected to belong."
    )


@functools.cache
def load_regressions() -> tuple[Regression, Regression]:
    """Read the weights for "belongs" and for "meets"."""
    stored = json.loads(resources.files("rag.answering").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8"))
    return _read(stored["belongs"]), _read(stored["meets"])


def _read(stored: dict[str, dict[str, list[float]] | float]) -> Regression:
    features, bias = stored["features"], stored["bias"]
    assert isinstance(features, dict)  # noqa: S101  # narrows the type of our own file
    assert isinstance(bias, float)  # noqa: S101
    means, deviations, weights = zip(*(features[name] for name in FEATURES), strict=True)
    return Regression(means, deviations, weights, bias)


def _judgement(chance: float, meets: float, *, least: float) -> Judgement:
    if chance >= max(least, _LEAST):
        return Judgement.MEETS if meets >= chance / 2 else Judgement.PARTLY
    return Judgement.UNCLEAR if chance >= _UNCLEAR * least > 0 else Judgement.NO
