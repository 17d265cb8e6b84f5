"""Search the library several ways, fuse, order the best anew, and give each paper its evidence.

Words (BM25), words lent to a set question, the paper as a whole, and its best passage each rank the papers;
`fusion` weighs them, `refining` looks at the best more closely. A paper whose vectors are not built yet is
ranked by its words and loses nothing by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rag.library.encoder import Vector
from rag.library.encodings import Kept
from rag.library.library import Library
from rag.library.products import cosines
from rag.library.schema import SEARCHED
from rag.retrieval.closeness import Closeness, look_closely
from rag.retrieval.evidence import Cosines, QuestionWords
from rag.retrieval.features import Best, gather_features
from rag.retrieval.first_ranking import FirstRanker, FirstRanking, Watch, joined, scope_notices
from rag.retrieval.naming import find_named, put_first, put_rare_first
from rag.retrieval.refining import refine
from rag.retrieval.reranking import Reranking
from rag.retrieval.shown_papers import with_evidence
from rag.retrieval.similar import rank_similar
from rag.retrieval.survey import Survey, survey_library
from rag.retrieval.sweeper import Sweeper
from rag.retrieval.sweeping import Basis, Swept
from rag.retrieval.weighed_words import weigh_words
from rag.retrieval.wording import word_search
from rag.settings import FeatureWeights, RetrievalSettings, WordingSettings
from rag.types import (
    Kind,
    Paper,
    PaperId,
    Question,
    RankedPaper,
    Ranking,
    Scope,
)

_COVERAGE_DEPTH = 20
_OF_MANY = frozenset({Kind.LIST, Kind.CORPUS})  # what many papers answer


class Retriever:
    """Ranks the papers of a library for a question."""

    def __init__(
        self, library: Library, settings: RetrievalSettings, *, reranking: Reranking | None = None
    ) -> None:
        """The library is read anew at each search, so what others add is found."""
        self._library = library
        self._settings = settings
        self._first = FirstRanker(library, settings)
        self._sweeper = Sweeper(library, settings, self._first)
        self._reranking = reranking

    def search(self, question: Question, *, limit: int | None = None) -> Ranking:
        """Return the `limit` best papers (the settings' number if None), best first.

        Ties are broken by paper id. An empty library gives an empty ranking.

        Raises:
            LibraryDamaged: vectors that the catalogue counts are gone or unreadable.
        """
        watch = Watch()
        library = self._library
        selection = library.catalogue.select(question.scope)
        naming = find_named(question.criteria.wanted or question.text, library.catalogue)
        many = question.kind in _OF_MANY
        wording = word_search(question.sought or naming.text, library, self._rules(many=many))
        watch.lap("reading")
        weights = self._weights(many=many)
        first, notices = self._first.rank(wording.searched, selection, watch, related=weights.related)
        best = self._first.load(first, most=self._settings.refined)
        most = limit or self._settings.limit
        deepest = max(most, self._reranking.depth if self._reranking else 0)
        ranked, late = self._refine(first, best, many=many, deepest=deepest)
        watch.lap("refine")
        if not many:
            ranked = put_rare_first(naming.text, ranked, [paper for paper, _ in best.papers], library.lexical)
        named = [p for p in naming.papers if selection.within is None or p in selection.within]
        words = weigh_words(library.lexical, wording.mended, related=first.related)
        fused = dict(first.fused if named else first.fused[: max(deepest, len(best.papers))])
        seen = replace(first, arms={**first.arms, "fused": fused, "late": late})
        papers, coverage = self._with_evidence(words, put_first(named, ranked)[:deepest], seen, best)
        watch.lap("evidence")
        ranking = Ranking(
            question=question,
            papers=papers,
            searched=selection.searched,
            encoded=selection.encoded,
            similarity=first.similarity,
            coverage=max(coverage[:_COVERAGE_DEPTH], default=0.0),
            searched_for=wording.searched,
            named=tuple(named),
            rarity=self._library.lexical.relative_rarity(words.weights),
            notices=(*scope_notices(library, question.scope, selection), *notices),
            index=library.catalogue.manifest(),
            timings_ms=watch.laps,
        )
        if self._reranking:
            ranking = self._reranking.rerank(ranking)
        return replace(ranking, papers=ranking.papers[:most])

    def sweep(self, question: Question, *, basis: Basis | None = None) -> Swept:
        """Look closely at the papers of the scope for a set question: see `Sweeper.sweep`, and for what is raised."""
        return self._sweeper.sweep(question, basis=basis)

    def bundled_vector(self, text: str) -> NDArray[np.float32] | None:
        """Return a question's vector by the bundled encoder, shape (384,); None where the library has another one."""
        return self._library.bundled_vector(text)

    def vectors(self, papers: Sequence[Paper]) -> NDArray[np.float32] | None:
        """Return the vectors of papers as wholes, shape (papers, dimensions); None while one has none."""
        kept = self._library.encodings.get(papers)
        if not papers or any(paper.id not in kept for paper in papers):
            return None
        return np.array([kept[paper.id].encoded.paper for paper in papers], np.float32)

    def look(self, ranking: Ranking, papers: Sequence[Paper]) -> Closeness | None:
        """Look closely at the first of some papers, beside the others, for what was searched for.

        None where there is nothing to look at: no paper, no vectors, or none of single tokens.
        """
        return look_closely(self._library, ranking.searched_for or ranking.question.text, papers)

    def similar(self, paper_id: PaperId, scope: Scope) -> Ranking:
        """Return the papers of a scope that are most like a paper, nearest first, never itself.

        Raises:
            PaperNotFound: no paper has this id.
        """
        settings = self._settings
        return rank_similar(self._library, paper_id, scope=scope, settings=settings, limit=settings.limit)

    def explaining(self, short: str, scope: Scope) -> tuple[Paper, ...]:
        """Return the papers of a scope whose abstracts explain a short form."""
        ids = self._library.lexical.explaining(short, depth=self._settings.limit)
        members = self.members(scope)
        return tuple(paper for paper in self._library.catalogue.get(ids).values() if paper.id in members)

    def named(self, text: str) -> tuple[PaperId, ...]:
        """Return the papers that words name, by an id or a title."""
        return find_named(text, self._library.catalogue).papers

    def survey(self, scope: Scope) -> Survey:
        """Look at what a scope holds, for a question about the library; nothing is ranked."""
        return survey_library(self._library, scope)

    def nearest_first(self, question: Question, *, most: int) -> tuple[Paper, ...]:
        """Return up to `most` papers of the scope as they are now, nearest first, without looking for evidence.

        Papers that nothing speaks for come last, by id.

        Raises:
            LibraryDamaged: vectors that the catalogue counts are gone or unreadable.
        """
        library = self._library
        selection = library.catalogue.select(question.scope)
        named = find_named(question.criteria.wanted or question.text, library.catalogue)
        first, _ = self._first.rank_many(question.sought or named.text, selection)
        best = self._first.load(first, most=self._settings.refined)
        refined, _ = self._refine(first, best, many=True, deepest=len(first.fused))
        whole = joined(replace(first, fused=refined), sorted(self.members(question.scope)))
        stored = library.catalogue.get([paper_id for paper_id, _ in whole.fused[:most]])
        return tuple(stored[paper_id] for paper_id, _ in whole.fused if paper_id in stored)

    def members(self, scope: Scope) -> frozenset[PaperId]:
        """Return the ids of the papers that a scope holds now."""
        within = self._library.catalogue.select(scope).within
        return frozenset(self._library.catalogue.ids(*SEARCHED)) if within is None else within

    def reread(self, ids: Sequence[PaperId]) -> Mapping[PaperId, Paper]:
        """Return papers as they are now; those that are gone are missing."""
        return self._library.catalogue.get(ids)

    def words(self, text: str) -> QuestionWords:
        """Return a question's content words, weighed by how rare they are in this library."""
        return weigh_words(self._library.lexical, text)

    def _weights(self, *, many: bool) -> FeatureWeights:
        return self._settings.many_papers if many else self._settings.one_paper

    def _rules(self, *, many: bool) -> WordingSettings:
        """Spelled out, a short form weighs more than the rest of a question that one paper answers."""
        rules = self._settings.wording
        return rules if many else replace(rules, spell_out=False)

    def _refine(
        self, first: FirstRanking, best: Best, *, many: bool, deepest: int
    ) -> tuple[Sequence[tuple[PaperId, float]], Mapping[PaperId, float]]:
        """Return the first ranking with its best ordered anew, the others behind, and late interaction's scores.

        Of the others, those among the `deepest` first are enough.
        """
        if not best.papers:
            return first.fused, {}
        weights = self._weights(many=many)
        features = gather_features(
            self._library, first.sought, best, weights=weights, depth=self._settings.lexical_depth
        )
        vector = first.sought.question.vector if first.sought.question else None
        scores = refine(features, vector, weights=weights)
        ids = [paper.id for paper, _ in best.papers]
        refined = sorted(zip(ids, scores.tolist(), strict=True), key=lambda item: (-item[1], item[0]))
        last = refined[-1][1]
        rest = first.fused[self._settings.refined : deepest]
        behind = [(paper_id, score if score < last else last) for paper_id, score in rest]  # noqa: FURB136  # called hundreds of times
        return refined + behind, dict(zip(ids, features.late.tolist(), strict=True))

    def _with_evidence(
        self, words: QuestionWords, ranked: Sequence[tuple[PaperId, float]], first: FirstRanking, best: Best
    ) -> tuple[tuple[RankedPaper, ...], list[float]]:
        """Give each paper the words that speak for it; passages are compared by what is kept of them."""
        loaded = {paper.id: paper for paper, _ in best.papers}
        others = [paper_id for paper_id, _ in ranked if paper_id not in loaded]
        papers = {**loaded, **self._library.catalogue.get(others)} if others else loaded
        question = first.sought.question
        shown = {paper_id: best.kept[paper_id] for paper_id, _ in ranked if paper_id in best.kept}
        cosines = {} if question is None else _compare_passages(question.vector, shown)
        found = [(papers[p], score) for p, score in ranked if p in papers]
        return with_evidence(found, words, cosines, arms=first.arms)


def _compare_passages(vector: Vector, kept: Mapping[PaperId, Kept]) -> Cosines:
    """The cosines of the passages whose vectors are kept."""
    return {paper_id: cosines(one.encoded.passages, vector) for paper_id, one in kept.items()}
