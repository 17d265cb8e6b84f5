"""Does every number of a sentence stand in its sources, with the same unit and of the same thing? Pure.

Two units that differ are never one quantity; a number without a unit fits any. A small count may be
said in other words than numbers (`both`, `a third`), or stand in a name (`3D`, `50-layer`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.checks.quantities import Quantity, read_quantities
from rag.library.lexical import content_terms

_COUNTING = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), value)
    for value, words in (
        (2.0, r"both|pairs?|pairwise|dual|twin|bi-?\w+|two-?\w+|second(?:ly)?|twice|doubl\w+|halves"),
        (3.0, r"tri-?\w+|triplets?|third(?:ly)?|three-?\w+"),
        (4.0, r"quad\w+|fourth(?:ly)?|four-?\w+"),
    )
)
_IN_NAMES = re.compile(r"(?<=[A-Za-z-])\d+(?:\.\d+)?|\d+(?=[A-Za-z-])")
# An equal number is said of the same thing when its passage shares at least this part of the words
# that the best passage shares with the sentence, or when the two stand among a word of the same.
# Fixed on the tuning half: it caught 60 % of figures taken from elsewhere in the abstract.
_LEAST_OF_BEST = 0.7
_REACH = 4
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage, its quantities, and how many content words it shares with the sentence."""

    text: str
    quantities: tuple[Quantity, ...]
    shared: int


def missing_number(text: str, passages: Sequence[str]) -> str | None:
    """Return the first number of `text`, as written, that no passage states; None when all stand.

    >>> missing_number("It gains 3.2%.", ["The gain is 3.2 points."]) is None
    True
    >>> missing_number("It runs 3.2 hours.", ["It runs 3.2 days."])
    '3.2 hours'
    """
    mine = read_quantities(text)
    if not mine:
        return None
    wanted = frozenset(content_terms(text))
    read = [_Passage(p, read_quantities(p), len(wanted.intersection(content_terms(p)))) for p in passages]
    counted = _counted(passages)
    return next(
        (q.text for q in mine if not (q.unit is None and q.value in counted) and not _stands(text, q, read)),
        None,
    )


def _stands(text: str, quantity: Quantity, passages: Sequence[_Passage]) -> bool:
    most = max((passage.shared for passage in passages), default=0)
    return any(
        _is_same(quantity, other)
        and (
            passage.shared >= _LEAST_OF_BEST * most or _share_neighbours(text, quantity, passage.text, other)
        )
        for passage in passages
        for other in passage.quantities
    )


def _is_same(first: Quantity, second: Quantity) -> bool:
    """Tell whether two quantities are equal; 0.5 is 50 %, and half is 50 % too."""
    if first.value == second.value and (first.unit == second.unit or not (first.unit and second.unit)):
        return True
    units = {first.unit, second.unit}
    ratio = units == {"%", None}
    return ratio and abs(_ratio(first) - _ratio(second)) < _ROUNDING


def _ratio(quantity: Quantity) -> float:
    return quantity.value / 100 if quantity.unit == "%" else quantity.value


def _share_neighbours(text: str, mine: Quantity, passage: str, other: Quantity) -> bool:
    """Tell whether two equal numbers stand among a content word of the same."""
    return bool(_neighbours(text, mine, _REACH) & _neighbours(passage, other, 2 * _REACH))


def _neighbours(text: str, quantity: Quantity, reach: int) -> set[str]:
    before, after = text[: quantity.start].split()[-reach:], text[quantity.end :].split()[:reach]
    return set(content_terms(" ".join((*before, *after))))


def _counted(passages: Sequence[str]) -> set[float]:
    """Counts that the passages give without a number of their own."""
    counted = {float(digits) for passage in passages for digits in _IN_NAMES.findall(passage)}
    return counted | {value for pattern, value in _COUNTING if any(map(pattern.search, passages))}
