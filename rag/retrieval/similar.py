"""More like this: the papers of a library that are nearest to one of its papers.

Two arms, fused as in a search: the cosine of the papers' vectors, and BM25 on the stems that set the
paper apart (highest tf x idf; as "more like this" in Lucene). A paper whose vectors are not built yet
is compared by its words alone. The evidence is what is alike: the passages nearest to the paper's
vector and richest in these stems.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from rag.errors import PaperNotFound
from rag.library.encoder import Vector
from rag.library.library import Library
from rag.library.nearest import search_papers
from rag.library.schema import State
from rag.library.scoping import Selection
from rag.retrieval.evidence import QuestionWords
from rag.retrieval.first_ranking import scope_notices
from rag.retrieval.fusion import Arm, fuse
from rag.retrieval.shown_papers import with_evidence
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, PaperId, Question, Ranking, Scope

_TERMS = 25
_BY_WORDS = (
    "The vectors of this paper are not built yet; the others were compared with it by their words alone."
)


def rank_similar(
    library: Library, paper_id: PaperId, *, scope: Scope, settings: RetrievalSettings, limit: int
) -> Ranking:
    """Return the `limit` papers of the scope that are most like a paper, best first, never itself.

    Ties are broken by id. The question of the ranking is the paper's title, `asked` its id.

    Raises:
        PaperNotFound: no paper has this id.
    """
    began = time.perf_counter()
    paper = library.catalogue.get([paper_id]).get(paper_id)
    if paper is None:
        raise PaperNotFound(f"no paper has the id {paper_id!r}; list the ids: footnote papers")
    selection = library.catalogue.select(scope)
    words = QuestionWords(library.lexical.telling_terms(_weighed_text(paper), most=_TERMS))
    vector = library.dense.paper_vectors([paper_id]).get(paper_id)
    arms = _arms(library, words, vector, selection=selection, settings=settings)
    fused = [item for item in fuse(arms) if item[0] != paper_id][:limit]
    stored = library.catalogue.get([other for other, _ in fused])
    hits = [] if vector is None else library.dense.compare_passages(list(stored), vector)
    cosines: dict[PaperId, list[float]] = {}
    for hit in sorted(hits, key=lambda hit: hit.ordinal):
        cosines.setdefault(hit.paper_id, []).append(hit.cosine)
    known = [(stored[other], score) for other, score in fused if other in stored]
    papers, coverage = with_evidence(known, words, cosines, arms={})
    return Ranking(
        question=Question(text=paper.title, kind=Kind.LIST, asked=paper_id, scope=scope),
        papers=papers,
        searched=selection.searched,
        encoded=selection.encoded,
        similarity=max((hit.cosine for hit in hits), default=None),
        coverage=max(coverage, default=0.0),
        notices=(
            *scope_notices(library, scope, selection),
            *([_BY_WORDS] if papers and vector is None else []),
        ),
        timings_ms={"total": round((time.perf_counter() - began) * 1000, 3)},
    )


def _arms(
    library: Library,
    words: QuestionWords,
    vector: Vector | None,
    *,
    selection: Selection,
    settings: RetrievalSettings,
) -> Sequence[Arm]:
    terms = dict.fromkeys(words.weights, 1.0)  # BM25 weighs them by their rarity itself
    lexical = library.lexical.search_terms(terms, depth=settings.lexical_depth, within=selection.within)
    by_words = Arm(lexical, settings.lexical_weight, floor=0.0)
    if vector is None:
        return (by_words,)
    size = library.catalogue.count()[State.INDEXED]
    near = search_papers(
        library.dense, vector, depth=settings.paper_depth, within=selection.within, size=size
    )
    # Vectors of removed papers stay until the next `index`.
    gone = frozenset(library.catalogue.ids(State.REMOVING))
    cosines = {other: cosine for other, cosine in near.items() if other not in gone}
    floor = min(cosines.values(), default=0.0)
    unseen = library.catalogue.unencoded(lexical, cosines)
    return (by_words, Arm(cosines, settings.paper_weight, floor, unseen))


def _weighed_text(paper: Paper) -> str:
    """The title twice, as the word index has it."""
    return f"{paper.title} {paper.title} {paper.abstract}"
