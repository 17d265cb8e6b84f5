"""A list of three papers, and a question asked after it: for the tests of follow-ups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.answering.asking.understanding import understand
from rag.types import WHOLE_LIBRARY, Conversation, Kind, Mention, PaperId, Question, Scope

SHOWN = tuple(
    Mention(PaperId(name), title)
    for name, title in (("a", "Twin Scale Fusion"), ("b", "Patient Mamba"), ("c", "Slow Drums"))
)
LISTED = Conversation("which papers fuse scales?", Kind.LIST, SHOWN)
TALKED_OF = replace(LISTED, kind=Kind.FACT, about=(PaperId("b"),))


def ask(asked: str, conversation: Conversation = LISTED, *, scope: Scope = WHOLE_LIBRARY) -> Question:
    """Return the question as it is understood after a conversation."""
    return understand(asked, today=date(2026, 1, 1), scope=scope, conversation=conversation)
