"""What a follow-up means: the papers that it points at, and the question that it comes to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.answering.asking.pointing import CARDINALS
from rag.numbers import counted
from rag.types import WHOLE_LIBRARY, Conversation, Kind, Mention, PaperId, Scope

GOES_ON = "Taken as going on with the last question."
AGAIN = "The last question, asked of the whole library again."
NOTHING_BEFORE = "Nothing was shown before: taken as a question of its own."
SHOWN_BEFORE = "these papers"  # as a set question it asks for nothing
_NONE_LISTED = "The last answer listed no papers to choose from: ask for them first."


@dataclass(frozen=True, slots=True)
class Reference:
    """The papers that a follow-up is about, and its words without the reference.

    `words` is the reference as it was put. `among` says that one of the papers is meant, but not which.
    No papers: the words point at something that the conversation does not hold. `beyond` holds the numbers and
    ordinals that name no paper because the list is too short.
    """

    papers: tuple[PaperId, ...]
    rest: str
    words: str
    among: bool = False
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that stands alone: its text, the words to search for, its scope, its kind if known.

    `all_fit` says that nothing more is asked of the papers in scope: they met the question before.
    """

    text: str
    sought: str = ""
    scope: Scope = WHOLE_LIBRARY
    kind: Kind | None = None
    notices: tuple[str, ...] = ()
    all_fit: bool = False


def ids_of(mentions: Iterable[Mention]) -> tuple[PaperId, ...]:
    """Return the ids of papers that were shown, in their order."""
    return tuple(mention.id for mention in mentions)


def known_papers(conversation: Conversation) -> dict[PaperId, Mention]:
    """Return the papers that were shown last, and behind them those of the wider set."""
    return {mention.id: mention for mention in (*conversation.wider, *conversation.papers)}


def set_question(conversation: Conversation) -> str:
    """Return the question that the set answers, not what one of its papers was asked since; empty if it is no list."""
    return conversation.listed or (conversation.question if conversation.kind is Kind.LIST else "")


def last_asked(conversation: Conversation) -> str:
    """Return the question that the set answers, or where there is none the last one."""
    return set_question(conversation) or conversation.question


def asked_of(number: int) -> str:
    """Say of how many papers a question is asked."""
    return f"Asked of {counted(number, 'paper')} of the last answer."


def on_set(
    text: str,
    ids: tuple[PaperId, ...],
    conversation: Conversation,
    *,
    period: Scope = WHOLE_LIBRARY,
    notices: tuple[str, ...] = (),
) -> FollowUp:
    """Return a set question put to papers that were shown; with nothing shown, to the whole library."""
    if not conversation.papers and conversation.question:
        return untold(text, _NONE_LISTED)
    if not conversation.papers:
        return FollowUp(text, scope=period, notices=(NOTHING_BEFORE,))
    return FollowUp(
        text,
        scope=replace(period, ids=ids),
        kind=Kind.LIST,
        notices=(asked_of(len(ids)), *notices),
        all_fit=text == last_asked(conversation),
    )


def untold(text: str, *lines: str) -> FollowUp:
    """Return what is not searched for: a line says why."""
    return FollowUp(text, kind=Kind.TALK, notices=lines)


def no_such_paper(text: str, reference: Reference, conversation: Conversation) -> FollowUp | None:
    """Say that the list is too short for a number that is to name a paper of it; None where it is long enough."""
    if reference.papers or not reference.beyond:
        return None
    missing = " and no ".join(
        f"number {word}" if word.isdigit() or word in CARDINALS else word for word in reference.beyond
    )
    shown = counted(len(conversation.papers), "paper")
    return untold(text, f"The last answer has {shown}: there is no {missing}.")


def too_few(reference: Reference, conversation: Conversation) -> tuple[str, ...]:
    """Say that there are fewer papers than the first or last so many that were asked for."""
    if not (reference.papers and reference.beyond):
        return ()
    return (f"The last answer has {counted(len(conversation.papers), 'paper')}, not {reference.beyond[0]}.",)
