"""Papers of a set by their date: "before 2022?", "drop those from 2021", "anything newer?". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.asking.intent import read_kind
from rag.answering.asking.meant import AGAIN, FollowUp, ids_of, last_asked, on_set, untold
from rag.answering.asking.mentions import content_words
from rag.answering.asking.periods import beside
from rag.answering.asking.set_commands import DROP
from rag.types import WHOLE_LIBRARY, Conversation, Kind, Scope

_ANYTHING = re.compile(r"\banything\b|\bany (?!of\b)", re.IGNORECASE)
# What a date alone tells apart: "exclude everything after 2021".
_VAGUE = re.compile(
    r"\b(?:drop|remove|leave out|exclude|without|skip|hide|omit|except|ignore|take out|throw out|everything|anything|what(?:ever)?|all|"
    r"is|was|were|are|came out|come out|older|newer|published|appeared|from|that|those|ones?|of them)\b",
    re.IGNORECASE,
)
_IN_BETWEEN = "Papers of a time in between cannot be left out in one question: ask for those before it, or for those after it."


def read_dates(text: str, undated: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Ask for the papers of a time, of the set or anew; None where more is said than a date: something is left in `undated`."""
    if period == WHOLE_LIBRARY or not conversation.question or content_words(_VAGUE.sub(" ", undated)):
        return None
    drops = bool(DROP.search(undated))
    if drops and period.since and period.until:
        return untold(text, _IN_BETWEEN)
    if _ANYTHING.search(undated) and not drops:
        return FollowUp(conversation.question, scope=period, kind=conversation.kind, notices=(AGAIN,))
    kept = on_set(
        last_asked(conversation),
        ids_of(conversation.papers),
        conversation,
        period=_beyond(period) if drops else period,
    )
    return replace(kept, kind=Kind.CORPUS) if undated and read_kind(undated) is Kind.CORPUS else kept


def _beyond(period: Scope) -> Scope:
    """Return the time that is left without a period that is open at one end: "not those before 2023"."""
    return (
        Scope(since=beside(period.until, 1)) if period.until else Scope(until=beside(period.since or "", -1))
    )
