"""Search within a scope over a real Chroma: exact for small ones, and never starved by a cut of depth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rag.library import nearest
from rag.library.dense import DenseIndex
from rag.library.encoder import EncodedPaper, Vector
from rag.library.nearest import search_both, search_papers, search_passages
from rag.types import Paper, PaperId, Passage

_COUNT = 3_000
_DEPTH = 20


def _unit(vectors: Vector) -> Vector:
    unit: Vector = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


@pytest.fixture(scope="module")
def vectors() -> Vector:
    """Invented vectors around a few topics."""
    random = np.random.default_rng(7)
    topics = random.normal(size=(30, 16))
    spread = random.normal(size=(_COUNT, 16)) * 0.6
    return _unit((topics[random.integers(0, 30, _COUNT)] + spread).astype(np.float32))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, vectors: Vector) -> DenseIndex:
    """Papers with two passages each: one like the paper, one against it. The last paper has forty."""
    stored = DenseIndex(tmp_path_factory.mktemp("nearest") / "vectors", held=0)  # as a large library is
    encoded = []
    for n, vector in enumerate(vectors):
        paper = Paper(_name(n), "A title", "")
        passages = tuple(Passage(paper.id, k, k, k + 1, "x") for k in range(40 if n == _COUNT - 1 else 2))
        turned = np.stack([vector if k % 2 == 0 else -vector for k in range(len(passages))])
        encoded.append((paper, passages, EncodedPaper(vector, turned)))
    stored.add(encoded)
    return stored


def _name(number: int) -> PaperId:
    return PaperId(f"p{number}")


def _exact(vectors: Vector, question: Vector, numbers: Sequence[int]) -> list[PaperId]:
    cosines = vectors @ question
    return [_name(n) for n in sorted(numbers, key=lambda n: -cosines[n])]


def _farthest(vectors: Vector, question: Vector, count: int) -> list[int]:
    return [int(n) for n in np.argsort(vectors @ question)[:count]]


@pytest.mark.parametrize("size", [1, 50, 1_999], ids=lambda size: f"{size} of {_COUNT}")
def test_a_small_scope_is_searched_exactly_however_far_it_lies(
    index: DenseIndex, vectors: Vector, size: int
) -> None:
    question = vectors[3]
    numbers = _farthest(vectors, question, size)
    within = frozenset(map(_name, numbers))
    found = search_papers(index, question, depth=_DEPTH, within=within, size=_COUNT)
    assert list(found) == _exact(vectors, question, numbers)[:_DEPTH]
    assert found == pytest.approx(
        {name: float(vectors[int(name[1:])] @ question) for name in found}, abs=1e-5
    )


def test_a_large_scope_finds_nearly_what_an_exact_search_finds(index: DenseIndex, vectors: Vector) -> None:
    numbers = list(range(0, _COUNT, 5)) + list(range(1, _COUNT, 5)) + list(range(2, _COUNT, 5))
    numbers += list(range(3, _COUNT, 5))
    within = frozenset(map(_name, numbers))
    assert len(within) > nearest._COMPARED  # noqa: SLF001  # the size from which another way is taken
    found = search_papers(index, vectors[3], depth=_DEPTH, within=within, size=_COUNT)
    expected = _exact(vectors, vectors[3], numbers)[:_DEPTH]
    assert within >= found.keys()
    assert len(found.keys() & set(expected)) >= 0.9 * _DEPTH


def test_a_large_scope_that_lies_far_away_is_not_starved(index: DenseIndex, vectors: Vector) -> None:
    question = vectors[3]
    numbers = _farthest(vectors, question, 2_400)
    within = frozenset(map(_name, numbers))
    found = search_papers(index, question, depth=_DEPTH, within=within, size=_COUNT)
    assert within >= found.keys()
    assert len(found) == _DEPTH


def test_all_passages_of_the_leaders_are_compared(index: DenseIndex, vectors: Vector) -> None:
    leaders = [_name(5), _name(_COUNT - 1), PaperId("unknown")]
    within = frozenset(leaders)
    hits = search_passages(index, vectors[5], depth=9, within=within, size=_COUNT, leaders=leaders)
    assert [(hit.paper_id, hit.ordinal) for hit in hits if hit.paper_id == "p5"] == [("p5", 0), ("p5", 1)]
    assert {hit.ordinal for hit in hits if hit.paper_id == leaders[1]} == set(range(40))
    assert [hit.cosine for hit in hits] == sorted((hit.cosine for hit in hits), reverse=True)
    assert hits[0].cosine == pytest.approx(1.0, abs=1e-5)


def test_passages_of_a_large_scope_come_from_the_scope_alone(index: DenseIndex, vectors: Vector) -> None:
    within = frozenset(map(_name, range(100, _COUNT)))
    hits = search_passages(index, vectors[3], depth=_DEPTH, within=within, size=_COUNT, leaders=[])
    assert len(hits) == _DEPTH
    assert {hit.paper_id for hit in hits} <= within


def test_without_a_scope_nothing_is_restricted(index: DenseIndex, vectors: Vector) -> None:
    found = search_papers(index, vectors[3], depth=_DEPTH, within=None, size=_COUNT)
    assert found == index.search_papers(vectors[3], depth=_DEPTH)
    _, best = search_both(index, vectors[3], (_DEPTH, _DEPTH), within=None, size=_COUNT, leading=[])
    assert best == index.best_passages(vectors[3], depth=_DEPTH)


def test_papers_without_vectors_are_left_out(index: DenseIndex, vectors: Vector) -> None:
    within = frozenset({_name(0), PaperId("no-vector-yet")})
    assert list(search_papers(index, vectors[3], depth=_DEPTH, within=within, size=_COUNT)) == ["p0"]
