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
    `list_least` and at most `list_most` of them, and `list_quotes` sentences of each. Other answers
    take at most `fact_papers` or `other_papers`, those whose fused score and best evidence reach the
    share `standout` of the first one's: `first_quotes` sentences of the first, `next_quotes` of the
    others. The cuts were fixed on the tuning half of the reference questions, lists by the F1 of the
    cited set, the others by the nuggets that their quotes hold.
    """

    list_share: float = 0.5
    list_least: int = 8
    list_most: int = 30
    list_quotes: int = 2
    standout: float = 0.7
    fact_papers: int = 2
    other_papers: int = 4
    first_quotes: int = 4
    next_quotes: int = 3


_DEFAULTS = QuotesSettings()


def write_quotes(
    question: Question, ranking: Ranking, footnotes: Footnotes, settings: QuotesSettings = _DEFAULTS
) -> Iterator[tuple[Sentence, tuple[Source, ...]]]:
    """Yield quoted sentences, best paper first, each with the sources it is the first to cite."""
    for ranked, most in _chosen(question.kind, ranking.papers, settings):
        for evidence in sorted(ranked.evidence[:most], key=lambda e: e.start):
            before = len(footnotes.sources())
            citation = footnotes.cite(ranked.paper, (evidence,))
            yield Sentence(evidence.quote, (citation,), supported=True), footnotes.sources()[before:]


def _chosen(
    kind: Kind, papers: Sequence[RankedPaper], settings: QuotesSettings
) -> list[tuple[RankedPaper, int]]:
    """Return the papers to quote, each with the number of its sentences."""
    if kind in {Kind.LIST, Kind.CORPUS}:
        return [(ranked, settings.list_quotes) for ranked in _listed(papers, settings)]
    most = settings.fact_papers if kind is Kind.FACT else settings.other_papers
    return [
        (ranked, settings.first_quotes if ranked.rank == 1 else settings.next_quotes)
        for ranked in _standing_out(papers[:most], share=settings.standout)
    ]


def _listed(papers: Sequence[RankedPaper], settings: QuotesSettings) -> list[RankedPaper]:
    """The papers near the best; the first few in any case."""
    least = settings.list_share * papers[0].score if papers else 0.0
    near = [ranked for ranked in papers if ranked.rank <= settings.list_least or ranked.score >= least]
    return near[: settings.list_most]


def _standing_out(papers: Sequence[RankedPaper], *, share: float) -> list[RankedPaper]:
    """The papers that come near the first one, by rank and by their words."""
    top = max(map(_best_words, papers), default=0.0)
    return [
        ranked
        for ranked in papers
        if ranked.rank == 1
        or (ranked.score >= share * papers[0].score and _best_words(ranked) >= share * top)
    ]


def _best_words(ranked: RankedPaper) -> float:
    return max((evidence.score for evidence in ranked.evidence), default=0.0)
