"""The writer that needs no model: sentences of the abstracts, chosen and ordered, word for word.

A list question takes every paper whose title and evidence hold enough of what was asked; any other
question takes the few papers that stand out. Each sentence is a quote with its offsets, so there is
nothing in it to check but where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.footnotes import Footnotes
from rag.retrieval.evidence import QuestionWords, evidence_coverage
from rag.types import Kind, Question, RankedPaper, Ranking, Sentence, Source

WRITER = "quotes"
HOW = "Quotes from the abstracts, chosen and ordered by Footnote; no language model wrote this."


@dataclass(frozen=True, slots=True)
class QuotesSettings:
    """Cuts of the quotes writer.

    `list_coverage` is the share of the question's words (by rarity, 0 to 1) that a paper's title and
    evidence must hold to stand in a list; `list_score` admits a paper by the score of its evidence
    instead. `standout` is the share of the best evidence score that a paper must reach elsewhere.
    """

    list_coverage: float = 0.6
    list_score: float = 0.5
    list_least: int = 3
    list_most: int = 30
    standout: float = 0.7
    most: int = 4


def write_quotes(
    question: Question,
    ranking: Ranking,
    words: QuestionWords,
    footnotes: Footnotes,
    settings: QuotesSettings = QuotesSettings(),  # frozen numbers, shared safely
) -> Iterator[tuple[Sentence, tuple[Source, ...]]]:
    """Yield quoted sentences, best paper first, each with the sources it is the first to cite."""
    chosen = (
        _listed(ranking.papers, words, settings)
        if question.kind in (Kind.LIST, Kind.CORPUS)
        else _standing_out(ranking.papers, settings)
    )
    for ranked in chosen:
        seen = len(footnotes.sources())
        for evidence in ranked.evidence:
            citation = footnotes.cite(ranked.paper, (evidence,))
            fresh = footnotes.sources()[seen:]
            yield Sentence(evidence.quote, (citation,), supported=True), fresh
            seen = len(footnotes.sources())


def _listed(
    papers: Sequence[RankedPaper], words: QuestionWords, settings: QuotesSettings
) -> list[RankedPaper]:
    """Papers that hold enough of the question; the first few in any case."""

    def belongs(ranked: RankedPaper) -> bool:
        held = evidence_coverage(ranked.evidence, ranked.paper.title, words)
        best = max((e.score for e in ranked.evidence), default=0.0)
        return held >= settings.list_coverage or best >= settings.list_score

    members = [ranked for ranked in papers if ranked.rank <= settings.list_least or belongs(ranked)]
    return members[: settings.list_most]


def _standing_out(papers: Sequence[RankedPaper], settings: QuotesSettings) -> list[RankedPaper]:
    """The best papers whose evidence comes near that of the best."""
    first = papers[: settings.most]
    top = max((e.score for ranked in first for e in ranked.evidence), default=0.0)
    return [
        ranked
        for ranked in first
        if ranked.rank == 1 or max((e.score for e in ranked.evidence), default=0.0) >= settings.standout * top
    ]
