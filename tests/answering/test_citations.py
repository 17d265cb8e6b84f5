"""Markers and sentences, as models write them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.writing.citations import MarkedSentence, SentenceStream, read_marked, split_sentences

_PIECES = st.sampled_from([
    "Both are fused", "It gains 3.5%, e.g. on streets", "(So it is. It is so)", 'It says "no. Not so" now',
    "Smith et al. agree", "- A bullet", "2. An item", "**Bold**", "see Fig. 2", " [1]", "[2, 5]", "[3", "]",
    ".", "!", "...", " ", "  ", "\n", "(", '"', "—", "\r\n", "\t",
])  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=25).map("".join)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Both are fused [1].", (1,)),
        ("Both are fused [1][2].", (1, 2)),
        ("Both are fused [1] [2].", (1, 2)),
        ("Both are fused [2, 5].", (2, 5)),
        ("Both are fused [2; 5].", (2, 5)),
        ("Both are fused [2-4].", (2, 3, 4)),
        ("Both are fused [2–4, 7].", (2, 3, 4, 7)),
        ("Both are fused. [1]", (1,)),
        ("Both are fused. [1].", (1,)),
        ("Both [2] are fused [1][2].", (2, 1)),
        ("- **Both** are fused [1].", (1,)),
        ("* Both are fused[1].", (1,)),
        ("2. Both are fused [1].", (1,)),
        ("### Both are fused [1].", (1,)),
        ("Both are fused.", ()),
    ],
)
def test_forms_of_markers(sentence: str, numbers: tuple[int, ...]) -> None:
    assert read_marked(sentence) == MarkedSentence("Both are fused.", numbers)


@pytest.mark.parametrize("sentence", ["Read [about] it.", "In [2024] it was.", "An [] is.", "Take x[i]."])
def test_other_brackets_are_text(sentence: str) -> None:
    assert read_marked(sentence) == MarkedSentence(sentence, ())


def test_a_range_without_end_is_bounded() -> None:
    assert len(read_marked("All of them [1-999].").numbers) < 70


def test_an_interval_is_text_not_a_marker() -> None:
    marked = read_marked("Scores lie in [0, 1] for all [2].")
    assert (marked.text, marked.numbers) == ("Scores lie in [0, 1] for all.", (2,))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is so [1]. It is fast [2].", ["It is so [1].", "It is fast [2]."]),
        ("It is so. [1] It is fast. [2]", ["It is so. [1]", "It is fast. [2]"]),
        ("It is so. [1][2]\nIt is fast.", ["It is so. [1][2]", "It is fast."]),
        ("- It is so [1]\n- It is fast [2]", ["- It is so [1]", "- It is fast [2]"]),
        ("1. It is so [1].\n2. It is fast [2].", ["1. It is so [1].", "2. It is fast [2]."]),
        ("It gains 3.5%, e.g. on streets [1].", ["It gains 3.5%, e.g. on streets [1]."]),
        ("It is so (see above. It is) [1].", ["It is so (see above. It is) [1]."]),
        ("It is so [1", ["It is so [1"]),
        ("", []),
    ],
)
def test_sentences_keep_their_markers(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@given(text=_TEXTS, cuts=st.lists(st.integers(0, 400), max_size=12))
def test_where_the_stream_is_cut_does_not_matter(text: str, cuts: list[int]) -> None:
    stream = SentenceStream()
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    found = [s for start, end in pairwise(edges) for s in stream.feed(text[start:end])]
    assert [*found, *stream.flush()] == split_sentences(text)


@given(text=_TEXTS)
def test_no_letter_of_a_reply_is_lost(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


def test_a_sentence_is_ready_as_soon_as_the_next_begins() -> None:
    stream = SentenceStream()
    assert stream.feed("It is so. [1] ") == []
    assert stream.feed("It is ") == ["It is so. [1]"]
