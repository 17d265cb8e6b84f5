"""What is asked right after a set without a word for it: "any on drums?", "with owls too?", "how many are left?"."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.understanding import understand
from rag.types import NOTHING_SAID, Conversation, Kind, Mention, PaperId, Question

_SHOWN = tuple(Mention(PaperId(name), name) for name in ("a", "b", "c"))
_LISTED = Conversation("papers on songs", Kind.LIST, _SHOWN, listed="papers on songs")


def _ask(asked: str, conversation: Conversation = _LISTED) -> Question:
    return understand(asked, today=date(2026, 1, 1), conversation=conversation)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("are there any using drums or owls?", "papers using drums or owls"),
        ("is there any noisy one?", "papers on noisy"),
    ],
)
def test_any_is_any_of_the_set(asked: str, text: str) -> None:
    question = _ask(asked)
    assert (question.text, question.kind, question.scope.ids) == (text, Kind.LIST, ("a", "b", "c"))


@pytest.mark.parametrize("asked", ["are there any papers on drums?", "any drums here?"])
def test_any_papers_are_of_the_library(asked: str) -> None:
    assert _ask(asked).scope.ids is None


def test_with_nothing_before_any_is_any_of_the_library() -> None:
    assert _ask("are there any using drums?", NOTHING_SAID).scope.ids is None


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("with owls too?", "papers on songs or with owls"),
        ("and drums as well", "papers on songs or drums"),
    ],
)
def test_what_is_wanted_too_is_an_alternative(asked: str, text: str) -> None:
    question = _ask(asked)
    assert (question.text, question.scope.ids) == (text, None)


@pytest.mark.parametrize("asked", ["how many are left?", "ok, how many papers remain"])
def test_how_many_are_left_counts_the_set(asked: str) -> None:
    question = _ask(asked)
    assert (question.text, question.scope.ids) == ("papers on songs", ("a", "b", "c"))
    assert [one.id for one in question.again] == []  # none had a verdict


@pytest.mark.parametrize("asked", ["which is a survey?", "which one is a benchmark"])
def test_which_is_a_sort_of_paper_asks_the_set(asked: str) -> None:
    question = _ask(asked)
    assert (question.kind, question.scope.ids) == (Kind.LIST, ("a", "b", "c"))


def test_a_name_is_not_a_word_that_begins_alike() -> None:
    owls = Conversation("what did the drum paper find?", Kind.FACT, (Mention(PaperId("o"), "Owls: A Study"),))
    question = _ask("and the OwlsBERT one?", owls)
    assert (question.text, question.scope.ids) == ("what did the OwlsBERT one find?", None)
