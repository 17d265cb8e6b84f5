"""Two questions in one message."""

from __future__ import annotations

import pytest

from rag.types import NOTHING_SAID, Kind
from tests.answering.following import ask


@pytest.mark.parametrize(
    ("asked", "answered", "other"),
    [
        (
            "is there work on owls? if yes, which data sets do they use?",
            "is there work on owls?",
            "which data sets do they use?",
        ),
        ("who studies owls, and how do they count them?", "who studies owls?", "how do they count them?"),
        ("which papers use maps? Which use drums?", "which papers use maps?", "Which use drums?"),
        (
            "how many papers are on owls and which is the newest?",
            "which papers are on owls?",
            "which is the newest?",
        ),
    ],
)
def test_of_two_questions_the_first_is_answered_and_the_other_said(
    asked: str, answered: str, other: str
) -> None:
    question = ask(asked, NOTHING_SAID)
    assert (question.text, question.kind) == (answered, Kind.LIST)
    assert question.notices == (
        f"Two questions at once: this answers the first. Ask the other one next: “{other}”",
    )


@pytest.mark.parametrize(
    "asked",
    [
        "I study woods. Anything on owls?",
        "how does SlotNet work? is its code public?",
        "Do networks see as we do? Papers that compare them.",
        "which papers use maps and drums?",
    ],
)
def test_one_question_is_left_whole(asked: str) -> None:
    assert ask(asked, NOTHING_SAID).text == asked
