"""Question files: JSON Lines in, one record a question, split into two halves by a fixed rule.

A line may name relevant papers by title or by id; both are compared by letters and digits alone. Fields
that are not ours are kept, so that a file can be read, changed and written again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from eval.whole_files import write_whole
from rag.errors import SourceError
from rag.sources.entry import title_key

QUESTIONS = Path(__file__).parent / "questions" / "reference.jsonl"
PLAIN = QUESTIONS.with_name("plain.jsonl")
SETS = QUESTIONS.with_name("sets.jsonl")
TYPED = QUESTIONS.with_name("typed.jsonl")  # some of these no paper meets

Half = Literal["tune", "report"]
TYPES = ("list", "fact", "compare", "howwhy", "followup", "unanswerable")
ANSWERABLE = TYPES[:-1]
_GRADES = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that a good answer holds: it counts when all its `keys` occur (see `eval.metrics.nuggets`)."""

    text: str
    keys: tuple[str, ...]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said before a follow-up; `role` is `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ReferenceQuestion:
    """A judged question.

    `relevant` maps keys of titles or ids (letters and digits alone) to grades: 2 answers it or is a clear
    member, 1 in part, 0 was judged and is neither. `names` keeps how the file wrote them. `standalone`
    says a follow-up in words that need no history. `record` is the line as it was read.
    """

    id: str
    question: str
    type: str
    relevant: Mapping[str, int]
    notes: str = ""
    nuggets: tuple[Nugget, ...] = ()
    answer: str = ""
    history: tuple[Turn, ...] = ()
    standalone: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def half(self) -> Half:
        """Return `tune` or `report`, by the SHA-256 of the id."""
        return "report" if _digest(self.id) % 2 else "tune"

    @property
    def answerable(self) -> bool:
        """Tell whether the library can answer it; a false premise may have relevant papers all the same."""
        return self.type != "unanswerable"


def load_questions(path: Path = QUESTIONS, *, judged: bool = True) -> tuple[ReferenceQuestion, ...]:
    """Read a question file. With `judged` False, a question may have no relevant paper yet.

    Raises:
        SourceError: the file or a line cannot be used; the message names file and line.
    """
    questions: dict[str, ReferenceQuestion] = {}
    # Not `splitlines`: a string of JSON may hold U+2028 and other ends of lines.
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = read_question_record(json.loads(line), judged=judged)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"{path.name}:{number}: {_why(error)}; mend the line") from error
        if question.id in questions:
            raise SourceError(f"{path.name}:{number}: the id {question.id!r} stands twice; rename one")
        questions[question.id] = question
    if not questions:
        raise SourceError(f"{path.name}: no question stands in it; write one JSON object a line")
    return tuple(questions.values())


def load_sets(files: Iterable[Path]) -> tuple[ReferenceQuestion, ...]:
    """Return the set questions of several files, one file after the other.

    Raises:
        SourceError: as of `load_questions`.
    """
    return tuple(question for file in files for question in load_questions(file) if question.type == "list")


def write_questions(path: Path, questions: Iterable[ReferenceQuestion]) -> None:
    """Write a question file; fields that were read but are not ours come along."""
    lines = [json.dumps(question.record, ensure_ascii=False) + "\n" for question in questions]
    write_whole(path, "".join(lines))


def choose_questions(
    questions: Sequence[ReferenceQuestion], *, half: Half | None = None, limit: int | None = None
) -> tuple[ReferenceQuestion, ...]:
    """Return the questions of a half, at most `limit` of them, in the order of the file.

    A limit draws by the SHA-256 of the ids, so that each type has its share and the draw never changes.
    """
    wanted = [question for question in questions if half in {None, question.half}]
    drawn = {q.id for q in sorted(wanted, key=lambda q: _digest(f"draw {q.id}"))[:limit]}
    return tuple(question for question in wanted if question.id in drawn)


def read_question_record(record: Mapping[str, Any], *, judged: bool = True) -> ReferenceQuestion:
    """Read one question out of its JSON object; see `load_questions` for `judged`.

    Raises:
        ValueError, KeyError, TypeError: a field is missing or cannot be used; the message names it.
    """
    if not isinstance(record, dict):
        raise TypeError("a question must be a JSON object")
    kind, relevant = record["type"], record.get("relevant") or {}
    if kind not in TYPES:
        raise ValueError(f"type {kind!r} is none of {', '.join(TYPES)}")
    if not isinstance(relevant, dict):
        raise TypeError("relevant must map titles or ids to the grades 1 or 2")
    wrong = [grade for grade in relevant.values() if grade not in _GRADES or isinstance(grade, bool)]
    if wrong:
        raise ValueError(f"the grade {wrong[0]!r} is none of 0, 1 and 2")
    if judged and kind != "unanswerable" and not any(relevant.values()):
        raise ValueError(f"relevant is empty, but a {kind} question needs a paper (footnote eval judge)")
    if len(str(record["id"]).split()) != 1 or not str(record["question"]).strip():
        raise ValueError("the id must be one word, and the question must not be empty")
    return ReferenceQuestion(
        id=str(record["id"]),
        question=str(record["question"]),
        type=str(kind),
        relevant={title_key(name): int(grade) for name, grade in relevant.items()},
        notes=str(record.get("notes") or ""),
        nuggets=tuple(_nugget(nugget) for nugget in record.get("nuggets") or ()),
        answer=str(record.get("answer") or ""),
        history=tuple(Turn(str(t["role"]), str(t["content"])) for t in record.get("history") or ()),
        standalone=str(record.get("standalone") or ""),
        names={title_key(name): str(name) for name in relevant},
        record=record,
    )


def _nugget(record: Mapping[str, Any]) -> Nugget:
    keys = record["keys"]
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
        raise ValueError("a nugget's keys must be a list of at least one text")
    return Nugget(str(record.get("text") or ""), tuple(keys), tuple(record.get("titles") or ()))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: it is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path") from error


def _digest(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def _why(error: Exception) -> str:
    return f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
