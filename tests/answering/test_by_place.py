"""References by number or place in the list."""

from __future__ import annotations

import pytest

from rag.types import NOTHING_SAID, Conversation, Kind, PaperId, Scope
from tests.answering.following import LISTED, SHOWN, ask


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("the seventh one: which data sets?", "seventh"),
        ("compare 1 and the 40th", "40th"),
        ("compare 1 and 40", "number 40"),
        ("the 40th and 2: which is faster?", "40th"),
        ("is the twentieth better than the first?", "twentieth"),
        ("drop 30", "number 30"),
        ("keep only number 40", "number 40"),
        ("export the 40th", "40th"),
        ("papers like the fourth", "fourth"),
        ("summarise the seventh one", "seventh"),
        ("compare 7 and 8", "number 7 and no number 8"),
    ],
)
def test_a_number_beyond_the_list_asks_nothing_and_is_said(asked: str, missing: str) -> None:
    question = ask(asked)
    assert (question.kind, question.notices) == (
        Kind.TALK,
        (f"The last answer has 3 papers: there is no {missing}.",),
    )


def test_a_number_beyond_the_list_is_said_among_picked_papers_too() -> None:
    picked = Scope(ids=(PaperId("a"), PaperId("b")))
    assert "no 40th" in ask("what does the 40th use?", scope=picked).notices[0]


@pytest.mark.parametrize("asked", ["keep the first 40", "compare the last five", "the top 20"])
def test_of_more_papers_than_there_are_all_are_asked_and_that_is_said(asked: str) -> None:
    question = ask(asked)
    assert question.scope.ids == tuple("abc")
    assert "The last answer has 3 papers, not" in question.notices[1]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("drop 3", "ab"),
        ("export 1 and 3", "ac"),
        ("open 2 and the last", "bc"),
        ("what about 2?", "b"),
        ("the 2nd and 3rd", "bc"),
        ("compare 1 and the last", "ac"),
        ("compare the first to the second", "ab"),
        ("which use between 1 and 2 labels?", "abc"),
        ("of the eight papers, which use maps?", "abc"),
    ],
)
def test_numbers_and_ordinals_are_read_together(asked: str, ids: str) -> None:
    assert ask(asked).scope.ids == tuple(ids)


def test_of_the_models_of_one_paper_none_is_missing() -> None:
    conversation = Conversation("how does it work?", Kind.FACT, SHOWN[:1], about=(PaperId("a"),))
    assert ask("how do the first and the second model differ?", conversation).kind is not Kind.TALK


@pytest.mark.parametrize("asked", ["#0", "what does number 0 say of the first forest?"])
@pytest.mark.parametrize("said", [LISTED, NOTHING_SAID])
def test_no_paper_has_the_number_0(asked: str, said: Conversation) -> None:
    assert not ask(asked, said).scope.ids
