"""Which of the details that a question asks for do papers leave out? Pure.

Readers of the question, the surest first: details with words of their own (`details.py`), the type of
answer that its words expect (`answer_types.py`), and things to be counted (`counts.py`). What the first has
read is not read again. What no table knows is left to the judge (`silence.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from rag.answering.refusing.answer_types import AnswerType
from rag.answering.refusing.counts import asked_counts, is_counted
from rag.answering.refusing.details import ANY_FIGURE, Detail, asked_details
from rag.answering.refusing.foreign_names import Named, names, read_telling
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
_BRACKETS = re.compile(r"\([^)]*\)")
_SAID = re.compile(r"[\w.-]*\w")


def asked_and_missing(
    question: str, papers: Sequence[Paper], *, rarity: Mapping[str, float]
) -> tuple[int, tuple[str, ...]]:
    """Return how many details are asked for, and the names of those that no paper states.

    `rarity` holds the stems of the question's content words, from 0 for one that all papers hold to 1.
    """
    told = list(_told(question, papers, topic=frozenset(rarity)))
    return len(told), tuple(dict.fromkeys(name for name, stated in told if not stated))


def answering_spans(question: str, paper: Paper) -> frozenset[str]:
    """Return the sentences of a paper that hold a candidate for a name or a count that a question asks for."""
    telling = read_telling(paper)
    said = frozenset(word.lower() for word in _SAID.findall(question))
    rest = _plain_form(_BRACKETS.sub(" ", question))
    counts = list(asked_counts(rest))
    kinds = _types(rest, has_other=bool(counts))
    topic = frozenset(content_terms(question))
    alone = ((span, replace(telling, spans=(span,))) for span in telling.spans)
    return frozenset(
        span
        for span, one in alone
        if any(kind.is_given(one, question=rest, said=said) for kind in kinds)
        or any(is_counted(count, [span], said=said, topic=topic) for count in counts)
    )


def _told(question: str, papers: Sequence[Paper], *, topic: Set[str]) -> Iterator[tuple[str, bool]]:
    """Yield each detail that is asked for, and whether one of the papers states it."""
    tellings = [read_telling(paper) for paper in papers]
    spans = [span for telling in tellings for span in telling.spans]
    said = frozenset(word.lower() for word in _SAID.findall(question))
    details = asked_details(question)
    tabled = [detail for detail in details if detail is not ANY_FIGURE]
    rest = _plain_form(_BRACKETS.sub(" ", _without(question, tabled)))
    counts = list(asked_counts(rest))
    types = _types(rest, has_other=bool(tabled or counts))
    yield from ((detail.name, detail.is_stated(_beside(spans, question, detail=detail))) for detail in tabled)
    yield from (
        (kind.name, any(kind.is_given(t, question=rest, said=said) for t in tellings)) for kind in types
    )
    yield from ((f"number of {c.things}", is_counted(c, spans, said=said, topic=topic)) for c in counts)
    if ANY_FIGURE in details and ANY_FIGURE.asked.search(rest) and not types and not counts:
        yield ANY_FIGURE.name, ANY_FIGURE.is_stated(spans)


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
