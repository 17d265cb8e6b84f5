"""What was asked, in a conversation -> a question that stands alone. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.answering.criteria import read_criteria
from rag.answering.follow_up import FollowUp, follow
from rag.answering.intent import read_kind
from rag.answering.periods import read_period
from rag.retrieval.query import read_question
from rag.types import NOTHING_SAID, WHOLE_LIBRARY, Conversation, Criteria, Kind, Question, Scope


def understand(
    asked: str,
    *,
    today: date,
    kind: Kind | None = None,
    scope: Scope = WHOLE_LIBRARY,
    conversation: Conversation = NOTHING_SAID,
) -> Question:
    """Return the question with its kind, its scope and, of a set question, its criteria.

    A given `kind` overrules the one that the words tell. What a given `scope` says holds in any case:
    the dates of the words count where it has none, and papers that it names are not looked for in the
    conversation.

    Raises:
        QuestionError: the question is empty or too long.
    """
    text = read_question(asked)
    meant = follow(text, conversation, today=today) if scope.ids is None else FollowUp(text)
    read = kind or meant.kind or read_kind(meant.text)
    criteria, dates = Criteria(), WHOLE_LIBRARY
    if read is Kind.LIST and not meant.all_fit:
        criteria = read_criteria(meant.text, today=today)
        dates = criteria.scope
    elif read is Kind.CORPUS:
        dates, _ = read_period(meant.text, today=today)
    return Question(
        text=meant.text,
        kind=read,
        asked=asked,
        scope=_narrowed(scope, meant.scope, dates),
        sought=meant.sought,
        criteria=criteria,
        notices=(*meant.notices, *criteria.notices),
    )


def _narrowed(given: Scope, *others: Scope) -> Scope:
    """Return the given scope with the conditions of the others where it has none."""
    scope = given
    for other in others:
        scope = replace(
            scope,
            since=scope.since or other.since,
            until=scope.until or other.until,
            ids=other.ids if scope.ids is None else scope.ids,
        )
    return scope
