"""Slips in the words that ask are mended; topics and names are left as they are."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.slips import mend_asking
from rag.answering.asking.understanding import understand
from rag.types import Kind


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("wich pappers use owls", "which papers use owls"),
        ("Whcih paperes comapre owls?", "Which papers compare owls?"),
        ("whats the diffrence betwen owls and drums", "what's the difference between owls and drums"),
        ("how meny papers, how much papers", "how many papers, how many papers"),
        ("any1 w/ code or w/o labels", "anyone with code or without labels"),
    ],
)
def test_a_slip_in_a_word_that_asks_is_mended(asked: str, meant: str) -> None:
    assert mend_asking(asked) == meant


@pytest.mark.parametrize(
    "asked",
    [
        "witch trials",
        "early abort",
        "the taught Papert",
        "what is TEH?",
        "benchmarked datasets",
        "pre-papres",
        "how much paper",
    ],
)
def test_other_words_are_left_as_they_are(asked: str) -> None:
    assert mend_asking(asked) == asked


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("wich work uses drums", Kind.LIST),
        ("how meny papers do i have", Kind.CORPUS),
        ("wat is the backbone of SlotNet", Kind.FACT),
    ],
)
def test_a_hurried_question_is_answered_like_a_careful_one(asked: str, kind: Kind) -> None:
    assert understand(asked, today=date(2026, 1, 1)).kind is kind
