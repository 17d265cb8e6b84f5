"""The scale benchmark, on a few papers: it builds, goes on after a stop, and tells its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.bench.scale.building import Part, build, noted, open_part, sizes_on_disk

_ROOT = Path(__file__).resolve().parents[2]


def _run(*arguments: str) -> str:
    command = [sys.executable, "-m", "eval.bench.scale", "--json", "--rounds", "1", "--questions", "4"]
    done = subprocess.run([*command, *arguments], check=True, capture_output=True, text=True, cwd=_ROOT)  # noqa: S603
    return done.stdout


def test_a_size_is_built_and_asked_in_processes_of_its_own(tmp_path: Path) -> None:
    output = _run("--sizes", "12", "--synthetic-vectors-from", "10", "--home", str(tmp_path))
    record = json.loads(output)
    assert (record["papers"], record["vectors"]) == (12, "drawn")
    assert record["search_p50_ms"]["total"] > record["search_p50_ms"]["encode"] >= 0  # 0: it was kept
    assert record["start_first_answer_s"] >= record["start_imports_s"] > 0
    assert {"since_2024_p50_ms", "one_page_p95_ms"} <= record.keys()
    assert min(record["vectors_disk_mb"], record["words_disk_mb"], record["search_peak_mb"]) > 0


def test_without_vectors_only_words_are_measured(tmp_path: Path) -> None:
    record = json.loads(_run("--sizes", "12", "--words-only", "--home", str(tmp_path)))
    assert record["vectors_disk_mb"] == 0
    assert "encode" not in record["search_p50_ms"]


def test_building_goes_on_where_it_was(tmp_path: Path) -> None:
    build(Part(tmp_path, 5, "drawn"))
    build(Part(tmp_path, 8, "drawn"))
    library = open_part(Part(tmp_path, 8, "drawn"))
    assert (library.size(), library.unindexed(), library.dense.count()) == (8, 0, 8)
    library.close()
    assert (noted(tmp_path).words_papers, noted(tmp_path).vectors_papers) == (8, 8)


def test_building_what_is_there_changes_no_figure(tmp_path: Path) -> None:
    part = Part(tmp_path, 4, "none")
    build(part)
    before = noted(tmp_path)
    build(part)
    assert noted(tmp_path) == before
    assert sizes_on_disk(tmp_path)["words_disk_mb"] > 0


def test_a_rate_is_papers_by_seconds(tmp_path: Path) -> None:
    (tmp_path / "built.json").write_text('{"words_papers": 100, "words_seconds": 4.0}')
    assert noted(tmp_path).rates == {"words_papers_a_second": 25.0, "vectors_papers_a_second": 0.0}


def test_an_unknown_part_is_a_usage_error() -> None:
    with pytest.raises(subprocess.CalledProcessError) as error:
        _run("--part", "none")
    assert error.value.returncode == 2
