"""Whether papers agree in what was asked last."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.understanding import understand
from rag.types import Conversation, Kind, Mention, PaperId, Question

_SHOWN = (Mention(PaperId("a"), "Owls at Night"), Mention(PaperId("b"), "Owls by Day"))
_REASONS = Conversation("why are owls quiet?", Kind.EXPLAIN, _SHOWN[:1], about=(PaperId("a"),))
_LISTED = Conversation("papers about owls", Kind.LIST, _SHOWN)


def _ask(asked: str, said: Conversation) -> Question:
    return understand(asked, today=date(2026, 1, 1), conversation=said)


@pytest.mark.parametrize(
    "asked", ["does any paper contradict this?", "is this disputed?", "Does anyone disagree with that?", "is there a debate?", "and who disagrees?", "who disputes it?"]
)  # fmt: skip
def test_what_is_disputed_is_the_last_topic_in_the_whole_library(asked: str) -> None:
    question = _ask(asked, _REASONS)
    assert (question.sought, question.kind, question.scope.ids) == ("owls quiet", Kind.EXPLAIN, None)


@pytest.mark.parametrize("asked", ["do they agree?", "do these contradict each other?"])
def test_they_are_the_papers_that_were_shown(asked: str) -> None:
    question = _ask(asked, _LISTED)
    assert (question.sought, question.kind, question.scope.ids) == ("owls", Kind.EXPLAIN, ("a", "b"))


@pytest.mark.parametrize("asked", ["does it agree with human ears?", "does any paper contradict Darwin?"])
def test_who_names_what_is_disputed_asks_of_that(asked: str) -> None:
    assert _ask(asked, _REASONS).sought != "owls quiet"
