"""Numbers as people read them: with their noun, as a duration, as a pace. Pure."""

from __future__ import annotations

_MINUTE = 60


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "paper"), counted(1200, "entry", "entries")
    ('1 paper', '1,200 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def duration(seconds: float) -> str:
    """Say how long something takes.

    >>> duration(4.2), duration(59.8), duration(118), duration(9_000)
    ('4 s', '1 min', '2 min', '150 min')
    """
    whole = round(seconds)
    return f"{whole} s" if whole < _MINUTE else f"{round(whole / _MINUTE):,} min"


def pace(rate: float, *, seconds_left: float) -> str:
    """Say how many papers are done a second, and the minutes and seconds that are left.

    >>> pace(12.34, seconds_left=75.2)
    '12.3 papers/s, 1:15 left'
    """
    minutes, seconds = divmod(round(seconds_left), _MINUTE)
    return f"{rate:.1f} papers/s, {minutes}:{seconds:02} left"
