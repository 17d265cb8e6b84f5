"""The learned match: one score a paper, linear in the question, and silent on papers without a vector."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.library.encoder import DIMENSIONS
from rag.retrieval.learned_match import learned_match


def _units(seed: int, rows: int) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(rows, DIMENSIONS))
    units: NDArray[np.float32] = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return units


def test_papers_are_told_apart_and_the_opposite_question_turns_their_order() -> None:
    question, papers = _units(1, 1)[0], _units(2, 5)
    scores = learned_match(question, papers)
    assert len(set(scores.tolist())) == 5
    assert learned_match(-question, papers) == pytest.approx(-scores)


def test_a_paper_scores_the_same_whatever_stands_beside_it() -> None:
    question, papers = _units(1, 1)[0], _units(2, 5)
    assert learned_match(question, papers[2:3])[0] == pytest.approx(learned_match(question, papers)[2])


def test_a_paper_without_vector_is_unknown() -> None:
    papers = _units(2, 2)
    papers[0] = 0.0
    assert np.isnan(learned_match(_units(1, 1)[0], papers)).tolist() == [True, False]


def test_no_papers_have_no_scores() -> None:
    assert learned_match(_units(1, 1)[0], np.empty((0, DIMENSIONS), np.float32)).shape == (0,)
