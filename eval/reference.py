"""Reference questions: JSON Lines in, one record a question, split into two halves by a fixed rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag.errors import SourceError
from rag.sources.entry import title_key

QUESTIONS = Path(__file__).parent / "questions" / "reference.jsonl"

Half = Literal["tune", "report"]
_TYPES = ("list", "fact", "compare", "howwhy", "followup", "unanswerable")
_GRADES = (1, 2)


@dataclass(frozen=True, slots=True)
class ReferenceQuestion:
    """A judged question. `relevant` maps title keys (letters and digits alone) to grades 1 or 2."""

    id: str
    question: str
    type: str
    relevant: Mapping[str, int]
    notes: str

    @property
    def half(self) -> Half:
        """Return `tune` or `report`, by the SHA-256 of the id."""
        return "report" if int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 2 else "tune"


def load_questions(path: Path = QUESTIONS) -> tuple[ReferenceQuestion, ...]:
    """Read a question file.

    Raises:
        SourceError: a line cannot be used; the message names file and line.
    """
    questions: dict[str, ReferenceQuestion] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            question = _read(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"{path.name}:{number}: {_why(error)}; mend the line") from error
        if question.id in questions:
            raise SourceError(f"{path.name}:{number}: the id {question.id!r} stands twice; rename one")
        questions[question.id] = question
    return tuple(questions.values())


def _read(record: Mapping[str, object]) -> ReferenceQuestion:
    kind, relevant = record["type"], record.get("relevant") or {}
    if kind not in _TYPES:
        raise ValueError(f"type {kind!r} is none of {', '.join(_TYPES)}")
    if not isinstance(relevant, dict) or any(grade not in _GRADES for grade in relevant.values()):
        raise ValueError("relevant must map titles to the grades 1 or 2")
    return ReferenceQuestion(
        id=str(record["id"]),
        question=str(record["question"]),
        type=str(kind),
        relevant={title_key(title): grade for title, grade in relevant.items()},
        notes=str(record.get("notes") or ""),
    )


def _why(error: Exception) -> str:
    return f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
