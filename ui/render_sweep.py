"""A set while it is judged: how far, how many were found, what it costs, and what was left out. Pure."""

from __future__ import annotations

from rag.numbers import duration
from rag.types import Answer, Estimate, Estimated, Kind
from ui.cards import text
from ui.turns import Turn

_CENT = 0.01


def render_sweep(turn: Turn) -> str:
    """Draw the line and the bar of a set that is being judged; nothing for any other turn."""
    if turn.answer or turn.error or not (turn.judging or turn.estimate):
        return ""
    of = turn.judging.of if turn.judging else turn.estimate.planned.papers if turn.estimate else 0
    done = turn.judging.judged if turn.judging else 0
    facts = [f"judged {done:,} of {of:,}"]
    facts += [f"{turn.judging.found:,} found"] if turn.judging else []
    left = turn.judging.seconds_left if turn.judging else None
    facts += [f"{duration(left)} left"] if left is not None else []
    told = _planned(turn.estimate) if turn.estimate else ""
    planned = f'<p class="planned">{text(told)}</p>' if told else ""
    return (
        f'<div class="sweep"><progress max="{max(of, 1)}" value="{done}" aria-label="Papers judged"></progress> '
        f'<span class="so-far">{text(" · ".join(facts))}</span>{planned}</div>'
    )


def render_rest(turn: Turn) -> str:
    """Offer to judge the papers that a budget left out; nothing where all were judged."""
    answer, whole = turn.answer, turn.estimate.whole if turn.estimate else None
    if answer is None or not (whole or (turn.estimate is None and _is_capped(answer))):
        return ""
    price = f": {described(whole)}" if whole and described(whole) else ""
    judged = 0 if answer.writer == "quotes" else answer.judged  # estimates are no reading
    return (
        f'<p class="rest">Judged the nearest {judged:,} of {answer.ranking.searched:,} by a model. '
        f'<button type="button" data-do="whole">Judge all{text(price)}</button></p>'
    )


def described(estimate: Estimate) -> str:
    """Say what judging costs and how long it takes, as far as that is known; a model of one's own is free.

    >>> described(Estimate(600, 0, 60, 90_000, 9_000, cost=0.351, seconds=118.0))
    'about $0.35, 2 min'
    """
    cost = [f"${max(estimate.cost, _CENT):,.2f}"] if estimate.cost else []
    spent = [] if estimate.seconds is None else [duration(estimate.seconds)]
    known = ", ".join([*cost, *spent])
    return f"about {known}" if known else ""


def _planned(estimated: Estimated) -> str:
    """What is known of a sweep before it begins, but for the number of papers: that stands beside the bar."""
    planned, whole = estimated.planned, estimated.whole
    parts = [f"the nearest {planned.papers:,} of {whole.papers:,}"] if whole else []
    parts += [f"{planned.cached:,} of them known from before"] if planned.cached else []
    parts += [described(planned)] if described(planned) else []
    parts += ["as far as the limits of money and time go"] if whole else []
    return " · ".join(parts)


def _is_capped(answer: Answer) -> bool:
    """Tell from a kept answer, which has no estimate any more."""
    by_model = answer.writer.startswith("llm:")
    return answer.question.kind is Kind.LIST and by_model and 0 < answer.judged < answer.ranking.searched
