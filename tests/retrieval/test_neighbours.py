"""Neighbours, by hand: a paper takes the mean of those that are most like it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.retrieval.neighbours import neighbour_scores


def _smooth(scores: list[float], vectors: object) -> NDArray[np.float64]:
    return neighbour_scores(np.array(scores), np.array(vectors, np.float32))


def test_near_papers_lend_their_scores_by_their_cosines() -> None:
    # Cosines to the first: 0.8 and 0.6; so (0.8 x 1 + 0.6 x 3) / 1.4. The others: 0.8 and 0.96.
    smoothed = _smooth([9.0, 1.0, 3.0], [[1, 0], [0.8, 0.6], [0.6, 0.8]])
    assert smoothed[0] == pytest.approx(2.6 / 1.4)
    assert smoothed[1] == pytest.approx((0.8 * 9 + 0.96 * 3) / 1.76)


def test_only_the_five_nearest_count() -> None:
    angles = np.radians([0, 1, 2, 3, 4, 5, 60])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    with_last = _smooth([0, 1, 1, 1, 1, 1, 99], vectors)
    assert with_last[0] == pytest.approx(1.0)


def test_its_own_score_does_not_count() -> None:
    assert _smooth([5.0, 1.0], [[1, 0], [1, 0]]).tolist() == [1.0, 5.0]


def test_a_paper_at_right_angles_to_all_keeps_its_score() -> None:
    assert _smooth([1.0, 2.0, 7.0], [[1, 0, 0], [1, 0, 0], [0, 0, 1]])[2] == 7.0


def test_papers_without_vectors_keep_their_scores() -> None:
    assert _smooth([1.0, 2.0], np.zeros((2, 3))).tolist() == [1.0, 2.0]


def test_one_paper_keeps_its_score() -> None:
    assert _smooth([4.0], [[1, 0]]).tolist() == [4.0]
