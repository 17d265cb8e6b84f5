"""A scripted OpenAI-compatible server on loopback: real HTTP, real server-sent events, no model.

A test hands over one reply for each request that it expects; the last one is repeated. The replies
can be as wrong as a server's can be: cut, endless, slow, malformed, refused.
"""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Reply = Callable[["_Handler"], None]

_LONGEST_WAIT = 20.0


def says(*pieces: str, finish: str | None = "stop", tokens: tuple[int, int] | None = None) -> Reply:
    """Stream pieces of text. `finish` None ends the connection as if the server had died."""
    return streams(*({"content": piece} for piece in pieces), finish=finish, tokens=tokens)


def streams(
    *deltas: dict[str, Any], finish: str | None = "stop", tokens: tuple[int, int] | None = None
) -> Reply:
    """Stream deltas of any kind, as `says` does with text."""

    def reply(handler: _Handler) -> None:
        handler.begin(200, "text/event-stream")
        for delta in deltas:
            handler.event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        if finish is None:
            return
        handler.event({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        if tokens:
            prompt, completion = tokens
            usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": sum(tokens)}
            handler.event({"choices": [], "usage": usage})
        handler.wfile.write(b"data: [DONE]\n\n")

    return reply


def refuses(status: int, message: str = "no", *, wait: str | None = None) -> Reply:
    """Answer with an error status; `wait` is its Retry-After, without it a client need not wait."""

    def reply(handler: _Handler) -> None:
        headers = {"retry-after-ms": "1", "retry-after": "0"} if wait is None else {"retry-after": wait}
        handler.begin(status, "application/json", headers)
        handler.wfile.write(json.dumps({"error": {"message": message, "code": None}}).encode())

    return reply


def answers(record: Callable[[dict[str, Any]], object], *, status: int = 200, **headers: str) -> Reply:
    """Answer with JSON that depends on the request."""

    def reply(handler: _Handler) -> None:
        handler.begin(status, "application/json", {k.replace("_", "-"): v for k, v in headers.items()})
        handler.wfile.write(json.dumps(record(handler.body)).encode())

    return reply


def insists(without: str, then: Reply, *, message: str = "Unsupported parameter: '{}'") -> Reply:
    """Refuse a request that holds a parameter, naming it, and play `then` for one that does not."""

    def reply(handler: _Handler) -> None:
        held = without in handler.server.requests[-1]
        (refuses(400, message.format(without)) if held else then)(handler)

    return reply


def embeds(dimensions: int = 24, *, most: int = 32) -> Reply:
    """Answer `/embeddings` with a vector a text: the sum of a fixed random direction for each word.

    More than `most` texts are refused, as real servers do; the vectors come in reverse, with indexes.
    """

    def record(body: dict[str, Any]) -> object:
        texts = body["input"]
        assert 0 < len(texts) <= most
        rows = [{"index": n, "embedding": _word_sum(text, dimensions)} for n, text in enumerate(texts)]
        return {"object": "list", "data": rows[::-1], "model": body["model"]}

    return answers(record)


def _word_sum(text: str, dimensions: int) -> list[float]:
    assert text.strip(), "servers refuse an empty text"
    total = [0.0] * dimensions
    for word in re.findall(r"\w{4,}", text.lower()) or [text]:
        direction = random.Random(word.rstrip("s"))  # no secret
        total = [value + direction.gauss() for value in total]
    return total


def floods(piece: str, *, bare: bool = False) -> Reply:
    """Stream a piece of text again and again, until the client hangs up; `bare` leaves out the protocol."""

    def reply(handler: _Handler) -> None:
        handler.begin(200, "text/event-stream")
        while not handler.server.closing.is_set():
            if bare:
                handler.wfile.write(piece.encode() * 1_000)
            else:
                handler.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})

    return reply


def drips(text: str, *, seconds: float) -> Reply:
    """Stream a text, a byte of the protocol at a time, with a pause after each."""

    def reply(handler: _Handler) -> None:
        handler.begin(200, "text/event-stream")
        chunk = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
        for byte in f"data: {json.dumps(chunk)}\n\n".encode():
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            if handler.server.closing.wait(seconds):
                return

    return reply


def sends(body: bytes, content_type: str = "text/event-stream") -> Reply:
    """Answer 200 with these bytes, whatever they are."""

    def reply(handler: _Handler) -> None:
        handler.begin(200, content_type)
        handler.wfile.write(body)

    return reply


def waits(*pieces: str) -> Reply:
    """Stream pieces of text, then keep silent until the server is closed."""

    def reply(handler: _Handler) -> None:
        if pieces:
            says(*pieces, finish=None)(handler)
            handler.wfile.flush()
        handler.server.closing.wait(_LONGEST_WAIT)

    return reply


class ModelServer:
    """The server as a context manager; `requests` and `keys` hold what it was sent.

    `port` 0 takes any port that is free.
    """

    def __init__(self, *replies: Reply, port: int = 0) -> None:
        self._server = _Server(replies, port)

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def address(self) -> str:
        """The server's address without a path."""
        return self.url.removesuffix("/v1")

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The bodies of the requests, in order."""
        return self._server.requests

    @property
    def keys(self) -> list[str]:
        """The authorization headers of the requests, in order."""
        return self._server.keys

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, replies: Iterable[Reply], port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.replies = tuple(replies)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.closing = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        """Record the request and play the reply whose turn it is."""
        self.body: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(self.body)
        self.server.keys.append(self.headers["Authorization"])
        turn = min(len(self.server.requests), len(self.server.replies)) - 1
        self.server.replies[turn](self)

    def begin(self, status: int, content_type: str, headers: dict[str, str] | None = None) -> None:
        """Send status and headers; the end of the connection ends the body."""
        self.send_response(status)
        for name, value in {"Content-Type": content_type, "Connection": "close", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def event(self, fields: dict[str, Any]) -> None:
        """Send one chunk of a streamed completion."""
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "test", **fields}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Keep quiet."""
