"""Posting JSON over real HTTP: what is asked again, when it gives up, and what the errors say."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rag.errors import ModelError, ModelFailed, ModelRejected, ModelTimeout, ModelUnreachable
from rag.remote import Remote
from rag.settings import Endpoint
from tests.model_server import ModelServer, Reply, answers, refuses, sends, waits

_KEY = "sk-loopback-0123456789"


def _endpoint(url: str, *, key: str = _KEY, timeout: float = 10) -> Endpoint:
    return Endpoint(
        service="test", url=url, timeout=timeout, url_variable="THE_URL", key_variable="THE_KEY", key=key
    )


def _post(server: ModelServer, *, patience: float = 10, timeout: float = 10) -> object:
    return Remote(_endpoint(server.url, timeout=timeout)).post("/x", {"a": "é"}, patience=patience)


def _busy(status: int, retry_after: str) -> Reply:
    return answers(lambda _body: {}, status=status, retry_after=retry_after)


_GOOD = answers(lambda body: {"echo": body})


def test_json_goes_out_with_the_key_and_comes_back() -> None:
    with ModelServer(_GOOD) as server:
        assert _post(server) == {"echo": {"a": "é"}}
        assert server.keys == [f"Bearer {_KEY}"]


def test_without_a_key_no_header_is_sent() -> None:
    with ModelServer(_GOOD) as server:
        Remote(_endpoint(server.url, key="")).post("/x", {}, patience=0)
        assert server.keys == [None]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_server_is_asked_again(status: int) -> None:
    with ModelServer(refuses(status), refuses(status), _GOOD) as server:
        assert _post(server) == {"echo": {"a": "é"}}
        assert len(server.requests) == 3


def test_it_is_not_asked_for_ever() -> None:
    with ModelServer(refuses(503)) as server, pytest.raises(ModelFailed, match="HTTP 503"):
        _post(server, patience=1_000)
    assert len(server.requests) == 5


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_a_request_that_is_wrong_is_not_repeated(status: int) -> None:
    with ModelServer(refuses(status)) as server, pytest.raises(ModelRejected) as caught:
        _post(server)
    assert (caught.value.status, len(server.requests)) == (status, 1)


def test_a_server_that_asks_for_more_than_the_patience_is_left_at_once() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    for retry_after in ("3600", later):
        with ModelServer(_busy(429, retry_after), _GOOD) as server, pytest.raises(ModelRejected):
            _post(server)
        assert len(server.requests) == 1


@pytest.mark.parametrize("retry_after", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_time_that_the_server_names_is_taken_instead_of_ours(retry_after: str) -> None:
    with ModelServer(*[_busy(503, retry_after)] * 4, _GOOD) as server:
        assert _post(server, patience=1) == {"echo": {"a": "é"}}  # our own waits would not fit into it


@pytest.mark.parametrize("retry_after", ["soon", "nan", ""])
def test_a_time_that_cannot_be_read_is_passed_over(retry_after: str) -> None:
    with ModelServer(_busy(503, retry_after), _GOOD) as server:
        assert _post(server) == {"echo": {"a": "é"}}


_FAILURES: dict[str, tuple[Reply, type[ModelError], str]] = {
    "wrong key": (refuses(401, _KEY), ModelRejected, "check THE_KEY"),
    "forbidden": (refuses(403), ModelRejected, "check THE_KEY"),
    "unknown": (refuses(404), ModelRejected, "check THE_URL"),
    "quota": (refuses(429, _KEY), ModelRejected, "try again later"),
    "broken": (refuses(500, _KEY), ModelFailed, "HTTP 500"),
    "moved": (refuses(302), ModelFailed, "HTTP 302"),
    "silence": (waits(), ModelTimeout, "did not answer"),
    "prose": (sends(b"I am sorry"), ModelFailed, "no JSON"),
    "no text": (sends(b"\xff\xfe"), ModelFailed, "no JSON"),
    "nested without end": (sends(b"[" * 100_000), ModelFailed, "no JSON"),
}


@pytest.mark.parametrize(("reply", "error", "told"), _FAILURES.values(), ids=_FAILURES)
def test_a_failure_is_one_of_our_errors_and_holds_no_key(
    reply: Reply, error: type[ModelError], told: str
) -> None:
    with ModelServer(reply) as server, pytest.raises(ModelError, match=told) as caught:
        _post(server, patience=0, timeout=0.3 if error is ModelTimeout else 10)
    assert type(caught.value) is error
    assert "127.0.0.1" in str(caught.value)
    assert _KEY not in str(caught.value)


def test_a_reply_that_drips_is_left_when_its_time_is_over() -> None:
    def drips(handler: object) -> None:
        handler.begin(200, "application/json")  # type: ignore[attr-defined]  # a Reply's handler
        for _ in range(200):
            handler.wfile.write(b" ")  # type: ignore[attr-defined]
            handler.wfile.flush()  # type: ignore[attr-defined]
            time.sleep(0.05)

    with ModelServer(drips) as server, pytest.raises(ModelTimeout):
        _post(server, patience=0, timeout=0.3)


def test_nobody_at_the_address_is_unreachable() -> None:
    with socket.socket() as taken:  # a port on which nobody listens
        taken.bind(("127.0.0.1", 0))
        remote = Remote(_endpoint(f"http://127.0.0.1:{taken.getsockname()[1]}"))
        with pytest.raises(ModelUnreachable, match=r"the test server 127\.0\.0\.1 cannot be reached"):
            remote.post("/x", {}, patience=0)


def test_the_key_is_not_in_the_representation() -> None:
    assert _KEY not in repr(_endpoint("http://127.0.0.1"))
