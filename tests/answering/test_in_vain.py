"""References that point at nothing."""

from __future__ import annotations

import pytest

from rag.types import NOTHING_SAID, WHOLE_LIBRARY, Conversation, Kind
from tests.answering.following import ask


@pytest.mark.parametrize(
    "asked",
    [
        "of those, which use transformers?",
        "drop the surveys",
        "compare the first two",
        "whose data set is the largest?",
    ],
)
def test_with_nothing_before_a_follow_up_is_a_question_of_its_own_and_says_so(asked: str) -> None:
    question = ask(asked, NOTHING_SAID)
    assert question.scope == WHOLE_LIBRARY
    assert "Nothing was shown before" in question.notices[0]


@pytest.mark.parametrize(
    "asked",
    [
        "of those, which use maps?",
        "drop the second",
        "does it need labels?",
        "number nine",
        "only the surveys",
    ],
)
def test_of_an_answer_without_papers_none_can_be_asked(asked: str) -> None:
    question = ask(asked, Conversation("papers on owls", Kind.LIST))
    assert question.kind is Kind.TALK
    assert "The last answer listed no papers" in question.notices[0]


@pytest.mark.parametrize(
    "asked",
    [
        "papers that work on owls",
        "show me papers that work without labels",
        "which papers claim to be the first to count owls?",
        "Do the papers agree on whether owls sing?",
        "the paper on owls: what data did they use?",
        "compare the first three papers on owls",
    ],
)
def test_a_question_that_stands_alone_misses_nothing_before_it(asked: str) -> None:
    assert not any("Nothing was shown" in notice for notice in ask(asked, NOTHING_SAID).notices)
