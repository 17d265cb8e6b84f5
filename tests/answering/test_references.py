"""What the words of a follow-up point at: sets, pronouns, names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.asking.conversation import remember
from rag.types import NOTHING_SAID, WHOLE_LIBRARY, Conversation, Kind, Mention, PaperId
from tests.answering.following import LISTED, SHOWN, ask


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("Of those, which use transformers?", "abc"),
        ("the secnd one: how big is its data set?", "b"),
        ("compare the first two", "ab"),
        ("compare all three", "abc"),
        ("the middle one: is it fast?", "b"),
        ("top two please", "ab"),
        ("drop the third one", "ab"),
        ("does the drum paper need labels?", "c"),
        ("How large is Twin Scale Fusion?", "a"),
        ("does it need labels?", "abc"),
        ("2?", "b"),
        ("papers 2-3: what data do they use", "bc"),
    ],
)
def test_a_follow_up_is_asked_of_the_papers_it_means(asked: str, ids: str) -> None:
    assert ask(asked).scope.ids == tuple(ids)


def test_those_that_a_narrower_list_left_out_are_found_again() -> None:
    narrowed = replace(LISTED, papers=SHOWN[:1], wider=SHOWN)
    assert ask("and which have none?", narrowed).scope.ids == tuple("abc")


@pytest.mark.parametrize("asked", ["which papers use state space models?", "Which surveys are about otters?"])
def test_after_a_pair_a_question_for_papers_is_asked_of_the_whole_library(asked: str) -> None:
    pair = Conversation("compare them", Kind.COMPARE, SHOWN[:2], about=(PaperId("a"), PaperId("b")))
    question = ask(asked, pair)
    assert (question.text, question.scope.ids) == (asked, None)
    assert "not of the 2 papers before" in question.notices[0]
    assert ask("which uses less memory?", pair).scope.ids == ("a", "b")


def test_a_pronoun_that_may_mean_several_says_so() -> None:
    assert "may be any of 3 papers" in ask("does it need labels?").notices[0]


def test_what_may_be_any_paper_is_named_by_its_pronoun() -> None:
    assert "“it” may be any of 3 papers" in ask("what taxonomy does it use?").notices[0]


@pytest.mark.parametrize("asked", ["compare those two", "compare them", "how do they differ?"])
def test_two_papers_that_were_asked_about_one_after_the_other_are_compared(asked: str) -> None:
    alone = [Mention(PaperId(name), name) for name in ("SlotNet", "OwlNet")]
    first = remember(NOTHING_SAID, ask("how large is SlotNet?", NOTHING_SAID), shown=(alone[0],))
    second = remember(first, ask("how large is OwlNet?", first), shown=(alone[1],))
    question = ask(asked, second)
    assert (question.kind, question.scope.ids) == (Kind.COMPARE, ("SlotNet", "OwlNet"))


def test_which_papers_use_one_that_is_named_is_asked_of_the_whole_library() -> None:
    assert ask("which papers use Twin Scale Fusion?").scope == WHOLE_LIBRARY


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("summarise each in a sentence", "abc"),
        ("sort by year", "abc"),
        ("which is the most recent?", "abc"),
        ("which two are about drums?", "abc"),
        ("of all three, who needs labels?", "abc"),
        ("how do 1 and 3 relate?", "ac"),
        ("do these papers cite each other?", "abc"),
        ("Tell me the main result of each.", "abc"),
        ("newest first", "abc"),
        ("which cites statutes?", "abc"),
        ("is any of this open source?", "abc"),
        ("what do the first and the last share?", "ac"),
    ],
)
def test_sets_and_numbers_are_found_in_other_words_too(asked: str, ids: str) -> None:
    assert ask(asked).scope.ids == tuple(ids)


@pytest.mark.parametrize(
    "asked",
    [
        "How long does it take to learn good word vectors?",
        "Why is it difficult for models to count otters?",
        "What are the two remedies against slow rivers?",
        "Which designers were asked about the trees of views, and where do they work?",
        "How many questions does the survey of otters answer?",
        "which papers use both views, images and depth?",
        "what about WrenNet?",
    ],
)
def test_words_that_stand_for_something_in_the_question_itself_point_at_nothing_before(asked: str) -> None:
    assert ask(asked).scope == WHOLE_LIBRARY


def test_the_remaining_ones_are_counted() -> None:
    narrowed = replace(LISTED, papers=SHOWN[:1], wider=SHOWN)
    assert ask("what about the remaining two?", narrowed).scope.ids == ("b", "c")


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("how do OwlNet and WrenNet differ?", None),
        ("compare WrenNet, OwlNet and Twin Scale Fusion", None),
        ("how do OwlNet and Twin Scale Fusion differ?", "oa"),
        ("does OwlNet use GPUs?", "o"),
    ],
)
def test_a_comparison_with_what_was_not_shown_is_asked_of_the_whole_library(
    asked: str, ids: str | None
) -> None:
    shown = (Mention(PaperId("o"), "OwlNet: Owls at Night"), *SHOWN)
    found = ask(asked, replace(LISTED, papers=shown)).scope.ids
    assert found == (tuple(ids) if ids else None)
