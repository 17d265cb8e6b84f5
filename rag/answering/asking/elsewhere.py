"""Follow-ups that leave what the last answer listed: none of it, a topic of the library, a set from before. Pure."""

from __future__ import annotations

import re

from rag.answering.asking.asking_words import opening
from rag.answering.asking.meant import FollowUp, untold
from rag.answering.asking.ordinals import place_of
from rag.answering.asking.pointing import ORDINALS, SHORT_ORDINAL
from rag.types import Conversation, Kind

_LEAD = opening("no", "let's", "let us")
_NONE = re.compile(
    rf"{_LEAD}(?:neither|none|nothing)(?: (?:of (?:these|those|them|it|the (?:above|papers|two))))?(?: (?:fits?|works?|helps?|is right|will do|please|thanks|really))*\W*$",
    re.IGNORECASE,
)
_NONE_LINE = (
    "None of the papers of the last answer, then: say in other words what is looked for, or what they lack."
)
_THEME = re.compile(
    rf"\b(?:the (?P<nth>{'|'.join((*ORDINALS, SHORT_ORDINAL, 'last'))}) (?:main )?(?:topic|theme|subject|group)|(?:topic|theme|subject|group) (?:number |no\.? ?)?(?P<number>\d{{1,2}}))\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"{_LEAD}(?:go(?:ing)? )?back to (?:the |those )?(?P<topic>(?!(?:whole|full|last|first|previous|other|same|second|third|two|three|list|set|these|those|old|newer|older)\b)[\w-]+(?: [\w-]+){{0,4}}?) (?:ones|papers|works|studies)"
    r"(?:\s*[:,;.-]\s*(?:which|who)(?: (?:ones|papers|of (?:them|those|these)))? (?P<what>(?!(?:is|was|one)\b)\S.{0,200}?))?\W*$",
    re.IGNORECASE,
)


def read_elsewhere(text: str, conversation: Conversation) -> FollowUp | None:
    """Return what such a follow-up asks; None for anything else.

    A topic that was told of the library has one paper that was shown for it: papers like that one are of it.
    """
    if not conversation.papers:
        return None
    if _NONE.match(text):
        return untold(text, _NONE_LINE)
    if back := _BACK.match(text):
        that = f" and that {back['what']}" if back["what"] else ""
        return FollowUp(f"papers on {back['topic']}{that}", kind=Kind.LIST)
    theme = _THEME.search(text) if conversation.kind is Kind.CORPUS else None
    return _papers_of(theme, conversation) if theme else None


def _papers_of(theme: re.Match[str], conversation: Conversation) -> FollowUp | None:
    """Ask for papers like the one that was shown for a topic, if there is such a topic."""
    size = len(conversation.papers)
    place = place_of((theme["nth"] or theme["number"]).lower(), size)
    if place is None:
        return None
    if place >= size:
        missing = theme["nth"] or f"number {theme['number']}"
        return untold(theme.string, f"The last answer has {size} topics: there is no {missing}.")
    shown = conversation.papers[place].title
    told = f"“{shown}” was shown for this topic: these are papers like it."
    return FollowUp(f"papers like “{shown}”", kind=Kind.LIST, notices=(told,))
