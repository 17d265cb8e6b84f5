"""The judgments of question files, which name papers by title, as judgments of the papers of one library. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eval.reference import ReferenceQuestion
from eval.trec import Qrels
from rag.sources.entry import title_key
from rag.types import Paper


@dataclass(frozen=True, slots=True)
class Resolved:
    """Judgments by paper id. `unknown` names what the library lacks, each with its question's id.

    A paper that the library lacks keeps its place under `missing:KEY`: it counts as not found.
    """

    qrels: Qrels
    unknown: tuple[tuple[str, str], ...]


def resolve(questions: Iterable[ReferenceQuestion], papers: Iterable[Paper]) -> Resolved:
    """Find the papers that the questions name, by title or id, comparing letters and digits alone.

    Unanswerable questions are left out: what a near miss names is no answer to it.
    """
    ids: dict[str, str] = {}
    for paper in papers:
        ids.setdefault(title_key(paper.id), paper.id)
        ids[title_key(paper.title)] = paper.id
    qrels: dict[str, dict[str, int]] = {}
    unknown: list[tuple[str, str]] = []
    for question in questions:
        if not question.answerable:
            continue
        grades = qrels.setdefault(question.id, {})
        for key, grade in question.relevant.items():
            found = ids.get(key, f"missing:{key}")
            grades[found] = max(grade, grades.get(found, 0))
            if key not in ids:
                unknown.append((question.id, question.names.get(key, key)))
    return Resolved(qrels, tuple(unknown))
