"""The writer that needs no model: sentences of the abstracts, chosen and ordered, word for word.

A list question takes every paper that ranks near the best one. Any other question takes the paper in
front, with those that it is compared with or that speak as closely, and of each the sentences that
answer. Each sentence is a quote with its offsets, so there is nothing in it to check but where it
stands. What two papers say alike is quoted once and cites both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.comparing.asked_aspect import asked_aspect, meant_paper
from rag.answering.writing.asked_term import asked_term
from rag.answering.writing.definitions import order_by_meaning, read_term
from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.quoted_papers import asked_together, beside
from rag.answering.writing.selection import choose_quotes
from rag.library.lexical import stems
from rag.types import Evidence, Kind, Paper, Question, RankedPaper, Ranking, SentenceReady

WRITER = "quotes"
HOW = "Quotes from the abstracts, chosen and ordered by Footnote; no language model wrote this."

_SETS = frozenset({Kind.LIST, Kind.CORPUS})
_DANGLING = re.compile(
    r"^(?:It|Its|This|These|They|Their|Such|The (?:method|approach|model|framework|authors|proposed \w+|resulting \w+)"
    r"|Our|We|Here|In (?:this|contrast|addition)|Moreover|Furthermore|Additionally|However|Thus|Hence)\b"
)
_LONGEST_LEAD = 60
_NEVER = 2.0


@dataclass(frozen=True, slots=True)
class QuotesSettings:
    """Cuts of the quotes writer.

    A list takes the papers whose fused score reaches `list_share` of the best one's, at least
    `list_least` and at most `list_most` of them, and `list_quotes` sentences of each. Other answers
    take `aspect`, `fact` or `alone` sentences of a single paper, or `together` of each of several that are asked
    for side by side. Beside a single one, `aside` sentences of a paper whose best evidence reaches
    `standout` of the first one's; at most `papers` in all. A term's meaning is looked for in the first `meaning` papers. Quotes of two papers are alike if they share
    `alike` of their words. A fact is cut off at `screen` words. Fixed on the tuning half of the reference questions, lists by the F1 of the cited set,
    the others by the nuggets that their quotes hold.
    """

    list_share: float = 0.5
    list_least: int = 8
    list_most: int = 30
    list_quotes: int = 2
    fact: int = 3
    aspect: int = 3
    alone: int = 5
    together: int = 5
    aside: int = 2
    standout: float = 0.9
    papers: int = 3
    meaning: int = 10
    alike: float = 0.6
    screen: int = 220


@dataclass(frozen=True, slots=True)
class _Quote:
    """A sentence and the papers that say it, the one that is quoted first."""

    said: tuple[tuple[Paper, Evidence], ...]
    words: frozenset[str]
    lead: str


QUOTED = QuotesSettings()
WHOLE_LIST = QuotesSettings(list_share=0.0, list_most=1_000_000)  # of papers that were counted before


def write_quotes(
    question: Question, ranking: Ranking, footnotes: Footnotes, settings: QuotesSettings = QUOTED
) -> Iterator[SentenceReady]:
    """Yield quoted sentences, best paper first, each with the sources it is the first to cite."""
    # Each entry of a list keeps a quote of its own.
    alike = _NEVER if question.kind in _SETS else settings.alike
    quotes = _merged(_chosen(question, ranking, settings), alike=alike)
    for quote in _on_a_screen(quotes, settings.screen) if question.kind is Kind.FACT else quotes:
        said = [(paper, (evidence,)) for paper, evidence in quote.said]
        yield footnotes.write(quote.said[0][1].quote, said, lead=quote.lead)


def is_shown_again(question: Question) -> bool:
    """Tell whether a question asks for a set that was shown before, and nothing more of it: "export these"."""
    return bool(question.scope.ids) and question.kind is Kind.LIST and not question.criteria.clauses


def _chosen(
    question: Question, ranking: Ranking, settings: QuotesSettings
) -> list[tuple[Paper, tuple[Evidence, ...]]]:
    """Return the papers to quote with their sentences, in the order of the abstracts."""
    if question.kind in _SETS:
        return [
            (ranked.paper, tuple(sorted(ranked.evidence[: settings.list_quotes], key=lambda e: e.start)))
            for ranked in listed_papers(question, ranking.papers, settings)
        ]
    if ranking.papers and (name := asked_term(ranking.searched_for or question.text, question.kind)):
        return _explained(question, name, ranking, settings)
    if (aspect := asked_aspect(question.text)) and (meant := meant_paper(aspect, ranking)):
        return [(meant.paper, choose_quotes(question, meant, ranking.rarity, most=settings.aspect))]
    asked = asked_together(question, ranking, most=settings.papers)
    if len(asked) > 1:
        return [
            (ranked.paper, choose_quotes(question, ranked, ranking.rarity, most=settings.together))
            for ranked in asked
        ]
    alone = settings.fact if question.kind is Kind.FACT else settings.alone
    close = beside(question, ranking, asked, most=settings.papers, standout=settings.standout)
    return [
        (ranked.paper, choose_quotes(question, ranked, ranking.rarity, most=most))
        for ranked, most in [*((r, alone) for r in asked), *((r, settings.aside) for r in close)]
    ]


def _explained(
    question: Question, name: str, ranking: Ranking, settings: QuotesSettings
) -> list[tuple[Paper, tuple[Evidence, ...]]]:
    """Return the paper that says what a term means, and those beside it that speak of it too."""
    aspect = asked_aspect(question.text)
    meant = meant_paper(aspect, ranking) if aspect else None
    near = ranking.papers[: settings.meaning]
    term = read_term(name, [ranked.paper for ranked in near])
    if meant and term.is_borne_by(meant.paper):
        return [
            (meant.paper, choose_quotes(question, meant, ranking.rarity, most=settings.aspect, term=term))
        ]
    first, *others = near if ranking.named else order_by_meaning(term, near)
    ordered = replace(ranking, papers=(first, *others))
    close = beside(question, ordered, [first], most=settings.papers, standout=settings.standout)
    alone = settings.fact if question.kind is Kind.FACT else settings.alone
    return [
        (ranked.paper, choose_quotes(question, ranked, ranking.rarity, most=most, term=term))
        for ranked, most in [
            (first, alone),
            *((r, settings.aside) for r in close if term.is_held_by(r.paper)),
        ]
    ]


def _on_a_screen(quotes: Sequence[_Quote], words: int) -> Iterator[_Quote]:
    """Yield quotes in order while they fit; the first in any case."""
    left = words
    for place, quote in enumerate(quotes):
        left -= len(quote.said[0][1].quote.split())
        if left < 0 and place:
            return
        yield quote


def listed_papers(
    question: Question, papers: Sequence[RankedPaper], settings: QuotesSettings = QUOTED
) -> Sequence[RankedPaper]:
    """The papers of a list; of a set that was shown before, and of which nothing more is asked, all in its order."""
    if is_shown_again(question):
        places = {paper_id: place for place, paper_id in enumerate(question.scope.ids or ())}
        return sorted(papers, key=lambda ranked: places.get(ranked.paper.id, len(places)))
    return _listed(papers, settings)


def _listed(papers: Sequence[RankedPaper], settings: QuotesSettings) -> list[RankedPaper]:
    """The papers near the best; the first few in any case."""
    least = settings.list_share * papers[0].score if papers else 0.0
    near = [ranked for ranked in papers if ranked.rank <= settings.list_least or ranked.score >= least]
    return near[: settings.list_most]


def _merged(chosen: Sequence[tuple[Paper, tuple[Evidence, ...]]], *, alike: float) -> list[_Quote]:
    """Join what later papers say alike to the first quote that says it; above 1, nothing is alike."""
    quotes: list[_Quote] = []
    for paper, sentences in chosen:
        last = -1
        for evidence in sentences:
            words = frozenset(stems(evidence.quote))
            twin = _twin(quotes, paper, words, alike=alike)
            if twin is None:
                follows = 0 <= last <= evidence.start <= last + 1
                lead = "" if follows else _lead(paper, evidence.quote)
                quotes.append(_Quote(((paper, evidence),), words, lead))
            else:
                quotes[twin] = replace(quotes[twin], said=(*quotes[twin].said, (paper, evidence)))
            last = evidence.end
    return quotes


def _twin(quotes: Sequence[_Quote], paper: Paper, words: frozenset[str], *, alike: float) -> int | None:
    for place, quote in enumerate(quotes):
        is_foreign = all(said.id != paper.id for said, _ in quote.said)
        if is_foreign and len(words & quote.words) >= alike * len(words | quote.words) > 0:
            return place
    return None


def _lead(paper: Paper, quote: str) -> str:
    """Name the paper in front of a quote that begins with a word for it ("This method ...")."""
    name = paper.title.partition(":")[0].strip()
    if not _DANGLING.match(quote) or name in quote:
        return ""
    return name if len(name) <= _LONGEST_LEAD else f"{name[: _LONGEST_LEAD - 1].rstrip()}…"
