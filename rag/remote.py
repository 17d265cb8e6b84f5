"""Post JSON to a server and read JSON back: bounded in time, size and attempts; its errors are ours.

Embeddings and re-rankers go through here. A server that is busy is asked again, after the time that
it names in `Retry-After` or else after a growing random wait (full jitter; Brooker 2015, "Exponential
Backoff And Jitter"), as long as the caller's patience lasts.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from rag.errors import ModelError, ModelFailed, ModelRejected, ModelTimeout, ModelUnreachable
from rag.settings import Endpoint

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

_ATTEMPTS = 5
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 20.0
_LARGEST_REPLY = 64_000_000
_BUSY = frozenset({408, 425, 429})


class Remote:
    """One endpoint and its open connections; any number of threads may post at once."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Nothing is contacted before the first call."""
        import httpx

        self.endpoint = endpoint
        self._client = httpx.Client(timeout=endpoint.timeout)

    def post(self, path: str, body: Mapping[str, object], *, patience: float) -> object:
        """Return the parsed reply. `patience` is the time in seconds within which it is asked again.

        Raises:
            ModelUnreachable: no connection, or it broke off.
            ModelTimeout: no whole reply within the endpoint's time.
            ModelRejected: 4xx; a busy server's 429 only at the end of the patience.
            ModelFailed: another status, or a reply that is no JSON.
        """
        import tenacity

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_MayPass),
            stop=tenacity.stop_after_attempt(_ATTEMPTS) | tenacity.stop_before_delay(patience),
            wait=_wait,
            reraise=True,
        )
        try:
            content = retrying(self._post_once, self.endpoint.url + path, body)
            return json.loads(content)
        except _MayPass as last:
            raise last.error from last.__cause__
        except (ValueError, RecursionError) as error:
            raise ModelFailed(f"{self.endpoint.where} sent a reply that is no JSON") from error

    def _post_once(self, url: str, body: Mapping[str, object]) -> bytes:
        import httpx

        headers = {"Authorization": f"Bearer {self.endpoint.key}"} if self.endpoint.key else {}
        where = self.endpoint.where
        try:
            with self._client.stream("POST", url, json=body, headers=headers) as response:
                if response.status_code != httpx.codes.OK:
                    raise _refusal(response, self.endpoint)
                return self._read(response)
        except httpx.TimeoutException as error:
            raise self._too_late() from error
        except (httpx.ConnectError, httpx.InvalidURL) as error:
            raise _MayPass(ModelUnreachable(f"{where} cannot be reached; check that it runs")) from error
        except httpx.HTTPError as error:
            raise _MayPass(ModelUnreachable(f"{where} broke the connection off")) from error

    def _read(self, response: httpx.Response) -> bytes:
        """Read a body that may neither drip for ever nor fill the memory."""
        began = time.monotonic()
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > _LARGEST_REPLY:
                raise ModelFailed(f"{self.endpoint.where} sent more than {_LARGEST_REPLY / 1e6:.0f} MB")
            if time.monotonic() - began > self.endpoint.timeout:
                raise self._too_late()
        return bytes(content)

    def _too_late(self) -> ModelTimeout:
        return ModelTimeout(
            f"{self.endpoint.where} did not answer (timeout after {self.endpoint.timeout:g} s)"
        )


class _MayPass(Exception):
    """The same request may succeed a little later; `wait` in seconds if the server named a time.

    It never leaves this module.
    """

    def __init__(self, error: ModelError, *, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


def _refusal(response: httpx.Response, endpoint: Endpoint) -> Exception:
    status = response.status_code
    if not 400 <= status < 500:  # noqa: PLR2004  # HTTP: the caller's errors
        failed = ModelFailed(f"{endpoint.where} failed (HTTP {status})")
        return _MayPass(failed, wait=retry_after(response.headers)) if status >= 500 else failed  # noqa: PLR2004
    hint = _hint(status, endpoint)
    rejected = ModelRejected(f"{endpoint.where} refused the request (HTTP {status}{hint})", status=status)
    return _MayPass(rejected, wait=retry_after(response.headers)) if status in _BUSY else rejected


def _hint(status: int, endpoint: Endpoint) -> str:
    match status:
        case 401 | 403:
            return f"; check {endpoint.key_variable}"
        case 404:
            return f"; check {endpoint.url_variable} and the model's name"
        case 429:
            return "; the limit of requests or the quota is used up; try again later"
        case _:
            return ""


def _wait(state: RetryCallState) -> float:
    """Seconds until the next attempt: what the server asked for, or a growing random time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _MayPass) else None
    spread = min(_FIRST_WAIT * 2**state.attempt_number, _LONGEST_WAIT)
    luck = random.random()  # noqa: S311  # no secret depends on it
    return luck * spread if asked is None else asked * (1 + luck / 4)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After`: seconds or a date (RFC 9110, section 10.2.3). None where it says nothing."""
    text = headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
