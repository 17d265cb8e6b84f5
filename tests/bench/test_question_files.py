"""The benchmarks ask the questions of the files that are named, and tell each file by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.bench.peers.judged import read_pages
from eval.reference import load_sets
from eval.train_verdicts import sweep_questions
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Paper

_ROOT = Path(__file__).resolve().parents[2]
_TEXTS = ("which papers join scales?", "papers on old records")


@pytest.fixture
def page(tmp_path: Path, papers: tuple[Paper, ...]) -> Path:
    """The five papers as a file that `footnote add` reads."""
    lines = [
        json.dumps({"id": paper.id, "title": paper.title, "abstract": paper.abstract}) for paper in papers
    ]
    (tmp_path / "five.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "five.jsonl"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two question files with six set questions, of both halves, and a fact."""
    made = []
    for stem, title in (("near", "Twin Scale Fusion"), ("far", "Slow Drums")):
        records = [
            {"id": f"{stem}{n}", "question": text, "type": "list", "relevant": {title: 2}}
            for n, text in enumerate(_TEXTS * 3)
        ]
        records.append({"id": f"{stem}fact", "question": "how big?", "type": "fact", "relevant": {title: 2}})
        made.append(tmp_path / f"{stem}.jsonl")
        made[-1].write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return made


def test_set_questions_come_from_all_files_in_their_order(files: list[Path]) -> None:
    ids = [question.id for question in load_sets(files)]
    assert ids == [f"{stem}{n}" for stem in ("near", "far") for n in range(6)]


def test_peers_are_asked_the_questions_of_the_file(page: Path, files: list[Path]) -> None:
    collection = read_pages([page], files[1])
    assert {question.text for question in collection.questions} == {*_TEXTS, "how big?"}
    assert {tuple(question.relevant) for question in collection.questions} == {("slow-drums",)}


def test_a_sweep_for_training_grades_the_members_of_each_question(shelf: Library, files: list[Path]) -> None:
    [first, *_] = sweep_questions(Retriever(shelf, RetrievalSettings()), load_sets(files))
    graded = zip(first.swept.papers, first.grades, strict=True)
    assert {one.paper.id for one, grade in graded if grade} == {"twin-scale-fusion"}


def test_sets_are_told_file_by_file(page: Path, files: list[Path], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eval.bench.sets", str(page), "--home", str(tmp_path / "home")]
    named = [word for file in files for word in ("--questions", str(file))]
    done = subprocess.run([*command, *named], check=True, capture_output=True, text=True, cwd=_ROOT)  # noqa: S603
    heads = [line.partition(",")[0] for line in done.stdout.splitlines() if ", n = " in line]
    assert heads == ["near", "near", "far", "far"]
