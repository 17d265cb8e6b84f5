"""The comparison with peers, on five papers: real processes, the real encoder, no peer left unnamed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.bench.peers.judged import read_beir
from eval.bench.peers.systems import SYSTEMS, System, count_code
from rag.types import Paper

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def beir(tmp_path: Path, papers: tuple[Paper, ...]) -> Path:
    """The five papers in BEIR's form, with two judged questions and one that has no answer."""
    folder = tmp_path / "five"
    folder.mkdir()
    corpus = [{"_id": paper.id, "title": paper.title, "text": paper.abstract} for paper in papers]
    queries = [
        {"_id": "1", "text": "which data set tells tree species apart?"},
        {"_id": "2", "text": "how are drums taken out of old records?"},
        {"_id": "3", "text": "what is the price of fish?"},
    ]
    for name, records in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    judgements = "query-id\tcorpus-id\tscore\n1\tbark-and-leaf\t1\n2\tslow-drums\t1\n2\tpatient-mamba\t0\n"
    (folder / "qrels.tsv").write_text(judgements, encoding="utf-8")
    return folder


def test_a_beir_folder_gives_papers_and_the_questions_that_have_an_answer(beir: Path) -> None:
    collection = read_beir(beir)
    assert (collection.name, len(collection.papers)) == ("five", 5)
    assert [dict(question.relevant) for question in collection.questions] == [
        {"bark-and-leaf": 1},
        {"slow-drums": 1},
    ]


def test_footnote_and_llama_index_run_side_by_side(beir: Path) -> None:
    command = [sys.executable, "-m", "eval.bench.peers", "--beir", str(beir), "--rounds", "1", "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT)  # noqa: S603
    report = json.loads(done.stdout)
    found = {row["system"]: row["mean"] for row in report["quality"] if row["measure"] == "nDCG@10"}
    assert found["Footnote"] == found["llama-index + Chroma"] == 1.0
    assert all(row["p50_ms"] > 0 and row["peak_mb"] > 50 for row in report["costs"])
    for system in SYSTEMS:
        assert (system.title in found) != (f"{system.title} is left out" in done.stderr)


def test_nothing_to_compare_on_is_a_usage_error() -> None:
    command = [sys.executable, "-m", "eval.bench.peers"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=_ROOT)  # noqa: S603
    assert done.returncode == 2
    assert "name the saved pages" in done.stderr


def test_a_package_that_is_not_there_is_named() -> None:
    system = System("none", "None", ("no-such-package", "numpy"), ("no_such_package", "numpy"))
    assert system.missing == ("no-such-package",)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('"""Doc.\n\nMore."""\nx = 1\n', 1),
        ("def f():\n    '''Doc.'''\n    # why\n    return (\n        1\n    )\n", 4),
        ("class Weights(Base):\n    def run(self):\n        return 1\n\ny = 2\n", 1),
    ],
)
def test_lines_of_code_leave_out_words_and_weights(source: str, lines: int) -> None:
    assert count_code(source) == lines


def test_each_system_is_set_up_in_few_lines() -> None:
    assert all(5 < system.code_lines < 50 for system in SYSTEMS)
