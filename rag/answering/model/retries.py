"""When a busy server is asked again: bounded, after the pause that it names or a random one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.remote import retry_after

if TYPE_CHECKING:
    from tenacity import RetryCallState, Retrying

_ATTEMPTS = 3
# Request timeout, conflict, too many requests; all of the server's own errors pass too.
_PASSING = frozenset({408, 409, 429})
_SERVER_ERRORS = 500


def retrying(*, patience: float) -> Retrying:
    """Return the attempts at a request: at most three, all within `patience` seconds; within none, a single one.

    A connection that fails is tried again, silence is not: it has taken the whole timeout already.
    Without `Retry-After` the pause is drawn from a range that doubles ("full jitter":
    M. Brooker, Exponential Backoff and Jitter, 2015), so that many clients do not return at once.
    """
    from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_before_delay

    return Retrying(
        retry=retry_if_exception(_passes),
        wait=_pause,
        stop=stop_after_attempt(_ATTEMPTS) | stop_before_delay(patience),
        reraise=True,
    )


def pause_named(error: BaseException | None) -> float | None:
    """Return the seconds after which the server wants to be asked again, if it says."""
    response = getattr(error, "response", None)
    return None if response is None else retry_after(response.headers)


def _passes(error: BaseException) -> bool:
    import openai

    if isinstance(error, openai.APIStatusError):
        return error.status_code in _PASSING or error.status_code >= _SERVER_ERRORS
    return isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError)


def _pause(state: RetryCallState) -> float:
    from tenacity import wait_random_exponential

    stated = pause_named(state.outcome.exception() if state.outcome else None)
    return wait_random_exponential(multiplier=0.25, max=8)(state) if stated is None else stated
