"""A set question -> what is known of each paper: for the question as a whole, and for each of its criteria.

A criterion is looked for as a question of its own, among the same papers. What papers themselves tell (that they are
surveys, that they hold a name) is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.library.library import Library
from rag.library.schema import SEARCHED
from rag.library.scoping import Selection
from rag.retrieval.evidence import QuestionWords
from rag.retrieval.features import Best
from rag.retrieval.first_ranking import FirstRanker, FirstRanking, joined
from rag.retrieval.held_terms import absent_terms, held_term, looked_up
from rag.retrieval.naming import find_named
from rag.retrieval.paper_types import PaperType, asked_types, is_type_alone
from rag.retrieval.sweeping import Basis, Swept, SweptCriterion, choose_basis
from rag.retrieval.swept_features import sweep_papers, sweep_type, sweep_words
from rag.retrieval.topics_apart import topics_apart
from rag.retrieval.weighed_words import weigh_words
from rag.settings import RetrievalSettings
from rag.types import WHOLE_LIBRARY, Criterion, Question


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Looks closely at the papers of a library; `first` ranks them."""

    library: Library
    settings: RetrievalSettings
    first: FirstRanker

    def sweep(self, question: Question, *, basis: Basis | None) -> Swept:
        """Look at every paper of the scope, or at the `swept` nearest ones of a larger one.

        In a library of up to `swept` papers all are compared, whatever the scope: what is found of a
        paper then does not depend on it. `basis` None takes what the papers allow.

        Raises:
            LibraryDamaged: vectors that the catalogue counts are gone or unreadable.
        """
        library, most = self.library, self.settings.swept
        scoped = library.catalogue.select(question.scope)
        small = library.size() <= most
        selection = library.catalogue.select(WHOLE_LIBRARY) if small else scoped
        naming = find_named(question.criteria.wanted or question.text, library.catalogue)
        first, _ = looked = self._look_for(question.sought or naming.text, selection)
        if small:  # the papers that nothing speaks for stand behind
            first = joined(first, library.catalogue.ids(*SEARCHED))
        best = self.first.load(first, most=most)
        basis = basis or choose_basis(len(best.papers))
        clauses = question.criteria.clauses
        criteria = [criterion for clause in clauses for criterion in clause]
        kinds = [kind for c in criteria if not c.negated for kind in asked_types(c.text)]
        swept = self._look_at(best, looked, kinds=kinds, basis=basis)
        if len(criteria) > 1 or any(map(self._stands_apart, criteria)):
            parts = tuple(self._part(criterion, selection, best, basis) for criterion in criteria)
            weights = {one: weigh_words(library.lexical, one.text).weights for one in criteria}
            swept = replace(swept, parts=parts, apart=topics_apart(clauses, weights))
        absent, held = absent_terms(question.criteria, library), held_term(question.criteria, scoped, library)
        swept = replace(swept, absent=absent, held=held)
        if scoped.within is None:
            return swept
        picked = question.scope.ids is not None and len(scoped.within) <= library.size() / 2
        return replace(swept.among(scoped.within), picked=picked)

    def _part(self, criterion: Criterion, selection: Selection, best: Best, basis: Basis) -> SweptCriterion:
        """Look at the same papers for one criterion."""
        if is_type_alone(criterion.text):
            return sweep_type(criterion, [paper for paper, _ in best.papers])
        if phrase := looked_up(criterion, self.library):
            return sweep_words(criterion, phrase, [paper for paper, _ in best.papers])
        first, _ = looked = self._look_for(criterion.text, selection)
        scores, lowest = dict(first.fused), min((score for _, score in first.fused), default=0.0)
        scored = replace(best, papers=[(paper, scores.get(paper.id, lowest)) for paper, _ in best.papers])
        swept = self._look_at(scored, looked, kinds=asked_types(criterion.text), basis=basis)
        return SweptCriterion(criterion, swept.features, tuple(one.evidence for one in swept.papers))

    def _look_for(self, text: str, selection: Selection) -> tuple[FirstRanking, QuestionWords]:
        """Return the first ranking for a text, and what its words weigh."""
        first, wording = self.first.rank_many(text, selection)
        return first, weigh_words(self.library.lexical, wording.mended, related=first.related)

    def _look_at(
        self,
        best: Best,
        looked: tuple[FirstRanking, QuestionWords],
        *,
        kinds: Sequence[PaperType],
        basis: Basis,
    ) -> Swept:
        first, words = looked
        return sweep_papers(
            self.library, first.sought, best, words=words, settings=self.settings, basis=basis, kinds=kinds
        )

    def _stands_apart(self, criterion: Criterion) -> bool:
        """Tell whether a criterion is judged by itself though it is the only one."""
        return criterion.negated or is_type_alone(criterion.text) or bool(looked_up(criterion, self.library))
