"""No request brings more than its bound: a body is read here, once, before anything is made of it.

It stands before every route, those of Gradio and of the tools too. What is sent in pieces does not tell its size
beforehand, so what counts is what has arrived.
"""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
_MEGABYTE = 1_000_000


class Bodies:
    """ASGI middleware: hands a request on with its body in one piece, or refuses it as too large."""

    def __init__(self, app: ASGIApp, *, largest: int) -> None:
        """`largest` is in bytes."""
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; one that breaks off is left unanswered."""
        if scope["type"] != "http" or scope["method"] in _WITHOUT_BODY:
            await self._app(scope, receive, send)
            return
        pieces: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            size += len(message.get("body", b""))
            if size > self._largest:
                most = f"{self._largest // _MEGABYTE} MB"
                refusal = JSONResponse(
                    {"detail": f"Larger than {most}, which is the most at once; send it in parts."}, 413
                )
                await refusal(scope, receive, send)
                return
            pieces.append(message.get("body", b""))
            more = message.get("more_body", False)
        await self._app(scope, _after(b"".join(pieces), receive), send)


def _after(body: bytes, receive: Receive) -> Receive:
    """Give the body first, and then what comes from the server: that the client has gone."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_after() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_after
