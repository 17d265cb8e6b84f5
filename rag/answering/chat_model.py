"""Any OpenAI-compatible server, as a stream of text; its errors become ours, here and only here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rag.answering.prompts import Prompt
from rag.errors import ModelCut, ModelFailed, ModelRejected, ModelTimeout, ModelUnreachable
from rag.settings import ModelSettings
from rag.types import Usage

if TYPE_CHECKING:
    from openai import OpenAI

_HINTS = {
    401: "check OPENAI_API_KEY",
    403: "the key may not use this model",
    404: "check FOOTNOTE_MODEL and OPENAI_BASE_URL",
    429: "the limit of requests or the quota is used up; try again later",
}
_SEED = 7
_OPENAI = "https://api.openai.com/v1"


class ChatModel:
    """One model behind one server. A call makes one request, repeated once if the server is busy."""

    def __init__(self, settings: ModelSettings) -> None:
        """Nothing is contacted before the first call."""
        self._settings = settings

    @property
    def name(self) -> str:
        """The model's name, as the server knows it."""
        return self._settings.name

    @property
    def context(self) -> int:
        """The model's window in tokens."""
        return self._settings.context

    def stream(self, prompt: Prompt, *, most_tokens: int) -> Iterator[str | Usage]:
        """Yield the reply piece by piece, and the tokens that it took if the server tells them.

        Raises:
            ModelError: the server refused, failed, took too long, or stopped in the middle.
        """
        finished = spoke = False
        with _our_errors(self._settings):
            client = self._client()
            stream = client.chat.completions.create(
                model=self._settings.name,
                messages=[
                    {"role": "system", "content": prompt.system},
                    {"role": "user", "content": prompt.user},
                ],
                temperature=0,
                seed=_SEED,
                max_tokens=most_tokens,
                stream=True,
            )
        with _our_errors(self._settings, streaming=True), stream:
            for chunk in stream:
                if chunk.usage:
                    yield Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
                for choice in chunk.choices[:1]:
                    finished = finished or choice.finish_reason is not None
                    if choice.delta.content:
                        text = _text(choice.delta.content)
                        spoke = spoke or not text.isspace()
                        yield text
        if not finished:
            raise ModelCut(f"{_where(self._settings)} stopped in the middle of its answer")
        if not spoke:
            raise ModelFailed(f"{_where(self._settings)} sent an empty reply")

    def _client(self) -> OpenAI:
        from openai import OpenAI

        return OpenAI(
            api_key=self._settings.key,
            # Always named: left out, the client would read the environment by itself.
            base_url=self._settings.base_url or _OPENAI,
            timeout=self._settings.timeout,
            max_retries=1,
        )


@contextmanager
def _our_errors(settings: ModelSettings, *, streaming: bool = False) -> Iterator[None]:
    """Turn the client's errors into ours, most specific first."""
    import httpx
    import openai

    where = _where(settings)
    try:
        yield
    except (openai.APITimeoutError, httpx.TimeoutException) as error:
        raise ModelTimeout(f"{where} did not answer (timeout after {settings.timeout:g} s)") from error
    except openai.APIConnectionError as error:
        if streaming:
            raise ModelCut(f"{where} stopped in the middle of its answer") from error
        raise ModelUnreachable(f"{where} cannot be reached; is it running?") from error
    except openai.APIStatusError as error:
        status = error.status_code
        if status < 500:  # noqa: PLR2004  # HTTP: below are the caller's errors
            hint = f"; {_HINTS[status]}" if status in _HINTS else ""
            raise ModelRejected(f"{where} refused the request (HTTP {status}{hint})") from error
        raise ModelFailed(f"{where} failed (HTTP {status})") from error
    except httpx.TransportError as error:
        raise ModelCut(f"{where} stopped in the middle of its answer") from error
    except (openai.OpenAIError, ValueError, AttributeError, TypeError) as error:
        # The client builds its records without checking them: a reply of another shape shows here.
        raise ModelFailed(f"{where} sent a reply that cannot be read ({type(error).__name__})") from error


def _text(content: object) -> str:
    if not isinstance(content, str):
        raise TypeError("a reply is text")
    return content


def _where(settings: ModelSettings) -> str:
    """Name the server without its path, query or credentials."""
    from urllib.parse import urlsplit

    host = urlsplit(settings.base_url).hostname if settings.base_url else None
    return f"the model server {host}" if host else "the model server"
