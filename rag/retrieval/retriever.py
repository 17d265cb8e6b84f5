"""Search the library three ways, fuse, and give each paper its evidence.

Words (BM25), the paper as a whole, and its best passage each rank the papers; `fusion` weighs them.
A paper whose vectors are not built yet is ranked by its words and loses nothing by it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from rag.errors import LibraryDamaged
from rag.library.dense import PassageHit
from rag.library.lexical import content_terms
from rag.library.library import Library
from rag.library.nearest import search_papers, search_passages
from rag.library.schema import State
from rag.library.scoping import Selection
from rag.retrieval.evidence import QuestionWords, asks_figure, choose_evidence, paper_coverage
from rag.retrieval.fusion import Arm, fuse
from rag.retrieval.naming import find_named, keep_first, put_first
from rag.retrieval.query_vector import encode_question
from rag.retrieval.reranking import Reranking
from rag.settings import RetrievalSettings
from rag.types import WHOLE_LIBRARY, PaperId, Question, RankedPaper, Ranking, Scope

_EVIDENCE_A_PAPER = 4
_COVERAGE_DEPTH = 20
_LEADERS = 75


class Retriever:
    """Ranks the papers of a library for a question."""

    def __init__(
        self, library: Library, settings: RetrievalSettings, *, reranking: Reranking | None = None
    ) -> None:
        """The library is read anew at each search, so what others add is found."""
        self._library = library
        self._settings = settings
        self._reranking = reranking

    def search(self, question: Question, *, limit: int | None = None) -> Ranking:
        """Return the `limit` best papers (the settings' number if None), best first.

        Ties are broken by paper id. An empty library gives an empty ranking.

        Raises:
            LibraryDamaged: vectors that the catalogue counts are gone or unreadable.
        """
        watch = _Watch()
        settings, library = self._settings, self._library
        selection = library.catalogue.select(question.scope)
        within = selection.within
        naming = find_named(question.text, library.catalogue)
        sought = replace(question, text=naming.text)
        watch.lap("scope")
        lexical = library.lexical.search(sought.text, depth=settings.lexical_depth, within=within)
        watch.lap("lexical")
        papers: Mapping[PaperId, float] = {}
        hits: Sequence[PassageHit] = ()
        vector, notices = encode_question(library, sought.text) if selection.encoded else (None, ())
        if vector is not None:
            watch.lap("encode")
            # Vectors of removed papers stay until the next `index`; they must not speak for the library.
            gone = frozenset(library.catalogue.ids(State.REMOVING))
            near = search_papers(library.dense, vector, depth=settings.paper_depth, within=within)
            papers = {paper_id: cosine for paper_id, cosine in near.items() if paper_id not in gone}
            leaders = _leaders(lexical, papers)
            found = search_passages(
                library.dense, vector, depth=settings.passage_depth, within=within, leaders=leaders
            )
            hits = [hit for hit in found if hit.paper_id not in gone]
            watch.lap("dense")
            if not papers:
                raise LibraryDamaged(
                    f"the vectors of {library.home} are missing; build them again: footnote check"
                )
        best_passages = _best_by_paper(hits)
        arms = (
            Arm(lexical, settings.lexical_weight, _floor(lexical, settings.lexical_depth)),
            Arm(papers, settings.paper_weight, min(papers.values(), default=0.0), selection.unencoded),
            Arm(
                best_passages,
                settings.passage_weight,
                min(best_passages.values(), default=0.0),
                selection.unencoded,
            ),
        )
        most = limit or settings.limit
        deepest = max(most, self._reranking.depth if self._reranking else 0)
        named = [paper_id for paper_id in naming.papers if within is None or paper_id in within]
        fused = put_first(named, fuse(arms))[:deepest]
        watch.lap("fuse")
        words = self.words(sought)
        ranked = self.with_evidence(words, fused, hits)
        watch.lap("evidence")
        ranking = Ranking(
            question=question,
            papers=ranked,
            searched=selection.searched,
            encoded=selection.encoded,
            similarity=max((*papers.values(), *best_passages.values()), default=None),
            coverage=max((paper_coverage(r.paper, words) for r in ranked[:_COVERAGE_DEPTH]), default=0.0),
            named=tuple(named),
            notices=(*scope_notices(library, question.scope, selection), *notices),
            timings_ms=watch.laps,
        )
        if self._reranking:
            ranking = keep_first(named, self._reranking.rerank(ranking))
        return replace(ranking, papers=ranking.papers[:most])

    def words(self, question: Question) -> QuestionWords:
        """Return the question's content words, weighed by how rare they are in this library."""
        return QuestionWords(
            self._library.lexical.rarity(set(content_terms(question.text))),
            wants_number=asks_figure(question.text),
        )

    def with_evidence(
        self, words: QuestionWords, fused: Sequence[tuple[PaperId, float]], hits: Sequence[PassageHit]
    ) -> tuple[RankedPaper, ...]:
        """Return papers in the order given, each with the words that speak for it."""
        cosines: dict[PaperId, dict[int, float]] = defaultdict(dict)
        for hit in hits:
            cosines[hit.paper_id][hit.ordinal] = hit.cosine
        stored = self._library.catalogue.get([paper_id for paper_id, _ in fused])
        # An index may be a moment behind the catalogue: a paper that was removed is left out.
        known = [(stored[paper_id], score) for paper_id, score in fused if paper_id in stored]
        return tuple(
            RankedPaper(
                paper,
                rank,
                round(score, 4),
                choose_evidence(paper, words, cosines.get(paper.id, {}), most=_EVIDENCE_A_PAPER),
            )
            for rank, (paper, score) in enumerate(known, start=1)
        )


def scope_notices(library: Library, scope: Scope, selection: Selection) -> tuple[str, ...]:
    """Say in a line each that a scope is empty, and what it leaves out for want of a date."""
    empty = scope != WHOLE_LIBRARY and not selection.searched
    notices = [library.catalogue.explain_empty(scope)] if empty else []
    if selection.undecided:
        noun = "paper" if selection.undecided == 1 else "papers"
        notices.append(
            f"{selection.undecided:,} {noun} left out: without a date, or with one too coarse to tell."
        )
    return tuple(notices)


def _best_by_paper(hits: Sequence[PassageHit]) -> dict[PaperId, float]:
    best: dict[PaperId, float] = {}
    for hit in hits:
        best[hit.paper_id] = max(hit.cosine, best.get(hit.paper_id, -1.0))
    return best


def _leaders(*arms: Mapping[PaperId, float]) -> list[PaperId]:
    """The papers that come first in any of the arms."""
    return list(dict.fromkeys(paper_id for arm in arms for paper_id in islice(arm, _LEADERS)))


def _floor(scores: Mapping[PaperId, float], depth: int) -> float:
    """A paper that BM25 did not return scored 0, unless the list was cut off above it."""
    return 0.0 if len(scores) < depth else min(scores.values())


class _Watch:
    """Laps in milliseconds, by name."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        moment = time.perf_counter()
        self.laps[name] = round((moment - self._last) * 1000, 3)
        self._last = moment
