"""Which papers should be judged for a question, and the judgments as they are given.

Pooling (Sparck Jones and van Rijsbergen 1975): the best of several rankings are judged, so that no single one
decides what can be found. Papers come in turn, best first, from words, from meaning, and from both.
A judgment is written down before the next paper is shown; the last one can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from eval.reference import ReferenceQuestion, read_question_record
from eval.whole_files import write_whole
from rag.errors import RunError
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.sources.entry import title_key
from rag.types import Kind, Paper, Question


@dataclass(frozen=True, slots=True)
class Judgment:
    """One verdict: grade 2 fits, 1 fits in part, 0 does not."""

    question: str
    paper: str
    title: str
    grade: int


def build_rankers(library: Library, settings: RetrievalSettings) -> tuple[Retriever, ...]:
    """Return three rankers over a library: by words, by meaning, by both."""
    words = replace(settings, paper_weight=0.0, passage_weight=0.0)
    meaning = replace(settings, lexical_weight=0.0)
    return tuple(Retriever(library, chosen) for chosen in (words, meaning, settings))


def pool(question: ReferenceQuestion, rankers: Sequence[Retriever], *, depth: int) -> tuple[Paper, ...]:
    """Return the papers among the first `depth` of any ranking, taken in turn, each once."""
    asked = question.standalone or question.question
    rankings = [
        [ranked.paper for ranked in ranker.search(Question(asked, Kind.LIST, asked), limit=depth).papers]
        for ranker in rankers
    ]
    in_turn = chain.from_iterable(zip_longest(*rankings))
    return tuple({paper.id: paper for paper in in_turn if paper is not None}.values())


def unjudged(
    question: ReferenceQuestion, papers: Sequence[Paper], given: Sequence[Judgment]
) -> Iterator[Paper]:
    """Yield the papers of a pool that neither the file nor an earlier sitting judged."""
    done = {judgment.paper for judgment in given if judgment.question == question.id}
    for paper in papers:
        named = {title_key(paper.title), title_key(paper.id)} & question.relevant.keys()
        if not named and paper.id not in done:
            yield paper


def read_judgments(path: Path) -> tuple[Judgment, ...]:
    """Read the judgments given so far; none without a file.

    Raises:
        RunError: a line is damaged.
    """
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        return tuple(Judgment(**json.loads(line)) for line in lines)
    except (ValueError, TypeError) as error:
        raise RunError(f"{path} holds a line that is no judgment ({error}); delete the line") from error


def write_judgments(path: Path, judgments: Sequence[Judgment]) -> None:
    """Write all judgments anew, so that one that was taken back is gone."""
    lines = [
        json.dumps({"question": j.question, "paper": j.paper, "title": j.title, "grade": j.grade}) + "\n"
        for j in judgments
    ]
    write_whole(path, "".join(lines))


def merge(question: ReferenceQuestion, judgments: Sequence[Judgment]) -> ReferenceQuestion:
    """Return the question with its judgments among its relevant papers; grade 0 stays, as judged."""
    relevant = dict(question.record.get("relevant") or {})
    relevant |= {judgment.title: judgment.grade for judgment in judgments if judgment.question == question.id}
    record: dict[str, Any] = {**question.record, "relevant": relevant}
    return read_question_record(record, judged=False)
