"""Runs and judgments in the formats that other tools read: TREC files and BEIR folders.

TREC: `question 0 paper grade` and `question Q0 paper rank score tag`. BEIR: `corpus.jsonl`,
`queries.jsonl` and `qrels/NAME.tsv` (or `qrels.tsv`) with a header line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eval.reference import ReferenceQuestion, read_question_record
from rag.errors import SourceError
from rag.types import Paper

# Question -> paper -> grade.
Qrels = Mapping[str, Mapping[str, int]]
_HIGHEST = 2
_TAG = "footnote"  # names the system in a run


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgments, from four TREC columns or from BEIR's three.

    Raises:
        SourceError: the file or a line cannot be used.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, fields in _rows(path):
        if number == 1 and not fields[-1].lstrip("-").isdigit():
            continue  # BEIR's header
        match fields:
            case [question, _, paper, grade] | [question, paper, grade] if grade.lstrip("-").isdigit():
                qrels.setdefault(question, {})[paper] = int(grade)
            case _:
                raise SourceError(f"{path.name}:{number}: a judgment needs question, paper and grade")
    return qrels


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Write judgments in TREC's four columns."""
    lines = [f"{q} 0 {paper} {grade}\n" for q, grades in qrels.items() for paper, grade in grades.items()]
    path.write_text("".join(lines), encoding="utf-8")


def write_run(path: Path, run: Mapping[str, Sequence[str]]) -> None:
    """Write rankings. The score falls by one a rank, so that all tools read the same order."""
    lines = [
        f"{question} Q0 {paper} {rank} {len(papers) - rank + 1} {_TAG}\n"
        for question, papers in run.items()
        for rank, paper in enumerate(papers, start=1)
    ]
    path.write_text("".join(lines), encoding="utf-8")


def read_beir(folder: Path) -> tuple[ReferenceQuestion, ...]:
    """Read the judged queries of a BEIR folder as set questions; papers are named by their titles.

    Grades above 2 count as 2, negative ones as 0. Queries without a relevant paper are left out.

    Raises:
        SourceError: a file is missing or a line cannot be used.
    """
    qrels = read_qrels(_qrels_file(folder))
    titles = {
        str(r["_id"]): str(r.get("title") or r["_id"]) for r in _objects(folder / "corpus.jsonl", "_id")
    }
    questions = []
    for query in _objects(folder / "queries.jsonl", "_id", "text"):
        grades = qrels.get(str(query["_id"]), {})
        relevant = {titles.get(paper, paper): min(max(grade, 0), _HIGHEST) for paper, grade in grades.items()}
        if any(relevant.values()):
            record = {"id": query["_id"], "question": query["text"], "type": "list", "relevant": relevant}
            questions.append(read_question_record(record))
    return tuple(questions)


def write_beir(
    folder: Path, *, papers: Iterable[Paper], questions: Iterable[ReferenceQuestion], qrels: Qrels
) -> None:
    """Write papers, questions and judgments as a BEIR folder."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_objects(
        folder / "corpus.jsonl", ({"_id": p.id, "title": p.title, "text": p.abstract} for p in papers)
    )
    _write_objects(folder / "queries.jsonl", ({"_id": q.id, "text": q.question} for q in questions))
    rows = [f"{q}\t{paper}\t{grade}\n" for q, grades in qrels.items() for paper, grade in grades.items()]
    (folder / "qrels" / "test.tsv").write_text(
        "".join(["query-id\tcorpus-id\tscore\n", *rows]), encoding="utf-8"
    )


def _qrels_file(folder: Path) -> Path:
    found = [folder / "qrels" / "test.tsv", folder / "qrels.tsv", *sorted((folder / "qrels").glob("*.tsv"))]
    chosen = next((path for path in found if path.is_file()), None)
    if chosen is None:
        raise SourceError(f"{folder} holds no qrels/*.tsv and no qrels.tsv; name a BEIR folder")
    return chosen


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read ({error}); check the path") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if fields := line.split():
            yield number, fields


def _objects(path: Path, *needed: str) -> Iterator[dict[str, object]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                record = json.loads(line)
                for name in needed:
                    if not isinstance(record, dict) or name not in record:
                        raise SourceError(
                            f"{path.name}:{number}: the field {name!r} is missing; mend the line"
                        )
                yield record
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read ({error}); name a BEIR folder") from error


def _write_objects(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
