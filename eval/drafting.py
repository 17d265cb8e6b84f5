"""Propose questions about a library, as a file for its owner to edit.

From titles (facts, and near misses: what an abstract hardly ever tells), from terms that several papers
share, and from clusters: a paper, those nearest to it, and the terms that these have in common. Papers that hold
the terms are proposed as relevant; whether they are is for the reader. All drawing is by checksum, so the
same library gives the same draft.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from eval.reference import ReferenceQuestion, read_question_record
from rag.library.lexical import STOP_WORDS
from rag.retrieval.retriever import Retriever
from rag.types import Kind, Paper, Question

_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_CLAUSE = re.compile(r"[^\w\s-]+")
_LINKS = frozenset({"via", "using", "based", "towards", "toward", "beyond", "without"})
_TERM_LENGTHS = (2, 3)
_LEAST, _MOST = 3, 25
_NEIGHBOURS = 8
# Shares of a draft: facts, terms, clusters; near misses are the rest.
_FACTS, _TERMS, _CLUSTERS = 0.35, 0.35, 0.15
_CHECK = "draft: check the wording and add the papers that are missing"


def draft_questions(papers: Sequence[Paper], retriever: Retriever, *, n: int) -> Iterator[ReferenceQuestion]:
    """Yield at most `n` questions; fewer where the library gives no more."""
    drawn = sorted(papers, key=lambda paper: _checksum(paper.id))
    facts, terms, clusters = round(n * _FACTS), round(n * _TERMS), round(n * _CLUSTERS)
    records = [
        *map(_fact, drawn[:facts]),
        *islice(_about_terms(papers), terms),
        *islice(_about_clusters(drawn, retriever), clusters),
    ]
    records += map(_near_miss, drawn[-max(n - len(records), 0) :] if n > len(records) else [])
    for number, record in enumerate(records[:n], start=1):
        yield read_question_record({"id": f"draft{number:03}", **record})


def shared_terms(papers: Sequence[Paper], *, least: int, most: int) -> list[tuple[str, tuple[Paper, ...]]]:
    """Return terms with the papers that hold them, those of the most titles first.

    A term stands in `least` to `most` papers.
    """
    texts = {paper.id: f"{paper.title}. {paper.abstract}".casefold() for paper in papers}
    counted = Counter(term for text in texts.values() for term in _terms(text))
    in_titles = Counter(term for paper in papers for term in _terms(paper.title))
    shared = [
        (term, tuple(paper for paper in papers if term in texts[paper.id]))
        for term, holders in counted.items()
        if holders >= least
    ]
    kept = [item for item in shared if len(item[1]) <= most]
    return sorted(kept, key=lambda item: (-in_titles[item[0]], _checksum(item[0])))


def _fact(paper: Paper) -> dict[str, Any]:
    name = _short(paper.title)
    return {
        "question": f"What does {name} do, and how well?",
        "type": "fact",
        "relevant": {paper.title: 2},
        "notes": f"{_CHECK}; ask by description rather than by name, and add nuggets",
    }


def _near_miss(paper: Paper) -> dict[str, Any]:
    return {
        "question": f"Who paid for the work on {_short(paper.title)}?",
        "type": "unanswerable",
        "relevant": {paper.title: 1},
        "notes": "draft: a near miss; check that the abstract does not say",
    }


def _about_terms(papers: Sequence[Paper]) -> Iterator[dict[str, Any]]:
    for term, found in shared_terms(papers, least=_LEAST, most=_MOST):
        yield {
            "question": f"Which papers are about {term}?",
            "type": "list",
            "relevant": {paper.title: 2 if term in paper.title.casefold() else 1 for paper in found},
            "notes": _CHECK,
        }


def _about_clusters(drawn: Sequence[Paper], retriever: Retriever) -> Iterator[dict[str, Any]]:
    """Ask for what the papers around one have in common, as long as it has not been asked for."""
    asked: set[str] = set()
    for paper in drawn:
        question = Question(paper.title, Kind.LIST, paper.title)
        near = [ranked.paper for ranked in retriever.search(question, limit=_NEIGHBOURS).papers]
        fresh = [s for s in shared_terms(near, least=_LEAST, most=_NEIGHBOURS) if s[0] not in asked]
        if fresh:
            term, found = max(fresh, key=lambda shared: len(shared[1]))
            asked.add(term)
            yield {
                "question": f"Which papers are like {_short(paper.title)} in that they deal with {term}?",
                "type": "list",
                "relevant": {other.title: 1 for other in found},
                "notes": f"{_CHECK}; drafted from a cluster",
            }


def _terms(text: str) -> frozenset[str]:
    """Return the terms of two or three words that stand between stop words or punctuation.

    Rose et al. 2010, "Automatic keyword extraction from individual documents" (RAKE), its candidates.
    """
    terms = set()
    for clause in _CLAUSE.split(text.casefold()):
        for is_stop, run in groupby(clause.split(), key=lambda word: word in STOP_WORDS or word in _LINKS):
            words = list(run)
            if not is_stop and len(words) in _TERM_LENGTHS and all(map(_WORD.fullmatch, words)):
                terms.add(" ".join(words))
    return frozenset(terms)


def _short(title: str) -> str:
    """Return the name that a title begins with, if it has one, else the title in quotes."""
    name, colon, _ = title.partition(":")
    return name if colon and len(name.split()) <= 4 else f"“{title}”"  # noqa: PLR2004  # longer is no name


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
