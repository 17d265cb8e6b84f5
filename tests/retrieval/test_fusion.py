"""Fusion: what each arm may and may not do to the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.fusion import Arm, fuse
from rag.types import PaperId

_SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-1_000, 1_000).map(float), min_size=1)


def _arm(scores: Mapping[str, float], *, weight: float = 1.0, floor: float = 0.0, unseen: str = "") -> Arm:
    papers = {PaperId(name): score for name, score in scores.items()}
    return Arm(papers, weight, floor, frozenset(PaperId(name) for name in unseen))


def _order(*arms: Arm) -> list[str]:
    return [str(paper_id) for paper_id, _ in fuse(arms)]


def test_ties_are_broken_by_id() -> None:
    assert _order(_arm({"c": 2.0, "a": 2.0, "b": 5.0})) == ["b", "a", "c"]


def test_a_paper_that_an_arm_passed_over_counts_as_its_floor() -> None:
    words = _arm({"a": 9.0, "b": 3.0}, floor=3.0)
    vectors = _arm({"a": 0.2, "b": 0.2, "c": 0.2})
    scores = dict(fuse([words, vectors]))
    assert scores[PaperId("c")] == scores[PaperId("b")] < scores[PaperId("a")]


def test_a_paper_without_vectors_counts_as_the_mean() -> None:
    words = _arm({"a": 1.0, "b": 1.0, "c": 1.0})
    vectors = _arm({"a": 0.9, "b": 0.1}, unseen="c")
    assert _order(words, vectors) == ["a", "c", "b"]


def test_an_arm_of_equal_scores_tells_nothing() -> None:
    telling = _arm({"a": 1.0, "b": 2.0, "c": 3.0})
    constant = _arm({"a": 0.1, "b": 0.1, "c": 0.1}, weight=9.0)
    assert [*fuse([telling, constant])] == [*fuse([telling])]


def test_the_heavier_arm_decides() -> None:
    one, other = {"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}
    assert _order(_arm(one, weight=0.6), _arm(other, weight=0.5)) == ["a", "b"]


def test_no_arm_found_anything() -> None:
    assert [*fuse([_arm({}), _arm({})])] == []


@given(scores=_SCORES, other=_SCORES)
def test_the_order_of_the_scores_does_not_matter(scores: dict[str, float], other: dict[str, float]) -> None:
    backwards = dict(reversed(scores.items()))
    assert [*fuse([_arm(scores), _arm(other)])] == [*fuse([_arm(backwards), _arm(other)])]


@given(
    scores=_SCORES,
    other=_SCORES,
    floor=st.integers(-1_000, 1_000),
    factor=st.floats(0.01, 100),
    shift=st.integers(-1_000, 1_000),
)
def test_the_unit_of_an_arm_does_not_matter(
    scores: dict[str, float], other: dict[str, float], floor: int, factor: float, shift: int
) -> None:
    moved = {name: factor * score + shift for name, score in scores.items()}
    before = dict(fuse([_arm(scores, floor=floor), _arm(other)]))
    after = fuse([_arm(moved, floor=factor * floor + shift), _arm(other)])
    assert dict(after) == pytest.approx(before, abs=1e-6)
    in_new_order = [before[paper_id] for paper_id, _ in after]
    # Papers may change places only where rounding tells them apart.
    assert all(first >= second - 1e-6 for first, second in pairwise(in_new_order))
