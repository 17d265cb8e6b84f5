"""A turn of a conversation: one question with what is known of its answer so far.

A turn grows by the events of an answer. When it is complete it can be kept (`ui.keeping`), and drawn
again from that later: with the same words, the same evidence, and no search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rag.numbers import counted
from rag.types import (
    NOTHING_SAID,
    Answer,
    AnswerEvent,
    Completed,
    Conversation,
    Estimated,
    Judging,
    Member,
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

_NAME = re.compile(r"[a-z0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what is known of its answer so far. `name` tells the turns of a page apart.

    `said` is the conversation before it, `writer` who was asked to answer. While a set is judged,
    `members` are the papers found so far.
    """

    name: str
    question: str
    stage: str = "reading the question"
    read_as: Question | None = None
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    notices: tuple[Notice, ...] = ()
    answer: Answer | None = None
    error: str = ""
    said: Conversation = NOTHING_SAID
    writer: str = "quotes"
    ranking: Ranking | None = None
    estimate: Estimated | None = None
    judging: Judging | None = None
    members: tuple[Member, ...] = ()


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
            return _on_the_way(turn, event)
        case Notice():
            return replace(turn, notices=(*turn.notices, event))
        case SentenceReady(sentence, sources):
            return replace(
                turn,
                stage="writing" if turn.judging else turn.stage,
                sentences=(*turn.sentences, sentence),
                sources=(*turn.sources, *sources),
            )
        case Withdrawn():
            return replace(turn, sentences=(), sources=())
        case Completed(answer):
            done = complete_turn(turn.name, answer, notices=turn.notices)
            return replace(done, said=turn.said, writer=answer.writer, estimate=turn.estimate)


def _on_the_way(turn: Turn, event: Waiting | Retrieved | Estimated | Judging) -> Turn:
    match event:
        case Waiting(text):
            return replace(turn, stage=text)
        case Retrieved(ranking):
            return replace(turn, stage=f"{describe(ranking)} · writing", ranking=ranking)
        case Estimated():
            return replace(turn, stage="judging", estimate=event)
        case Judging():
            members = (*turn.members, *event.members)
            return replace(turn, stage="judging", judging=event, members=members)


def complete_turn(name: str, answer: Answer, *, notices: tuple[Notice, ...] = ()) -> Turn:
    """Return the turn that an answer makes; `notices` were shown while it grew."""
    return Turn(
        *(name, answer.question.asked, "", answer.question),
        sentences=answer.sentences,
        sources=answer.sources,
        notices=notices,
        answer=answer,
    )


def describe(ranking: Ranking) -> str:
    """Say in one line what was searched and how long it took."""
    spent = sum(ranking.timings_ms.values())
    return f"searched {counted(ranking.searched, 'paper')} in {spent:,.0f} ms"
