"""What readers say of an answer, kept as JSON Lines on this machine and sent nowhere.

A line is a reference question in the form of `eval/questions`, with the verdict beside it: of a useful
answer, the papers that it cites are the relevant ones. Where an answer was judged twice, the last line
counts; a line's `id` is made anew, so that the file loads as it is.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from rag.contracts import Record
from rag.types import Answer, Kind

Judgement = Literal["good", "bad"]

_TYPES = {
    Kind.LIST: "list",
    Kind.FACT: "fact",
    Kind.COMPARE: "compare",
    Kind.EXPLAIN: "howwhy",
    Kind.CORPUS: "list",
    Kind.TALK: "fact",
}
_GRADE = 1  # that a reader found it useful does not say that it is a clear member
_WRITING = threading.Lock()


def feedback_record(answer: Answer, judgement: Judgement, *, turn: str, reason: str) -> Record:
    """Return the line for a judged answer."""
    now = datetime.now(UTC)
    useful = judgement == "good" and bool(answer.sentences)
    return {
        "id": f"feedback-{turn}-{now:%Y%m%dT%H%M%S%f}",
        "question": answer.question.text,
        "type": _TYPES[answer.question.kind],
        "relevant": {source.paper.title: _GRADE for source in answer.sources} if useful else {},
        "notes": reason,
        "verdict": judgement,
        "turn": turn,
        "status": answer.status.value,
        "writer": answer.writer,
        "at": now.isoformat(timespec="seconds"),
    }


def keep_feedback(path: Path, record: Record) -> None:
    """Append one line to the file at `path`.

    Raises:
        OSError: it cannot be written.
    """
    line = json.dumps(record, ensure_ascii=False).encode(errors="replace") + b"\n"
    with _WRITING, path.open("ab") as file:
        file.write(line)
