"""A real run of `footnote eval` over the five papers, for tests of what is shown of runs."""

from __future__ import annotations

from pathlib import Path

from eval.asking import ask_all
from eval.manifest import describe_run
from eval.qrels import resolve
from eval.reference import read_question_record
from eval.runs import begin_run, read_run_folder
from eval.scoring import score_run, write_scores
from rag.app import OpenLibrary, build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library

QUESTIONS = (
    {"id": "q1", "question": "which papers join local features?", "type": "list", "relevant": {"Twin Scale Fusion": 2}},
    {"id": "q2", "question": "Who <b>counts</b> beats?", "type": "fact", "relevant": {"Slow Drums": 2}},
    {"id": "q3", "question": "Which wine goes with oysters?", "type": "unanswerable"},
)  # fmt: skip


def make_run(library: Library, folder: Path, *, started: str = "2026-01-01T00:00:00+00:00") -> Path:
    """Ask the questions into a new folder, score them, and return the folder."""
    settings = read_settings({"FOOTNOTE_HOME": str(folder.parent), "FOOTNOTE_WRITER": "quotes"})
    questions = [read_question_record(record) for record in QUESTIONS]
    opened = OpenLibrary(library, is_sample=False)
    manifest = {**describe_run(settings, opened, questions=questions, rounds=1), "started": started}
    qrels = resolve(questions, library.catalogue.list()).qrels
    begin_run(folder, manifest, questions=questions, qrels=qrels)
    list(ask_all(build_answerer(settings, library), questions, folder=folder))
    run = read_run_folder(folder)
    write_scores(folder, run, score_run(run))
    return folder
