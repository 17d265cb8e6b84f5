"""A run survives what happens to runs: kills, crashes, torn lines, a library that changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.asking import Answers, ask_all
from eval.manifest import describe_run, fingerprint_library
from eval.reference import ReferenceQuestion, Turn, load_questions
from eval.runs import begin_run, read_run_folder
from eval.scoring import score_run, write_scores
from rag.app import OpenLibrary, build_answerer
from rag.environment.reading import read_settings
from rag.errors import RunError
from rag.library.library import Library
from rag.settings import Settings
from rag.types import Paper
from tests.eval.conftest import Asker
from tests.eval.faults import Crashing
from tests.model_server import ModelServer, refuses

MakeLibrary = Callable[..., Library]


@pytest.fixture(scope="session")
def few(questions: Sequence[ReferenceQuestion]) -> tuple[ReferenceQuestion, ...]:
    """Six of the questions, of both sorts."""
    return (*questions[:4], *questions[-2:])


def test_a_run_that_was_stopped_goes_on_where_it_was(
    ask: Asker, healthy: Answers, few: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=few)
    answers = (run.folder / "answers.jsonl").read_bytes().splitlines(keepends=True)
    (run.folder / "answers.jsonl").write_bytes(b"".join(answers[:3]) + answers[3][:40])
    steps = list(ask_all(healthy, few, folder=run.folder))
    assert [(step.done, step.total) for step in steps] == [(4, 6), (5, 6), (6, 6)]
    again = read_run_folder(run.folder)
    assert list(again.answers) == [question.id for question in few]
    assert again.papers == run.papers


def test_a_half_written_run_is_scored_and_its_missing_questions_are_listed(
    ask: Asker, healthy: Answers, few: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=few)
    answers = (run.folder / "answers.jsonl").read_bytes().splitlines(keepends=True)
    (run.folder / "answers.jsonl").write_bytes(b"".join(answers[1:4]) + b'{"id": "torn')
    scores = score_run(read_run_folder(run.folder))
    assert scores.by_status("missing") == (few[0].id, few[4].id, few[5].id)
    missing = next(score for score in scores.questions if score.id == few[0].id)
    assert (missing.values["ndcg10"], missing.values["nugget_recall"]) == (0.0, 0.0)
    assert missing.values["false_refusal"] == 1.0


def test_a_question_that_crashed_scores_worst_and_is_listed(
    ask: Asker, healthy: Answers, few: Sequence[ReferenceQuestion]
) -> None:
    scores = score_run(ask(Crashing(healthy), "run", chosen=few))
    assert scores.by_status("crashed") == (few[2].id, few[5].id)
    crashed = {score.id: score.values for score in scores.questions if score.status == "crashed"}
    assert crashed[few[2].id]["ndcg10"] == 0.0
    assert crashed[few[5].id]["right_refusal"] == 0.0


def test_a_damaged_line_in_the_middle_is_named(
    ask: Asker, healthy: Answers, few: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=few)
    lines = (run.folder / "answers.jsonl").read_text().splitlines(keepends=True)
    (run.folder / "answers.jsonl").write_text("".join([lines[0], "{]\n", *lines[2:]]))
    with pytest.raises(RunError, match=r"answers\.jsonl:2: this line is damaged"):
        read_run_folder(run.folder)


def test_a_run_does_not_go_on_with_another_library_or_other_questions(
    ask: Asker, healthy: Answers, few: Sequence[ReferenceQuestion], settings: Settings, part: Library
) -> None:
    run = ask(healthy, "run", chosen=few)
    opened = OpenLibrary(part, is_sample=False)
    manifest = describe_run(settings, opened, questions=few, rounds=1)
    begin_run(run.folder, manifest, questions=few, qrels={})  # the same: it goes on
    changed = {**manifest, "library": {**manifest["library"], "fingerprint": "other"}}
    with pytest.raises(RunError, match="a run with other library"):
        begin_run(run.folder, changed, questions=few, qrels={})
    fewer = describe_run(settings, opened, questions=few[1:], rounds=1)
    with pytest.raises(RunError, match="a run with other questions"):
        begin_run(run.folder, fewer, questions=few[1:], qrels={})


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(RunError, match="is not empty and holds no run"):
        begin_run(tmp_path, {}, questions=(), qrels={})
    with pytest.raises(RunError, match="holds no run"):
        read_run_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_library_fingerprint_changes_with_a_paper(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, indexed=False)
    before = fingerprint_library(library)
    assert fingerprint_library(library) == before
    library.remove([papers[0].id])
    list(library.index())
    assert fingerprint_library(library) != before


def test_no_key_and_no_address_is_in_the_manifest(
    few: Sequence[ReferenceQuestion], part: Library, tmp_path: Path
) -> None:
    named = read_settings(
        {
            "FOOTNOTE_HOME": str(tmp_path),
            "OPENAI_API_KEY": "sk-secret",
            "OPENAI_BASE_URL": "http://inside:1/v1",
        }
    )
    text = json.dumps(describe_run(named, OpenLibrary(part, is_sample=False), questions=few, rounds=1))
    assert not [word for word in ("sk-secret", "inside", str(tmp_path)) if word in text]


def test_answers_that_fell_back_to_quotes_are_counted(
    ask: Asker, few: Sequence[ReferenceQuestion], part: Library
) -> None:
    with ModelServer(refuses(400)) as server:
        model = read_settings({"FOOTNOTE_HOME": "unused", "OPENAI_BASE_URL": server.url})
        run = ask(build_answerer(model, part), "run", chosen=few)
    scores = score_run(replace(run, manifest={**run.manifest, "writer": "llm:gpt-4o-mini"}))
    answered = [record for record in run.answers.values() if record["sentences"]]
    assert scores.fallbacks == len(answered) > 0
    assert not scores.by_status("crashed")


def test_three_rounds_of_the_same_answers_are_stable(
    ask: Asker, healthy: Answers, few: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=few, rounds=3)
    assert len(run.rounds) == 3
    assert {score.values["stability"] for score in score_run(run).questions} == {1.0}


def test_rankings_are_written_as_other_tools_read_them(
    ask: Asker, healthy: Answers, few: Sequence[ReferenceQuestion]
) -> None:
    run = ask(healthy, "run", chosen=few)
    write_scores(run.folder, run, score_run(run))
    rows = [line.split() for line in (run.folder / "run.txt").read_text().splitlines()]
    ranked = [paper for question, _, paper, *_ in rows if question == few[0].id]
    assert ranked == [paper["id"] for paper in run.answers[few[0].id]["ranked"]]


def test_a_follow_up_is_asked_in_its_stand_alone_words(ask: Asker, healthy: Answers) -> None:
    follow = next(q for q in load_questions() if q.type == "followup")
    alone = replace(follow, standalone="Which place recognition keeps its big network frozen?")
    assert follow.history[0] == Turn("user", follow.history[0].content)
    run = ask(healthy, "run", chosen=[alone])
    assert run.answers[follow.id]["question"] == alone.standalone
