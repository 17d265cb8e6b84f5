"""What is asked of one paper as a whole: a summary of it, and papers like it."""

from __future__ import annotations

import pytest

from rag.answering.answerer import last_answer
from rag.answering.asking.asked_about import likened, summarised
from rag.answering.asking.conversation import continue_with
from rag.answering.comparing.one_paper import find_borne
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import NOTHING_SAID, Answer, Conversation, Kind, Paper, PaperId, RankedPaper, Status


def _answer(library: Library, asked: str, conversation: Conversation = NOTHING_SAID) -> Answer:
    answerer = build_answerer(read_settings({}), library)
    return last_answer(answerer.answer(asked, conversation=conversation))


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("summarise Twin Scale Fusion", "Twin Scale Fusion"),
        ("tl;dr of SlotNet?", "SlotNet"),
        ("Please give me a brief summary of the paper on owls.", "the paper on owls"),
        ("What is SlotNet about?", "SlotNet"),
        ("tell me more about SlotNet", "SlotNet"),
        ("summarise the papers on owls", ""),
        ("summarize what the library says about owls", ""),
        ("which papers summarise dialogues?", ""),
        ("describe the mechanism of slots", ""),
    ],
)
def test_a_summary_is_told_from_other_requests(asked: str, what: str) -> None:
    assert summarised(asked) == what


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("papers like SlotNet", "SlotNet"),
        ("Which papers are similar to SlotNet?", "SlotNet"),
        ("more like SlotNet", "SlotNet"),
        ("what is related to the paper on owls?", "the paper on owls"),
        ("models like SlotNet", ""),
        ("papers like SlotNet that need no labels", ""),
        ("papers related to these", ""),
    ],
)
def test_a_wish_for_more_like_a_paper_is_told_from_other_requests(asked: str, what: str) -> None:
    assert likened(asked) == what


def test_a_summary_shows_what_the_paper_says_of_each_aspect_and_what_it_leaves_out(
    shelf: Library, papers: tuple[Paper, ...]
) -> None:
    paper = papers[0]
    answer = _answer(shelf, f"summarise {paper.title}")
    assert answer.question.kind is Kind.FACT
    assert {source.paper.id for source in answer.sources} == {paper.id}
    leads = [sentence.lead for sentence in answer.sentences if sentence.citations]
    assert leads
    assert all(leads)
    said = {aspect for lead in leads for aspect in lead.split(", ")}
    silent = [sentence.text for sentence in answer.sentences if not sentence.citations]
    left = {"problem", "method", "data", "result", "limits"} - said
    assert [all(aspect in line for aspect in left) for line in silent] == ([True] if left else [])


def test_a_topic_is_not_taken_for_a_paper_to_summarise(shelf: Library) -> None:
    answer = _answer(shelf, "tell me about image retrieval")
    assert all(sentence.lead not in {"problem", "method"} for sentence in answer.sentences)


def test_papers_like_a_paper_leave_it_out_and_are_not_judged(
    shelf: Library, papers: tuple[Paper, ...]
) -> None:
    paper = papers[0]
    answer = _answer(shelf, f"papers like {paper.title}")
    assert answer.status is Status.ANSWERED
    assert not answer.verdicts
    assert {source.paper.id for source in answer.sources} == {one.id for one in papers} - {paper.id}
    assert any(f"most like “{paper.title}”" in notice for notice in answer.notices)


def test_a_name_that_no_paper_brings_is_looked_for_as_a_topic(shelf: Library) -> None:
    answer = _answer(shelf, "papers similar to image retrieval")
    assert not any("most like" in notice for notice in answer.notices)


def test_more_like_a_paper_of_the_conversation_looks_beyond_what_was_shown(
    shelf: Library, papers: tuple[Paper, ...]
) -> None:
    shown = _answer(shelf, f"summarise {papers[0].title}")
    answer = _answer(shelf, "papers like it", continue_with(NOTHING_SAID, shown))
    assert papers[0].id not in {source.paper.id for source in answer.sources}
    assert len(answer.sources) == len(papers) - 1


@pytest.mark.parametrize("asked", ["Twin Scale Fusion", "“Twin Scale Fusion”?"])
def test_a_name_alone_brings_the_paper_first_and_then_those_nearest_to_it(
    shelf: Library, papers: tuple[Paper, ...], asked: str
) -> None:
    answer = _answer(shelf, asked)
    assert answer.sources[0].paper.id == papers[0].id
    assert answer.sentences[0].lead
    assert {source.paper.id for source in answer.sources} == {one.id for one in papers}
    assert not answer.verdicts


@pytest.mark.parametrize("asked", ["quiet prompts", "papers on quiet prompts", "image matching"])
def test_a_topic_that_sounds_like_a_title_is_a_topic(shelf: Library, asked: str) -> None:
    assert _answer(shelf, asked).verdicts


@pytest.mark.parametrize(
    ("title", "abstract", "borne"),
    [
        ("SlotNet: Owls in Slots", "We look at owls.", True),
        ("Owls in Slots", "Our “SlotNet” sees owls.", True),
        ("Owls in Slots", "We propose a net of slots (SlotNet) for owls.", True),
        ("Owls in Slots", "This is a model called SlotNet.", True),
        ("Owls in Slots", "We introduce SlotNet, a model of slots.", True),
        ("Owls in Slots", "We propose to train on SlotNet.", False),
        ("Owls in Slots", "SlotNet is a benchmark. Our SlotNet results are good.", False),
        ("Better than SlotNet: Owls", "It beats SlotNet.", False),
        ("Owls in Slots", "We introduce SlotNetwork, a model.", False),
        ("Owls in Slots", "We present results (on SlotNet).", False),
    ],
)
def test_a_name_alone_counts_where_a_paper_bears_it(title: str, abstract: str, borne: bool) -> None:  # noqa: FBT001  # a table
    ranked = RankedPaper(Paper(PaperId("a"), title, abstract), 1, 1.0, ())
    assert (find_borne("SlotNet?", [ranked]) is ranked) == borne


def test_a_name_that_two_papers_bear_names_neither() -> None:
    text = "We introduce SlotNet, a model."
    ranked = [RankedPaper(Paper(PaperId(str(n)), "Owls", text), n, 1.0, ()) for n in (1, 2)]
    assert find_borne("SlotNet", ranked) is None


def test_data_sets_that_are_asked_of_a_named_paper_are_not_those_of_the_library(shelf: Library) -> None:
    of_one = _answer(shelf, "which data sets are mentioned in Twin Scale Fusion?")
    assert of_one.question.kind is Kind.FACT
    of_all = _answer(shelf, "which data sets are mentioned?")
    assert of_all.question.kind is Kind.CORPUS
