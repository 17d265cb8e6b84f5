"""Numbers and ordinals in a follow-up -> places in a list: "the second one", "the last", "the remaining four". Pure."""

from __future__ import annotations

import re
from difflib import get_close_matches

from rag.answering.asking.pointing import CARDINALS, ORDINALS, SHORT_ORDINAL

_COUNTS = frozenset(["eight", "fourteen", "sixteen", "eighteen"])
_WRITTEN = re.compile(rf"(?:{SHORT_ORDINAL}|\d+|{'|'.join((*ORDINALS, 'last', 'middle'))})\b", re.IGNORECASE)


def mend_ordinals(text: str) -> str:
    """Correct a mistyped ordinal behind "the"; "the eight" counts papers."""

    def mend(match: re.Match[str]) -> str:
        close = get_close_matches(match.group(2).lower(), ORDINALS, n=1, cutoff=0.85)
        meant = close and match.group(2).lower() not in _COUNTS
        return f"{match.group(1)}{close[0]}" if meant else match.group()

    return re.sub(r"\b((?:the|teh) )(\w{4,8})\b", mend, text, flags=re.IGNORECASE)


def is_ordinal(match: re.Match[str]) -> bool:
    """Tell an ordinal from an adverb: "first" and "last" need an article or a noun; "first, ..." begins an enumeration."""
    return bool(re.search(r"\b(?:the|one|ones|later|latter|former)\b", match.group(), re.IGNORECASE))


def number_word(match: re.Match[str]) -> str:
    """Return the number or ordinal that a reference was found by."""
    return next(group for group in match.groups() if group).lower().removesuffix(" one")


def place_of(word: str, size: int) -> int | None:
    """Return the place, from 0, that a number or ordinal names in a list of `size`; None if it names none.

    >>> place_of("2", 5), place_of("40th", 5), place_of("last", 5), place_of("0", 5)
    (1, 39, 4, None)
    """
    digits = word[:-2] if re.fullmatch(SHORT_ORDINAL, word) else word
    if digits.isdigit():
        return int(digits) - 1 if int(digits) else None
    if word in {"last", "latter", "later"}:
        return size - 1 if size else None
    if word == "middle":
        return size // 2 if size % 2 else None
    if word == "former":
        return max(size - 2, 0)
    named = ORDINALS.get(word) or CARDINALS.get(word) or (1 if word == "one" else None)
    return named - 1 if named else None


def number_in(words: str) -> int | None:
    """Return the number that a reference names: "the remaining four"."""
    last = words.lower().split()[-1]
    return int(last) if last.isdigit() else CARDINALS.get(last)


def numbers_in(numbers: str) -> list[str]:
    """Return the numbers and ordinals of "1, 2 and the last" or of "3-5".

    >>> numbers_in("1, the 2nd and the last"), numbers_in("3-5")
    (['1', '2nd', 'last'], ['3', '4', '5'])
    """
    found = [match.group().lower() for match in _WRITTEN.finditer(numbers)]
    if re.fullmatch(r"\d+\s*[-–]\s*\d+", numbers):
        return [str(number) for number in range(int(found[0]), int(found[1]) + 1)]
    return found
