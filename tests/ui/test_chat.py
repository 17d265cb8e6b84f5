"""A conversation at the desk: turns that grow, the library behind them, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import pytest

from rag.types import Paper
from tests.model_server import ModelServer, refuses, says
from tests.ui.command_line import change_manifest, footnote, words_only, write_papers
from ui.chat import Desk
from ui.examples import EXAMPLES
from ui.turns import Turn

_Open = Callable[..., Desk]
_TWIN = "Twin Scale Fusion joins local features with global features [1]."
_QUESTION = "Which papers combine local and global features?"
_FACT = "Does Twin Scale Fusion combine local and global features?"


def _ask(desk: Desk, question: str, name: str = "a") -> Turn:
    *_, last = desk.converse(question, name)
    return last


def test_a_turn_grows_from_the_question_to_the_answer(open_desk: _Open, small_home: Path) -> None:
    first, *middle, last = open_desk(small_home).converse(_QUESTION, "a")
    assert (first.question, first.sentences, first.answer) == (_QUESTION, (), None)
    assert first.stage == "searching"
    assert middle[0].stage.startswith("searched 5 papers in ")
    counts = [len(turn.sentences) for turn in middle]
    assert counts == sorted(counts)
    assert last.answer is not None
    assert (last.sentences, last.sources) == (last.answer.sentences, last.answer.sources)
    assert last.sentences


def test_the_desk_turns_from_the_sample_to_the_users_papers(
    open_desk: _Open, tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    desk = open_desk(tmp_path)
    first = desk.opened
    assert first.is_sample
    assert "557 papers" in desk.header()
    assert "sample" in desk.header()
    page = write_papers(tmp_path / "page.jsonl", *((paper.title, paper.abstract) for paper in papers))
    with words_only(tmp_path):
        footnote("add", page, home=tmp_path)
    answer = _ask(desk, "how are drums separated?").answer
    assert answer is not None
    assert {source.paper.id for source in answer.sources} == {"slow-drums"}
    second = desk.opened
    assert not second.is_sample
    assert "5 papers" in desk.header()
    assert "sample" not in desk.header()


@pytest.mark.parametrize("example", range(4))
def test_every_example_is_answered_from_the_sample(open_desk: _Open, sample_home: Path, example: int) -> None:
    desk = open_desk(sample_home)
    assert _ask(desk, EXAMPLES[example]).sentences


def test_two_conversations_at_once_do_not_share_turns(open_desk: _Open, small_home: Path) -> None:
    desk = open_desk(small_home)
    drums, trees = desk.converse("how are drums separated?", "a"), desk.converse("which tree species?", "b")
    by_turns = list(zip_longest(drums, trees))
    for turns, name, paper in (
        ([one for one, _ in by_turns if one], "a", "slow-drums"),
        ([other for _, other in by_turns if other], "b", "bark-and-leaf"),
    ):
        assert {turn.name for turn in turns} == {name}
        assert {source.paper.id for source in turns[-1].sources} == {paper}


@pytest.mark.parametrize("question", ["", " \n", "drums " * 4_000])
def test_a_question_that_cannot_be_read_becomes_a_turn_that_says_so(
    open_desk: _Open, small_home: Path, question: str
) -> None:
    turn = _ask(open_desk(small_home), question)
    assert turn.error.startswith("the question ")
    assert turn.answer is None


@pytest.mark.parametrize(
    ("shared", "choice", "refused"),
    [
        ({"FOOTNOTE_ROOT_PATH": "/papers"}, "", True),
        ({"FOOTNOTE_ROOT_PATH": "/papers"}, '{"key": "sk-of-the-visitor"}', False),
        ({}, "", False),
    ],
)
def test_only_ones_own_money_is_spent_beyond_the_budget(
    open_desk: _Open, small_home: Path, shared: dict[str, str], choice: str, *, refused: bool
) -> None:
    desk = open_desk(small_home, FOOTNOTE_WRITER="quotes", **shared)
    *_, last = desk.converse(_QUESTION, "a", choice=choice, asking='{"whole": true}')
    assert last.error.startswith("this server keeps to its budget") == refused


def test_a_library_that_cannot_be_used_becomes_a_turn_that_says_so(open_desk: _Open, tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    page = write_papers(tmp_path / "page.jsonl", ("Kelp", "Kelp grows fast."))
    with words_only(tmp_path):
        assert footnote("add", page, home=tmp_path).exit_code == 0
    change_manifest(tmp_path, "schema", "99")
    assert _ask(desk, _QUESTION).error.endswith("upgrade Footnote, or set FOOTNOTE_HOME to another folder")


def test_what_a_failing_model_had_written_stays_and_one_line_says_so(
    open_desk: _Open, small_home: Path
) -> None:
    with ModelServer(says(f"{_TWIN} It", " is", finish=None)) as server:
        *_, last = open_desk(small_home, OPENAI_BASE_URL=server.url).converse(_FACT, "a")
    assert [sentence.text for sentence in last.sentences] == [_TWIN.replace(" [1]", "")]
    assert [n.text for n in last.notices if "the rest is missing" in n.text]


def test_what_turns_out_to_be_a_thought_is_withdrawn(open_desk: _Open, small_home: Path) -> None:
    with ModelServer(says(f"{_TWIN} Hm, is", " it?</think>NOT IN THE SOURCES")) as server:
        turns = list(open_desk(small_home, OPENAI_BASE_URL=server.url).converse(_FACT, "a"))
    assert any(turn.sentences for turn in turns)
    assert turns[-1].sentences == ()


def test_the_header_names_the_model(open_desk: _Open, small_home: Path) -> None:
    with ModelServer(refuses(500)) as server:
        desk = open_desk(small_home, OPENAI_BASE_URL=server.url, FOOTNOTE_MODEL="small-one")
    assert "<span>small-one</span>" in desk.header()
    assert "<span>vectors for 0 of 5</span>" in desk.header()


def test_nothing_that_is_loaded_ahead_asks_another_server(open_desk: _Open, small_home: Path) -> None:
    with ModelServer(refuses(500)) as server:
        open_desk(small_home, OPENAI_BASE_URL=server.url).warm_up()
        open_desk(small_home, FOOTNOTE_RERANK=f"{server.url}/rerank").warm_up()
    assert server.requests == []


@pytest.mark.parametrize(
    ("writer", "choice", "takes"),
    [
        ("quotes", "", True),
        ("quotes", '{"writer": "llm"}', False),
        ("llm", "", False),
        ("llm", '{"writer": "quotes"}', True),
        ("quotes", "{", False),
    ],
)
def test_answers_that_wait_for_no_server_take_turns(
    open_desk: _Open,
    small_home: Path,
    writer: str,
    choice: str,
    takes: bool,  # noqa: FBT001  # what is expected
) -> None:
    settings = {"FOOTNOTE_WRITER": writer, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    assert open_desk(small_home, **settings).takes_turns(choice) is takes


def test_answers_that_a_server_orders_anew_take_no_turn(open_desk: _Open, small_home: Path) -> None:
    desk = open_desk(small_home, FOOTNOTE_RERANK="http://127.0.0.1:9/rerank")
    assert not desk.takes_turns()
