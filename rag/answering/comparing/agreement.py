"""Whether papers agree: who says what, and where they may not (`tensions.py`). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from rag.answering.asking.asked_about import disputed
from rag.answering.comparing.aspects import RESULT, choose_cell, tells_finding
from rag.answering.comparing.compared import Compared
from rag.answering.comparing.tensions import Said, find_tensions
from rag.answering.writing.footnotes import Footnotes, remark
from rag.answering.writing.quotes import write_quotes
from rag.library.lexical import content_terms, stems
from rag.types import Evidence, Kind, Question, RankedPaper, Ranking, SentenceReady

_ASKS = re.compile(
    r"\b(?:agree|disagree|agreement|disagreement|contradict\w*|consensus|conflicting|contrary|mixed|unanimous|controvers\w+)\b"
    r"|\bwhat (?:do|does|did|have|has) (?:\w+ )*(?:papers|abstracts|library|collection|corpus|literature|authors|researchers|studies|works) (?:say|tell|report|find|found|think|conclude|know|claim|argue|write)\b",
    re.IGNORECASE,
)
_MOST_PAPERS = 10
_NEAR = 0.6  # of the closest sentence's score
_NEAR_WHOLE = 0.7  # of the first paper's score: it may deny in words that are not the question's
_ASKED_STEMS = frozenset(
    content_terms(
        "agree disagree agreement contradict consensus conflicting contrary mixed whether papers say tell report find think conclude know claim argue write library collection corpus abstract literature author researcher study work"
    )
)


def asks_agreement(question: str) -> bool:
    """Tell whether a question asks if papers agree.

    >>> asks_agreement("Do the papers agree on whether scale helps?"), asks_agreement("Why does scale help?")
    (True, False)
    """
    return bool(disputed(question) or _ASKS.search(question))


def asks_positions(question: Question, found: Compared) -> bool:
    """Tell a question for what the papers on a topic agree in from one that names those to compare."""
    return asks_agreement(question.text) and not (found.sides or question.scope.ids or found.ranking.named)


def quote_papers(question: Question, ranking: Ranking, footnotes: Footnotes) -> Iterator[SentenceReady]:
    """Yield quotes that answer; of a question whether papers agree, who says what; of one for reasons, doubts too."""
    if question.kind is not Kind.LIST and asks_agreement(question.text):
        yield from _write_positions(question, ranking, footnotes)
        return
    yield from write_quotes(question, ranking, footnotes)
    if question.kind is Kind.EXPLAIN:
        yield from _write_doubts(question, ranking, footnotes)


def _write_positions(question: Question, ranking: Ranking, footnotes: Footnotes) -> Iterator[SentenceReady]:
    """Yield who says what: how many papers come close, a sentence of each, and what may disagree."""
    about = _asked_of(question)
    said = [Said(one.paper, _telling(one, about)) for one in _closest(ranking.papers)]
    if not said:
        return
    papers = "1 paper comes close to this; what it says:"
    yield remark(papers if len(said) == 1 else f"{len(said):,} papers come close to this; what each says:")
    for one in said:
        yield footnotes.quote(one.paper, one.evidence)
    doubts = list(_write_tensions(said, about, footnotes))
    none = "No two of these sentences point contrary ways on the same thing, as far as rules can tell."
    yield from doubts or ([remark(none)] if len(said) > 1 else [])


def _write_doubts(question: Question, ranking: Ranking, footnotes: Footnotes) -> Iterator[SentenceReady]:
    """Yield what the papers that come closest may disagree in; mostly nothing."""
    about = frozenset(content_terms(question.sought or question.text))
    said = [Said(one.paper, evidence) for one in _closest(ranking.papers) for evidence in one.evidence[:2]]
    yield from _write_tensions(said, about, footnotes)


def _write_tensions(said: Sequence[Said], about: Set[str], footnotes: Footnotes) -> Iterator[SentenceReady]:
    """Yield the pairs of sentences that may disagree, each under a line that says in which words."""
    for tension in find_tensions(said, about):
        one, other = tension.words
        yield remark(f"These may disagree: one says “{one}”, the other “{other}”.")
        for single in (tension.one, tension.other):
            yield footnotes.quote(single.paper, single.evidence)


def _asked_of(question: Question) -> frozenset[str]:
    """The stems of what is asked, and short forms of words that stand together: "mi" of mutual information."""
    terms = [term for term in content_terms(question.sought or question.text) if term not in _ASKED_STEMS]
    return frozenset((*terms, *(f"{one[0]}{other[0]}" for one, other in pairwise(terms))))


def _closest(papers: Sequence[RankedPaper]) -> list[RankedPaper]:
    """The papers with a sentence that comes close, or that come close as a whole."""
    first = papers[:_MOST_PAPERS]
    scores = [max((e.score for e in one.evidence), default=0.0) for one in first]
    least, least_whole = _NEAR * max(scores, default=0.0), _NEAR_WHOLE * first[0].score if first else 0.0
    return [
        one
        for one, score in zip(first, scores, strict=True)
        if one.evidence and (score >= least or one.score >= least_whole > 0)
    ]


def _telling(ranked: RankedPaper, about: Set[str]) -> Evidence:
    """The closest sentence that tells a finding, else a result on what is asked, else the closest."""
    findings = [evidence for evidence in ranked.evidence if tells_finding(evidence.quote)]
    results = [
        evidence for evidence in choose_cell(ranked.paper, RESULT) if about & set(stems(evidence.quote))
    ]
    return (*findings, *results, *ranked.evidence)[0]
