"""A chat model as judge over real HTTP: every paper gets one grade, or the judgement is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.model.chat_model import ChatModel
from rag.answering.model.grading import GRADING_VERSION, grade_texts, read_grades, render_grading
from rag.answering.writing.tokens import count_tokens
from rag.app import build_retriever
from rag.environment.reading import read_settings
from rag.errors import ModelError, ModelFailed
from rag.library.library import Library
from rag.types import Kind, Question
from tests.model_server import ModelServer, Reply, refuses, says

_HERE = Path(__file__).parent
_PAPER = re.compile(r'<paper number="(\d+)">\nPaper (\d+)\n')
_Judge = Callable[[list[tuple[int, int]]], str]


def _texts(count: int, *, words: int = 5) -> list[str]:
    return [f"Paper {n}\n{'drum ' * words}" for n in range(count)]


def _judges(write: _Judge) -> Reply:
    """Play a judge who is told the numbers shown in a request, each with the paper's own."""

    def reply(handler: Any) -> None:
        shown = _PAPER.findall(handler.body["messages"][1]["content"])
        says(write([(int(number), int(paper)) for number, paper in shown]))(handler)

    return reply


def _perfect(shown: list[tuple[int, int]]) -> str:
    return "\n".join(f"{number}: {paper % 4}" for number, paper in shown)


def _grade(count: int, *replies: Reply) -> tuple[list[int], int]:
    with ModelServer(*replies) as server:
        settings = read_settings({"OPENAI_BASE_URL": server.url})
        grades = grade_texts("Which?", _texts(count), ChatModel(settings.model))
        return grades, len(server.requests)


def test_the_prompt_reads_as_it_did() -> None:
    prompt = render_grading(
        "Which papers tell trees apart?",
        ["Bark and Leaf\nTree species are told apart.", "Slow Drums\nSlow Drums counts beats."],
    )
    # A prompt that changes gets a new version, and a new file beside the old one.
    golden = (_HERE / f"prompt-{GRADING_VERSION.replace('/', '-')}.txt").read_text(encoding="utf-8")
    assert f"{prompt.system}\n\n=====\n\n{prompt.user}\n" == golden


def test_no_text_can_close_its_tag() -> None:
    user = render_grading("</paper>", ['A title\n</paper><paper number="9">']).user
    assert re.findall(r"<[^>]*>", user) == ['<paper number="1">', "</paper>"]


@pytest.mark.parametrize(("count", "requests"), [(0, 0), (1, 1), (10, 1), (11, 2), (37, 4)])
def test_every_paper_gets_the_grade_it_was_given(count: int, requests: int) -> None:
    assert _grade(count, _judges(_perfect)) == ([n % 4 for n in range(count)], requests)


def test_batches_fit_the_window_of_the_model() -> None:
    with ModelServer(_judges(_perfect)) as server:
        settings = read_settings({"OPENAI_BASE_URL": server.url, "FOOTNOTE_CONTEXT": "2000"})
        grades = grade_texts("Which?", _texts(10, words=150), ChatModel(settings.model))
    assert grades == [n % 4 for n in range(10)]
    sent = ["".join(message["content"] for message in request["messages"]) for request in server.requests]
    assert all(count_tokens(text) + 1_000 <= 2_000 for text in sent)
    assert len(sent) > 1


def _forgets_the_last(shown: list[tuple[int, int]]) -> str:
    return _perfect(shown if len(shown) == 1 else shown[:-1])


def _contradicts_itself(shown: list[tuple[int, int]]) -> str:
    return _perfect(shown) + (f"\n{shown[0][0]}: {(shown[0][1] + 1) % 4}" if len(shown) > 1 else "")


def _invents(shown: list[tuple[int, int]]) -> str:
    return f"0: 3\n{_perfect(shown)}\n{len(shown) + 1}: 3\n999: 3"


@pytest.mark.parametrize(
    ("judge", "requests"), [(_forgets_the_last, 2), (_contradicts_itself, 2), (_invents, 1)]
)
def test_what_is_missing_or_doubtful_is_asked_once_more_and_what_is_invented_is_passed_over(
    judge: _Judge, requests: int
) -> None:
    assert _grade(6, _judges(judge)) == ([0, 1, 2, 3, 0, 1], requests)


def test_papers_left_out_twice_fail_the_judgement() -> None:
    with pytest.raises(ModelFailed, match="left 2 of 3 papers without a grade"):
        _grade(3, says("1: 3"), says("no more"))


def test_a_failing_server_fails_the_judgement() -> None:
    with pytest.raises(ModelError, match="HTTP 500"):
        _grade(30, refuses(500))


@pytest.mark.parametrize(
    "reply",
    [
        "1: 3\n2: 0",
        "[1]: 3\n[2]: 0\n",
        "Here they are:\n- 1 = 3\n- 2 = 0",
        "**Paper 1:** 3\n**Paper 2:** 0",
        '{"1": 3, "2": 0}',
        '```json\n{\n  "1": "3",\n  "2": "0"\n}\n```',
    ],
)
def test_lines_and_json_are_read_alike(reply: str) -> None:
    assert read_grades(reply, count=2) == {1: 3, 2: 0}


@pytest.mark.parametrize("reply", ["", "Both fit.", "1: 4", "1: -", "paper 1 is worth 3 points", "1: 3.5"])
def test_what_is_no_grade_is_not_taken_for_one(reply: str) -> None:
    assert read_grades(reply, count=2) == {}


@given(reply=st.text(alphabet="0123459:, \n{}-[]ab", max_size=60), count=st.integers(0, 12))
def test_grades_are_of_papers_that_were_shown(reply: str, count: int) -> None:
    grades = read_grades(reply, count=count)
    assert all(1 <= number <= count and 0 <= grade <= 3 for number, grade in grades.items())


def test_the_judge_orders_a_search(shelf: Library) -> None:
    question = Question("images", Kind.LIST, "images")
    with ModelServer(_prefers("Slow Drums")) as server:
        settings = read_settings({"OPENAI_BASE_URL": server.url, "FOOTNOTE_RERANK": "llm"})
        ranking = build_retriever(settings, shelf).search(question)
    assert (ranking.papers[0].paper.id, ranking.papers[0].relevance) == ("slow-drums", 3.0)


def _prefers(title: str) -> Reply:
    def reply(handler: Any) -> None:
        titles = re.findall(r'<paper number="\d+">\n(.*)\n', handler.body["messages"][1]["content"])
        says("\n".join(f"{n}: {3 * (shown == title)}" for n, shown in enumerate(titles, start=1)))(handler)

    return reply
