"""Numbers and ordinals in a follow-up -> places in a list: "the second one", "the last", "the remaining four". Pure."""

from __future__ import annotations

import re
from difflib import get_close_matches

from rag.answering.asking.pointing import CARDINALS, ORDINALS, SHORT_ORDINALS


def mend_ordinals(text: str) -> str:
    """Correct a mistyped ordinal behind "the"."""

    def mend(match: re.Match[str]) -> str:
        close = get_close_matches(match.group(2).lower(), ORDINALS, n=1, cutoff=0.85)
        return f"{match.group(1)}{close[0]}" if close else match.group()

    return re.sub(r"\b((?:the|teh) )(\w{4,8})\b", mend, text, flags=re.IGNORECASE)


def is_ordinal(match: re.Match[str]) -> bool:
    """Tell an ordinal from an adverb: "first" and "last" need an article or a noun; "first, ..." begins an enumeration."""
    return bool(re.search(r"\b(?:the|one|ones|later|latter|former)\b", match.group(), re.IGNORECASE))


def number_word(match: re.Match[str]) -> str:
    """Return the number or ordinal that a reference was found by."""
    return next(group for group in match.groups() if group).lower().removesuffix(" one")


def place_of(word: str, size: int) -> int | None:
    """Return the place, from 0, that a number or ordinal names in a list of `size`; None if it names none.

    >>> place_of("2", 5), place_of("last", 5), place_of("0", 5)
    (1, 4, None)
    """
    if word.isdigit():
        return int(word) - 1 if int(word) else None
    if word in {"last", "latter", "later"}:
        return size - 1 if size else None
    if word == "middle":
        return size // 2 if size % 2 else None
    if word == "former":
        return max(size - 2, 0)
    names = next((names for names in (ORDINALS, SHORT_ORDINALS, ["one", *CARDINALS]) if word in names), None)
    return names.index(word) if names else None


def number_in(words: str) -> int | None:
    """Return the number that a reference names: "the remaining four"."""
    last = words.lower().split()[-1]
    return int(last) if last.isdigit() else CARDINALS.get(last)


def numbers_in(numbers: str) -> list[str]:
    """Return the numbers of "1, 2 and 4" or of "3-5"."""
    found = re.findall(r"\d+", numbers)
    if re.fullmatch(r"\d+\s*[-–]\s*\d+", numbers):
        return [str(number) for number in range(int(found[0]), int(found[1]) + 1)]
    return found
