"""Which of the papers that fit are shown, and in which order: as many as were asked for, by date where that was asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from rag.answering.writing.quotes import QUOTED, QuotesSettings, is_shown_again, listed_papers
from rag.types import EVERY_PAPER, Kind, Listing, Order, Paper, Question, Ranking

_FIRST = {Order.LIKELIEST: "likeliest", Order.NEWEST: "newest", Order.OLDEST: "oldest"}


class _Listed(Protocol):
    @property
    def paper(self) -> Paper: ...


Row = TypeVar("Row", bound=_Listed)


def shown_rows(rows: Sequence[Row], listing: Listing) -> tuple[Row, ...]:
    """Return the rows to show of all that fit, which come likeliest first; those without a date stand behind the dated."""
    ordered = list(rows)
    if listing.order is not Order.LIKELIEST:
        ordered.sort(key=lambda row: row.paper.published or "", reverse=listing.order is Order.NEWEST)
        ordered.sort(key=lambda row: not row.paper.published)  # stable
    return tuple(ordered[: listing.most])


def cut_sentence(rows: Sequence[Row], listing: Listing, *, partly: int, seem: str) -> str:
    """Say how many of the papers that fit are shown, which, and how to see the others; empty where all are shown.

    `seem` is the verb of what they do: "seem to meet" by estimate, "meet" by a model; `partly` do so in part.
    """
    shown = shown_rows(rows, listing)
    if len(shown) == len(rows):
        return ""
    some = f" ({partly:,} of them in part)" if partly else ""
    in_part = " in part" if partly == len(rows) else some
    return (
        f"{len(shown):,} of the {len(rows):,} papers that {seem} this{in_part}, the {_first(shown, listing)} first; "
        "ask without the number to see all."
    )


def order_notice(rows: Sequence[Row], listing: Listing, *, those: str = "those that fit") -> str:
    """Say in a line where an order by date cannot be kept; empty where it can, or none was asked for."""
    undated = sum(not row.paper.published for row in rows)
    if listing.order is Order.LIKELIEST or not undated:
        return ""
    if undated == len(rows):
        return "None of these papers has a date, so they cannot be sorted by it: the likeliest stand first."
    have = f"1 of {those} has" if undated == 1 else f"{undated:,} of {those} have"
    return f"Sorted by date, {_FIRST[listing.order]} first; {have} no date: last."


def _first(shown: Sequence[Row], listing: Listing) -> str:
    dated = any(row.paper.published for row in shown)
    return _FIRST[listing.order if dated else Order.LIKELIEST]


def quoted_rows(
    question: Question, ranking: Ranking, settings: QuotesSettings = QUOTED
) -> tuple[Question, Ranking, tuple[str, ...]]:
    """Return what to quote of papers that nobody judged, number and order kept, and what there is to say of it.

    Those that come near are chosen before they are sorted: the newest of a whole ranking may be about anything.
    """
    if question.listing == EVERY_PAPER or question.kind is not Kind.LIST:
        return question, ranking, ()
    near = listed_papers(question, ranking.papers, settings)
    shown = shown_rows(near, question.listing)
    again = is_shown_again(question)
    those = "those that were shown" if again else "those that come near"
    first = "" if again and question.listing.order is Order.LIKELIEST else _first(shown, question.listing)
    which = f", the {first} first" if first else ""
    cut = f"{len(shown):,} of {those}, {len(near):,} in all, are quoted{which}; ask without the number to see more."
    unsorted = order_notice(near, question.listing, those=those)
    notices = ((cut,) if len(shown) < len(near) else ()) + ((unsorted,) if unsorted else ())
    if again:  # the scope has their order
        question = replace(question, scope=replace(question.scope, ids=tuple(row.paper.id for row in shown)))
    return question, replace(ranking, papers=shown), notices
