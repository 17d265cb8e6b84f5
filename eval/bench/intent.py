"""How often is the kind of a question read right, and do the rules know when? `python -m eval.bench.intent`.

Three sets: our own phrasings (`eval/questions/kinds.jsonl`), follow-ups among them; those of them that were written
`later`, when the rules were done, and without them at hand; the typed questions of `eval/questions/reference.jsonl`.
Each is split into halves by the SHA-256 of the text or the id; the rules were tuned on `tune` alone. The table
below shows what it is worth to ask a model where the rules are unsure: how many those are, how often the rules
are right where they are sure and where they are not, and what would be right if a model got all of the latter.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.reference import Half, load_questions
from rag.answering.asking.intent import KindReading, weigh_kind
from rag.answering.asking.slips import mend_asking
from rag.types import Kind

PHRASINGS = Path(__file__).resolve().parents[1] / "questions" / "kinds.jsonl"
_TYPES = {"list": Kind.LIST, "fact": Kind.FACT, "compare": Kind.COMPARE, "howwhy": Kind.EXPLAIN}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question with its kind, and the half it belongs to; `later` ones were written when the rules were done."""

    text: str
    kind: Kind
    half: Half
    later: bool = False


def half_of(text: str) -> Half:
    """Return the half of a text: `report` where its SHA-256 is odd."""
    return "report" if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 else "tune"


def load_phrasings(path: Path = PHRASINGS) -> tuple[Phrasing, ...]:
    """Read phrasings, one JSON object a line."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Phrasing(r["text"], Kind(r["kind"]), r.get("half") or half_of(r["text"]), r.get("later", False))
        for r in records
    )


def load_typed() -> tuple[Phrasing, ...]:
    """Return the reference questions whose type says what kind of answer they ask for."""
    return tuple(
        Phrasing(question.question, _TYPES[question.type], question.half)
        for question in load_questions()
        if question.type in _TYPES
    )


def wrong(phrasings: Sequence[Phrasing]) -> Iterator[tuple[Phrasing, KindReading]]:
    """Yield the phrasings whose kind is misread, with what was read."""
    for phrasing in phrasings:
        read = weigh_kind(mend_asking(phrasing.text))
        if read.kind is not phrasing.kind:
            yield phrasing, read


def main() -> None:
    """Print the accuracy of each half; with --wrong the mistakes of one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--wrong", choices=("tune", "report"), help="print the mistakes of a half")
    shown = parser.parse_args().wrong
    ours = load_phrasings()
    sets = {
        "phrasings": [one for one in ours if not one.later],
        "later": [one for one in ours if one.later],
        "reference": load_typed(),
    }
    for (name, phrasings), half in itertools.product(sets.items(), ("tune", "report")):
        chosen = [phrasing for phrasing in phrasings if phrasing.half == half]
        mistakes = list(wrong(chosen))
        print(f"{name:<10} {half:<7} {_calibration(chosen, mistakes)}")
        for phrasing, read in mistakes if half == shown else ():
            print(f"    {phrasing.kind} read as {read.kind}: {phrasing.text} ({read.doubt or 'sure'})")


def _calibration(chosen: Sequence[Phrasing], mistakes: Sequence[tuple[Phrasing, KindReading]]) -> str:
    unsure = sum(bool(weigh_kind(mend_asking(phrasing.text)).doubt) for phrasing in chosen)
    missed = sum(bool(read.doubt) for _, read in mistakes)
    number, sure = len(chosen), len(chosen) - unsure
    return (
        f"n {number:>3}  right {1 - len(mistakes) / number:.3f}  "
        f"sure {sure:>3}, right {_share(sure - len(mistakes) + missed, sure)}  "
        f"unsure {unsure:>3}, right {_share(unsure - missed, unsure)}  "
        f"with those read by a model that errs never {1 - (len(mistakes) - missed) / number:.3f}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
