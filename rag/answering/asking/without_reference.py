"""The text of a follow-up without what points back: "does that one need labels?" -> "does it need labels?". Pure."""

from __future__ import annotations

import re

from rag.answering.asking.mentions import content_words
from rag.answering.asking.pointing import CLAUSE, LEAD

# What parts a question into clauses: each may have a subject of its own.
_CLAUSES = re.compile(
    r"[,;:]\s|(?<=\w)\s(?:and|but|so|or|because|when|if|while|whether|that|which|who|what|how|why|where|after|before|than|as|to|by \w+ing|without \w+ing|rather)\s",
    re.IGNORECASE,
)
_HOLDING = r"\b(?:of|in|for|with|by|from|on|about|behind)"
_MANY = re.compile(r"(?<![suix])s$|^(?:people|children|mice|men|women|data)$")
# "The size of its memory": what the pronoun's own thing is a part of.
_POSSESSED = re.compile(r"(?:[\w-]+ )?(?:[\w-]+ )(?:of|in|for|behind) $")
_QUANTIFIERS = frozenset(["many", "much", "few", "several", "often", "long", "large", "big", "well", "fast"])
_NAME = re.compile(r"(?<=\s)[A-Z]|[A-Z][A-Z]|[a-z][A-Z]|[a-z]\d")


def has_antecedent(before: str) -> bool:
    """Tell whether the words before a pronoun hold a topic that it could stand for."""
    return bool(content_words(re.sub(LEAD, "", before, flags=re.IGNORECASE)))


def stands_within(text: str, match: re.Match[str]) -> bool:
    r"""Tell whether a pronoun may stand for something that its own question names before it.

    A word of a clause before may be meant. Within one clause only a name may, or what a preposition holds or, for a possessive, what
    does something: no verb has the same thing as its subject and as its object. The number has to agree.

    >>> def within(text: str) -> bool:
    ...     return stands_within(text, re.search(r"\b(?:its?|them)\b", text))
    >>> within("which models were tuned on it?"), within("what is the size of its memory?"), within("who labelled them?")
    (False, False, False)
    >>> within("does OwlNet tire if you train it?"), within("does the drum keep its beat?"), within("why does OwlNet keep it?")
    (True, True, True)
    """
    before = re.sub(LEAD, "", text[: match.start()], flags=re.IGNORECASE)
    pronoun = match.group().lower()
    possessive = pronoun in {"its", "their"}
    clauses = _CLAUSES.split(before)
    if any(content_words(clause) for clause in clauses[:-1]):
        return True
    own = _POSSESSED.sub("", clauses[-1]) if possessive else clauses[-1]
    several = pronoun in {"they", "them", "their", "these", "those"}
    words = [word for word in content_words(own) if word not in _QUANTIFIERS]
    meant = [word for word in words if bool(_MANY.search(word)) is several]
    one_of = "|".join(map(re.escape, meant))
    held = meant and re.search(rf"{_HOLDING} (?:the |a |an )?(?:[\w-]+ )*?(?:{one_of})\b", own, re.IGNORECASE)
    return bool(_NAME.search(own) or held or (possessive and meant))


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
