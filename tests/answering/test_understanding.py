"""A question in a conversation, as one that stands alone."""

from __future__ import annotations

from dataclasses import replace

from rag.types import Conversation, Kind, PaperId, Scope
from tests.answering.following import LISTED, SHOWN, ask


def test_after_a_summary_the_next_paper_is_summarised_too() -> None:
    summarised = replace(LISTED, question="Patient Mamba", kind=Kind.FACT, about=(PaperId("b"),))
    assert ask("and the third?", summarised).text == "summarise “Slow Drums”"


def test_of_given_papers_those_are_asked_that_the_words_point_at() -> None:
    given = Scope(ids=(PaperId("b"), PaperId("c")))
    picked = replace(LISTED, papers=SHOWN[1:], wider=SHOWN)
    assert ask("the second one: how big is its data set?", picked, scope=given).scope.ids == ("c",)
    assert ask("which papers use transformers?", picked, scope=given).scope.ids == ("b", "c")
    assert ask("How large is Twin Scale Fusion?", scope=given).scope.ids == ("b", "c")


def test_one_paper_is_not_sorted() -> None:
    question = ask("newest first", Conversation("what is Slow Drums?", Kind.FACT, SHOWN[2:]))
    assert question.kind is Kind.TALK
    assert "showed one paper" in question.notices[0]


def test_papers_that_are_named_by_id_are_not_looked_for_in_the_conversation() -> None:
    scope = Scope(ids=(PaperId("z"),))
    assert ask("the second one: how big is it?", scope=scope).scope == scope
