"""Which sort of answer does a question expect, and does a paper hold one? Pure.

"Which corpus", "at which hospital", "how long": the noun behind the question word tells the type of the
answer (Li and Roth 2002, "Learning question classifiers", section 2). A paper that holds no candidate of
that type cannot hold the answer, whatever it is about. What the question says itself is no candidate.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from rag.answering.refusing.foreign_names import Telling, names

NOUN_PHRASE = (
    r"(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|of|in|on|at|to|for|from|with|by|that|and|or|the|a|an)\b)"
    r"[\w'-]+\s+){0,4}?"
)
_NOTHING = re.compile(r"(?!)")
_OTHERS = re.compile(
    r"\b(?:existing|previous|prior|recent|traditional|conventional|most current)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AnswerType:
    """One sort of answer: how it is asked for, and what a sentence must hold that gives it.

    With `named`, the sentence must hold a name besides, which the question does not, and which is not
    the paper's own, unless `own` allows that; `barred` and `unlike` are no such names. With
    `found_here`, sentences about the work of others do not count.
    """

    name: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]
    named: bool = False
    own: bool = False
    barred: frozenset[str] = frozenset()
    unlike: re.Pattern[str] = _NOTHING
    found_here: bool = False

    def is_given(self, telling: Telling, *, said: Set[str]) -> bool:
        """Tell whether a sentence holds a candidate; `said` has the words of the question in lower case."""
        spans = (span for span in telling.spans if not (self.found_here and _OTHERS.search(span)))
        if not self.named:
            return any(match[0].lower() not in said for span in spans for match in self.stated.finditer(span))
        known = self.barred | said | (telling.explained if self.own else telling.own)
        return any(
            name.lower() not in known and not self.unlike.search(name)
            for span in spans
            if self.stated.search(span)
            for name in names(span)
        )


def asked_by(nouns: str) -> re.Pattern[str]:
    """Return the pattern of a question for one of the nouns: "which" or "what", and up to four words before it.

    >>> bool(asked_by("corpus").search("From which large speech corpus does it come?"))
    True
    """
    return asked_as(rf"\b(?:which|what)\s+{NOUN_PHRASE}(?:{nouns})\b")


def asked_as(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a question, whatever the case."""
    return re.compile(pattern, re.IGNORECASE)
