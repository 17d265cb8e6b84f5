"""The model server over real HTTP: what it may refuse, when it is asked again, and what its failures become."""

from __future__ import annotations

import json
import time
from email.utils import formatdate
from typing import Any

import pytest

from rag.answering.model.chat_model import ChatModel
from rag.answering.model.prompt import Prompt
from rag.environment.reading import read_settings
from rag.errors import ModelCut, ModelDeclined, ModelError, ModelFailed, ModelRejected, ModelTimeout
from rag.types import Usage
from tests.model_server import (
    ModelServer,
    Reply,
    drips,
    floods,
    insists,
    refuses,
    says,
    sends,
    streams,
    waits,
)

_KEY = "sk-loopback-0123456789"
_PROMPT = Prompt("system", "user")


def _chunk(**fields: Any) -> bytes:
    return b"data: " + json.dumps({"object": "chat.completion.chunk", **fields}).encode() + b"\n\n"


def _body(**message: Any) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": "stop"}
    return json.dumps({"choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}).encode()


# Each failure, the error that it is, and the words that tell of it.
_FAILURES: dict[str, tuple[Reply, type[ModelError], str]] = {
    "wrong key": (refuses(401, f"no such key: {_KEY}"), ModelRejected, "OPENAI_API_KEY"),
    "forbidden": (refuses(403), ModelRejected, "may not use this model"),
    "unknown model": (refuses(404), ModelRejected, "FOOTNOTE_MODEL"),
    "quota": (refuses(429), ModelRejected, "try again later"),
    "busy for long": (refuses(429, wait="90"), ModelRejected, "try again in 90 s"),
    "window": (refuses(400, "exceeds the available context size"), ModelRejected, "FOOTNOTE_CONTEXT"),
    "broken server": (refuses(500, _KEY), ModelFailed, "HTTP 500"),
    "silence": (waits(), ModelTimeout, "did not answer"),
    "silence in the middle": (waits("It", " is"), ModelTimeout, "did not answer"),
    "a byte at a time": (drips("It is " * 40, seconds=0.05), ModelTimeout, "did not answer"),
    "end in the middle": (says("It", " is", finish=None), ModelCut, "stopped in the middle"),
    "length": (says("It is", finish="length"), ModelCut, "limit of tokens"),
    "endless": (floods("It is. "), ModelCut, "limit of tokens"),
    "an endless line": (floods("x" * 1_000, bare=True), ModelFailed, "cannot be read"),
    "refusal": (streams({"refusal": "I cannot."}), ModelDeclined, "declined to answer"),
    "filter": (says("It", finish="content_filter"), ModelDeclined, "content filter"),
    "no reply": (says(), ModelFailed, "empty reply"),
    "white space": (says(" ", "\n"), ModelFailed, "empty reply"),
    "thoughts alone": (says("<think>It is so.", finish="length"), ModelFailed, "empty reply"),
    "no json": (sends(b"data: {not json\n\n"), ModelFailed, "cannot be read"),
    "no text": (sends(b"data: \xff\xfe\n\n"), ModelFailed, "cannot be read"),
    "an error in the stream": (sends(_chunk(error={"message": _KEY})), ModelFailed, "error of its own"),
    "another record": (sends(b"data: [1, 2]\n\n"), ModelFailed, "cannot be read"),
    "no choices": (sends(_chunk(choices=None)), ModelCut, "stopped in the middle"),
    "choices of another kind": (sends(_chunk(choices=["a"])), ModelFailed, "cannot be read"),
    "content that is no text": (sends(_chunk(choices=[{"delta": {"content": ["a"]}}])), ModelFailed, "read"),
    "a web page": (sends(b"<html>Please log in</html>", "text/html"), ModelCut, "stopped in the middle"),
}


def _model(server: ModelServer, **environment: str) -> ChatModel:
    settings = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": _KEY, **environment}
    return ChatModel(read_settings(settings).model)


def _say(model: ChatModel) -> str:
    pieces = model.stream(_PROMPT, most_tokens=50)
    return "".join(piece for piece in pieces if isinstance(piece, str))


@pytest.mark.parametrize(("reply", "error", "told"), _FAILURES.values(), ids=_FAILURES)
def test_a_failure_is_one_of_our_errors_and_holds_no_key(
    reply: Reply, error: type[ModelError], told: str
) -> None:
    timeout = "0.3" if error is ModelTimeout else "30"
    with ModelServer(reply) as server, pytest.raises(ModelError, match=told) as caught:
        _say(_model(server, FOOTNOTE_TIMEOUT=timeout))
    assert type(caught.value) is error
    assert _KEY not in str(caught.value)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_a_server_that_is_busy_for_a_moment_is_asked_again(status: int) -> None:
    with ModelServer(refuses(status), refuses(status), says("It is so.")) as server:
        assert _say(_model(server)) == "It is so."


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_request_that_is_wrong_is_not_repeated(status: int) -> None:
    with ModelServer(refuses(status)) as server:
        with pytest.raises(ModelRejected):
            _say(_model(server))
        assert len(server.requests) == 1


def test_a_server_is_asked_three_times_at_most() -> None:
    with ModelServer(refuses(503)) as server:
        with pytest.raises(ModelFailed):
            _say(_model(server))
        assert len(server.requests) == 3


def test_a_pause_that_the_server_names_is_kept() -> None:
    with ModelServer(refuses(429, wait="1"), says("It is so.")) as server:
        began = time.monotonic()
        assert _say(_model(server)) == "It is so."
        assert time.monotonic() - began >= 1


@pytest.mark.parametrize("wait", ["60", formatdate(time.time() + 3_600, usegmt=True)])
def test_a_pause_beyond_the_timeout_is_not_waited_for(wait: str) -> None:
    with ModelServer(refuses(503, wait=wait)) as server:
        with pytest.raises(ModelFailed):
            _say(_model(server, FOOTNOTE_TIMEOUT="5"))
        assert len(server.requests) == 1


@pytest.mark.parametrize("part", ["max_tokens", "temperature", "seed", "stream_options", "stream"])
def test_what_a_server_refuses_by_name_is_left_out_from_then_on(part: str) -> None:
    with ModelServer(insists(part, says("It is so."))) as server:
        model = _model(server)
        assert [_say(model), _say(model)] == ["It is so."] * 2
        assert [part in request for request in server.requests] == [True, False, False]


def test_several_refusals_are_met_one_by_one() -> None:
    picky = insists("max_tokens", insists("temperature", insists("seed", says("It is so."))))
    with ModelServer(picky) as server:
        assert _say(_model(server)) == "It is so."
        assert server.requests[-1]["max_completion_tokens"] > 50


@pytest.mark.parametrize(
    "message",
    [
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported",
        "JSON mode is not enabled",
    ],
)
def test_json_by_schema_is_asked_for_less_and_less_strictly(message: str) -> None:
    prompt = Prompt("Reply with JSON.", "user", schema={"type": "object"})
    with ModelServer(refuses(400, message), refuses(400, message), says("{}")) as server:
        model = _model(server)
        for _ in range(2):
            assert "".join(p for p in model.stream(prompt, most_tokens=50) if isinstance(p, str)) == "{}"
        formats = [body.get("response_format", {}).get("type") for body in server.requests]
    assert formats == ["json_schema", "json_object", None, None]


def test_a_prompt_without_a_schema_asks_for_text() -> None:
    with ModelServer(says("It is so.")) as server:
        _say(_model(server))
        assert "response_format" not in server.requests[0]


def test_a_template_without_a_system_role_gets_one_message() -> None:
    message = "System role not supported"
    with ModelServer(refuses(400, message), says("It is so.")) as server:
        assert _say(_model(server)) == "It is so."
        assert server.requests[-1]["messages"] == [{"role": "user", "content": "system\n\nuser"}]


def test_a_refusal_that_names_nothing_we_can_leave_out_ends_it() -> None:
    with ModelServer(refuses(400, "messages must alternate")) as server:
        with pytest.raises(ModelRejected):
            _say(_model(server))
        assert len(server.requests) == 1


def test_a_server_that_ignores_stream_is_understood() -> None:
    reply = sends(_body(content="<think>Hm.</think>It is so."), "application/json; charset=utf-8")
    with ModelServer(reply) as server:
        pieces = list(_model(server).stream(_PROMPT, most_tokens=50))
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == "It is so."
    assert Usage(9, 2) in pieces


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_thoughts_in_a_field_of_their_own_are_not_shown(name: str) -> None:
    with ModelServer(
        streams({name: "Let me see."}, {"content": None, name: "Hm."}, {"content": "So."})
    ) as server:
        assert _say(_model(server)) == "So."


def test_a_stream_without_a_finish_reason_ends_with_done() -> None:
    body = _chunk(choices=[{"index": 0, "delta": {"content": "It is so."}}]) + b"data: [DONE]\n\n"
    with ModelServer(sends(b": ping\r\n\r\n" + body.replace(b"\n", b"\r\n"))) as server:
        assert _say(_model(server)) == "It is so."
