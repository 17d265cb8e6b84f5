"""What one system did, as figures: quality with intervals, seconds, milliseconds, megabytes. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.bench.peers.judged import Judged
from eval.metrics import bootstrap_interval, ndcg_at_k, recall_at_k
from eval.metrics.intervals import percentile

MEASURES = ("nDCG@10", "R@20", "R@50", "R@50 of set questions")


@dataclass(frozen=True, slots=True)
class Measured:
    """One system. `rankings` hold ids, a tuple a question; the times are warm, one a question and round.

    `ms` is by the clock, `cpu_ms` that of all threads, which a busy machine alters less.
    """

    title: str
    versions: str
    code_lines: int
    index_seconds: float
    index_cpu_seconds: float
    rankings: tuple[tuple[str, ...], ...]
    ms: tuple[float, ...]
    cpu_ms: tuple[float, ...]
    peak_mb: float
    resident_mb: float | None


def scores(measured: Measured, questions: Sequence[Judged], measure: str, part: str) -> list[float]:
    """Return a measure (0 to 1) of each question of a part, in their order."""
    only_sets = measure == MEASURES[-1]
    chosen = [
        (ranking, question.relevant)
        for ranking, question in zip(measured.rankings, questions, strict=True)
        if question.part == part and (question.is_set or not only_sets)
    ]
    match measure:
        case "nDCG@10":
            return [ndcg_at_k(ranking, relevant, k=10) for ranking, relevant in chosen]
        case "R@20":
            return [recall_at_k(ranking, relevant, k=20) for ranking, relevant in chosen]
        case _:
            return [recall_at_k(ranking, relevant, k=50) for ranking, relevant in chosen]


def quality(systems: Sequence[Measured], questions: Sequence[Judged], part: str) -> list[dict[str, object]]:
    """Return a row a measure and system: mean, interval, and the paired difference to the first system."""
    rows: list[dict[str, object]] = []
    for measure in MEASURES:
        first = scores(systems[0], questions, measure, part)
        for system in systems if first else ():
            own = scores(system, questions, measure, part)
            differences = [a - b for a, b in zip(own, first, strict=True)]
            row = {"part": part, "measure": measure, "n": len(own), "system": system.title}
            rows.append({**row, **_mean(own), "minus_first": _mean(differences)})
    return rows


def costs(systems: Sequence[Measured], base: str) -> list[dict[str, object]]:
    """Return a row a system: seconds to index, milliseconds a question, their ratio to `base`, memory."""
    medians = {system.title: percentile(system.ms, 0.5) for system in systems}
    return [
        {
            "system": system.title,
            "index_s": round(system.index_seconds, 1),
            "index_cpu_s": round(system.index_cpu_seconds, 1),
            "p50_ms": round(medians[system.title], 1),
            "p95_ms": round(percentile(system.ms, 0.95), 1),
            "cpu_p50_ms": round(percentile(system.cpu_ms, 0.5), 1),
            "p50_ratio": round(medians[system.title] / medians[base], 2) if base in medians else None,
            "peak_mb": round(system.peak_mb),
            "resident_mb": None if system.resident_mb is None else round(system.resident_mb),
            "code_lines": system.code_lines,
            "versions": system.versions,
        }
        for system in systems
    ]


def _mean(values: Sequence[float]) -> Mapping[str, float]:
    low, high = bootstrap_interval(values)
    return {"mean": round(statistics.fmean(values), 3), "low": round(low, 3), "high": round(high, 3)}
