"""How probable is it that the right paper is silent on what is asked? A judge that was learned. Pure.

Two logistic regressions, one upon the other. The first weighs how near the abstract comes to what is asked
(`nearness.py`). The second weighs that sum with what the rules found: a rule that was often wrong counts little, and
where no rule knows the thing asked for, the vectors speak alone. It was learned from what the rules told of questions
that they had not been made on; what they tell of the others now is no measure.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np

from rag.answering.refusing.nearness import Nearness, Numbers
from rag.library.token_vectors import PROJECTION_FILE

WEIGHTS_FILE = "silence_weights.json"


@dataclass(frozen=True, slots=True)
class Judge:
    """The weights. `features` maps a name to mean, deviation and weight; `votes` weigh what the rules found.

    `asking` and `head` weigh the 64 numbers of each vector of `Nearness`.
    """

    features: Mapping[str, tuple[float, float, float]]
    asking: Numbers
    head: Numbers
    bias: float
    votes: Mapping[str, float]
    scale: float
    base: float

    def distance(self, near: Nearness) -> float:
        """Return how far the abstract is from what is asked, in log odds of its silence, by the vectors alone."""
        weighed = sum(
            weight * (near.features[name] - mean) / deviation
            for name, (mean, deviation, weight) in self.features.items()
        )
        return float(self.bias + weighed + near.asking @ self.asking + near.head @ self.head)

    def silence(self, near: Nearness, votes: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, that the abstract does not say what is asked."""
        voted = sum(weight * votes.get(name, 0.0) for name, weight in self.votes.items())
        return 1 / (1 + math.exp(-(self.base + self.scale * self.distance(near) + voted)))


@functools.cache
def load_judge() -> Judge | None:
    """Read the weights; None where they were made for another projection of the tokens than this one."""
    text = resources.files("rag.answering.refusing").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8")
    stored: dict[str, Any] = json.loads(text)
    if stored["projection"] != projection_print():
        return None
    return Judge(
        {name: (mean, deviation, weight) for name, (mean, deviation, weight) in stored["features"].items()},
        np.array(stored["asking"]),
        np.array(stored["head"]),
        stored["bias"],
        stored["votes"],
        stored["scale"],
        stored["base"],
    )


def projection_print() -> str:
    """Return a print of the projection that gives the tokens their 64 numbers."""
    projection = resources.files("rag.library").joinpath(PROJECTION_FILE)
    return hashlib.sha256(projection.read_bytes()).hexdigest()[:16]
