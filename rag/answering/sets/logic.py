"""From the verdict on each criterion to the verdict on the paper. Pure.

Kleene's strong three-valued logic with a fourth value: in the order meets > partly > unclear > no, "or" takes
the best and "and" the worst (Kleene 1952, "Introduction to Metamathematics", section 64). What is ruled
out counts the other way round; in part stays in part, and unclear stays unclear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rag.types import Criteria, Criterion, Judgement

BELONGS = frozenset({Judgement.MEETS, Judgement.PARTLY})
_WORST_FIRST = (Judgement.NO, Judgement.UNCLEAR, Judgement.PARTLY, Judgement.MEETS)
_RULED_OUT = {Judgement.MEETS: Judgement.NO, Judgement.NO: Judgement.MEETS}


def combine(criteria: Criteria, verdicts: Mapping[Criterion, Judgement]) -> Judgement:
    """Return what a paper does with the criteria as a whole.

    Of a negated criterion, `MEETS` says that the paper does have what is ruled out. One without a verdict is
    unclear. Without a clause every paper meets them; a clause without criteria is met by none.

    >>> local, surveys = Criterion("local features"), Criterion("surveys", negated=True)
    >>> local_no_surveys = Criteria(((local,), (surveys,)))
    >>> str(combine(local_no_surveys, {local: Judgement.PARTLY, surveys: Judgement.NO}))
    'partly'
    >>> str(combine(local_no_surveys, {local: Judgement.MEETS, surveys: Judgement.MEETS}))
    'no'
    """
    return worst(best(_standing(criterion, verdicts) for criterion in clause) for clause in criteria.clauses)


def best(judgements: Iterable[Judgement]) -> Judgement:
    """Return the best of several verdicts; of none, `NO`."""
    return max(judgements, key=_WORST_FIRST.index, default=Judgement.NO)


def worst(judgements: Iterable[Judgement]) -> Judgement:
    """Return the worst of several verdicts; of none, `MEETS`."""
    return min(judgements, key=_WORST_FIRST.index, default=Judgement.MEETS)


def _standing(criterion: Criterion, verdicts: Mapping[Criterion, Judgement]) -> Judgement:
    found = verdicts.get(criterion, Judgement.UNCLEAR)
    return _RULED_OUT.get(found, found) if criterion.negated else found
