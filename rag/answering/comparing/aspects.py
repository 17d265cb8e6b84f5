"""What does an abstract say of its problem, method, data, result, limits? Sentences told by cues. Pure.

Abstracts have moves (Swales 1990, "Genre Analysis", section 7): the trouble with what there is, what the
authors did about it, what they tried it on, what came out. Each aspect weighs a sentence by words that
mark its move, whose work it speaks of, and where it stands; one that no sentence reaches is not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.answering.comparing.aspect_cues import (
    ACCESS,
    AIM,
    BACKGROUND,
    BEGINS,
    CONFIRMED,
    DATA_WORD,
    DEED,
    FIGURE,
    FINDING,
    FIRST_DEED,
    FIRST_PART,
    GAIN,
    LIMIT,
    NAMED_SET,
    NEXT_PART,
    OUTCOME,
    OWN,
    PARTS,
    PERCENT,
    REMEDY,
    SO_MANY_SETS,
    STRONG_DEED,
    TASK_LIST,
    TRIED,
    TROUBLE,
    TURN,
)
from rag.answering.corpus.told_names import is_name
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Passage, Span


@dataclass(frozen=True, slots=True)
class Aspect:
    """A column of a comparison: what it is called, how it is asked for, and which sentences show it.

    At most `most` do, each with a score of `least` or more.
    """

    name: str
    asked: re.Pattern[str]
    least: float
    most: int = 1


def _aspect(name: str, asked: str, *, least: float, most: int = 1) -> Aspect:
    return Aspect(name, re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), least, most)


PROBLEM = _aspect("problem", r"problems?|goals?|aims?|tasks?|motivations?|purposes?|what for", least=0.6)
METHOD = _aspect(
    "method",
    r"methods?|approach(?:es)?|techniques?|architectures?|ideas?|mechanisms?|how (?:they|it|each) works?",
    least=1.3,
    most=2,
)
DATA = _aspect(
    "data",
    r"data|data ?sets?|benchmarks?|corpora|corpus|tested on|evaluated on|experiments?|images?",
    least=1.4,
)
RESULT = _aspect(
    "result",
    r"results?|numbers?|performances?|accurac(?:y|ies)|findings?|gains?|scores?|speeds?|how (?:well|good|fast)|outcomes?|conclusions?",
    least=1.4,
    most=2,
)
LIMITS = _aspect(
    "limits",
    r"limits?|limitations?|drawbacks?|weakness(?:es)?|shortcomings?|downsides?|caveats?|costs?",
    least=1.0,
)
ASPECTS = (PROBLEM, METHOD, DATA, RESULT, LIMITS)

_NAME = re.compile(r"[A-Za-z\d][\w./+-]*")
_ON_NAME = re.compile(r"\bon (?:the )?(?:[A-Z][\w-]*[A-Z\d]|[A-Z]\w+[-\d])")
_SECOND = 0.6  # of the best sentence's score
_FULL = 5.0  # the score that counts as certain
_MOST_PARTS = 4


def choose_cell(paper: Paper, aspect: Aspect) -> tuple[Evidence, ...]:
    """Return the sentences that show an aspect, in the order of the abstract; none: it does not say."""
    passages = split_passages(paper)
    deed = _first_deed(passages)
    if aspect is PROBLEM and deed == 0:  # "We study X. However, ... We propose Y." has its trouble between
        deed = next((p.ordinal for p in passages if STRONG_DEED.search(p.text)), 0)
    scores = [_score(aspect, passage, deed=deed, last=len(passages) - 1) for passage in passages]
    best = sorted(
        (p for p in passages if scores[p.ordinal] >= aspect.least), key=lambda p: -scores[p.ordinal]
    )
    more = [
        p for p in best[1:] if scores[p.ordinal] >= _SECOND * scores[best[0].ordinal] and _adds(aspect, p)
    ]
    kept = best[:1] + more[: aspect.most - 1]
    parts = _parts_told(passages, kept) if aspect is METHOD else []
    return tuple(
        Evidence.cut(
            paper, Span(p.start, p.end), score=round(max(0.0, min(1.0, scores[p.ordinal] / _FULL)), 4)
        )
        for p in passages
        if p in kept or p in parts
    )


def tells_finding(text: str) -> bool:
    """Tell whether a sentence says what came out.

    >>> tells_finding("We find that owls see well."), tells_finding("Owls are birds.")
    (True, False)
    """
    return bool(FINDING.search(text))


def _parts_told(passages: Sequence[Passage], kept: Sequence[Passage]) -> list[Passage]:
    """The sentences that go through a method part by part, where a sentence that is kept begins that or stands before it."""
    for one in sorted(kept, key=lambda p: p.ordinal):
        first = one.ordinal if FIRST_PART.search(one.text) else one.ordinal + 1
        parts = list(passages[first : first + 1])
        for passage in passages[first + 1 :]:
            if not NEXT_PART.search(passage.text):
                break
            parts.append(passage)
        told = list(takewhile(lambda p: not (FINDING.search(p.text) or CONFIRMED.search(p.text)), parts))
        if len(told) > 1 and FIRST_PART.search(told[0].text):
            return told[:_MOST_PARTS]
    return []


def _adds(aspect: Aspect, passage: Passage) -> bool:
    """A second sentence on the result must state one by itself."""
    return aspect is not RESULT or bool(FINDING.search(passage.text) or FIGURE.search(passage.text))


def _first_deed(passages: Sequence[Passage]) -> int:
    """The sentence that first says what the authors did; what stands before it is about others."""
    found = (p.ordinal for p in passages if FIRST_DEED.search(p.text) or BEGINS.search(p.text))
    return next(found, min(1, len(passages) - 1))


def _score(aspect: Aspect, passage: Passage, *, deed: int, last: int) -> float:
    text, at = passage.text, passage.ordinal
    if ACCESS.search(text) and not OUTCOME.search(text):
        return 0.0
    own = bool(OWN.search(text))
    match aspect.name:
        case "problem":
            return _problem(text, at, deed=deed, own=own)
        case "method":
            return _method(text, at, deed=deed, own=own)
        case "data":
            return _data(text, at, deed=deed)
        case "result":
            return _result(text, at, deed=deed, last=last)
        case _:
            return 2.0 * bool(LIMIT.search(text)) - 2.0 * (at <= deed or bool(BACKGROUND.search(text)))


def _problem(text: str, at: int, *, deed: int, own: bool) -> float:
    trouble = min(2, len(TROUBLE.findall(text)))
    turned = bool(TURN.search(text))
    score = 0.8 * trouble + 0.8 * turned + 1.0 * bool(AIM.search(text)) + 0.5 * bool(BACKGROUND.search(text))
    if at < deed:
        return score + 1.0 + 0.2 * (at == deed - 1)
    if at == deed:
        return score - 0.4
    if own and REMEDY.search(text):
        return score - 1.0
    return score - (2.5 if own or not BACKGROUND.search(text) else 0.8)


def _method(text: str, at: int, *, deed: int, own: bool) -> float:
    if at < deed:
        return 0.0
    deeds = min(2, len(DEED.findall(text)))
    begins = at == deed and bool(FIRST_DEED.search(text))
    score = 0.8 * deeds + 0.6 * own + (1.5 if begins else 0.8 * (at in {deed, deed + 1}))
    if begins:
        return score
    score += 0.6 * bool(STRONG_DEED.search(text)) + 0.8 * bool(
        PARTS.search(text) and not BACKGROUND.search(text)
    )
    return (
        score
        - 1.2 * bool(FINDING.search(text))
        - 0.8 * (bool(FIGURE.search(text)) and bool(OUTCOME.search(text)))
    )


def _data(text: str, at: int, *, deed: int) -> float:
    names = sum(is_name(word.strip(".-")) for word in _NAME.findall(text))
    words = len(DATA_WORD.findall(text))
    tried = bool(TRIED.search(text) or PERCENT.search(text))
    score = 1.0 * min(2, words) + 0.7 * tried + (0.3 * min(3, names) if words or tried else 0.0)
    on_name = bool(_ON_NAME.search(text))
    # A set by its name alone, or tasks that are listed, tell what a work was tried on where nothing else does.
    tasks = TASK_LIST.search(text) and not (BACKGROUND.search(text) or "potential" in text)
    return max(
        DATA.least if at >= deed and (tasks or NAMED_SET.search(text)) else 0.0,
        score
        + (1.0 if tried else 0.4) * on_name
        + 0.6 * bool(SO_MANY_SETS.search(text))
        - (1.5 if at < deed else 0.0),
    )


def _result(text: str, at: int, *, deed: int, last: int) -> float:
    if at < deed:
        return 0.0
    score = (
        0.5 * min(2, len(OUTCOME.findall(text)))
        + 1.2 * bool(FINDING.search(text) or CONFIRMED.search(text) or GAIN.search(text))
        + 1.0 * bool(FIGURE.search(text))
        + 0.5 * bool(PERCENT.search(text))
    )
    return score + 0.8 * (at / max(1, last)) - 1.0 * (at == deed and last > 0 and not FIGURE.search(text))
