"""How many papers a question wants to see, in which order, and what the answer says of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rag.answering.answerer import last_answer
from rag.answering.asking.conversation import continue_with, remember
from rag.answering.asking.listing import read_listing
from rag.answering.asking.understanding import understand
from rag.answering.sets.showing import cut_sentence, order_notice, shown_rows
from rag.answering.sets.verdicts import Judged
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import (
    EVERY_PAPER,
    NOTHING_SAID,
    Conversation,
    Judgement,
    Kind,
    Listing,
    Mention,
    Order,
    Paper,
    PaperId,
    Question,
    Verdict,
)

_SHOWN = tuple(Mention(PaperId(name), f"Owl {name}", Judgement.MEETS) for name in "abc")
_LISTED = Conversation("which papers fuse scales?", Kind.LIST, _SHOWN)
_NEWEST = Listing(order=Order.NEWEST)


def _ask(asked: str, conversation: Conversation = NOTHING_SAID) -> Question:
    return understand(asked, today=date(2026, 1, 1), conversation=conversation)


@pytest.mark.parametrize(
    ("asked", "most", "text"),
    [
        ("Give me three papers on maps", 3, "papers on maps"),
        ("name two papers about owls", 2, "papers about owls"),
        ("the top 5 papers on owls", 5, "papers on owls"),
        ("Which two papers propose a benchmark for owls?", 2, "which papers propose a benchmark for owls?"),
        ("find me one study that counts owls", 1, "studies that counts owls"),
        ("can you recommend twelve good survey papers on owls", 12, "survey papers on owls"),
        ("show me three owl song papers", 3, "owl song papers"),
        ("the top 5 object detection papers", 5, "object detection papers"),
        ("papers on owls, at most 5", 5, "papers on owls"),
        ("papers on owls max 5 please", 5, "papers on owls"),
        ("papers on owls only 5 papers", 5, "papers on owls"),
        ("papers on owls give me 5", 5, "papers on owls"),
        ("papers on owls (top 5)", 5, "papers on owls"),
        ("two or three papers on owls", 3, "papers on owls"),
        ("show me 3-5 papers on owls", 5, "papers on owls"),
        ("a couple of papers on owls", 2, "papers on owls"),
        ("which papers use maps? Name two, please.", 2, "which papers use maps"),
        ("4 papers from the last three years on owls", 4, "papers from the last three years on owls"),
    ],
)
def test_a_number_of_papers_is_no_part_of_what_they_must_meet(asked: str, most: int, text: str) -> None:
    question = _ask(asked)
    assert (question.listing, question.text, question.kind) == (Listing(most), text, Kind.LIST)


@pytest.mark.parametrize(
    "asked",
    [
        "papers with 3 modalities",
        "papers that report top-5 accuracy",
        "two-stage detectors",
        "show me two stage detection papers",
        "one-shot segmentation papers",
        "papers from the last three years",
        "name the three data sets that Slow Drums uses",
        "Two papers prune tokens. Which differences are there?",
        "Which three techniques align the networks of the owl study?",
        "compare three papers on owls",
        "find at least three papers on owls",
        "one of the papers on owls",
        f"three papers on owls{' and owls' * 80}",
        "show me the three papers on owls",
        "papers on decoding that keeps only the top 5",
        "papers on LLMs with memory limited to 8",
        "papers with batch size max 5",
        "which papers classify into at most 10",
        "methods which choose the best one",
        "approaches that need only one",
        "papers that retrieve only the top 10 results",
        "papers on accuracy (top 5)",
        "Find papers on top 5",
        "12 lead ECG papers",
        "show me 12 lead ECG papers",
        "7 billion parameter model papers",
        "10 second video generation papers",
        "two hand pose papers",
        "two modality papers",
        "three agent papers",
        "show me three agent papers",
        "five senses papers",
    ],
)
def test_other_numbers_are_left_alone(asked: str) -> None:
    assert read_listing(asked, NOTHING_SAID).listing == EVERY_PAPER


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("the newest papers on owls", Order.NEWEST),
        ("what is the oldest paper on owls?", Order.OLDEST),
        ("papers on owls sorted by date", Order.NEWEST),
        ("papers on owls by year, oldest first", Order.OLDEST),
        ("papers on owls in chronological order", Order.OLDEST),
    ],
)
def test_papers_on_a_topic_by_date_are_papers_on_the_topic(asked: str, order: Order) -> None:
    question = _ask(asked)
    assert (question.kind, question.listing.order) == (Kind.LIST, order)
    assert [criterion.text for clause in question.criteria.clauses for criterion in clause] == ["owls"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("papers on ranking, newest first", "papers on ranking"),
        ("papers on ranking sorted by date", "papers on ranking"),
        ("papers on sorting by year", "papers on sorting"),
        ("papers about sorting by date", "papers about sorting"),
        ("surveys on ranking by date", "surveys on ranking"),
        ("the newest papers on ranking", "papers on ranking"),
        ("ranking papers, newest first", "ranking papers"),
        ("papers on data sets, newest first", "papers on data sets"),
        ("papers that use data, newest first", "papers that use data"),
        ("newest two agent papers", "two agent papers"),
    ],
)
def test_a_topic_of_words_that_sort_or_name_no_thing_stays_a_topic(asked: str, text: str) -> None:
    question = _ask(asked)
    assert (question.text, question.listing, question.kind) == (text, _NEWEST, Kind.LIST)


def test_after_a_set_papers_like_one_of_it_are_looked_for_and_sorted() -> None:
    question = _ask("papers like the first, newest first", _LISTED)
    assert (question.text, question.listing) == ("papers like “Owl a”", _NEWEST)


@pytest.mark.parametrize(
    "asked",
    [
        "papers by year",
        "list my papers by date",
        "list all papers of my library by date",
        "papers of mine by date",
        "papers that you have by year",
        "order papers by year",
        "sort by year",
        "newest papers",
    ],
)
def test_an_order_without_a_topic_asks_of_the_library(asked: str) -> None:
    assert _ask(asked).kind is Kind.CORPUS


@pytest.mark.parametrize("asked", ["sort by year", "sort these by date, newest first", "newest first please"])
def test_after_a_set_an_order_alone_shows_it_again(asked: str) -> None:
    question = _ask(asked, _LISTED)
    assert (question.listing, question.scope.ids, question.again) == (_NEWEST, tuple("abc"), _SHOWN)


def test_after_a_set_the_top_papers_are_its_own_and_those_on_a_topic_new_ones() -> None:
    assert _ask("the top 3 papers", _LISTED).scope.ids == tuple("abc")
    assert _ask("the top 3 papers on owls", _LISTED).scope.ids is None


def test_what_was_cut_off_is_found_by_asking_for_the_rest() -> None:
    asked_before = Conversation(_ask("three papers on owls").text, Kind.LIST, _SHOWN, cut=True)
    question = _ask("show me the rest", asked_before)
    assert (question.text, question.listing, question.scope.ids) == ("papers on owls", EVERY_PAPER, None)


@pytest.mark.parametrize(
    "asked", ["show all", "Show me all of them, please.", "the whole list", "everything"]
)
def test_what_was_cut_off_is_shown_with_the_others(asked: str) -> None:
    of_library = Conversation("papers on owls", Kind.LIST, _SHOWN[:1], cut=True)
    question = _ask(asked, of_library)
    assert (question.text, question.scope.ids) == ("papers on owls", None)
    of_set = Conversation("papers on owls", Kind.LIST, _SHOWN[:1], wider=_SHOWN, cut=True)
    question = _ask(asked, of_set)
    assert (question.scope.ids, question.again) == (tuple("abc"), _SHOWN)


@pytest.mark.parametrize("asked", ["drop the surveys", "export these", "only since 2023", "show all"])
def test_what_one_of_a_set_was_asked_is_not_what_the_set_was_asked_for(asked: str) -> None:
    listed = remember(NOTHING_SAID, _ask("two papers on owls"), shown=_SHOWN, cut=True)
    one_asked = remember(listed, _ask("does the second one need labels?", listed), shown=_SHOWN[1:2])
    assert (one_asked.kind, one_asked.papers) == (Kind.FACT, _SHOWN)
    question = _ask(asked, one_asked)
    assert question.kind is Kind.LIST
    assert question.text.startswith("papers on owls")


def test_a_list_that_is_whole_is_not_asked_for_again() -> None:
    assert _ask("show me all of them", _LISTED).scope.ids == tuple("abc")


def test_that_a_list_was_cut_is_remembered(make_library: Callable[..., Library]) -> None:
    owls = [Paper(PaperId(f"o{n}"), f"Owl {n}", f"We count owls in forest {n}.") for n in range(3)]
    answerer = build_answerer(read_settings({}), make_library(*owls))

    def said_after(question: str) -> Conversation:
        return continue_with(NOTHING_SAID, last_answer(answerer.answer(question)))

    assert said_after("two papers that count owls").cut
    assert not said_after("three papers that count owls").cut


def _rows(*dates: str | None) -> list[Judged]:
    papers = [
        Paper(PaperId(str(n)), f"Owl {n}", "Owls.", published=published) for n, published in enumerate(dates)
    ]
    return [Judged(paper, Verdict(paper.id, Judgement.MEETS, (), ()), 0.9) for paper in papers]


def test_the_likeliest_are_shown_and_the_lead_counts_the_others() -> None:
    rows = _rows(*[None] * 14)
    assert shown_rows(rows, Listing(3)) == tuple(rows[:3])
    assert cut_sentence(rows, Listing(3), partly=5, seem="seem to meet") == (
        "3 of the 14 papers that seem to meet this (5 of them in part), the likeliest first; ask without the number to see all."
    )
    assert not cut_sentence(rows, Listing(14), partly=0, seem="meet")
    assert cut_sentence(rows, Listing(1), partly=14, seem="meet").startswith(
        "1 of the 14 papers that meet this in part, the"
    )


def test_by_date_the_newest_come_first_and_those_without_a_date_last() -> None:
    rows = _rows("2021", None, "2024-05", "2019")
    assert [row.paper.published for row in shown_rows(rows, _NEWEST)] == ["2024-05", "2021", "2019", None]
    assert [row.paper.published for row in shown_rows(rows, Listing(2, Order.OLDEST))] == ["2019", "2021"]
    assert "the newest first" in cut_sentence(rows, Listing(2, Order.NEWEST), partly=0, seem="meet")
    assert (
        order_notice(rows, _NEWEST) == "Sorted by date, newest first; 1 of those that fit has no date: last."
    )


def test_where_no_paper_has_a_date_the_order_stays_and_one_line_says_so() -> None:
    rows = _rows(None, None)
    assert shown_rows(rows, _NEWEST) == tuple(rows)
    assert order_notice(rows, _NEWEST).startswith("None of these papers has a date")
    assert "the likeliest first" in cut_sentence(rows, Listing(1, Order.NEWEST), partly=0, seem="meet")


def _quoted(library: Library, asked: str) -> tuple[list[str], str]:
    """Return the dates of the papers that are quoted, and the notices."""
    answer = last_answer(build_answerer(read_settings({}), library).answer(asked))
    assert not answer.verdicts
    return [source.paper.published or "" for source in answer.sources], "\n".join(answer.notices)


@pytest.fixture
def owls(make_library: Callable[..., Library]) -> Library:
    """Papers on owls without vectors, of which one has no date, and one that has a name."""
    years = (None, "2023", "2018", "2020", "2011", "2024", "2016", "2022", "2019", "2013")
    papers = [
        Paper(PaperId(f"o{n}"), f"Owl {n}", f"Owls hear {'mice ' * n}at night.", published=year)
        for n, year in enumerate(years)
    ]
    named = Paper(PaperId("b"), "Barn Whisper", "Barn Whisper hears owls.", published="2015")
    return make_library(*papers, named, indexed=False)


def test_quotes_of_papers_that_nobody_judged_stand_in_the_order_that_was_asked_for(owls: Library) -> None:
    dates, notices = _quoted(owls, "the newest papers on owls")
    dated = [published for published in dates if published]
    assert dated == sorted(dated, reverse=True)
    assert dates == [*dated, ""]
    assert "Sorted by date, newest first; 1 of those that come near has no date: last." in notices


def test_where_fewer_are_quoted_than_come_near_one_line_says_so(owls: Library) -> None:
    dates, notices = _quoted(owls, "three papers on owls")
    assert len(dates) == 3
    assert "3 of those that come near, 8 in all, are quoted, the likeliest first; ask without" in notices


def test_papers_like_one_are_sorted_too(owls: Library) -> None:
    dates, notices = _quoted(owls, "papers like Barn Whisper, oldest first")
    dated = [published for published in dates if published]
    assert dated == sorted(dated)
    assert "papers most like “Barn Whisper”; none was judged" in notices


@pytest.mark.parametrize(
    ("asked", "most"),
    [("give me two of those", 2), ("just two please", 2), ("which two should I read?", 2), ("name one", 1)],
)
def test_a_number_alone_is_one_of_the_papers_that_were_shown(asked: str, most: int) -> None:
    question = _ask(asked, _LISTED)
    assert (question.listing, question.scope.ids, question.kind) == (Listing(most), tuple("abc"), Kind.LIST)


@pytest.mark.parametrize("asked", ["show me more", "five more please", "more papers"])
def test_more_asks_the_last_question_again(asked: str) -> None:
    question = _ask(asked, replace(_LISTED, cut=True))
    assert (question.text, question.scope.ids) == ("which papers fuse scales?", None)
