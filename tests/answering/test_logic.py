"""The logic of criteria: and, or, not over four verdicts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.sets.logic import combine
from rag.types import Criteria, Criterion, Judgement

_MEETS, _PARTLY, _NO, _UNCLEAR = Judgement.MEETS, Judgement.PARTLY, Judgement.NO, Judgement.UNCLEAR
_A, _B, _NOT_C = Criterion("a"), Criterion("b"), Criterion("c", negated=True)
_ORDER: list[Judgement] = [_NO, _UNCLEAR, _PARTLY, _MEETS]

_JUDGEMENTS = st.sampled_from(Judgement)
_CRITERIA = st.builds(Criterion, text=st.sampled_from("abcd"), negated=st.booleans())
_CLAUSES = st.lists(st.lists(_CRITERIA, min_size=1, max_size=3).map(tuple), max_size=4).map(tuple)


@st.composite
def _judged(draw: st.DrawFn) -> tuple[Criteria, dict[Criterion, Judgement]]:
    criteria = Criteria(draw(_CLAUSES))
    return criteria, {c: draw(_JUDGEMENTS) for clause in criteria.clauses for c in clause}


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        (_MEETS, _MEETS, _MEETS, _MEETS),
        (_MEETS, _PARTLY, _PARTLY, _MEETS),
        (_MEETS, _UNCLEAR, _UNCLEAR, _MEETS),
        (_MEETS, _NO, _NO, _MEETS),
        (_PARTLY, _UNCLEAR, _UNCLEAR, _PARTLY),
        (_PARTLY, _NO, _NO, _PARTLY),
        (_UNCLEAR, _NO, _NO, _UNCLEAR),
        (_NO, _NO, _NO, _NO),
    ],
)
def test_and_takes_the_worst_or_the_best(
    first: Judgement, second: Judgement, both: Judgement, either: Judgement
) -> None:
    verdicts = {_A: first, _B: second}
    assert combine(Criteria(((_A,), (_B,))), verdicts) is both
    assert combine(Criteria(((_A, _B),)), verdicts) is either


@pytest.mark.parametrize(
    ("has_it", "standing"), [(_MEETS, _NO), (_NO, _MEETS), (_PARTLY, _PARTLY), (_UNCLEAR, _UNCLEAR)]
)
def test_what_is_ruled_out_counts_the_other_way_round(has_it: Judgement, standing: Judgement) -> None:
    assert combine(Criteria(((_NOT_C,),)), {_NOT_C: has_it}) is standing


def test_without_clauses_every_paper_meets_the_question() -> None:
    assert combine(Criteria(), {}) is _MEETS


def test_a_clause_without_criteria_is_met_by_none() -> None:
    assert combine(Criteria(((),)), {}) is _NO


def test_a_criterion_without_verdict_is_unclear() -> None:
    assert combine(Criteria(((_A,),)), {}) is _UNCLEAR


@given(judged=_judged(), data=st.data())
def test_a_better_verdict_on_what_is_wanted_never_makes_the_whole_worse(
    judged: tuple[Criteria, dict[Criterion, Judgement]], data: st.DataObject
) -> None:
    criteria, verdicts = judged
    better = {
        c: data.draw(st.sampled_from(_ORDER[_ORDER.index(j) :])) if not c.negated else j
        for c, j in verdicts.items()
    }
    before, after = combine(criteria, verdicts), combine(criteria, better)
    assert _ORDER.index(after) >= _ORDER.index(before)


@given(judged=_judged(), data=st.data())
def test_the_order_of_clauses_and_criteria_counts_nothing(
    judged: tuple[Criteria, dict[Criterion, Judgement]], data: st.DataObject
) -> None:
    criteria, verdicts = judged
    clauses = [tuple(data.draw(st.permutations(clause))) for clause in criteria.clauses]
    shuffled = Criteria(tuple(data.draw(st.permutations(clauses))))
    assert combine(shuffled, verdicts) is combine(criteria, verdicts)


@given(judged=_judged())
def test_two_values_give_classical_logic(judged: tuple[Criteria, dict[Criterion, Judgement]]) -> None:
    criteria, verdicts = judged
    sharp = {c: _MEETS if j in {_MEETS, _PARTLY} else _NO for c, j in verdicts.items()}
    classical = all(any((sharp[c] is _MEETS) != c.negated for c in clause) for clause in criteria.clauses)
    assert combine(criteria, sharp) is (_MEETS if classical else _NO)


@given(clauses=_CLAUSES, size=st.integers(0, 2))
def test_leaving_a_clause_out_never_makes_a_paper_worse(
    clauses: tuple[tuple[Criterion, ...], ...], size: int
) -> None:
    criteria = list(dict.fromkeys(itertools.chain.from_iterable(clauses)))
    verdicts = dict(zip(criteria, itertools.cycle(_ORDER), strict=False))
    whole, part = combine(Criteria(clauses), verdicts), combine(Criteria(clauses[:size]), verdicts)
    assert _ORDER.index(part) >= _ORDER.index(whole)
