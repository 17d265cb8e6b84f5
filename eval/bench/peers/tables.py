"""The report as Markdown tables, as they stand in docs/benchmarks.md. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def render(report: Mapping[str, Any]) -> str:
    """Return the tables of one collection."""
    head = f"{report['collection']}: {report['papers']:,} papers; {report['machine']}"
    parts = list(dict.fromkeys(row["part"] for row in report["quality"]))
    tables = [_quality([row for row in report["quality"] if row["part"] == part]) for part in parts]
    return "\n\n".join([head, *tables, _costs(report["costs"])]) + "\n"


def _quality(rows: Sequence[Mapping[str, Any]]) -> str:
    measures = {row["measure"]: row["n"] for row in rows}
    header = [rows[0]["part"], *(f"{measure} (n={n})" for measure, n in measures.items())]
    lines = []
    for system in dict.fromkeys(row["system"] for row in rows):
        own = [row for row in rows if row["system"] == system]
        is_first = system == rows[0]["system"]
        lines.append([system, *(_interval(row) for row in own)])
        if not is_first:
            lines.append([f"minus {rows[0]['system']}", *(_interval(row["minus_first"]) for row in own)])
    return table(header, lines)


def _costs(rows: Sequence[Mapping[str, Any]]) -> str:
    columns = {
        "": "system",
        "index s": "index_s",
        "index CPU s": "index_cpu_s",
        "p50 ms": "p50_ms",
        "p95 ms": "p95_ms",
        "CPU p50 ms": "cpu_p50_ms",
        "p50 ratio": "p50_ratio",
        "peak MB": "peak_mb",
        "lines": "code_lines",
        "versions": "versions",
    }
    return table(list(columns), [[str(row[key]) for key in columns.values()] for row in rows])


def _interval(row: Mapping[str, float]) -> str:
    return f"{row['mean']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"


def table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
