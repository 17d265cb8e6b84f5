"""Two questions in one message: "is there work on owls? If so, which data sets do they use?" Pure.

Where the first asks for papers, it is answered, and the other is told in a notice: asked next, it is asked of these
papers. What one paper is asked ("how does it work? is the code public?") is left whole: its abstract answers both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.asking.heads import cut_head
from rag.answering.asking.intent import read_kind
from rag.answering.asking.mentions import content_words
from rag.types import Kind

_ASKS = r"(?:which|what|how|why|who|whose|where|when|do|does|did|is|are|was|were|has|have|can|could|compare|explain|on|in|for)"
_BACK = r"(?:they|them|these|those|their|it)"
_IF_SO = r"(?:if (?:so|yes|any|not|there (?:is|are)(?: any| some)?),? )"
_SPLITS = (
    re.compile(rf"\?\s+(?=(?:(?:and|or|but|also),? )?{_IF_SO}?{_ASKS}\b.*\w)", re.IGNORECASE),
    re.compile(rf",? (?:and |or )?(?={_IF_SO}{_ASKS}\b)", re.IGNORECASE),
    # "Who works on owls, and what data do they use?", "which use maps and what for?"
    re.compile(
        rf",? and (?=(?:which|what|how|why|who|where|when) (?:of {_BACK}\b|(?:[\w-]+ ){{0,3}}(?:do|does|did|are|is|were) {_BACK}\b|is the \w+est\b|for\W*$))",
        re.IGNORECASE,
    ),
)
_LEADS = re.compile(rf"^(?:(?:and|or|but|also),? )?{_IF_SO}?", re.IGNORECASE)
# The list itself tells which they are.
_TOLD_ANYWAY = re.compile(
    r"(?:which|what)(?: (?:ones|are they|is it|one is it))?(?: called| named)?\W*", re.IGNORECASE
)
_NO_TOPIC = re.compile(r"\b(?:ideas?|suggestions?|help\w*|questions?|tips|pointers)\b", re.IGNORECASE)
_LONGEST = 300  # characters


@dataclass(frozen=True, slots=True)
class TwoQuestions:
    """What is asked first, and what is asked beside it; "" for what the answer to the first tells anyway."""

    first: str
    other: str

    @property
    def notice(self) -> str:
        """What becomes of the other question, in a line."""
        return f"Two questions at once: this answers the first. Ask the other one next: “{self.other}”"


def split_questions(text: str) -> TwoQuestions | None:
    """Return the two questions of a message that asks for papers first; None for anything else.

    >>> split_questions("Is there work on owls? If so, which data sets do they use?")
    TwoQuestions(first='Is there work on owls?', other='which data sets do they use?')
    >>> split_questions("who studies owls, and how do they count them?").first
    'who studies owls?'
    >>> split_questions("does any paper use maps? which ones?").other, split_questions("is it fast? and is it small?")
    ('', None)
    """
    if len(text) > _LONGEST:
        return None
    for split in _SPLITS:
        if match := split.search(text):
            first = f"{text[: match.start()].rstrip(' ,?')}?"
            other = _LEADS.sub("", text[match.end() :])
            return (
                TwoQuestions(first, "" if _TOLD_ANYWAY.fullmatch(other) else other)
                if _asks_for_papers(first)
                else None
            )
    return None


def _asks_for_papers(first: str) -> bool:
    topic = content_words(_NO_TOPIC.sub(" ", cut_head(first)[1]))
    return bool(topic) and read_kind(first) in {Kind.LIST, Kind.CORPUS}
