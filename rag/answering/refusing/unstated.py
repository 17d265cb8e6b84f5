"""Which of the details that a question asks for do papers leave out? Pure.

Readers of the question, the surest first: details with words of their own (`details.py`), the type of
answer that its words expect (`answer_types.py`), and things to be counted (`counts.py`). What the first has
read is not read again. What no table knows is left to the judge (`silence.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from rag.answering.refusing.answer_types import AnswerType
from rag.answering.refusing.counts import Count, asked_counts, is_counted
from rag.answering.refusing.details import ANY_FIGURE, Detail, asked_details
from rag.answering.refusing.foreign_names import Named, Telling, names, read_telling
from rag.answering.refusing.measured_answers import MEASURED_ANSWERS
from rag.answering.refusing.name_roles import Role, role
from rag.answering.refusing.named_answers import NAMED_ANSWERS
from rag.answering.refusing.set_and_model_answers import SET_AND_MODEL_ANSWERS
from rag.library.lexical import content_terms
from rag.retrieval.mentioned_words import name_key
from rag.types import Paper

_TYPES = (*SET_AND_MODEL_ANSWERS, *NAMED_ANSWERS, *MEASURED_ANSWERS)
_OTHER_FORMS = (
    re.compile(
        r"\bwhat (?:is|was|are|were) (?:the )?(?!of\b|it\b|names?\b|titles?\b|(?:\w+ )?(?:number|share|size|value|amount|percentage|score)\b|\w+ (?:called|named)\b)(?=[a-z][\w-]* (?:(?!(?:of|in|for|behind|used|that)\b)[\w-]+ ){0,3}(?:of|in|for|behind|used|that)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:which|what) (?:one )?of the (?:\w*(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\w* )?",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:which|what) (?:(?:two|three|four|five|six) )?(?:famil(?:y|ies)|brands?|makes?|versions?|variants?|checkpoints?) of (?:the )?",
        re.IGNORECASE,
    ),
)
_BRACKETS = re.compile(r"\([^)]*\)")  # what stands in them says what was meant, and asks nothing
_SAID = re.compile(r"[\w.-]*\w")


def asked_and_missing(
    question: str, papers: Sequence[Paper], *, rarity: Mapping[str, float]
) -> tuple[int, tuple[str, ...]]:
    """Return how many details are asked for, and the names of those that no paper states.

    `rarity` holds the stems of the question's content words, from 0 for one that all papers hold to 1.
    """
    details = [detail for detail in asked_details(question) if detail is not ANY_FIGURE]
    told = list(_told(_read(question, details, topic=frozenset(rarity)), papers))
    return len(told), tuple(dict.fromkeys(name for name, stated in told if not stated))


def answering_spans(question: str, paper: Paper) -> frozenset[str]:
    """Return the sentences of a paper that hold a candidate for a name or a count that a question asks for."""
    # Of the whole question: sentences are wanted for all of it, whatever the table of details knows.
    asked = _read(question, (), topic=frozenset(content_terms(question)))
    telling = read_telling(paper)
    return frozenset(
        span
        for span in telling.spans
        if any(stated for _, stated in _typed_or_counted(asked, [replace(telling, spans=(span,))]))
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks for: details of the table, and in the rest of its words types of answer and counts.

    `said` has its words in lower case, `topic` the stems of those that carry content.
    """

    question: str
    details: Sequence[Detail]
    rest: str
    types: Sequence[AnswerType]
    counts: Sequence[Count]
    said: Set[str]
    topic: Set[str]


def _read(question: str, details: Sequence[Detail], *, topic: Set[str]) -> _Asked:
    """Read types and counts from what the details leave of a question."""
    rest = _plain_form(_BRACKETS.sub(" ", _without(question, details)))
    counts = list(asked_counts(rest))
    types = _types(rest, has_other=bool(details or counts))
    said = frozenset(word.lower() for word in _SAID.findall(question))
    return _Asked(question, details, rest, types, counts, said, topic)


def _told(asked: _Asked, papers: Sequence[Paper]) -> Iterator[tuple[str, bool]]:
    """Yield each detail that is asked for, and whether one of the papers states it."""
    tellings = [read_telling(paper) for paper in papers]
    spans = [span for telling in tellings for span in telling.spans]
    for detail in asked.details:
        yield detail.name, detail.is_stated(_beside(spans, asked.question, detail=detail))
    yield from _typed_or_counted(asked, tellings)
    read = asked.details or asked.types or asked.counts
    if not read and ANY_FIGURE.asked.search(asked.rest):
        yield ANY_FIGURE.name, ANY_FIGURE.is_stated(spans)


def _typed_or_counted(asked: _Asked, tellings: Sequence[Telling]) -> Iterator[tuple[str, bool]]:
    spans = [span for telling in tellings for span in telling.spans]
    for kind in asked.types:
        yield kind.name, any(kind.is_given(t, question=asked.rest, said=asked.said) for t in tellings)
    for count in asked.counts:
        yield f"number of {count.things}", is_counted(count, spans, said=asked.said, topic=asked.topic)


def _beside(spans: Sequence[str], question: str, *, detail: Detail) -> Sequence[str]:
    """Where a score is asked for on a data set that the abstract names: the sentences at or next to that name."""
    if not detail.scored:
        return spans
    asked = frozenset(name_key(word) for word in _SAID.findall(question))
    known = frozenset(name_key(w) for w in _SAID.findall(question) if role(Named(w, "", "")) is Role.DATA)
    at = [
        n
        for n, span in enumerate(spans)
        if any(role(name) is Role.DATA and name_key(name.text) in asked for name in names(span))
        or any(name in name_key(span) for name in known)
    ]
    return [span for n, span in enumerate(spans) if any(abs(n - m) <= 1 for m in at)] or spans


def _plain_form(question: str) -> str:
    """Put other ways of asking for a thing into the one that the tables know: "which <thing>".

    >>> _plain_form("What is the backbone of it, and which of the two public sets does it use?")
    'which backbone of it, and which public sets does it use?'
    """
    for other in _OTHER_FORMS:
        question = other.sub("which ", question)
    return question


def _types(question: str, *, has_other: bool) -> list[AnswerType]:
    """The types of answer that a question asks for; those of the last resort where there is no other."""
    asked = [kind for kind in _TYPES if kind.asked.search(question)]
    first = [kind for kind in asked if not kind.last]
    return first if first or has_other else asked


def _without(question: str, details: Sequence[Detail]) -> str:
    for detail in details:
        question = detail.asked.sub(" ; ", question)
    return question
