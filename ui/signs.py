"""The sign and the word for each verdict, the same wherever one is shown. Pure."""

from __future__ import annotations

import unicodedata

from rag.types import Judgement

_RANKS = {Judgement.MEETS: 0, Judgement.PARTLY: 1, Judgement.UNCLEAR: 2, Judgement.NO: 3}
_SIGNS = {Judgement.MEETS: "●", Judgement.PARTLY: "◐", Judgement.UNCLEAR: "?", Judgement.NO: "○"}
_WORDS = {
    Judgement.MEETS: "meets",
    Judgement.PARTLY: "in part",
    Judgement.UNCLEAR: "unclear",
    Judgement.NO: "does not",
}
# Of what the question rules out, a full sign says that the paper is free of it.
_TURNED = {Judgement.MEETS: Judgement.NO, Judgement.NO: Judgement.MEETS}
_WORDS_TURNED = {
    Judgement.MEETS: "free of it",
    Judgement.PARTLY: "has it in part",
    Judgement.UNCLEAR: "unclear",
    Judgement.NO: "has it",
}
# For screens that have no more than ASCII: "?" is the sign of what is unclear.
_SPELLED = {
    "●": "*",
    "◐": "~",
    "○": "o",
    "·": "|",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
}
LEGEND = "● meets · ◐ in part · ○ does not · ? unclear"


def spell_in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Spell what an encoding lacks in ASCII, as a handler of `codecs.register_error`; letters lose their accents.

    >>> import codecs
    >>> codecs.register_error("spelled", spell_in_ascii)
    >>> "“◐ Café” 鳥".encode("ascii", errors="spelled")
    b'"~ Cafe" ?'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_SPELLED.get(char) or _base(char) for char in lacking), error.end


def _base(char: str) -> str:
    return unicodedata.normalize("NFKD", char).encode("ascii", errors="ignore").decode() or "?"


def word(verdict: Judgement) -> str:
    """Return what a verdict is called."""
    return _WORDS[verdict]


def sign(verdict: Judgement, *, negated: bool = False) -> tuple[str, str, int]:
    """Return the sign of a verdict, its word, and its place in an order; of a negated criterion, turned.

    >>> sign(Judgement.MEETS)[:2], sign(Judgement.MEETS, negated=True)[:2]
    (('●', 'meets'), ('○', 'has it'))
    """
    shown = _TURNED.get(verdict, verdict) if negated else verdict
    return _SIGNS[shown], (_WORDS_TURNED if negated else _WORDS)[shown], _RANKS[shown]
