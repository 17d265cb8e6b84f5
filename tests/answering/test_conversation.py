"""What is remembered of an answer."""

from __future__ import annotations

from rag.answering.asking.conversation import remember
from rag.types import Conversation, Kind, PaperId
from tests.answering.following import LISTED, SHOWN, ask


def test_after_papers_like_it_it_is_still_the_paper_that_they_are_like() -> None:
    asked_of = Conversation("what is Slow Drums?", Kind.FACT, SHOWN[2:], about=(PaperId("c"),))
    alike = remember(asked_of, ask("papers like it", asked_of), shown=SHOWN[:2])
    assert alike.papers == SHOWN[:2]
    assert ask("does it need labels?", alike).scope.ids == ("c",)
    assert ask("which of these need labels?", alike).scope.ids == ("a", "b")


def test_a_narrowed_list_becomes_the_set_and_keeps_the_wider_one() -> None:
    narrowed = remember(LISTED, ask("of those, which use transformers?"), shown=SHOWN[1:])
    assert (narrowed.papers, narrowed.wider) == (SHOWN[1:], SHOWN)
    assert ask("and the others?", narrowed).scope.ids == ("a",)


def test_a_question_about_a_member_keeps_the_set() -> None:
    after = remember(LISTED, ask("the second one: how big is it?"), shown=SHOWN[1:2])
    assert (after.papers, after.about) == (SHOWN, ("b",))
    assert ask("does it need labels?", after).scope.ids == ("b",)


def test_small_talk_leaves_the_conversation_as_it_was() -> None:
    assert remember(LISTED, ask("thanks!"), shown=()) == LISTED
