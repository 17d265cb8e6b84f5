"""More like this, asked in words: the papers nearest to one of the library, in place of those that hold its name.

Nothing is judged: nearness has no criterion that a paper could meet. Each paper is quoted with the words
that are most like the paper asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.answering.asking.asked_about import described, likened
from rag.answering.comparing.one_paper import find_meant
from rag.retrieval.retriever import Retriever
from rag.types import Kind, Order, Paper, Question, Ranking

_SHOWN = 10
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Alike:
    """The paper that a question asks for more like, and the others, nearest first."""

    paper: Paper
    ranking: Ranking

    @property
    def notice(self) -> str:
        """How the papers were found, in a line; those by date are sorted when they are quoted."""
        nearest = ", nearest first" if self.ranking.question.listing.order is Order.LIKELIEST else ""
        return (
            f"The {len(self.ranking.papers)} papers most like “{self.paper.title}”{nearest}; none was judged."
        )


def find_alike(question: Question, ranking: Ranking, retriever: Retriever) -> Alike | None:
    """Return the papers like the one that a question names; None if it asks for something else.

    `ranking` is that of the question. A description ("the paper on owls") means the paper that is found first for
    it; a name must be a paper's own.
    """
    what = likened(question.text) if question.kind is Kind.LIST else ""
    if not what:
        return None
    paper = _named(what, question, ranking, retriever)
    if paper is None:
        return None
    near = retriever.similar(paper.id, question.scope)
    most, order = question.listing.most or _SHOWN, question.listing.order
    nearest = most if order is Order.LIKELIEST else max(most, _SHOWN)  # of which the newest may be asked
    return Alike(paper, replace(near, question=question, papers=near.papers[:nearest]))


def _named(what: str, question: Question, ranking: Ranking, retriever: Retriever) -> Paper | None:
    if ranking.named:
        return next(one.paper for one in ranking.papers if one.paper.id in ranking.named)
    asked = replace(question, text=described(what), sought="", kind=Kind.FACT)
    meant = find_meant(what, retriever.search(asked, limit=_DEPTH).papers)
    return meant.paper if meant else None
