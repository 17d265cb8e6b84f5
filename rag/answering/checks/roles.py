"""Does a sentence turn round who beats whom? Pure.

"A beats B" and "B beats A" hold the same words. Where a comparison of the sentence and one of its source
name the same things on opposite sides, and nothing on the same side, the sentence says the contrary. Only
comparisons that the patterns find are held against each other; what stands apart from its verb passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.checks.words import read_words

_WINS = (
    r"outperform(?:s|ed|ing)?|beat(?:s|en|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|out(?:does|strips?)"
)
_LOSES = r"underperform(?:s|ed)?|los(?:es|ing) to|trails?|lags? behind|falls? (?:short of|behind|below)"
_GRADE = (
    r"(?:better|worse|faster|slower|higher|lower|larger|smaller|stronger|weaker|cheaper|(?:more|less) \w+)"
)
_RELATION = re.compile(
    rf"\b(?:(?P<passive>(?:outperformed|beaten|surpassed|exceeded) by)|(?P<win>{_WINS})|(?P<lose>{_LOSES})"
    rf"|(?P<superior>superior to)|(?P<inferior>inferior to)|(?P<grade>{_GRADE}) (?:\w+ ){{0,2}}?than)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[,;:.()]\s|\s[–—]\s|\b(?:while|whereas|although|though|but|which|that|and|because|if|when)\b"
)
_BEHIND = re.compile(
    r"[,;:()]\s|\.\s|\b(?:on|in|at|by|for|with|across|over|under|when|while|whereas|using|without|but|to|as|from|than)\b"
)
_FIXED = {"better": "win", "worse": "lose"}
_ADVERB = re.compile(r"\b(?:\w+ly|even|also|still|far|much)\b", re.IGNORECASE)
_REACH = 6
_BEGINNING = 5
# Abstracts speak of what they propose as "our method"; a sentence about them gives its name.
_OWN = re.compile(
    r"\b(?:we|our|ours|it|its|they|their|this|these|the proposed|the (?:method|approach|model|system|framework|technique))\b",
    re.IGNORECASE,
)
_SELF = "(the paper's own)"
_EMPTY_TEXT = """
method approach model system framework techniqu propos result perform exist previou"""
_EMPTY = frozenset(_EMPTY_TEXT.split())


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What stands on either side of a comparison, by content stems; `relation` holds from left to right."""

    relation: str
    word: str
    left: frozenset[str]
    right: frozenset[str]


def turned_round(text: str, passages: Sequence[str], *, names: Sequence[str] = ()) -> str | None:
    """Say in a clause that `text` puts the sides of a comparison the other way round than `passages` do.

    `names` are what the papers call their own proposals.

    >>> turned_round("CLIP outperforms Voltron.", ["On all tasks, Voltron outperforms CLIP."])
    "it says 'outperforms' the other way round than the source"
    >>> turned_round("Voltron outperforms CLIP.", ["On all tasks, Voltron outperforms CLIP."]) is None
    True
    """
    own = frozenset(stem for name in names for stem in _stems(name))
    said = list(_comparisons(text, own))
    if not said:
        return None
    sources = [one for passage in passages for one in _comparisons(passage, own)]
    for claim in said:
        same = [other for other in sources if other.relation == claim.relation]
        if any(_agree(claim, other) for other in same):
            continue
        if any(_cross(claim, other) for other in same):
            return f"it says '{claim.word}' the other way round than the source"
    return None


def is_swapped(question: str, passage: str) -> bool:
    """Tell whether a passage has both sides of the question's comparison the other way round.

    A question tells the sides in words of its own, so both must cross, by how their words begin.

    >>> is_swapped("Why are complex rules found sooner than simple ones?", "Simpler rules are found sooner than more complex rules.")
    False
    >>> is_swapped("Why are complex rules stronger than simple ones?", "Simpler rules are stronger than more complex ones.")
    True
    """
    own: frozenset[str] = frozenset()
    return any(
        claim.relation == other.relation and _is_crossed(claim, other)
        for claim in _comparisons(question, own)
        for other in _comparisons(passage, own)
    )


def _is_crossed(claim: _Comparison, other: _Comparison) -> bool:
    left, right = _begin_alike(claim.left, other.right), _begin_alike(claim.right, other.left)
    same = _begin_alike(claim.left, other.left) + _begin_alike(claim.right, other.right)
    return bool(left and right) and left + right > same


def _beginnings(words: frozenset[str]) -> set[str]:
    return {word[:_BEGINNING] for word in words} - {"one", "ones"}


def _begin_alike(some: frozenset[str], others: frozenset[str]) -> int:
    """Count the words that begin like one of the others."""
    return len(_beginnings(some) & _beginnings(others))


def _agree(one: _Comparison, other: _Comparison) -> bool:
    return bool(one.left & other.left or one.right & other.right)


def _cross(one: _Comparison, other: _Comparison) -> bool:
    return bool(one.left & other.right and one.right & other.left)


def _comparisons(text: str, own: frozenset[str]) -> Iterator[_Comparison]:
    for match in _RELATION.finditer(text):
        before = _BREAK.split(text[: match.start()])[-1]
        behind = _BEHIND.split(text[match.end() :].strip(), maxsplit=1)[0]
        left, right = _side(before, own, last=True), _side(behind, own, last=False)
        common = left & right
        left, right = left - common, right - common
        if not left or not right:
            continue
        kind, word = match.lastgroup or "", match[0]
        relation = _FIXED.get(word.split()[0].lower(), "") if kind == "grade" else ""
        relation = relation or {"superior": "win", "inferior": "lose", "passive": "lose"}.get(kind, kind)
        if relation == "lose":
            yield _Comparison("win", word, right, left)
        elif relation == "grade":
            yield _Comparison(" ".join(_stems(match["grade"])), word, left, right)
        else:
            yield _Comparison(relation, word, left, right)


def _side(text: str, own: frozenset[str], *, last: bool) -> frozenset[str]:
    """The content stems nearest to the verb; the paper's own proposal has one name."""
    found = [stem for stem in _stems(_ADVERB.sub(" ", text)) if stem not in _EMPTY]
    near = frozenset(found[-_REACH:] if last else found[:_REACH])
    is_own = bool(_OWN.search(text)) or bool(near & own)
    return (near - own) | {_SELF} if is_own else near


def _stems(text: str) -> list[str]:
    return [stem for stem in read_words(text).content if stem]
