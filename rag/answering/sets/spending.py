"""What a sweep has taken so far, and whether it is worth going on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from http import HTTPStatus

from rag.answering.sets.estimating import Pace, added, priced
from rag.errors import ModelError, ModelRejected, ModelUnreachable
from rag.settings import JudgingSettings
from rag.types import Usage

_MOST_FAILURES = 3  # in a row
_MOST_SILENT = 5  # replies that came whole, without a single verdict that stands, from the first on
NO_VERDICT = "the model's replies hold no verdict that can be read and shown"
_FINAL = (ModelRejected, ModelUnreachable)  # of these, the next request will fail as well


@dataclass(frozen=True, slots=True)
class Leave:
    """What a sweep may spend, in US dollars and seconds; None is no bound."""

    cost: float | None
    seconds: float | None


@dataclass(slots=True)
class Spending:
    """What a sweep has taken so far, and whether it is worth going on."""

    settings: JudgingSettings
    leave: Leave
    began: float = field(default_factory=time.monotonic)
    usage: Usage = field(default_factory=Usage)
    replies: int = 0  # that came without a failure: a busy server is no model that talks nonsense
    verdicts: int = 0
    failures: int = 0
    last: ModelError | None = None

    def count(self, usage: Usage, *, verdicts: int, failure: ModelError | None) -> None:
        """Add a request, the verdicts that it brought, and how it failed if it did."""
        self.usage = added(self.usage, priced(usage, self.settings.prices))
        self.replies += failure is None
        self.verdicts += verdicts
        self.last = failure
        self.failures = self.failures + 1 if failure else 0

    def reason_to_stop(self) -> str:
        """Return why nothing more should be asked, empty if there is no reason."""
        if self.last and self.failures >= self._most_failures(self.last):
            return str(self.last)
        if self.replies >= _MOST_SILENT and not self.verdicts:
            return NO_VERDICT
        if self.leave.cost is not None and (self.usage.cost or 0.0) > self.leave.cost:
            return f"the budget of ${self.leave.cost:g} is spent"
        if self.leave.seconds is not None and time.monotonic() - self.began > self.leave.seconds:
            return f"the {self.leave.seconds / 60:g} minutes for it are over"
        return ""

    def _most_failures(self, last: ModelError) -> int:
        if is_busy(last):
            return _MOST_FAILURES * self.settings.requests  # each of them had its pause
        return 1 if isinstance(last, _FINAL) else _MOST_FAILURES

    def seconds_left(self, verdicts: int) -> float | None:
        """Return the seconds that so many verdicts will take; None before the first."""
        pace = self.pace()
        return round(verdicts * pace.seconds_each, 1) if pace else None

    def pace(self) -> Pace | None:
        """Return how fast it goes; None before the first verdict."""
        seconds = time.monotonic() - self.began
        told = self.usage.completion_tokens or 0
        return Pace(self.verdicts, round(seconds, 3), told) if self.verdicts else None


def is_busy(error: ModelError) -> bool:
    """Tell whether a server refused because too much was asked of it."""
    return isinstance(error, ModelRejected) and error.status == HTTPStatus.TOO_MANY_REQUESTS
