"""What a sweep will take, and how much of it the leave holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.sets.estimating import Load, Pace, Terms, estimate, plan
from rag.settings import JudgingSettings, Prices

_SETTINGS = JudgingSettings(Prices(1.0, 2.0), budget=0.01, minutes=1, most=1_000, requests=4, batch=10)
_TERMS = Terms(frame=400, batch=10, prices=_SETTINGS.prices, pace=None)
_LOADS = st.lists(st.builds(Load, st.floats(1, 800), st.integers(1, 4)), max_size=60)


def test_an_estimate_adds_up() -> None:
    made = estimate([Load(300, 2)] * 25, cached=5, terms=_TERMS)
    assert (made.papers, made.cached, made.requests) == (30, 5, 3)
    assert (made.prompt_tokens, made.completion_tokens) == (25 * 300 + 3 * 400, 25 * (2 * 30 + 15))
    assert made.cost == pytest.approx((8_700 + 2 * 1_875) / 1_000_000)
    assert made.seconds is None


def test_what_was_measured_counts_instead_of_what_is_assumed() -> None:
    terms = replace(_TERMS, pace=Pace(verdicts=100, seconds=50.0, completion_tokens=4_000))
    made = estimate([Load(300, 2)] * 25, cached=0, terms=terms)
    assert (made.completion_tokens, made.seconds) == (50 * 40, 25.0)


@given(loads=_LOADS, cached=st.integers(0, 9), budget=st.floats(0, 0.2))
def test_as_many_papers_as_the_budget_holds_and_not_one_more(
    loads: list[Load], cached: int, budget: float
) -> None:
    settings = replace(_SETTINGS, budget=budget)
    planned = plan(loads, cached=cached, terms=_TERMS, settings=settings, agreed=False)
    assert (planned.planned.cost or 0) <= budget
    if planned.whole:
        more = estimate(loads[: planned.open + 1], cached=cached, terms=_TERMS)
        assert (more.cost or 0) > budget
    else:
        assert planned.open == len(loads)


def test_the_minutes_bound_a_model_that_costs_nothing() -> None:
    terms = replace(_TERMS, prices=Prices(0, 0), pace=Pace(10, 60.0, 0))
    planned = plan([Load(300, 1)] * 50, cached=0, terms=terms, settings=_SETTINGS, agreed=False)
    assert (planned.open, planned.planned.cost) == (10, 0.0)


def test_without_prices_the_number_of_papers_is_bound() -> None:
    terms, settings = replace(_TERMS, prices=None), replace(_SETTINGS, prices=None, unpriced=20)
    planned = plan([Load(300, 1)] * 50, cached=7, terms=terms, settings=settings, agreed=False)
    assert (planned.open, planned.planned.cost) == (20, None)


def test_leave_for_the_whole_stops_at_the_hard_cap() -> None:
    settings = replace(_SETTINGS, budget=0.0, most=30)
    planned = plan([Load(300, 1)] * 50, cached=10, terms=_TERMS, settings=settings, agreed=True)
    assert (planned.open, planned.whole) == (20, None)
