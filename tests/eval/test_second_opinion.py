"""A model's opinion of an answer, over real HTTP: what is asked, what is read, what stays unscored."""

from __future__ import annotations

import signal
import threading
from typing import Any

import pytest

from eval.runs import Opinion
from eval.second_opinion import second_opinion
from rag.answering.model.chat_model import ChatModel
from rag.environment.reading import read_settings
from tests.model_server import ModelServer, Reply, refuses, says, waits

_QUESTION = "What do bark and leaf tell apart?"
_ANSWER = "Tree species are told apart [1]."
_CONTEXTS = ("Tree species are told apart from bark and leaf photos.",)


def _opinions(*replies: Reply, reference: str | None = "Tree species.") -> tuple[Opinion, ...]:
    with ModelServer(*replies) as server:
        model = ChatModel(read_settings({"OPENAI_BASE_URL": server.url}).model)
        return second_opinion(_QUESTION, _ANSWER, _CONTEXTS, reference=reference, model=model)


def test_three_measures_are_asked_for_and_read() -> None:
    opinions = _opinions(says("YES"), says("NO"), says("4.5\n", "Almost the same."))
    assert [(opinion.measure, opinion.score) for opinion in opinions] == [
        ("faithfulness", 1.0),
        ("relevancy", 0.0),
        ("correctness", 4.5),
    ]


def test_a_thought_before_the_verdict_is_no_part_of_it() -> None:
    opinions = _opinions(says("A no? Or a yes?", "</think>YES"), reference=None)
    assert [opinion.score for opinion in opinions] == [1.0, 1.0]


def test_without_a_reference_correctness_is_not_asked_for() -> None:
    assert len(_opinions(says("YES"), reference=None)) == 2


def test_the_judge_is_shown_question_answer_and_contexts() -> None:
    with ModelServer(says("YES")) as server:
        model = ChatModel(read_settings({"OPENAI_BASE_URL": server.url}).model)
        second_opinion(_QUESTION, _ANSWER, _CONTEXTS, reference=None, model=model)
        faithfulness, relevancy = (request["messages"][0]["content"] for request in server.requests)
    assert all(_ANSWER in asked and _CONTEXTS[0] in asked for asked in (faithfulness, relevancy))
    assert _QUESTION in relevancy


@pytest.mark.parametrize("reply", ["I cannot tell.", "Yes and no.", "6\nExcellent", "It is a 4"])
def test_a_verdict_that_cannot_be_read_is_unscored_and_kept(reply: str) -> None:
    opinions = _opinions(says(reply))
    assert [(opinion.score, opinion.said) for opinion in opinions] == [(None, reply)] * 3


def test_a_judge_that_fails_is_unscored_and_says_why() -> None:
    opinions = _opinions(refuses(401))
    assert [opinion.score for opinion in opinions] == [None] * 3
    assert all("check OPENAI_API_KEY" in opinion.said for opinion in opinions)


def test_an_interrupt_does_not_wait_for_the_verdict() -> None:
    main, replied = threading.get_ident(), threading.Event()

    def interrupts(handler: Any) -> None:
        signal.pthread_kill(main, signal.SIGINT)
        waits()(handler)
        replied.set()

    with ModelServer(interrupts) as server:
        model = ChatModel(read_settings({"OPENAI_BASE_URL": server.url}).model)
        with pytest.raises(KeyboardInterrupt):
            second_opinion(_QUESTION, _ANSWER, _CONTEXTS, reference=None, model=model)
        assert not replied.is_set()
