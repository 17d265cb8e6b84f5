"""The text of a follow-up without what points back: "does that one need labels?" -> "does it need labels?". Pure."""

from __future__ import annotations

import re

from rag.answering.asking.mentions import content_words
from rag.answering.asking.pointing import CLAUSE, LEAD


def has_antecedent(before: str) -> bool:
    """Tell whether the words before a pronoun hold a topic that it could stand for."""
    return bool(content_words(re.sub(LEAD, "", before, flags=re.IGNORECASE)))


def before_clause(text: str, match: re.Match[str]) -> str:
    """Return the clauses before the one that holds the pronoun."""
    ends = [m.end() for m in CLAUSE.finditer(text) if m.end() <= match.end() - 1]
    return text[: ends[-1]] if ends else ""


def with_it(text: str, match: re.Match[str]) -> str:
    """Return the text with "it" in place of a reference: "does it need labels?"; in front it just goes."""
    before, behind = text[: match.start()], text[match.end() :]
    if not re.sub(LEAD, "", before, flags=re.IGNORECASE).strip() or re.match(r"\s*[:,-]", behind):
        return tidy(f"{before} {behind}")
    preposition = re.match(r"(?:for|of|in|with|from|about|and|on)\b", match.group().strip(), re.IGNORECASE)
    return tidy(f"{before} {preposition.group() if preposition else ''} it {behind}")


def with_they(text: str, match: re.Match[str]) -> str:
    """Return the text with "they" for a set that a verb needs: "what data are they tested on?"; others just go."""
    auxiliary = re.fullmatch(
        r"((?:(?:what|how|why) )?(?:do|are|were|have|did|can)) (?:they|these|those)",
        match.group(),
        re.IGNORECASE,
    )
    if not auxiliary:
        return without(text, match)
    return tidy(f"{text[: match.start()]} {auxiliary[1]} they {text[match.end() :]}")


def without(text: str, match: re.Match[str]) -> str:
    """Return the text without a reference."""
    return tidy(f"{text[: match.start()]} {text[match.end() :]}")


def tidy(text: str) -> str:
    """Return a text without the spaces, marks and words that a reference left behind."""
    joined = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(text.split()))
    joined = re.sub(r"^(?:regarding|concerning|about)\s*[,;:]\s*", "", joined, flags=re.IGNORECASE)
    return re.sub(r"^(?:(?:and|but|ok|so)\b)?[\s,;:.]*", "", joined, flags=re.IGNORECASE).strip()
