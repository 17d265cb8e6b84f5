"""A model that judges: written down, resumed, counted, and never taken for a rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pytest

from eval.asking import Answers
from eval.comparing import ChangedAnswer
from eval.opinions import ask_opinions
from eval.preferences import ask_preferences
from eval.reference import ReferenceQuestion
from eval.report import render_html, render_markdown
from eval.runs import read_opinions, read_run_folder
from eval.scoring import score_run
from rag.answering.model.chat_model import ChatModel
from rag.environment.reading import read_settings
from tests.eval.conftest import Asker
from tests.model_server import ModelServer, Reply, refuses, says

_CHANGED = ChangedAnswer("q1", "Which?", "The first.", "The second.", (), ())


def _model(server: ModelServer) -> ChatModel:
    return ChatModel(read_settings({"OPENAI_BASE_URL": server.url}).model)


def test_opinions_are_written_one_by_one_and_not_asked_for_again(
    ask: Asker, healthy: Answers, questions: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=questions[:3])
    with ModelServer(says("YES")) as server:
        first = list(islice(ask_opinions(run, _model(server)), 1))
        asked = len(server.requests)
        rest = list(ask_opinions(run, _model(server)))
    assert (first, rest) == ([(1, 3)], [(2, 3), (3, 3)])
    assert len(server.requests) > asked
    assert set(read_opinions(run.folder)) == set(run.answers)


def test_an_unreadable_verdict_is_counted_and_not_a_no(
    ask: Asker, healthy: Answers, questions: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=questions[:4])
    with ModelServer(says("Who can say?")) as server:
        list(ask_opinions(run, _model(server)))
    figures = score_run(read_run_folder(run.folder)).opinions
    assert {figure.measure for figure in figures} == {"faithfulness", "relevancy", "correctness"}
    assert all(f.mean is None and f.scored == 0 and f.unscored > 0 for f in figures)


def test_a_mean_comes_with_its_agreement(
    ask: Asker, healthy: Answers, questions: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=questions[:8])
    with ModelServer(says("5")) as server:
        list(ask_opinions(run, _model(server)))
    half = questions[0].half
    figures = score_run(read_run_folder(run.folder)).opinions
    [correctness] = [f for f in figures if f.measure == "correctness" and f.half == half]
    assert (correctness.mean, correctness.low, correctness.unscored) == (5.0, 5.0, 0)
    assert correctness.agreement is None
    assert correctness.compared == correctness.scored


def test_the_report_shows_opinions_beside_the_measures_by_rule(
    ask: Asker, healthy: Answers, questions: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=questions[:3])
    assert "opinion" not in render_html(run, score_run(run))
    with ModelServer(says("YES, <b>it is</b>.")) as server:
        list(ask_opinions(run, _model(server)))
    judged = read_run_folder(run.folder)
    page = render_html(judged, score_run(judged))
    assert "faithfulness 1: " in page
    assert "YES, &lt;b&gt;it is&lt;/b&gt;." in page
    assert "| faithfulness | " in render_markdown(judged, score_run(judged))


@pytest.mark.parametrize(
    ("replies", "preferred"),
    [
        ((says("[[A]]"), says("[[B]]")), "A"),
        ((says("[[B]]"), says("[[A]]")), "B"),
        ((says("[[A]]"), says("[[A]]")), "tie"),
        ((says("[[C]]"), says("[[C]]")), "tie"),
        ((says("[[A]]"), says("Neither.")), "unscored"),
        ((refuses(401),), "unscored"),
    ],
)
def test_a_preference_must_hold_in_both_orders(replies: tuple[Reply, ...], preferred: str) -> None:
    with ModelServer(*replies) as server:
        [preference] = ask_preferences([_CHANGED], _model(server))
    assert preference.preferred == preferred


def test_both_orders_are_shown() -> None:
    with ModelServer(says("[[C]]")) as server:
        list(ask_preferences([_CHANGED], _model(server)))
    forward, backward = (str(request["messages"]) for request in server.requests)
    assert forward.index("The first.") < forward.index("The second.")
    assert backward.index("The second.") < backward.index("The first.")
