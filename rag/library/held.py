"""All vectors of a small library at once, in memory: each is compared, none is missed.

Up to some thousand passages a product over all of them takes a tenth of what the walk through a graph
takes, and it is exact (docs/decisions/0015-small-libraries-are-compared-whole.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.library.encoder import Vector
from rag.library.products import cosines
from rag.library.token_vectors import unit_rows
from rag.types import PaperId


@dataclass(frozen=True, slots=True)
class HeldVectors:
    """Unit vectors of papers, shape (papers, dimensions), and of passages, grouped by their paper.

    `owners` are the papers that have passages; those of each begin at its place in `starts`.
    """

    ids: tuple[PaperId, ...]
    papers: Vector
    owners: tuple[PaperId, ...]
    starts: NDArray[np.intp]
    passages: Vector

    @classmethod
    def of(cls, papers: Mapping[PaperId, Vector], passages: Sequence[tuple[PaperId, Vector]]) -> HeldVectors:
        """Hold vectors that may come in any order; at least one of each."""
        grouped = sorted(passages, key=lambda passage: passage[0])
        ids = [paper_id for paper_id, _ in grouped]
        starts = [place for place, one in enumerate(ids) if not place or ids[place - 1] != one]
        return cls(
            ids=tuple(sorted(papers)),
            papers=unit_rows(np.stack([papers[paper_id] for paper_id in sorted(papers)])),
            owners=tuple(ids[place] for place in starts),
            starts=np.array(starts, np.intp),
            passages=unit_rows(np.stack([vector for _, vector in grouped])),
        )

    def search_papers(
        self, vector: Vector, *, depth: int, within: Set[PaperId] | None
    ) -> dict[PaperId, float]:
        """Return the cosines of the `depth` nearest papers, nearest first; `within` None is no restriction."""
        found = self.compare_papers(vector, within=within)
        return dict(sorted(found.items(), key=lambda item: -item[1])[:depth])

    def compare_papers(self, vector: Vector, *, within: Set[PaperId] | None) -> dict[PaperId, float]:
        """Return the cosine of each paper, in the order of their ids."""
        found = dict(zip(self.ids, _cosines(self.papers, vector).tolist(), strict=True))
        return found if within is None else {one: near for one, near in found.items() if one in within}

    def best_passages(self, vector: Vector, *, within: Set[PaperId] | None) -> dict[PaperId, float]:
        """Return the cosine of each paper's nearest passage, in the order of their ids."""
        best = np.maximum.reduceat(_cosines(self.passages, vector), self.starts)
        found = dict(zip(self.owners, best.tolist(), strict=True))
        return found if within is None else {one: near for one, near in found.items() if one in within}


def _cosines(rows: Vector, vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return cosines(rows, (vector / length if length else vector).astype(np.float32))
