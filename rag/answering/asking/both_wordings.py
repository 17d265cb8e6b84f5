"""Search for a follow-up as it was read and as it would be read alone, so that a bad reading costs little.

A reading that keeps every word that carries a topic needs no second search: the words it adds are the
reference. Where it lost some, both rankings are fused, the reading counting more. What any question loses (slips,
how many papers are wanted and in which order, what no file names, a second question) is lost alone too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rag.answering.asking.asked_about import disputed
from rag.answering.asking.mentions import content_words
from rag.answering.asking.pointing import CARDINALS, ORDINALS, SHORT_ORDINAL
from rag.answering.asking.understanding import understand
from rag.answering.writing.quotes import is_shown_again
from rag.library.lexical import content_terms
from rag.retrieval.fusion import Arm, fuse
from rag.retrieval.retriever import Retriever
from rag.types import PaperId, Question, Ranking

_POINTING = frozenset((*ORDINALS, *CARDINALS, "last", "latter", "former", "middle", "next", "previous"))
_NTH = re.compile(SHORT_ORDINAL)
# Of the wording as it was asked, beside 1 for the reading.
_ASKED = 0.5


def search_both(question: Question, retriever: Retriever) -> Ranking:
    """Return the ranking for a question; that of a follow-up heeds the words that its reading lost.

    A set that is shown again is ranked whole.
    """
    if is_shown_again(question):
        return retriever.search(question, limit=len(question.scope.ids or ()))
    read = retriever.search(question)
    if not lost_words(question) or disputed(question.text):  # the words for agreeing are no topic
        return read
    asked = retriever.search(replace(question, text=_alone(question), sought=""))
    return _fused(read, asked)


def lost_words(question: Question) -> frozenset[str]:
    """Return the stems of the asked words that are no longer searched for."""
    words = content_words(_alone(question))
    asked = " ".join(word for word in words if word not in _POINTING and not _NTH.fullmatch(word))
    return frozenset(content_terms(asked)) - frozenset(content_terms(f"{question.text} {question.sought}"))


def _alone(question: Question) -> str:
    """Return the text of a question as it is read with nothing said before."""
    return understand(question.asked, today=date.min).text


def _fused(read: Ranking, asked: Ranking) -> Ranking:
    """Order the papers anew; each keeps the words that speak for the reading, if that found it."""
    order = fuse([_arm(read, 1.0), _arm(asked, _ASKED)])
    known = {one.paper.id: one for one in (*asked.papers, *read.papers)}
    named = [paper_id for paper_id in read.named if paper_id in known]
    ids = [*named, *(paper_id for paper_id, _ in order if paper_id not in named)]
    scores = dict(order)
    best = max(scores.values(), default=0.0)
    papers = tuple(
        replace(known[paper_id], rank=rank, score=round(best if paper_id in named else scores[paper_id], 4))
        for rank, paper_id in enumerate(ids[: max(len(read.papers), 1)], start=1)
    )
    return replace(read, papers=papers)


def _arm(ranking: Ranking, weight: float) -> Arm:
    scores: dict[PaperId, float] = {one.paper.id: one.score for one in ranking.papers}
    return Arm(scores, weight, min(scores.values(), default=0.0))
