"""Late interaction, by hand: the mean of best matches, and what is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.retrieval.late import late_interaction

_X, _Y = (127, 0), (0, 127)
# No denormal: half of the smallest float is 0, which no rarity comes near.
_weight = st.just(0.0) | st.floats(2**-10, 10, width=32)


def _score(
    weights: Sequence[float], *papers: Sequence[tuple[int, int]], question: object = ((1, 0), (0, 1))
) -> NDArray[np.float32]:
    tokens = [np.array(paper, np.int8).reshape(-1, 2) for paper in papers]
    return late_interaction(np.array(question, np.float32), np.array(weights, np.float32), tokens)


def test_each_word_takes_its_best_match() -> None:
    # x matches with 1, y with 0.6 (= 76 / 127, rounded to int8): (3 x 1 + 1 x 0.598) / 4.
    scores = _score([3, 1], [_X, (102, 76)])
    assert scores[0] == pytest.approx((3 + 76 / 127) / 4, abs=1e-6)


def test_a_paper_with_both_words_is_before_one_that_repeats_a_word() -> None:
    both, repeated = _score([1, 1], [_X, _Y], [_X, _X, _X])
    assert (both, repeated) == (1.0, 0.5)


def test_a_word_without_weight_does_not_count() -> None:
    assert _score([1, 0], [_X])[0] == 1.0


def test_opposite_vectors_count_against_a_paper() -> None:
    assert _score([1, 0], [(-127, 0)])[0] == -1.0


def test_a_paper_without_tokens_is_unknown() -> None:
    known, unknown = _score([1, 1], [_X], [])
    assert known == 0.5
    assert np.isnan(unknown)


def test_all_are_unknown_when_no_word_weighs_anything() -> None:
    assert np.isnan(_score([0, 0], [_X], [_Y])).all()


def test_a_question_without_tokens_tells_nothing() -> None:
    assert np.isnan(_score([], [_X], question=np.empty((0, 2)))).all()


@given(st.lists(_weight, min_size=2, max_size=2), st.floats(0.125, 8, width=32))
def test_only_the_ratio_of_the_weights_matters(weights: list[float], factor: float) -> None:
    papers = [(90, 90), (127, 0)], [(0, -127)]
    scaled = [weight * factor for weight in weights]
    assert _score(scaled, *papers) == pytest.approx(_score(weights, *papers), abs=1e-4, nan_ok=True)


@given(words=st.integers(1, 17), seed=st.integers(0, 99))
def test_any_number_of_words_is_compared_exactly(words: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    question, weights = draw.normal(size=(words, 4)).astype(np.float32), draw.random(words).astype(np.float32)
    papers = [draw.integers(-127, 128, (length, 4)).astype(np.int8) for length in (1, 5, 30)]
    expected = [(question @ paper.T / 127).max(axis=1) @ weights / weights.sum() for paper in papers]
    assert late_interaction(question, weights, papers) == pytest.approx(expected, abs=1e-4)
