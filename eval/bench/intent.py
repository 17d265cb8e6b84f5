"""How often is the kind of a question read right? `python -m eval.bench.intent`.

Two sets: our own phrasings (`eval/questions/kinds.jsonl`), follow-ups among them, and the typed
questions of `eval/questions/reference.jsonl`. Each is split into halves by the SHA-256 of the text or the
id; the rules were tuned on `tune` alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.reference import Half, load_questions
from rag.answering.asking.intent import read_kind
from rag.types import Kind

PHRASINGS = Path(__file__).resolve().parents[1] / "questions" / "kinds.jsonl"
_TYPES = {"list": Kind.LIST, "fact": Kind.FACT, "compare": Kind.COMPARE, "howwhy": Kind.EXPLAIN}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question with its kind, and the half it belongs to."""

    text: str
    kind: Kind
    half: Half


def half_of(text: str) -> Half:
    """Return the half of a text: `report` where its SHA-256 is odd."""
    return "report" if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 else "tune"


def load_phrasings(path: Path = PHRASINGS) -> tuple[Phrasing, ...]:
    """Read phrasings, one JSON object a line."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(Phrasing(r["text"], Kind(r["kind"]), half_of(r["text"])) for r in records)


def load_typed() -> tuple[Phrasing, ...]:
    """Return the reference questions whose type says what kind of answer they ask for."""
    return tuple(
        Phrasing(question.question, _TYPES[question.type], question.half)
        for question in load_questions()
        if question.type in _TYPES
    )


def wrong(phrasings: tuple[Phrasing, ...], half: Half) -> Iterator[tuple[Phrasing, Kind]]:
    """Yield the phrasings of a half whose kind is misread, with what was read."""
    for phrasing in phrasings:
        read = read_kind(phrasing.text)
        if phrasing.half == half and read is not phrasing.kind:
            yield phrasing, read


def main() -> None:
    """Print the accuracy of each half; with --wrong the mistakes on the tuning half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", choices=("tune", "report"), help="print the mistakes of a half")
    shown = parser.parse_args().wrong
    for name, phrasings in (("phrasings", load_phrasings()), ("reference", load_typed())):
        for half in ("tune", "report"):
            number = sum(phrasing.half == half for phrasing in phrasings)
            mistakes = list(wrong(phrasings, half))
            print(f"{name:<10} {half:<7} n {number:>3}  accuracy {1 - len(mistakes) / number:.3f}")
            for phrasing, read in mistakes if half == shown else ():
                print(f"    {phrasing.kind} read as {read}: {phrasing.text}")


if __name__ == "__main__":
    main()
