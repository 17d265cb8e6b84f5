"""What was asked, in a conversation -> a question that stands alone. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.answering.asking.asked_about import (
    described,
    disputed,
    goes_deeper,
    likened,
    overviewed,
    reported,
    similar_alone,
    summarised,
    unasked,
)
from rag.answering.asking.criteria import read_criteria
from rag.answering.asking.follow_up import follow
from rag.answering.asking.intent import weigh_kind
from rag.answering.asking.listing import OF_SHOWN, read_listing
from rag.answering.asking.meant import FollowUp, known_papers
from rag.answering.asking.periods import read_period
from rag.answering.asking.slips import mend_asking
from rag.answering.asking.tasks import refuse_task
from rag.answering.asking.two_questions import split_questions
from rag.answering.asking.unkept import find_unkept
from rag.answering.corpus.inquiry import counted_topic
from rag.retrieval.query import read_question
from rag.types import (
    EVERY_PAPER,
    NOTHING_SAID,
    WHOLE_LIBRARY,
    Conversation,
    Criteria,
    Kind,
    Mention,
    PaperId,
    Question,
    Scope,
)

_ALONE = "The last answer showed one paper: there is nothing to sort or to choose from."


def understand(  # noqa: PLR0913  # each says what the words may not
    asked: str,
    *,
    today: date,
    kind: Kind | None = None,
    scope: Scope = WHOLE_LIBRARY,
    conversation: Conversation = NOTHING_SAID,
    criteria: Criteria | None = None,
) -> Question:
    """Return the question with its kind, its scope and, of a set question, its criteria.

    A given `kind` overrules the one that the words tell; so do given `criteria`, which make a set question
    of any that has no given kind. What a given `scope` says holds in any case:
    the dates of the words count where it has none, and of papers that it names, all are asked, or those that
    the words point at.

    Raises:
        QuestionError: the question is empty or too long.
    """
    whole = mend_asking(read_question(asked))
    two = split_questions(whole)
    plain = two.first if two else whole
    if (line := refuse_task(plain)) and not (kind or criteria):
        return Question(plain, Kind.TALK, asked, scope=scope, notices=(line,))
    unkept = find_unkept(plain)
    wanted = read_listing((unkept and unkept.rest) or plain, conversation)
    text = wanted.text
    if len(conversation.papers) == 1 and wanted.listing != EVERY_PAPER and text == OF_SHOWN:
        return Question(plain, Kind.TALK, asked, scope=scope, notices=(_ALONE,))
    meant = _as_a_whole(text, follow(text, conversation, today=today), conversation)
    if scope.ids is not None and meant.kind is not Kind.TALK:
        meant = _within(scope.ids, meant) or FollowUp(text, scope=Scope(ids=scope.ids))
    if topic := overviewed(meant.text) if kind is None and meant.scope.ids is None else "":
        meant = replace(meant, text=f"papers on {topic}", kind=Kind.LIST)
    alone = Kind.CORPUS if unkept and not unkept.rest else None
    known = kind or (Kind.LIST if criteria is not None else None) or alone or meant.kind
    summary = "" if known else described(summarised(meant.text))
    known = Kind.FACT if summary else known
    dispute = "" if kind or criteria is not None else disputed(meant.text)
    known = Kind.EXPLAIN if dispute else known
    by_rules = weigh_kind(meant.text)
    read = known or by_rules.kind
    if read is Kind.CORPUS and not (kind or alone):
        meant = _listed(meant, text, today=today)
        read = meant.kind or read
    plainly = unasked(meant.text) if read in {Kind.FACT, Kind.EXPLAIN} else ""
    told, dates = Criteria(), WHOLE_LIBRARY
    if read is Kind.LIST and not meant.all_fit:
        told = read_criteria(meant.text, today=today)
        dates = told.scope
    elif read is Kind.CORPUS:
        dates, _ = read_period(meant.text, today=today)
    if criteria is not None and read is Kind.LIST:
        told = replace(criteria, scope=dates)
    return Question(
        text=meant.text,
        kind=read,
        asked=asked,
        scope=_narrowed(replace(scope, ids=None), meant.scope, dates),
        sought=_searched_for(criteria)
        or meant.sought
        or dispute
        or summary
        or reported(meant.text)
        or plainly,
        criteria=told,
        notices=(
            *((two.notice,) if two and two.other else ()),
            *((unkept.notice,) if unkept and unkept.rest else ()),
            *meant.notices,
            *told.notices,
        ),
        doubt="" if known else by_rules.doubt,
        again=_verdicts_before(meant, conversation) if meant.all_fit else (),
        listing=wanted.listing,
    )


def _as_a_whole(text: str, meant: FollowUp, conversation: Conversation) -> FollowUp:
    """A summary of a paper that was pointed at, or papers like it, ask nothing that was asked before."""
    ids = meant.scope.ids or ()
    title = next((one.title for one in conversation.papers if (one.id,) == ids), "")
    if title and (likened(text) or similar_alone(text)):
        return FollowUp(f"papers like “{title}”", kind=Kind.LIST)
    known = {one.title for one in known_papers(conversation).values()}
    again = meant.sought == conversation.question and conversation.question in known  # "and the third?"
    if title and (summarised(text) or goes_deeper(text) or again):
        return replace(meant, text=f"summarise “{title}”", sought=title, kind=Kind.FACT)
    return meant


def _verdicts_before(meant: FollowUp, conversation: Conversation) -> tuple[Mention, ...]:
    """Return the papers of the set that is shown again, in its order, with the verdicts that they had."""
    shown = {mention.id for mention in conversation.papers}
    known = conversation.papers if shown.issuperset(meant.scope.ids or ()) else conversation.wider
    return tuple(mention for mention in known if mention.verdict)


def _searched_for(criteria: Criteria | None) -> str:
    """What given criteria want stands in their own words, not in the question's."""
    clauses = criteria.clauses if criteria else ()
    return ", ".join(criterion.text for clause in clauses for criterion in clause if not criterion.negated)


def _listed(meant: FollowUp, text: str, *, today: date) -> FollowUp:
    """A count of papers on a topic is the count of a set: "how many papers use X?" lists them."""
    _, undated = read_period(text, today=today, of_papers=meant.scope.ids is not None)
    if not counted_topic(undated):
        return meant
    topic = counted_topic(text)
    return replace(meant, text=topic, sought=topic if meant.sought else "", kind=Kind.LIST)


def _within(ids: tuple[PaperId, ...], meant: FollowUp) -> FollowUp | None:
    """Return what the words point at if it lies within these papers."""
    pointed = meant.scope.ids
    return meant if pointed is not None and set(pointed) <= set(ids) else None


def _narrowed(given: Scope, *others: Scope) -> Scope:
    """Return the given scope with the conditions of the others where it has none."""
    scope = given
    for other in others:
        scope = replace(
            scope,
            since=scope.since or other.since,
            until=scope.until or other.until,
            authors=scope.authors or other.authors,
            titles=scope.titles or other.titles,
            ids=other.ids if scope.ids is None else scope.ids,
        )
    return scope
