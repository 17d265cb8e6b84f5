"""Our measures of a ranking are those of ir-measures (and so of trec_eval), on a thousand random runs."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import pytest

from eval.metrics.ranking import judged_at_k, ndcg_at_k, r_precision, recall_at_k, reciprocal_rank

_RUNS = 1_000


def _random_run(source: random.Random) -> tuple[list[str], dict[str, int]]:
    papers = [f"p{n}" for n in range(80)]
    judged = {paper: source.choice((0, 1, 1, 2)) for paper in source.sample(papers, source.randint(1, 30))}
    judged[source.choice(papers)] = 2
    return source.sample(papers, source.randint(1, 60)), judged


def test_measures_equal_ir_measures_on_random_runs() -> None:
    ir: Any = pytest.importorskip("ir_measures", reason="ir-measures has no wheel for this machine")
    source = random.Random(7)
    runs = {str(number): _random_run(source) for number in range(_RUNS)}
    qrels = [ir.Qrel(q, paper, grade) for q, (_, judged) in runs.items() for paper, grade in judged.items()]
    scored = [
        ir.ScoredDoc(q, paper, float(len(ranking) - place))
        for q, (ranking, _) in runs.items()
        for place, paper in enumerate(ranking)
    ]
    ours: dict[Any, Callable[[list[str], dict[str, int]], float]] = {
        ir.nDCG @ 10: lambda ranking, judged: ndcg_at_k(ranking, judged, k=10),
        ir.R @ 5: lambda ranking, judged: recall_at_k(ranking, judged, k=5),
        ir.R @ 10: lambda ranking, judged: recall_at_k(ranking, judged, k=10),
        ir.R @ 20: lambda ranking, judged: recall_at_k(ranking, judged, k=20),
        ir.R @ 50: lambda ranking, judged: recall_at_k(ranking, judged, k=50),
        ir.RR: reciprocal_rank,
        ir.Rprec: r_precision,
        ir.Judged @ 10: lambda ranking, judged: judged_at_k(ranking, judged, k=10),
    }
    theirs = {(m.measure, m.query_id): m.value for m in ir.iter_calc(list(ours), qrels, scored)}
    assert len(theirs) == _RUNS * len(ours)
    differing = [
        (measure, q)
        for (measure, q), value in theirs.items()
        if not math.isclose(ours[measure](*runs[q]), value, abs_tol=1e-9)
    ]
    assert not differing


def test_a_relevant_paper_of_grade_zero_is_not_relevant() -> None:
    judged = {"p1": 0, "p2": 1}
    assert recall_at_k(["p1"], judged, k=5) == 0.0
    assert reciprocal_rank(["p1", "p2"], judged) == 0.5
    assert judged_at_k(["p1", "p9"], judged, k=2) == 0.5


def test_an_empty_ranking_scores_zero() -> None:
    judged = {"p1": 1}
    assert ndcg_at_k([], judged, k=10) == 0.0
    assert judged_at_k([], judged, k=10) == 0.0
