"""What papers share with those that lead, by words and by vectors; nobody counts for himself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.resemblance import (
    resemblance_by_vectors,
    resemblance_by_words,
    share_words,
    trust,
)

_SCORES = st.lists(st.floats(-5, 5), min_size=1, max_size=40).map(np.array)
_WORDS = ("drum beat", "drum song", "drum beat song", "owl forest", "owl night", "forest night")
_HELD = tuple(frozenset(words.split()) for words in (*_WORDS, *(f"other{n}" for n in range(14))))
_RANKED = np.array([20.0, 19, 1, 18, *range(16, 0, -1)])  # the third, on drums as the first two, comes last


def _unit_rows(rows: int, *, seed: int = 3) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, 8))
    units: np.ndarray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units.astype(np.float32)


@given(_SCORES)
def test_the_best_is_trusted_most_and_nobody_not_at_all(scores: np.ndarray) -> None:
    trusted = trust(scores)
    assert trusted[scores.argmax()] == trusted.max() == 1
    assert (trusted > 0).all()
    assert (np.diff(trusted[np.argsort(-scores, kind="stable")]) < 0).all()


def test_who_shares_the_words_of_the_first_is_like_it() -> None:
    shared = resemblance_by_words(trust(_RANKED), share_words(_HELD))
    assert shared[2] > max(shared[3:])


def test_what_papers_share_sums_to_one_and_leaves_out_oneself() -> None:
    shares = share_words(_HELD)
    assert shares.sum(axis=1) == pytest.approx([1] * 6 + [0] * 14)
    assert not np.diag(shares).any()


def test_who_lies_where_the_first_ones_lie_is_like_them() -> None:
    vectors = _unit_rows(30)
    vectors[:3] = vectors[0]
    vectors[29] = vectors[0]
    assert resemblance_by_vectors(trust(-np.arange(30.0)), vectors).argmax() in {0, 1, 2, 29}
    assert resemblance_by_vectors(trust(-np.arange(30.0)), vectors)[29] > 1


def test_the_first_one_does_not_speak_for_itself() -> None:
    vectors = _unit_rows(30)
    vectors[1:6] = -vectors[0]
    scores = resemblance_by_vectors(trust(-np.arange(30.0)), vectors)
    assert scores[0] < min(scores[1:6])


@given(st.permutations(range(20)))
def test_the_order_of_papers_changes_nothing(order: list[int]) -> None:
    trusted, vectors = trust(_RANKED), _unit_rows(20)
    held = tuple(_HELD[at] for at in order)
    by_words = resemblance_by_words(trusted, share_words(_HELD))
    by_vectors = resemblance_by_vectors(trusted, vectors)
    np.testing.assert_allclose(
        resemblance_by_words(trusted[order], share_words(held)), by_words[order], atol=1e-5
    )
    np.testing.assert_allclose(
        resemblance_by_vectors(trusted[order], vectors[order]), by_vectors[order], atol=1e-4
    )


def test_of_a_paper_without_a_vector_nothing_is_known() -> None:
    vectors = _unit_rows(6)
    vectors[2] = 0
    known = ~np.isnan(resemblance_by_vectors(trust(np.arange(6.0)), vectors))
    assert known.tolist() == [True, True, False, True, True, True]
    assert np.isnan(resemblance_by_vectors(trust(np.arange(6.0)), np.zeros((6, 1), np.float32))).all()


def test_papers_that_are_all_alike_are_told_apart_by_nothing() -> None:
    vectors = np.tile(_unit_rows(1), (6, 1))
    assert resemblance_by_vectors(trust(np.arange(6.0)), vectors) == pytest.approx(np.zeros(6), abs=1e-3)
