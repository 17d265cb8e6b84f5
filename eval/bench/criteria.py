"""How often are the criteria of a set question read right? `python -m eval.bench.criteria`.

Our own phrasings (`eval/questions/criteria.jsonl`), split into halves by the SHA-256 of the text where a line names
none; the rules were tuned on `tune` alone. A question is right when all its criteria are, their logic, and its dates.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from eval.bench.intent import half_of
from rag.answering.asking.criteria import read_criteria
from rag.answering.asking.criteria_line import describe
from rag.types import Criteria, Criterion, Scope

PHRASINGS = Path(__file__).resolve().parents[1] / "questions" / "criteria.jsonl"
_TODAY = date(2026, 1, 1)


def load_phrasings(half: str, path: Path = PHRASINGS) -> list[tuple[str, Criteria]]:
    """Read the phrasings of a half with their criteria, one JSON object a line."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(r["text"], _criteria(r)) for r in records if r.get("half", half_of(r["text"])) == half]


def is_right(text: str, expected: Criteria) -> bool:
    """Tell whether a question is read as expected, whatever the order of its criteria."""
    read = read_criteria(text, today=_TODAY)
    return (
        {frozenset(clause) for clause in read.clauses} == {frozenset(clause) for clause in expected.clauses}
        and read.scope == expected.scope
        and read.contradictory == expected.contradictory
    )


def _criteria(record: Mapping[str, Any]) -> Criteria:
    clauses = tuple(
        tuple(Criterion(text.removeprefix("!"), negated=text.startswith("!")) for text in clause)
        for clause in record["clauses"]
    )
    scope = Scope(since=record.get("since"), until=record.get("until"))
    return Criteria(clauses, scope, contradictory=record.get("contradictory", False))


def main() -> None:
    """Print the share that is right, of each half; with --wrong the mistakes of a half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", choices=("tune", "report"), help="print the mistakes of a half")
    shown = parser.parse_args().wrong
    for half in ("tune", "report"):
        phrasings = load_phrasings(half)
        wrong = [(text, expected) for text, expected in phrasings if not is_right(text, expected)]
        print(f"criteria {half:<7} n {len(phrasings):>3}  right {1 - len(wrong) / len(phrasings):.3f}")
        for text, expected in wrong if half == shown else ():
            print(
                f"    {text}\n        {describe(read_criteria(text, today=_TODAY))}\n        not {describe(expected)}"
            )


if __name__ == "__main__":
    main()
