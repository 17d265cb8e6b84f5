"""Questions about what no file names: said in a line, and the topic beside it is asked."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.conversation import continue_with
from rag.answering.asking.understanding import understand
from rag.answering.asking.unkept import find_unkept
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import Completed, Conversation, Kind, Listing, Mention, PaperId, Status

_TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("which papers were published at CVPR?", "venues or journals"),
        ("how many papers are accepted at ICLR 2024?", "venues or journals"),
        ("papers in Nature", "venues or journals"),
        ("Where was Slow Drums published?", "venues or journals"),
        ("in which journal did it appear?", "venues or journals"),
        ("papers by venue", "venues or journals"),
        ("the most cited paper", "citation counts"),
        ("How often is Slow Drums cited?", "citation counts"),
        ("how many citations does it have?", "citation counts"),
        ("papers from Google", "institutions of authors"),
        ("papers by DeepMind", "institutions of authors"),
        ("which universities are the authors from?", "institutions of authors"),
        ("author affiliations", "institutions of authors"),
        ("is there anything from ECCV?", "venues or journals"),
        ("list NeurIPS and ICLR papers", "venues or journals"),
        ("who is the most cited author?", "citation counts"),
        ("which papers come from Stanford University?", "institutions of authors"),
        ("did OpenAI write any of these?", "institutions of authors"),
        ("papers from the UK", "institutions of authors"),
        ("what is the h-index of the authors?", "h-index of authors"),
        ("how many GitHub stars does the code have?", "stars, votes or downloads"),
    ],
)
def test_what_no_file_names_is_asked_of_the_library_and_not_searched_for(asked: str, what: str) -> None:
    unkept = find_unkept(asked)
    assert unkept
    assert (unkept.what, unkept.rest) == (what, "")
    assert understand(asked, today=_TODAY).kind is Kind.CORPUS


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        ("ICLR papers on owls", "papers on owls", "ICLR"),
        ("CVPR 2023 owl papers", "owl papers", "CVPR 2023"),
        (
            "which papers are accepted at NeurIPS and use owls?",
            "which papers use owls?",
            "are accepted at NeurIPS",
        ),
        ("papers published in top journals on owls", "papers on owls", "published in top journals"),
        ("most cited papers on owls", "papers on owls", "most cited"),
        ("papers from MIT and Harvard on owls", "papers on owls", "from MIT and Harvard"),
        ("what has DeepMind published on owls?", "which papers are on owls?", "what has DeepMind published"),
    ],
)
def test_a_topic_beside_it_is_asked_without_it(asked: str, text: str, words: str) -> None:
    question = understand(asked, today=_TODAY)
    assert (question.text, question.kind) == (text, Kind.LIST)
    assert question.notices[0].endswith(f"asked without “{words}”.")


@pytest.mark.parametrize(
    "asked",
    [
        "papers on citation recommendation",
        "papers that predict the number of citations",
        "papers on affiliation networks",
        "papers from the CVPR challenge",
        "which benchmark of the CVPR 2022 challenge was used?",
        "papers about nature conservation",
        "Cell segmentation papers",
        "papers on ACL injuries",
        "papers that use Google Landmarks",
        "apple detection papers",
        "papers on industry robots",
        "images from Germany",
        "papers by Ada Owl",
        "papers published in 2023",
        "where was the data set published?",
        "how many stars does the sky survey hold?",
        "which companies provided the images?",
        "what methods are most popular in my papers?",
    ],
)
def test_a_topic_that_sounds_like_it_is_left_alone(asked: str) -> None:
    assert find_unkept(asked) is None


def test_a_number_beside_it_counts() -> None:
    question = understand("the 5 most cited papers on owls", today=_TODAY)
    assert (question.text, question.listing) == ("papers on owls", Listing(5))


def test_of_papers_that_were_shown_it_is_asked_of_them() -> None:
    shown = Conversation("owls", Kind.LIST, (Mention(PaperId("a"), "Owls"), Mention(PaperId("b"), "Drums")))
    question = understand("which of these were published at CVPR?", today=_TODAY, conversation=shown)
    assert (question.kind, question.scope.ids) == (Kind.CORPUS, ("a", "b"))


def test_a_question_that_no_file_answers_leaves_the_conversation_as_it_was(shelf: Library) -> None:
    said = Conversation("owls", Kind.LIST, (Mention(PaperId("a"), "Owls"),))
    *_, last = build_answerer(read_settings({}), shelf).answer("sort these by citations", conversation=said)
    assert isinstance(last, Completed)
    assert continue_with(said, last.answer) == said


def test_the_answer_says_in_one_line_what_is_not_known_and_what_can_be_asked(shelf: Library) -> None:
    *_, last = build_answerer(read_settings({}), shelf).answer("which papers were published at CVPR?")
    assert isinstance(last, Completed)
    answer = last.answer
    assert (answer.status, answer.sentences, answer.sources) == (Status.NOT_STATED, (), ())
    assert "name no venues or journals" in answer.missing
    assert "“How many papers mention CVPR?”" in answer.missing
