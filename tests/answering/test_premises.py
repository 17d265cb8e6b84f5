"""What a question grants and an abstract denies."""

from __future__ import annotations

import pytest

from rag.answering.refusing.premises import denied_phrase


@pytest.mark.parametrize(
    ("text", "abstract", "phrase"),
    [
        ("On which data is LeafNet tested?", "Without extra data, LeafNet reaches 90% on Arbor20.", ""),
        (
            "Which extra data does LeafNet use?",
            "Without extra data, LeafNet reaches 90%.",
            "extra data",
        ),
    ],
)
def test_a_denial_of_more_denies_no_more_than_that(text: str, abstract: str, phrase: str) -> None:
    assert denied_phrase(text, abstract).strip() == phrase


def test_what_is_needed_neither_is_denied() -> None:
    assert denied_phrase("Which moss tea does it drink?", "It needs neither moss tea nor milk.") == "moss tea"


def test_a_phrase_that_is_also_granted_is_not_denied() -> None:
    abstract = "Others need a joint space. Ours works without a joint space."
    assert denied_phrase("What size has the joint space?", abstract) == ""


@pytest.mark.parametrize(
    ("question", "abstract"),
    [
        (
            "Which query objects are included?",
            "To avoid leaks, we include only query objects of the test set.",
        ),
        (
            "Which locality-aligned backbones gain?",
            "Backbones with and without locality-aligned backbones differ.",
        ),
        ("Which dose of moss tea was given?", "Neither moss tea nor milk lowered the fever."),
        ("How much data did it gather?", "It gathers much and improves over learning with no external data."),
    ],
)
def test_what_stands_beside_a_denial_is_not_denied(question: str, abstract: str) -> None:
    assert denied_phrase(question, abstract) == ""


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Why does LeafNet need colour photos?", "colour photos"),
        ("What leaf outlines does LeafNet use?", "leaf outlines"),
        ("Why does LeafNet need dry leaves?", ""),
        ("How does LeafNet do without colour photos?", ""),
        ("Does LeafNet need colour photos?", ""),
    ],
)
def test_each_thing_of_a_list_that_is_denied_is_denied(text: str, phrase: str) -> None:
    abstract = (
        "It needs none of the following: (i) colour photos, (ii) leaf edge outlines. It reads dry leaves."
    )
    assert denied_phrase(text, abstract) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Why does LeafNet need labels?", "without supervision"),
        ("Why does LeafNet need labels of trees?", "without supervision"),
        ("Why does LeafNet need veins?", ""),
    ],
)
def test_why_something_is_needed_grants_that_it_is(text: str, phrase: str) -> None:
    assert denied_phrase(text, "LeafNet learns to read veins without supervision.") == phrase


def test_a_clause_is_denied_in_the_words_of_the_question_whatever_their_order() -> None:
    abstract = "It works without tuning the weights of any foundation model."
    assert (
        denied_phrase("How are the foundation weights tuned?", abstract)
        == "tuning the weights of any foundation"
    )
