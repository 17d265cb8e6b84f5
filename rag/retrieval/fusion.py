"""Fuse the scores of several arms into one ranking of papers. Pure.

Each arm's scores are brought to mean 0 and standard deviation 1 and then summed by weight (z-score
fusion; Montague and Aslam 2001, "Relevance score normalization for metasearch"; as "DBSF" also in
today's vector stores). Measured five points of nDCG@10 above reciprocal rank fusion on these pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, repeat
from typing import overload

import numpy as np
from numpy.typing import NDArray

from rag.library.held import HeldScores
from rag.types import PaperId

_NO_SPREAD = 1e-12


@dataclass(frozen=True, slots=True)
class Arm:
    """The scores that one way of searching gave, higher is better.

    A paper that the arm ranked below its depth counts as `floor`. A paper in `unseen` could not be
    scored at all (its vectors are not built yet) and counts as the mean, 0 after scaling.
    """

    scores: Mapping[PaperId, float]
    weight: float
    floor: float
    unseen: Set[PaperId] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Fused(Sequence[tuple[PaperId, float]]):
    """Papers with their fused scores, best first: `candidates` at the places that `order` names.

    A pair is made when it is asked for: of a whole library, a search asks for the best hundred.
    """

    candidates: Sequence[PaperId]
    order: NDArray[np.intp]
    scores: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, place: int) -> tuple[PaperId, float]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[PaperId, float]]: ...
    def __getitem__(self, place: int | slice) -> tuple[PaperId, float] | list[tuple[PaperId, float]]:
        if isinstance(place, int):
            return self.candidates[self.order[place]], float(self.scores[place])
        ids = map(self.candidates.__getitem__, self.order[place].tolist())
        return list(zip(ids, self.scores[place].tolist(), strict=True))

    def __iter__(self) -> Iterator[tuple[PaperId, float]]:
        return iter(self[:])


def fuse(arms: Sequence[Arm]) -> Fused:
    """Return papers with their fused scores, best first; ties are broken by id.

    >>> words = Arm({PaperId("a"): 3.0, PaperId("b"): 1.0}, weight=1.0, floor=0.0)
    >>> [paper_id for paper_id, _ in fuse([words])]
    ['a', 'b']
    """
    candidates = _candidates(arms)
    fused = sum((_scale(arm, candidates) for arm in arms), np.zeros(len(candidates)))
    order = np.argsort(-fused, kind="stable")  # equal ones stay in the order of their ids
    return Fused(candidates, order, fused[order])


def extremes(scores: Mapping[PaperId, float]) -> tuple[float, float]:
    """Return the lowest and the highest score; both are 0 where there is none."""
    if isinstance(scores, HeldScores):
        return float(scores.by_place.min()), float(scores.by_place.max())
    return min(scores.values(), default=0.0), max(scores.values(), default=0.0)


def _candidates(arms: Sequence[Arm]) -> Sequence[PaperId]:
    """Return the papers of all arms in the order of their ids."""
    for arm in arms:  # a small library is compared whole, in this order: then nothing needs to be sorted
        if isinstance(arm.scores, HeldScores) and all(_covers(arm.scores, other.scores) for other in arms):
            return arm.scores.ids
    return sorted(dict.fromkeys(chain.from_iterable(arm.scores for arm in reversed(arms))))


def _covers(whole: HeldScores, scores: Mapping[PaperId, float]) -> bool:
    if isinstance(scores, HeldScores):
        return scores.ids is whole.ids
    return whole.places.keys() >= scores.keys()


def _scale(arm: Arm, candidates: Sequence[PaperId]) -> NDArray[np.float64]:
    """Return weight x z for each candidate; all 0 when the arm tells no difference."""
    if isinstance(arm.scores, HeldScores) and arm.scores.ids is candidates:
        scores = arm.scores.by_place
    else:
        scores = np.fromiter(map(arm.scores.get, candidates, repeat(arm.floor)), np.float64, len(candidates))
    seen = None
    if arm.unseen:
        seen = np.array([candidate not in arm.unseen for candidate in candidates], np.bool_)
    known = scores if seen is None else scores[seen]
    spread = float(known.std()) if len(known) else 0.0
    if spread < _NO_SPREAD:
        return np.zeros(len(candidates))
    scaled = arm.weight * (scores - known.mean()) / spread
    return scaled if seen is None else np.where(seen, scaled, 0.0)
