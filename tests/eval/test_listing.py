"""The runs of a folder: named, listed, and their scores read where they were written after the last answer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from eval.listing import find_run, list_runs, name_run, scored_run
from rag.errors import RunError
from rag.library.library import Library
from tests.reference_run import make_run


def test_the_same_command_names_the_same_run() -> None:
    manifest = {"writer": "llm:tiny/1", "rounds": 1}
    later = {**manifest, "started": "2026-01-01", "seconds": 3.0}
    assert name_run("mine.jsonl", manifest) == name_run("mine.jsonl", later)
    assert name_run("mine.jsonl", manifest) != name_run("mine.jsonl", {**manifest, "rounds": 2})


@pytest.mark.parametrize(
    "name", ["", "..", ".", "../run", "run/..", "/etc", ".hidden", "run\n", "no-run", "x" * 200]
)
def test_a_name_leads_to_a_run_of_the_folder_or_nowhere(shelf: Library, tmp_path: Path, name: str) -> None:
    folder = make_run(shelf, tmp_path / "run").parent
    (folder / "no-run").mkdir()
    assert find_run(folder, "run") == folder / "run"
    with pytest.raises(RunError, match="there is no run"):
        find_run(folder, name)


def test_runs_are_listed_newest_first_and_a_damaged_one_says_why(shelf: Library, tmp_path: Path) -> None:
    folder = make_run(shelf, tmp_path / "old", started="2025-01-01T00:00:00+00:00").parent
    make_run(shelf, tmp_path / "new", started="2026-01-01T00:00:00+00:00")
    (folder / "odd").mkdir()
    (folder / "odd" / "manifest.json").write_text('{"started": 5}')
    (folder / "notes.txt").write_text("mine")
    listed = list_runs(folder)
    assert [run.name for run in listed] == ["new", "old", "odd"]
    assert [bool(run.why) for run in listed] == [False, False, True]
    assert listed[0].scores is not None


def test_a_folder_that_is_not_there_holds_no_run(tmp_path: Path) -> None:
    assert list_runs(tmp_path / "runs") == ()


def test_scores_that_are_older_than_the_answers_are_computed_anew(shelf: Library, tmp_path: Path) -> None:
    folder = make_run(shelf, tmp_path / "run")
    answers = [json.loads(line) for line in (folder / "answers.jsonl").read_text().splitlines()]
    refused = [{**answer, "status": "not_in_library", "sentences": []} for answer in answers]
    (folder / "answers.jsonl").write_text("".join(json.dumps(answer) + "\n" for answer in refused))
    later = (folder / "scores.json").stat().st_mtime_ns + 1_000
    os.utime(folder / "answers.jsonl", ns=(later, later))
    assert list_runs(folder.parent)[0].scores is None
    assert {score.status for score in scored_run(folder)[1].questions} == {"not_in_library"}
