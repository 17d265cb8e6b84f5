"""A follow-up made into a question that stands alone. Pure.

What a follow-up points at comes from what the answers showed (sets, footnote numbers, titles, the paper
last asked about), never from a guess. The papers meant become the scope; the words without the reference
are what is searched for. A question that points at nothing leaves the set, and says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rag.answering.asking.by_date import read_dates
from rag.answering.asking.disputing import read_dispute
from rag.answering.asking.elsewhere import read_elsewhere
from rag.answering.asking.in_vain import asked_in_vain
from rag.answering.asking.intent import read_kind
from rag.answering.asking.meant import GOES_ON, FollowUp, Reference
from rag.answering.asking.of_papers import ask_of_papers
from rag.answering.asking.periods import read_period
from rag.answering.asking.pointing import LEAD
from rag.answering.asking.proposed import spell_out
from rag.answering.asking.references import find_reference
from rag.answering.asking.remarks import MORE_THERE, asks_on, read_remark
from rag.answering.asking.replacing import replaced
from rag.answering.asking.set_against import read_against
from rag.answering.asking.set_commands import POLITE, read_command
from rag.numbers import counted
from rag.types import Conversation, Kind, Scope

_OF_THE_LIBRARY = re.compile(
    r"\b(?:(?:this|the|my) (?:library|collection|corpus)|in total|altogether)\b", re.IGNORECASE
)
# "Which have code?" - "And the ones that don't?"
_THE_REST = re.compile(
    rf"{LEAD}(?:(?:the|those)(?: ones)?|which(?: ones)?)(?: (?:that|which|who))? (?:don't|do not|doesn't|does not|aren't|are not|haven't|have not|didn't)\W*$",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^(?P<who>(?:and |so )?who) (?:made|created|built) (?P<it>it|this|that)\b", re.IGNORECASE
)
_NOT_THOSE = re.compile(
    r"^(?:no,? )?not (?:those|these|that(?: one)?|this(?: one)?|them|it),? (?:but )?(?=the )", re.IGNORECASE
)
# "The newest one", after a set: which of these papers is.
_BY_DATE = re.compile(
    rf"{POLITE}(?:(?:what|how) about |show (?:me )?|which (?:(?:one|paper) )?is )?(?:the )?(?P<date>newest|latest|most recent|oldest|earliest)(?: (?:one|paper))?(?: of (?:them|these|those|all))?\W*$",
    re.IGNORECASE,
)
_AND_DROP_THE_REST = re.compile(
    r",? (?:and )?(?:drop|remove|leave out|forget|not) the (?:rest|others)\b", re.IGNORECASE
)
# "None of these. What about smell?": what follows has nothing to do with what was shown.
_LEAVING = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|no|thanks?|thank you|great|good|now)[\s,.!]+)*(?:none of (?:these|those|them)|forget (?!the\b|about the\b|number|paper|those|these|them)[\w ]{1,30}|"
    r"(?:now )?something (?:else|different)|(?:a )?(?:new|different|another|other|next) (?:question|topic))\s*[.,;:!-]+\s*(?=\w+ \w)",
    re.IGNORECASE,
)
_OF_THE_SET = re.compile(r"\b(?:of (?:them|these|those)|others)\b", re.IGNORECASE)


def follow(text: str, conversation: Conversation, *, today: date) -> FollowUp:
    """Return what a question means after a conversation; without a reference it is left as it is."""
    if elsewhere := read_elsewhere(text, conversation) or _spelled_out(text, conversation, today=today):
        return elsewhere
    if leaving := _LEAVING.match(text):
        return _left(text[leaving.end() :], conversation)
    said = _in_usual_words(text, conversation)
    if read_kind(said) is Kind.TALK:
        return FollowUp(said)
    wanted = _NOT_THOSE.sub("", _AND_DROP_THE_REST.sub("", said))
    period, undated = read_period(wanted, today=today, of_papers=bool(conversation.papers))
    return (
        read_dates(said, undated, conversation, period)
        or read_command(undated, conversation, period)
        or read_dispute(undated, conversation, period)
        or _pointing(said, undated, conversation, period)
        or read_against(said, Reference(conversation.about, said, ""), conversation, period)
        or _renamed(said, conversation)
        or _going_on(said, undated, conversation, period)
        or read_remark(said, conversation)
        or _left(said, conversation)
    )


def _in_usual_words(text: str, conversation: Conversation) -> str:
    """Write out what is said for short of papers that were shown: "the ones that don't", "the newest one"."""
    others = _THE_REST.sub("the others", text) if conversation.wider else text
    wrote = _WROTE.sub(r"\g<who> wrote \g<it>", others) if conversation.about else others
    return _BY_DATE.sub(r"which is the \g<date>?", wrote) if conversation.papers else wrote


def _spelled_out(text: str, conversation: Conversation, *, today: date) -> FollowUp | None:
    """Ask for papers that use what the last one proposes; "which of them use it?" asks the set."""
    spelled = None if read_dispute(text, conversation, Scope()) else spell_out(text, conversation)
    if spelled is None:
        return None
    if _OF_THE_SET.search(spelled.text):
        meant = follow(spelled.text, conversation, today=today)
        return replace(meant, notices=(*meant.notices, spelled.notice))
    kind = Kind.CORPUS if read_kind(spelled.text) is Kind.CORPUS else Kind.LIST
    left = _left(spelled.text, conversation)
    return replace(left, kind=kind, notices=(*left.notices, spelled.notice))


def _pointing(text: str, undated: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Ask what points at papers that were shown of these; None where nothing points."""
    reference = None if _OF_THE_LIBRARY.search(text) else find_reference(undated, conversation)
    return _asked_of(text, undated, reference, conversation, period) if reference else None


def _renamed(text: str, conversation: Conversation) -> FollowUp | None:
    """Ask the last question with another name in it: "and WrenNet?"; None for anything else."""
    anew = replaced(text, conversation)
    return FollowUp(anew, kind=conversation.kind, notices=(GOES_ON,)) if anew else None


def _going_on(text: str, undated: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Ask what goes on without pointing of the papers last asked about: "how many recordings?"; None for anything else."""
    reference = Reference(conversation.about, text, text)
    return _asked_of(text, undated, reference, conversation, period) if asks_on(text, conversation) else None


def _asked_of(
    text: str, undated: str, reference: Reference, conversation: Conversation, period: Scope
) -> FollowUp:
    if not reference.papers or MORE_THERE.search(text):
        return asked_in_vain(text, reference, conversation)
    return read_against(undated, reference, conversation, period) or ask_of_papers(
        undated, reference, conversation, period
    )


def _left(text: str, conversation: Conversation) -> FollowUp:
    """A new question, which says so where something was shown before."""
    left = f"A new question, asked of the whole library, not of the {counted(len(conversation.papers), 'paper')} before."
    return FollowUp(text, notices=(left,) if conversation.papers else ())
