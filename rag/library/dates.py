"""Dates of papers are periods: `2024` is a year, `2024-05` a month, `2024-05-17` a day. Pure.

ISO dates sort as text. What is compared here is when a period begins and when it ends.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_date(text: str) -> bool:
    """Tell whether a text is an ISO year, month or day that the calendar has.

    >>> is_date("2024"), is_date("2024-02-29"), is_date("2024-13"), is_date("May 2024")
    (True, True, False, False)
    """
    match = _PARTS.fullmatch(text)
    if not match or not text.isascii():
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def first_day(period: str) -> str:
    """Return the day on which a period begins.

    >>> first_day("2024"), first_day("2024-05")
    ('2024-01-01', '2024-05-01')
    """
    return period + "0000-01-01"[len(period) :]


def last_day(period: str) -> str:
    """Return the day on which a period ends.

    >>> last_day("2024"), last_day("2024-02"), last_day("2024-02-03")
    ('2024-12-31', '2024-02-29', '2024-02-03')
    """
    month = period if len(period) > len("2024") else f"{period}-12"
    if len(month) > len("2024-12"):
        return month
    return f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:7]))[1]:02}"


def longer_periods(day: str) -> tuple[str, str]:
    """Return the year and the month that hold a day.

    >>> longer_periods("2024-05-17")
    ('2024', '2024-05')
    """
    return day[:4], day[:7]
