"""Verdicts without a model: from probabilities to what a paper does with each criterion, and what is listed. Pure.

The list is cut where the F1 that the probabilities lead to expect is highest (Lewis 1995, "Evaluating
and optimizing autonomous text classification systems", section 3): a question with many likely
members gets a long list, one with few a short one. It is an estimate, not a reading, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.answering.sets.chances import Chances, Numbers, Regressions, weigh
from rag.answering.sets.logic import BELONGS, combine
from rag.retrieval.sweeping import Swept, SweptCriterion, SweptPaper
from rag.types import Criteria, CriterionVerdict, Evidence, Judgement, Paper, Verdict

# How many times as probable one paper is as the next behind a gap, and within a group at most.
_GAP, _ALIKE = 5, 3
_LEAST = 0.05  # below, a paper is not listed, however few there are
_UNCLEAR = 0.5
_HAS_IT = 0.5  # what is ruled out: more probable than not
_PARTLY_HAS_IT = 0.35


@dataclass(frozen=True, slots=True)
class Judged:
    """A paper with its verdict, and the probability (0 to 1) that it belongs, in full or in part."""

    paper: Paper
    verdict: Verdict
    probability: float

    @property
    def belongs(self) -> bool:
        """Tell whether the answer lists it."""
        return self.verdict.verdict in BELONGS


def judge(swept: Swept, criteria: Criteria, regressions: Regressions) -> tuple[Judged, ...]:
    """Return a verdict on each paper: those that meet it first, then by probability.

    A paper without words to show is never listed. What lies just below the cut is unclear. Without a
    criterion, every paper that has words meets them.
    """
    if not swept.papers:
        return ()
    whole, parts = weigh(swept, criteria, regressions)
    least = cut_at(whole.belongs) if criteria.clauses else _LEAST
    told = [_tell(part, of, least=least) for part, of in zip(swept.parts, parts, strict=True)]
    judged = []
    for place, one in enumerate(swept.papers):
        chance, meets = float(whole.belongs[place]), float(whole.meets[place])
        if told:
            verdict = _combined(one.paper, criteria, tuple(verdicts[place] for verdicts in told))
        else:
            verdict = _single(one, criteria, _judgement(chance, meets, least=least))
        judged.append(Judged(one.paper, verdict, round(chance, 4)))
    order = list(Judgement)
    return tuple(sorted(judged, key=lambda j: (order.index(j.verdict.verdict), -j.probability, j.paper.id)))


def cut_at(chances: Numbers) -> float:
    """Return the probability from which papers are listed; above all of them if none is."""
    best_first = np.sort(chances)[::-1]
    cut = expected_cut(chances)
    least = float(best_first[cut - 1]) if cut else min(2 * float(best_first[0]), 1.0)
    return max(least, _LEAST)


def expected_cut(probabilities: Numbers) -> int:
    """Return the number of most probable papers whose expected F1 is highest: 0 to all.

    Papers below 1 in 20 are not counted. Of an empty list the expected F1 is the probability that no paper
    belongs. A list does not end within a group that a wide gap parts from all others.

    >>> expected_cut(np.array([0.9] * 12 + [0.01] * 80)), expected_cut(np.array([0.2]))
    (12, 0)
    >>> expected_cut(np.array([0.6, 0.5, 0.4, 0.2, 0.01, 0.01]))
    4
    """
    best_first = np.sort(probabilities)[::-1]
    sizes = np.arange(1, len(best_first) + 1)
    expected = 2 * np.cumsum(best_first) / (sizes + best_first.sum())
    best = min(int(np.argmax(expected)) + 1, int((best_first >= _LEAST).sum()))
    return _to_gap(best_first, best) if best and expected[best - 1] > np.prod(1 - best_first) else 0


def _to_gap(best_first: Numbers, listed: int) -> int:
    """Return the end of the group that the last paper listed stands in, if a wide gap follows it."""
    last = best_first[listed - 1]
    group = int((best_first >= max(last / _ALIKE, _LEAST)).sum())
    follows = float(best_first[group]) if group < len(best_first) else 0.0
    return group if follows < best_first[group - 1] / _GAP else listed


def _tell(part: SweptCriterion, chances: Chances, *, least: float) -> list[CriterionVerdict]:
    """Judge all papers against one criterion."""
    verdicts = []
    for belongs, meets, evidence in zip(chances.belongs, chances.meets, part.evidence, strict=True):
        if part.criterion.negated:
            judgement = _has(float(belongs))
        else:
            judgement = _judgement(float(belongs), float(meets), least=least)
        shown = () if judgement is Judgement.NO else evidence
        verdicts.append(CriterionVerdict(part.criterion, judgement, shown))
    return verdicts


def _has(chance: float) -> Judgement:
    if chance >= _HAS_IT:
        return Judgement.MEETS
    return Judgement.PARTLY if chance >= _PARTLY_HAS_IT else Judgement.NO


def _combined(paper: Paper, criteria: Criteria, told: tuple[CriterionVerdict, ...]) -> Verdict:
    """Combine the verdicts on single criteria; what has no words to show for it is unclear at best."""
    judgement = combine(criteria, {one.criterion: one.verdict for one in told})
    best = [one.evidence[0] for one in told if one.evidence and not one.criterion.negated]
    evidence = () if judgement is Judgement.NO else _by_span(best)
    if judgement in BELONGS and not evidence:
        judgement = Judgement.UNCLEAR
    return Verdict(paper.id, judgement, evidence, told)


def _by_span(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Leave out what was chosen for two criteria."""
    return tuple({(one.start, one.end): one for one in evidence}.values())


def _single(one: SweptPaper, criteria: Criteria, judgement: Judgement) -> Verdict:
    """The verdict on a question of one criterion, which is the verdict on the criterion as well."""
    evidence = () if judgement is Judgement.NO else one.evidence
    told = tuple(CriterionVerdict(c, judgement, evidence) for clause in criteria.clauses for c in clause)
    return Verdict(one.paper.id, judgement, evidence, told)


def _judgement(chance: float, meets: float, *, least: float) -> Judgement:
    if chance >= least:
        return Judgement.MEETS if meets >= chance / 2 else Judgement.PARTLY
    return Judgement.UNCLEAR if chance >= _UNCLEAR * least else Judgement.NO
