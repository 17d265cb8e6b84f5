"""Rankings of a few papers, and what is quoted from them."""

from __future__ import annotations

from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.quotes import QuotesSettings, write_quotes
from rag.library.lexical import content_terms
from rag.types import Evidence, Kind, Paper, PaperId, Question, RankedPaper, Ranking, Sentence, Span

LEAF = Paper(
    PaperId("leafnet"),
    "LeafNet: Telling Trees by their Leaves",
    "Trees are hard to tell apart in winter. LeafNet reads the veins of a leaf by tracing them. "
    "It reaches 91.5% accuracy on Arbor20. Experiments on Arbor20 and LEAF-5 were run for a week. "
    "Many people like trees. The code is open. Trees grow slowly. Leaves fall early.",
)


BARK = Paper(
    PaperId("barkscan"),
    "BarkScan: Trees from Bark Alone",
    "Trees are hard to tell apart in the winter. BarkScan reads the bark of trees, by tracing its ridges, "
    "because bark does not fall. It reaches 80% accuracy.",
)


def quote(text: str, kind: Kind, *papers: Paper, settings: QuotesSettings | None = None) -> list[Sentence]:
    """What is quoted for a question from papers ranked as given, each with its first sentence as evidence."""
    question = Question(text, kind, text)
    ranked = tuple(
        RankedPaper(
            paper, rank, 1.0, (Evidence.cut(paper, Span(0, paper.abstract.index(".") + 1), score=0.3),)
        )
        for rank, paper in enumerate(papers, start=1)
    )
    rarity = dict.fromkeys(content_terms(text), 0.5)
    ranking = Ranking(question, ranked, len(papers), len(papers), 0.5, 0.5, rarity=rarity)
    return [
        ready.sentence for ready in write_quotes(question, ranking, Footnotes(), settings or QuotesSettings())
    ]


def make_paper(name: str, title: str, abstract: str) -> Paper:
    return Paper(PaperId(name), title, abstract)
