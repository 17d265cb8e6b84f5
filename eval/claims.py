"""Claims with their evidence, as a test of the checks: SciFact's SUPPORT, CONTRADICT and not enough.

Wadden et al. 2020, "Fact or Fiction: Verifying Scientific Claims". Experts wrote each claim from a
citation and labelled what an abstract says of it, so a supported claim is an independent paraphrase.
`verify_claims` puts every pair of claim and abstract to `check_sentence` and counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from eval.proportions import drawn_share
from rag.answering.checks.verification import check_sentence
from rag.errors import SourceError
from rag.types import Paper, PaperId


class Label(StrEnum):
    """What an abstract says of a claim."""

    SUPPORT = "SUPPORT"
    CONTRADICT = "CONTRADICT"
    NOT_ENOUGH = "NEI"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and one abstract that was held against it."""

    id: str
    text: str
    paper: Paper
    label: Label


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """How many pairs of each label the checks called supported, of how many."""

    supported: Mapping[Label, int]
    total: Mapping[Label, int]
    reasons: Mapping[str, int]

    def precision(self) -> tuple[int, int]:
        """Return (right, all) of the pairs that were called supported."""
        return self.supported[Label.SUPPORT], sum(self.supported.values())

    def share(self, label: Label) -> tuple[int, int]:
        """Return (called supported, all) of a label: for SUPPORT, the recall; else the error."""
        return self.supported[label], self.total[label]


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read `claims_*.jsonl`; titles come from a `corpus.jsonl` beside it, where there is one.

    Raises:
        SourceError: the file cannot be read, or a line is no claim; file and line are named.
    """
    titles = _titles(path.with_name("corpus.jsonl"))
    claims: list[Claim] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path") from error
    for number, line in enumerate(lines, start=1):
        try:
            claims.extend(_pairs(json.loads(line), titles))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"{path.name}:{number}: no SciFact claim ({error}); mend the line") from error
    return tuple(claims)


def verify_claims(claims: Sequence[Claim]) -> ClaimCounts:
    """Check each claim as a sentence that cites its abstract."""
    total: Counter[Label] = Counter()
    supported: Counter[Label] = Counter()
    reasons: Counter[str] = Counter()
    for claim in claims:
        support = check_sentence(claim.text, [claim.paper], question="")
        total[claim.label] += 1
        supported[claim.label] += support.supported
        if claim.label is Label.SUPPORT and not support.supported:
            reasons[support.fault.value] += 1
    return ClaimCounts(supported, total, reasons)


def render_claims(counts: ClaimCounts) -> str:
    """Draw the counts as lines of text, each share with its 95 % interval (Wilson)."""
    rows = [
        ("precision of 'supported'", counts.precision()),
        ("recall: SUPPORT called supported", counts.share(Label.SUPPORT)),
        ("CONTRADICT called supported", counts.share(Label.CONTRADICT)),
        ("not enough called supported", counts.share(Label.NOT_ENOUGH)),
    ]
    lines = [f"{name:<34}{drawn_share(*row)}" for name, row in rows]
    lost = ", ".join(f"{reason} {number}" for reason, number in Counter(counts.reasons).most_common())
    return "\n".join([*lines, f"SUPPORT refused for: {lost or 'nothing'}"])


def _pairs(record: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[Claim]:
    for context in record["contexts"]:
        name = str(context["doc_id"])
        paper = Paper(PaperId(name), titles.get(name, ""), " ".join(context["sentences"]))
        judged = record["evidence"].get(name)
        label = Label(judged["label"]) if judged else Label.NOT_ENOUGH
        yield Claim(str(record["id"]), str(record["question"]), paper, label)


def _titles(corpus: Path) -> dict[str, str]:
    if not corpus.is_file():
        return {}
    with corpus.open(encoding="utf-8") as lines:
        records = (json.loads(line) for line in lines)
        return {str(record["_id"]): str(record["title"]) for record in records}
