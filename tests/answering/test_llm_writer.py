"""The writer that asks a model, over real HTTP: what is shown, what is dropped, what replaces it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.answering.answerer import last_answer
from rag.app import build_answerer, build_retriever
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.settings import Settings
from rag.types import (
    Answer,
    AnswerEvent,
    Completed,
    Kind,
    Notice,
    Paper,
    Question,
    SentenceReady,
    Status,
    Usage,
    Withdrawn,
)
from tests.model_server import ModelServer, Reply, refuses, says, streams, waits

_KEY = "sk-loopback-0123456789"
_QUESTION = "Which papers combine local and global features?"
_TWIN = "Twin Scale Fusion joins local features with global features [1]."
_RIGHT = "Twin Scale Fusion reaches 87.5% recall on 1,000 street scenes [1]."
_WRONG = _RIGHT.replace("87.5", "88.5")


def _settings(url: str, **environment: str) -> Settings:
    return read_settings({"OPENAI_BASE_URL": url, "OPENAI_API_KEY": _KEY, **environment})


def _ask(library: Library, *replies: Reply, **environment: str) -> list[AnswerEvent]:
    with ModelServer(*replies) as server:
        return list(
            build_answerer(_settings(server.url, **environment), library).answer(_QUESTION, kind=Kind.FACT)
        )


def _answer(library: Library, *replies: Reply, **environment: str) -> Answer:
    last = _ask(library, *replies, **environment)[-1]
    assert isinstance(last, Completed)
    return last.answer


def _number(library: Library, paper_id: str) -> int:
    """Return the number under which the model is shown a paper."""
    retriever = build_retriever(_settings("http://127.0.0.1:1"), library)
    ranking = retriever.search(Question(_QUESTION, Kind.LIST, _QUESTION))
    return next(ranked.rank for ranked in ranking.papers if ranked.paper.id == paper_id)


def _texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def _plain(sentence: str) -> str:
    return sentence.replace(" [1]", "")


def test_checked_sentences_are_shown_without_their_markers(shelf: Library) -> None:
    answer = _answer(shelf, says(_TWIN, " It reaches 87.5% recall on 1,000 street scenes. [1]"))
    assert (answer.status, answer.writer, answer.dropped) == (Status.ANSWERED, "llm:gpt-4o-mini", ())
    assert _texts(answer) == [
        "Twin Scale Fusion joins local features with global features.",
        "It reaches 87.5% recall on 1,000 street scenes.",
    ]


def test_a_sentence_points_at_the_words_that_carry_it(shelf: Library) -> None:
    (citation,) = _answer(shelf, says(_TWIN)).sentences[0].citations
    assert citation.paper_id == "twin-scale-fusion"
    assert citation.evidence[0].quote.startswith("Twin Scale Fusion joins local features")


def test_sources_are_numbered_in_the_order_in_which_they_are_cited(shelf: Library) -> None:
    mamba = _number(shelf, "patient-mamba")
    answer = _answer(shelf, says(f"Patient Mamba keeps a small state [{mamba}]. ", _TWIN))
    assert [(s.number, s.paper.id) for s in answer.sources] == [
        (1, "patient-mamba"),
        (2, "twin-scale-fusion"),
    ]


def test_a_sentence_may_cite_several_sources(shelf: Library) -> None:
    trees = _number(shelf, "bark-and-leaf")
    answer = _answer(shelf, says(f"Images of street scenes and of tree species are used [1, {trees}]."))
    assert [c.paper_id for c in answer.sentences[0].citations] == ["twin-scale-fusion", "bark-and-leaf"]


def test_pieces_of_any_size_give_the_same_answer(shelf: Library) -> None:
    reply = f"- {_TWIN}\n- It reaches 87.5% recall, e.g. on street scenes [1].\n"
    assert _answer(shelf, says(*reply)).sentences == _answer(shelf, says(reply)).sentences


@pytest.mark.parametrize("number", [0, 99])
def test_a_number_that_no_source_has_is_reported_not_cited(shelf: Library, number: int) -> None:
    answer = _answer(shelf, says(_TWIN.replace("[1]", f"[1][{number}]")))
    assert [c.paper_id for c in answer.sentences[0].citations] == ["twin-scale-fusion"]
    assert f"The model cited numbers that no source has: [{number}]." in answer.notices


def test_a_sentence_that_cites_nothing_known_is_dropped(shelf: Library) -> None:
    answer = _answer(shelf, says(_TWIN, " Rivers flood the valleys in spring [99]."), says("NONE"))
    assert [(s.citations, s.reason) for s in answer.dropped] == [((), "it cites no source that was shown")]
    assert len(answer.sentences) == 1


@pytest.mark.parametrize(
    "refused",
    [
        _WRONG,
        "Rivers flood the southern valleys in autumn.",
        "Rivers flood the northern valleys in spring [1].",
        _TWIN.replace("joins", "<b>joins</b>"),
    ],
    ids=["altered number", "no marker", "other words", "html"],
)
def test_a_sentence_that_is_not_supported_is_dropped_and_counted(shelf: Library, refused: str) -> None:
    answer = _answer(shelf, says(_TWIN, "\n", refused, "\n", _RIGHT), says("NONE"))
    assert _texts(answer) == [_plain(_TWIN), _plain(_RIGHT)]
    assert len(answer.dropped) == 1
    assert "1 sentence dropped: not supported by what was cited." in answer.notices


@pytest.mark.parametrize(
    "reply", ["NOT IN THE SOURCES", "NOT IN THE SOURCES.\n", "NOT IN THE SOURCES [1]", "Not in the sources."]
)
def test_a_model_that_finds_nothing_is_believed(shelf: Library, reply: str) -> None:
    answer = _answer(shelf, says(reply))
    assert (answer.status, answer.sentences, answer.dropped) == (Status.NOT_STATED, (), ())
    assert (answer.writer, len(answer.sources)) == ("llm:gpt-4o-mini", 3)


def test_tokens_are_reported_where_the_server_counts_them(shelf: Library) -> None:
    assert _answer(shelf, says(_TWIN, tokens=(321, 12))).usage == Usage(321, 12, cost=0.0)


def test_a_paper_that_did_not_fit_into_the_prompt_cannot_be_cited(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    long = [replace(paper, abstract=f"{paper.abstract} {'Image scenes. ' * 300}") for paper in papers]
    reply = says(_TWIN, " Images show street scenes [5].")
    answer = _answer(make_library(*long, indexed=False), reply, FOOTNOTE_CONTEXT="1500")
    assert any("[5]" in notice for notice in answer.notices)


def test_the_request_holds_model_key_and_sources(shelf: Library) -> None:
    with ModelServer(says(_TWIN)) as server:
        settings = _settings(server.url, FOOTNOTE_MODEL="small-one")
        list(build_answerer(settings, shelf).answer(_QUESTION, kind=Kind.FACT))
        (request,) = server.requests
        assert server.keys == [f"Bearer {_KEY}"]
    system, user = (message["content"] for message in request["messages"])
    assert (request["model"], request["temperature"], request["stream"]) == ("small-one", 0, True)
    assert "numbered sources" in system
    assert '<source number="1">\nTitle: Twin Scale Fusion\n' in user
    assert user.endswith(_QUESTION)


def test_a_sentence_that_stands_already_is_not_said_again(shelf: Library) -> None:
    answer = _answer(shelf, says(f"{_TWIN} " * 3))
    assert (len(answer.sentences), answer.dropped) == (1, ())


def test_a_refused_sentence_is_sent_back_once_with_the_reason(shelf: Library) -> None:
    with ModelServer(says(_TWIN, " ", _WRONG), says(f"1. {_RIGHT}")) as server:
        answer = last_answer(build_answerer(_settings(server.url), shelf).answer(_QUESTION, kind=Kind.FACT))
        _, repair = server.requests
    asked = repair["messages"][-1]["content"]
    assert "88.5% recall on 1,000 street scenes. [1]" in asked
    assert "   Refused: the number 88.5" in asked
    assert "Slow Drums" not in asked  # only the sources that may bear it out
    assert _texts(answer) == [_plain(_TWIN), _plain(_RIGHT)]
    assert (answer.dropped, answer.status) == ((), Status.ANSWERED)


def test_a_mended_sentence_comes_after_those_that_needed_no_mending(shelf: Library) -> None:
    answer = _answer(shelf, says(_WRONG, " ", _TWIN), says(f"1. {_RIGHT}"))
    assert _texts(answer) == [_plain(_TWIN), _plain(_RIGHT)]


@pytest.mark.parametrize(
    "second",
    [says(f"1. {_WRONG}"), says("1. NONE"), says(f"7. {_RIGHT}"), refuses(400), says(_TWIN, finish=None)],
    ids=["wrong again", "given up", "another number", "refused", "cut"],
)
def test_a_sentence_that_fails_again_is_dropped_and_counted(shelf: Library, second: Reply) -> None:
    answer = _answer(shelf, says(_TWIN, " ", _WRONG), second)
    assert _texts(answer) == [_plain(_TWIN)]
    assert [sentence.text for sentence in answer.dropped] == [_plain(_WRONG)]
    assert answer.status is Status.ANSWERED


def test_many_refused_sentences_cost_one_bounded_request(shelf: Library) -> None:
    wrong = "\n".join(f"It reaches {number}% recall [1]." for number in range(100, 130))
    with ModelServer(says(wrong), says(wrong)) as server:
        answer = last_answer(build_answerer(_settings(server.url), shelf).answer(_QUESTION, kind=Kind.FACT))
        assert len(server.requests) == 2
        assert server.requests[1]["max_tokens"] <= 640
    assert len(answer.dropped) == 30


def test_a_refused_sentence_is_counted_once_however_often_it_is_said(shelf: Library) -> None:
    answer = _answer(shelf, says(_TWIN, f" {_WRONG}" * 3), says("1. NONE"))
    assert len(answer.dropped) == 1


def test_the_tokens_of_both_requests_are_counted(shelf: Library) -> None:
    answer = _answer(shelf, says(_TWIN, " ", _WRONG, tokens=(300, 20)), says("1. NONE", tokens=(100, 3)))
    assert answer.usage == Usage(400, 23, cost=0.0)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (waits(_TWIN, " It is"), "did not answer"),
        (says(_TWIN, " It is", finish=None), "stopped in the middle"),
        (says(_TWIN, finish=None), "stopped in the middle"),
        (says(_TWIN, " It is", finish="length"), "reached its limit of tokens"),
        (says(_TWIN, " It is", finish="content_filter"), "content filter"),
        (streams({"content": f"{_TWIN} It is"}, {"refusal": "I must stop."}), "declined to answer"),
    ],
    ids=["silence", "cut", "cut after a sentence", "length", "filter", "refusal"],
)
def test_what_was_checked_before_the_end_is_kept_and_the_answer_says_so(
    shelf: Library, reply: Reply, told: str
) -> None:
    *events, last = _ask(shelf, reply, FOOTNOTE_TIMEOUT="0.3")
    assert isinstance(last, Completed)
    assert (last.answer.status, last.answer.writer) == (Status.PARTIAL, "llm:gpt-4o-mini")
    assert _texts(last.answer) == [_plain(_TWIN)]
    (notice,) = [event.text for event in events if isinstance(event, Notice)]
    assert told in notice
    assert notice.endswith("; what it had written was checked, the rest is missing.")
    assert last.answer.notices == (notice,)
    assert last.answer.dropped == ()  # half a sentence is none


def test_a_failure_that_asks_is_followed_by_a_sentence_of_its_own(shelf: Library) -> None:
    with ModelServer(says("")) as server:
        gone = server.url
    answer = last_answer(build_answerer(_settings(gone), shelf).answer(_QUESTION, kind=Kind.FACT))
    assert any(notice.endswith("is it running? These are quotes instead.") for notice in answer.notices)


@pytest.mark.parametrize("reply", [refuses(401), refuses(500), says("It is", finish=None)])
def test_without_a_checked_sentence_a_failure_ends_in_quotes_and_says_why_once(
    shelf: Library, reply: Reply
) -> None:
    *events, last = _ask(shelf, reply)
    assert isinstance(last, Completed)
    assert len([event for event in events if isinstance(event, Withdrawn)]) == 1
    (reason,) = [event.text for event in events if isinstance(event, Notice)]
    assert reason.endswith("; these are quotes instead.")
    assert [notice for notice in last.answer.notices if "model server" in notice] == [reason]
    assert (last.answer.writer, last.answer.status) == ("quotes", Status.ANSWERED)
    assert last.answer.sentences[0].citations[0].number == 1
    assert _KEY not in repr([*events, last])


def test_sentences_of_a_thought_that_came_unannounced_are_withdrawn(shelf: Library) -> None:
    *events, last = _ask(shelf, says(f"{_RIGHT} Is that it?", "</think>", _TWIN))
    withdrawn = next(n for n, event in enumerate(events) if isinstance(event, Withdrawn))
    assert any(isinstance(event, SentenceReady) for event in events[:withdrawn])
    assert isinstance(last, Completed)
    assert _texts(last.answer) == [_plain(_TWIN)]
    assert [source.number for source in last.answer.sources] == [1]
    assert last.answer.dropped == ()


def test_a_server_that_is_not_running_ends_in_quotes(shelf: Library) -> None:
    with socket.socket() as taken:  # a port on which nobody listens
        taken.bind(("127.0.0.1", 0))
        settings = _settings(f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
        answer = last_answer(build_answerer(settings, shelf).answer(_QUESTION, kind=Kind.FACT))
    assert answer.writer == "quotes"
    assert any("cannot be reached" in notice for notice in answer.notices)
