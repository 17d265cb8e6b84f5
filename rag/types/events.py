"""What is yielded while an answer comes about, from the question as it was understood to the whole answer.

Terminal, browser and evaluation follow the same events; `Completed` is the last.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.types.answers import Answer, Sentence, Source
from rag.types.questions import Question
from rag.types.rankings import Ranking
from rag.types.verdicts import Estimate, Member


@dataclass(frozen=True, slots=True)
class Resolved:
    """The question as it was understood."""

    question: Question


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The library was searched."""

    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that takes a while begins, in one line; it is no part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Estimated:
    """What judging a set will take. `budget` in US dollars is exceeded by `whole`, if that is not None.

    `planned` is what will be done now: the same papers, or as many as the budget holds, nearest first.
    Whoever wants the whole stops here, and asks again with leave to spend it.
    """

    planned: Estimate
    whole: Estimate | None = None
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """A set is being judged: `judged` of `of` papers so far, `found` of them belong.

    `members` are those that were found since the last such event; `seconds_left` is None at first.
    """

    judged: int
    of: int
    found: int
    seconds_left: float | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One checked sentence, with the sources that it is the first to cite."""

    sentence: Sentence
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The writer failed: the sentences shown so far do not count, another writer begins anew."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know, in one line: a fallback, an index still being built."""

    text: str


@dataclass(frozen=True, slots=True)
class Completed:
    """The end of the line: the whole answer."""

    answer: Answer


AnswerEvent = (
    Resolved | Retrieved | Waiting | Estimated | Judging | SentenceReady | Withdrawn | Notice | Completed
)
