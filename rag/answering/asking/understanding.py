"""What was asked, in a conversation -> a question that stands alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from rag.answering.asking.intent import KindReading, weigh_kind
from rag.answering.asking.kind_chances import Encode, no_vector
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
    Listing,
    Mention,
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
    encode: Encode = no_vector,
) -> Question:
    """Return the question with its kind, its scope and, of a set question, its criteria.

    A given `kind` overrules the one that the words tell; so do given `criteria`, which make a set question
    of any that has no given kind. What a given `scope` says holds in any case:
    the dates of the words count where it has none, and of papers that it names, all are asked, or those that
    the words point at. The kind is told better where `encode` gives a text's vector.

    Raises:
        QuestionError: the question is empty or too long.
    """
    wording = _reword(asked, conversation)
    given = kind or (Kind.LIST if criteria is not None else None)
    if line := _not_done(wording, conversation, given=given):
        return Question(wording.plain, Kind.TALK, asked, scope=scope, notices=(line,))
    pointed = follow(wording.text, conversation, today=today)
    within = _within(scope, _as_a_whole(wording.text, pointed, conversation), wording.text)
    meant = within if kind else _overview(within)
    told = Kind.CORPUS if wording.asks_unkept_alone else meant.kind
    dispute = "" if given else disputed(meant.text)
    summary = "" if given or dispute or told else described(summarised(meant.text))
    known = given or (Kind.EXPLAIN if dispute else told) or (Kind.FACT if summary else None)
    by_words = KindReading(known) if known else weigh_kind(meant.text, encode(meant.text))
    read = by_words.kind
    if read is Kind.CORPUS and not (given or wording.asks_unkept_alone):
        meant = _listed(meant, wording.text, today=today)
        read = meant.kind or read
    plainly = unasked(meant.text) if read in {Kind.FACT, Kind.EXPLAIN} else ""
    wanted, dates = Criteria(), WHOLE_LIBRARY
    if read is Kind.LIST and not meant.all_fit:
        wanted = read_criteria(meant.text, today=today)
        dates = wanted.scope
    elif read is Kind.CORPUS:
        dates, _ = read_period(meant.text, today=today)
    if criteria is not None and read is Kind.LIST:
        wanted = replace(criteria, scope=dates)
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
        criteria=wanted,
        notices=(*wording.notices, *meant.notices, *wanted.notices),
        doubt=by_words.doubt,
        again=_verdicts_before(meant, conversation) if meant.all_fit else (),
        listing=wording.listing,
    )


@dataclass(frozen=True, slots=True)
class _Wording:
    """A question as it is worded: `plain` has its slips mended, and is the first where two are asked.

    `text` is without the number and order of papers in `listing`, and without what no file names;
    `asks_unkept_alone` where nothing else is asked. `notices` say what was left out.
    """

    plain: str
    text: str
    listing: Listing
    asks_unkept_alone: bool
    notices: tuple[str, ...]


def _reword(asked: str, conversation: Conversation) -> _Wording:
    whole = mend_asking(read_question(asked))
    two = split_questions(whole)
    plain = two.first if two else whole
    unkept = find_unkept(plain)
    wanted = read_listing((unkept and unkept.rest) or plain, conversation)
    notices = (
        *((two.notice,) if two and two.other else ()),
        *((unkept.notice,) if unkept and unkept.rest else ()),
    )
    return _Wording(plain, wanted.text, wanted.listing, bool(unkept and not unkept.rest), notices)


def _not_done(wording: _Wording, conversation: Conversation, *, given: Kind | None) -> str:
    """Return why nothing is searched for: a task that is not ours, or one paper to choose from; "" if that is not so."""
    if not given and (line := refuse_task(wording.plain)):
        return line
    chooses = wording.listing != EVERY_PAPER and wording.text == OF_SHOWN
    return _ALONE if chooses and len(conversation.papers) == 1 else ""


def _within(scope: Scope, meant: FollowUp, text: str) -> FollowUp:
    """Ask the papers that a scope names, or those of them that the words point at."""
    if scope.ids is None or meant.kind is Kind.TALK:
        return meant
    points = meant.scope.ids is not None and set(meant.scope.ids) <= set(scope.ids)
    return meant if points else FollowUp(text, scope=Scope(ids=scope.ids))


def _overview(meant: FollowUp) -> FollowUp:
    """Ask for the papers on a topic in the place of an overview of it."""
    topic = overviewed(meant.text) if meant.scope.ids is None else ""
    return replace(meant, text=f"papers on {topic}", kind=Kind.LIST) if topic else meant


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
