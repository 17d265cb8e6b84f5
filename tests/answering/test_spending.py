"""What a sweep by a model may take: dollars, minutes, papers, requests."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

from rag.answering.writing.tokens import count_tokens
from rag.types import Estimated
from tests.answering.judge_server import LOCAL, PerfectJudge, always, found, library_of, make_judge, sweep
from tests.model_server import ModelServer


def test_a_budget_of_nothing_asks_nothing(tmp_path: Path) -> None:
    with ModelServer(PerfectJudge()) as server:
        judge = make_judge(
            server, tmp_path, {"FOOTNOTE_PRICE_IN": "1", "FOOTNOTE_PRICE_OUT": "1", "FOOTNOTE_BUDGET": "0"}
        )
        (estimated, *_), judged = sweep(judge, LOCAL, library_of(20, planted=(1,)))
        assert not server.requests
    assert isinstance(estimated, Estimated)
    assert (estimated.planned.papers, estimated.budget, judged.judged) == (0, 0.0, 0)
    assert estimated.whole is not None
    assert estimated.whole.papers == 20


_PRICED = {"FOOTNOTE_PRICE_IN": "1", "FOOTNOTE_PRICE_OUT": "1", "FOOTNOTE_BUDGET": "0.005"}


def test_a_budget_that_is_too_small_for_all_takes_the_nearest(tmp_path: Path) -> None:
    papers = library_of(100, planted=(0, 99))
    with ModelServer(PerfectJudge()) as server:
        (estimated, *_), judged = sweep(make_judge(server, tmp_path, _PRICED), LOCAL, papers)
        assert isinstance(estimated, Estimated)
        assert 0 < judged.judged == estimated.planned.papers < 100
        assert [v.paper_id for v in judged.verdicts] == [f"p{n}" for n in range(judged.judged)]
        _, whole = sweep(make_judge(server, tmp_path, _PRICED), LOCAL, papers, whole=True)
    assert found(whole) == {"p0", "p99"}
    assert judged.usage.cost is not None
    assert judged.usage.cost <= 0.005


def test_asked_again_a_small_budget_goes_on_where_it_ended(tmp_path: Path) -> None:
    papers = library_of(100, planted=())
    with ModelServer(PerfectJudge()) as server:
        _, first = sweep(make_judge(server, tmp_path, _PRICED), LOCAL, papers)
        _, second = sweep(make_judge(server, tmp_path, _PRICED), LOCAL, papers)
    assert second.judged > first.judged


def test_a_budget_that_is_spent_sooner_than_expected_ends_the_sweep(tmp_path: Path) -> None:
    expensive = always(lambda asked: json.dumps({"papers": asked.truth(), "thoughts": "hm " * 2_000}))
    with ModelServer(expensive) as server:
        judge = make_judge(server, tmp_path, {**_PRICED, "FOOTNOTE_BUDGET": "0.02"})
        _, judged = sweep(judge, LOCAL, library_of(100, planted=()))
    assert "budget of $0.02 is spent" in judged.stopped
    assert 0 < judged.judged < 100


def test_nothing_exceeds_the_hard_cap(tmp_path: Path) -> None:
    with ModelServer(PerfectJudge()) as server:
        judge = make_judge(server, tmp_path, {"FOOTNOTE_MOST_JUDGED": "15"})
        _, judged = sweep(judge, LOCAL, library_of(40, planted=()), whole=True)
    assert judged.judged == 15


def test_the_minutes_end_a_sweep(tmp_path: Path) -> None:
    with ModelServer(PerfectJudge()) as server:
        judge = make_judge(server, tmp_path, {"FOOTNOTE_MINUTES": "0"})
        _, judged = sweep(judge, LOCAL, library_of(400, planted=()))
    assert (judged.judged < 400, "minutes for it are over" in judged.stopped) == (True, True)


def test_requests_keep_to_the_models_window(tmp_path: Path) -> None:
    papers = library_of(
        30, planted=(7,), text="It joins local features with care." + " Drums are heard." * 150
    )
    with ModelServer(PerfectJudge()) as server:
        judge = make_judge(server, tmp_path, {"FOOTNOTE_CONTEXT": "2000"})
        _, judged = sweep(judge, LOCAL, papers)
        for body in server.requests:
            sent = count_tokens("".join(message["content"] for message in body["messages"]))
            assert sent + body["max_tokens"] <= 2_000
    assert found(judged) == {"p7"}


def test_no_more_requests_run_side_by_side_than_are_allowed(tmp_path: Path) -> None:
    judge, running, most = PerfectJudge(), [0], [0]
    guard = threading.Lock()

    def slow(handler: Any) -> None:
        with guard:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with guard:
            running[0] -= 1
        judge(handler)

    with ModelServer(slow) as server:
        sweep(
            make_judge(server, tmp_path, {"FOOTNOTE_REQUESTS": "3"}, batch=1),
            LOCAL,
            library_of(24, planted=()),
        )
    assert most[0] == 3
