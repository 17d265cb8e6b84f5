"""Dates in a question -> the years that a paper must be from. Pure.

A year counts only where the words say that it dates papers: "since 2021", "published in 2023", "between
2019 and 2022", "from May 2023", "from the last two years". "ImageNet 2012", "the 2014 challenge" and "after 2000 steps"
are topics.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from rag.answering.asking.pointing import CARDINALS
from rag.library.dates import is_date
from rag.types import Scope

_DATE = r"((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)"
_FEW = 3
# What may stand before a date and goes with it: "that were published".
_LEAD = r"(?<![\w-])(?:(?:that|which) (?:were|are|was|is) )?(?:(?:published|released|written|dated|appeared|from) )?"
_TAIL = r"(?![\w-])"
# Only behind one of these does "in 2023" date the papers.
_PAPERS = r"(?<![\w-])((?:papers|works|studies|surveys|articles|ones|those|only|just|published|released|appeared) (?:(?:that|which) )?(?:(?:were|are|is|was) )?(?:(?:published|released|appeared|came out|come out) )?)(?:in|from|of|during) "

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = re.compile(
    rf"\b({'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTH_NAMES)}|sept)\.?,? (?:of )?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# What is counted is no year: "after 2000 steps".
_COUNTED = (
    r"(?! (?:[\w-]+ )?(?:steps|epochs|iterations|updates|rounds|episodes|images|photos|frames|pictures|samples|examples|instances|words|tokens|"
    r"documents|queries|questions|labels|classes|hours|minutes|seconds|days|years|runs|calls|nodes|users|people|patients)\b)"
)

_Ends = tuple[str | None, str | None]


def beside(period: str, step: int) -> str:
    """Return the year, month or day right behind a date, or right before it where `step` is -1.

    >>> beside("2022", 1), beside("2022-12", 1), beside("2022-01-01", -1)
    ('2023', '2023-01', '2021-12-31')
    """
    year, *month = (int(part) for part in period.split("-")[:2])
    if is_date(period) and period not in {period[:4], period[:7]}:
        return (date.fromisoformat(period) + timedelta(days=step)).isoformat()
    if not month:
        return str(year + step)
    months = year * 12 + month[0] - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


def _both(groups: list[str], _: date) -> _Ends:
    return min(groups), max(groups)


def _last_years(groups: list[str], today: date) -> _Ends:
    word = groups[0].lower()
    count = int(word) if word.isdigit() else CARDINALS.get(word, _FEW)
    return str(today.year - count + 1), None


_READERS: tuple[tuple[str, Callable[[list[str], date], _Ends]], ...] = (
    (rf"{_LEAD}between {_DATE} and {_DATE}", _both),
    (rf"{_LEAD}from {_DATE} (?:to|until|till) {_DATE}", _both),
    (rf"{_LEAD}\(?{_DATE} ?[-–] ?{_DATE}\)?", _both),
    (
        rf"{_LEAD}(?:since|as of|starting (?:in|from)|no(?:t|t any)? older than) (?:the year )?{_DATE}",
        lambda g, _: (g[0], None),
    ),
    (
        rf"{_LEAD}(?:in )?\(?{_DATE} (?:or|and) (?:later|newer|after|on(?:wards?)?)\)?",
        lambda g, _: (g[0], None),
    ),
    (rf"{_LEAD}from {_DATE} (?:on(?:wards?)?|to now|to today)", lambda g, _: (g[0], None)),
    (rf"{_LEAD}(?:after|newer than|later than) {_DATE}{_COUNTED}", lambda g, _: (beside(g[0], 1), None)),
    (rf"{_LEAD}post-?((?:19|20)\d\d)", lambda g, _: (beside(g[0], 1), None)),
    (rf"{_LEAD}pre-?((?:19|20)\d\d)", lambda g, _: (None, beside(g[0], -1))),
    (rf"{_LEAD}(?:until|till|up to|not? newer than|not? later than) {_DATE}", lambda g, _: (None, g[0])),
    (rf"{_LEAD}(?:in )?\(?{_DATE} (?:or|and) (?:earlier|older|before)\)?", lambda g, _: (None, g[0])),
    (
        rf"{_LEAD}(?:before|prior to|older than|earlier than) {_DATE}{_COUNTED}",
        lambda g, _: (None, beside(g[0], -1)),
    ),
    (
        rf"{_LEAD}(?:in|from|of|over|during|within) the (?:last|past) (\d+|{'|'.join(CARDINALS)}|few) years",
        _last_years,
    ),
    (rf"{_LEAD}(?:from |in )?(this) year('s)?", lambda _, today: (str(today.year), str(today.year))),
    (rf"{_LEAD}(?:from |in )?(last) year('s)?", lambda _, today: (str(today.year - 1), str(today.year - 1))),
)
_COMPILED = tuple((re.compile(pattern + _TAIL, re.IGNORECASE), read) for pattern, read in _READERS)
_IN = re.compile(rf"{_PAPERS}{_DATE}(?:,? (?:or|and) {_DATE})?{_TAIL}", re.IGNORECASE)
# "Since 2020 on owls [and before 2023]".
_JOINS = re.compile(r",? (?:and|but)(?=\W*$)", re.IGNORECASE)
_AT_THE_END = re.compile(rf"(?:\b(?:from|of|in|during)|^(?:and )?(?:only|just)) {_DATE}\W*$", re.IGNORECASE)


def read_period(text: str, *, today: date, of_papers: bool = False) -> tuple[Scope, str]:
    """Return the dates that a question names, as a scope, and the question without them.

    With `of_papers`, "from 2024" at the end dates papers too: they were talked of before.

    "After 2020" begins with 2021; "the last two years" are today's year and the one before.

    >>> scope, rest = read_period("surveys since 2021 about graphs", today=date(2026, 1, 1))
    >>> scope.since, scope.until, rest
    ('2021', None, 'surveys about graphs')
    """
    since: str | None = None
    until: str | None = None
    rest = _MONTH.sub(_numbered, text)
    for pattern, read in _COMPILED:
        if match := pattern.search(rest):
            first, last = read([group for group in match.groups() if group], today)
            since, until = first or since, last or until
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if since is None and until is None and (match := _IN.search(rest)):
        since, until = _both([year for year in match.groups()[1:] if year], today)
        rest = f"{rest[: match.start()]} {match.group(1)} {rest[match.end() :]}"
    if since is None and until is None and of_papers and (match := _AT_THE_END.search(rest)):
        since = until = match.group(1)
        rest = rest[: match.start()]
    if since is None and until is None:
        return Scope(), text
    for month in _MONTH.finditer(text):  # one that dates no paper stays as it was written
        rest = rest.replace(_numbered(month), month.group())
    rest = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(rest.split()))
    return Scope(since=since, until=until), _JOINS.sub("", rest).strip(" ,;")


def _numbered(month: re.Match[str]) -> str:
    """Write "May 2023" as 2023-05."""
    names = [name[:3] for name in _MONTH_NAMES]
    return f"{month[2]}-{names.index(month[1].lower()[:3]) + 1:02}"
