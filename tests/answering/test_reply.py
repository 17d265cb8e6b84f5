"""Thoughts are left out, however the stream was cut into pieces."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.model.reply import Afresh, ThoughtFilter

_TEXTS = st.lists(
    st.sampled_from(["<think>", "</think>", "<", "/think>", "<th", "ink>", "It is so. ", "a < b ", "<b>"]),
    max_size=12,
).map("".join)


def _shown(*pieces: str) -> str:
    """Return what a reader is left with: what stands after the last fresh start."""
    thoughts = ThoughtFilter()
    kept = [*itertools.chain.from_iterable(thoughts.feed(piece) for piece in pieces), *thoughts.flush()]
    last = max((n for n, piece in enumerate(kept) if isinstance(piece, Afresh)), default=-1)
    return "".join(piece for piece in kept[last + 1 :] if isinstance(piece, str))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<think>Hm.</think>It is so.", "It is so."),
        ("<THINKING>\nHm.\n</THINKING>\nIt is so.", "\nIt is so."),
        ("Hm.</think>It is so.", "It is so."),
        ("It is <think>Hm.</think>so.", "It is so."),
        ("<think>Hm. There is no end", ""),
        ("a < b and <b>", "a < b and <b>"),
        ("<th<think></think>ink>It is so.", "ink>It is so."),
    ],
)
def test_thoughts_are_left_out(said: str, shown: str) -> None:
    assert _shown(said) == shown


@given(text=_TEXTS)
def test_pieces_of_any_size_show_the_same(text: str) -> None:
    assert _shown(*text) == _shown(text)


@given(text=_TEXTS)
def test_no_tag_of_a_thought_is_shown(text: str) -> None:
    assert "<think>" not in _shown(text)
    assert "</think>" not in _shown(text)
