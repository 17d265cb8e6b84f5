"""A reference that points at nothing: what is said of it, and what is asked instead. Pure."""

from __future__ import annotations

import re

from rag.answering.asking.intent import read_kind
from rag.answering.asking.meant import FollowUp, Reference, no_such_paper, untold
from rag.answering.asking.mentions import content_words
from rag.answering.asking.remarks import MORE_THERE, ask_again
from rag.numbers import counted
from rag.types import Conversation, Kind

# Of papers that the question itself speaks of.
_THE_PAPERS = re.compile(r"\b(?:the|any) (?:papers|works|studies|results)\b|^any$", re.IGNORECASE)
_FIRST_PAPERS_ON = re.compile(
    r"\b(?:first|last|top) (?:\w+ )?(?:papers|works|studies|surveys) (?:on|about|of|for|that|which)\b",
    re.IGNORECASE,
)
_SOME_PAPER = re.compile(
    r"\b(?:papers?|works?|study|studies|articles?|surveys?|authors?|people)\b", re.IGNORECASE
)
_OTHERS_THERE = re.compile(r"\b(?:others?|rest)\b", re.IGNORECASE)
# "Summarise the fifth one": without the fifth nothing is left to search for.
_ONLY_ASKS = re.compile(
    r"\b(?:summari[sz]e|sum up|summary|describe|explain|details?|abstract|open|compare|quote|cite|export)\b",
    re.IGNORECASE,
)


def asked_in_vain(text: str, reference: Reference, conversation: Conversation) -> FollowUp:
    """Say that a reference points at nothing; "any others?" after a whole set asks anew."""
    if missing := no_such_paper(text, reference, conversation):
        return missing
    if not conversation.papers:
        return _nothing_meant(text, reference, conversation)
    if _OTHERS_THERE.search(reference.words) or MORE_THERE.search(text):
        return ask_again(text, conversation)
    none = (
        f"“{reference.words}” is none of the {counted(len(conversation.papers), 'paper')} of the last answer"
    )
    if not content_words(_ONLY_ASKS.sub(" ", reference.rest)):
        return untold(text, f"{none}.")
    return FollowUp(text, notices=(f"{none}: asked of the whole library.",))


def _nothing_meant(text: str, reference: Reference, conversation: Conversation) -> FollowUp:
    """Say that no papers were shown that words could point at, if they must point at some."""
    if _stands_alone(text, reference):
        return FollowUp(text)
    if conversation.question:
        return untold(
            text,
            f"The last answer listed no papers that “{reference.words}” could mean: ask for them first.",
        )
    nothing = f"Nothing was shown before that “{reference.words}” could mean: taken as a question of its own."
    return FollowUp(text, notices=(nothing,))


def _stands_alone(text: str, reference: Reference) -> bool:
    """Tell words that need nothing before them: "do the papers agree on owls?", "where they use maps" of a paper that is looked for."""
    if read_kind(text) is Kind.CORPUS:  # "which files are these from?": the library's papers
        return True
    before = text.lower().partition(reference.words.lower())[0]
    return bool(
        _THE_PAPERS.search(reference.words)
        or _FIRST_PAPERS_ON.search(text)
        or (re.search(r"\bthey\b", reference.words, re.IGNORECASE) and _SOME_PAPER.search(before))
    )
