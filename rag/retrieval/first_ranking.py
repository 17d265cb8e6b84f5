"""The first ranking: words, words that the thesaurus lends, whole papers and best passages each rank the papers.

`fusion` weighs them. A paper whose vectors are not built yet is ranked by its words and loses nothing by it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from rag.errors import LibraryDamaged
from rag.library.encoder import EncodedQuestion, Vector
from rag.library.lexical import Phrase, content_terms
from rag.library.library import Library
from rag.library.nearest import search_both
from rag.library.schema import State
from rag.library.scoping import Selection
from rag.retrieval.features import Best, Sought
from rag.retrieval.fusion import Arm, extremes, fuse
from rag.retrieval.query_vector import encode_question
from rag.retrieval.related_words import bundled_thesaurus
from rag.retrieval.wording import Wording, word_search
from rag.settings import RetrievalSettings
from rag.types import WHOLE_LIBRARY, PaperId, Scope

# Phrases of the thesaurus: with twice as many no ranking is better. Among 100,000 papers they take 16 ms, a third of them 6.
_RELATED = 96
_MANY_PAPERS = 20_000
# Among fewer, a word that one of them holds by chance would tell it from all others.
_FEW_PAPERS = 50


@dataclass(frozen=True, slots=True)
class FirstRanking:
    """The first ranking: papers with their fused scores, the highest cosine, and what each arm gave.

    `related` are the phrases that the thesaurus lent the question, with their weights.
    """

    sought: Sought
    fused: Sequence[tuple[PaperId, float]]
    similarity: float | None = None
    arms: Mapping[str, Mapping[PaperId, float]] = field(default_factory=dict)
    related: Mapping[Phrase, float] = field(default_factory=dict)


class Watch:
    """Laps in milliseconds, by name."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Note the time since the last lap, or since the start."""
        moment = time.perf_counter()
        self.laps[name] = round((moment - self._last) * 1000, 3)
        self._last = moment


@dataclass(frozen=True, slots=True)
class _Looked:
    """What some ways of looking found: the scores of each by its name, and the arms that weigh them."""

    found: Mapping[str, Mapping[PaperId, float]]
    arms: tuple[Arm, ...]


