"""Question files: what is kept, what is refused, and how the error says where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.qrels import resolve
from eval.reference import PLAIN, QUESTIONS, SETS, TYPED, choose_questions, load_questions, write_questions
from rag.errors import SourceError
from rag.sample import SOURCE, read_sample
from rag.sources.entry import title_key
from rag.sources.reading import read_source
from rag.types import Paper

_GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "Which?",
    "type": "list",
    "relevant": {"Twin Scale Fusion": 2},
}


def _file(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "questions.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"id": "q2", ', "questions.jsonl:2:"),
        ("[1, 2]", "a question must be a JSON object"),
        ({**_GOOD, "id": "q1"}, "the id 'q1' stands twice"),
        ({**_GOOD, "id": "q2", "relevant": {"Twin Scale Fusion": 7}}, "the grade 7 is none of 0, 1 and 2"),
        ({**_GOOD, "id": "q2", "relevant": {"Twin Scale Fusion": True}}, "the grade True"),
        ({**_GOOD, "id": "q2", "relevant": {}}, "relevant is empty"),
        ({**_GOOD, "id": "q2", "type": "riddle"}, "type 'riddle' is none of"),
        ({"id": "q2", "type": "list", "relevant": {"A": 1}}, "the field 'question' is missing"),
        ({**_GOOD, "id": "two words"}, "must be one word"),
        ({**_GOOD, "id": "q2", "nuggets": [{"text": "a", "keys": "b"}]}, "a nugget's keys must be a list"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: dict[str, Any] | str, why: str) -> None:
    with pytest.raises(SourceError, match=r"^questions\.jsonl:2: ") as caught:
        load_questions(_file(tmp_path, _GOOD, line))
    assert why in str(caught.value)


def test_a_file_that_is_missing_or_empty_or_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    for name, why in (("none", "cannot be read"), ("empty", "no question"), ("binary", "not UTF-8")):
        with pytest.raises(SourceError, match=why):
            load_questions(tmp_path / f"{name}.jsonl")


def test_an_unanswerable_question_needs_no_paper(tmp_path: Path) -> None:
    [question] = load_questions(_file(tmp_path, {"id": "u", "question": "Why?", "type": "unanswerable"}))
    assert not question.answerable


def test_unknown_fields_survive_reading_and_writing(tmp_path: Path) -> None:
    questions = load_questions(_file(tmp_path, {**_GOOD, "mood": "curious", "history": []}))
    write_questions(tmp_path / "again.jsonl", questions)
    assert json.loads((tmp_path / "again.jsonl").read_text())["mood"] == "curious"


def test_papers_are_found_by_title_or_id_by_letters_and_digits_alone(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    named = {"TWIN  scale-fusion!": 2, "patient-mamba": 1, "Nobody Wrote This": 2}
    questions = load_questions(_file(tmp_path, {**_GOOD, "relevant": named}))
    resolved = resolve(questions, papers)
    assert resolved.qrels["q1"] == {"twin-scale-fusion": 2, "patient-mamba": 1, "missing:nobodywrotethis": 2}
    assert resolved.unknown == (("q1", "Nobody Wrote This"),)


def test_a_paper_named_twice_counts_once_with_its_higher_grade(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    twice = {"Patient Mamba": 1, "patient-mamba": 2}
    assert resolve(load_questions(_file(tmp_path, {**_GOOD, "relevant": twice})), papers).qrels["q1"] == {
        "patient-mamba": 2
    }


def test_a_limit_draws_the_same_questions_of_several_types() -> None:
    questions = load_questions()
    drawn = choose_questions(questions, limit=30)
    assert drawn == choose_questions(questions, limit=30)
    assert len(drawn) == 30
    assert len({question.type for question in drawn}) == 6
    assert {q.id for q in choose_questions(questions, limit=10)} <= {q.id for q in drawn}


def test_a_half_holds_its_questions_alone() -> None:
    questions = load_questions()
    halves = [choose_questions(questions, half=half) for half in ("tune", "report")]
    assert [len(half) for half in halves] == [122, 95]
    assert {q.half for q in halves[1]} == {"report"}


def test_a_file_that_is_still_to_be_judged_can_be_read(tmp_path: Path) -> None:
    path = _file(tmp_path, {**_GOOD, "relevant": {}})
    [question] = load_questions(path, judged=False)
    assert not question.relevant
    with pytest.raises(SourceError, match="footnote eval judge"):
        load_questions(path)


@pytest.mark.parametrize("file", [PLAIN, SETS, TYPED])
def test_set_questions_name_papers_of_the_bundled_library(file: Path) -> None:
    bundled = {
        title_key(p.title) for p in read_source(read_sample(), source=SOURCE, format_name="jsonl").papers
    }
    named = [key for question in load_questions(file, judged=False) for key in question.relevant]
    assert [key for key in named if key not in bundled] == []


@pytest.mark.parametrize(("file", "sizes"), [(PLAIN, [22, 18]), (SETS, [90, 88]), (TYPED, [30, 18])])
def test_set_questions_have_two_halves(file: Path, sizes: list[int]) -> None:
    questions = load_questions(file, judged=False)
    assert [len(choose_questions(questions, half=half)) for half in ("tune", "report")] == sizes


def test_no_question_stands_in_two_files() -> None:
    asked = [
        question
        for file in (QUESTIONS, PLAIN, SETS, TYPED)
        for question in load_questions(file, judged=False)
    ]
    assert (
        len({question.id for question in asked})
        == len({question.question for question in asked})
        == len(asked)
    )


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_a_question_with_a_line_end_of_another_kind_comes_back(tmp_path: Path, mark: str) -> None:
    (question,) = load_questions(_file(tmp_path, {**_GOOD, "question": f"Which{mark}papers?"}))
    write_questions(tmp_path / "again.jsonl", [question])
    assert load_questions(tmp_path / "again.jsonl") == (question,)
