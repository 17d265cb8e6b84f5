"""The end of the line: sentences with their footnotes, and all that tells how they came about.

Refusal is a status, not an error. What the checks refused is kept apart, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rag.types.comparisons import Comparison
from rag.types.criteria import Judgement
from rag.types.papers import Paper, PaperId
from rag.types.questions import Question
from rag.types.rankings import Ranking
from rag.types.spans import Evidence
from rag.types.verdicts import Theme, Verdict


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote: its number in the answer and the words that it points to.

    `added` tells that the checks found the source; the writer had not cited it.
    """

    number: int
    paper_id: PaperId
    evidence: tuple[Evidence, ...]
    added: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer. `supported` is the verdict of the checks; `reason` says why not.

    `claims` is False for a sentence that states nothing ("Here is what I found.") and needs no footnote.
    `lead` names the paper in front of a quote that begins with a word for it, or the aspect that a quote
    of a comparison shows; it is no part of the text.
    """

    text: str
    citations: tuple[Citation, ...]
    supported: bool
    reason: str = ""
    claims: bool = True
    lead: str = ""


class Status(StrEnum):
    """How an answer ended. Only `ANSWERED` and `PARTIAL` come with sentences about papers."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_STATED = "not_stated"
    NOT_IN_LIBRARY = "not_in_library"
    FILTER_EMPTY = "filter_empty"
    NO_QUESTION = "no_question"

    @property
    def words(self) -> str:
        """The status as it is read: `not in library`."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered paper of an answer: what a footnote opens."""

    number: int
    paper: Paper
    evidence: tuple[Evidence, ...]
    verdict: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a model server counted; None where it said nothing. `cost` in US dollars, None without prices."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. `writer` is `quotes` or `llm:MODEL`; `notices` are one line each.

    `dropped` holds the sentences that a writer produced and the checks refused, each with its
    reason; they are no part of `sentences`. `judged` counts the papers that were looked at. `missing`
    says in one line what the library does not hold of the answer, empty if nothing is known to be missing.
    `prompts` is the version of the prompts that a model was given, empty where none was asked.
    """

    question: Question
    status: Status
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    ranking: Ranking
    writer: str
    judged: int
    verdicts: tuple[Verdict, ...] = ()
    themes: tuple[Theme, ...] = ()
    comparison: Comparison | None = None
    dropped: tuple[Sentence, ...] = ()
    missing: str = ""
    notices: tuple[str, ...] = ()
    prompts: str = ""
    usage: Usage = Usage()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
