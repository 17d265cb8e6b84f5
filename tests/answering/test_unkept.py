"""Questions about what no file names: said in a line, and the topic beside it is asked."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.answerer import last_answer
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
        ("who cites SlotNet?", "references from paper to paper"),
        ("which papers cite it?", "references from paper to paper"),
        ("what is the best paper in my library?", "judgement of which paper is best"),
        ("which papers are the most interesting?", "judgement of which paper is best"),
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
        ("how many stars does the repository have on GitHub?", "stars, votes or downloads"),
        ("which paper has the most citations?", "citation counts"),
        ("how many citations has Slow Drums received?", "citation counts"),
        ("what are the citation counts of these papers?", "citation counts"),
        ("sort them by citations", "citation counts"),
        ("which venues are these papers from?", "venues or journals"),
        ("which venues do the papers appear in?", "venues or journals"),
        ("which journals published the papers on owls?", "venues or journals"),
        ("the number of citations", "citation counts"),
        ("the GitHub stars of Slow Drums", "stars, votes or downloads"),
        ("what conferences were these published in?", "venues or journals"),
        ("which labs do the authors work for?", "institutions of authors"),
        ("which labs wrote these papers?", "institutions of authors"),
        ("the most cited papers at NeurIPS 2023", "venues or journals, nor citation counts"),
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
        ("which conference papers are on owls?", "which papers are on owls?", "conference"),
        ("which journal papers use owls?", "which papers use owls?", "journal"),
        ("sort papers on owls by citations", "sort papers on owls", "by citations"),
        ("papers on owls, by popularity", "papers on owls", "by popularity"),
        ("which papers on owls have the most citations?", "which papers on owls?", "have the most citations"),
        ("papers on owls with more than 100 citations", "papers on owls", "with more than 100 citations"),
        ("most cited ICLR papers on owls", "papers on owls", "ICLR”, “most cited"),
        ("CVPR papers from Google on owls", "papers on owls", "CVPR”, “from Google"),
        (
            "which SlotNet papers are from Stanford and published at NeurIPS?",
            "which SlotNet papers?",
            "published at NeurIPS”, “are from Stanford",
        ),
        (
            "which papers are from Stanford and published at NeurIPS and use owls?",
            "which papers use owls?",
            "published at NeurIPS”, “are from Stanford",
        ),
        (
            "which papers use owls and are published at CVPR and study drums?",
            "which papers use owls and study drums?",
            "are published at CVPR",
        ),
        ("which papers use owls and appear in ICLR?", "which papers use owls?", "appear in ICLR"),
        (
            "which papers on owls were accepted at CVPR and use drums?",
            "which papers on owls use drums?",
            "were accepted at CVPR",
        ),
        (
            "which papers use owls, appear in ICLR and study drums?",
            "which papers use owls, and study drums?",
            "appear in ICLR",
        ),
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
        "which papers cite evidence from physics?",
        "what is the best paper on owls?",
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
        "does training on code with STaR improve reasoning?",
        "code for STaR",
        "which papers release code for detecting variable stars?",
        "GitHub stars prediction papers",
        "which papers study GitHub stars of repositories?",
        "GitHub stars of repositories as a sign of quality",
        "citations",
        "is the impact factor a good measure?",
        "how many citations are hallucinated by language models?",
        "how many citations does this method need?",
        "how often are owls cited as a baseline?",
        "how often are retracted papers cited?",
        "which models check their citations?",
        "which papers find the most cited authors?",
        "which papers criticise the h-index?",
        "papers on journal impact factors",
        "which papers use author affiliations as features?",
        "which companies do the papers study?",
        "which journal entries were published?",
        "which conferences are simulated in these?",
        "which companies do the authors study?",
        "which company logos are used by authors from images?",
        "which papers have over 3 citations in each answer?",
        "generating answers with many citations",
        "which models are most starred?",
        "which papers sample negatives by popularity?",
        "rank items by popularity",
        "papers on debiasing recommendation by popularity",
        "list papers that sample negatives by popularity",
    ],
)
def test_a_topic_that_sounds_like_it_is_left_alone(asked: str) -> None:
    assert find_unkept(asked) is None


def test_a_predicate_that_goes_takes_its_conjunction_along() -> None:
    question = understand("do any papers from 2024 appear in ICLR and use owls?", today=_TODAY)
    assert question.text == "do any papers from 2024 use owls?"
    assert (len(question.criteria.clauses), question.scope.since) == (1, "2024")


def test_two_kinds_of_papers_stay_two() -> None:
    unkept = find_unkept("ICLR papers and surveys on owls")
    assert unkept
    assert unkept.rest == "papers and surveys on owls"


def test_a_number_beside_it_counts() -> None:
    question = understand("the 5 most cited papers on owls", today=_TODAY)
    assert (question.text, question.listing) == ("papers on owls", Listing(5))


def test_of_papers_that_were_shown_it_is_asked_of_them() -> None:
    shown = Conversation("owls", Kind.LIST, (Mention(PaperId("a"), "Owls"), Mention(PaperId("b"), "Drums")))
    question = understand("which of these were published at CVPR?", today=_TODAY, conversation=shown)
    assert (question.kind, question.scope.ids) == (Kind.CORPUS, ("a", "b"))


def test_a_question_that_no_file_answers_leaves_the_conversation_as_it_was(shelf: Library) -> None:
    said = Conversation("owls", Kind.LIST, (Mention(PaperId("a"), "Owls"),))
    answer = last_answer(
        build_answerer(read_settings({}), shelf).answer("sort these by citations", conversation=said)
    )
    assert continue_with(said, answer) == said


def test_the_answer_says_in_one_line_what_is_not_known_and_what_can_be_asked(shelf: Library) -> None:
    *_, last = build_answerer(read_settings({}), shelf).answer("which papers were published at CVPR?")
    assert isinstance(last, Completed)
    answer = last.answer
    assert (answer.status, answer.sentences, answer.sources) == (Status.NOT_STATED, (), ())
    assert (answer.judged, answer.ranking.searched) == (0, shelf.size())
    assert "name no venues or journals" in answer.missing
    assert "“How many papers mention CVPR?”" in answer.missing
