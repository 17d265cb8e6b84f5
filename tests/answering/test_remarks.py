"""What is said in passing after an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.asking.criteria_line import describe
from rag.types import Judgement, Kind, PaperId
from tests.answering.following import LISTED, SHOWN, TALKED_OF, ask


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("with code?", "abc"),
        ("do they use audio?", "abc"),
        ("back to the list: which use audio?", "abc"),
        ("which of the 3 use audio?", "abc"),
        ("all but the third", "ab"),
        ("bibtex please", "abc"),
        ("no surveys", "abc"),
    ],
)
def test_what_is_said_in_passing_of_a_set_is_a_question_about_it(asked: str, ids: str) -> None:
    question = ask(asked)
    assert (question.kind, question.scope.ids) == (Kind.LIST, tuple(ids))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("how does it work?", "“Patient Mamba”: how does it work?"),
        ("and how long does training take?", "“Patient Mamba”: and how long does training take?"),
        ("limitations?", "“Patient Mamba”: limitations?"),
        ("is code available for that one?", "“Patient Mamba”: is code available for that one?"),
        ("tell me more", "summarise “Patient Mamba”"),
        ("are there other papers like this", "papers like “Patient Mamba”"),
    ],
)
def test_what_every_paper_has_is_asked_of_the_last_one(asked: str, text: str) -> None:
    assert ask(asked, replace(LISTED, about=(PaperId("b"),))).text == text


def test_a_remark_on_a_set_of_one_paper_is_asked_of_it() -> None:
    alone = replace(LISTED, papers=SHOWN[:1], about=(PaperId("a"),))
    assert ask("with code?", alone).scope.ids == ("a",)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("what is it used for?", "“Patient Mamba”: what is it used for?"),
        ("who made it?", "“Patient Mamba”: who wrote it?"),
        ("how many hours of recording were used?", "“Patient Mamba”: how many hours of recording were used?"),
        ("on night images?", "is it fast: on night images?"),
        ("similar papers", "papers like “Patient Mamba”"),
    ],
)
def test_a_question_of_its_own_is_not_the_last_one_again(asked: str, text: str) -> None:
    assert ask(asked, replace(TALKED_OF, question="is it fast?", listed="")).text == text


@pytest.mark.parametrize(
    ("asked", "criteria"),
    [
        ("and federated?", "fuse scales AND about federated"),
        ("or noisy labels?", "(fuse scales OR about noisy labels)"),
        ("what of initialization?", "fuse scales AND about initialization"),
    ],
)
def test_what_is_added_to_a_set_question_is_a_criterion_of_its_own(asked: str, criteria: str) -> None:
    question = ask(asked, replace(LISTED, question="papers that fuse scales for owls"))
    assert describe(question.criteria) == criteria.replace("fuse scales", "fuse scales for owls")


def test_what_is_added_to_a_set_that_was_narrowed_down_is_asked_of_it() -> None:
    question = ask("and for video?", replace(LISTED, papers=SHOWN[:2], wider=SHOWN))
    assert (question.text, question.scope.ids) == ("papers for video", ("a", "b"))


def test_where_all_that_fit_were_listed_there_are_no_more() -> None:
    found = replace(LISTED, papers=tuple(replace(one, verdict=Judgement.MEETS) for one in SHOWN))
    question = ask("show me more", found)
    assert (question.kind, question.notices[0][:20]) == (Kind.TALK, "No more: the 3 paper")
    assert ask("any more?", replace(found, wider=SHOWN)).text == LISTED.question
    assert ask("any more?").text == LISTED.question  # the nearest were shown, and none of them fits


@pytest.mark.parametrize("asked", ["how accurately?", "compared to what?", "trained on what?"])
def test_a_few_words_go_on_with_the_paper_that_is_talked_of(asked: str) -> None:
    talked_of = replace(LISTED, about=(PaperId("b"),))
    assert ask(asked, talked_of).scope.ids == ("b",)


@pytest.mark.parametrize(
    ("asked", "is_of_it"),
    [
        ("what dose was used?", True),
        ("how long was the follow-up?", True),
        ("what was the sensitivity?", True),
        ("how large is the embedding?", True),
        ("was the effect of instructions significant?", True),
        ("which papers were retracted?", False),
        ("which optimizer was used for OwlNet?", False),
    ],
)
def test_what_was_done_is_asked_of_the_last_paper_unless_a_name_says_of_what(
    asked: str,
    is_of_it: bool,  # noqa: FBT001
) -> None:
    assert (ask(asked, TALKED_OF).scope.ids == TALKED_OF.about) is is_of_it
