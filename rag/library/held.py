"""All vectors of a small library at once, in memory: each is compared, none is missed.

Up to some thousand passages a product over all of them takes a tenth of what the walk through a graph
takes, and it is exact (docs/decisions/0015-small-libraries-are-compared-whole.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from sys import intern

import numpy as np
from numpy.typing import NDArray

from rag.library.encoder import Vector
from rag.library.products import cosines
from rag.library.token_vectors import unit_rows
from rag.types import PaperId


@dataclass(frozen=True, slots=True, eq=False)
class HeldScores(Mapping[PaperId, float]):
    """A score for each paper of a small library, all at hand as one array, in the order of `ids`.

    A dictionary of them would cost as much as the comparison that fills it. `places` tells the place of each id.
    """

    ids: tuple[PaperId, ...]
    places: Mapping[PaperId, int]
    by_place: NDArray[np.float64]

    def __getitem__(self, paper_id: PaperId) -> float:
        return self.by_place.item(self.places[paper_id])

    def __iter__(self) -> Iterator[PaperId]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class HeldVectors:
    """Unit vectors of papers, shape (papers, dimensions), and of passages, grouped by their paper.

    `ids` are in order. `owners` are the papers that have passages, `ids` itself where all have some; those of
    each begin at its place in `starts`.
    """

    ids: tuple[PaperId, ...]
    papers: Vector
    owners: tuple[PaperId, ...]
    starts: NDArray[np.intp]
    passages: Vector
    places: Mapping[PaperId, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {paper_id: place for place, paper_id in enumerate(self.ids)})

    @classmethod
    def of(cls, papers: Mapping[PaperId, Vector], passages: Sequence[tuple[PaperId, Vector]]) -> HeldVectors:
        """Hold vectors that may come in any order; at least one of each."""
        grouped = sorted(passages, key=lambda passage: passage[0])
        named = [paper_id for paper_id, _ in grouped]
        starts = [place for place, one in enumerate(named) if not place or named[place - 1] != one]
        # One object an id in all stores: looking it up then compares no letters, which are far away in memory.
        ids, owners = (
            tuple(PaperId(intern(paper_id)) for paper_id in sorted(papers)),
            tuple(named[place] for place in starts),
        )
        return cls(
            ids=ids,
            papers=unit_rows(np.stack([papers[paper_id] for paper_id in ids])),
            owners=ids if owners == ids else owners,
            starts=np.array(starts, np.intp),
            passages=unit_rows(np.stack([vector for _, vector in grouped])),
        )

    def search_papers(
        self, vector: Vector, *, depth: int, within: Set[PaperId] | None
    ) -> dict[PaperId, float]:
        """Return the cosines of the `depth` nearest papers, nearest first; `within` None is no restriction."""
        found = _among(self.ids, _cosines(self.papers, vector), within)
        return dict(sorted(found.items(), key=lambda item: -item[1])[:depth])

    def compare_papers(self, vector: Vector, *, within: Set[PaperId] | None) -> Mapping[PaperId, float]:
        """Return the cosine of each paper, in the order of their ids."""
        return self._scores(self.ids, _cosines(self.papers, vector), within)

    def best_passages(self, vector: Vector, *, within: Set[PaperId] | None) -> Mapping[PaperId, float]:
        """Return the cosine of each paper's nearest passage, in the order of their ids."""
        best = np.maximum.reduceat(_cosines(self.passages, vector), self.starts)
        return self._scores(self.owners, best, within)

    def _scores(
        self, ids: tuple[PaperId, ...], found: Vector, within: Set[PaperId] | None
    ) -> Mapping[PaperId, float]:
        if within is None and ids is self.ids:
            return HeldScores(ids, self.places, found.astype(np.float64))
        return _among(ids, found, within)


def _among(ids: Sequence[PaperId], found: Vector, within: Set[PaperId] | None) -> dict[PaperId, float]:
    pairs = zip(ids, found.tolist(), strict=True)
    return {one: near for one, near in pairs if within is None or one in within}


def _cosines(rows: Vector, vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return cosines(rows, (vector / length if length else vector).astype(np.float32))
