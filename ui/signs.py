"""The sign and the word for each verdict, the same wherever one is shown. Pure."""

from __future__ import annotations

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
LEGEND = "● meets · ◐ in part · ○ does not · ? unclear"


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
