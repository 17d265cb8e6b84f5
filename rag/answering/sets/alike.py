"""More like this, asked in words: the papers nearest to one of the library, in place of those that hold its name.

Nothing is judged: nearness has no criterion that a paper could meet. Each paper is quoted with the words
that are most like the paper asked about. A question that is a paper's name and nothing else gets that paper, and
then those nearest to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.answering.asking.asked_about import described, likened
from rag.answering.comparing.one_paper import find_borne, find_meant
from rag.retrieval.retriever import Retriever
from rag.sources.entry import title_key
from rag.types import Kind, Order, Question, RankedPaper, Ranking

_SHOWN = 10
_DEPTH = 10
_FEW_WORDS = 3
_ENDS = " ?.!:,;\"“”'"


@dataclass(frozen=True, slots=True)
class Alike:
    """The paper that a question asks for more like, and the others, nearest first; `alone`: it asks for no more."""

    paper: RankedPaper
    ranking: Ranking
    alone: bool = False

    @property
    def notice(self) -> str:
        """How the papers were found, in a line; those by date are sorted when they are quoted."""
        title, count = self.paper.paper.title, len(self.ranking.papers)
        if self.alone:
            return (
                f"“{title}” is called so. Below it stand the {count} papers most like it; none was judged. "
                "For all papers on a topic, ask for papers."
            )
        nearest = ", nearest first" if self.ranking.question.listing.order is Order.LIKELIEST else ""
        return f"The {count} papers most like “{title}”{nearest}; none was judged."


def find_alike(question: Question, ranking: Ranking, retriever: Retriever) -> Alike | None:
    """Return the papers like the one that a question names; None if it asks for something else.

    `ranking` is that of the question. A description ("the paper on owls") means the paper that is found first for
    it; a name must be a paper's own.
    """
    what = likened(question.text) if question.kind is Kind.LIST else ""
    paper = _named(what, question, ranking, retriever) if what else _named_alone(question, ranking)
    if paper is None:
        return None
    near = retriever.similar(paper.paper.id, question.scope)
    most, order = question.listing.most or _SHOWN, question.listing.order
    nearest = most if order is Order.LIKELIEST else max(most, _SHOWN)  # of which the newest may be asked
    listed = replace(question, kind=Kind.LIST)
    return Alike(paper, replace(near, question=listed, papers=near.papers[:nearest]), alone=not what)


def _named_alone(question: Question, ranking: Ranking) -> RankedPaper | None:
    """The paper whose name is all that is asked; of a title of few words, with its capitals."""
    if question.scope.ids or question.again or question.kind not in {Kind.LIST, Kind.FACT}:
        return None
    text, named = question.text.strip(_ENDS), [one for one in ranking.papers if one.paper.id in ranking.named]
    if not named:
        return find_borne(text, ranking.papers)
    title = named[0].paper.title
    whole = title_key(text) == title_key(title) and (len(text.split()) > _FEW_WORDS or text == title)
    return named[0] if len(named) == 1 and (whole or text == named[0].paper.id) else None


def _named(what: str, question: Question, ranking: Ranking, retriever: Retriever) -> RankedPaper | None:
    if ranking.named:
        return next(one for one in ranking.papers if one.paper.id in ranking.named)
    asked = replace(question, text=described(what), sought="", kind=Kind.FACT)
    return find_meant(what, retriever.search(asked, limit=_DEPTH).papers)
