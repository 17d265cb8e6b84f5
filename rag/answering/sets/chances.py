"""How probable it is that a paper belongs to a set, as a whole and by criterion: without a model. Pure.

Two logistic regressions over the features of `rag.retrieval.sweeping`: one for "belongs at all", one
for "meets it in full". Their weights stand in `verdict_weights.json` with the command that made them.

A question of several criteria is weighed by criterion: "and" is as probable as its weakest criterion, "or" as its
strongest, as fuzzy logic has it (Zadeh 1965, "Fuzzy sets", section 2). One that lists the parts of one notion is weighed as
a whole besides, because that orders papers best; the parts are then made to agree with it, so that a listed paper never
shows a criterion that keeps it off the list.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.answering.sets.named_topics import named_bounds
from rag.retrieval.sweeping import FEATURES, Basis, Swept, SweptCriterion
from rag.types import Criteria, Criterion, Paper

WEIGHTS_FILE = "verdict_weights.json"
Numbers = NDArray[np.float64]
# In log odds: who asks which papers of a set have something takes it that some have. On the tuning halves, sets cut out of the
# answers to others: F1 .57 in place of .46, and 85 % in place of 95 % of the sets that hold no member stay empty
# (`python -m eval.bench.narrowing`).
_MORE_OF_PICKED = 1.0
_OF_TYPE, _OF_OTHER = 0.95, 0.02  # a sentence of its own says so, or none does


@dataclass(frozen=True, slots=True)
class Regression:
    """Mean, deviation and weight of each feature, in the order of `FEATURES`, and what is added to their sum."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def probabilities(self, features: Numbers) -> Numbers:
        """Return 0 to 1 for each row; a feature that is unknown (NaN) counts as its mean."""
        scaled = np.nan_to_num((features - np.array(self.means)) / np.array(self.deviations), nan=0.0)
        chances: Numbers = 1 / (1 + np.exp(-(scaled @ np.array(self.weights) + self.bias)))
        return chances


@dataclass(frozen=True, slots=True)
class Regressions:
    """For "belongs at all" and for "meets in full"."""

    belongs: Regression
    meets: Regression

    def leaning(self, more: float) -> Regressions:
        """Return the same with `more` log odds for each paper."""
        one, other = self.belongs, self.meets
        return Regressions(replace(one, bias=one.bias + more), replace(other, bias=other.bias + more))

    def weigh(self, features: Numbers) -> Chances:
        """Return the chances of papers by their features, shape (n, 16)."""
        return Chances(self.belongs.probabilities(features), self.meets.probabilities(features))


@dataclass(frozen=True, slots=True)
class Chances:
    """Of n papers, the probability that each belongs, and that it meets in full; both of shape (n,)."""

    belongs: Numbers
    meets: Numbers

    def times(self, factor: Numbers) -> Chances:
        """Return both multiplied by a factor."""
        return Chances(self.belongs * factor, self.meets * factor)

    def within(self, least: Numbers, most: Numbers) -> Chances:
        """Return both, moved to the nearer bound where they lie beyond it."""
        return Chances(np.clip(self.belongs, least, most), np.clip(self.meets, least, most))

    def where(self, places: NDArray[np.bool_], other: Chances) -> Chances:
        """Return the other's at some places, one's own elsewhere."""
        return Chances(
            np.where(places, other.belongs, self.belongs), np.where(places, other.meets, self.meets)
        )


