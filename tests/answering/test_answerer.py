"""From question to answer: the order of events, abstention, and what holds for every writer."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answering.asking.conversation import continue_with
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.errors import QuestionError
from rag.library.library import Library
from rag.types import (
    NOTHING_SAID,
    Answer,
    Completed,
    Conversation,
    Judgement,
    Kind,
    Mention,
    Notice,
    Paper,
    PaperId,
    Resolved,
    Retrieved,
    SentenceReady,
    Status,
)
from tests.model_server import ModelServer, says

MakeLibrary = Callable[..., Library]

_QUESTION = "Which papers combine local and global features?"
_WRITINGS = st.lists(
    st.sampled_from(
        [
            *("Twin Scale Fusion joins local features with global features", "It reaches 87.5% recall"),
            *("It reaches 99% recall", "Patient Mamba keeps a small state", "Experts labelled every image"),
            *("Unheard of words stand here", "NOT IN THE SOURCES", "<b>", "- "),
            *(" [1]", " [2][3]", " [1-9]", " [99]", ".", ". ", "\n"),
        ]
    ),
    max_size=20,
).map("".join)


def _answer(library: Library, asked: str, **environment: str) -> Answer:
    *_, last = build_answerer(read_settings(environment), library).answer(asked)
    assert isinstance(last, Completed)
    return last.answer


def _assert_orderly(answer: Answer, papers: tuple[Paper, ...]) -> None:
    """Every footnote is numbered in order, has a source, and points at the exact words."""
    abstracts = {paper.id: paper.abstract for paper in papers}
    cited = [citation for sentence in answer.sentences for citation in sentence.citations]
    pieces = [
        *itertools.chain.from_iterable(citation.evidence for citation in cited),
        *itertools.chain.from_iterable(source.evidence for source in answer.sources),
        *itertools.chain.from_iterable(ranked.evidence for ranked in answer.ranking.papers),
    ]
    assert all(abstracts[piece.paper_id][piece.start : piece.end] == piece.quote for piece in pieces)
    assert [source.number for source in answer.sources] == list(range(1, len(answer.sources) + 1))
    by_number = {source.number: source for source in answer.sources}
    assert all(by_number[citation.number].paper.id == citation.paper_id for citation in cited)
    assert all(set(c.evidence) <= set(by_number[c.number].evidence) for c in cited)
    assert all(
        sentence.supported and bool(sentence.citations) == sentence.claims for sentence in answer.sentences
    )
    assert bool(answer.sentences) == (answer.status in {Status.ANSWERED, Status.PARTIAL})


@given(asked=st.text(min_size=1, max_size=60))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_footnotes_of_quotes_are_exact(shelf: Library, papers: tuple[Paper, ...], asked: str) -> None:
    try:
        answer = _answer(shelf, asked)
    except QuestionError:
        return
    _assert_orderly(answer, papers)


@given(reply=_WRITINGS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_footnotes_of_a_model_are_exact(shelf: Library, papers: tuple[Paper, ...], reply: str) -> None:
    with ModelServer(says(reply)) as server:
        _assert_orderly(
            _answer(
                shelf, "Does Twin Scale Fusion combine local and global features?", OPENAI_BASE_URL=server.url
            ),
            papers,
        )


def test_events_come_in_order(shelf: Library) -> None:
    events = list(build_answerer(read_settings({}), shelf).answer(_QUESTION))
    kinds = [kind for kind, _ in itertools.groupby(events, key=type)]
    assert kinds == [Resolved, Retrieved, SentenceReady, Completed]


def test_the_answer_holds_what_the_events_told(shelf: Library) -> None:
    *events, last = build_answerer(read_settings({}), shelf).answer(_QUESTION)
    assert isinstance(last, Completed)
    assert tuple(e.sentence for e in events if isinstance(e, SentenceReady)) == last.answer.sentences
    assert [e.ranking for e in events if isinstance(e, Retrieved)] == [last.answer.ranking]
    introduced = [source.paper for e in events if isinstance(e, SentenceReady) for source in e.sources]
    assert introduced == [source.paper for source in last.answer.sources]


def test_quotes_say_that_they_are_quotes(shelf: Library) -> None:
    answer = _answer(shelf, _QUESTION)
    assert answer.writer == "quotes"
    assert any("no language model" in notice for notice in answer.notices)


def test_the_first_sentence_answers(shelf: Library) -> None:
    _count, first, *_ = _answer(shelf, "local and global features").sentences
    assert "local features" in first.text


def test_a_question_about_something_else_is_refused(shelf: Library) -> None:
    answer = _answer(shelf, "What is the capital of Portugal?")
    assert (answer.status, answer.sentences, answer.dropped) == (Status.NOT_IN_LIBRARY, (), ())


def test_a_refusal_names_the_nearest_papers(shelf: Library) -> None:
    answer = _answer(shelf, "Which wine goes with oysters?")
    nearest = [ranked.paper.id for ranked in answer.ranking.papers[:3]]
    assert [source.paper.id for source in answer.sources] == nearest


def test_a_refusal_does_not_ask_the_model(shelf: Library) -> None:
    with ModelServer(says("Lisbon [1].")) as server:
        answer = _answer(shelf, "What is the capital of Portugal?", OPENAI_BASE_URL=server.url)
        assert (answer.status, server.requests) == (Status.NOT_IN_LIBRARY, [])


@pytest.mark.parametrize("with_model", [False, True])
def test_a_short_form_that_an_abstract_explains_is_looked_up_whoever_writes(
    make_library: MakeLibrary, papers: tuple[Paper, ...], *, with_model: bool
) -> None:
    text = "We count owls by their calls. A crested owl analysis (COA) follows, and finds more of them."
    library = make_library(*papers, Paper(PaperId("coa"), "Owls at Night", text))
    with ModelServer(says("It stands for something else [1].")) as server:
        answer = _answer(
            library, "what does COA stand for?", **({"OPENAI_BASE_URL": server.url} if with_model else {})
        )
        assert server.requests == []
    assert (answer.status, answer.missing) == (Status.ANSWERED, "")
    assert answer.sentences[0].text == "“COA” stands for “crested owl analysis”, as 1 paper explains:"


def test_words_that_papers_are_to_mention_are_looked_up_without_the_model(shelf: Library) -> None:
    with ModelServer(says("Nothing.")) as server:
        answer = _answer(shelf, "which papers mention state space models?", OPENAI_BASE_URL=server.url)
        assert server.requests == []
    assert answer.sentences[0].text == "1 of the 5 papers holds “state space models” in title or abstract."


def test_without_vectors_a_question_about_something_else_is_refused_too(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, indexed=False)
    answer = _answer(library, "Which wine goes with oysters on Saturday?")
    assert answer.status is Status.NOT_IN_LIBRARY


def test_an_empty_library_answers_that_it_has_nothing(make_library: MakeLibrary) -> None:
    answer = _answer(make_library(), _QUESTION)
    assert (answer.status, answer.sources, answer.judged) == (Status.NOT_IN_LIBRARY, (), 0)


def test_removing_the_paper_that_answers_leads_to_a_refusal(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    assert _answer(library, "counting drum beats").status is Status.ANSWERED
    library.remove([papers[4].id])
    assert _answer(library, "counting drum beats").status is Status.NOT_IN_LIBRARY


def test_missing_vectors_are_told_at_once_and_in_the_answer(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, indexed=False)
    *events, last = build_answerer(read_settings({}), library).answer(_QUESTION)
    told = [event.text for event in events if isinstance(event, Notice)]
    assert len(told) == 1
    assert told[0].startswith("Vectors are built for 0 of 5 papers")
    assert isinstance(last, Completed)
    assert told[0] in last.answer.notices


def test_the_kind_can_be_set(shelf: Library) -> None:
    first, *_ = build_answerer(read_settings({}), shelf).answer("images", kind=Kind.FACT)
    assert isinstance(first, Resolved)
    assert first.question.kind is Kind.FACT


def test_the_users_own_words_are_kept(shelf: Library) -> None:
    question = _answer(shelf, "  local\n features ").question
    assert (question.asked, question.text) == ("  local\n features ", "local features")


@pytest.mark.parametrize("asked", ["", " \n", "x" * 20_001])
def test_a_question_that_cannot_be_read_is_an_error(shelf: Library, asked: str) -> None:
    with pytest.raises(QuestionError):
        list(build_answerer(read_settings({}), shelf).answer(asked))


def test_a_follow_up_is_answered_from_the_papers_it_means(shelf: Library) -> None:
    said = continue_with(NOTHING_SAID, _answer(shelf, "Which papers use images of trees or of streets?"))
    number = [mention.title for mention in said.papers].index("Bark and Leaf") + 1
    answerer = build_answerer(read_settings({}), shelf)
    *_, last = answerer.answer(f"paper {number}: how many images are there?", conversation=said)
    assert isinstance(last, Completed)
    assert {source.paper.title for source in last.answer.sources} == {"Bark and Leaf"}
    assert any("12,400 images" in sentence.text for sentence in last.answer.sentences)


def test_papers_that_came_near_a_refused_question_are_not_the_last_ones(shelf: Library) -> None:
    said = continue_with(NOTHING_SAID, _answer(shelf, "Which papers use images of trees or of streets?"))
    refused = _answer(shelf, "How do violins age?")
    assert refused.status is Status.NOT_IN_LIBRARY
    assert continue_with(NOTHING_SAID, refused).papers == ()
    assert continue_with(said, refused).papers == said.papers


def test_the_paper_that_does_not_say_it_is_the_last_one(shelf: Library) -> None:
    said = continue_with(NOTHING_SAID, _answer(shelf, "How many GPUs does Bark and Leaf need?"))
    assert [mention.title for mention in said.papers] == ["Bark and Leaf"]
    assert said.about == (said.papers[0].id,)


@pytest.mark.parametrize(("asked", "left"), [("these", "cab"), ("drop the second one", "cb")])
def test_a_set_that_is_shown_again_keeps_its_order_and_its_verdicts(
    shelf: Library, papers: tuple[Paper, ...], asked: str, left: str
) -> None:
    by_letter = dict(zip("abc", papers, strict=False))
    verdicts = {"a": Judgement.MEETS, "b": Judgement.PARTLY, "c": Judgement.MEETS}
    shown = tuple(Mention(by_letter[one].id, by_letter[one].title, verdicts[one]) for one in "cab")
    said = Conversation(_QUESTION, Kind.LIST, shown)
    *_, last = build_answerer(read_settings({}), shelf).answer(asked, conversation=said)
    assert isinstance(last, Completed)
    told = [(source.paper.id, source.verdict) for source in last.answer.sources]
    assert told == [(by_letter[one].id, verdicts[one]) for one in left]
    assert continue_with(said, last.answer).papers == tuple(m for m in shown if m.id in dict(told))


def test_a_question_that_names_no_topic_is_told_what_to_say(shelf: Library) -> None:
    answer = _answer(shelf, "which papers?")
    assert (answer.status, answer.ranking.papers) == (Status.NO_QUESTION, ())
    assert answer.notices[-1].startswith("Say what the papers should be about")


def test_a_list_by_date_has_no_themes(make_library: MakeLibrary) -> None:
    owls = [
        Paper(PaperId(f"o{n}"), f"Owl {n} hears", f"We count owls in forest {n}.", published=f"20{n}")
        for n in range(10, 30)
    ]
    library = make_library(*owls)
    assert _answer(library, "papers that count owls").themes
    by_date = _answer(library, "papers that count owls, newest first")
    assert not by_date.themes
    assert [source.paper.id for source in by_date.sources[:2]] == ["o29", "o28"]


def test_small_talk_is_not_searched_for(shelf: Library) -> None:
    first, last = build_answerer(read_settings({}), shelf).answer("thank you!")
    assert isinstance(first, Resolved)
    assert isinstance(last, Completed)
    assert (last.answer.status, last.answer.ranking.papers) == (Status.NO_QUESTION, ())
