"""Questions about the library: what is asked, what is counted, and that every count shows what it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.answerer import last_answer
from rag.answering.asking.understanding import understand
from rag.answering.corpus.catalogue_counts import Shelf
from rag.answering.corpus.corpus_answer import NOT_COUNTED
from rag.answering.corpus.counting import answer_inquiry
from rag.answering.corpus.inquiry import Inquiry, Matter, counted_topic, read_inquiry
from rag.answering.corpus.lines import Line
from rag.answering.corpus.mined_names import Sort, mine
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import Answer, Kind, Paper, PaperId, Scope, Status

_TODAY = date(2026, 1, 1)


def _paper(
    title: str,
    abstract: str,
    published: str | None = None,
    *,
    sources: tuple[str, ...] = (),
    authors: tuple[str, ...] = (),
) -> Paper:
    return Paper(
        PaperId(title.lower()), title, abstract, published=published, sources=sources, authors=authors
    )


_SHELF = (
    _paper("One", "We train a BrookNet model on the LeafBank and MossBank data sets.", "2021-05"),
    _paper(
        "Two",
        "Results on LeafBank improve. A BrookNet backbone is frozen.",
        "2023",
        sources=("a.txt", "b.txt"),
    ),
    _paper("Three", "Owls hunt at night. An owl sees well.", sources=("a.txt",), authors=("Ada Wood",)),
)


def _lines(inquiry: Inquiry, papers: tuple[Paper, ...] = _SHELF) -> list[Line]:
    return list(answer_inquiry(inquiry, Shelf(len(papers), len(papers)), papers))


def _answer(library: Library, asked: str, scope: Scope | None = None) -> Answer:
    return last_answer(build_answerer(read_settings({}), library).answer(asked, scope=scope or Scope()))


@pytest.mark.parametrize(
    ("asked", "matter"),
    [
        ("How many papers do I have?", Matter.SIZE),
        ("how many papers are there in my library", Matter.SIZE),
        ("how many papers mention point clouds?", Matter.MENTIONS),
        ("How many of the papers contain the word robust?", Matter.MENTIONS),
        ("how many papers use prompts?", Matter.TOPIC),
        ("how many papers mention owls and maps?", Matter.TOPIC),
        ("how many papers contain a link to GitHub?", Matter.MENTIONS),
        ("how many papers provide a GitHub repository?", Matter.MENTIONS),
        ("how many papers per year?", Matter.YEARS),
        ("which years are covered?", Matter.YEARS),
        ("which files are these from?", Matter.FILES),
        ("which is the newest paper?", Matter.NEWEST),
        ("who are the most frequent authors?", Matter.AUTHORS),
        ("which languages do the abstracts mention?", Matter.LANGUAGES),
        ("what is in my library?", Matter.CONTENTS),
        ("which data sets are mentioned?", Matter.NAMES),
        ("how many data sets are mentioned?", Matter.NAMES),
    ],
)
def test_the_words_tell_what_is_asked_of_the_library(asked: str, matter: Matter) -> None:
    assert read_inquiry(asked).matter is matter


def test_a_count_of_papers_on_a_topic_is_a_set_question() -> None:
    question = understand("How many papers use prompts since 2021?", today=_TODAY)
    assert (question.kind, question.scope.since) == (Kind.LIST, "2021")
    assert [c.text for clause in question.criteria.clauses for c in clause] == ["use prompts"]
    assert not counted_topic("how many papers do I have?")


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("How many papers does my library contain about owls?", "which papers about owls?"),
        ("how many works does the collection hold that use maps", "which papers that use maps?"),
        ("how many surveys does my library have?", "which surveys?"),
        ("number of papers my library has on owls", "which papers on owls?"),
    ],
)
def test_what_a_library_is_said_to_hold_is_the_topic_of_papers(asked: str, listed: str) -> None:
    assert counted_topic(asked) == listed
    assert not counted_topic("how many abstracts does my library contain?")


def test_papers_that_were_pointed_at_are_counted_as_these() -> None:
    [line] = answer_inquiry(Inquiry(Matter.SIZE), Shelf(2, 9, pointed=True), _SHELF[:2])
    assert line.text == "These are 2 papers, of the 9 in the library."
    [line] = answer_inquiry(Inquiry(Matter.AUTHORS), Shelf(1, 9, pointed=True), _SHELF[:1])
    assert line.text.startswith("The paper in scope has no named authors")


def test_words_are_counted_in_singular_and_plural_and_every_count_is_shown() -> None:
    count, quote = _lines(Inquiry(Matter.MENTIONS, "owls"))
    assert count.text.startswith("1 of the 3 papers holds the word “owls”")
    assert (quote.paper, quote.text) == (_SHELF[2], _SHELF[2].abstract)


def test_of_papers_that_hold_words_none_is_not_counted_further() -> None:
    assert [line.text for line in _lines(Inquiry(Matter.YEARS, "rivers"))] == [
        "None of the 3 papers holds the word “rivers” in title or abstract."
    ]
    assert _lines(Inquiry(Matter.YEARS, "LeafBank"))[0].text.endswith("in title or abstract; of these:")


def test_of_one_paper_no_more_are_spoken_of() -> None:
    assert [line.text for line in _lines(Inquiry(Matter.YEARS), _SHELF[:1])] == [
        "The paper in scope is from 2021."
    ]
    for matter in (Matter.YEARS, Matter.OLDEST):
        assert [line.text for line in _lines(Inquiry(matter), _SHELF[2:])] == [
            "The paper in scope has no date."
        ]
    assert _lines(Inquiry(Matter.AUTHORS))[0].text.startswith("1 author is named")


def test_a_share_of_the_papers_is_told_in_percent() -> None:
    inquiry = read_inquiry("What share of the papers mention owls?")
    assert _lines(inquiry)[0].text.startswith("1 of the 3 papers (33.3%) holds the word “owls”")
    assert "%" not in _lines(read_inquiry("How many papers mention owls?"))[0].text


def test_of_few_papers_without_a_name_of_data_what_they_say_of_data_is_quoted() -> None:
    text = "We tell mosses apart. We test on a data set of garden photographs."
    line, quote = _lines(Inquiry(Matter.NAMES, sort=Sort.DATA_SET), (Paper(PaperId("m"), "Mosses", text),))
    assert (
        line.text == "Nothing in the 1 paper is spelled like the name of a data set; what they say of data:"
    )
    assert quote.text == "We test on a data set of garden photographs."


def test_a_name_is_counted_in_all_its_spellings() -> None:
    assert _lines(Inquiry(Matter.MENTIONS, "LeafBank"))[0].text.startswith("2 of")
    assert _lines(Inquiry(Matter.MENTIONS, "LEAF-Bank"))[0].text.startswith("2 of")
    assert _lines(Inquiry(Matter.MENTIONS, "LeafBanker"))[0].text.startswith("None of")


def test_years_count_the_papers_without_a_date_too() -> None:
    assert [line.text for line in _lines(Inquiry(Matter.YEARS))] == [
        "The papers are from 2021 to 2023; papers a year: 2021: 1, 2023: 1.",
        "1 paper of the 3 papers has no date.",
    ]
    assert [line.text for line in _lines(Inquiry(Matter.NEWEST))][:3] == [
        "The newest of 2 papers with a date. 1 paper without a date not looked at.",
        "2023:",
        "Results on LeafBank improve.",
    ]


def test_as_many_of_the_newest_are_quoted_as_were_asked_for() -> None:
    asked, plain = read_inquiry("the 2 newest papers"), read_inquiry("newest papers")
    assert [line.text for line in _lines(asked)] == [line.text for line in _lines(plain)][:5]


def test_a_file_counts_each_paper_that_it_lists() -> None:
    (line,) = _lines(Inquiry(Matter.FILES))
    assert "a.txt (2), b.txt (1)" in line.text


def test_data_sets_and_models_are_told_apart_by_the_words_around_them() -> None:
    assert {one.name: len(one.held) for one in mine(_SHELF, Sort.DATA_SET)} == {"LeafBank": 2, "MossBank": 1}
    assert {one.name: len(one.held) for one in mine(_SHELF, Sort.MODEL)} == {"BrookNet": 2}


@pytest.mark.parametrize(
    ("abstract", "names"),
    [
        ("Evaluations on LeafBank and BarkNet show owls.", {"LeafBank", "BarkNet"}),
        ("We beat the performance of OwlNet.", set()),
        ("It improves over OwlCLR, and saves time.", set()),
        ("We build an OwlTree-indexed database.", set()),
        ("Owl wing prediction (OWP) is hard. OWP data sets are rare.", set()),
        ("The owl wing collection (OWC) is rare. The OWC data set helps.", {"OWC"}),
        ("We record fMRI data sets.", set()),
    ],
)
def test_a_task_or_a_rival_is_no_data_set(abstract: str, names: set[str]) -> None:
    assert {one.name for one in mine([_paper("One", abstract)], Sort.DATA_SET)} == names


def test_many_names_between_slashes_come_to_an_end() -> None:
    """Each slash read in two ways, forty of them would take for ever."""
    row = "/".join(["OwlSet"] * 40)
    assert mine([Paper(PaperId("a"), "Owls", f"We test on {row}!")], Sort.DATA_SET) == ()


@given(st.lists(st.text("aA1 -.,()[]/BookNet on data sets", max_size=60), max_size=4), st.sampled_from(Sort))
def test_what_is_mined_stands_in_the_papers(abstracts: list[str], sort: Sort) -> None:
    papers = [_paper(f"Title {at}", f"Begin. {text}") for at, text in enumerate(abstracts)]
    for mined in mine(papers, sort):
        for paper, evidence in mined.held:
            assert sort is Sort.MEASURE or mined.name in f"{paper.title} {paper.abstract}"
            assert evidence is None or paper.abstract[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("which papers mention zebra fish?", "None of the 5 papers holds “zebra fish” in title or abstract."),
        (
            "how many papers mention salt or pepper?",
            "None of the 5 papers holds “salt” or “pepper” in title or abstract.",
        ),
    ],
)
def test_words_that_no_paper_holds_are_said_to_be_nowhere(shelf: Library, asked: str, line: str) -> None:
    answer = _answer(shelf, asked)
    assert (answer.status, answer.missing) == (Status.NOT_IN_LIBRARY, line)


def test_the_library_is_counted_and_not_searched(shelf: Library) -> None:
    answer = _answer(shelf, "How many papers do I have?")
    assert [sentence.text for sentence in answer.sentences] == ["The library holds 5 papers."]
    assert (answer.status, answer.judged, answer.ranking.papers) == (Status.ANSWERED, 5, ())


def test_the_contents_name_topics_and_show_a_paper_of_each(shelf: Library) -> None:
    answer = _answer(shelf, "what is in my library?")
    assert "The library holds 5 papers." in [sentence.text for sentence in answer.sentences]
    assert [source.number for source in answer.sources] == [1]
    assert all(sentence.citations or not sentence.claims for sentence in answer.sentences)


@pytest.mark.parametrize(("asked", "is_said"), [("top 3 journals", True), ("what is in my library?", False)])
def test_what_cannot_be_counted_is_said_to_be_not(shelf: Library, asked: str, is_said: bool) -> None:  # noqa: FBT001
    answer = _answer(shelf, asked)
    assert "The library holds 5 papers." in [sentence.text for sentence in answer.sentences]
    assert (NOT_COUNTED in answer.notices) is is_said


def test_papers_that_lack_a_year_are_counted_as_such() -> None:
    assert read_inquiry("How many papers lack a year?").matter is Matter.YEARS


def test_only_the_papers_in_scope_are_counted(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, indexed=False)
    scope = Scope(ids=(papers[0].id, papers[1].id))
    assert (
        _answer(library, "how many papers mention features?", scope)
        .sentences[0]
        .text.startswith("1 of the 2 papers")
    )
    none = _answer(library, "how many papers since 2023?")
    assert none.sentences[0].text.startswith("0 of the 5 papers are in scope; 5 papers without a date")
    assert (
        _answer(library, "which data sets are mentioned?", Scope(titles=("zzz",))).status
        is Status.FILTER_EMPTY
    )
