"""Which one aspect of a paper a question asks for, and of which paper."""

from __future__ import annotations

import pytest

from rag.answering.comparing.asked_aspect import AskedAspect, asked_aspect, naming_data
from rag.types import Paper, PaperId


@pytest.mark.parametrize(
    ("text", "aspect", "of"),
    [
        ("what is LeafNet tested on?", "data", "LeafNet"),
        ("On which data sets was LeafNet evaluated?", "data", "LeafNet"),
        ("which benchmarks does LeafNet use?", "data", "LeafNet"),
        ("What problem is LeafNet meant to solve?", "problem", "LeafNet"),
        ("what is the goal of Telling Trees Apart", "problem", "Telling Trees Apart"),
        ("What is LeafNet?", "method", "LeafNet"),
        ("how does the leaf reader work?", "method", "the leaf reader"),
        ("what are the main results of LeafNet?", "result", "LeafNet"),
        ("what are limitations of LeafNet", "limits", "LeafNet"),
        ("does LeafNet report any results?", "result", "LeafNet"),
        ("does the leaf reader mention its limitations?", "limits", "the leaf reader"),
        ("and what about its limitations?", "limits", "it"),
        ("ok and the results of it?", "result", "it"),
        ("what did the study on wet leaves find?", "result", "the study on wet leaves"),
        ("“Leaves: A Study”: what did they find there?", "result", "they"),
        ("“Leaves: A Study” and “Bark”: what about the results?", "result", "it"),
    ],
)
def test_a_question_for_an_aspect_names_it_and_the_paper(text: str, aspect: str, of: str) -> None:
    asked = asked_aspect(text)
    assert asked is not None
    assert (asked.aspect.name, asked.of) == (aspect, of)


@pytest.mark.parametrize(
    "text",
    [
        "What is the accuracy of LeafNet?",
        "How many data sets is LeafNet tested on?",
        "What problem does LeafNet solve with bark?",
        "What is LeafNet and who made it?",
        "What GPU is LeafNet trained on?",
        "which papers are tested on Arbor20?",
        "does LeafNet report results on Arbor20?",
    ],
)
def test_a_question_for_anything_more_is_none(text: str) -> None:
    assert asked_aspect(text) is None


def test_what_a_result_was_reached_on_is_told_by_a_sentence_with_a_figure_for_it() -> None:
    paper = Paper(PaperId("a"), "LeafNet", "We show LeafNet on Bark9 and Arbor20. It reaches 91% on Arbor20.")
    on_arbor, on_bark = (
        asked_aspect("what results does LeafNet get on Arbor20?"),
        asked_aspect("what results does LeafNet get on Bark9?"),
    )
    assert isinstance(on_arbor, AskedAspect)
    assert isinstance(on_bark, AskedAspect)
    assert [shown.quote for shown in on_arbor.shown_by(paper)] == ["It reaches 91% on Arbor20."]
    assert not on_bark.is_told_by(paper)


def test_data_are_told_by_a_name_alone() -> None:
    named = Paper(
        PaperId("a"), "LeafNet", "We read leaves with care. It does well in experiments on ImageNet."
    )
    vague = Paper(PaperId("b"), "LeafNet", "We read leaves with care. It does well in several experiments.")
    assert [shown.quote for shown in naming_data(named)] == ["It does well in experiments on ImageNet."]
    assert naming_data(vague) == ()


def test_what_a_paper_was_tested_on_may_be_tasks_but_data_sets_are_none() -> None:
    text = "We read leaves with care. Experiments show gains in two tasks: counting trees and telling them apart."
    paper = Paper(PaperId("a"), "LeafNet", text)
    tested, sets = (
        asked_aspect("what is LeafNet tested on?"),
        asked_aspect("which data sets is LeafNet tested on?"),
    )
    assert tested is not None
    assert sets is not None
    assert (tested.is_told_by(paper), sets.is_told_by(paper)) == (True, False)
    assert [shown.quote[:11] for shown in tested.shown_by(paper)] == ["Experiments"]
