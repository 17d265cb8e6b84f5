"""What is asked of papers that were shown: its words and its kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.answering.asking.conversation import remember
from rag.answering.asking.criteria_line import describe
from rag.answering.asking.understanding import understand
from rag.types import Kind, PaperId, Scope
from tests.answering.following import LISTED, SHOWN, ask


@pytest.mark.parametrize(
    ("asked", "stands_alone"),
    [
        ("which use transformers?", "which papers use transformers?"),
        ("which of these release code?", "which papers release code?"),
        ("of those, which need labels?", "which papers need labels?"),
    ],
)
def test_of_a_few_papers_too_which_ones_is_a_set_question(asked: str, stands_alone: str) -> None:
    question = ask(asked)
    assert (question.kind, question.text, question.scope.ids) == (Kind.LIST, stands_alone, tuple("abc"))
    alone = understand(asked, today=date(2026, 1, 1), scope=Scope(ids=(PaperId("a"), PaperId("b"))))
    assert alone.kind is Kind.LIST


@pytest.mark.parametrize(
    ("asked", "sought"),
    [
        ("what data are these tested on?", "what data are they tested on?"),
        ("what do these need?", "what do they need?"),
        ("how were those trained?", "how were they trained?"),
        ("which losses do these use?", "which losses do they use?"),
    ],
)
def test_a_question_about_a_set_keeps_its_grammar(asked: str, sought: str) -> None:
    question = ask(asked)
    assert (question.kind is Kind.LIST, question.sought) == (False, sought)


@pytest.mark.parametrize("asked", ["which data sets do they use?", "which of them is the newest?"])
def test_what_a_set_has_in_names_and_dates_is_counted(asked: str) -> None:
    question = ask(asked)
    assert (question.kind, question.text, question.scope.ids) == (Kind.CORPUS, asked, tuple("abc"))


def test_a_question_about_one_paper_names_it_and_searches_for_the_rest() -> None:
    question = ask("the second one: how big is its data set?")
    assert question.text == "“Patient Mamba”: how big is its data set?"
    assert question.sought == "how big is its data set?"
    assert question.asked == "the second one: how big is its data set?"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("which of them build a data set?", "which papers build a data set?"),
        ("any of these build on CLIP?", "which papers build on CLIP?"),
        ("who of them also uses text?", "which papers use text?"),
        ("which one is about drums?", "which papers are about drums?"),
        ("Are they about drums?", "which papers are about drums?"),
        ("do these papers use drums?", "which papers use drums?"),
        ("any with audio?", "papers with audio?"),
    ],
)
def test_which_of_a_set_is_a_set_question_in_plain_words(asked: str, text: str) -> None:
    question = ask(asked)
    assert (question.text, question.kind, question.scope.ids) == (text, Kind.LIST, tuple("abc"))


@pytest.mark.parametrize("asked", ["and the ones that don't?", "which don't?", "and the others?"])
def test_what_a_narrower_list_left_out_is_shown(asked: str) -> None:
    question = ask(asked, replace(LISTED, papers=SHOWN[:1], wider=SHOWN))
    assert (question.text, question.scope.ids, question.criteria.clauses) == ("these papers", ("b", "c"), ())


@pytest.mark.parametrize("asked", ["of those, which are about owls?", "only the ones on owls", "on owls?"])
def test_a_narrowing_that_gave_nothing_is_asked_again(asked: str) -> None:
    listed = replace(LISTED, listed=LISTED.question)
    refused = remember(listed, ask(asked, listed), shown=SHOWN[:1], answered=False)
    again = ask(asked, refused)
    assert (describe(again.criteria), again.scope.ids, again.again) == ("owls", tuple("abc"), ())


def test_after_a_narrowing_that_gave_nothing_the_set_can_be_shown() -> None:
    listed = replace(LISTED, listed=LISTED.question)
    refused = remember(listed, ask("which are about owls?", listed), shown=(), answered=False)
    assert (ask("show them", refused).text, ask("show them", refused).criteria.clauses) == (
        listed.question,
        (),
    )
