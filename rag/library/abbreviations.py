"""Abbreviations that a text explains itself: "sparse autoencoder (SAE)". Pure.

The short form stands in brackets behind the long one, and its letters occur in the long one in
order, the first of them at the start of a word (Schwartz and Hearst 2003, "A simple algorithm for
identifying abbreviation definitions in biomedical text", section 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORT_IN_BRACKETS = re.compile(r"\(([A-Za-z][\w/-]{1,9}?)s?\)")
_CLAUSE_END = re.compile(r"[.;:,(]\s")
_LEAST_CAPITALS = 2
_REACH = 300  # characters before the brackets; a long form has at most fifteen words


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form as it is written, and what it stands for, in lower case."""

    short: str
    long: str


def mine_abbreviations(text: str) -> Iterator[Abbreviation]:
    """Yield the abbreviations that a text explains, in order.

    >>> list(mine_abbreviations("We train a sparse autoencoder (SAE) on top."))
    [Abbreviation(short='SAE', long='sparse autoencoder')]
    """
    for match in _SHORT_IN_BRACKETS.finditer(text):
        short = match.group(1)
        if sum(letter.isupper() for letter in short) < _LEAST_CAPITALS:
            continue
        before = text[max(0, match.start() - _REACH) : match.start()].rstrip()
        clause = _CLAUSE_END.split(before)[-1].split()
        most = min(len(short) + 5, 2 * len(short))  # section 3.1 of the paper
        long = _align(short, " ".join(clause[-most:]))
        if long and len(long) > len(short) + 2 and len(long.split()) <= len(short) + 2:
            yield Abbreviation(short, long.lower())


def _align(short: str, text: str) -> str | None:
    """Return the end of `text` that spells `short`, or None: both are read from right to left."""
    at = len(text)
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and (text[at].lower() != letter or (index == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return text[text.rfind(" ", 0, at) + 1 :]
