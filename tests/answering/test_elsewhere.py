"""Follow-ups that leave what the last answer listed."""

from __future__ import annotations

import pytest

from rag.types import Conversation, Kind
from tests.answering.following import SHOWN, ask


@pytest.mark.parametrize("asked", ["neither", "no, none of them", "none of these fits"])
def test_who_wants_none_of_the_papers_is_not_shown_all(asked: str) -> None:
    assert ask(asked).kind is Kind.TALK
    assert ask("none of them uses labels?").kind is not Kind.TALK


def test_a_topic_of_the_library_is_known_by_the_paper_that_was_shown_for_it() -> None:
    told = Conversation("what is in my library?", Kind.CORPUS, SHOWN)
    assert ask("tell me more about the third topic", told).text == "papers like “Slow Drums”"
    assert ask("what about theme 2?", told).text == "papers like “Patient Mamba”"
    assert ask("tell me more about the third topic").text == "tell me more about the third topic"
    assert "3 topics: there is no fifth" in ask("tell me more about the fifth topic", told).notices[0]


def test_who_goes_back_to_a_topic_asks_for_it_anew() -> None:
    question = ask("back to the drum solo ones: which use labels?")
    assert (question.text, question.scope.ids) == ("papers on drum solo and that use labels", None)
    assert ask("back to the list: which use labels?").scope.ids == ("a", "b", "c")
