"""The writer that needs no model: sentences of the abstracts, chosen and ordered, word for word.

A list question takes every paper that ranks near the best one; any other question takes the few
papers whose words stand out. Each sentence is a quote with its offsets, so there is nothing in it
to check but where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.footnotes import Footnotes
from rag.types import Kind, Question, RankedPaper, Ranking, Sentence, Source

WRITER = "quotes"
HOW = "Quotes from the abstracts, chosen and ordered by Footnote; no language model wrote this."


@dataclass(frozen=True, slots=True)
class QuotesSettings:
    """Cuts of the quotes writer.

    A list takes the papers whose fused score reaches `list_share` of the best one's, at least
    `list_least` and at most `list_most` of them (fixed on 29 set questions, where it gave the best F1
    of the cuts tried). Other answers take at most `most` papers, those whose fused score and best
    evidence reach the given shares of the highest.
    """

    list_share: float = 0.5
    list_least: int = 8
    list_most: int = 30
    standout_rank: float = 0.6
    standout_words: float = 0.6
    most: int = 4


_DEFAULTS = QuotesSettings()


def write_quotes(
    question: Question, ranking: Ranking, footnotes: Footnotes, settings: QuotesSettings = _DEFAULTS
) -> Iterator[tuple[Sentence, tuple[Source, ...]]]:
    """Yield quoted sentences, best paper first, each with the sources it is the first to cite."""
    chosen = (
        _listed(ranking.papers, settings)
        if question.kind in {Kind.LIST, Kind.CORPUS}
        else _standing_out(ranking.papers, settings)
    )
    for ranked in chosen:
        for evidence in sorted(ranked.evidence, key=lambda e: e.start):
            before = len(footnotes.sources())
            citation = footnotes.cite(ranked.paper, (evidence,))
            yield Sentence(evidence.quote, (citation,), supported=True), footnotes.sources()[before:]


def _listed(papers: Sequence[RankedPaper], settings: QuotesSettings) -> list[RankedPaper]:
    """The papers near the best; the first few in any case."""
    least = settings.list_share * papers[0].score if papers else 0.0
    near = [ranked for ranked in papers if ranked.rank <= settings.list_least or ranked.score >= least]
    return near[: settings.list_most]


def _standing_out(papers: Sequence[RankedPaper], settings: QuotesSettings) -> list[RankedPaper]:
    """The best papers that come near the first, by rank and by their words."""
    first = papers[: settings.most]
    if not first:
        return []
    top = max(map(_best_words, first))
    return [
        ranked
        for ranked in first
        if ranked.rank == 1
        or (
            ranked.score >= settings.standout_rank * first[0].score
            and _best_words(ranked) >= settings.standout_words * top
        )
    ]


def _best_words(ranked: RankedPaper) -> float:
    return max((evidence.score for evidence in ranked.evidence), default=0.0)