class FirstRanker:
    """Ranks all papers of a scope, and reads what is kept of the best."""

    def __init__(self, library: Library, settings: RetrievalSettings) -> None:
        """The library is read anew at each ranking."""
        self._library = library
        self._settings = settings

    def rank(
        self, text: str, selection: Selection, watch: Watch, *, related: float = 0.0
    ) -> tuple[FirstRanking, tuple[str, ...]]:
        """Rank by words, what the thesaurus lends, whole papers and best passages; tell, too, why vectors were left out.

        `related` is the weight of the thesaurus; of 0 it is not asked.

        Raises:
            LibraryDamaged: vectors that the catalogue counts are gone or unreadable.
        """
        within = selection.within
        words, phrases = self._by_words(text, within, watch, related=related)
        question, notices = self._encode(text, watch) if selection.encoded else (None, ())
        sought = Sought(text, dict.fromkeys(content_terms(text), 1.0), within, words.found["words"], question)
        if question is None:
            return FirstRanking(sought, fuse(words.arms), arms=words.found, related=phrases), notices
        near, similarity = self._by_vectors(question.vector, words.found, within, watch)
        fused = fuse((*words.arms, *near.arms))
        return FirstRanking(sought, fused, similarity, {**words.found, **near.found}, phrases), notices

    def rank_many(self, text: str, selection: Selection) -> tuple[FirstRanking, Wording]:
        """Word a text as a question that many papers answer, and rank by that; raises what `rank` raises."""
        wording = word_search(text, self._library, self._settings.wording)
        related = self._settings.many_papers.related
        first, _ = self.rank(wording.searched, selection, Watch(), related=related)
        return first, wording

    def _by_words(
        self, text: str, within: Set[PaperId] | None, watch: Watch, *, related: float
    ) -> tuple[_Looked, Mapping[Phrase, float]]:
        """Look for the words of a text and for those lent to it; return these, too."""
        lexical, depth = self._library.lexical, self._settings.lexical_depth
        found = {"words": lexical.search(text, depth=depth, within=within)}
        watch.lap("lexical")
        phrases = self._related(text) if related else {}
        if phrases:
            found["related"] = lexical.search_phrases(phrases, depth=depth, within=within)
            watch.lap("related")
        weights = {"words": self._settings.lexical_weight, "related": related}
        arms = (Arm(scores, weights[name], _floor(scores, depth)) for name, scores in found.items())
        return _Looked(found, tuple(arms)), phrases

    def _encode(self, text: str, watch: Watch) -> tuple[EncodedQuestion | None, tuple[str, ...]]:
        encoded = encode_question(self._library, text)
        watch.lap("encode")
        return encoded

    def _by_vectors(
        self,
        vector: Vector,
        words: Mapping[str, Mapping[PaperId, float]],
        within: Set[PaperId] | None,
        watch: Watch,
    ) -> tuple[_Looked, float]:
        """Look for what lies near a question, and near what its words found; return the highest cosine, too."""
        settings, library = self._settings, self._library
        papers, passages = self._nearest(vector, words["words"], within)
        watch.lap("dense")
        if not papers:
            raise LibraryDamaged(
                f"the vectors of {library.home} are missing; build them again: footnote check"
            )
        unseen = library.catalogue.unencoded(*words.values(), papers, passages)
        (least, nearest), (lowest, highest) = extremes(papers), extremes(passages)
        arms = (
            Arm(papers, settings.paper_weight, least, unseen),
            Arm(passages, settings.passage_weight, lowest, unseen),
        )
        similarity = max(nearest, highest) if passages else nearest
        return _Looked({"paper": papers, "passage": passages}, arms), similarity

    def _related(self, text: str) -> dict[Phrase, float]:
        papers = self._library.lexical.count()
        if papers < _FEW_PAPERS:
            return {}
        return bundled_thesaurus().related(text, most=_RELATED // 3 if papers > _MANY_PAPERS else _RELATED)

    def _nearest(
        self, vector: Vector, lexical: Mapping[PaperId, float], within: Set[PaperId] | None
    ) -> tuple[Mapping[PaperId, float], Mapping[PaperId, float]]:
        """Return the cosines of the nearest papers, and of the best passages of papers."""
        settings, library = self._settings, self._library
        # Vectors of removed papers stay until the next `index`; they must not speak for the library.
        gone = frozenset(library.catalogue.ids(State.REMOVING))
        depths = settings.paper_depth, settings.passage_depth
        size = library.catalogue.count()[State.INDEXED]
        papers, best = search_both(library.dense, vector, depths, within=within, size=size, leading=lexical)
        return _without(papers, gone), _without(best, gone)

    def load(self, first: FirstRanking, *, most: int) -> Best:
        """Read the best papers and what is kept of their encodings.

        An index may be a moment behind the catalogue: a paper that was removed is left out.
        """
        head = first.fused[:most]
        stored = self._library.catalogue.get([paper_id for paper_id, _ in head])
        papers = [(stored[paper_id], score) for paper_id, score in head if paper_id in stored]
        vectors = first.sought.question is not None
        kept = self._library.encodings.get([paper for paper, _ in papers]) if vectors else {}
        return Best(papers, kept)


def joined(first: FirstRanking, ids: Sequence[PaperId]) -> FirstRanking:
    """Put the papers that nothing speaks for behind those that were found."""
    known = {paper_id for paper_id, _ in first.fused}
    lowest = min((score for _, score in first.fused), default=0.0)
    others = [(one, lowest) for one in sorted(ids) if one not in known]
    return replace(first, fused=[*first.fused, *others])


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


def _without(scores: Mapping[PaperId, float], gone: Set[PaperId]) -> Mapping[PaperId, float]:
    if not gone:
        return scores
    return {paper_id: score for paper_id, score in scores.items() if paper_id not in gone}


def _floor(scores: Mapping[PaperId, float], depth: int) -> float:
    """A paper that BM25 did not return scored 0, unless the list was cut off above it."""
    return 0.0 if len(scores) < depth else min(scores.values())
