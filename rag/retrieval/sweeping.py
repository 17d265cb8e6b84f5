"""What a sweep tells of every paper of a scope: the features that tell members of a set from neighbours.

A ranking asks which papers come first. A set question asks of each paper whether it belongs, so the
features are taken of all of them, not of the best few, and once more for each single criterion.
`rag.answering.sets.verdicts` makes a probability of them; `eval.train_verdicts` gave each its weight.
How they are taken: `rag.retrieval.swept_features`.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from rag.types import Criterion, Evidence, Paper, PaperId

FEATURES = (
    "refined",
    "late",
    "paper",
    "feedback",
    "passages",
    "coverage",
    "passage_coverage",
    "proximity",
    "evidence",
    "neighbours",
    "words",
    "words_again",
    "type",
    "late_of_best",
    "shared_words",
    "shared_direction",
)
# The features are relative to the papers around; they were weighed among 557, and mean little among a few.
_CROWD = 50
Numbers = NDArray[np.float64]


class Basis(StrEnum):
    """What the features of a sweep rest on: many papers to compare with, or each paper alone."""

    CROWD = "crowd"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class SweptPaper:
    """A paper that was looked at, and the words that speak for it, best first."""

    paper: Paper
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SweptCriterion:
    """The same papers, looked at for one criterion: features as in `Swept`, and a paper's words for it.

    `shown` tells of a criterion that asks for a type of paper, or for words, and nothing else which papers have
    them, shape (n,); it is None for all others.
    """

    criterion: Criterion
    features: Numbers
    evidence: tuple[tuple[Evidence, ...], ...]
    shown: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Swept:
    """n papers in the order of the first ranking; `features` has shape (n, 16), NaN where unknown.

    `parts` has an entry for each criterion of the question, in their order; it is empty where there is one
    alone, which the question itself stands for. `picked` tells that these papers were chosen before they were asked
    about: a set that was answered, rows that were picked. `absent` is what was asked for in two or three words that no
    paper of the library holds side by side (several where "or" joins them); empty of all other questions. `held` is the
    term of a question for one alone, and how many papers of the scope hold it side by side. `apart` holds the two clauses that
    are topics of their own, if there are such (`rag.retrieval.topics_apart`).
    """

    papers: tuple[SweptPaper, ...]
    features: Numbers
    basis: Basis
    parts: tuple[SweptCriterion, ...] = ()
    picked: bool = False
    absent: tuple[str, ...] = ()
    held: tuple[str, int] = ("", 0)
    apart: tuple[tuple[Criterion, ...], ...] = ()

    def among(self, ids: Set[PaperId]) -> Swept:
        """Return what was found of some papers; they were looked at beside all the others."""
        kept = [place for place, one in enumerate(self.papers) if one.paper.id in ids]
        return replace(
            self,
            papers=tuple(self.papers[place] for place in kept),
            features=self.features[kept],
            parts=tuple(_some(part, kept) for part in self.parts),
        )


def choose_basis(papers: int) -> Basis:
    """Return what verdicts on so many papers can rest on."""
    return Basis.CROWD if papers >= _CROWD else Basis.ALONE


def _some(part: SweptCriterion, kept: list[int]) -> SweptCriterion:
    evidence = tuple(part.evidence[place] for place in kept)
    shown = None if part.shown is None else part.shown[kept]
    return SweptCriterion(part.criterion, part.features[kept], evidence, shown)
