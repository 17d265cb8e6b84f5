"""The ablation as a Markdown table: means and paired differences. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.bench.ablation.variants import Variant
from eval.bench.peers.judged import Judged
from eval.bench.peers.tables import table
from eval.metrics import bootstrap_interval, ndcg_at_k, recall_at_k
from eval.metrics.intervals import percentile


@dataclass(frozen=True, slots=True)
class Row:
    """What a variant found: ids a question, and the CPU milliseconds of some searches without the encoder."""

    variant: Variant
    rankings: Sequence[Sequence[str]]
    ms: Sequence[float]


def render(rows: Sequence[Row], questions: Sequence[Judged]) -> str:
    """Return the table: a line a variant, for each measure the mean and the paired difference."""
    measures = {row.variant.name: _scores(row.rankings, questions) for row in rows}
    sizes = {name: len(values) for name, values in measures[rows[0].variant.name].items()}
    header = [""]
    for name, n in sizes.items():
        header += [f"{name} (n={n})", "difference"]
    lines = [
        [row.variant.name]
        + [cell for name in sizes for cell in _cells(measures, name, row.variant)]
        + [f"{percentile(row.ms, 0.5):.1f}"]
        for row in rows
    ]
    return table([*header, "CPU ms"], lines)


def _scores(rankings: Sequence[Sequence[str]], questions: Sequence[Judged]) -> dict[str, list[float]]:
    """The measures of each question, 0 to 1; those of set questions where there are some."""
    pairs = [(found, q.relevant) for found, q in zip(rankings, questions, strict=True)]
    of_sets = [pair for pair, q in zip(pairs, questions, strict=True) if q.is_set]
    measured = {
        "nDCG@10": [ndcg_at_k(found, relevant, k=10) for found, relevant in pairs],
        "R@20": [recall_at_k(found, relevant, k=20) for found, relevant in pairs],
        "nDCG@10 of sets": [ndcg_at_k(found, relevant, k=10) for found, relevant in of_sets],
        "R@50 of sets": [recall_at_k(found, relevant, k=50) for found, relevant in of_sets],
    }
    return {name: values for name, values in measured.items() if values}


def _cells(
    measures: Mapping[str, Mapping[str, Sequence[float]]], name: str, variant: Variant
) -> tuple[str, str]:
    own = measures[variant.name][name]
    mean = f"{statistics.fmean(own):.3f}"
    if not variant.against:
        return mean, ""
    differences = [a - b for a, b in zip(own, measures[variant.against][name], strict=True)]
    low, high = bootstrap_interval(differences)
    return mean, f"{statistics.fmean(differences):+.3f} [{low:+.3f}, {high:+.3f}]"
