"""Does a paper say the contrary of what a question takes for granted? Pure.

"Why does the rank grow in training?" grants that it grows. Signs that an abstract says otherwise, each
where it speaks of the same words: it puts the sides of a comparison the other way round, denies
(`denials.py`), points the other way and nowhere the same way ("decreases"), or stands at the other end of a
scale (`opposites.py`). Sentences in which the authors
speak of their own findings count first: abstracts begin with what others cannot do. What is told by meaning
alone passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.checks.cues import (
    AGREEING,
    CONTRARY,
    Sense,
    are_contrary,
    is_bad,
    is_turned,
    sense,
)
from rag.answering.checks.roles import is_swapped
from rag.answering.checks.words import Words, read_words
from rag.answering.refusing.denials import denied_property, other_degree, turns
from rag.answering.refusing.foreign_names import speaks_of_others
from rag.answering.refusing.opposites import opposed

_GRANTS = re.compile(
    r"\b(?:why|how(?! (?:many|much|long|large|big|often|far|old|fast)\b)|what makes|what causes|reason|given that|since|how much (?:better|worse|more|less|larger|smaller|faster|slower))\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\b(?:not|without|never|none|cannot|neither|nor)\b|n't\b", re.IGNORECASE)
_HARDLY = re.compile(r"\b(?:no|hardly|little|few)\b", re.IGNORECASE)
_FINDS = re.compile(
    r"\b(?:we|our|ours|results?|findings?|experiments?|analysis|surprisingly|this (?:paper|work|study|approach|method|metric|rank|measure))\b",
    re.IGNORECASE,
)
# What a question says, and the word of an abstract that denies it.
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{said})\b", re.IGNORECASE))
    for asked, said in (
        ("sensitive|fragile|brittle", "robust|insensitive|invariant"),
        ("robust|insensitive", "sensitive|fragile|brittle|vulnerable"),
        ("little|few|hardly any", "large amounts?|many|abundant|substantial|substantially|strongly"),
        ("no (?:difference|effect|impact|influence|role)", "(?:significant|strong|large|crucial|big) (?:impact|effect|influence|role|difference)"),
        ("(?:harder|easier|better|worse|more|less|faster|slower)", "no (?:\\w+ )?differences?"),
        ("completely|fully|perfectly", "(?:cannot|not|fail to) (?:\\w+ ){0,3}(?:fully|completely|perfect\\w*)"),
    )
)  # fmt: skip
_PREFIXED = re.compile(
    r"\b(?:un|in|im|non-?)(?!(?:supervised|labell?ed|seen|known|paired|trained|conditional)\b)([a-z]{4,})\b"
)
_REACH = 6
_SHARED_POINTED = 2
_SHARED_OPPOSITE = 2
_SHARED_EARLY = 3  # abstracts begin with what others could not do


def contradicting(question: str, spans: Sequence[str]) -> str:
    """Return the sentence that says the contrary of what the question grants, or nothing.

    >>> contradicting("Why does the rank of deep nets grow in training?", ["We find that the rank of deep nets decreases in training."])
    'We find that the rank of deep nets decreases in training.'
    """
    if not _GRANTS.search(question):
        return ""
    turned_round = (span for span in spans if is_swapped(question, span))
    crossed = next(turned_round, "") or next(other_degree(question, spans), "")
    if crossed or _TURNS.search(question):
        return crossed
    return (
        next(denied_property(question, spans), "")
        or next(_found(question, spans), "")
        or _opposed(question, spans)
        or next(_points(question, spans), "")
    )


def _found(question: str, spans: Sequence[str]) -> Iterator[str]:
    """Yield findings that turn the question's verb, or hold an opposite of its words."""
    asked = read_words(question)
    denies = bool(_HARDLY.search(question))
    for span in spans:
        if speaks_of_others(span) or not _FINDS.search(span):
            continue
        words = read_words(span)
        if (not denies and turns(asked, words)) or _opposes(question, span) or _negates(asked, span, words):
            yield span


def _opposed(question: str, spans: Sequence[str]) -> str:
    """A sentence at the other end of a scale; of the opening ones, only one that shares much."""
    others = [(n, span) for n, span in enumerate(spans) if not speaks_of_others(span)]
    late = [span for n, span in others if 2 * n >= len(spans) or _FINDS.search(span)]
    early = [span for _, span in others if span not in late]
    return next(opposed(question, late, others=spans), "") or next(
        opposed(question, early, others=spans, least=_SHARED_EARLY), ""
    )


def _opposes(question: str, span: str) -> bool:
    topic = frozenset(stem for stem in read_words(question).content if stem)
    for asked, said in _OPPOSITES:
        match = said.search(span)
        if match and asked.search(question):
            near = read_words(f"{span[: match.start()]} {span[match.end() :]}")
            if len(topic.intersection(near.content)) >= _SHARED_OPPOSITE:
                return True
    return False


def _negates(asked: Words, span: str, told: Words) -> bool:
    """An `unbiased` where the question says `biased`."""
    topic = frozenset(stem for stem in asked.content if stem)
    turned = _PREFIXED.findall(span)
    held = frozenset(told.words)
    return any(word in asked.words and word not in held for word in turned) and (
        len(topic.intersection(told.content)) >= _SHARED_OPPOSITE
    )


def _points(question: str, spans: Sequence[str]) -> Iterator[str]:
    """Yield sentences that point the other way; none where another one points the question's way."""
    if _HARDLY.search(question):
        return
    asked = read_words(question)
    told = [(span, read_words(span)) for span in spans if not speaks_of_others(span)]
    for n in range(len(asked.words)):
        mine = sense(asked, n)
        if mine is None or is_turned(asked, n):
            continue
        contrary = [
            span for span, words in told if _FINDS.search(span) and _shares(asked, n, words, CONTRARY[mine])
        ]
        if contrary and not any(_agrees(asked, n, words, mine) for _, words in told):
            yield contrary[0]


def _shares(asked: Words, n: int, told: Words, wanted: Sense) -> bool:
    about = asked.around(n, _REACH) - {asked.stems[n]}
    return any(
        sense(told, m) is wanted
        and not is_turned(told, m)
        and are_contrary(asked.words[n], told.words[m])
        and len(about & told.around(m, _REACH)) >= _SHARED_POINTED
        for m in range(len(told.words))
    )


def _agrees(asked: Words, n: int, told: Words, mine: Sense) -> bool:
    """A word that points the question's way; one that answers to another word of the question is not it."""
    about = asked.around(n, _REACH)
    others = frozenset((*asked.stems[:n], *asked.stems[n + 1 :]))
    return any(
        (sense(told, m) in AGREEING[mine] or (mine is Sense.WORSE and is_bad(told, m)))
        and told.stems[m] not in others
        and len(about & told.around(m, _REACH)) >= _SHARED_POINTED
        for m in range(len(told.words))
    )
