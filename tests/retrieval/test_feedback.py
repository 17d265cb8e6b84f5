"""Feedback: the words and vectors of the best papers join the question, and never replace it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.feedback import expand_terms, pull_vector, saturate

_STEMS = st.sampled_from("abcdefgh")


def test_the_words_that_carry_the_papers_join_by_rarity_and_frequency() -> None:
    # mass: rare 3 x 1 / 2.2 = 1.364, often 2 x 2 / 3.2 = 1.25; so often gains 0.6 x 1.25 / 1.364.
    joined = expand_terms({"asked": 1.0}, [saturate(["rare", "often", "often"])], {"rare": 3.0, "often": 2.0})
    assert joined == {"asked": 1.0, "rare": 0.6, "often": 0.55}


def test_a_word_of_many_papers_does_not_join() -> None:
    assert expand_terms({"asked": 1.0}, [saturate(["common"])], {"common": 1.3}) == {"asked": 1.0}


def test_no_more_than_thirty_words_join() -> None:
    stems = [f"w{n}" for n in range(100)]
    assert len(expand_terms({}, [saturate(stems)], dict.fromkeys(stems, 5.0))) == 30


def test_without_papers_the_question_stays() -> None:
    assert expand_terms({"asked": 1.0}, [], {}) == {"asked": 1.0}


@given(
    question=st.dictionaries(_STEMS, st.floats(0.5, 2), max_size=4),
    papers=st.lists(st.lists(_STEMS, max_size=9).map(saturate), max_size=4),
    rarity=st.dictionaries(_STEMS, st.floats(0, 9)),
)
def test_words_of_the_question_lose_nothing_and_new_ones_weigh_less(
    question: dict[str, float], papers: list[dict[str, float]], rarity: dict[str, float]
) -> None:
    joined = expand_terms(question, papers, rarity)
    assert all(joined[stem] >= round(weight, 4) for stem, weight in question.items())
    assert all(weight <= 0.6 for stem, weight in joined.items() if stem not in question)


def test_the_vector_is_pulled_towards_the_mean_of_the_papers() -> None:
    papers = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], np.float32)
    pulled = pull_vector(np.array([1.0, 0.0, 0.0], np.float32), papers)
    expected = np.array([1.0, 0.3, 0.3]) / np.sqrt(1.18)
    assert pulled == pytest.approx(expected, abs=1e-6)
