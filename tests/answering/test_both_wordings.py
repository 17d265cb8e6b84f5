"""A follow-up searched for as it was read, and as it would be read alone."""

from __future__ import annotations

import pytest

from rag.answering.asking.both_wordings import lost_words, search_both
from rag.app import build_retriever
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import NOTHING_SAID, Kind, Question
from tests.answering.following import ask


def test_a_reading_that_keeps_every_word_is_searched_for_once() -> None:
    assert not lost_words(ask("the second one: how big is its data set?"))
    assert lost_words(Question("papers on drums", Kind.LIST, "what about owls?")) == {"owl"}


@pytest.mark.parametrize(
    "asked",
    [
        "wich papers use maps?",
        "papers on owls, newest first",
        "ICLR papers on pruning",
        "who studies owls, and how do they count them?",
    ],
)
def test_what_any_question_loses_is_not_searched_for_again(asked: str) -> None:
    assert not lost_words(ask(asked, NOTHING_SAID))


def test_a_bad_reading_does_not_bury_what_was_asked(shelf: Library) -> None:
    retriever = build_retriever(read_settings({}), shelf)
    misread = Question("which papers are about rhythm and beats?", Kind.FACT, "oak and beech leaf photos")
    ranked = [one.paper.id for one in search_both(misread, retriever).papers]
    assert set(ranked[:2]) == {"slow-drums", "bark-and-leaf"}
    assert [one.rank for one in search_both(misread, retriever).papers] == list(range(1, len(ranked) + 1))
