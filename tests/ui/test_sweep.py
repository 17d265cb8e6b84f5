"""A set while it is judged: the line that tells how far, the rows so far, and what stop leaves."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup

from rag.answering.asking.conversation import continue_with
from rag.types import AnswerEvent, Estimate, Estimated, Judging, Resolved, Retrieved, Status
from tests.ui.judged import QUESTION, RANKING, judged_answer, member
from ui.keeping import keep_answer, read_answer, stopped_answer
from ui.render import render_turn
from ui.turns import Turn, advance, complete_turn

_PLANNED = Estimate(600, 20, 58, 90_000, 9_000, cost=0.2, seconds=59.7)
_WHOLE = Estimate(12_430, 20, 1_240, 1_900_000, 190_000, cost=0.351, seconds=118)


def _turn(*events: AnswerEvent) -> Turn:
    turn = Turn("t", QUESTION.asked, writer="llm:tiny")
    for event in (Resolved(QUESTION), Retrieved(RANKING), *events):
        turn = advance(turn, event)
    return turn


_HALFWAY = (
    Estimated(_PLANNED, _WHOLE, 0.2),
    Judging(20, 600, 1, members=(member(1),)),
    Judging(120, 600, 2, 41.8, members=(member(2),)),
)


def _text(turn: Turn, selector: str) -> str:
    drawn = BeautifulSoup(render_turn(turn), "html.parser")
    return " ".join(found.get_text(" ", strip=True) for found in drawn.select(selector))


def test_the_line_tells_how_far_it_is_what_was_found_and_how_long_it_takes() -> None:
    turn = _turn(*_HALFWAY)
    assert _text(turn, ".so-far") == "judged 120 of 600 · 2 found · 42 s left"
    assert _text(turn, ".planned").startswith(
        "the nearest 600 of 12,430 · 20 of them known from before · about $0.20, 1 min"
    )
    assert 'max="600" value="120"' in render_turn(turn)


def test_of_a_free_model_whose_pace_is_unknown_the_bar_alone_is_told() -> None:
    free = replace(_PLANNED, cached=0, cost=0.0, seconds=None)
    assert _text(_turn(Estimated(free, None, None)), ".sweep") == "judged 0 of 600"
    known = replace(free, cached=20)
    assert _text(_turn(Estimated(known, None, None)), ".planned") == "20 of them known from before"


def test_rows_appear_as_their_papers_are_found() -> None:
    assert _text(_turn(*_HALFWAY[:2]), "tr[data-paper] .title") == "Kelp 1"
    assert _text(_turn(*_HALFWAY), "tr[data-paper] .title") == "Kelp 1 Kelp 2"


def test_a_turn_that_is_stopped_keeps_its_rows_and_says_so() -> None:
    answer = stopped_answer(_turn(*_HALFWAY))
    assert answer is not None
    again = read_answer(keep_answer(answer))
    assert (again.status, [source.paper.title for source in again.sources]) == (
        Status.PARTIAL,
        ["Kelp 1", "Kelp 2"],
    )
    turn = complete_turn("t", again)
    assert _text(turn, ".count").startswith("2 found in the 120 of 600 papers")
    assert _text(turn, "tr[data-paper] .title") == "Kelp 1 Kelp 2"
    assert "Stopped" in _text(turn, ".how .notice")


def test_a_follow_up_to_a_stopped_set_points_at_what_was_found() -> None:
    turn = _turn(*_HALFWAY)
    answer = stopped_answer(turn)
    assert answer is not None
    assert [mention.title for mention in continue_with(turn.said, answer).papers] == ["Kelp 1", "Kelp 2"]


def test_before_anything_is_found_there_is_nothing_to_keep() -> None:
    assert stopped_answer(_turn(_HALFWAY[0], Judging(20, 600, 0))) is None


def test_a_set_that_was_judged_in_part_offers_the_rest_with_its_price() -> None:
    turn = replace(complete_turn("t", judged_answer()), estimate=_HALFWAY[0])
    assert (
        _text(turn, ".rest") == "Judged the nearest 600 of 12,430 by a model. Judge all: about $0.35, 2 min"
    )
    whole = replace(judged_answer(), judged=12_430)
    assert _text(complete_turn("t", whole), ".rest") == ""
