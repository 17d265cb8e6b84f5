"""The ablation: which settings are compared with which, and the table of five papers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from eval.bench.ablation.tables import Row, render
from eval.bench.ablation.variants import Variant, variants
from eval.bench.peers.judged import Judged
from rag.settings import FeatureWeights, RetrievalSettings

_ROOT = Path(__file__).resolve().parents[2]
_FULL = RetrievalSettings()


def test_the_parts_add_up_to_all_settings_and_each_is_taken_away_once() -> None:
    rows = {row.name: row.settings for row in variants(_FULL)}
    assert rows["all"] == _FULL
    assert rows["first ranking alone"].many_papers == FeatureWeights(late=0.0)
    assert not rows["all but slips mended"].wording.mend_slips
    without_late = rows["all but late interaction"]
    assert (without_late.one_paper.late, without_late.many_papers.late) == (0.0, 0.0)
    assert without_late.many_papers.neighbours == _FULL.many_papers.neighbours


def test_each_row_has_a_name_of_its_own() -> None:
    rows = variants(_FULL)
    assert len({row.name for row in rows}) == len(rows)


def test_each_row_is_compared_with_one_above() -> None:
    names = [row.name for row in variants(_FULL)]
    against = [row.against for row in variants(_FULL)]
    assert all(base in names[:place] for place, base in enumerate(against) if place)
    assert against[0] == ""


def test_the_table_tells_means_and_paired_differences() -> None:
    questions = [Judged("q", "test", is_set=False, relevant={"a": 1})] * 2
    first = Row(Variant("first", _FULL), [["a"], ["b"]], [1.0, 3.0])
    second = Row(Variant("second", _FULL, "first"), [["a"], ["b", "a"]], [4.0, 4.0])
    lines = render([first, second], questions).splitlines()
    assert lines[0] == "|  | nDCG@10 (n=2) | difference | R@20 (n=2) | difference | CPU ms |"
    assert lines[2] == "| first | 0.500 |  | 0.500 |  | 2.0 |"
    assert lines[3] == "| second | 0.815 | +0.315 [+0.000, +0.631] | 1.000 | +0.500 [+0.000, +1.000] | 4.0 |"


def test_nothing_to_measure_on_is_a_usage_error() -> None:
    command = [sys.executable, "-m", "eval.bench.ablation"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=_ROOT)  # noqa: S603
    assert done.returncode == 2
    assert "name the saved pages, or a folder with --beir" in done.stderr
