"""A paper as texts of its own: windows that a model can read, and one vector a passage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library.encoder import Vector
from rag.library.encoding import encode_as_texts, shorten
from rag.library.passages import split_passages
from rag.types import Paper, PaperId

_WINDOW = 300


def _sent(title: str, abstract: str, *, window: int = _WINDOW) -> list[str]:
    """Return the texts that an encoder is asked to read: windows first, then passages."""
    texts: list[str] = []

    def embed(asked: Sequence[str]) -> Vector:
        texts.extend(asked)
        return np.ones((len(asked), 3), dtype=np.float32)

    one = Paper(PaperId("a"), title, abstract)
    encode_as_texts(one, split_passages(one), embed, window=window)
    return texts


def test_a_short_paper_is_one_text_and_one_a_passage() -> None:
    first, second = "Whales sing in the deep sea at night.", "Banks lend money to many small firms."
    assert _sent("Songs", f"{first} {second}") == [f"Songs\n{first} {second}", first, second]


_ABSTRACT = st.lists(st.sampled_from(["It is. ", "Long " * 90 + "end. ", "鼓" * 200, "\n"]), max_size=8).map(
    "".join
)


@given(title=st.text(max_size=400), abstract=_ABSTRACT)
def test_no_text_is_empty_or_longer_than_the_window(title: str, abstract: str) -> None:
    texts = _sent(title, abstract)
    assert all(text.strip() and len(text.encode()) <= _WINDOW for text in texts)


@given(sentences=st.lists(st.integers(20, 240), min_size=1, max_size=12))
def test_windows_end_at_passages_and_leave_none_out(sentences: list[int]) -> None:
    abstract = " ".join(f"Sentence {n} {'x' * length}." for n, length in enumerate(sentences))
    passages = split_passages(Paper(PaperId("a"), "T", abstract))
    windows = _sent("T", abstract)[: -len(passages)]
    assert all(window.startswith("T\nSentence ") for window in windows)
    assert " ".join(window.removeprefix("T\n") for window in windows) == abstract


def test_a_long_paper_is_the_mean_of_its_windows_by_length() -> None:
    long, short = f"{'x' * 250}.", f"{'y' * 49}."
    one = Paper(PaperId("a"), "T", f"{long} {short}")

    def embed(asked: Sequence[str]) -> Vector:
        return np.array([[1, 0] if "x" in text else [0, 1] for text in asked], dtype=np.float32)

    encoded = encode_as_texts(one, split_passages(one), embed, window=_WINDOW)
    assert encoded.paper[0] / encoded.paper[1] == pytest.approx(253 / 52)
    assert np.linalg.norm(encoded.paper) == pytest.approx(1.0)
    assert encoded.passages.tolist() == [[1, 0], [0, 1]]


@given(text=st.text(max_size=50), window=st.integers(10, 60))
def test_a_shortened_text_is_a_beginning(text: str, window: int) -> None:
    short = shorten(text, window)
    assert len(short.encode()) <= window
    assert text.strip().startswith(short) or short == "(no text)"
