"""Any OpenAI-compatible server, as a stream of text; its errors become ours, here and only here.

Servers differ in what they accept. A parameter that one refuses by name is left out from then on;
a server that is busy is asked again, when it says so or after a random pause.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NoReturn
from urllib.parse import urlsplit

from rag.answering.model.local_model import LocalModel
from rag.answering.model.prompt import Prompt
from rag.answering.model.reply import Afresh, Finish, Patience, ServerReported, read_reply
from rag.answering.model.request import refused_part, request_body, says_too_long
from rag.answering.model.retries import pause_named, retrying
from rag.errors import (
    ModelCut,
    ModelDeclined,
    ModelFailed,
    ModelRejected,
    ModelTimeout,
    ModelUnreachable,
)
from rag.settings import ModelSettings
from rag.types import Usage

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI, Stream

_HINTS = {
    401: "check OPENAI_API_KEY",
    403: "the key may not use this model",
    404: "check FOOTNOTE_MODEL and OPENAI_BASE_URL",
    429: "the limit of requests or the quota is used up; try again later",
}
_BAD_REQUEST = (400, 422)
_BUSY = 429
_CONTEXT_HINT = "its window is too small for the sources; set FOOTNOTE_CONTEXT to what it has"
_OPENAI = "https://api.openai.com/v1"
_CHARACTERS_A_TOKEN = 12
_STEPS_IN_ALL = 20


class ChatModel:
    """One model behind one server; it can be shared by threads.

    What the server was found to refuse is remembered as long as this object lives.
    """

    def __init__(self, settings: ModelSettings, *, local: LocalModel | None = None) -> None:
        """Nothing is contacted, and no `local` model loaded, before the first call."""
        self._settings = settings
        self._local = local
        self._without: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The model's name, as the server knows it."""
        return self._settings.name

    @property
    def instructions(self) -> str:
        """What the reader's own prompt tells the model that writes; empty leaves it to Footnote's."""
        return self._settings.instructions

    @property
    def context(self) -> int:
        """The model's window in tokens."""
        return self._settings.context

    @property
    def preparation(self) -> str | None:
        """What the first call has to do before it can ask, in one line for the reader."""
        return self._local.announcement if self._local else None

    def stream(
        self, prompt: Prompt, *, most_tokens: int, seconds: float | None = None
    ) -> Iterator[str | Usage | Afresh]:
        """Yield the reply piece by piece, and the tokens that it took if the server tells them.

        Who can do without it says how many `seconds` it may take; a server that is busy is then not asked again.

        Raises:
            ModelError: the server refused, failed, took too long, declined, or stopped too soon.
        """
        step = min(self._settings.timeout, seconds or math.inf)
        with self._our_errors():
            client = self._client.with_options(timeout=step)  # built before the clock starts
        ends = time.monotonic() + (seconds or step * _STEPS_IN_ALL)
        with self._our_errors():
            stream = self._open(client, prompt, most_tokens=most_tokens, insisting=seconds is None)
        with self._our_errors(streaming=True), stream:
            for piece in read_reply(
                stream.response.iter_bytes(),
                content_type=stream.response.headers.get("content-type", ""),
                patience=Patience(step, ends - time.monotonic()),
                longest=most_tokens * _CHARACTERS_A_TOKEN,
            ):
                if isinstance(piece, Finish):
                    self._require_complete(piece)
                else:
                    yield piece

    def _require_complete(self, finish: Finish) -> None:
        match finish.reason:
            case "declined":
                raise ModelDeclined(f"{self._where()} declined to answer")
            case "filtered":
                raise ModelDeclined(f"{self._where()} withheld its answer (content filter)")
            case "length":
                raise ModelCut(f"{self._where()} reached its limit of tokens for an answer")
            case "empty":
                raise ModelFailed(f"{self._where()} sent an empty reply")

    def _open(self, client: OpenAI, prompt: Prompt, *, most_tokens: int, insisting: bool) -> Stream[object]:
        """Send the request, less what the server refuses, until it accepts or says something else."""
        import openai

        while True:
            without = self._without
            body = request_body(prompt, model=self.name, most_tokens=most_tokens, without=without)
            try:
                return self._send(client, body, insisting=insisting)
            except openai.APIStatusError as error:
                part = refused_part(error.message, error.param, without=without)
                if error.status_code not in _BAD_REQUEST or part is None:
                    raise
                self._without |= {part}  # other threads may have found others meanwhile

    def _send(self, client: OpenAI, body: dict[str, Any], *, insisting: bool) -> Stream[object]:
        # Not `chat.completions.create`: it cannot leave out `stream` and still read piece by piece.
        from openai import Stream

        for attempt in retrying(patience=self._settings.timeout if insisting else 0):
            with attempt:
                return client.post(
                    "/chat/completions",
                    body=body,
                    cast_to=object,
                    stream=True,
                    stream_cls=Stream[object],
                )
        raise AssertionError("the last attempt returns or raises")

    @cached_property
    def _client(self) -> OpenAI:
        """One for all requests: it takes long to build, and keeps connections open between them."""
        from openai import OpenAI

        address = self._local.start() if self._local else None
        return OpenAI(
            api_key=address.key if address else self._settings.key,
            # Always named: left out, the client would read the environment by itself.
            base_url=address.url if address else self._settings.base_url or _OPENAI,
            timeout=self._settings.timeout,
            max_retries=0,  # `retrying` asks again: the client would not keep to the timeout
        )

    def _where(self) -> str:
        """Name the server without its path, query or credentials."""
        if self._local:
            return f"the model {self._settings.name}"
        host = urlsplit(self._settings.base_url).hostname if self._settings.base_url else None
        return f"the model server {host}" if host else "the model server"

    @contextmanager
    def _our_errors(self, *, streaming: bool = False) -> Iterator[None]:
        """Turn the client's errors into ours, most specific first."""
        import openai

        where = self._where()
        timeouts: tuple[type[Exception], ...] = (
            openai.APITimeoutError,
            TimeoutError,
            *_wire("TimeoutException"),
        )
        breaks: tuple[type[Exception], ...] = (openai.APIConnectionError, EOFError, *_wire("RequestError"))
        try:
            yield
        except timeouts as error:
            waited = f"timeout after {self._settings.timeout:g} s"
            raise ModelTimeout(f"{where} did not answer ({waited})") from error
        except openai.APIStatusError as error:
            _raise_status(where, error)
        except breaks as error:
            if streaming:
                raise ModelCut(f"{where} stopped in the middle of its answer") from error
            raise ModelUnreachable(f"{where} cannot be reached; is it running?") from error
        except ServerReported as error:
            raise ModelFailed(f"{where} reported an error of its own in its answer") from error
        except (openai.OpenAIError, ValueError, AttributeError, TypeError) as error:
            raise ModelFailed(f"{where} sent a reply that cannot be read ({type(error).__name__})") from error


def _raise_status(where: str, error: APIStatusError) -> NoReturn:
    status = error.status_code
    if status >= 500:  # noqa: PLR2004  # HTTP: the server's own errors
        raise ModelFailed(f"{where} failed (HTTP {status})") from error
    hint = _HINTS.get(status, "")
    if status in _BAD_REQUEST and says_too_long(error.message):
        hint = _CONTEXT_HINT
    seconds = pause_named(error)
    if status == _BUSY and seconds is not None and seconds >= 1:
        hint = f"it is busy; try again in {math.ceil(seconds):,} s"
    raise ModelRejected(
        f"{where} refused the request (HTTP {status}{hint and f'; {hint}'})", status=status
    ) from error


def _wire(name: Literal["TimeoutException", "RequestError"]) -> tuple[type[Exception], ...]:
    """The client of version 2 speaks through httpx, version 3 through httpx2; their errors have the same names."""
    modules = [importlib.import_module(m) for m in ("httpx", "httpx2") if importlib.util.find_spec(m)]
    return tuple(getattr(module, name) for module in modules)
