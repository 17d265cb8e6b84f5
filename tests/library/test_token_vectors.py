"""Token vectors made small: which are kept, and that cosines survive."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from rag.library.encoder import DIMENSIONS, Encoder, Vector
from rag.library.token_vectors import (
    INT8_ONE,
    PROJECTION_FILE,
    TOKEN_DIMENSIONS,
    carries_topic,
    shrink,
    to_int8,
    unit_rows,
)


@pytest.fixture(scope="module")
def tokens(encoder: Encoder) -> Vector:
    return encoder.topic_tokens("local and global features of images")


def test_stop_words_and_punctuation_are_dropped() -> None:
    pieces = ["[CLS]", "the", "local", "##ity", ",", "Which", "3", "[SEP]"]
    assert carries_topic(pieces).tolist() == [False, False, True, True, False, False, True, False]


def test_the_projection_is_orthonormal() -> None:
    with (files("rag.library") / PROJECTION_FILE).open("rb") as file:
        projection = np.load(file, allow_pickle=False).astype(np.float32)
    assert projection.shape == (DIMENSIONS, TOKEN_DIMENSIONS)
    assert np.allclose(projection.T @ projection, np.eye(TOKEN_DIMENSIONS), atol=1e-3)


def test_small_vectors_are_unit_rows(tokens: Vector) -> None:
    small = shrink(tokens)
    assert small.shape == (4, TOKEN_DIMENSIONS)  # "and" and "of" are left out
    assert np.allclose(np.linalg.norm(small, axis=1), 1.0, atol=1e-5)


def test_no_token_gives_no_vector() -> None:
    assert shrink(np.empty((0, DIMENSIONS), np.float32)).shape == (0, TOKEN_DIMENSIONS)


def test_int8_keeps_the_cosines(tokens: Vector) -> None:
    small = shrink(tokens)
    whole = to_int8(small).astype(np.float32) / INT8_ONE
    assert to_int8(small).dtype == np.int8
    assert np.allclose(whole @ whole.T, small @ small.T, atol=0.02)


def test_a_row_of_zeros_stays() -> None:
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], np.float32))
    assert rows == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0]]))
