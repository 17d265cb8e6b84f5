"""Pronouns of a follow-up: whether they stand for what was shown, or for a word of their own question."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.understanding import understand
from rag.types import Conversation, Kind, Mention, PaperId

_OWL = Mention(PaperId("owl"), "OwlNet: Hearing Birds")
_TALKED_OF = Conversation("what does OwlNet do?", Kind.FACT, (_OWL,), (), (_OWL.id,))


def _asked_of(asked: str) -> tuple[PaperId, ...] | None:
    return understand(asked, today=date(2026, 1, 1), conversation=_TALKED_OF).scope.ids


@pytest.mark.parametrize(
    "asked",
    [
        "what is the size of its memory?",
        "which models were trained on it",
        "how many layers are used in its ear?",
        "how many microphones did the group need for it",
    ],
)
def test_a_noun_of_the_same_clause_is_not_what_a_pronoun_stands_for(asked: str) -> None:
    assert _asked_of(asked) == ("owl",)


@pytest.mark.parametrize(
    "asked",
    [
        "how does the drum keep its beat?",
        "does WrenNet forget what it heard?",
        "how many people filmed their owls?",
        "can a loss hurt the drum that needs it?",
        "why is it hard for a model to count otters?",
        "how long does a model need before it counts otters?",
    ],
)
def test_a_word_that_a_pronoun_may_stand_for_keeps_a_question_its_own(asked: str) -> None:
    assert _asked_of(asked) is None
