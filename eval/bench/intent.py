"""How often is the kind of a question read right, and do the rules know when? `python -m eval.bench.intent`.

Four sets: our own phrasings (`eval/questions/kinds.jsonl`), follow-ups among them; those of them that were written
`later`, when the cues were done, and without them at hand; those of `others` (`eval/questions/phrasings.jsonl`), by
writers who knew no cue; the typed questions of `eval/questions/reference.jsonl`. Each is split into halves by the
SHA-256 of the text or the id; cues and weights were made on `tune` alone. The table shows what is right with the
encoder's vector, as in an answer, without it, and by the cues alone; and what it is worth to ask a model where the
kind is doubted: how many those are, how often they are right and the others, and what would be right if a model got
all that are doubted.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import itertools
import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.reference import Half, load_questions
from rag.answering.asking.intent import KindReading, read_cues, weigh_kind
from rag.answering.asking.kind_chances import Encode, no_vector
from rag.answering.asking.slips import mend_asking
from rag.library.encoder import Encoder
from rag.types import Kind

PHRASINGS = Path(__file__).resolve().parents[1] / "questions" / "kinds.jsonl"
OTHERS = PHRASINGS.with_name("phrasings.jsonl")
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


def load_others(path: Path = OTHERS) -> tuple[Phrasing, ...]:
    """Read the phrasings of writers who knew no cue."""
    return load_phrasings(path)


def load_typed() -> tuple[Phrasing, ...]:
    """Return the reference questions whose type says what kind of answer they ask for."""
    return tuple(
        Phrasing(question.question, _TYPES[question.type], question.half)
        for question in load_questions()
        if question.type in _TYPES
    )


def wrong(
    phrasings: Sequence[Phrasing], encode: Encode = no_vector
) -> Iterator[tuple[Phrasing, KindReading]]:
    """Yield the phrasings whose kind is misread, with what was read."""
    for phrasing, read in weighed(phrasings, encode):
        if read.kind is not phrasing.kind:
            yield phrasing, read


def weighed(phrasings: Sequence[Phrasing], encode: Encode) -> Iterator[tuple[Phrasing, KindReading]]:
    """Yield each phrasing with its kind as it is read."""
    for phrasing in phrasings:
        text = mend_asking(phrasing.text)
        yield phrasing, weigh_kind(text, encode(text))


def main() -> None:
    """Print the accuracy of each half; with --wrong the mistakes of one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--wrong", choices=("tune", "report"), help="print the mistakes of a half")
    shown = parser.parse_args().wrong
    encode = functools.cache(Encoder(threads=1).encode_query)
    ours = load_phrasings()
    sets = {
        "phrasings": [one for one in ours if not one.later],
        "later": [one for one in ours if one.later],
        "others": load_others(),
        "reference": load_typed(),
    }
    for (name, phrasings), half in itertools.product(sets.items(), ("tune", "report")):
        chosen = [phrasing for phrasing in phrasings if phrasing.half == half]
        read = list(weighed(chosen, encode))
        by_words = 1 - len(list(wrong(chosen))) / len(chosen)
        by_cues = statistics.fmean(read_cues(mend_asking(one.text)).kind is one.kind for one in chosen)
        print(
            f"{name:<10} {half:<7} {_calibration(read)}  words alone {by_words:.3f}  cues alone {by_cues:.3f}"
        )
        for phrasing, its in read if half == shown else ():
            if its.kind is not phrasing.kind:
                print(f"    {phrasing.kind} read as {its.kind}: {phrasing.text} ({its.doubt or 'sure'})")


def _calibration(read: Sequence[tuple[Phrasing, KindReading]]) -> str:
    right = [(one.kind is its.kind, not its.doubt) for one, its in read]
    sure = [is_right for is_right, is_sure in right if is_sure]
    unsure = [is_right for is_right, is_sure in right if not is_sure]
    return (
        f"n {len(read):>4}  right {_share(sum(sure) + sum(unsure), len(read))}  "
        f"sure {len(sure):>4}, right {_share(sum(sure), len(sure))}  "
        f"doubted {len(unsure):>3}, right {_share(sum(unsure), len(unsure))}  "
        f"with those read by a model that errs never {_share(sum(sure) + len(unsure), len(read))}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
