"""Which of the papers that fit are shown, and in which order: as many as were asked for, by date where that was asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from rag.types import Listing, Order, Paper

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


def order_notice(rows: Sequence[Row], listing: Listing) -> str:
    """Say in a line where an order by date cannot be kept; empty where it can, or none was asked for."""
    undated = sum(not row.paper.published for row in rows)
    if listing.order is Order.LIKELIEST or not undated:
        return ""
    if undated == len(rows):
        return "None of these papers has a date, so they cannot be sorted by it: the likeliest stand first."
    have = "1 of those that fit has" if undated == 1 else f"{undated:,} of those that fit have"
    return f"Sorted by date, {_FIRST[listing.order]} first; {have} no date: last."


def _first(shown: Sequence[Row], listing: Listing) -> str:
    dated = any(row.paper.published for row in shown)
    return _FIRST[listing.order if dated else Order.LIKELIEST]
