"""Does a question take for granted what an abstract denies? Pure.

Two signs, by rule: two neighbouring words of the question stand in the abstract, but only where they
are denied ("without the need for a joint space"); or the abstract denies a clause whose first three
words of content the question all holds ("without tuning the model's weights"). They are weak signs that miss
most false premises, and never speak for a question that denies something itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from rag.library.lexical import content_terms, stems

_DENIED = re.compile(
    r"(?<!with and )(?<!with or )\b(?:without|none of|(?:need|requir|us|rel[iy]|hav|has|assum|involv|introduc|add)\w* (?:on )?neither|rather than|instead of|no longer|free of|eliminat\w+|avoid\w*|"
    r"not (?:need|require|rely|use|using|relying)|no need (?:for|of)|obviat\w+)\b([^.,;:!?]{1,120})",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|no|without|never|none|cannot|instead|rather|than|free|avoid\w*|less|fewer)\b|n't\b|-free\b",
    re.IGNORECASE,
)
# "None of the following: (i) labels, (ii) pairs" denies each.
_DENIED_LIST = re.compile(r"\bnone of (?:the following|these)\b[:,]?([^.;!?]{1,200})", re.IGNORECASE)
# "Does it need a joint space?" is answered by the denial.
_POLAR = re.compile(r"(?:do|does|did|is|are|was|were|can|could|has|have|had) ", re.IGNORECASE)
# What a question asks for: "which images", "how is it trained", "must be retrained".
_WANTED = re.compile(
    r"\b(?:which|what|how (?:many|much))\s+((?:(?!(?:is|are|was|were|do|does|did|has|have|can|must|of|in|on|at|to|for|from|with|by|that|the|a|an)\b)[\w-]+\s*){1,3})"
    r"|\b(?:needs?|uses?|requires?|takes?|costs?|adds?) (?:so )?(?:many |much )?(?:more|additional|extra|further) ((?:(?!(?:at|of|in|on|to|for|than)\b)[\w-]+\s*){1,2})"
    r"|\bwhy (?:do|does|did|must|would)\b[^,;?]{1,60}?\b(?:need|require|rely on|depend on) ((?:(?!(?:at|of|in|on|to|for|than|and|or)\b)[\w-]+\s*){1,3})"
    r"|\b(?:how|why) (?:is|are|was|were|must)\b[^,;?]*?\b([a-z]+ed)\b",
    re.IGNORECASE,
)
_NEEDLESS = re.compile(
    r"\b([a-z]+)-free\b"
    r"|\b(?:(?:without|no) (?:us|utili[sz]|requir|need|introduc|add|incurr|involv)?(?:ing )?(?:the )?(?:(?:any|additional|further|extra|need (?:for|of|to))\s+)+|without (?=re?train|train|fine)"
    r"|(?:mak(?:es?|ing)|needs?|needing|requir(?:es?|ing)|has|have|uses?|using|adds?|adding|introduc(?:es?|ing)|with) no |not \w+ any )"
    r"((?:(?!(?:to|on|of|for|from|with|in|and|or)\b)[\w-]+\s?){1,3})",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:need|require|use)(?:s|d|ing)?$", re.IGNORECASE
)  # of what is asked for, no part of it
_LABELS = frozenset(content_terms("labels label annotations supervision labelled labeled"))
_UNSUPERVISED = re.compile(
    r"\b(?:without (?:\w+ ){0,2}(?:supervision|labels|annotations?)|is an? (?:fully )?unsupervised|annotation-free|label-free)\b",
    re.IGNORECASE,
)
# "Without extra data" denies none but extra data.
_MORE = re.compile(r"\b(?:more|additional|extra|further|other|else)\b", re.IGNORECASE)
_ANY = frozenset(stems("new novel single further"))
_CLAUSE = 3
_WORD = re.compile(r"[\w'-]+")


def denied_phrase(question: str, abstract: str) -> str:
    """Return a phrase of the question that the abstract only ever denies, or nothing.

    >>> denied_phrase("What size has the joint space?", "It works without the need for a joint space.")
    'joint space'
    """
    if _DENIES.search(question) or _POLAR.match(question):
        return ""
    without_lists = _DENIED_LIST.sub(" ", abstract)
    denials = [*_DENIED_LIST.finditer(abstract), *_DENIED.finditer(without_lists)]
    denied = [stems(match[1]) for match in denials]
    granted = stems(_DENIED.sub(" ", without_lists))
    for phrase, words in _phrases(question):
        if any(_holds(part, words) for part in denied) and not _holds(granted, words):
            return phrase
    topic = frozenset(content_terms(question))
    clauses = (clause for clause in _clauses(abstract) if topic.issuperset(content_terms(clause)))
    return next(clauses, "") or _needless(question, abstract)


def _needless(question: str, abstract: str) -> str:
    """What is asked for, where the abstract says that none of it is needed: "training-free", "without any images"."""
    wanted = frozenset(
        stem
        for match in _WANTED.finditer(question)
        for stem in content_terms(next(filter(None, match.groups())))
    )
    said = re.sub(r"\b(re)-(?=[a-z])", r"\1", abstract)
    if wanted & _LABELS and (match := _UNSUPERVISED.search(said)):
        return match[0]
    asked = (frozenset(content_terms(match[1])) for match in _WANTED.finditer(question) if match[1])
    denied = [(match[0], frozenset(stems(match[1]))) for match in _DENIED.finditer(said)]
    if whole := next(
        (text for things in asked for text, held in denied if len(things) > 1 and things <= held), ""
    ):
        return whole
    topic = frozenset(content_terms(question))
    found = (
        m
        for m in _NEEDLESS.finditer(said)
        if _is_denied(m[1] or m[2], wanted=wanted, topic=topic)
        and (_MORE.search(question) or not _MORE.search(m[0]))
    )
    return next((match[0] for match in found), "")


def _is_denied(phrase: str, *, wanted: Set[str], topic: Set[str]) -> bool:
    """Tell whether a thing that is wanted is denied: "no external data" denies no other data."""
    terms = content_terms(phrase)
    return any(term in wanted and set(terms[:n]) <= topic | _ANY for n, term in enumerate(terms))


def _clauses(abstract: str) -> Iterator[str]:
    """Yield each thing denied as far as its third word of content."""
    for match in _DENIED.finditer(abstract):
        carrying = [word for word in _WORD.finditer(match[1]) if content_terms(word[0])]
        if len(carrying) >= _CLAUSE:
            yield match[1][: carrying[_CLAUSE - 1].end()].strip()


def _phrases(question: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each two neighbouring words that carry a topic, with their stems."""
    for first, second in pairwise(_WORD.findall(question)):
        heads, tails = content_terms(first), content_terms(second)
        if heads and tails and not _ASKING.match(first):
            yield f"{first} {second}", heads + tails


def _holds(text: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether a text holds words side by side, or with one other before the last: "negative sample pairs"."""
    length = len(words)
    return any(
        list(text[at : at + length - 1]) == words[:-1]
        and words[-1] in text[at + length - 1 : at + length + 1]
        for at in range(len(text) - length + 1)
    )
