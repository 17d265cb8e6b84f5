"""Numbers as people read them: with their noun, or as a pace. Pure."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "paper"), counted(1200, "entry", "entries")
    ('1 paper', '1,200 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def pace(rate: float, *, seconds_left: float) -> str:
    """Say how many papers are done a second, and the minutes and seconds that are left.

    >>> pace(12.34, seconds_left=75.2)
    '12.3 papers/s, 1:15 left'
    """
    minutes, seconds = divmod(round(seconds_left), 60)
    return f"{rate:.1f} papers/s, {minutes}:{seconds:02} left"
