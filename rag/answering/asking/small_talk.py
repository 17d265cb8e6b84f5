"""An answer to "hello" and "thanks": nothing is searched, one line says what can be asked. Pure."""

from __future__ import annotations

from rag.types import Answer, Kind, Question, Ranking, Status

INVITATION = (
    "Ask about the papers of your library: which papers do something, what one of them found, how two differ, "
    "why something works, or how many there are."
)


def reply_to_talk(question: Question, *, writer: str, line: str) -> Answer:
    """Return an answer without sentences whose notice is a `line` that says what can be asked.

    A question that says itself what is not done for it has its own line.
    """
    own = question.notices if question.kind is Kind.TALK else ()
    nothing = Ranking(question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    return Answer(
        question=question,
        status=Status.NO_QUESTION,
        sentences=(),
        sources=(),
        ranking=nothing,
        writer=writer,
        judged=0,
        notices=own or (*question.notices, line),
        timings_ms={"total": 0.0},
    )
