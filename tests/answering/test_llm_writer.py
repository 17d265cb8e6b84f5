"""The writer that asks a model, over real HTTP: what is shown, what is dropped, what replaces it."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from rag.answering.chat_model import ChatModel
from rag.answering.prompts import Prompt
from rag.app import build_answerer, build_retriever
from rag.errors import (
    ModelCut,
    ModelError,
    ModelFailed,
    ModelRejected,
    ModelTimeout,
)
from rag.library.library import Library
from rag.settings import Settings, read_settings
from rag.types import (
    Answer,
    AnswerEvent,
    Completed,
    Kind,
    Notice,
    Question,
    SentenceReady,
    Status,
    Usage,
    Withdrawn,
)
from tests.model_server import ModelServer, Reply, refuses, says, sends, waits

_KEY = "sk-loopback-0123456789"
_QUESTION = "Which papers combine local and global features?"
_TWIN = "Twin Scale Fusion joins local features with global features [1]."


def _chunk(**fields: Any) -> bytes:
    return b"data: " + json.dumps({"object": "chat.completion.chunk", **fields}).encode() + b"\n\n"


# Each failure, the error that it is, and the words that tell of it.
_FAILURES: dict[str, tuple[Reply, type[ModelError], str]] = {
    "wrong key": (refuses(401, f"no such key: {_KEY}"), ModelRejected, "OPENAI_API_KEY"),
    "forbidden": (refuses(403), ModelRejected, "may not use this model"),
    "unknown model": (refuses(404), ModelRejected, "FOOTNOTE_MODEL"),
    "quota": (refuses(429), ModelRejected, "try again later"),
    "broken server": (refuses(500, _KEY), ModelFailed, "HTTP 500"),
    "silence": (waits(), ModelTimeout, "did not answer"),
    "silence in the middle": (waits(_TWIN, " It is"), ModelTimeout, "did not answer"),
    "end in the middle": (says(_TWIN, " It is", finish=None), ModelCut, "stopped in the middle"),
    "no reply": (says(), ModelFailed, "empty reply"),
    "white space": (says(" ", "\n"), ModelFailed, "empty reply"),
    "no json": (sends(b"data: {not json\n\n"), ModelFailed, "cannot be read"),
    "no text": (sends(b"data: \xff\xfe\n\n"), ModelFailed, "cannot be read"),
    "an error in the stream": (
        sends(_chunk(error={"message": _KEY})),
        ModelFailed,
        "cannot be read",
    ),
    "another record": (sends(b"data: [1, 2]\n\n"), ModelFailed, "cannot be read"),
    "no choices": (sends(_chunk(choices=None)), ModelFailed, "cannot be read"),
    "no delta": (sends(_chunk(choices=[{"finish_reason": "stop"}])), ModelFailed, "cannot be read"),
    "content that is no text": (
        sends(_chunk(choices=[{"delta": {"content": ["a"]}}])),
        ModelFailed,
        "cannot be read",
    ),
    "a web page": (sends(b"<html>Please log in</html>", "text/html"), ModelCut, "stopped in the middle"),
}
_IN_TURN = pytest.mark.parametrize(("reply", "error", "told"), _FAILURES.values(), ids=_FAILURES)


def _settings(url: str, **environment: str) -> Settings:
    return read_settings({"OPENAI_BASE_URL": url, "OPENAI_API_KEY": _KEY, **environment})


def _ask(library: Library, *replies: Reply, **environment: str) -> list[AnswerEvent]:
    with ModelServer(*replies) as server:
        return list(build_answerer(_settings(server.url, **environment), library).answer(_QUESTION))


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
    answer = _answer(shelf, says(_TWIN, " ", _TWIN.replace("[1]", "[99]")))
    assert [(s.citations, s.reason) for s in answer.dropped] == [((), "it cites no source that was shown")]
    assert len(answer.sentences) == 1


@pytest.mark.parametrize(
    "refused",
    [
        "It reaches 88.5% recall on street scenes [1].",
        "It reaches high recall on street scenes.",
        "Rivers flood the northern valleys in spring [1].",
        "<img src=x onerror=alert(7)> [1]",
    ],
    ids=["altered number", "no marker", "other words", "html"],
)
def test_a_sentence_that_is_not_supported_is_dropped_and_counted(shelf: Library, refused: str) -> None:
    answer = _answer(shelf, says(_TWIN, " ", refused, "\n", _TWIN))
    assert _texts(answer) == ["Twin Scale Fusion joins local features with global features."] * 2
    assert len(answer.dropped) == 1
    assert "1 sentence dropped: not supported by what was cited." in answer.notices


def test_html_in_a_sentence_stays_text(shelf: Library) -> None:
    answer = _answer(shelf, says("<b>Twin Scale Fusion</b> joins local features with global features [1]."))
    assert _texts(answer) == ["<b>Twin Scale Fusion</b> joins local features with global features."]


@pytest.mark.parametrize("reply", ["NOT IN THE SOURCES", "NOT IN THE SOURCES.\n", "NOT IN THE SOURCES [1]"])
def test_a_model_that_finds_nothing_is_believed(shelf: Library, reply: str) -> None:
    answer = _answer(shelf, says(reply))
    assert (answer.status, answer.sentences, answer.dropped) == (Status.NOT_STATED, (), ())
    assert (answer.writer, len(answer.sources)) == ("llm:gpt-4o-mini", 3)


def test_tokens_are_reported_where_the_server_counts_them(shelf: Library) -> None:
    assert _answer(shelf, says(_TWIN, tokens=(321, 12))).usage == Usage(321, 12)


def test_a_paper_that_did_not_fit_into_the_prompt_cannot_be_cited(shelf: Library) -> None:
    reply = says(_TWIN, " Images show street scenes [5].")
    answer = _answer(shelf, reply, FOOTNOTE_CONTEXT="1600")
    assert any("[5]" in notice for notice in answer.notices)


def test_the_request_holds_model_key_and_sources(shelf: Library) -> None:
    with ModelServer(says(_TWIN)) as server:
        settings = _settings(server.url, FOOTNOTE_MODEL="small-one")
        list(build_answerer(settings, shelf).answer(_QUESTION))
        (request,) = server.requests
        assert server.keys == [f"Bearer {_KEY}"]
    system, user = (message["content"] for message in request["messages"])
    assert (request["model"], request["temperature"], request["stream"]) == ("small-one", 0, True)
    assert "numbered sources" in system
    assert '<source number="1">\nTitle: Twin Scale Fusion\n' in user
    assert user.endswith(_QUESTION)


def test_a_busy_server_is_asked_once_more(shelf: Library) -> None:
    assert _answer(shelf, refuses(503), says(_TWIN)).writer == "llm:gpt-4o-mini"


@_IN_TURN
def test_a_failure_ends_in_quotes_and_says_why_once(
    shelf: Library, reply: Reply, error: type[ModelError], told: str
) -> None:
    del error
    timeout = "0.2" if told == "did not answer" else "30"
    *events, last = _ask(shelf, reply, FOOTNOTE_TIMEOUT=timeout)
    assert isinstance(last, Completed)
    assert len([event for event in events if isinstance(event, Withdrawn)]) == 1
    reasons = [event.text for event in events if isinstance(event, Notice)]
    assert len(reasons) == 1
    assert told in reasons[0]
    assert [notice for notice in last.answer.notices if "model server" in notice] == reasons
    assert (last.answer.writer, last.answer.status) == ("quotes", Status.ANSWERED)
    assert _KEY not in repr([*events, last])


@pytest.mark.parametrize("reply", [waits(_TWIN, " It is"), says(_TWIN, " It is", finish=None)])
def test_what_was_withdrawn_is_no_part_of_the_answer(shelf: Library, reply: Reply) -> None:
    *events, last = _ask(shelf, reply, FOOTNOTE_TIMEOUT="0.2")
    withdrawn = next(n for n, event in enumerate(events) if isinstance(event, Withdrawn))
    assert any(isinstance(event, SentenceReady) for event in events[:withdrawn])
    quoted = tuple(event.sentence for event in events[withdrawn:] if isinstance(event, SentenceReady))
    assert isinstance(last, Completed)
    assert last.answer.sentences == quoted
    assert last.answer.sentences[0].citations[0].number == 1


def test_a_server_that_is_not_running_ends_in_quotes(shelf: Library) -> None:
    with socket.socket() as taken:  # a port on which nobody listens
        taken.bind(("127.0.0.1", 0))
        settings = _settings(f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
        *_, last = build_answerer(settings, shelf).answer(_QUESTION)
    assert isinstance(last, Completed)
    assert last.answer.writer == "quotes"
    assert any("cannot be reached" in notice for notice in last.answer.notices)


@_IN_TURN
def test_a_failure_is_one_of_our_errors_and_holds_no_key(
    reply: Reply, error: type[ModelError], told: str
) -> None:
    timeout = "0.2" if error is ModelTimeout else "30"
    with ModelServer(reply) as server:
        model = ChatModel(_settings(server.url, FOOTNOTE_TIMEOUT=timeout).model)
        with pytest.raises(ModelError, match=told) as caught:
            list(model.stream(Prompt("system", "user", ()), most_tokens=5))
    assert type(caught.value) is error
    assert _KEY not in str(caught.value)
