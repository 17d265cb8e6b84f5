"""Did it get worse? A run held against a stored baseline; red when a floor or a paired test says so.

The baseline keeps each question's values, so that a small but steady loss is seen by the paired test that
a mean alone would hide; the floors catch what a test on few questions cannot. All questions count here,
both halves: nothing is tuned on a gate, and no figure of it is a result.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.comparing import Difference, QuestionDifference, compare_values
from eval.judging import Values
from eval.measures import MEASURES, Measure
from eval.metrics.intervals import bootstrap_interval
from eval.runs import Run
from eval.scoring import Scores
from rag.errors import RunError

VERSION = 1
# One chance in a hundred that noise turns a measure red; without noise, any steady loss does.
_DIGITS = 6
_LEVEL = 0.01
_WORST = 5
# Of no promise by themselves: they follow from others, or from how the questions were judged.
_UNGATED = frozenset({"judged10", "stability"})


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a run must hold: the floor of each measure, and each question's values."""

    writer: str
    questions: str
    library: str
    floors: Mapping[str, float]
    values: Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Breach:
    """A measure that got worse. `reason` says what told it; `worst` are the questions that lost most."""

    measure: Measure
    reason: str
    difference: Difference

    @property
    def worst(self) -> tuple[QuestionDifference, ...]:
        """At most five questions, the greatest loss first."""
        losing = self.difference.questions[: self.difference.losses]
        return losing[:_WORST]


def make_baseline(run: Run, scores: Scores) -> dict[str, Any]:
    """Return the baseline that a run sets, as JSON can hold it.

    The floor of a measure is the low end of its 95 % bootstrap interval (the high end, where less is
    better): below it, the run would be no plausible draw of the same quality.
    """
    values = _values(scores)
    floors = {}
    for measure in _gated():
        counted = [found[measure.name] for found in values.values() if measure.name in found]
        if counted:
            low, high = bootstrap_interval(counted)
            floors[measure.name] = round(high if measure.lower_is_better else low, _DIGITS)
    return {
        "version": VERSION,
        "made": run.manifest["started"],
        "writer": run.manifest["writer"],
        "questions": run.manifest["questions"]["fingerprint"],
        "library": run.manifest["library"]["fingerprint"],
        "floors": floors,
        "values": values,
    }


def _values(scores: Scores) -> dict[str, dict[str, float]]:
    """The values of each question as a baseline holds them: what rounding takes away must not tell two runs apart."""
    return {
        one.id: {name: round(value, _DIGITS) for name, value in one.values.items() if value is not None}
        for one in scores.questions
    }


def write_baseline(path: Path, record: Mapping[str, Any]) -> None:
    """Write a baseline, a question a line, so that a change of it can be read in a diff."""
    head = json.dumps({name: value for name, value in record.items() if name != "values"}, indent=1)
    lines = [f"{json.dumps(name)}: {json.dumps(values)}" for name, values in record["values"].items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{head[:-2]},\n "values": {{\n  ' + ",\n  ".join(lines) + "\n }\n}\n", encoding="utf-8")


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        RunError: the file is missing or is none.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["version"] != VERSION:
            raise RunError(f"{path} was written by another version; make it anew: footnote eval baseline")
        return Baseline(
            writer=record["writer"],
            questions=record["questions"],
            library=record["library"],
            floors=record["floors"],
            values=record["values"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"{path} is no baseline ({error}); make one: footnote eval baseline RUN --out {path}"
        ) from error


def find_breaches(scores: Scores, baseline: Baseline) -> Iterator[Breach]:
    """Yield the measures that fell below their floor, or that the paired test finds worse."""
    now: dict[str, dict[str, float | None]] = {name: {**found} for name, found in _values(scores).items()}
    for difference in compare_values(baseline.values, now):
        measure = difference.measure
        floor = baseline.floors.get(measure.name)
        if floor is None:
            continue
        if _below(difference.after, floor, measure):
            side = "above its ceiling" if measure.lower_is_better else "below its floor"
            yield Breach(measure, f"{difference.after:.3f} is {side} of {floor:.3f}", difference)
        elif difference.is_worse and difference.p < _LEVEL:
            yield Breach(measure, f"the paired test says worse, p = {difference.p:.4f}", difference)


def unlike(run: Run, baseline: Baseline) -> str | None:
    """Return why a run cannot be held against a baseline; None when it can."""
    asked, library = run.manifest["questions"]["fingerprint"], run.manifest["library"]["fingerprint"]
    if asked != baseline.questions:
        return "it asked other questions than the baseline"
    if library != baseline.library:
        return "its library is not the baseline's"
    if run.manifest["writer"] != baseline.writer:
        return f"its writer is {run.manifest['writer']}, the baseline's {baseline.writer}"
    return None


def _below(value: float, floor: float, measure: Measure) -> bool:
    return value > floor + 1e-6 if measure.lower_is_better else value < floor - 1e-6


def _gated() -> list[Measure]:
    return [measure for measure in MEASURES if measure.name not in _UNGATED]
