"""What was last talked of, asked of other papers."""

from __future__ import annotations

import pytest

from rag.types import Conversation, Kind, PaperId
from tests.answering.following import SHOWN, TALKED_OF, ask


@pytest.mark.parametrize(
    ("asked", "stands_alone"),
    [
        ("Which papers use it for video?", "Which papers use “Patient Mamba” for video?"),
        ("who else uses it?", "who else uses “Patient Mamba”?"),
        (
            "are there papers that improve on this method?",
            "are there papers that improve on “Patient Mamba”?",
        ),
        ("which papers do better than it?", "which papers do better than “Patient Mamba”?"),
        ("is it used in other papers?", "which papers used “Patient Mamba”?"),
    ],
)
def test_who_uses_what_a_paper_proposes_is_asked_of_the_whole_library(asked: str, stands_alone: str) -> None:
    question = ask(asked, TALKED_OF)
    assert (question.text, question.kind, question.scope.ids) == (stands_alone, Kind.LIST, None)
    assert any("read as “Patient Mamba”" in notice for notice in question.notices)


@pytest.mark.parametrize(
    ("defined", "asked", "stands_alone"),
    [
        ("What is neural collapse?", "which papers study it?", "which papers study neural collapse?"),
        ("how does late fusion work?", "who else uses it?", "who else uses late fusion?"),
        ("define hubness", "which papers are about it?", "which papers are about hubness?"),
    ],
)
def test_what_was_defined_is_what_papers_are_asked_for(defined: str, asked: str, stands_alone: str) -> None:
    question = ask(asked, Conversation(defined, Kind.FACT, SHOWN, about=(PaperId("b"),)))
    assert (question.text, question.scope.ids) == (stands_alone, None)


def test_which_of_a_set_use_it_is_asked_of_the_set() -> None:
    question = ask("which of them use it?", TALKED_OF)
    assert (question.text, question.scope.ids) == ("which papers use “Patient Mamba”?", tuple("abc"))


@pytest.mark.parametrize("asked", ["which data does it use?", "who wrote it?", "which papers doubt it?"])
def test_what_one_paper_is_asked_stays_with_it(asked: str) -> None:
    assert ask(asked, TALKED_OF).scope.ids == ("b",)
