"""A summary of one paper, in its own words: its problem, method, data, result and limits, as far as it says. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from rag.answering.asking.asked_about import summarised
from rag.answering.comparing.aspects import ASPECTS, choose_cell
from rag.answering.comparing.compared import Compared
from rag.answering.comparing.comparison import write_comparison
from rag.answering.comparing.one_paper import find_meant
from rag.answering.writing.footnotes import Footnotes, remark
from rag.types import Cell, ComparedPaper, Comparison, Kind, Question, RankedPaper, Ranking, SentenceReady


def find_summarised(question: Question, ranking: Ranking) -> RankedPaper | None:
    """Return the paper that a question wants summarised; None if it asks for something else.

    A description means the paper that was found first; a name must be a paper's own: "tell me about diffusion" is
    no question about one paper.
    """
    what = summarised(question.text) if question.kind is Kind.FACT else ""
    if not (what and ranking.papers):
        return None
    if ranking.named or question.scope.ids is not None:
        return ranking.papers[0]
    return find_meant(what, ranking.papers)


def write_summary(ranked: RankedPaper, ranking: Ranking, footnotes: Footnotes) -> Iterator[SentenceReady]:
    """Yield the sentences that show an aspect, each once, led by what they show."""
    cells = tuple(Cell(aspect.name, choose_cell(ranked.paper, aspect)) for aspect in ASPECTS)
    table = Comparison(tuple(cell.aspect for cell in cells), (ComparedPaper(ranked.paper.id, cells),))
    yield from write_comparison(table, Compared((ranked,), ranking), footnotes)
    if silent := [cell.aspect for cell in cells if not cell.evidence]:
        yield remark(f"The abstract does not say: {', '.join(silent)}.")
