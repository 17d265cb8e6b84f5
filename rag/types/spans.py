"""Words of an abstract that know where they stand.

Offsets count characters of the stored, cleaned abstract. Two invariants hold everywhere: a passage
and a piece of evidence are exactly the words that stand between their offsets. The splitter and
`Evidence.cut` are the only places that make them, and property tests hold both.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.types.papers import Paper, PaperId


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the words that the span covers.

        >>> Span(0, 5).of("Local features")
        'Local'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of an abstract: `abstract[start:end] == text`, always."""

    paper_id: PaperId
    ordinal: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an abstract: `abstract[start:end] == quote`, always.

    `score` orders the evidence of one paper (0 to 1, higher is closer to the question); scores of
    different questions do not compare.
    """

    paper_id: PaperId
    start: int
    end: int
    quote: str
    score: float

    @classmethod
    def cut(cls, paper: Paper, span: Span, *, score: float) -> Evidence:
        """Cut evidence out of a paper, so that quote and offsets cannot disagree."""
        return cls(paper.id, span.start, span.end, span.of(paper.abstract), score)
