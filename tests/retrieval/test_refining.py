"""Refining: features as z-scores beside the fused score; what is unknown changes nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.refining import Candidates, first_order, refine, standardise
from rag.settings import FeatureWeights

_NOTHING = FeatureWeights(late=0.0)
_QUESTION = np.array([1.0, 0.0], np.float32)
_UNKNOWN = np.full(3, np.nan)
_PAPERS = Candidates(
    fused=np.array([3.0, 2.0, 1.0]),
    late=np.array([0.1, 0.2, 0.9]),
    words=np.array([5.0, 4.0, 0.0]),
    words_again=np.array([5.0, 4.0, 9.0]),
    match=np.array([0.5, 0.5, 3.0]),
    vectors=np.array([[1, 0], [0.8, 0.6], [0, 1]], np.float32),
)


def test_values_are_brought_to_mean_0_and_deviation_1() -> None:
    scaled = standardise(np.array([1.0, 2.0, 3.0]))
    assert scaled == pytest.approx(np.array([-1.2247449, 0.0, 1.2247449]))


def test_an_unknown_value_counts_as_the_mean() -> None:
    assert standardise(np.array([1.0, np.nan, 3.0])).tolist() == [-1.0, 0.0, 1.0]


@pytest.mark.parametrize("values", [[], [7.0], [2.0, 2.0], [np.nan, np.nan], [np.nan, 1.0]])
def test_values_that_tell_no_difference_count_nothing(values: list[float]) -> None:
    assert standardise(np.array(values)).tolist() == [0.0] * len(values)


@given(st.lists(st.floats(-1e3, 1e3) | st.just(float("nan")), max_size=9))
def test_any_values_can_be_scaled(values: list[float]) -> None:
    assert np.isfinite(standardise(np.array(values))).all()


def test_without_weights_the_first_ranking_stays() -> None:
    assert refine(_PAPERS, _QUESTION, weights=_NOTHING).tolist() == _PAPERS.fused.tolist()


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        pytest.param(FeatureWeights(late=2.0), 2, id="late interaction"),
        pytest.param(FeatureWeights(late=0.0, words=3.0), 2, id="feedback, words"),
        pytest.param(FeatureWeights(late=0.0, neighbours=9.0), 1, id="neighbours"),
        pytest.param(FeatureWeights(late=0.0, match=1.0), 2, id="learned match"),
    ],
)
def test_each_feature_can_change_the_order(weights: FeatureWeights, first: int) -> None:
    assert np.argmax(refine(_PAPERS, _QUESTION, weights=weights)) == first


def test_feedback_on_the_vector_favours_what_is_like_the_best_papers() -> None:
    alike = replace(
        _PAPERS,
        fused=np.array([9.0, 8.0, 7.0, 6.0, 5.0, 1.0, 1.0]),
        vectors=np.array([[0.6, 0.8, 0]] * 5 + [[0.5, 0.866, 0], [0.5, 0, 0.866]], np.float32),
        **{name: np.zeros(7) for name in ("late", "words", "words_again", "match")},
    )
    question = np.array([1.0, 0.0, 0.0], np.float32)
    scores = refine(alike, question, weights=FeatureWeights(late=0.0, vector=0.5))
    assert scores[5] > scores[6]


def test_without_a_question_vector_nothing_is_compared() -> None:
    weights = FeatureWeights(late=0.0, vector=1.0)
    assert refine(_PAPERS, None, weights=weights).tolist() == _PAPERS.fused.tolist()


def test_a_paper_without_tokens_keeps_its_first_score() -> None:
    partly = replace(_PAPERS, late=np.array([0.1, np.nan, 0.9]))
    assert refine(partly, _QUESTION, weights=FeatureWeights())[1] == _PAPERS.fused[1]


def test_a_paper_without_a_learned_match_counts_as_the_mean() -> None:
    partly = replace(_PAPERS, match=np.array([1.0, np.nan, 3.0]))
    scores = refine(partly, _QUESTION, weights=FeatureWeights(late=0.0, match=1.0))
    assert (scores - _PAPERS.fused).tolist() == [-1.0, 0.0, 1.0]


def test_unknown_features_leave_the_first_ranking() -> None:
    unknown = replace(_PAPERS, late=_UNKNOWN, match=_UNKNOWN, vectors=np.zeros((3, 2), np.float32))
    scores = refine(unknown, _QUESTION, weights=FeatureWeights(vector=0.3, match=1.0))
    assert scores.tolist() == _PAPERS.fused.tolist()


def test_feedback_comes_from_the_best_by_late_interaction_too() -> None:
    assert first_order(_PAPERS, FeatureWeights(late=2.0)).tolist()[0] == 2
    assert first_order(_PAPERS, _NOTHING).tolist() == [0, 1, 2]


def test_papers_of_equal_scores_stay_in_their_order() -> None:
    level = replace(_PAPERS, fused=np.ones(3))
    assert first_order(level, _NOTHING).tolist() == [0, 1, 2]
