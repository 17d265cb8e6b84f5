"""Names as they are compared: without case and accents. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Letters that Unicode does not take for a letter with an accent, though people type them so.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Return a text in lower case, without accents, its white space made single spaces.

    >>> fold("Søren  ÅNGSTRÖM")
    'soren angstrom'
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")
    return " ".join(letters.translate(_STROKES).split())


def fold_names(title: str, authors: Iterable[str]) -> dict[str, str]:
    """Return the folded title, and the folded authors, one a line."""
    return {"title": fold(title), "authors": "\n".join(map(fold, authors))}


def in_one_line(words: str, lines: str) -> bool:
    r"""Tell whether one of the lines holds all the words, or parts of words.

    >>> in_one_line("li wei", "wei zhang\nli chen"), in_one_line("li wei", "wei li\nli chen")
    (False, True)
    """
    wanted = words.split()
    return any(all(word in line for word in wanted) for line in lines.split("\n"))
