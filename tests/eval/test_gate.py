"""The gate holds for the run that set it, and goes red for each real fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.asking import Answers
from eval.gate import Baseline, Breach, find_breaches, make_baseline, read_baseline, unlike, write_baseline
from eval.scoring import score_run
from rag.errors import RunError
from tests.eval.conftest import Asker
from tests.eval.faults import (
    Crashing,
    Fault,
    Faulty,
    invent,
    never_refuse,
    refuse,
    shuffle_evidence,
    swap_citations,
)


@pytest.fixture
def standard(ask: Asker, healthy: Answers, tmp_path: Path) -> Baseline:
    """What the healthy answerer sets."""
    run = ask(healthy, "standard")
    path = tmp_path / "baseline.json"
    write_baseline(path, make_baseline(run, score_run(run)))
    return read_baseline(path)


def _breaches(ask: Asker, answers: Answers, standard: Baseline) -> dict[str, Breach]:
    run = ask(answers, "spoiled")
    assert unlike(run, standard) is None
    return {breach.measure.name: breach for breach in find_breaches(score_run(run), standard)}


def test_the_run_that_set_the_baseline_passes(ask: Asker, healthy: Answers, standard: Baseline) -> None:
    assert not _breaches(ask, healthy, standard)


def test_what_rounding_took_from_a_baseline_tells_no_run_worse(
    ask: Asker, healthy: Answers, standard: Baseline
) -> None:
    scores = score_run(ask(healthy, "again"))
    thirds = tuple(replace(one, values={**one.values, "cited_f1": 2 / 3 - 1e-9}) for one in scores.questions)
    values = {one.id: {**standard.values[one.id], "cited_f1": 0.666667} for one in thirds}
    held = replace(standard, values=values, floors={**standard.floors, "cited_f1": 0.6})
    assert "cited_f1" not in {b.measure.name for b in find_breaches(replace(scores, questions=thirds), held)}


@pytest.mark.parametrize(
    ("fault", "measure"),
    [
        (shuffle_evidence, "true_spans"),
        (swap_citations, "citation_recall"),
        (invent, "citation_recall"),
        (refuse, "false_refusal"),
        (never_refuse, "off_topic_refused"),
    ],
)
def test_a_spoiled_answer_turns_the_gate_red(
    ask: Asker, healthy: Answers, standard: Baseline, fault: Fault, measure: str
) -> None:
    assert measure in _breaches(ask, Faulty(healthy, fault), standard)


def test_searching_by_words_alone_turns_the_gate_red(
    ask: Asker, without_dense: Answers, standard: Baseline
) -> None:
    assert "ndcg10" in _breaches(ask, without_dense, standard)


def test_crashes_turn_the_gate_red(ask: Asker, healthy: Answers, standard: Baseline) -> None:
    assert {"ndcg10", "false_refusal"} <= set(_breaches(ask, Crashing(healthy), standard))


def test_a_breach_names_the_worst_questions(ask: Asker, healthy: Answers, standard: Baseline) -> None:
    breach = _breaches(ask, Faulty(healthy, refuse), standard)["false_refusal"]
    assert len(breach.worst) == 5
    assert all((q.before, q.after) == (0.0, 1.0) for q in breach.worst)


def test_a_run_of_other_questions_cannot_be_held_against_it(
    ask: Asker, healthy: Answers, standard: Baseline
) -> None:
    run = ask(healthy, "standard")
    few = ask(healthy, "few", chosen=run.questions[:3])
    assert unlike(few, standard) == "it asked other questions than the baseline"


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 9}'])
def test_a_file_that_is_no_baseline_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "baseline.json").write_text(content)
    with pytest.raises(RunError, match="footnote eval baseline"):
        read_baseline(tmp_path / "baseline.json")
