"""A turn of a conversation: one question with what is known of its answer so far.

A turn grows by the events of an answer. When it is complete it can be kept as JSON, by the browser
that asked, and drawn again from that later: with the same words, the same evidence, and no search.
What comes back from a browser is foreign: it is parsed, and evidence that is not in its abstract is
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from rag.errors import FootnoteError
from rag.types import (
    Answer,
    AnswerEvent,
    Completed,
    Estimated,
    Judging,
    Notice,
    Question,
    Ranking,
    Resolved,
    Retrieved,
    Sentence,
    SentenceReady,
    Source,
    Waiting,
    Withdrawn,
)

_ANSWER = TypeAdapter(Answer)
_RANKED_KEPT = 10
_NAME = re.compile(r"[a-z0-9]{1,32}")


class RecordError(FootnoteError):
    """A kept answer cannot be read."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what is known of its answer so far. `name` tells the turns of a page apart."""

    name: str
    question: str
    stage: str = "reading the question"
    read_as: Question | None = None
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    notices: tuple[Notice, ...] = ()
    answer: Answer | None = None
    error: str = ""


def is_name(name: str) -> bool:
    """Tell whether a turn may have this name; it becomes part of ids in the page.

    >>> is_name("a1"), is_name('"><b>')
    (True, False)
    """
    return _NAME.fullmatch(name) is not None


def advance(turn: Turn, event: AnswerEvent) -> Turn:
    """Return the turn as it stands after an event."""
    match event:
        case Resolved(question):
            return replace(turn, stage="searching", read_as=question)
        case Waiting() | Retrieved() | Estimated() | Judging():
            return replace(turn, stage=_stage(event))
        case Notice():
            return replace(turn, notices=(*turn.notices, event))
        case SentenceReady(sentence, sources):
            return replace(turn, sentences=(*turn.sentences, sentence), sources=(*turn.sources, *sources))
        case Withdrawn():
            return replace(turn, sentences=(), sources=())
        case Completed(answer):
            return complete_turn(turn.name, answer, notices=turn.notices)


def _stage(event: Waiting | Retrieved | Estimated | Judging) -> str:
    match event:
        case Waiting(text):
            return text
        case Retrieved(ranking):
            return f"{describe(ranking)} · writing"
        case Estimated(planned):
            return f"judging {planned.papers:,} papers"
        case Judging(judged, of, found):
            return f"judging {judged:,} of {of:,} · {found:,} found"


def complete_turn(name: str, answer: Answer, *, notices: tuple[Notice, ...] = ()) -> Turn:
    """Return the turn that an answer makes; `notices` were shown while it grew."""
    return Turn(
        *(name, answer.question.asked, "", answer.question),
        sentences=answer.sentences,
        sources=answer.sources,
        notices=notices,
        answer=answer,
    )


def keep_answer(answer: Answer) -> str:
    """Write an answer as JSON that `read_answer` takes; of its ranking, the first ten papers.

    Of the verdicts, those that the sources carry are kept: the others would be most of what is stored.
    """
    ranking = replace(answer.ranking, papers=answer.ranking.papers[:_RANKED_KEPT])
    return _ANSWER.dump_json(replace(answer, ranking=ranking, verdicts=())).decode()


def read_answer(record: str) -> Answer:
    """Read a kept answer.

    Raises:
        RecordError: it is none, or evidence in it does not stand in its abstract.
    """
    try:
        answer = _ANSWER.validate_json(record)
    except (ValidationError, ValueError) as error:
        raise RecordError("this answer was kept by another version of Footnote; ask again") from error
    abstracts = {source.paper.id: source.paper.abstract for source in answer.sources}
    evidence = [e for source in answer.sources for e in source.evidence]
    evidence += [e for s in answer.sentences for citation in s.citations for e in citation.evidence]
    if any(abstracts.get(e.paper_id, "")[e.start : e.end] != e.quote for e in evidence):
        raise RecordError("this answer was changed since it was kept; ask again")
    return answer


def describe(ranking: Ranking) -> str:
    """Say in one line what was searched and how long it took."""
    spent = sum(ranking.timings_ms.values())
    return f"searched {ranking.searched:,} papers in {spent:,.0f} ms"
