"""Follow-ups as a whole: a new topic, scripted dialogues, any words at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.dialogues import load_dialogues, play
from rag.types import NOTHING_SAID, WHOLE_LIBRARY
from tests.answering.following import SHOWN, ask


@pytest.mark.parametrize(
    "asked", ["Which papers use hyperbolic space?", "What is dropout and why does it help?"]
)
def test_a_new_topic_leaves_the_set_and_says_so(asked: str) -> None:
    question = ask(asked)
    assert question.scope == WHOLE_LIBRARY
    assert "not of the 3 papers before" in question.notices[0]


@given(asked=st.text(min_size=1, max_size=80).filter(lambda text: text.isprintable() and bool(text.strip())))
def test_any_follow_up_points_at_papers_that_were_shown_or_at_none(asked: str) -> None:
    question = ask(asked)
    assert set(question.scope.ids or ()) <= {mention.id for mention in SHOWN}
    assert question.text


@pytest.mark.parametrize(
    ("half", "later", "least"),
    [("tune", False, 0.9), ("report", False, 0.9), ("tune", True, 0.9), ("report", True, 0.75)],
)
def test_scripted_dialogues_are_followed(half: str, later: bool, least: float) -> None:  # noqa: FBT001
    played = [list(play(dialogue)) for dialogue in load_dialogues(half, later=later)]
    right = [dialogue[0].dialogue for dialogue in played if all(turn.right for turn in dialogue)]
    assert len(right) >= least * len(played)


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("none of these. What about papers on smell?", "What about papers on smell?"),
        ("forget drums, what is there on otters?", "what is there on otters?"),
    ],
)
def test_who_leaves_the_set_in_words_is_not_asked_of_it(asked: str, searched: str) -> None:
    question = ask(asked)
    assert (question.text, question.scope) == (searched, WHOLE_LIBRARY)
    assert "not of the 3 papers before" in question.notices[0]


def test_a_follow_up_of_any_words_may_come_first() -> None:
    turns = [
        turn
        for half in ("tune", "report")
        for one in load_dialogues(half, later=True)
        for turn in one["turns"]
    ]
    assert all(ask(turn["asked"], NOTHING_SAID).scope.ids is None for turn in turns)
