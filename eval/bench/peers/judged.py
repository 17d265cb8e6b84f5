"""Papers with judged questions: the saved pages with the reference questions, or a set in BEIR's form."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.reference import QUESTIONS, load_questions
from rag.app import read_file
from rag.sources.entry import title_key
from rag.types import Paper, PaperId

_ANSWERABLE = ("list", "fact", "compare", "howwhy")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the grades (1 or more) of the papers that answer it, by id.

    `part` is what it is reported under: `report` or `tune` of the reference questions, `test` or `train` of BEIR.
    """

    text: str
    part: str
    is_set: bool
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts to search and the questions about them."""

    name: str
    papers: tuple[Paper, ...]
    questions: tuple[Judged, ...]


def read_pages(pages: Sequence[Path], questions: Path = QUESTIONS) -> Collection:
    """Read saved pages, and the questions of a file that have an answer: the reference questions if none is named."""
    papers = {paper.id: paper for page in pages for paper in read_file(page).papers}
    ids = {title_key(paper.title): str(paper.id) for paper in papers.values()}
    judged = []
    for question in load_questions(questions):
        relevant = {ids[key]: grade for key, grade in question.relevant.items() if key in ids}
        if question.type in _ANSWERABLE and relevant:
            judged.append(
                Judged(question.question, question.half, is_set=question.type == "list", relevant=relevant)
            )
    return Collection("saved pages", tuple(papers.values()), tuple(judged))


def read_beir(folder: Path, judgements: str = "qrels.tsv") -> Collection:
    """Read `corpus.jsonl`, `queries.jsonl` and a file of judgements of a folder.

    Thakur et al. 2021, "BEIR". Judgements of a file whose name ends in `_train` are the part `train`.
    """
    part = "train" if judgements.endswith("_train.tsv") else "test"
    papers = tuple(
        Paper(PaperId(record["_id"]), record["title"] or record["text"][:80], record["text"])
        for record in _lines(folder / "corpus.jsonl")
        if record["text"].strip()
    )
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with (folder / judgements).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                grades[row["query-id"]][row["corpus-id"]] = int(row["score"])
    asked = {record["_id"]: record["text"] for record in _lines(folder / "queries.jsonl")}
    questions = tuple(
        Judged(asked[number], part, is_set=False, relevant=found) for number, found in grades.items()
    )
    return Collection(folder.name, papers, questions)


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