def weigh(swept: Swept, criteria: Criteria, regressions: Regressions) -> tuple[Chances, tuple[Chances, ...]]:
    """Return the chances of the question as a whole, and of each criterion of `swept.parts`.

    Without parts the whole stands for its one criterion; without a criterion every paper that has words belongs.
    """
    has_words = np.array([bool(one.evidence) for one in swept.papers], float)
    if not criteria.clauses:
        return Chances(has_words, has_words), ()
    if swept.picked:
        regressions = regressions.leaning(_MORE_OF_PICKED)
    papers = [one.paper for one in swept.papers]
    whole = regressions.weigh(swept.features)
    if not swept.parts:
        return whole.within(*named_bounds(criteria.clauses[0][0], papers)).times(has_words), ()
    parts = {part.criterion: part for part in swept.parts}
    own = {c: _own(part, papers, regressions) for c, part in parts.items()}
    wanted = [clause for clause in criteria.clauses if not all(c.negated for c in clause)]
    typed = [clause for clause in wanted if all(parts[c].shown is not None for c in clause)]
    untyped = [clause for clause in wanted if clause not in typed]
    if not untyped:
        whole = Chances(has_words, has_words)  # its words say no more than the types do, or what is ruled out
    elif typed and len(untyped) == 1:
        # The words of the sort would speak for each paper of that sort, whatever it is about.
        whole = _clause_chances(untyped[0], own)
    elif swept.apart:
        whole = _weakest([_clause_chances(clause, own) for clause in swept.apart])
    ruled_out = [clause for clause in criteria.clauses if clause not in wanted]
    for clause in (*typed, *ruled_out):
        whole = whole.times(_strongest(clause, own))
    whole = whole.times(has_words * (not criteria.contradictory))
    return whole, tuple(_agreeing(part.criterion, own, whole, wanted) for part in swept.parts)


@functools.cache
def load_regressions(basis: Basis) -> Regressions:
    """Read the weights for verdicts on one basis."""
    stored = json.loads(
        resources.files("rag.answering.sets").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8")
    )
    return Regressions(_read(stored[basis]["belongs"]), _read(stored[basis]["meets"]))


def _read(stored: dict[str, dict[str, list[float]] | float]) -> Regression:
    features, bias = stored["features"], stored["bias"]
    assert isinstance(features, dict)  # noqa: S101  # narrows the type of our own file
    assert isinstance(bias, float)  # noqa: S101
    unused = [0.0, 1.0, 0.0]
    means, deviations, weights = zip(*(features.get(name, unused) for name in FEATURES), strict=True)
    return Regression(means, deviations, weights, bias)


def _own(part: SweptCriterion, papers: Sequence[Paper], regressions: Regressions) -> Chances:
    if part.shown is None:
        return regressions.weigh(part.features).within(*named_bounds(part.criterion, papers))
    chances = np.where(part.shown, _OF_TYPE, _OF_OTHER)
    return Chances(chances, chances)


def _agreeing(
    criterion: Criterion,
    own: Mapping[Criterion, Chances],
    whole: Chances,
    wanted: Sequence[tuple[Criterion, ...]],
) -> Chances:
    """Return a criterion's chances such that the weakest clause is as probable as the whole, and no other less."""
    mine = own[criterion]
    clause = next((clause for clause in wanted if criterion in clause), None)
    if criterion.negated or clause is None:
        return mine
    strengths = np.array([_strongest(one, own) for one in wanted])
    at = wanted.index(clause)
    weakest = strengths.argmin(axis=0) == at
    leads = np.argmax([own[c].belongs for c in clause], axis=0) == clause.index(criterion)
    lifted = mine.where(leads & (strengths[at] < whole.belongs), whole)
    return lifted.where(weakest & (mine.belongs > whole.belongs), whole)


def _clause_chances(clause: tuple[Criterion, ...], own: Mapping[Criterion, Chances]) -> Chances:
    """The chances of the criterion that is most probable, of those that one clause joins by "or"."""
    meets: Numbers = np.max([own[c].meets for c in clause if not c.negated], axis=0)
    return Chances(_strongest(clause, own), meets)


def _weakest(clauses: Sequence[Chances]) -> Chances:
    """The chances of the clause that is least probable."""
    belongs: Numbers = np.min([clause.belongs for clause in clauses], axis=0)
    meets: Numbers = np.min([clause.meets for clause in clauses], axis=0)
    return Chances(belongs, meets)


def _strongest(clause: tuple[Criterion, ...], own: Mapping[Criterion, Chances]) -> Numbers:
    chances: Numbers = np.max([1 - own[c].belongs if c.negated else own[c].belongs for c in clause], axis=0)
    return chances
