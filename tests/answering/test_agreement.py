"""Who says what, and where two sentences may disagree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rag.answering.answerer import last_answer
from rag.answering.asking.understanding import understand
from rag.answering.comparing.agreement import asks_agreement
from rag.answering.comparing.tensions import Said, find_tensions
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import Answer, Evidence, Kind, Paper, PaperId, Span

_LARGE = "We find that larger batches improve the robustness of vision models."
_ABOUT = {"batch", "robust"}


def _said(name: str, quote: str) -> Said:
    paper = Paper(PaperId(name), name, quote)
    return Said(paper, Evidence.cut(paper, Span(0, len(quote)), score=1.0))


def _answer(library: Library, asked: str) -> Answer:
    return last_answer(build_answerer(read_settings({}), library).answer(asked))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("Larger batches harm the robustness of vision models.", ("improve", "harm")),
        ("Larger batches do not improve the robustness of vision models.", ("improve", "not … improve")),
    ],
)
def test_contrary_words_on_the_same_thing_may_disagree(other: str, words: tuple[str, str]) -> None:
    (tension,) = find_tensions([_said("a", _LARGE), _said("b", other)], _ABOUT)
    assert tension.words == words


@pytest.mark.parametrize(
    "other",
    [
        "Larger batches also improve the robustness of vision models.",  # the same way
        "Smaller steps harm the accuracy of language models.",  # something else
        "A contrastive loss shapes the robustness of vision models in larger batches.",  # a thing, no outcome
        "Larger batches do not harm the robustness of vision models.",  # not contrary
    ],
)
def test_what_is_not_surely_contrary_is_left_alone(other: str) -> None:
    assert not find_tensions([_said("a", _LARGE), _said("b", other)], _ABOUT)


def test_a_paper_does_not_disagree_with_itself() -> None:
    contrary = "Larger batches harm the robustness of vision models."
    assert not find_tensions([_said("a", _LARGE), _said("a", contrary)], _ABOUT)


def test_whether_papers_agree_is_asked_in_words() -> None:
    assert asks_agreement("Where do the papers contradict each other?")
    assert not asks_agreement("How does it work?")


@pytest.mark.parametrize(
    "asked",
    [
        "Which papers contradict each other on larger batches?",
        "Who says that larger batches help, and who disagrees?",
        "Is there any disagreement about larger batches?",
        "What evidence is there for and against larger batches?",
    ],
)
def test_who_disagrees_is_no_criterion_of_a_set_and_not_searched_for(asked: str) -> None:
    question = understand(asked, today=date(2026, 1, 1))
    assert (question.kind, question.criteria.clauses) == (Kind.EXPLAIN, ())
    assert question.sought.startswith("larger batches")


@pytest.mark.parametrize(
    "asked",
    [
        "Which papers contradict the claim that scale helps?",
        "Papers on agreement between annotators.",
        "Do authors agree to share code?",
    ],
)
def test_a_word_for_agreement_is_not_always_asked_of_papers(asked: str) -> None:
    assert understand(asked, today=date(2026, 1, 1)).kind is not Kind.EXPLAIN


def test_of_a_question_for_agreement_it_is_shown_who_says_what_and_what_may_disagree(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    one = Paper(PaperId("up"), "Up", f"Batches are sets of pictures that a network sees at once. {_LARGE}")
    other = Paper(
        PaperId("down"),
        "Down",
        "Training in batches is common. We show that larger batches harm the robustness of vision models.",
    )
    answer = _answer(
        make_library(one, other, *papers), "Do papers agree on whether larger batches improve robustness?"
    )
    texts = [sentence.text for sentence in answer.sentences]
    assert texts[0].endswith("to this; what each says:")
    assert "These may disagree: one says “improve”, the other “harm”." in texts
    assert {source.paper.id for source in answer.sources} >= {"up", "down"}
    assert all(sentence.citations or not sentence.claims for sentence in answer.sentences)


def test_a_sentence_alone_is_not_judged_for_contraries(make_library: Callable[..., Library]) -> None:
    library = make_library(Paper(PaperId("a"), "Larger Batches", f"{_LARGE} Batches are sets of pictures."))
    said = [
        s.text for s in _answer(library, "Does anyone dispute that larger batches help vision?").sentences
    ]
    assert said[0] == "1 paper comes close to this; what it says:"
    assert not any("No two of these" in text for text in said)
