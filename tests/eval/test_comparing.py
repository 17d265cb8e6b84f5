"""Two runs side by side: differences, winners and losers, and what the answers say now."""

from __future__ import annotations

from eval.asking import Answers
from eval.comparing import changed_answers, compare_scores, compare_values
from eval.judging import Values
from eval.scoring import HALVES, score_run
from tests.eval.conftest import Asker
from tests.eval.faults import Faulty, refuse


def _values(**values: float) -> dict[str, Values]:
    return {name: {"ndcg10": value, "false_refusal": 1 - value} for name, value in values.items()}


def test_differences_are_paired_and_say_who_won() -> None:
    before, after = _values(a=0.2, b=0.5, c=0.5), _values(a=0.8, b=0.4, c=0.5, d=1.0)
    ndcg, refusal = compare_values(before, after)
    assert (len(ndcg.questions), ndcg.wins, ndcg.losses) == (3, 1, 1)
    assert abs(ndcg.change - 0.5 / 3) < 1e-9
    assert ndcg.low < ndcg.change < ndcg.high
    assert ndcg.questions[0].id == "b"
    assert (refusal.wins, refusal.losses, refusal.is_worse) == (1, 1, False)


def test_a_question_that_one_run_lacks_a_value_for_is_left_out() -> None:
    before: dict[str, Values] = {"a": {"ndcg10": None}, "b": {"ndcg10": 1.0}}
    [difference] = compare_values(before, {"a": {"ndcg10": 1.0}, "b": {"ndcg10": 1.0}})
    assert [q.id for q in difference.questions] == ["b"]


def test_the_same_run_differs_in_nothing(ask: Asker, healthy: Answers) -> None:
    run = ask(healthy, "run")
    scores = score_run(run)
    assert not list(changed_answers(run, run))
    for half in HALVES:
        assert all(d.change == 0 and d.p == 1.0 for d in compare_scores(scores, scores, half=half))


def test_changed_answers_name_the_papers_that_left(ask: Asker, healthy: Answers) -> None:
    run, refusing = ask(healthy, "run"), ask(Faulty(healthy, refuse), "refusing")
    changed = {answer.id: answer for answer in changed_answers(run, refusing)}
    otherwise = {name for name, record in run.answers.items() if record["status"] != "not_in_library"}
    assert set(changed) == otherwise
    one = changed["fact001"]
    assert (one.after, one.entered) == ("(not_in_library)", ())
    assert "The Curious Robot: Learning Visual Representations via Physical Interactions" in one.left
