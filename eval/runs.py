"""A run in its folder: everything that scoring, comparing and reporting need, and nothing else.

    manifest.json    what would be needed to repeat the run
    questions.jsonl  the questions that were asked
    qrels.txt        their judgments by paper id (TREC), as they were found in the library
    papers.jsonl     the papers whose words the answers show
    answers.jsonl    a line a question, as soon as it is answered; answers-2.jsonl for a second round
    opinions.jsonl   what a model said of the answers, where one was asked

Answers are only ever appended, so a run that was killed goes on where it stopped; a last line that was
torn is written anew. The fields are promised in `docs/json.md`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.reference import ReferenceQuestion, load_questions, write_questions
from eval.trec import Qrels, read_qrels, write_qrels
from eval.whole_files import write_whole
from rag.contracts import paper_record
from rag.errors import RunError
from rag.types import Paper, PaperId

VERSION = 1
OPINIONS = "opinions.jsonl"
PASSING = ("started", "seconds")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model says of an answer. `said` holds its words, or why it said nothing.

    `score` is 0 or 1 for `faithfulness` (the contexts bear the answer out) and `relevancy` (answer and
    contexts speak to the question), 1 to 5 for `correctness` (against a reference); None is unscored.
    """

    measure: str
    score: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it lies in its folder. `rounds` holds the answers of each round, by question id.

    `opinions` are a model's, by question id too; empty where none was asked.
    """

    folder: Path
    manifest: Mapping[str, Any]
    questions: tuple[ReferenceQuestion, ...]
    qrels: Qrels
    papers: Mapping[str, Paper]
    rounds: tuple[Mapping[str, Mapping[str, Any]], ...]
    opinions: Mapping[str, tuple[Opinion, ...]] = field(default_factory=dict)

    @property
    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """The answers of the first round."""
        return self.rounds[0]


def begin_run(
    folder: Path, manifest: Mapping[str, Any], *, questions: Sequence[ReferenceQuestion], qrels: Qrels
) -> None:
    """Create the folder, or go on in it if it was begun in the same way.

    Raises:
        RunError: it holds another run, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "manifest.json").exists():
            _require_same(folder, manifest)
            return
        if any(folder.iterdir()):
            raise RunError(f"{folder} is not empty and holds no run; name another folder with --out")
        write_questions(folder / "questions.jsonl", questions)
        write_qrels(folder / "qrels.txt", qrels)
        _write_json(folder / "manifest.json", manifest)
    except OSError as error:
        raise RunError(f"{folder} cannot be written ({error.strerror}); name another with --out") from error


def add_answer(
    folder: Path, record: Mapping[str, Any], *, round_number: int, papers: Iterable[Paper]
) -> None:
    """Append one answer, and the papers whose words it shows before it."""
    _append(folder / "papers.jsonl", [paper_record(paper) for paper in papers])
    _append(folder / answers_name(round_number), [record])


def finish_run(folder: Path, *, seconds: float) -> None:
    """Note in the manifest how long asking took, added to what earlier sittings took."""
    manifest = _read_json(folder / "manifest.json")
    _write_json(
        folder / "manifest.json", {**manifest, "seconds": round(manifest.get("seconds", 0.0) + seconds, 3)}
    )


def answers_name(round_number: int) -> str:
    """Return the file that holds the answers of a round, counted from 1."""
    return "answers.jsonl" if round_number == 1 else f"answers-{round_number}.jsonl"


def read_answers(path: Path, *, mend: bool = False) -> dict[str, dict[str, Any]]:
    """Read answers by question id; a torn last line is left out, and cut off with `mend`.

    Raises:
        RunError: another line cannot be read.
    """
    if not path.exists():
        return {}
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if mend and whole != content:
        os.truncate(path, len(whole))
    records = [_parse(path, number, line) for number, line in enumerate(whole.splitlines(), start=1)]
    return {str(record["id"]): record for record in records}


def read_run_folder(folder: Path) -> Run:
    """Read a run, finished or not.

    Raises:
        RunError: the folder holds no run, or a newer version's, or a file of it is damaged.
    """
    if not (folder / "manifest.json").exists():
        raise RunError(
            f"{folder} holds no run (no manifest.json); make one: footnote eval run reference --out {folder}"
        )
    manifest = _read_json(folder / "manifest.json")
    if manifest.get("version") != VERSION:
        raise RunError(f"{folder} was written by another version of Footnote; run it again")
    return Run(
        folder=folder,
        manifest=manifest,
        questions=load_questions(folder / "questions.jsonl"),
        qrels=read_qrels(folder / "qrels.txt"),
        papers={paper.id: paper for paper in _read_papers(folder / "papers.jsonl")},
        rounds=tuple(_rounds(folder)),
        opinions=read_opinions(folder),
    )


def read_opinions(folder: Path) -> Mapping[str, tuple[Opinion, ...]]:
    """Read the opinions of a run by question id; none if no model was asked."""
    records = read_answers(folder / OPINIONS)
    return {name: tuple(Opinion(**opinion) for opinion in r["opinions"]) for name, r in records.items()}


def _rounds(folder: Path) -> Iterator[Mapping[str, Mapping[str, Any]]]:
    number = 1
    while number == 1 or (folder / answers_name(number)).exists():
        yield read_answers(folder / answers_name(number))
        number += 1


def _read_papers(path: Path) -> Iterator[Paper]:
    for record in read_answers(path).values():
        yield Paper(
            id=PaperId(record["id"]),
            title=record["title"],
            abstract=record["abstract"],
            published=record.get("published"),
            url=record.get("url"),
        )


def _require_same(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse to mix answers that were made in different ways."""
    begun = _read_json(folder / "manifest.json")
    for name in manifest:
        if name not in PASSING and begun.get(name) != json.loads(json.dumps(manifest[name], default=str)):
            raise RunError(
                f"{folder} holds a run with other {name}; go on as it was begun, or name another folder with --out"
            )


def _parse(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
        if isinstance(record, dict) and "id" in record:
            return record
    except ValueError:
        pass
    raise RunError(f"{path}:{number}: this line is damaged; delete it, and `footnote eval run` asks again")


def _append(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(json.dumps(record, ensure_ascii=True, default=str) + "\n" for record in records))


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}); run it again into another folder") from error
    if not isinstance(found, dict):
        raise RunError(f"{path} holds no JSON object; run it again into another folder")
    return found


def _write_json(path: Path, record: Mapping[str, Any]) -> None:
    text = json.dumps(record, indent=1, ensure_ascii=False, default=str)
    write_whole(path, text + "\n")
