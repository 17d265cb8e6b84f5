"""Feedback can be read as reference questions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.reference import load_questions
from rag.sources.entry import title_key
from rag.types import Answer, Kind
from ui.feedback import feedback_record, keep_feedback


@pytest.mark.parametrize("kind", Kind)
def test_feedback_loads_as_reference_questions(answer: Answer, tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / "feedback.jsonl"
    judged = replace(answer, question=replace(answer.question, kind=kind))
    keep_feedback(path, feedback_record(judged, "good", turn="a1", reason=""))
    keep_feedback(path, feedback_record(judged, "bad", turn="a1", reason="Not \ud800 true\nat all"))
    useful, useless = load_questions(path, judged=False)
    assert useful.question == answer.question.text
    assert set(useful.relevant) == {title_key(source.paper.title) for source in answer.sources}
    assert (useless.relevant, useless.notes) == ({}, "Not ? true\nat all")


def test_a_judgement_can_be_told_from_another(answer: Answer, tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    for judgement in ("good", "bad"):
        keep_feedback(path, feedback_record(answer, judgement, turn="a1", reason="why"))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(line["verdict"], line["turn"]) for line in lines] == [("good", "a1"), ("bad", "a1")]
