"""Which sort of answer does a question expect, and does a paper hold one? Pure.

"Which corpus", "at which hospital", "how long": the noun behind the question word tells the type of the
answer (Li and Roth 2002, "Learning question classifiers", section 2). A paper that holds no candidate of
that type cannot hold the answer, whatever it is about. What the question says itself is no candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from rag.answering.refusing.foreign_names import Named, Telling, matches, names, speaks_of_others
from rag.answering.refusing.name_roles import Role, role
from rag.library.lexical import content_terms, stems

NOUN_PHRASE = (
    r"(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|must|may|might|will|would|should|of|in|on|at|to|for|from|with|by|that|and|or|the|a|an)\b)"
    r"[\w'-]+\s+){0,4}?"
)
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class AnswerType:
    """One sort of answer: how it is asked for, and what a sentence must hold that gives it.

    With `named`, the sentence must hold a name besides, which the question does not, and which is not
    the paper's own, unless `own` allows that; `barred` and `unlike` are no such names. `roles` are those that
    a candidate may have (`name_roles.py`); none means any. What `plain` finds gives the answer without a name.
    A group `near` of `asked` holds words that tell the thing apart ("surrogate" model): where sentences
    hold them, one of these must give the answer. With `found_here`, sentences about the work of others do not count. What is
    `last` is asked for only where the question asks for nothing else. With `echoed`, a word of the question may
    give the answer: "the loss is contrastive" tells which loss.
    """

    name: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]
    named: bool = False
    own: bool = False
    barred: frozenset[str] = frozenset()
    unlike: re.Pattern[str] = _NOTHING
    roles: frozenset[Role] = frozenset()
    plain: re.Pattern[str] = _NOTHING
    found_here: bool = False
    last: bool = False
    echoed: bool = False

    def is_given(self, telling: Telling, *, question: str, said: Set[str]) -> bool:
        """Tell whether a sentence holds a candidate; `said` has the words of the question in lower case."""
        known = self.barred | said | (telling.explained if self.own else telling.own)
        spans = [span for span in telling.spans if not (self.found_here and speaks_of_others(span))]
        return any(
            candidate.text.lower() not in (known if self.named else (frozenset() if self.echoed else said))
            and not self.unlike.search(candidate.text)
            and (not self.roles or role(candidate) in self.roles)
            for span in self._bound(spans, question)
            for candidate in self._candidates(span)
        ) or any(_finds(self.plain, span, said) for span in self._bound(spans, question))

    def _candidates(self, span: str) -> Iterator[Named]:
        if not self.named:
            yield from matches(self.stated, span)
        elif self.stated.search(span):
            yield from names(span)

    def _bound(self, spans: Sequence[str], question: str) -> Sequence[str]:
        """The sentences that hold the words which tell the thing apart; all, where none does."""
        match = self.asked.search(question)
        told = (
            frozenset(content_terms(match["near"] or ""))
            if match and "near" in match.groupdict()
            else frozenset()
        )
        return [span for span in spans if told & frozenset(stems(span))] or spans


def _finds(pattern: re.Pattern[str], span: str, said: Set[str]) -> bool:
    return any(match[0].lower() not in said for match in pattern.finditer(span))


def asked_by(nouns: str) -> re.Pattern[str]:
    """Return the pattern of a question for one of the nouns: "which" or "what", and up to four words before it.

    >>> bool(asked_by("corpus").search("From which large speech corpus does it come?"))
    True
    """
    return asked_as(rf"\b(?:which|what)\s+{NOUN_PHRASE}(?:{nouns})\b")


def asked_as(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a question, whatever the case."""
    return re.compile(pattern, re.IGNORECASE)
