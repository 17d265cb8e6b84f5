"""The nearest papers of a scope, by the way that is shortest for its size.

Measured with Chroma 1.5.9, 20,000 papers and 100,000 passages of 384 dimensions: reading a vector by
its id takes 25-35 µs; the nearest 6,000 of all take 40-60 ms; `ids=` or `where=` in a query costs
12-15 ms in the smaller collection and 60-130 ms in the larger, however few they name, because Chroma
walks through its metadata first. `eval.bench.filters` measures it again. A hit costs 5 µs in either; counting
the vectors of 100,000 papers costs 5 ms, so the caller tells how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import islice

from rag.library.dense import DenseIndex, PassageHit, cosine
from rag.library.encoder import Vector
from rag.types import PaperId

_COMPARED = 2_000
_DEEPEST = 6_000
_MARGIN = 1.3
_ENOUGH = 150
# Of a scope that is a share of the library, each hit costs as many as the share is small. Within scopes of SciFact
# train nDCG@10 is .789 at these depths and at 600 papers or 900 passages, .786 at 400 passages (n=298).
_PAPERS_WITHIN = 400
_PASSAGES_WITHIN = 600
_LEADERS = 75


def search_both(  # noqa: PLR0913  # what is near, how deep to look, and among which papers
    index: DenseIndex,
    vector: Vector,
    depths: tuple[int, int],
    *,
    within: Set[PaperId] | None,
    size: int,
    leading: Iterable[PaperId],
) -> tuple[Mapping[PaperId, float], Mapping[PaperId, float]]:
    """Return the cosines of the nearest papers, and of the best passages of papers.

    `depths` are the numbers of papers and passages that are looked for in a large library; a small one is
    compared whole. `size` is the number of papers that have vectors. `leading` papers, best first, are near by
    other means.
    """
    if held := index.held():
        return held.compare_papers(vector, within=within), held.best_passages(vector, within=within)
    papers = search_papers(index, vector, depth=depths[0], within=within, size=size)
    leaders = dict.fromkeys([*islice(leading, _LEADERS), *islice(papers, _LEADERS)])
    if within is None:
        return papers, index.best_passages(vector, depth=depths[1])
    hits = search_passages(index, vector, depth=depths[1], within=within, size=size, leaders=list(leaders))
    best: dict[PaperId, float] = {}
    for hit in hits:  # nearest first
        best.setdefault(hit.paper_id, hit.cosine)
    return papers, best


def search_papers(
    index: DenseIndex, vector: Vector, *, depth: int, within: Set[PaperId] | None, size: int
) -> dict[PaperId, float]:
    """Return the cosines of the `depth` nearest papers, nearest first; `within` None is no restriction.

    A small library is compared whole. In a larger one, scopes of up to 2,000 papers are compared one by
    one. Of more, the nearest of the library (`size` papers) are looked through for 400 of the scope, deeper the
    smaller its share. If these hold too few (the scope lies far from the question, or is a small share of a large library), Chroma
    searches among the scope alone.
    """
    if held := index.held():
        return held.search_papers(vector, depth=depth, within=within)
    if within is None:
        return index.search_papers(vector, depth=depth)
    if len(within) <= _COMPARED:
        return _compare_papers(index, vector, depth=depth, within=within)
    nearest = index.search_papers(
        vector, depth=min(_deeper(min(depth, _PAPERS_WITHIN), within, size), _DEEPEST)
    )
    kept = {paper_id: cosine for paper_id, cosine in nearest.items() if paper_id in within}
    if len(kept) >= min(depth, _ENOUGH):
        return dict(islice(kept.items(), depth))
    return index.search_papers(vector, depth=depth, among=sorted(within))


def search_passages(  # noqa: PLR0913  # the same
    index: DenseIndex,
    vector: Vector,
    *,
    depth: int,
    within: Set[PaperId],
    size: int,
    leaders: Sequence[PaperId],
) -> list[PassageHit]:
    """Return near passages, nearest first: up to the `depth` nearest ones of the scope, if it is a large one.

    Of a smaller scope, the passages of the papers that lead by other means are compared one by one.
    """
    deeper = _deeper(min(depth, _PASSAGES_WITHIN), within, size)
    if len(within) <= _COMPARED or deeper > _DEEPEST:
        return index.compare_passages(leaders, vector)
    kept = [hit for hit in index.search_passages(vector, depth=deeper) if hit.paper_id in within]
    return kept[:depth]


def _deeper(depth: int, within: Set[PaperId], size: int) -> int:
    """How deep to look for hits of a scope that has its share of the nearest of `size` papers."""
    return round(_MARGIN * depth * max(size / len(within), 1.0))


def _compare_papers(
    index: DenseIndex, vector: Vector, *, depth: int, within: Set[PaperId]
) -> dict[PaperId, float]:
    compared = {name: cosine(stored, vector) for name, stored in index.paper_vectors(sorted(within)).items()}
    ordered = sorted(compared.items(), key=lambda item: (-item[1], item[0]))
    return dict(ordered[:depth])
