"""Where does a quote stand in a text? Pure.

A model copies words with other white space, case, quotation marks or dashes than the text has, and leaves
out what it finds too long ("joins local ... with global features"). Letters and digits decide: they must
stand in the text in the same order without a gap, from the beginning of a word to the end of one. What is
returned are places in the text, so what is shown are its own words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rag.types import Span

_GAP = re.compile(r"\.{3,}|…|\[\s*\.*\s*\]")
_CLOSING = re.compile(r"[%°.!?)\]}”’\"']*")


@dataclass(frozen=True, slots=True)
class Folded:
    """The letters and digits of a text, without case and compatibility forms; `places[i]` is where each stood."""

    letters: str
    places: tuple[int, ...]


def locate(quote: str, text: str) -> tuple[Span, ...]:
    """Return where the pieces of a quote stand in a text, in their order; empty if one of them does not.

    A quote without letters and digits stands nowhere.

    >>> locate("LOCAL  features … global", "It joins local features with global ones.")
    (Span(start=9, end=23), Span(start=29, end=35))
    """
    folded = fold(text)
    pieces = [piece for piece in _GAP.split(quote) if fold(piece).letters]
    spans: list[Span] = []
    for piece in pieces:
        span = _find(fold(piece).letters, folded, text, after=spans[-1].end if spans else 0)
        if span is None:
            return ()
        spans.append(span)
    return tuple(spans)


def fold(text: str) -> Folded:
    """Return the letters and digits of a text, and their places."""
    pairs = [
        (letter, place)
        for place, char in enumerate(text)
        for letter in unicodedata.normalize("NFKC", char).casefold()
        if letter.isalnum()
    ]
    return Folded("".join(letter for letter, _ in pairs), tuple(place for _, place in pairs))


def _find(letters: str, folded: Folded, text: str, *, after: int) -> Span | None:
    found = folded.letters.find(letters)
    while found >= 0:
        start = folded.places[found]
        end = folded.places[found + len(letters) - 1] + 1
        if start >= after and not _within_word(text, start) and not _within_word(text, end):
            closing = _CLOSING.match(text, end)
            return Span(start, closing.end() if closing else end)
        found = folded.letters.find(letters, found + 1)
    return None


def _within_word(text: str, place: int) -> bool:
    """Tell whether a place has letters or digits on both sides."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
