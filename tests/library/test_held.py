"""A small library in memory: each vector is compared, and what is held follows what is stored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from rag.library.dense import DenseIndex
from rag.library.encoder import EncodedPaper, Vector
from rag.library.held import HeldVectors
from rag.library.nearest import search_both, search_papers
from rag.types import Paper, PaperId, Passage

_Stored = tuple[Paper, tuple[Passage, ...], EncodedPaper]


def _paper(name: str, *, passages: int, seed: int) -> _Stored:
    paper = Paper(PaperId(name), "A title", "")
    vectors = np.random.default_rng(seed).normal(size=(passages + 1, 8)).astype(np.float32)
    members = tuple(Passage(paper.id, n, n, n + 1, "x") for n in range(passages))
    return paper, members, EncodedPaper(vectors[0], vectors[1:])


@pytest.fixture
def stored() -> list[_Stored]:
    """Papers with no, one and several passages, not in the order of their names."""
    return [_paper(name, passages=n, seed=n) for n, name in enumerate(["d", "b", "a", "c"])]


def _cosine(one: Vector, other: Vector) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_a_small_library_is_compared_exactly(tmp_path: Path, stored: list[_Stored]) -> None:
    index = DenseIndex(tmp_path / "vectors")
    index.add(stored)
    question = np.random.default_rng(9).normal(size=8).astype(np.float32)
    papers = {paper.id: _cosine(question, vectors.paper) for paper, _, vectors in stored}
    passages = {
        paper.id: max(_cosine(question, row) for row in vectors.passages)
        for paper, members, vectors in stored
        if members
    }
    found = search_papers(index, question, depth=3, within=None, size=4)
    assert list(found) == sorted(papers, key=lambda name: -papers[name])[:3]
    assert found == pytest.approx({name: papers[name] for name in found}, abs=1e-6)
    _, best = search_both(index, question, (1, 1), within=None, size=4, leading=[])
    assert best == pytest.approx(passages, abs=1e-6)


def test_only_the_scope_is_found(tmp_path: Path, stored: list[_Stored]) -> None:
    index = DenseIndex(tmp_path / "vectors")
    index.add(stored)
    question = stored[0][2].paper
    within = frozenset({PaperId("a"), PaperId("d"), PaperId("unknown")})
    assert search_papers(index, question, depth=9, within=within, size=4).keys() == {"a", "d"}
    assert search_both(index, question, (9, 9), within=within, size=4, leading=[])[1].keys() == {"a"}


def test_a_vector_without_length_is_near_to_nothing() -> None:
    nothing, something = np.zeros(4, np.float32), np.ones(4, np.float32)
    held = HeldVectors.of({PaperId("a"): nothing}, [(PaperId("a"), something)])
    assert held.search_papers(something, depth=9, within=None) == {"a": 0.0}
    assert held.best_passages(nothing, within=None) == {"a": 0.0}


def test_a_library_without_passages_is_not_held(tmp_path: Path, stored: list[_Stored]) -> None:
    index = DenseIndex(tmp_path / "vectors")
    index.add(stored[:1])
    assert index.held() is None
    assert search_papers(index, stored[0][2].paper, depth=9, within=None, size=4).keys() == {"d"}


def test_a_larger_library_is_not_held(tmp_path: Path, stored: list[_Stored]) -> None:
    index = DenseIndex(tmp_path / "vectors", held=5)  # they have six passages
    index.add(stored)
    assert index.held() is None
    index.remove([PaperId("b")])
    assert index.held() is not None


def test_what_is_held_follows_what_another_writes(tmp_path: Path, stored: list[_Stored]) -> None:
    reader, writer = DenseIndex(tmp_path / "vectors"), DenseIndex(tmp_path / "vectors")
    writer.add(stored[:2])
    question = stored[2][2].paper
    assert search_papers(reader, question, depth=9, within=None, size=4).keys() == {"b", "d"}
    writer.add(stored[2:])
    writer.remove([PaperId("b")])
    assert search_papers(reader, question, depth=9, within=None, size=4).keys() == {"a", "c", "d"}


def test_while_another_writes_a_search_goes_on_with_what_was_there(
    tmp_path: Path, stored: list[_Stored]
) -> None:
    index = DenseIndex(tmp_path / "vectors")
    index.add(stored[:2])
    before = index.held()
    with FileLock(tmp_path / "vectors.store.lock"):
        (tmp_path / "vectors.stamp").write_text("a write has begun")
        assert index.held() is before
