"""Answers that a browser keeps come back as they were, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from rag.types import Answer
from tests.ui.judged import compared_answer, judged_answer, paper
from ui.keeping import RecordError, among, keep_answer, read_answer
from ui.render import render_turn
from ui.turns import complete_turn, describe, is_name


def test_a_kept_answer_is_drawn_as_it_was(answer: Answer) -> None:
    again = read_answer(keep_answer(answer))
    assert (again.sentences, again.sources, again.question) == (
        answer.sentences,
        answer.sources,
        answer.question,
    )
    assert render_turn(complete_turn("a", again)) == render_turn(complete_turn("a", answer))


@pytest.mark.parametrize(
    ("searched", "told"), [(1, "searched 1 paper in "), (1200, "searched 1,200 papers in ")]
)
def test_what_was_searched_is_counted_in_words(answer: Answer, searched: int, told: str) -> None:
    assert describe(replace(answer.ranking, searched=searched)).startswith(told)


def test_a_turn_carries_its_record(answer: Answer) -> None:
    record = keep_answer(answer)
    drawn = BeautifulSoup(render_turn(complete_turn("a", answer), record=record), "html.parser")
    assert drawn.article is not None
    assert drawn.article["data-record"] == record


def _change(record: dict[str, Any], part: str) -> None:
    match part:
        case "quote":
            record["sources"][0]["evidence"][0]["quote"] = "It cures everything."
        case "abstract":
            record["sources"][0]["paper"]["abstract"] = "It cures everything."
        case "offset":
            cited = next(sentence for sentence in record["sentences"] if sentence["citations"])
            cited["citations"][0]["evidence"][0]["start"] += 1
        case "status":
            record["status"] = "invented"
        case "sources":
            del record["sources"]


@pytest.mark.parametrize("part", ["quote", "abstract", "offset", "status", "sources"])
def test_a_record_that_was_changed_is_refused(answer: Answer, part: str) -> None:
    record = json.loads(keep_answer(answer))
    _change(record, part)
    with pytest.raises(RecordError, match="ask again"):
        read_answer(json.dumps(record))


@pytest.mark.parametrize("part", ["verdict", "criterion", "cell"])
def test_words_of_a_table_that_were_changed_are_refused(part: str) -> None:
    answer = compared_answer() if part == "cell" else judged_answer()
    record = json.loads(keep_answer(answer))
    verdict = record["verdicts"][0] if record["verdicts"] else {}
    match part:
        case "verdict":
            verdict["evidence"][0]["quote"] = "It cures everything."
        case "criterion":
            verdict["criteria"][0]["evidence"][0]["quote"] = "It cures everything."
        case "cell":
            record["comparison"]["papers"][0]["cells"][0]["evidence"][0]["start"] += 1
    with pytest.raises(RecordError, match="ask again"):
        read_answer(json.dumps(record))


@pytest.mark.parametrize("answer", [judged_answer(), compared_answer()])
def test_a_kept_table_is_drawn_as_it_was(answer: Answer) -> None:
    again = read_answer(keep_answer(answer))
    assert render_turn(complete_turn("a", again)) == render_turn(complete_turn("a", answer))


def test_of_an_answer_with_some_of_its_papers_nothing_of_the_others_is_left() -> None:
    some = among(judged_answer(), {paper(2).id})
    assert [source.number for source in some.sources] == [2]
    assert [sentence.text for sentence in some.sentences] == ["Kelp grows fast."]
    assert ([v.paper_id for v in some.verdicts], [t.papers for t in some.themes]) == (
        [paper(2).id],
        [(paper(2).id,)],
    )


@pytest.mark.parametrize("record", ["", "{", "[]", "null", '{"question": 1}', "\ud800"])
def test_what_is_no_record_is_refused(record: str) -> None:
    with pytest.raises(RecordError):
        read_answer(record)


@pytest.mark.parametrize(
    ("name", "good"), [("a1b2", True), ("", False), ("A", False), ("a" * 33, False), ('a"', False)]
)
def test_names_of_turns_are_letters_and_digits(name: str, good: bool) -> None:  # noqa: FBT001
    assert is_name(name) == good
