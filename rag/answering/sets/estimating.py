"""What will it take to put papers to a model, and how many does the reader's leave hold? Pure.

Papers come nearest first. Those that are known already cost nothing and are always in; of the others, as
many as budget, minutes and the hard cap allow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rag.settings import JudgingSettings, Prices
from rag.types import Estimate, Usage

N = TypeVar("N", int, float)

_MILLION = 1_000_000
# Of a reply as `prompts.render_judging` asks for it: an id with its brackets; a verdict, most without a quote.
_TOKENS_A_PAPER = 15
_TOKENS_A_VERDICT = 30


@dataclass(frozen=True, slots=True)
class Pace:
    """How a model judged last time: verdicts in so many seconds, with so many tokens of replies (0: untold)."""

    verdicts: int
    seconds: float
    completion_tokens: int

    @property
    def seconds_each(self) -> float:
        """Seconds a verdict, with its requests side by side as they were."""
        return self.seconds / max(1, self.verdicts)

    @property
    def tokens_each(self) -> float:
        """Tokens of the reply for each verdict; 0 if the server did not tell."""
        return self.completion_tokens / max(1, self.verdicts)


@dataclass(frozen=True, slots=True)
class Load:
    """A paper that the model has to read: tokens of its text, and the number of verdicts asked of it."""

    tokens: float
    verdicts: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request takes beside its papers: `frame` tokens around every `batch` papers, prices, and the pace."""

    frame: int
    batch: int
    prices: Prices | None
    pace: Pace | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of the open papers are judged now, nearest first; `whole` is there if that is not all of them."""

    open: int
    planned: Estimate
    whole: Estimate | None


def plan(
    loads: Sequence[Load], *, cached: int, terms: Terms, settings: JudgingSettings, agreed: bool
) -> Plan:
    """Return how many of the open papers the leave holds; `agreed` leaves only the hard cap.

    >>> settings = JudgingSettings(Prices(1.0, 0.0), budget=0.001, minutes=10, most=9, requests=4, batch=1)
    >>> loads, terms = [Load(200, 1)] * 8, Terms(frame=0, batch=1, prices=settings.prices, pace=None)
    >>> plan(loads, cached=0, terms=terms, settings=settings, agreed=False).open
    5
    """
    capped = loads[: max(0, settings.most - cached)]
    whole = estimate(capped, cached=cached, terms=terms)
    if agreed or _is_within(whole, settings):
        return Plan(len(capped), whole, None)
    low, high = 0, len(capped)  # what it takes grows with each paper: the most that fits is found by halving
    while low < high:
        middle = (low + high + 1) // 2
        fits = _is_within(estimate(capped[:middle], cached=cached, terms=terms), settings)
        low, high = (middle, high) if fits else (low, middle - 1)
    return Plan(low, estimate(capped[:low], cached=cached, terms=terms), whole)


def estimate(loads: Sequence[Load], *, cached: int, terms: Terms) -> Estimate:
    """Return what it takes to judge papers, `cached` ones of which nothing has to be asked beside them."""
    requests = math.ceil(len(loads) / terms.batch)
    verdicts = sum(load.verdicts for load in loads)
    pace = terms.pace
    written = (
        verdicts * pace.tokens_each
        if pace and pace.tokens_each
        else verdicts * _TOKENS_A_VERDICT + len(loads) * _TOKENS_A_PAPER
    )
    usage = Usage(math.ceil(sum(load.tokens for load in loads)) + requests * terms.frame, math.ceil(written))
    return Estimate(
        papers=len(loads) + cached,
        cached=cached,
        requests=requests,
        prompt_tokens=usage.prompt_tokens or 0,
        completion_tokens=usage.completion_tokens or 0,
        cost=priced(usage, terms.prices).cost,
        seconds=round(verdicts * pace.seconds_each, 1) if pace else None,
    )


def priced(usage: Usage, prices: Prices | None) -> Usage:
    """Return the same usage with what it costs, as far as prices and tokens are known.

    >>> priced(Usage(1_000_000, 500_000), Prices(0.15, 0.6)).cost
    0.45
    """
    if prices is None or usage.prompt_tokens is None or usage.completion_tokens is None:
        return usage
    cost = (usage.prompt_tokens * prices.prompt + usage.completion_tokens * prices.completion) / _MILLION
    return replace(usage, cost=round(cost, 6))


def added(one: Usage, other: Usage) -> Usage:
    """Sum the tokens and costs of two requests; what neither counted stays unknown.

    >>> added(Usage(1, None), Usage(2, None))
    Usage(prompt_tokens=3, completion_tokens=None, cost=None)
    """
    cost = _sum(one.cost, other.cost)
    return Usage(
        _sum(one.prompt_tokens, other.prompt_tokens),
        _sum(one.completion_tokens, other.completion_tokens),
        None if cost is None else round(cost, 6),
    )


def _sum(one: N | None, other: N | None) -> N | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _is_within(estimated: Estimate, settings: JudgingSettings) -> bool:
    """Tell whether this may be spent unasked."""
    if estimated.cost is None and estimated.papers - estimated.cached > settings.unpriced:
        return False
    too_long = estimated.seconds is not None and estimated.seconds > 60 * settings.minutes
    return (estimated.cost or 0.0) <= settings.budget and not too_long
