"""Memory, and the statistics of the comparison with peers."""

from __future__ import annotations

import statistics
from pathlib import Path

import numpy as np
import pytest

from eval.bench.figures import folder_megabytes, peak_megabytes, resident_megabytes
from eval.bench.peers.figures import Measured, costs, quality, scores
from eval.bench.peers.judged import Judged
from eval.bench.peers.tables import render

_QUESTIONS = (
    Judged("one", "report", is_set=True, relevant={"a": 2, "b": 1}),
    Judged("two", "report", is_set=False, relevant={"c": 2}),
    Judged("three", "tune", is_set=True, relevant={"a": 1}),
)


def _measured(title: str, *rankings: str, ms: tuple[float, ...] = (1.0, 2.0, 3.0)) -> Measured:
    return Measured(
        title, "1.0", 10, 1.0, 1.0, tuple(tuple(ranking) for ranking in rankings), ms, ms, 100.0, None
    )


def test_memory_sees_what_is_held_and_the_peak_is_no_less() -> None:
    before = resident_megabytes()
    held = np.ones(200 * 1024**2 // 8)
    now = resident_megabytes()
    assert held.sum() > 0
    if before is None or now is None:
        pytest.skip("this system does not tell what a process holds")
    assert now - before > 150
    assert peak_megabytes() >= now


def test_a_folder_is_as_large_as_its_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(bytes(1024**2))
    assert folder_megabytes(tmp_path) == 1.0
    assert folder_megabytes(tmp_path / "none") == 0.0


def test_scores_are_of_the_part_asked_for() -> None:
    measured = _measured("ours", "ab", "xc", "a")
    assert scores(measured, _QUESTIONS, "R@20", "report") == [1.0, 1.0]
    assert scores(measured, _QUESTIONS, "R@50 of set questions", "report") == [1.0]
    assert scores(measured, _QUESTIONS, "nDCG@10", "tune") == [1.0]


def test_differences_are_paired_question_by_question() -> None:
    ours, peer = _measured("ours", "ab", "xc", "a"), _measured("peer", "xx", "cx", "a")
    rows = {(row["system"], row["measure"]): row for row in quality([ours, peer], _QUESTIONS, "report")}
    difference = rows["peer", "R@20"]["minus_first"]
    assert isinstance(difference, dict)
    assert difference["mean"] == statistics.fmean([-1.0, 0.0])
    assert (difference["low"], difference["high"]) == (-1.0, 0.0)


def test_a_measure_that_no_question_has_is_left_out() -> None:
    only_fact = (_QUESTIONS[1],)
    rows = quality([_measured("ours", "c")], only_fact, "report")
    assert {row["measure"] for row in rows} == {"nDCG@10", "R@20", "R@50"}


def test_costs_name_the_ratio_to_the_base() -> None:
    ours, base = _measured("ours", ms=(1.0, 1.0)), _measured("base", ms=(2.0, 2.0))
    assert [row["p50_ratio"] for row in costs([ours, base], "base")] == [0.5, 1.0]
    assert costs([ours], "base")[0]["p50_ratio"] is None


def test_the_tables_are_markdown() -> None:
    systems = [_measured("ours", "ab", "xc", "a"), _measured("peer", "xx", "cx", "a")]
    rows = [*quality(systems, _QUESTIONS, "report"), *quality(systems, _QUESTIONS, "tune")]
    report = {
        "collection": "set",
        "papers": 3,
        "machine": "m",
        "quality": rows,
        "costs": costs(systems, "ours"),
    }
    text = render(report)
    assert "| minus ours | " in text
    assert all(line.startswith("| ") and line.endswith(" |") for line in text.splitlines() if "|" in line)
